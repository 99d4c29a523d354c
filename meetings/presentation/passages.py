"""A document's passages as they are read: printed numbers in the margin, marks in the text, notes beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..models import Evidence, Passage
from ..records import Label
from .marking import Mark, Segment, segments
from .notes import Note, marks_of

# What the margin shows already: "7. (SBU) " before the text of a numbered paragraph.
_PRINTED = re.compile(r"\s*[(\[]?\w{1,6}[.)\]]\s*(?:\([A-Z/ ]{1,12}\)\s*)?")


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage, with the addresses of the marks that begin in it. ``notes`` are of the meetings that it is the first to tell of."""

    passage: Passage
    segments: list[Segment]
    notes: list[Note] = field(default_factory=list)
    unshown: tuple[str, ...] = ()  # addresses of marks that lie in the printed number, which the margin shows

    @property
    def anchor(self) -> str:
        return anchor(self.passage.order)

    @property
    def start(self) -> int:
        """Where the text that is shown begins in the document's."""
        return self.passage.end - sum(len(segment.text) for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Run:
    """Passages in a row that are read, or that are left out as clutter."""

    clutter: bool
    passages: list[Shown]

    @property
    def anchor(self) -> str:
        return self.passages[0].anchor


def anchor(order: int) -> str:
    return f"p{order + 1}"


def shown(passage: Passage, marks: Iterable[Mark], notes: Sequence[Note] = ()) -> Shown:
    skip = 0
    if passage.number and not passage.continues:
        printed = _PRINTED.match(passage.text)
        if printed and passage.number in printed[0] and printed.end() < len(passage.text):
            skip = printed.end()
    start = passage.start + skip
    own = [mark if mark.start >= passage.start else replace(mark, key="") for mark in marks]
    unshown = tuple(mark.key for mark in own if mark.key and mark.end <= start)
    return Shown(passage, segments(passage.text[skip:], start, own), list(notes), unshown)


def card_passages(evidence: Evidence, around: Iterable[Passage]) -> list[Shown]:
    """The paragraphs that hold a claim's quote, with the quote marked."""
    return [shown(passage, [Mark(evidence.start, evidence.end, "quote")]) for passage in around]


def runs(
    passages: Iterable[Passage], evidence: Iterable[Evidence], names: Iterable[Sequence], notes: Sequence[Note]
) -> list[Run]:
    """The whole document: ``names`` are [start, end, label]."""
    marks = marks_of(evidence)
    marks += [Mark(start, end, "name") for start, end, _ in names]
    marks.sort(key=lambda mark: mark.start)
    laid_out: list[Run] = []
    near: list[Mark] = []
    rest = iter(marks)
    coming = next(rest, None)
    for passage in passages:
        near = [mark for mark in near if mark.end > passage.start]
        while coming and coming.start < passage.end:
            if coming.end > passage.start:
                near.append(coming)
            coming = next(rest, None)
        beside = [note for note in notes if passage.start <= note.start < passage.end]
        clutter = passage.label == Label.CLUTTER
        if not laid_out or laid_out[-1].clutter != clutter:
            laid_out.append(Run(clutter, []))
        laid_out[-1].passages.append(shown(passage, near, beside))
    return laid_out
