"""How a meeting's values follow from the accounts of it. Pure: no database.

The one rule: of what the accounts tell, take what most of them agree on; where they tie, the account closest to the event.
Closest is a memorandum of the conversation, then a cable, a readout, a news report, an official list, anything else;
then the more confident account.

- Status: held as soon as one account says so, otherwise that of the closest account.
- Date: the most exact of the dates that agree with the most accounts.
- Place: a stated one before an inferred one, then the most exact.
- Time, duration and medium: what most of those say that tell it.
- Participants and issues: everything that any account names, each once. A participant has the fullest form of the name, and
  role, side and attendance of the closest account that tells them.
- Confidence: that at least one of the accounts is right, 1 - (1 - c1)(1 - c2)…, as if they erred independently, at most .99.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import time
from math import prod

from . import dates
from .records import Attendance, Kind, Status
from .resolution.names import fold, same_name

CLOSENESS = {Kind.MEMCON: 0, Kind.CABLE: 1, Kind.READOUT: 2, Kind.NEWS: 3, Kind.REGISTER: 4, Kind.OTHER: 5}


@dataclass(frozen=True, slots=True)
class Party:
    """A participant: ``person`` is whatever identifies a known person, None while unresolved. ``sources`` name the rows it came from."""

    name: str = ""
    person: Hashable = None
    role: str = ""
    country: str | None = None
    organisation: Hashable = None
    body: str = ""
    attendance: str = Attendance.PRINCIPAL
    sources: tuple[Hashable, ...] = ()
    label: str = ""  # what titles call them, where that is not the name as written: the known person, the country

    @property
    def side(self) -> Hashable:
        """The delegation: a country's key, else the organisation, else the body's folded name."""
        return self.country or self.organisation or fold(self.body)

    def is_same(self, other: Party) -> bool:
        """Whether both mean one participant of one meeting: the same person, or compatible names on sides that do not conflict.

        Parties that the text does not name are the same when role and side agree.
        """
        if self.person is not None and other.person is not None:
            return self.person == other.person
        if self.side and other.side and self.side != other.side:
            return False
        if self.name and other.name:
            return same_name(self.name, other.name)
        return not self.name and not other.name and self.side == other.side and fold(self.role) == fold(other.role)


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue on the agenda: ``issue`` identifies a node of the topic tree, None where the tree lacks it."""

    name: str
    issue: Hashable = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: ``place`` identifies it; ``exactness`` is 0 for a building, 1 city, 2 region, 3 country.

    ``at`` is latitude and longitude in degrees, None where not known.
    """

    place: Hashable
    exactness: int = 1
    inferred: bool = False
    name: str = ""
    country: str | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What one account, or all together, tell of a meeting."""

    status: str = Status.HELD
    date: str = ""
    time: time | None = None
    duration: int | None = None
    place: Spot | None = None
    medium: str = ""
    participants: tuple[Party, ...] = ()
    agenda: tuple[Topic, ...] = ()
    confidence: float = 1.0
    kind: str = Kind.OTHER
    written: str = ""  # date of the document, EDTF
    title: str = field(default="", compare=False)


def derive(accounts: Iterable[Values]) -> Values:
    """The meeting's values. Raises ValueError when there is no account."""
    told = sorted(accounts, key=lambda account: (CLOSENESS[Kind(account.kind)], -account.confidence))
    if not told:
        raise ValueError("A meeting is derived from at least one account.")
    participants = merge_parties(party for account in told for party in account.participants)
    return Values(
        status=Status.HELD if any(account.status == Status.HELD for account in told) else told[0].status,
        date=best_date([account.date for account in told if account.date]),
        time=commonest(account.time for account in told),
        duration=commonest(account.duration for account in told),
        place=min(
            (account.place for account in told if account.place),
            key=lambda spot: (spot.inferred, spot.exactness),
            default=None,
        ),
        medium=commonest(account.medium for account in told) or "",
        participants=participants,
        agenda=merge_topics(topic for account in told for topic in account.agenda),
        confidence=min(0.99, 1 - prod(1 - account.confidence for account in told)),
        kind=told[0].kind,
        title=title(participants),
    )


def commonest(values: Iterable):
    """The value told most often, the first told where they tie; None when none is told."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None


def best_date(told: list[str]) -> str:
    """The most exact of the dates that agree with the most others; "" when none is told."""

    def rank(date: str) -> tuple[int, int]:
        first, last = dates.bounds(date)
        return -sum(dates.overlap(date, other) for other in told), (last - first).days

    return min(told, key=rank, default="")


def merge_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each participant once, in the order in which they were first named."""
    merged: list[Party] = []
    for party in parties:
        for i, known in enumerate(merged):
            if known.is_same(party):
                merged[i] = join(known, party)
                break
        else:
            merged.append(party)
    return tuple(merged)


def merge_topics(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Each issue once, in the order in which they were first told. One name is one issue, in the topic tree if any account knows it there."""
    merged: dict[str, Topic] = {}
    for topic in topics:
        name = next(
            (name for name, known in merged.items() if topic.issue and known.issue == topic.issue), fold(topic.name)
        )
        known = merged.setdefault(name, topic)
        merged[name] = replace(known, issue=known.issue or topic.issue)
    return tuple(merged.values())


def join(first: Party, second: Party) -> Party:
    """One participant from two mentions: the first's values where told, the fuller name."""
    attendance = first.attendance if first.attendance != Attendance.PRINCIPAL else second.attendance
    return replace(
        first,
        name=max(first.name, second.name, key=lambda name: len(name.split())),
        person=first.person if first.person is not None else second.person,
        role=first.role or second.role,
        country=first.country or second.country,
        organisation=first.organisation or second.organisation,
        body=first.body or second.body,
        label=first.label or second.label,
        attendance=attendance,
        sources=first.sources + second.sources,
    )


def title(participants: Iterable[Party], shown: int = 2) -> str:
    """Who met whom, by their principals: ``John Kerry with Sergei Lavrov``, ``Modi, Abe and Turnbull`` where there are more sides than two.

    Each of two sides is named by up to ``shown`` people; of more sides each by one, up to twice as many in all.
    """
    sides: dict[Hashable, list[str]] = {}
    everybody = list(participants)
    for party in [party for party in everybody if party.attendance == Attendance.PRINCIPAL] or everybody:
        sides.setdefault(party.side, []).append(party.label or party.name or party.role or party.body or "unnamed")
    if len(sides) <= 2:
        return " with ".join(listed(names, shown) for names in sides.values()) or "Meeting of unnamed parties"
    return listed([names[0] for names in sides.values()], 2 * shown)


def listed(names: list[str], shown: int) -> str:
    """Names as in a sentence: ``A``, ``A and B``, ``A, B and others``."""
    if len(names) <= shown:
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"{', '.join(names[:shown])} and others"
