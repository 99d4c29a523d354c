"""Which sentences belong to which meeting, for what is asked of its words: what it was about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from meetings.nlp.annotations import Encounter
from meetings.nlp.flow import Segment
from meetings.records import Kind, Label

# Rules that read a meeting out of a noun: "the priorities that both had named in their meeting" tells of another one in passing.
NOMINAL = tuple(f"triggers.{name}_" for name in ("near", "noun", "ones_noun", "in_noun", "before_their"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence that belongs to a meeting: ``text[start:end]`` of the flow.

    ``part``: "body"; "title"; "heading"; "after", which follows a mention in passing; "rest", of no meeting in particular.
    """

    start: int
    end: int
    opens: int  # where its paragraph begins
    part: str
    telling: bool  # says that the meeting took place


def stretches(doc: Doc, sentences: Sequence[tuple[int, int]]) -> list[list[Stretch]]:
    """For each encounter the sentences that belong to it, its title and headings. A sentence may belong to several.

    A paragraph goes on about the meeting that it told last, else about the one that the document is about. One mentioned
    in passing has its sentence, and what follows, together with that one. What belongs to none goes, with the title, to the
    one that the document is about, or to the first.
    """
    told: list[Encounter] = doc._.encounters
    found: list[list[Stretch]] = [[] for _ in told]
    if not told:
        return found
    main = next((n for n, each in enumerate(told) if each.main), None)
    if main is None and len(told) == 1 and doc._.setting.kind is not Kind.NEWS:
        main = 0
    lead = main or 0
    telling = defaultdict(list)
    for n, each in enumerate(told):
        for sentence in each.sentences:
            telling[sentence].append(n)
    heading: Stretch | None = None
    paragraph, current, passing = None, main, []
    for n, (segment, before, start, end) in enumerate(_segments(doc, sentences)):
        if segment.label in {Label.HEADING, Label.HEADER}:
            if not before:
                heading = Stretch(start, end, segment.start, "heading", False)
            elif segment.label is Label.HEADING or segment.field in {"subject", "title"}:
                found[lead].append(Stretch(start, end, segment.start, "title", False))
            continue
        if segment is not paragraph:
            paragraph, current, passing = segment, main, []
        here = telling.get(n, [])
        own = [each for each in here if told[each].main or not told[each].rule.startswith(NOMINAL)]
        if own or (here and current is None):
            current, passing = (own or here)[-1], []
        elif here:
            passing = here
        parts = dict.fromkeys(passing, "after")
        if not own and current is not None:
            parts[current] = "body"
        parts |= dict.fromkeys(here, "body")
        for number, part in (parts or {lead: "rest"}).items():
            if heading:
                found[number].append(heading)
            found[number].append(Stretch(start, end, segment.start, part, number in here))
        heading = None
    return found


def _segments(doc: Doc, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[Segment, bool, int, int]]:
    """Each sentence with the segment that it begins in, and whether it stands before the document's body."""
    segments = doc._.flow.segments
    starts = [segment.start for segment in segments]
    body = next((segment.start for segment in segments if segment.label is Label.BODY), 0)
    for start, end in sentences:
        yield segments[max(0, bisect_right(starts, start) - 1)], start < body, start, end
