"""How many meetings there were in each year, month or day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min

from .. import dates

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

# The text of the year, month or day in which a day lies; it is the beginning of the day's own.
LENGTH = {"year": 4, "month": 7, "day": 10}
DAYS = {"year": 365.25, "month": 30.44, "day": 1}
COMFORTABLE, READABLE = 120, 800  # bars that a picture has by itself, and at most


@dataclass(frozen=True, slots=True)
class Bar:
    date: str  # EDTF: 2007, 2007-05, 2007-05-29
    meetings: int

    @property
    def label(self) -> str:
        return dates.in_words(self.date)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars with meetings, oldest first. ``vague`` counts dates that span several bars, which are in none."""

    unit: str
    units: tuple[str, ...]  # what it could be drawn by
    bars: tuple[Bar, ...]
    vague: int
    undated: int

    columns = ("date", "meetings")

    @property
    def first(self) -> str:
        return self.bars[0].date if self.bars else ""

    @property
    def last(self) -> str:
        return self.bars[-1].date if self.bars else ""

    def rows(self) -> Iterator[tuple]:
        yield from ((bar.date, bar.meetings) for bar in self.bars)
        yield from ((label, n) for label, n in (("vaguer", self.vague), ("undated", self.undated)) if n)


def by_year(years: Mapping[int, int], undated: int) -> Timeline:
    """Of numbers that are known already: a date of several years counts in its first."""
    bars = (Bar(f"{year:04}", n) for year, n in sorted(years.items()))
    return Timeline("year", ("year",), tuple(bars), 0, undated)


def timeline(meetings: MeetingQuerySet, unit: str = "") -> Timeline:
    """In two queries; ``unit`` is year, month or day, and chosen by the span where it is neither or too fine."""
    span = meetings.aggregate(first=Min("earliest"), last=Max("earliest"))
    units = fitting(span["first"], span["last"], READABLE)
    if unit not in units:
        unit = fitting(span["first"], span["last"], COMFORTABLE)[-1]
    counted, vague, undated = Counter(), 0, 0
    for earliest, latest, n in meetings.values_list("earliest", "latest").annotate(n=Count("pk")):
        if earliest is None:
            undated += n
        elif (bar := text(earliest, unit)) == text(latest, unit):
            counted[bar] += n
        else:
            vague += n
    return Timeline(unit, units, tuple(Bar(*pair) for pair in sorted(counted.items())), vague, undated)


def fitting(first: date | None, last: date | None, bars: int) -> tuple[str, ...]:
    """The units by which a span takes no more than so many bars; years always do."""
    days = (last - first).days if first and last else 0
    return tuple(unit for unit in LENGTH if unit == "year" or days / DAYS[unit] <= bars)


def text(day: date, unit: str) -> str:
    return day.isoformat()[: LENGTH[unit]]
