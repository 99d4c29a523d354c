"""A meeting as an editor reviews it: its claims, how far the accounts agree on each, and the passages that they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Account, Evidence, Meeting, MeetingIssue, Participant, Passage
from ..records import Field
from ..wording import counted, listed
from .accounts import ComparedRow, Comparison
from .claims import Claims
from .marking import Mark
from .notes import claim_anchor
from .passages import Shown, shown

MOST = 6  # passages of one document that are laid open
ASIDE = {Field.ISSUE, Field.STATEMENT}  # claims whose passages tell what a meeting was about, not that it took place


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the meeting, with its surest passage. ``agreement`` is what the accounts tell of it, in words."""

    label: str
    text: str
    evidence: Evidence | None = None
    agreement: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """``why`` says why the name was taken for this person, or for nobody."""

    participant: Participant
    evidence: Evidence | None
    agreement: str
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    item: MeetingIssue
    evidence: Evidence | None
    agreement: str
    wording: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document's passages that the claims rest on: those that tell of the meeting, and what else it says of it."""

    account: Account
    passages: list[Shown] = field(default_factory=list)
    more: list[Shown] = field(default_factory=list)


def values(meeting: Meeting, claims: Claims, told: Comparison) -> list[Value]:
    rows = {row.label: row for row in told.rows}
    place = str(meeting.place or "")
    if meeting.place_inferred:
        place += " (inferred: no document states it)"
    time = f" at {meeting.time:%H:%M}" if meeting.time else ""
    shown = [
        ("Status", meeting.get_status_display(), claims.meeting()),
        ("Date", meeting.date_in_words + time, claims.date()),
        ("Place", place, claims.place()),
        ("Form", meeting.get_medium_display(), claims.medium()),
    ]
    return [
        Value(label, text, evidence, *agreement(rows.get(label), len(told.told))) for label, text, evidence in shown
    ]


def agreement(row: ComparedRow | None, accounts: int) -> tuple[str, bool]:
    """What several accounts tell of one value, and whether they contradict one another."""
    if row is None or accounts < 2:
        return "", False
    telling = [cells[0].text for cells in row.cells if cells]
    if row.differs:
        return f"accounts differ: {listed(dict.fromkeys(telling))}", True
    return f"{len(telling)} of {counted(accounts, 'account')} {'say' if len(telling) > 1 else 'says'} so", False


def members(participants: Sequence[Participant], accounts: Sequence[Account], claims: Claims) -> list[Member]:
    told = defaultdict(list)
    for account in accounts:
        for row in account.participants.all():
            told[row.participant_id].append(row)
    return [
        Member(
            one,
            claims.participant(one),
            naming({row.account_id for row in told[one.pk]}, accounts),
            next((row.resolved_by for row in told[one.pk] if row.resolved_by), ""),
        )
        for one in participants
    ]


def items(agenda: Sequence[MeetingIssue], accounts: Sequence[Account], claims: Claims) -> list[Item]:
    told = defaultdict(list)
    for account in accounts:
        for row in account.issues.all():
            told[row.issue_id or row.name].append(row)
    return [
        Item(
            one,
            claims.issue(one),
            naming({row.account_id for row in told[one.issue_id or one.name]}, accounts),
            next((row.mention for row in told[one.issue_id or one.name]), ""),
        )
        for one in agenda
    ]


def naming(telling: set[int], accounts: Sequence[Account]) -> str:
    return f"in {len(telling)} of {counted(len(accounts), 'account')}" if len(accounts) > 1 else ""


def sources(accounts: Sequence[Account], evidence: Iterable[Evidence], passages: Iterable[Passage]) -> list[Source]:
    claims, texts = defaultdict(list), defaultdict(list)
    for row in evidence:
        claims[row.account_id].append(row)
    for passage in passages:
        texts[passage.revision_id].append(passage)
    return [source(account, claims[account.pk], texts) for account in accounts]


def source(account: Account, claims: Sequence[Evidence], texts: dict[int, list[Passage]]) -> Source:
    marks = [Mark(row.start, row.end, kind(row), claim_anchor(row), row.get_field_display()) for row in claims]
    near, rest = [], []
    for passage in [passage for revision in {row.revision_id for row in claims} for passage in texts[revision]]:
        here = [row for row in claims if row.start < passage.end and row.end > passage.start]
        if here:
            tells = len(near) < MOST and any(row.field not in ASIDE for row in here)
            (near if tells else rest).append(shown(passage, marks))
    return Source(account, near, rest)


def kind(evidence: Evidence) -> str:
    return {Field.MEETING: "telling", Field.STATEMENT: "said"}.get(evidence.field, "claim")
