"""The positions ledger: who said what on which issue, on which side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..models import Account, Evidence, MeetingIssue, Statement
from ..resolution.names import same_name
from .claims import Claims
from .delegations import Delegation

SHOWN = 4  # statements of one side on one issue before the rest is folded away


@dataclass(frozen=True, slots=True)
class Said:
    statement: Statement
    evidence: Evidence | None

    @property
    def words(self) -> str:
        """The statement without quotation marks around all of it."""
        text = self.statement.text.strip()
        return text[1:-1] if text[:1] in '"“' and text[-1:] in '"”' and len(text) > 2 else text


@dataclass(frozen=True, slots=True)
class Position:
    """What one side said on one issue: speakers in turn, each with what they said."""

    side: Delegation
    said: list[Said] = field(default_factory=list)

    @property
    def first(self) -> list[tuple[str, list[Said]]]:
        return by_speaker(self.said[:SHOWN])

    @property
    def rest(self) -> list[Said]:
        return self.said[SHOWN:]

    @property
    def turns(self) -> list[tuple[str, list[Said]]]:
        return by_speaker(self.rest)


def by_speaker(said: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    return [(speaker, list(turn)) for speaker, turn in groupby(said, lambda one: one.statement.speaker)]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    issue: str
    key: str  # the topic's, "" when the tree lacks it
    positions: list[Position]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Issues by sides."""

    sides: list[Delegation]
    rows: list[LedgerRow]


def ledger(
    accounts: Sequence[Account],
    agenda: Sequence[MeetingIssue],
    sides: Sequence[Delegation],
    claims: Claims,
) -> Ledger:
    """Statements told in the accounts, each on its speaker's side; those of nobody on a side come last, as others'.

    Issues stand in the order of the agenda; what was said on none of them comes last.
    """
    others = Delegation("Others", None)
    cells: dict[tuple[str, str], list[Said]] = {}
    keys: dict[str, str] = {}
    for account in accounts:
        for statement in account.statements.all():
            side = side_of(statement, sides) or others
            issue = statement.issue.name if statement.issue else "General"
            keys[issue] = statement.issue.key if statement.issue else ""
            cells.setdefault((issue, side.name), []).append(Said(statement, claims.statement(statement.pk)))
    spoke = [side for side in [*sides, others] if any(name == side.name for _, name in cells)]
    order = {item.name: place for place, item in enumerate(agenda)}
    issues = sorted(keys, key=lambda name: (not keys[name], order.get(name, len(order)), name))
    rows = [
        LedgerRow(issue, keys[issue], [Position(side, cells.get((issue, side.name), [])) for side in spoke])
        for issue in issues
    ]
    return Ledger(spoke, rows)


def side_of(statement: Statement, sides: Sequence[Delegation]) -> Delegation | None:
    """The side of the participant who speaks, by person or else by name, or else that of the country spoken for."""
    members = [(side, member.participant) for side in sides for member in side.members]
    if statement.person_id:
        for side, participant in members:
            if participant.person_id == statement.person_id:
                return side
    named = [side for side, one in members if one.name and same_name(statement.speaker, one.name)]
    if statement.speaker and len(named) == 1:
        return named[0]
    return next((side for side in sides if side.country and side.country.key == statement.country_id), None)
