"""Which sentences belong to which meeting, for what is asked of its words: what it was about."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from meetings.nlp.annotations import Encounter
from meetings.nlp.flow import Segment
from meetings.records import Kind, Label

# Rules that read a meeting out of a noun: "the priorities that both had named in their meeting" tells of another one in passing.
NOMINAL = tuple(f"triggers.{name}_" for name in ("near", "noun", "ones_noun", "in_noun", "before_their"))
RECORDS = frozenset({Kind.MEMCON, Kind.OTHER, Kind.READOUT})  # kinds that are about one meeting from beginning to end
MOST = 8  # encounters of one party that are compared


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence that belongs to a meeting: ``text[start:end]`` of the flow.

    ``part``: "body"; "title"; "heading"; "after", which follows a mention in passing; "rest", of no meeting in particular.
    """

    sentence: int  # its index among the document's
    start: int
    end: int
    opens: int  # where its paragraph begins
    part: str
    telling: bool  # says that the meeting took place


def stretches(doc: Doc) -> list[list[Stretch]]:
    """For each encounter the sentences that belong to it, its title and headings. A sentence may belong to several.

    A paragraph goes on about the meeting that it told last, else about the one that the document is about, unless it names
    parties of another one. A meeting mentioned in passing has its sentence, and what follows, together with that one. What
    belongs to none goes, with the title, to the one that the document is about, or to the first. A record's own meeting has all
    that is said in it.
    """
    told: list[Encounter] = doc._.encounters
    found: list[list[Stretch]] = [[] for _ in told]
    if not told:
        return found
    sentences = [(span.start_char, span.end_char) for span in doc.sents]
    main = next((n for n, each in enumerate(told) if each.main), None)
    if main is None and len(told) == 1 and doc._.setting.kind is not Kind.NEWS:
        main = 0
    lead = main or 0
    recorded = main if doc._.setting.kind in RECORDS else None
    telling, of_party = defaultdict(list), defaultdict(list)
    for n, each in enumerate(told):
        for sentence in each.sentences:
            telling[sentence].append(n)
        for party in each.parties:
            of_party[party].append(n)
    named = _named(doc, sentences)
    heading: Stretch | None = None
    paragraph, current, last, passing = None, None, None, []
    for n, (segment, before, start, end) in enumerate(_segments(doc, sentences)):
        if segment.label in {Label.HEADING, Label.HEADER}:
            if not before:
                heading = Stretch(n, start, end, segment.start, "heading", False)
            elif segment.label is Label.HEADING or segment.field in {"subject", "title"}:
                found[lead].append(Stretch(n, start, end, segment.start, "title", False))
            continue
        if segment is not paragraph:
            paragraph, current, passing = segment, None, []
        usual = next(each for each in (current, main, lead) if each is not None)
        here = telling.get(n, [])
        own = [each for each in here if each == usual or told[each].main or not told[each].rule.startswith(NOMINAL)]
        if own or (here and last is None and main is None):
            current, passing = (own or here)[-1], []
            last = current
        elif here:
            passing = here
        elif recorded is None and (other := _of_names(of_party, named[n], usual, last)) is not None:
            current, passing = other, []
        parts = dict.fromkeys(passing, "after")
        if not own:
            parts[usual if current is None else current] = "rest" if current is None and main is None else "body"
        if recorded is not None:
            parts[recorded] = "body"
        for number, part in (parts | dict.fromkeys(here, "body")).items():
            if heading:
                found[number].append(heading)
            found[number].append(Stretch(n, start, end, segment.start, part, number in here))
        heading = None
    return found


def owners(found: Sequence[Sequence[Stretch]]) -> dict[int, int]:
    """Of each sentence that belongs to one, by their indices, the encounter that it belongs to first.

    That is the one that it tells, before the one that its paragraph goes on about, before the one of the whole record.
    """
    sizes = [len(parts) for parts in found]
    ranked = sorted(
        (not part.telling, sizes[n], n, part.sentence)
        for n, parts in enumerate(found)
        for part in parts
        if part.part == "body"
    )
    owner: dict[int, int] = {}
    for _, _, n, sentence in ranked:
        owner.setdefault(sentence, n)
    return owner


def _of_names(of_party: dict[int, list[int]], named: Iterable[int], usual: int, last: int | None) -> int | None:
    """The encounter of which a sentence names more parties than of the ``usual`` one; of several the one told last."""
    counts = Counter(n for party in named for n in of_party.get(party, ())[:MOST])
    most = max(counts.values(), default=0)
    best = [n for n, count in counts.items() if count == most]
    if most <= counts[usual]:
        return None
    return last if last in best else best[0]


def _named(doc: Doc, sentences: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """The parties that each sentence names, but for pronouns and the author's own side."""
    starts = [start for start, _ in sentences]
    found: dict[int, set[int]] = defaultdict(set)
    for mention in doc._.mentions:
        if not mention.pronoun and not doc._.parties[mention.party].own:
            found[max(0, bisect_right(starts, doc[mention.start].idx) - 1)].add(mention.party)
    return found


def _segments(doc: Doc, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[Segment, bool, int, int]]:
    """Each sentence with the segment that it begins in, and whether it stands before the document's body."""
    segments = doc._.flow.segments
    starts = [segment.start for segment in segments]
    body = doc._.flow.body
    for start, end in sentences:
        yield segments[max(0, bisect_right(starts, start) - 1)], start < body, start, end
