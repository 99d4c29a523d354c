"""Names where a paper's heading has them: "Record of Conversation between Lund and Reed"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from meetings.authorities import countries, titles
from meetings.nlp.cities import city
from meetings.nlp.entities.context import NOT_PEOPLE
from meetings.records import Label

_NAME = r"((?:[A-Z][\w.'’-]*\s?){1,4}?)"
PAPER = r"(?i:cablegram|letter|telegram|memorandum|savingram|note|despatch|message|minute|submission|aide-memoire)"
IS_PAPER = re.compile(PAPER)
RECORDED = r"(?i:conversations?|meetings?|discussions?|talks?|interview)"
BETWEEN = re.compile(
    rf"{RECORDED} (?i:between) (?:(?i:mr|sir|dr)\.? )?{_NAME} (?i:and) (?:(?i:mr|sir|dr)\.? )?{_NAME}\s*$"
)
BY = re.compile(rf"{RECORDED} (?i:by|with) (?:(?i:mr|sir|dr)\.? )?{_NAME}\s*$")
# "Letter from Lund to Sir Ann Reed", "MINUTE, HALE TO BERG", "Lund to Department of …": who wrote, and to whom.
SENT = re.compile(
    rf"^\s*\d*\s*(?:{PAPER}(?:\[\d+\])?(?:,| (?i:from)) )?(?:(?i:mr|sir|dr)\.? )?{_NAME}(?:,[^,]{{3,80}},?)? (?i:to) (?:(?:(?i:mr|mrs|sir|dr)\.? )?{_NAME}\s*$)?"
)
# "Memorandum From the President's Assistant for National Security Affairs (Hale) to President Orr"
HOLDER = re.compile(
    r"^\s*\d*\.?\s*(?i:memorandum|letter|message|note|telegram) (?i:from) [^()]{8,140}? \(([A-Z][\w'’-]+)\)\s+(?i:to)\b"
)


def in_headings(doc: Doc) -> Iterable[Span]:
    """Persons whom the first headings name, where the recogniser saw nothing, or a place of a name that no town has."""
    if doc._.flow is None:
        return
    for segment in doc._.flow.segments[:4]:
        if segment.label is not Label.HEADING:
            continue
        heading = doc._.flow.text[segment.start : segment.end]
        holder = HOLDER.search(heading)
        if (
            holder
            and (span := doc.char_span(segment.start + holder.start(1), segment.start + holder.end(1))) is not None
        ):
            yield Span(doc, span.start, span.end, "PERSON")
        for form in (BETWEEN, BY, SENT):
            if found := form.search(heading):
                for start, end in (found.span(n) for n in range(1, form.groups + 1)):
                    words = heading[max(start, 0) : end]
                    span = doc.char_span(segment.start + start, segment.start + end) if start >= 0 else None
                    known = countries.lookup(words) or titles.lookup(words) or NOT_PEOPLE.search(words)
                    unseen = (
                        span is not None and all(token.ent_type_ in {"", "GPE"} for token in span) and not city(words)
                    )
                    if unseen and not known:
                        yield Span(doc, span.start, span.end, "PERSON")
