"""From what the components wrote on a Doc to the records that leave it, with evidence for every claim."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from meetings.nlp.annotations import Encounter, Party
from meetings.nlp.dates import duration_of, time_of
from meetings.nlp.stretches import Stretch, owners, stretches
from meetings.nlp.subjects import Subject, of_meetings
from meetings.nlp.topics import Topics
from meetings.records import (
    Evidence,
    ExtractedIssue,
    ExtractedMeeting,
    ExtractedParticipant,
    ExtractedPlace,
    ExtractedStatement,
    Extraction,
    Field,
    Kind,
    Name,
)

# A sentence after the one that tells a meeting speaks of its length in these words.
LASTED = re.compile(r"\b(?:lasted|it took|went on|continued|ran) ")
THIS_TALK = re.compile(
    r"\b(?:our|this|the|further|general) (?:talks?|conversations?|discussions?|meetings?|interview|lunch|call|exchange)\b"
)
MOST_SPANS = 12  # sentences of one sort that are given as evidence of one meeting
MOST_NAMED = 100  # sentences that speak of one party, in which evidence is looked for


def extraction(doc: Doc, version: str) -> Extraction:
    sentences = [(span.start_char, span.end_char) for span in doc.sents]
    belonging = stretches(doc)
    owner = owners(belonging)
    about = of_meetings(doc, belonging)
    naming = Naming(doc, sentences)
    meetings = tuple(
        _meeting(doc, told, sentences, found, _passages(doc, told, sentences, parts, naming))
        for told, found, parts in zip(doc._.encounters, about, belonging, strict=True)
    )
    names = tuple(Name(*doc._.flow.to_document(ent.start_char, ent.end_char), ent.label_) for ent in doc.ents)
    return Extraction(meetings, tuple(_statements(doc, owner, about)), names, version)


def _evidence(doc: Doc, field: Field, start: int, end: int, rule: str, confidence: float) -> Evidence:
    """``start`` and ``end`` are characters of the flow; blank ends are left out."""
    while end > start + 1 and doc._.flow.text[end - 1].isspace():
        end -= 1
    while start < end - 1 and doc._.flow.text[start].isspace():
        start += 1
    return Evidence(field, *doc._.flow.to_document(start, end), rule, confidence)


def _tokens(doc: Doc, span: tuple[int, int]) -> tuple[int, int]:
    last = doc[max(span[1] - 1, span[0])]
    return doc[span[0]].idx, last.idx + len(last)


class Naming:
    """Which sentences, by their indices, speak of each party, but in a possessive."""

    def __init__(self, doc: Doc, sentences: list[tuple[int, int]]) -> None:
        starts = [start for start, _ in sentences]
        self.told = {n for each in doc._.encounters for n in each.sentences}
        self.of_party: dict[int, dict[int, None]] = defaultdict(dict)
        for mention in doc._.mentions:
            if not mention.possessive and len(self.of_party[mention.party]) < MOST_NAMED:
                self.of_party[mention.party][bisect_right(starts, doc[mention.start].idx) - 1] = None

    def both(self, parties: Iterable[int]) -> list[int]:
        """The sentences that speak of two of the parties and tell no meeting, in order."""
        times = Counter(n for party in parties for n in self.of_party[party])
        return sorted(n for n, count in times.items() if count > 1 and n not in self.told)


def _passages(
    doc: Doc, told: Encounter, sentences: list[tuple[int, int]], parts: Sequence[Stretch], naming: Naming
) -> list[tuple[int, int]]:
    """The sentences that tell a meeting; then those that speak of two who took part; and of what belongs to it those that
    speak of a talk, or entitle a document on it by somebody's name.
    """
    text = doc._.flow.text
    entitled = {n for party in told.parties for n in naming.of_party[party]} if told.main else frozenset()
    speaking = [
        part.sentence
        for part in parts
        if THIS_TALK.search(text, part.start, part.end) or (part.part == "title" and part.sentence in entitled)
    ]
    found = [*told.sentences[:MOST_SPANS], *naming.both(told.parties)[:MOST_SPANS], *speaking[:MOST_SPANS]]
    return [sentences[n] for n in dict.fromkeys(found) if n < len(sentences)]


def _meeting(
    doc: Doc,
    told: Encounter,
    sentences: list[tuple[int, int]],
    subjects: list[Subject],
    passages: Iterable[tuple[int, int]],
) -> ExtractedMeeting:
    sure = round(told.confidence, 2)
    clock = _clock(doc, told)
    evidence = [_evidence(doc, Field.MEETING, *span, told.rule, sure) for span in passages]
    if told.span[1] - told.span[0] > 2:
        evidence.append(_evidence(doc, Field.MEETING, *_tokens(doc, told.span), told.rule, sure))
    if told.date_span:
        evidence.append(
            _evidence(
                doc, Field.DATE, *_tokens(doc, told.date_span), "times/1", 0.9 if told.when and told.when.sure else 0.7
            )
        )
    return ExtractedMeeting(
        status=told.status,
        participants=tuple(_participants(doc, told, sure)),
        evidence=tuple(evidence),
        date=told.when.date if told.when else None,
        date_end=told.when.end if told.when else None,
        time=told.time or time_of(clock),
        duration=_duration(doc, told, sentences, clock),
        place=_place(doc, told),
        medium=told.medium,
        issues=tuple(_issues(doc, subjects)),
        confidence=sure,
    )


def _clock(doc: Doc, told: Encounter) -> str:
    """Of the meeting that a record is about, its header's lines of date and time."""
    fields = {"date", "time"} if told.main and doc._.setting.kind in {Kind.MEMCON, Kind.OTHER} else set()
    return "\n".join(doc._.flow.text[part.start : part.end] for part in doc._.flow.segments if part.field in fields)


