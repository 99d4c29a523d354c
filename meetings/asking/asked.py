"""A question put by somebody: what was understood of it, and the meetings that it finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import QueryDict

from ..models import Meeting
from .compiling import compiled, words
from .describing import in_words
from .language import BRACKETS, MISPLACED_OR, Clause, Question, read
from .relevance import Relevant
from .resolving import Answers, resolve

if TYPE_CHECKING:
    from ..hits import Hits
    from ..querysets import MeetingQuerySet, User


@dataclass(frozen=True)
class Asked:
    """What was understood, for whom; ``mistakes`` are sentences. ``whole``: no condition was left out for any of them."""

    user: User
    answers: Answers
    mistakes: tuple[str, ...]
    whole: bool

    @property
    def question(self) -> Question:
        return self.answers.question

    @property
    def words(self) -> str:
        """The question in words, to follow a number of meetings."""
        return in_words(self.answers)

    @cached_property
    def conditions(self) -> list[tuple[set[Clause], Q]]:
        return compiled(self.answers, self.user)

    @cached_property
    def meetings(self) -> MeetingQuerySet:
        """Those that the user may see and that meet every condition."""
        return self.without()

    def without(self, *clauses: Clause) -> MeetingQuerySet:
        """Those that meet every condition but some that stand for themselves alone."""
        conditions = (condition for stands_for, condition in self.conditions if not stands_for.issubset(clauses))
        return Meeting.objects.visible_to(self.user).filter(reduce(and_, conditions, Q()))

    @property
    def looked_for(self) -> str:
        """The words that are looked for in texts; "" for none."""
        return words(self.answers)

    def hits(self, sort: str = "newest") -> Hits:
        """The meetings in an order: newest, oldest, accounts or relevance."""
        return Relevant(self.meetings, self.looked_for) if sort == "relevance" else self.meetings.hits(sort)


def ask(text: str, user: User, off: str = "", exact: bool = False) -> Asked:
    """Put the question; ``off`` are conditions that are set aside, ``exact`` takes names of people as they are written."""
    reading = read(text)
    answers = resolve(reading.question, read(off).question, user, exact)
    mistakes = (*reading.mistakes, *answers.remarks, *answers.mistakes)
    # Neither brackets nor words that every text has are conditions, where something else is asked.
    harmless = {BRACKETS, MISPLACED_OR, *answers.remarks} if answers.question else set()
    return Asked(user, answers, mistakes, harmless.issuperset(mistakes))


def asked_in(query: QueryDict, user: User) -> Asked:
    """The question that an address asks: its q, off and exact."""
    return ask(query.get("q", ""), user, query.get("off", ""), query.get("exact") == "1")
