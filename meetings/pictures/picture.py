"""The picture that an address asks for, with the addresses that lead on from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from ..asking.language import Question, Term
from ..taking.formats import file_name
from .calendar import busiest, calendar
from .network import network
from .places import places
from .sample import MOST, sample
from .timeline import by_year, timeline

if TYPE_CHECKING:
    from ..hits import Tally
    from ..querysets import MeetingQuerySet

VIEWS = {"timeline": "Timeline", "map": "Map", "network": "Network", "calendar": "Calendar"}
PERIOD = frozenset({"after", "before", "date"})


@dataclass(frozen=True, slots=True)
class Picture:
    """``data`` is the table of one of the modules beside this one, None when there is nothing to draw.

    ``question`` is what it is a picture of, ``words`` the same in words; ``cut``: it is drawn of the first meetings alone.
    """

    view: str
    data: Any
    question: Question
    words: str
    cut: bool

    @property
    def label(self) -> str:
        return VIEWS[self.view]

    @property
    def template(self) -> str:
        return f"pictures/{self.view}.html"

    @property
    def most(self) -> int:
        """Of how many meetings it is drawn when it is cut."""
        return MOST

    @property
    def without_period(self) -> Question:
        """The question less its period: a new one takes the place of the last."""
        return self.question.kept(lambda term: term.field not in PERIOD)

    def having(self, *terms: Term) -> str:
        """The list of those meetings that meet more conditions; a period takes the place of the last."""
        base = self.without_period if any(term.field in PERIOD for term in terms) else self.question
        return address(base.having(*((term,) for term in terms)))

    @property
    def file_name(self) -> str:
        return file_name(self.view, self.words)

    @property
    def file(self) -> str:
        """The address of its table as a CSV file."""
        exact = {"by": getattr(self.data, "unit", ""), "year": getattr(self.data, "year", "")}
        query = {"q": str(self.question), "view": self.view, **{name: value for name, value in exact.items() if value}}
        return f"{reverse('take-picture')}?{urlencode(query, safe=':')}"


def picture(
    meetings: MeetingQuerySet, question: Question, words: str, query: QueryDict, tally: Tally
) -> Picture | None:
    """The picture that ``view`` of an address asks for, by its ``by`` and ``year``; None where it asks for none.

    ``tally`` is of the same meetings.
    """
    view = query.get("view", "")
    if view not in VIEWS:
        return None
    shown, exact = year(query.get("year", "")), not getattr(tally, "more", False)
    if view == "calendar" and tally.years and exact:
        # The years are known, so only the one that is shown need be found.
        shown = shown or busiest(tally.years)
        rows, cut = sample(meetings.between(date(shown, 1, 1), date(shown, 12, 31)))
        return Picture(view, calendar(rows, shown, tally.years, tally.undated), question, words, cut)
    rows, cut = sample(meetings)
    if view == "timeline":
        data = by_year(tally.years, tally.undated) if cut and exact else timeline(rows, query.get("by", ""))
        cut = cut and not exact
    elif view == "calendar":
        data = calendar(rows, shown)
    else:
        data = {"map": places, "network": network}[view](rows)
    return Picture(view, data, question, words, cut)


def year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) else None


def address(question: Question, **values: str) -> str:
    """The list of meetings that a question finds."""
    query = {"q": str(question), **values} if question else values
    return f"{reverse('meetings')}?{urlencode(query, safe=':')}" if query else reverse("meetings")