def _duration(doc: Doc, told: Encounter, sentences: list[tuple[int, int]], clock: str) -> int | None:
    """Minutes: of the header, or of the first sentence that tells the meeting, or the one after it, that says how long."""
    if minutes := duration_of(clock):
        return minutes
    for n in told.sentences:
        told_in, after = ("".join(doc._.flow.text[slice(*each)] for each in sentences[m : m + 1]) for m in (n, n + 1))
        minutes = duration_of(told_in) or (duration_of(after) if LASTED.search(after) else None)
        if minutes:
            return minutes
    return None


def _participants(doc: Doc, told: Encounter, sure: float) -> Iterable[ExtractedParticipant]:
    for n, attendance in told.parties.items():
        party: Party = doc._.parties[n]
        span = told.mentioned.get(n, told.span)
        yield ExtractedParticipant(
            name=party.name,
            role=party.role,
            country=party.country,
            organisation=party.organisation,
            attendance=attendance,
            evidence=(
                _evidence(
                    doc,
                    Field.PARTICIPANT,
                    *_tokens(doc, span),
                    "presence/1",
                    round(sure * told.presence.get(n, 1.0), 2),
                ),
            ),
        )


def _place(doc: Doc, told: Encounter) -> ExtractedPlace | None:
    place = told.place
    if place is None:
        return None
    written = place.end > place.start
    evidence = (
        (_evidence(doc, Field.PLACE, *_tokens(doc, (place.start, place.end)), "places/1", 0.8),) if written else ()
    )
    return ExtractedPlace(
        place.name, place.country, place.precision, place.latitude, place.longitude, told.place_inferred, evidence
    )


def _issues(doc: Doc, found: list[Subject]) -> Iterable[ExtractedIssue]:
    for subject in found:
        each = subject.shown
        evidence = _evidence(doc, Field.ISSUE, each.start, each.end, each.rule, round(subject.score, 2))
        yield ExtractedIssue(subject.name, each.mention, subject.key, (evidence,))


def _statements(doc: Doc, owner: dict[int, int], about: list[list[Subject]]) -> Iterable[ExtractedStatement]:
    topics = Topics(doc, about)
    for each in doc._.statement_mentions:
        start, end = doc._.flow.to_document(each.start, each.end)
        party = doc._.parties[each.party] if each.party is not None else None
        yield ExtractedStatement(
            speaker=party.name if party else None,
            kind=each.kind,
            text=doc._.flow.text[each.start : each.end],
            start=start,
            end=end,
            rule=each.rule,
            country=party.country if party else None,
            issue=topics.of(each, owner.get(each.sentence)),
            confidence=each.confidence,
            meeting=owner.get(each.sentence),
        )
