"""The meeting that a whole document is about: a record of a conversation, a readout, a cable on one meeting.

A memorandum of conversation rarely says "they met": its heading, its list of participants and whoever speaks in it do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import roster
from meetings.nlp.annotations import Encounter, Mention, Party, PlaceMention, TimeMention
from meetings.nlp.dates import day_of
from meetings.nlp.flow import Segment
from meetings.records import Attendance, Kind, Label, Medium, Status

TITLE = re.compile(
    r"\b(?:conversations?|meetings?|discussions?|talks?|interview|telephone (?:call|conversation)|audience|consultations|call)\b",
    re.IGNORECASE,
)
RECORD = re.compile(
    r"\b(?:records?|notes?|minutes?|memorand(?:um|a)|extracts?|account|report|summary)\b", re.IGNORECASE
)
OPENING = 80  # characters in which a paragraph that is a title says so
LONGEST_TITLE = 300  # characters
LEAST_TOLD = 3  # people whose posts show that a meeting is internal
# A party, its part in the meeting, and the tokens that say so.
Attending = tuple[int, Attendance, tuple[int, int]]
ANNOUNCED = re.compile(r"(?i)\W*(?:meeting |the )?participants(?: were| included)?\s*:")
DATE = re.compile(r"\s*Date\b(?: of \w+)?\s*:?\s*", re.IGNORECASE)
PHONE = re.compile(r"\btelephone|\bphone\b|\btelcon", re.IGNORECASE)


@Language.component(
    "conversation",
    requires=["doc._.encounters", "doc._.statement_mentions", "doc._.mentions", "doc._.times"],
    assigns=["doc._.encounters"],
)
def conversation(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    kind = doc._.setting.kind
    if (kind in {Kind.MEMCON, Kind.OTHER} and is_record(doc)) or (kind is Kind.CABLE and _two_sides(doc)):
        main = recorded(doc)
        if main:
            doc._.encounters = [main, *doc._.encounters]
            return doc
    if kind in {Kind.READOUT, Kind.CABLE}:
        doc._.encounters = headline(doc)
    return doc


def is_record(doc: Doc) -> bool:
    heading = (
        " ".join(_text(doc, segment) for segment in doc._.flow.segments[:4] if segment.label is Label.HEADING)
        or doc._.setting.title
    )
    return bool(TITLE.search(heading) and RECORD.search(heading)) or any(
        segment.field == "participants" for segment in doc._.flow.segments
    )


def _two_sides(doc: Doc) -> bool:
    """Whether a list of participants names people of two states."""
    sides = {each.country for each in roster.listed(doc._.flow, doc._.setting.nation)}
    told = {doc._.parties[party].country for party, _, _ in announced(doc)} if len(sides - {None}) < 2 else sides
    return len(told - {None}) > 1


def _text(doc: Doc, segment: Segment) -> str:
    return doc._.flow.text[segment.start : segment.end]


def recorded(doc: Doc) -> Encounter | None:
    """The meeting whose record the document is: whom its lists, its title, else whoever speaks in it, say to be there."""
    parties: dict[int, Attendance] = {}
    mentioned: dict[int, tuple[int, int]] = {}
    headings = [segment for segment in doc._.flow.segments[:4] if segment.label is Label.HEADING]
    sources = (listed, announced, lambda doc: titled(doc, headings), speaking)
    for source in sources:
        settled = sum(attendance is Attendance.PRINCIPAL for attendance in parties.values()) > 1
        if source is speaking and settled:
            continue
        for party, attendance, span in source(doc):
            if party not in parties:
                parties[party], mentioned[party] = attendance, span
    if not parties:
        return None
    _side_of_author(doc, parties)
    if _among_themselves([doc._.parties[n] for n in parties]):
        return None
    setting = doc._.setting
    first = next((n for n, sentence in enumerate(doc.sents) if _is_body(doc, sentence.start_char)), 0)
    place = setting.post and PlaceMention(
        0, 1, setting.post.name, setting.host, setting.post.precision, setting.post.latitude, setting.post.longitude
    )
    titles = (
        segment for segment in doc._.flow.segments if segment in headings or segment.field in {"subject", "title"}
    )
    phone = bool(PHONE.search(" ".join((setting.title, *(_text(doc, segment) for segment in titles)))))
    day = _day(doc) if setting.kind is not Kind.CABLE else None
    return Encounter(
        rule="conversation.record_listed/1" if setting.kind is Kind.CABLE else "conversation.record/1",
        sentences=[first],
        parties=parties,
        status=Status.HELD,
        medium=Medium.PHONE if phone else Medium.IN_PERSON,
        when=day and day.when,
        date_span=day and (day.start, day.end),
        place=None if phone or setting.kind is Kind.CABLE else place,
        span=(0, 1),
        strength=0.95,
        main=True,
        mentioned=mentioned,
    )


def _day(doc: Doc) -> TimeMention | None:
    """The day that the header of a list of participants tells; one labelled "Date" is the talk's, a dateline's may be
    that of the paper.
    """
    segments = doc._.flow.segments
    if not any(segment.field == "participants" for segment in segments):
        return None
    found = []
    for before, segment in pairwise([None, *segments]):
        if segment.field == "date":
            text = _text(doc, segment)
            labelled = DATE.match(text) or (before and DATE.fullmatch(_text(doc, before)))
            days = (each for each in doc._.times if segment.start <= doc[each.start].idx < segment.end)
            found += [(not labelled, each.start, each) for each in days if each.when and day_of(each.when.date)]
    return min(found)[2] if found else None


def listed(doc: Doc) -> Iterator[Attending]:
    """Whom the document's lists of participants name; the first of each side leads it, where no headings part the sides."""
    entries = roster.listed(doc._.flow, doc._.setting.nation)
    parts = {doc.char_span(each.start, each.end, alignment_mode="expand").start: each.attendance for each in entries}
    led: dict[str, int] = {}  # side → its first
    for segment in doc._.flow.segments:
        if segment.field != "participants":
            continue
        for mention in _inside(doc, segment):
            party = doc._.parties[mention.party]
            if mention.start in parts:
                part, side = parts[mention.start], party.country or party.organisation
                if side and part is Attendance.PRINCIPAL and led.setdefault(side, mention.party) != mention.party:
                    part = Attendance.ACCOMPANYING
                yield mention.party, part, (mention.start, mention.end)
            elif not mention.pronoun and (party.name or party.own):
                line = _line(doc._.flow.text, doc[mention.start].idx)
                yield mention.party, _part(line), (mention.start, mention.end)


