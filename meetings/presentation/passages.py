"""A document's passages as they are read: printed numbers in the margin, marks in the text, notes beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Account, Evidence, Passage
from ..records import Field, Label
from .marking import Mark, Segment, segments

# What the margin shows already: "7. (SBU) " before the text of a numbered paragraph.
_PRINTED = re.compile(r"\s*[(\[]?\w{1,6}[.)\]]\s*(?:\([A-Z/ ]{1,12}\)\s*)?")
WHOLE = {Field.MEETING, Field.STATEMENT}  # these claims rest on a clause; the others on a name or a few words


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage: ``notes`` are the accounts of meetings that it is the first to tell of."""

    passage: Passage
    segments: list[Segment]
    notes: list[Account] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return anchor(self.passage.order)


@dataclass(frozen=True, slots=True)
class Run:
    """Passages in a row that are read, or that are left out as clutter."""

    clutter: bool
    passages: list[Shown]


def anchor(order: int) -> str:
    return f"p{order + 1}"


def shown(passage: Passage, marks: Iterable[Mark], notes: Sequence[Account] = ()) -> Shown:
    skip = 0
    if passage.number and not passage.continues:
        printed = _PRINTED.match(passage.text)
        if printed and passage.number in printed[0] and printed.end() < len(passage.text):
            skip = printed.end()
    return Shown(passage, segments(passage.text[skip:], passage.start + skip, marks), list(notes))


def card_passages(evidence: Evidence, around: Iterable[Passage]) -> list[Shown]:
    """The paragraphs that hold a claim's quote, with the quote marked."""
    return [shown(passage, [Mark(evidence.start, evidence.end, "quote")]) for passage in around]


def runs(
    passages: Iterable[Passage], evidence: Iterable[Evidence], names: Iterable[Sequence], accounts: Iterable[Account]
) -> list[Run]:
    """The whole document: ``names`` are [start, end, label]."""
    evidence = list(evidence)
    marks = [Mark(claim.start, claim.end, "clause" if claim.field in WHOLE else "claim") for claim in evidence]
    marks += [Mark(start, end, "name") for start, end, _ in names]
    first_told: dict[int, int] = {}
    for claim in sorted(evidence, key=lambda claim: (claim.field != Field.MEETING, claim.start)):
        if claim.account_id:
            first_told.setdefault(claim.account_id, claim.start)
    notes = [(first_told[account.pk], account) for account in accounts if account.pk in first_told]
    laid_out: list[Run] = []
    for passage in passages:
        beside = [account for start, account in notes if passage.start <= start < passage.end]
        near = [mark for mark in marks if mark.start < passage.end and mark.end > passage.start]
        clutter = passage.label == Label.CLUTTER
        if not laid_out or laid_out[-1].clutter != clutter:
            laid_out.append(Run(clutter, []))
        laid_out[-1].passages.append(shown(passage, near, beside))
    return laid_out
