"""Entities that the recogniser passed over: what lexicons, tables of office holders and the rest of the document know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from meetings.authorities import countries, organisations, titles
from meetings.nlp.cities import city
from meetings.nlp.entities.context import LEADING, NO_PART, STAFF, headed
from meetings.nlp.incumbents import LEAST_SURNAME, country_of, in_office
from meetings.nlp.names import PARTICLES
from meetings.nlp.posts import ALIKE, COUNTERPARTS, OPPOSITE, post
from meetings.records import Kind

MOST_GIVEN = 4  # words before a surname
TALKED_OF = frozenset({"royal", "head of state", "head of government", "foreign minister", "head of mission"})
APPOSED, APPOSED_KINDS = titles.appositions()
NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]+")  # "Lund", "O'Neill"
# Whose posts are called by a city: "Consul General Naples".
POSTED = re.compile(r"(?i)\b(?:ambassador|amb|consul|embassy|high commissioner|governor|mayor|(?:arch)?bishop|agent)")
ANOTHERS = COUNTERPARTS | ALIKE  # who is somebody's counterpart


def in_lexicons(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Titles beside a name, countries and demonyms that the recogniser passed over; "his Chinese counterpart"."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    persons = {span.start for span in spans if span.label_ == "PERSON"}
    modifiers = {span.end for span in spans if span.label_ in {"NORP", "GPE"}}
    for span in doc.spans["nations"]:
        if not any(i in taken for i in range(span.start, span.end)):
            yield span
            if span.label_ == "NORP":
                modifiers.add(span.end)
    for span in filter_spans(doc.spans["titles"]):
        if any(i in taken for i in range(span.start, span.end)):
            continue
        beside = (
            span.end in persons
            or span.start in modifiers
            or (span.end < len(doc) and doc[span.end].lower_ == "of" and span[0].is_title)
        )
        definite = span.start > 0 and doc[span.start - 1].lower_ == "the" and len(span) > 1
        if (beside and not span[0].is_punct) or definite or _opens_telegraphically(doc, span):
            yield span
    for token in doc:
        several = token.lower_.endswith("s")
        if token.lower_ == "opposite" and doc[token.i : token.i + 2].text.lower() == OPPOSITE and token.i not in taken:
            yield Span(doc, token.i, token.i + 2, "TITLE")
        if token.text in {"He", "She"} and token.i not in taken and token.i + 1 not in taken and _is_called(doc, token):
            yield Span(doc, token.i, token.i + 2, "PERSON")
        if token.lower_ in APPOSED and token.i + 1 in persons and token.i not in taken:
            first = token.i
            while first > max(0, token.i - 2) and doc[first - 1].lower_ in APPOSED_KINDS and first - 1 not in taken:
                first -= 1
            yield Span(doc, first, token.i + 1, "TITLE")
        if token.lower_ in ANOTHERS and token.i not in taken and (not several or token.i + 1 in persons):
            yield Span(doc, token.i, token.i + 1, "TITLE")


def _opens_telegraphically(doc: Doc, span: Span) -> bool:
    """Whether a telegram begins a sentence with a post without an article: "AMIR RECEIVED ME"."""
    if doc._.setting is None or doc._.setting.kind is not Kind.CABLE or span.end >= len(doc):
        return False
    opens = span.start == 0 or not doc[span.start - 1].text.strip() or doc[span.start - 1].text in {".", ";"}
    title = titles.lookup(span.text)
    return opens and doc[span.end].is_lower and title is not None and title.branch in TALKED_OF


def _is_called(doc: Doc, pronoun: Token) -> bool:
    """Whether a word in capitals follows "He" as only a given name does."""
    name = doc[pronoun.i + 1 : pronoun.i + 2]
    return (
        bool(name)
        and pronoun.whitespace_ == " "
        and name[0].is_title
        and name[0].is_alpha
        and len(name[0]) > 2
        and not post(name.text)
        and not headed(doc, name)
    )


def holding_office(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Surnames of those in high office on the document's day, inside a sentence where the recogniser saw nobody."""
    setting = doc._.setting
    if setting is None or setting.on is None:
        return
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc[1:]:
        if (
            token.i in taken
            or not token.is_title
            or len(token) < LEAST_SURNAME
            or not in_office(token.text, setting.on)
        ):
            continue
        start = token.i
        while start > max(0, token.i - MOST_GIVEN) and start - 1 not in taken and _goes_before(doc[start - 1]):
            start -= 1
        alone = start == token.i and not (token.i + 1 < len(doc) and doc[token.i + 1].is_title)
        if alone and doc[token.i - 1].text not in {".", "-"} and not titles.lookup(token.text):
            yield Span(doc, token.i, token.i + 1, "PERSON")
        elif start < token.i and country_of(doc[start : token.i + 1].text, "", setting.on):
            yield Span(doc, start, token.i + 1, "PERSON")