def announced(doc: Doc) -> Iterator[Attending]:
    """Whom a sentence of the text lists: "Participants: Secretary Hale, Ambassador Orr; Foreign Minister Lund, …"."""
    for sentence in doc.sents:
        opening = ANNOUNCED.match(doc._.flow.text, sentence.start_char, sentence.end_char)
        if opening is None:
            continue
        for mention in doc._.mentions:
            if sentence.start <= mention.start < sentence.end and not mention.pronoun and not mention.possessive:
                part = _part(doc[mention.start : mention.end + 2].text)
                yield mention.party, part, (mention.start, mention.end)
        return


def titled(doc: Doc, headings: list[Segment]) -> Iterator[Attending]:
    """Whom the title, a line of the header or an opening paragraph names that says what the record is of."""
    for segment in doc._.flow.segments[:6]:
        text = _text(doc, segment)
        header = segment.label is Label.HEADER and segment.field not in {"participants", "delegation"}
        opening = segment.label is Label.BODY and len(text) < LONGEST_TITLE and RECORD.search(text[:OPENING])
        if segment in headings or ((header or opening) and TITLE.search(text)):
            for mention in _inside(doc, segment):
                if doc._.parties[mention.party].name and not mention.pronoun:
                    yield mention.party, Attendance.PRINCIPAL, (mention.start, mention.end)


def speaking(doc: Doc) -> Iterator[Attending]:
    for statement in doc._.statement_mentions:
        if statement.party is not None and statement.rule != "statements.continued/1":
            span = doc.char_span(statement.start, statement.end, alignment_mode="expand")
            if span is not None:
                yield statement.party, Attendance.PRINCIPAL, (span.start, span.start + 1)


def _part(line: str) -> Attendance:
    """What a line says of someone's part: who interpreted, who took notes."""
    if roster.INTERPRETER.search(line):
        return Attendance.INTERPRETER
    return Attendance.NOTETAKER if roster.NOTETAKER.search(line) else Attendance.PRINCIPAL


def _side_of_author(doc: Doc, parties: dict[int, Attendance]) -> None:
    """A government's record of a talk with one foreign side is of its own people with that side: who is left is its own."""
    home = doc._.setting.home
    known = {doc._.parties[n].country for n in parties} - {None}
    unknown = [
        doc._.parties[n] for n in parties if doc._.parties[n].country is None and not doc._.parties[n].organisation
    ]
    if home and len(unknown) == 1 and len(known) == 1 and home not in known:
        unknown[0].country = home


def _among_themselves(parties: list[Party]) -> bool:
    """Whether all are of one government, and most of them by what the text says of their posts."""
    sides = {each.country for each in parties}
    told = sum(not each.likely for each in parties)
    return len(sides) == 1 and None not in sides and told >= max(LEAST_TOLD, len(parties) / 2)


def _is_body(doc: Doc, offset: int) -> bool:
    return any(
        segment.label is Label.BODY and segment.start <= offset < segment.end for segment in doc._.flow.segments[:12]
    )


def _inside(doc: Doc, segment: Segment) -> list[Mention]:
    def offset(mention: Mention) -> int:
        return doc[mention.start].idx

    mentions = doc._.mentions
    first, last = (bisect_left(mentions, edge, key=offset) for edge in (segment.start, segment.end))
    return mentions[first:last]


def _line(text: str, offset: int) -> str:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)]


def headline(doc: Doc) -> list[Encounter]:
    """Marks the encounter that the title or the first paragraph tells as what the document is about."""
    setting = doc._.setting
    top = _top(doc)
    found: list[Encounter] = list(doc._.encounters)
    first = [n for n, each in enumerate(found) if doc[each.span[0]].idx < top]
    body = doc._.flow.body
    headed = {n for n in first if doc[found[n].span[0]].idx < body}
    # A newspaper's headline is shorter than the report below it, and may sum up several talks in one.
    later = headed if setting.kind is Kind.NEWS else {n for n in headed if _sums_up(doc, found[n])}
    for n in sorted(first, key=lambda n: setting.kind in {Kind.NEWS, Kind.READOUT} and n in later):
        each = found[n]
        if each.strength < 0.5 or (each.status is not Status.HELD and setting.kind is Kind.CABLE):
            continue
        found[n] = replace(each, main=True)
        break
    return found


def _sums_up(doc: Doc, told: Encounter) -> bool:
    """Whether a headline has posts for names: "spoke to the foreign ministers of Chile and Peru"."""
    return sum(not doc._.parties[n].name and not doc._.parties[n].own for n in told.parties) > 1


def _top(doc: Doc) -> int:
    """Where the first body paragraph ends; the second of a readout, whose first may be an attribution."""
    bodies = [segment for segment in doc._.flow.segments if segment.label is Label.BODY]
    count = 2 if doc._.setting.kind is Kind.READOUT else 1
    return bodies[min(count, len(bodies)) - 1].end if bodies else len(doc._.flow.text)
