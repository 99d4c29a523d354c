"""Accounts of one meeting side by side: what each adds, leaves out and contradicts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from .. import dates
from ..models import Account, Evidence, Place
from ..records import Field
from ..wording import lasting
from .claims import Claims

LISTS = ("Participants", "Issues")  # rows in which an account may tell several values


@dataclass(frozen=True, slots=True)
class Cell:
    """One account's value, as text. ``value`` is what makes two of them the same."""

    value: Hashable
    text: str
    evidence: Evidence | None = None
    verdict: str = ""  # adds, differs or "": beside what the other accounts tell


@dataclass(frozen=True, slots=True)
class ComparedRow:
    label: str
    cells: list[list[Cell]]  # an account's values, one list an account

    @property
    def differs(self) -> bool:
        return any(cell.verdict == "differs" for cells in self.cells for cell in cells)


@dataclass(frozen=True, slots=True)
class Told:
    """One account beside the others, in words."""

    account: Account
    adds: list[str] = field(default_factory=list)
    omits: list[str] = field(default_factory=list)
    contradicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    rows: list[ComparedRow]
    told: list[Told]


def compared(accounts: Sequence[Account], claims: Claims) -> Comparison:
    """Rows that no account fills are left out."""
    values = [told_values(account, claims) for account in accounts]
    rows = [judged(label, [told[label] for told in values]) for label in (values[0] if values else ())]
    rows = [row for row in rows if any(row.cells)]
    return Comparison(rows, [beside(number, account, rows) for number, account in enumerate(accounts)])


def told_values(account: Account, claims: Claims) -> dict[str, list[Cell]]:
    told = claims.told
    place = str(account.place) + (" (inferred)" if account.place_inferred else "") if account.place else ""
    time = f"{account.time:%H:%M}" if account.time else ""
    duration = lasting(account.duration) if account.duration else ""
    rows = {
        "Date": [Cell(account.date, account.date_in_words, told(account, Field.DATE))],
        "Time": [Cell(time, time)],
        "Duration": [Cell(duration, duration)],
        "Place": [Cell(account.place, place, told(account, Field.PLACE))],
        "Form": [Cell(account.medium, account.get_medium_display(), told(account, Field.MEDIUM))],
        "Status": [Cell(account.status, account.get_status_display(), told(account, Field.MEETING))],
        "Participants": [
            Cell(
                one.participant_id or one.label,
                listed_role(one.name or one.label, one.role),
                claims.first("account", account.pk, Field.PARTICIPANT, one.pk),
            )
            for one in account.participants.all()
        ],
        "Issues": [
            Cell(one.issue_id or one.name, one.mention, claims.first("account", account.pk, Field.ISSUE, one.pk))
            for one in account.issues.all()
        ],
    }
    return {label: [cell for cell in cells if cell.text] for label, cells in rows.items()}


def judged(label: str, cells: list[list[Cell]]) -> ComparedRow:
    filled = [told for told in cells if told]
    if len(filled) < 2 and (len(cells) < 2 or label not in LISTS):
        return ComparedRow(label, cells)

    def verdict(cell: Cell, others: list[Cell]) -> str:
        if label in LISTS:
            return "" if any(other.value == cell.value for other in others) else "adds"
        return "differs" if any(not agree(label, cell.value, other.value) for other in others) else ""

    return ComparedRow(
        label,
        [
            [Cell(cell.value, cell.text, cell.evidence, verdict(cell, others_of(cells, number))) for cell in told]
            for number, told in enumerate(cells)
        ],
    )


def others_of(cells: list[list[Cell]], number: int) -> list[Cell]:
    return [cell for other, told in enumerate(cells) if other != number for cell in told]


def agree(label: str, one: Hashable, other: Hashable) -> bool:
    """Whether two accounts may both be right: a month agrees with its days, a country with its cities."""
    if label == "Date":
        return dates.overlap(one, other)
    if label == "Place":
        return one == other or within(one, other) or within(other, one)
    return one == other


def within(inner: Place, outer: Place) -> bool:
    return outer.precision == "country" and inner.country_id == outer.country_id


def beside(number: int, account: Account, rows: Sequence[ComparedRow]) -> Told:
    told = Told(account)
    for row in rows:
        own, others = row.cells[number], others_of(row.cells, number)
        if row.label in LISTS:
            told.adds.extend(cell.text for cell in own if cell.verdict == "adds")
            known = {cell.value for cell in own}
            told.omits.extend({cell.value: cell.text for cell in others if cell.value not in known}.values())
        elif own and not others and len(row.cells) > 1:
            told.adds.append(f"{row.label.lower()}: {own[0].text}")
        elif others and not own:
            told.omits.append(f"the {row.label.lower()}")
        elif own and own[0].verdict:
            rival = next(cell for cell in others if not agree(row.label, own[0].value, cell.value))
            told.contradicts.append(f"{row.label.lower()}: {own[0].text}, elsewhere {rival.text}")
    return told


def listed_role(name: str, role: str) -> str:
    return f"{name}, {role}" if role and role != name else name