def named_by_post(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Who is named right behind a post where the recogniser sees nobody: a telegram's capitals hide it ("CHARGE ABEBE CALLED"), or
    it is a rare one, of two words in reports and releases ("her counterpart, Pany Yathotou").
    """
    kind = doc._.setting.kind if doc._.setting else None
    if kind not in {Kind.CABLE, Kind.NEWS, Kind.READOUT}:
        return
    least = 1 if kind is Kind.CABLE else 2
    taken = {i for span in spans for i in range(span.start, span.end)}
    persons = {span.start: span.end for span in spans if span.label_ == "PERSON"}
    for span in spans:
        start = end = span.end
        if span.label_ != "TITLE" or headed(doc, span):
            continue
        if least > 1 and span.text.lower() in COUNTERPARTS and end < len(doc) and doc[end].text == ",":
            start = end = end + 1
        if doc[end - 1].whitespace_ != " ":
            continue
        anywhere = not POSTED.search(span.text)
        while end < min(start + MOST_GIVEN, len(doc)) and end not in taken and _like_name(doc[end], anywhere):
            end += 1
        named = doc[start:end].text
        if end - start < least or countries.lookup(named) or organisations.lookup(named):
            continue
        yield Span(doc, start, persons.get(end, end), "PERSON")


def _like_name(token: Token, like_a_city: bool) -> bool:
    """Whether a word can only be a name: no list has it, but that of cities where it may be like one, and it ends as no verb."""
    return (
        (token.is_title or token.text.startswith("Mc"))
        and NAME.fullmatch(token.text) is not None
        and len(token) > 2
        and not token.text.endswith(("ed", "ing", "ly", "ion", "ions", "ment"))
        and token.lower_ not in NO_PART
        and not STAFF.fullmatch(token.text)
        and post(token.text) is None
        and (like_a_city or city(token.text) is None)
    )


def _goes_before(token: Token) -> bool:
    """Whether a token can belong to the name that the next one ends."""
    return (token.is_title and token.is_alpha) or token.lower_ in PARTICLES or token.text == "-"


def repeated(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """A surname that is a person's once is a person's wherever it stands alone; words between "Mr" and lower case are one."""
    labels: dict[str, Counter[str]] = {}
    for span in spans:
        labels.setdefault(span[-1].text, Counter())[span.label_] += 1
    surnames = {
        word for word, seen in labels.items()
        if seen.most_common(1)[0][0] == "PERSON" and len(word) > 3 and word[0].isupper() and word.isalpha() and not countries.lookup(word)
    }  # fmt: skip
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc:
        if token.i in taken:
            continue
        if token.text in surnames and not doc[max(token.i - 1, 0)].text.istitle():
            yield Span(doc, token.i, token.i + 1, "PERSON")
        elif token.lower_ in LEADING and token.is_title:
            end = token.i + 1
            while (
                end < len(doc)
                and end not in taken
                and end - token.i <= 4
                and doc[end].is_title
                and doc[end].text[0].isalpha()
            ):
                end += 1
            if end > token.i + 1:
                yield Span(doc, token.i, token.i + 1, "TITLE")
                yield Span(doc, token.i + 1, end, "PERSON")
