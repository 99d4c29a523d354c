"""The picture that an address asks for, with the addresses that lead on from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.urls import reverse

from ..asking.language import Question, Term
from ..hits import CAP
from ..taking.formats import file_name
from .calendar import Calendar, busiest, calendar
from .network import network
from .places import places
from .sample import sample
from .timeline import Timeline, by_year, timeline

if TYPE_CHECKING:
    from ..hits import Hits

VIEWS = {"timeline": "Timeline", "map": "Map", "network": "Network", "calendar": "Calendar"}
PERIOD = frozenset({"after", "before", "date"})


@dataclass(frozen=True)
class Picture:
    """``data`` is the table of one of the modules beside this one, None when there is nothing to draw.

    ``question`` is what it is a picture of, ``words`` the same in words, ``exact`` whether its names are taken as written.
    ``cut``: of how many meetings, the first, it is drawn; 0 for all.
    """

    view: str
    data: Any
    question: Question
    words: str
    exact: bool
    cut: int

    @property
    def label(self) -> str:
        return VIEWS[self.view]

    @property
    def template(self) -> str:
        return f"pictures/{self.view}.html"

    @property
    def without_period(self) -> Question:
        """The question less its period: a new one takes the place of the last."""
        return self.question.kept(lambda term: term.field not in PERIOD)

    @cached_property
    def addresses(self) -> tuple[str, str]:
        """What the addresses of narrower questions begin with: whole, and less the period."""
        return tuple(
            f"{reverse('meetings')}?{urlencode({**self.beside, 'q': str(question)}, safe=':')}{'+' * bool(question)}"
            for question in (self.question, self.without_period)
        )

    @property
    def beside(self) -> dict[str, str]:
        """What stands beside the question in every address."""
        return {"exact": "1"} if self.exact else {}

    def having(self, *terms: Term) -> str:
        """The list of those meetings that meet more conditions, none of them a period."""
        return self.addresses[0] + quote_plus(" ".join(map(str, terms)), safe=":")

    def within(self, period: str) -> str:
        """The list of those meetings in another period: a year, month or day in digits, or ``none``."""
        return f"{self.addresses[1]}date:{period}"

    @property
    def file_name(self) -> str:
        return file_name(self.view, self.words)

    @property
    def file(self) -> str:
        """The address of its table as a CSV file."""
        drawn = {"by": getattr(self.data, "unit", ""), "year": getattr(self.data, "year", "")}
        shown = {name: value for name, value in drawn.items() if value}
        query = {**self.beside, "q": str(self.question), "view": self.view, **shown}
        return f"{reverse('take-picture')}?{urlencode(query, safe=':')}"


def picture(hits: Hits, question: Question, words: str, query: QueryDict) -> Picture | None:
    """The picture of what a question finds that ``view`` of an address asks for, by its ``by`` and ``year``; None where it asks for none."""
    view = query.get("view", "")
    if view not in VIEWS:
        return None
    exact = query.get("exact") == "1"
    if not hits.more and hits.total > CAP and view in {"timeline", "calendar"}:
        return Picture(view, of_many(view, hits, year(query.get("year", ""))), question, words, exact, 0)
    rows, cut = sample(hits)
    if view == "timeline":
        data = timeline(rows, query.get("by", ""))
    elif view == "calendar":
        data = calendar(rows, year(query.get("year", "")))
    else:
        data = {"map": places, "network": network}[view](rows)
    return Picture(view, data, question, words, exact, cut)


def of_many(view: str, hits: Hits, year: int | None) -> Timeline | Calendar | None:
    """Of more meetings than can be looked at, whose years are counted: the years, or the days of one of them."""
    years, undated = hits.tally.years, hits.tally.undated
    if view == "timeline":
        return by_year(years, undated)
    year = year or busiest(years)
    return calendar(hits.meetings.filter(earliest__range=(date(year, 1, 1), date(year, 12, 31))), year, years, undated)


def year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) else None
