"""Date and time expressions, and what they mean in this document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp.annotations import TimeMention
from meetings.nlp.dates import FROM_BEFORE, MONTHS, NUMBERS, SPELT, counted, day_of, resolve
from meetings.nlp.setting import dateline

# What the entity recogniser must not miss: a day or a month by name, a weekday, "today".
CERTAIN = re.compile(
    rf"(?i:\b(?:{'|'.join(sorted((m for m in MONTHS if len(m) > 3 and m != 'march'), key=len, reverse=True))})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\b(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.?\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{'|'.join(MONTHS)})\b(?:,?\s+\d{{4}})?|\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night|(?:(?:the|that) )?same (?:day|morning|afternoon|evening)|that (?:day|morning|afternoon|evening)|(?:the )?(?:next|following|previous|preceding) (?:day|morning|afternoon|evening)|(?:an?|one|two|three|four|five) days? (?:later|earlier)|(?:earlier |later )?(?:this|last|next) (?:week|month|year)|(?:end|beginning|start|middle) of the (?:week|month|year))\b)"
    r"|\b(?:May|MAY)\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?"
    rf"|\b(?:[Ee]arly|[Mm]id|[Ll]ate|[Ii]n|[Ll]ast|[Nn]ext|[Tt]his)[ -](?:{'|'.join(m.title() for m in MONTHS if len(m) > 3 or m == 'may')})\b(?:,? \d{{4}})?"
    rf"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?:,? (?:last|this|next) week\b)?|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|\b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th) (?:inst|ult)\w*|(?<=\b[Oo]n the )\d{1,2}(?:st|nd|rd|th)\b(?! (?!(?:and|at|in|with|to|by|for|when|he|she|they|I|we)\b)\w)"
)
# Of which the recogniser may see a part that means another day: "yesterday", "June".
WHOLE = re.compile(
    rf"\b(?:day (?:before yesterday|after tomorrow)|(?:at|over|during|last|this|next|past|coming)(?: the)? weekend|(?:an?|some|several|few|{'|'.join(NUMBERS)}|\d{{1,2}}) (?:day|night|week|fortnight|month|year)s? ago|(?:with)?in (?:an?|{'|'.join(NUMBERS)}|\d{{1,2}}) (?:day|week|month)s?|(?:{'|'.join(SPELT)}) of (?:{'|'.join(MONTHS)})\b(?:,? \d{{4}})?)\b",
    re.IGNORECASE,
)
SENTENCE_BREAK = re.compile(r"(?<![A-Z])[.!?][\"”’)]*\s|\n")
JOINING = frozenset({"and", "to", "-", "–", ","})
DAYS = re.compile(r"\d{1,2}(?:[-–]\d{1,2})?")
CLOCK = frozenset({"local", "hours", "hrs", "gmt", "zulu"})
NEAR = 120  # tokens within which "the same day" still means the day told last
FUTURE = re.compile(
    r"\b(?:will|would|shall|to (?:meet|visit|hold|travel|attend|host|receive|take place|be held)|upcoming|forthcoming|scheduled|planned|plans|next|due|tentatively|expected|later this)\b",
    re.IGNORECASE,
)


def clause_before(doc: Doc, start: int) -> str:
    """The words of the sentence right before token ``start``, twelve at most."""
    words = doc[max(start - 12, 0) : start].text
    return SENTENCE_BREAK.split(words)[-1]


def _of_the_day(doc: Doc, start: int, end: int) -> bool:
    """Whether four digits are an hour and no year: "at 1830 local"."""
    if end - start > 1 or not (doc[start].is_digit and len(doc[start]) == 4):
        return False
    return doc[max(start - 1, 0)].lower_ == "at" or (end < len(doc) and doc[end].lower_ in CLOCK)


@Language.component("times", requires=["doc.ents"], assigns=["doc._.times"])
def times(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    whole = [
        (span.start, span.end) for match in WHOLE.finditer(doc._.flow.text) if (span := doc.char_span(*match.span()))
    ]
    taken = {i for start, end in whole for i in range(start, end)}
    spans = whole + [
        (ent.start, ent.end)
        for ent in doc.ents
        if ent.label_ in {"DATE", "TIME"} and not taken.intersection(range(ent.start, ent.end))
    ]
    taken = {i for start, end in spans for i in range(start, end)}
    for match in CERTAIN.finditer(doc._.flow.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span and not any(token.i in taken for token in span):
            spans.append((span.start, span.end))
            taken.update(range(span.start, span.end))
    anchor = doc._.setting.date
    before: tuple[date, int] | None = None  # the day told last, and where
    found = []
    of_report = dateline(doc._.flow, doc._.setting.kind)
    for start, end in sorted(spans):
        if doc[start].idx in of_report:
            continue
        start = _first_day(doc, start)
        text = doc[start:end].text
        if _of_the_day(doc, start, end):
            continue
        if start and doc[start - 1].lower_ in {"the", "last", "next", "this", "that"}:
            text = f"{doc[start - 1].text} {text}"
        if FROM_BEFORE.search(text):
            near = before[0] if before and start - before[1] < NEAR else None
            when = counted(text, near) or resolve(text, anchor)
        else:
            when = resolve(text, anchor, future=bool(FUTURE.search(clause_before(doc, start))))
        if when and (day := day_of(when.date)) and not when.end:
            before = day, end
        found.append(TimeMention(start, end, text, when))
    doc._.times = [*_explained(doc, found)]
    return doc


def _explained(doc: Doc, found: list[TimeMention]) -> Iterator[TimeMention]:
    """The dates, one told roughly as the exact one that follows it between commas: "last week, September 16 to 18"."""
    for each, following in zip_longest(found, found[1:]):
        if following and each.when and following.when and doc[each.end : following.start].text == ",":
            exact = day_of(following.when.date) and not day_of(each.when.date)
            if exact and following.when.date.startswith(each.when.date):
                each = replace(each, when=following.when)
        yield each


def _first_day(doc: Doc, start: int) -> int:
    """Where days begin whose last was taken for the whole: "between 17 and 27 June", "14–15 and 21–22 April"."""
    while (
        start > 1
        and doc[start].text[:2].isdigit()
        and doc[start - 1].lower_ in JOINING
        and DAYS.fullmatch(doc[start - 2].text)
    ):
        start -= 2
    return start
