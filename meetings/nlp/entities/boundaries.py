"""Where an entity begins and ends: the recogniser cuts names short, runs words into them, or takes one for two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from meetings.authorities import countries
from meetings.nlp.entities.context import headed
from meetings.nlp.posts import post

LIKE_PRONOUNS = frozenset({"He", "She", "You", "It"})  # surnames and given names; no name follows a pronoun at once
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
# Titles that are surnames too.
SURNAMES = frozenset("king prince bishop dean pope major marshall duke baron judge cardinal regent".split())
# Titles that stand inside names.
NAMES_TOO = SURNAMES | {"amir", "shah", "malik", "sultan", "sheikh", "khan", "mir"}

IN_FIELDS = frozenset({"and", "the", "of", "&", "/", "-", ","})
LONGEST_FIELD = 9  # tokens that say what a post is for


def whole(doc: Doc, ent: Span) -> Iterable[Span]:
    """An entity inside one paragraph, without blanks, possessive and article at its ends."""
    start, end = ent.start, ent.end
    for token in ent:
        if token.is_space and "\n" in token.text:
            end = token.i
            break
    while end > start and (doc[end - 1].is_space or doc[end - 1].lower_ in {"'s", "’s", "'", ","}):
        end -= 1
    while ent.label_ == "TITLE" and end > start + 1 and doc[end - 1].lower_ in {"of", "the", "for", "to", "and"}:
        end -= 1
    while start < end and (doc[start].is_space or (doc[start].lower_ in {"the", "'", "’"} and ent.label_ != "DATE")):
        start += 1
    if start < end and ent.label_ == "PERSON":
        start, end = _completed(doc, start, end)
    if start < end:
        yield Span(doc, start, end, ent.label_)


def _completed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name that the recogniser cuts at a hyphen ("Chou En-lai"), an initial ("Gerald R. Ford") or a suffix ("III"),
    or that begins like a pronoun ("He Yafei").
    """
    while end < len(doc) and not doc[end - 1].whitespace_ and "-" in (doc[end].text, doc[end - 1].text):
        joins = end + 1 if doc[end].text == "-" else end
        if doc[joins - 1].whitespace_ or joins >= len(doc) or not doc[joins].is_alpha:
            break
        if end - start == 1 and doc[joins].is_title:  # "the Hall-Lund talks"
            break
        end = joins + 1
    while end > start and doc[end - 1].text == "-":
        end -= 1
    if start and doc[start - 1].text in LIKE_PRONOUNS and doc[start - 1].whitespace_ == " " and doc[start].is_title:
        start -= 1
    if start and re.fullmatch(r"[A-Z]\.", doc[start].text):
        given = doc[start - 1]
        if (
            given.is_title
            and given.is_alpha
            and given.whitespace_ == " "
            and not given.ent_type_
            and not post(given.text)
        ):
            start -= 1
    if end < len(doc) and SUFFIX.fullmatch(doc[end].text):
        end += 1
    return start, end


def without_headline_words(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Persons of headings less the words that only a headline's capitals make look like names: "Off Eisenhower"."""
    inside = {n for n, span in enumerate(spans) if span.label_ == "PERSON" and headed(doc, span)}
    if not inside:
        yield from spans
        return
    named = {token.lower_ for n, span in enumerate(spans) if n not in inside for token in span}
    small = {token.text for token in doc if token.is_lower} - named
    for n, span in enumerate(spans):
        start, end = span.start, span.end
        if n in inside:
            while end > start and doc[end - 1].lower_ in small:
                end -= 1
            while start < end and doc[start].lower_ in small:
                start += 1
        if start < end:
            yield Span(doc, start, end, span.label_)


def whole_titles(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Titles of the lexicon that the recogniser takes for two: "Prime" and "Minister"."""
    titles_at = {span.start: span for span in spans if span.label_ == "TITLE"}
    for known in filter_spans(doc.spans["titles"]):
        first = titles_at.get(known.start)
        if (
            first is not None
            and first.end < known.end
            and first.end in titles_at
            and titles_at[first.end].end == known.end
        ):
            yield Span(doc, known.start, known.end, "TITLE")


def with_fields(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Titles with what they are for, where a name follows: "Director General for Political Affairs Ann Reed"."""
    begun = {span.start for span in spans if span.label_ == "PERSON"}
    within = {i: span for span in spans for i in range(span.start, span.end)}
    for span in spans:
        end = span.end
        if span.label_ == "TITLE" and end < len(doc) and doc[end].lower_ == "for":
            end += 1
            while end < min(span.end + LONGEST_FIELD, len(doc)) and end not in begun and _of_field(doc, end, within):
                end += 1
            if end in begun and end > span.end + 1 and doc[end - 1].lower_ not in IN_FIELDS:
                yield Span(doc, span.start, end, "TITLE")
                continue
        yield span


def _of_field(doc: Doc, at: int, within: dict[int, Span]) -> bool:
    """Whether a word may name what a post is for; a country does not, since it says whose the post is."""
    span = within.get(at)
    if span is not None and (span.label_ in {"TITLE", "NORP", "DATE", "TIME"} or countries.lookup(span.text)):
        return False
    return doc[at].is_title or doc[at].is_upper or doc[at].lower_ in IN_FIELDS


def joined(doc: Doc, spans: Iterable[Span]) -> Iterable[Span]:
    """Names that the recogniser takes for two, or in which it sees a title: "Hassan" "Amir-Rostami", "Hassan" "Amir" "Rostami"."""
    kept: list[Span] = []
    for span in spans:
        kept.append(span)
        if span.label_ != "PERSON":
            continue
        for count in (3, 2):
            parts = kept[-count:]
            beside = len(parts) == count and all(_beside(*pair) for pair in pairwise(parts))
            inner = all(part.label_ == "TITLE" and part.text.lower() in NAMES_TOO for part in parts[1:-1])
            if beside and parts[0].label_ == "PERSON" and inner:
                kept[-count:] = [Span(doc, parts[0].start, span.end, "PERSON")]
                break
    return kept


def _beside(first: Span, second: Span) -> bool:
    """Whether one blank parts two spans."""
    return first.end == second.start and first[-1].whitespace_ == " "
