"""A meeting laid out: who sat on which side, who said what on which issue, what each document tells."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from ..models import Account, Country, Evidence, MeetingIssue, Participant, Statement
from ..records import Attendance, Field
from ..resolution.names import same_name
from .claims import Claims


@dataclass(frozen=True, slots=True)
class Delegation:
    """The participants of one side, principals first; ``country`` is None for a body or an unknown side."""

    name: str
    country: Country | None
    members: list[tuple[Participant, Evidence | None]] = field(default_factory=list)


def delegations(participants: Sequence[Participant], claims: Claims) -> list[Delegation]:
    sides: dict[Hashable, Delegation] = {}
    for participant in sorted(participants, key=lambda one: one.attendance != Attendance.PRINCIPAL):
        country = participant.country
        name = country.name if country else participant.side or "Side not told"
        side = sides.setdefault(participant.side, Delegation(name, country))
        side.members.append((participant, claims.participant(participant)))
    return list(sides.values())


@dataclass(frozen=True, slots=True)
class Position:
    """What one side said on one issue."""

    side: Delegation
    statements: list[tuple[Statement, Evidence | None]]


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
    """Statements told in the accounts, each on its speaker's side; those of nobody on a side come last, as others'."""
    others = Delegation("Others", None)
    cells: dict[tuple[str, str], list] = {}
    keys: dict[str, str] = {}
    for account in accounts:
        for statement in account.statements.all():
            side = side_of(statement, sides) or others
            issue = statement.issue.name if statement.issue else "General"
            keys[issue] = statement.issue.key if statement.issue else ""
            cells.setdefault((issue, side.name), []).append((statement, claims.statement(statement.pk)))
    spoke = [side for side in [*sides, others] if any(name == side.name for _, name in cells)]
    order = {item.name: place for place, item in enumerate(agenda)}
    issues = sorted(keys, key=lambda name: (order.get(name, len(order)), name))
    rows = [
        LedgerRow(issue, keys[issue], [Position(side, cells.get((issue, side.name), [])) for side in spoke])
        for issue in issues
    ]
    return Ledger(spoke, rows)


def side_of(statement: Statement, sides: Sequence[Delegation]) -> Delegation | None:
    """The side of the participant who speaks, by person or else by name, or else that of the country spoken for."""
    members = [(side, member) for side in sides for member, _ in side.members]
    if statement.person_id:
        for side, member in members:
            if member.person_id == statement.person_id:
                return side
    named = [side for side, member in members if member.name and same_name(statement.speaker, member.name)]
    if statement.speaker and len(named) == 1:
        return named[0]
    return next((side for side in sides if side.country and side.country.key == statement.country_id), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One account's value, as text; ``alone``: no other account tells the same."""

    text: str
    evidence: Evidence | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ComparedRow:
    label: str
    cells: list[list[Cell]]  # an account's values, one list an account

    @property
    def differs(self) -> bool:
        return any(cell.alone for cells in self.cells for cell in cells)


def compared(accounts: Sequence[Account], claims: Claims) -> list[ComparedRow]:
    """What each document tells, row by row; rows that no document fills are left out."""

    def values(account: Account) -> dict[str, list[tuple[Hashable, str, Evidence | None]]]:
        """By row: what makes two values the same, how it reads, its passage."""
        told = claims.told
        place = str(account.place) + (" (inferred)" if account.place_inferred else "") if account.place else ""
        time = f"{account.time:%H:%M}" if account.time else ""
        duration = f"{account.duration} minutes" if account.duration else ""
        return {
            "Date": [(account.date, account.date_in_words, told(account, Field.DATE))],
            "Time": [(time, time, None)],
            "Duration": [(duration, duration, None)],
            "Place": [(account.place_id, place, told(account, Field.PLACE))],
            "Form": [(account.medium, account.get_medium_display(), told(account, Field.MEDIUM))],
            "Status": [(account.status, account.get_status_display(), told(account, Field.MEETING))],
            "Participants": [
                (
                    one.participant_id or one.label,
                    listed_role(one.name or one.label, one.role),
                    claims.first("account", account.pk, Field.PARTICIPANT, one.pk),
                )
                for one in account.participants.all()
            ],
            "Issues": [(one.issue_id or one.name, one.mention, None) for one in account.issues.all()],
        }

    told = [values(account) for account in accounts]
    rows = []
    for label in told[0] if told else ():
        sames = [{same for same, text, _ in account[label] if text} for account in told]
        filled = [same for same in sames if same]
        rows.append(
            ComparedRow(
                label,
                [
                    [
                        Cell(text, evidence, len(filled) > 1 and sum(same in other for other in filled) == 1)
                        for same, text, evidence in account[label]
                        if text
                    ]
                    for account in told
                ],
            )
        )
    return [row for row in rows if any(row.cells)]


def listed_role(name: str, role: str) -> str:
    return f"{name}, {role}" if role and role != name else name
