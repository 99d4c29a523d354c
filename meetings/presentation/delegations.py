"""Who sat on which side of a meeting, in what post."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from .. import dates
from ..conditions import of_records_of
from ..models import Country, Evidence, Meeting, Participant, Position
from ..records import Attendance
from ..resolution.names import fold
from .claims import Claims


@dataclass(frozen=True, slots=True)
class Office:
    """A post that the tables of office holders give somebody for a day, and since when."""

    title: str
    since: str  # in words


@dataclass(frozen=True, slots=True)
class Member:
    """``office`` is theirs on the day of the meeting, None where the tables tell none."""

    participant: Participant
    evidence: Evidence | None
    role_evidence: Evidence | None
    office: Office | None = None

    @property
    def role(self) -> str:
        """The post that the documents tell, where it is not all that they call them by."""
        return self.participant.role if self.participant.role != self.participant.label else ""

    @property
    def told(self) -> bool:
        """Whether the documents name the office themselves, if not in all its words."""
        return bool(self.office and self.role) and not set(words(self.role)).isdisjoint(words(self.office.title))


@dataclass(frozen=True, slots=True)
class Delegation:
    """The participants of one side, principals first; ``country`` is None for a body or an unknown side."""

    name: str
    country: Country | None
    members: list[Member] = field(default_factory=list)


def with_offices(participants: QuerySet) -> QuerySet:
    """Annotates ``offices``: each known person's terms as {title, start, end}."""
    terms = Position.objects.filter(of_records_of("person")).order_by("start")
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


def held_then(terms: Sequence[dict[str, str]], first: date | None, last: date | None) -> Office | None:
    """The latest begun of the terms that run through all days from first to last."""
    running = [term for term in terms if first and last and begins(term) <= first and last <= ends(term)]
    if not running:
        return None
    term = max(running, key=begins)
    return Office(term["title"], dates.in_words(term["start"]))


def begins(term: dict[str, str]) -> date:
    return dates.bounds(term["start"])[0] if term["start"] else date.max  # not known to have begun


def ends(term: dict[str, str]) -> date:
    return dates.bounds(term["end"])[1] if term["end"] else date.max


def words(title: str) -> list[str]:
    """The folded words of a title, without those that only join them."""
    return [word for word in fold(title).split() if word not in {"of", "the", "for", "and", "to"}]
