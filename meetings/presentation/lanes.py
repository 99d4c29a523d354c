"""Meetings on a timeline with a lane for every year, silences between the lanes, and figures by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..models import Meeting
from ..relations import History
from ..wording import counted, listed

FORMS = {"in_person": "in person", "phone": "by phone", "video": "by video", "": "form not told"}
YEAR = 366  # units of a lane's width: days
EMPTY = 2  # years without a meeting from which they are drawn as one silence
PERIODS = 12  # columns of a table by period, at most
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting, or several of a month, at ``x`` days into the year; ``width`` in days where the date covers more than one."""

    x: float
    radius: float
    width: float
    medium: str
    held: bool
    title: str
    address: str = ""

    @property
    def at(self) -> str:
        """Across the lane, as SVG takes it."""
        return f"{100 * self.x / YEAR:.2f}%"

    @property
    def span(self) -> str:
        return f"{100 * self.width / YEAR:.2f}%" if self.width else ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A year; or, where ``until`` is set, the years from ``year`` to ``until`` without any meeting."""

    year: int
    n: int = 0
    dots: list[Dot] = field(default_factory=list)
    until: int | None = None

    @property
    def years(self) -> str:
        return f"{self.year}–{self.until}" if self.until else str(self.year)


def lanes(history: History, meetings: Sequence[Meeting] = ()) -> list[Lane]:
    """The newest year first. Without ``meetings`` a dot stands for all those of a month that are alike."""
    by_year: dict[int, list[Dot]] = defaultdict(list)
    for meeting in meetings:
        for year in range(meeting.earliest.year, min(meeting.latest.year, meeting.earliest.year + 1) + 1):
            by_year[year].append(dot_of_meeting(meeting, year))
    if not meetings:
        for (year, month), n in history.by_month.items():
            by_year[year].append(dot_of_month(month, n))
    counts = history.years
    drawn, before = [], None
    for year in sorted(by_year, reverse=True):
        if before is not None:
            missing = before - year - 1
            if missing >= EMPTY:
                drawn.append(Lane(year + 1, until=before - 1))
            elif missing:
                drawn.append(Lane(year + 1))
        drawn.append(Lane(year, counts.get(year, 0), by_year[year]))
        before = year
    return drawn


def dot_of_meeting(meeting: Meeting, year: int) -> Dot:
    first = max(meeting.earliest, date(year, 1, 1))
    last = min(meeting.latest, date(year, 12, 31))
    days = (last - first).days
    x = first.timetuple().tm_yday - 0.5
    told = [meeting.date_in_words, meeting.title, FORMS[meeting.medium]]
    if meeting.status != "held":
        told.append(meeting.get_status_display().lower())
    return Dot(
        x + days / 2 if days <= 3 else x,
        3.6,
        days if days > 3 else 0,
        meeting.medium,
        meeting.status == "held",
        " · ".join(told),
        meeting.get_absolute_url(),
    )


def dot_of_month(month: int, n: int) -> Dot:
    return Dot((month - 0.5) * YEAR / 12, min(1.8 + n**0.5, 11), 0, "in_person", True, counted(n, "meeting"))


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year's meetings in figures: ``forms`` in the order of ``FORMS``."""

    year: int
    n: int
    forms: list[int]
    not_held: int


def years(history: History) -> list[YearRow]:
    """The timeline as a table, the newest year first."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    missed: dict[int, int] = defaultdict(int)
    for month in history.months:
        counts[month.year][month.medium] += month.n
        missed[month.year] += month.n if month.status != "held" else 0
    return [
        YearRow(year, sum(row.values()), [row[medium] for medium in FORMS], missed[year])
        for year, row in sorted(counts.items(), reverse=True)
    ]


def length(days: int) -> str:
    """``3 years and 2 months``, ``5 months``, ``40 days``."""
    years, months = divmod(round(days / 30.44), 12)
    if not years and months < 2:
        return counted(days, "day")
    return listed([counted(n, unit) for n, unit in ((years, "year"), (months, "month")) if n])


# Figures by period


@dataclass(frozen=True, slots=True)
class FigureCell:
    n: int
    level: int  # 0 for none, 1 to LEVELS by share of the largest
    first: int  # years of the period
    last: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    key: str
    name: str
    total: int
    cells: list[FigureCell]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    periods: list[str]
    rows: list[FigureRow]
    more: int = 0  # rows that are not shown
    undated: bool = False  # whether a column of what has no date stands last


def figures(
    counted_by_year: dict[tuple[str, str], dict[int | None, int]], most: int, step: int | None = None, more: int = 0
) -> Figures:
    """Rows of (key, name) by period, ``more`` rows being left out already: a year, or as many years as leave at most ``PERIODS`` columns; ``step`` fixes that."""
    years = [year for row in counted_by_year.values() for year in row if year is not None]
    if not years:
        return Figures([], [])
    first, last = min(years), max(years)
    step = step or next((step for step in (1, 2, 5, 10, 20) if last // step - first // step < PERIODS), 50)
    starts = list(range(first // step * step, last + 1, step))
    rows = []
    for (key, name), row in list(counted_by_year.items())[:most]:
        sums: dict[Hashable, int] = defaultdict(int)
        for year, n in row.items():
            if year is not None:
                sums[year // step * step] += n
        rows.append((key, name, sum(row.values()), sums, row.get(None, 0)))
    largest = max((n for *_, sums, _ in rows for n in sums.values()), default=1)
    return Figures(
        [label(start, step) for start in starts],
        [
            FigureRow(
                key,
                name,
                total,
                [FigureCell(sums[at], level(sums[at], largest), at, at + step - 1) for at in starts],
                undated,
            )
            for key, name, total, sums, undated in rows
        ],
        more + max(0, len(counted_by_year) - most),
        any(undated for *_, undated in rows),
    )


def label(start: int, step: int) -> str:
    if step == 1:
        return str(start)
    return f"{start}s" if step == 10 else f"{start}–{(start + step - 1) % 100:02}"


def level(n: int, largest: int) -> int:
    return 0 if not n else max(1, round(LEVELS * n / largest))


def media(dots: Iterable[Dot]) -> list[tuple[str, str]]:
    """The forms that a picture shows, for its key."""
    found = {dot.medium for dot in dots}
    return [(medium, words) for medium, words in FORMS.items() if medium in found]
