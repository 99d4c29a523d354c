"""Text cut at the ends of its marks, so that a template can escape each piece and then mark it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show on ``[start:end]`` of a document's text."""

    start: int
    end: int
    kind: str
    key: str = ""  # its address in the page, where it has one
    title: str = ""  # what it is, in words


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, the kinds of mark on it, the addresses of marks that begin with it, and what all of them are."""

    text: str
    kinds: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def segments(text: str, offset: int, marks: Iterable[Mark]) -> list[Segment]:
    """The pieces of ``text``, which stands at ``offset`` of its document; marks may overlap and reach beyond it."""
    end = offset + len(text)
    inside = [mark for mark in marks if mark.start < end and mark.end > offset]
    cuts = {offset, end, *(max(offset, mark.start) for mark in inside), *(min(end, mark.end) for mark in inside)}
    pieces = []
    for first, last in pairwise(sorted(cuts)):
        here = [mark for mark in inside if mark.start <= first and mark.end >= last]
        pieces.append(
            Segment(
                text[first - offset : last - offset],
                frozenset(mark.kind for mark in here),
                tuple(mark.key for mark in here if mark.key and max(mark.start, offset) == first),
                tuple(dict.fromkeys(mark.title for mark in here if mark.title)),
            )
        )
    return pieces
