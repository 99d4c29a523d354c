"""A year of meetings, by month and day."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import ExtractYear

from ..dates import MONTHS

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet


@dataclass(frozen=True, slots=True)
class Month:
    """``days``: for each day of the month its EDTF date and its meetings; ``vague``: dated to the month, or to several days of it."""

    date: str  # EDTF: 2007-05
    name: str
    days: tuple[tuple[str, int], ...]
    vague: int

    @property
    def meetings(self) -> int:
        return self.vague + sum(n for _, n in self.days)

    @property
    def missing(self) -> range:
        """The days up to the 31st that the month does not have."""
        return range(len(self.days), 31)


@dataclass(frozen=True, slots=True)
class Calendar:
    """``years``: those in which a meeting may begin, with how many. ``vague``: of the year shown, dated no closer than some months."""

    year: int
    years: dict[int, int]
    months: tuple[Month, ...]
    vague: int
    undated: int

    columns = ("date", "meetings")
    numbers = range(1, 32)

    @property
    def previous(self) -> int | None:
        return max((year for year in self.years if year < self.year), default=None)

    @property
    def next(self) -> int | None:
        return min((year for year in self.years if year > self.year), default=None)

    @property
    def most(self) -> int:
        return max((n for month in self.months for _, n in month.days), default=0)

    def rows(self) -> Iterator[tuple]:
        """Days with meetings; then months and the year, for meetings dated no closer."""
        for month in self.months:
            yield from ((day, n) for day, n in month.days if n)
            if month.vague:
                yield month.date, month.vague
        if self.vague:
            yield str(self.year), self.vague


def busiest(years: Mapping[int, int]) -> int:
    """The year with most meetings, the last of several."""
    return max(years, key=lambda year: (years[year], year))


def calendar(
    meetings: MeetingQuerySet, year: int | None = None, years: Mapping[int, int] | None = None, undated: int = 0
) -> Calendar | None:
    """The busiest year unless another is asked for; None when nothing is dated.

    In one query where the numbers of the ``years`` and of the ``undated`` are known, else in two.
    """
    if years is None:
        years = dict(meetings.values_list(ExtractYear("earliest")).annotate(n=Count("pk")))
        undated = years.pop(None, 0)
    if not years:
        return None
    year = busiest(years) if year is None else year
    exact, by_month, vague = Counter(), Counter(), 0
    begun = meetings.filter(earliest__range=(date(year, 1, 1), date(year, 12, 31)))
    for earliest, latest, n in begun.values_list("earliest", "latest").annotate(n=Count("pk")):
        if earliest == latest:
            exact[earliest.isoformat()] += n
        elif earliest.isoformat()[:7] == latest.isoformat()[:7]:
            by_month[earliest.month] += n
        else:
            vague += n
    months = []
    for number, name in enumerate(MONTHS, 1):
        days = (f"{year:04}-{number:02}-{day:02}" for day in range(1, monthrange(year, number)[1] + 1))
        months.append(Month(f"{year:04}-{number:02}", name, tuple((day, exact[day]) for day in days), by_month[number]))
    return Calendar(year, dict(sorted(years.items())), tuple(months), vague, undated)
