"""What stands in a document's margin: the meetings that it tells of, with the passages of their values, and the names in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Account, Evidence, Passage, Person
from ..records import Field
from .marking import Mark

WHOLE = {Field.MEETING, Field.STATEMENT}  # these claims rest on a clause; the others on a name or a few words
# What the claims of a field are called, one and many, in the order in which they are told.
CALLED = {
    Field.DATE: ("date", "date"),
    Field.PLACE: ("place", "place"),
    Field.MEDIUM: ("form", "form"),
    Field.PARTICIPANT: ("participant", "participants"),
    Field.ISSUE: ("issue", "issues"),
    Field.STATEMENT: ("statement", "statements"),
}
KINDS = {"PERSON": "People", "GPE": "Places", "LOC": "Places", "FAC": "Places", "ORG": "Bodies", "DATE": "Dates"}
MOST_NAMES = 40  # of one kind
MOST_PLACES = 5  # passages of one name


@dataclass(frozen=True, slots=True)
class Found:
    """Claims of one field: what they are called, how many, and the address of the first."""

    called: str
    anchor: str
    passage: str


@dataclass(frozen=True, slots=True)
class Note:
    """A meeting that the document tells of; ``start`` is where it begins to. ``number`` counts from 1 through the document."""

    account: Account
    start: int
    anchor: str
    number: int
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text and the passages that have it, as (address, number as printed)."""

    text: str
    count: int
    passages: list[tuple[str, str]]
    person: Person | None = None

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.passages))


def claim_anchor(evidence: Evidence) -> str:
    """The address of a claim's mark in its document's page."""
    return f"c{evidence.pk}"


def account_of(evidence: Evidence) -> int | None:
    return evidence.statement.account_id if evidence.statement_id else evidence.account_id


def marks_of(evidence: Iterable[Evidence]) -> list[Mark]:
    return [
        Mark(
            claim.start,
            claim.end,
            "clause" if claim.field in WHOLE else "claim",
            claim_anchor(claim),
            claim.get_field_display(),
        )
        for claim in evidence
    ]


def notes(accounts: Sequence[Account], evidence: Iterable[Evidence], passages: Sequence[Passage]) -> list[Note]:
    """One for each account that rests on a passage, in the order of the text."""
    told: dict[int, list[Evidence]] = defaultdict(list)
    for claim in sorted(evidence, key=lambda claim: (claim.field != Field.MEETING, claim.start)):
        told[account_of(claim)].append(claim)
    where = Whereabouts(passages)
    begun = sorted(
        ((told[account.pk][0], account) for account in accounts if told.get(account.pk)), key=lambda pair: pair[0].start
    )
    return [
        Note(account, first.start, claim_anchor(first), number, found(told[account.pk], where))
        for number, (first, account) in enumerate(begun, 1)
    ]


def found(claims: Sequence[Evidence], where: Whereabouts) -> list[Found]:
    by_field = defaultdict(list)
    for claim in claims:
        by_field[claim.field].append(claim)
    rows = []
    for kind, (one, many) in CALLED.items():
        if of_kind := by_field.get(kind):
            subjects = {(claim.participant_id, claim.issue_id, claim.statement_id) for claim in of_kind}
            called = f"{len(subjects)} {many}" if one != many and len(subjects) > 1 else one
            first = min(of_kind, key=lambda claim: claim.start)
            rows.append(Found(called, claim_anchor(first), where.number(first.start)))
    return rows


def names(
    marked: Iterable[Sequence], text: str, passages: Sequence[Passage], people: dict[str, Person]
) -> list[tuple[str, list[Name]]]:
    """Names by kind, in the order of the text; ``marked`` are [start, end, label], ``people`` known ones by name as written."""
    where = Whereabouts(passages)
    spans: dict[str, dict[str, list[int]]] = {kind: {} for kind in dict.fromkeys(KINDS.values())}
    for start, end, label in marked:
        if kind := KINDS.get(label):
            spans[kind].setdefault(" ".join(text[start:end].split()), []).append(start)
    return [
        (
            kind,
            [
                Name(name, len(starts), where.passages(starts)[:MOST_PLACES], people.get(name))
                for name, starts in list(called.items())[:MOST_NAMES]
            ],
        )
        for kind, called in spans.items()
        if called
    ]


class Whereabouts:
    """The passage in which an offset lies."""

    def __init__(self, passages: Sequence[Passage]):
        self.rows = list(passages)
        self.starts = [passage.start for passage in self.rows]

    def at(self, offset: int) -> Passage | None:
        place = bisect_right(self.starts, offset) - 1
        return self.rows[place] if place >= 0 else None

    def number(self, offset: int) -> str:
        """As printed, "" where the passage has none."""
        passage = self.at(offset)
        return passage.number if passage else ""

    def passages(self, offsets: Iterable[int]) -> list[tuple[str, str]]:
        """Address and printed number of each passage once."""
        met = {passage.order: passage for offset in offsets if (passage := self.at(offset))}
        return [(f"p{order + 1}", passage.number) for order, passage in met.items()]
