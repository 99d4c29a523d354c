"""Who sat on which side of a meeting, in what post."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from .. import dates
from ..models import Country, Evidence, Meeting, Participant, Position
from ..records import Attendance
from .claims import Claims


@dataclass(frozen=True, slots=True)
class Member:
    """``office`` is the post that the tables of office holders give them for the day of the meeting, "" where they tell none."""

    participant: Participant
    evidence: Evidence | None
    role_evidence: Evidence | None
    office: str = ""

    @property
    def role(self) -> str:
        """The post that the documents tell, where it is not all that they call them by."""
        return self.participant.role if self.participant.role != self.participant.label else ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """The participants of one side, principals first; ``country`` is None for a body or an unknown side."""

    name: str
    country: Country | None
    members: list[Member] = field(default_factory=list)


def with_offices(participants: QuerySet) -> QuerySet:
    """Annotates ``offices``: each known person's terms as {title, start, end}."""
    terms = Position.objects.filter(person=OuterRef("person")).order_by("start")
    return participants.annotate(
        offices=ArraySubquery(terms.values(term=JSONObject(title="title", start="start", end="end")))
    )


def delegations(meeting: Meeting, participants: Sequence[Participant], claims: Claims) -> list[Delegation]:
    """``participants`` are annotated by ``with_offices``."""
    sides: dict[Hashable, Delegation] = {}
    for participant in sorted(participants, key=lambda one: one.attendance != Attendance.PRINCIPAL):
        country = participant.country
        name = country.name if country else participant.side or "Side not told"
        side = sides.setdefault(participant.side, Delegation(name, country))
        office = held_then(participant.offices, meeting.earliest, meeting.latest)
        side.members.append(Member(participant, claims.participant(participant), claims.role(participant), office))
    return list(sides.values())


def held_then(terms: Sequence[dict[str, str]], first: date | None, last: date | None) -> str:
    """The latest begun of the terms that run through all days from first to last, with its beginning; "" when none is known to."""
    running = [term for term in terms if first and last and begins(term) <= first and last <= ends(term)]
    if not running:
        return ""
    term = max(running, key=begins)
    return f"{term['title']} since {dates.in_words(term['start'])}"


def begins(term: dict[str, str]) -> date:
    return dates.bounds(term["start"])[0] if term["start"] else date.max  # not known to have begun


def ends(term: dict[str, str]) -> date:
    return dates.bounds(term["end"])[1] if term["end"] else date.max
