"""Entities in which the recogniser sees one where there are several: a title and a name, a land and its ruler, two names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from meetings.authorities import countries, titles
from meetings.nlp.attachment import singular
from meetings.nlp.cities import city
from meetings.nlp.dates import MONTHS
from meetings.nlp.entities.boundaries import SUFFIX, SURNAMES
from meetings.nlp.entities.context import NO_PART, SPEECH, STAFF
from meetings.nlp.entities.headings import IS_PAPER
from meetings.nlp.incumbents import in_office
from meetings.nlp.posts import post

LONGEST_TITLE = 20  # tokens before a name
FORMS_OF_BE = frozenset("is are was were be been being".split())
HYPHENS = frozenset("-–")
# To other telegrams, and paragraphs.
REFERENCES = frozenset("ref refs reftel reftels septel septels para paras".split())
TALKS = frozenset("meeting meetings talks summit summits conversations discussions negotiations dialogue".split())
NO_PERSON = re.compile(r"(?i)\b(?:of|republic|province|state|region|island|islands|city|north|south|east|west)\b")
LANDS = frozenset({"GPE", "LOC", "FAC"})
PAIRED = frozenset({"PERSON", "ORG", "GPE", "LOC"})
RULING = frozenset({"royal", "head of state"})
INITIAL = re.compile(r"(?:[A-Z]\.)+")


def divided(doc: Doc, span: Span, named: set[str]) -> Iterable[Span]:
    """A person's span without the title before the name and the words of a headline around it; a ruler's without his land.

    ``named`` are the last words of all persons' names in the document.
    """
    if _are_two(doc, span, named):  # "the Hall-Lund Talks"
        yield Span(doc, span.start, span.start + 1, "PERSON")
        yield Span(doc, span.start + 2, span.start + 3, "PERSON")
        return
    dated = _before_date(doc, span) if span.label_ == "DATE" else None
    if dated and dated > span.start and doc[dated - 1].lower_ in named:
        yield from divided(doc, Span(doc, span.start, dated, "PERSON"), named)  # "called on Lund June 3"
        span = Span(doc, dated, span.end, "DATE")
    if span.label_ != "PERSON":
        if span.label_ in LANDS and len(span) > 1 and _is_ruler(span[0]):
            land = span[1].lower_ == "of" and len(span) > 2
            yield Span(doc, span.start, span.start + 1, "TITLE")
            span = Span(doc, span.start + 1 + land, span.end, "GPE" if land else "PERSON")
        elif span.label_ == "TITLE" and (cut := _titled_after_nation(span)):
            yield Span(doc, span.start, cut, "NORP")
            span = Span(doc, cut, span.end, "TITLE")
        elif span.label_ in LANDS | {"ORG"} and len(span) == 1 and _is_shorthand(span[0]):  # "FONMIN said"
            span = Span(doc, span.start, span.end, "TITLE")
        elif span.label_ in {"GPE", "ORG", "LOC", "NORP"} and len(span) in {2, 3} and _is_shorthand(span[-2]):
            if not countries.lookup(span[-1].text):  # "FONMIN Lund", "Treasury DAS Lund"
                if len(span) == 3:
                    yield Span(doc, span.start, span.start + 1, "ORG")
                yield Span(doc, span.end - 2, span.end - 1, "TITLE")
                span = Span(doc, span.end - 1, span.end, "PERSON")
        elif span.label_ == "GPE" and (cut := _named_after_land(span)):
            yield Span(doc, span.start, cut, "GPE")
            span = Span(doc, cut, span.end, "PERSON")
        yield span
        return
    if (dated := _before_date(doc, span)) is not None:  # "called on Minister Lund June 3"
        yield Span(doc, dated, _day_ends(doc, max(span.end, dated + 2)), "DATE")
        if dated == span.start:
            return
        span = Span(doc, span.start, dated, "PERSON")
    start, end = span.start, span.end
    if _is_address(doc, span):  # "Datuk Seri" before "Anwar Ibrahim"
        yield Span(doc, start, end, "TITLE")
        return
    if (start and span[0].lower_ in REFERENCES) or IS_PAPER.fullmatch(span.text):
        return
    if len(span) == 1 and _is_shorthand(span[0]):  # "Fonmin said"
        yield Span(doc, start, end, "TITLE")
        return
    if end - start == 1 and doc[start].lower_ in SPEECH and start and doc[start - 1].text == ":":
        return  # a protocol's "The President: Said that …"
    while start < end and (doc[start].lower_ in NO_PART or STAFF.fullmatch(doc[start].text) or _is_done(doc, start)):
        start += 1
    for token in doc[start:end]:
        if (token.lower_ in NO_PART or STAFF.fullmatch(token.text)) and not (
            token.i > start and doc[token.i - 1].text == "-"
        ):  # but "Moon Jae-in"
            end = token.i
            break
    for cut in (*range(min(end - 2, start + LONGEST_TITLE), start, -1), end - 1):
        if (
            cut > start
            and doc[cut].text != "-"
            and (title := post(doc[start:cut].text) or post(singular(doc[start:cut].text)))
            and (cut - start > 1 or title.branch != "honorific")
        ):
            yield Span(doc, start, cut, "TITLE")
            start = cut
            break
    if start < end:
        start, end = _without_nation(doc, start, end)
        yield from _two(doc, start, end)


def _is_address(doc: Doc, span: Span) -> bool:
    """Whether a form of address of several words stands before a name or title, in which the recogniser sees a person."""
    title = titles.lookup(span.text) if len(span) > 1 and span[-1].whitespace_ else None
    return title is not None and title.branch == "honorific" and span.end < len(doc) and doc[span.end].is_title


def _is_shorthand(token: Token) -> bool:
    """Whether telegrams write a post so: "FONMIN"; in three letters right before a name alone, "DAS Lund", not "DAS Director"."""
    title = titles.lookup(token.text.upper())
    if title is None or not title.exact or len(token) > 3:
        return title is not None and title.exact
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return (
        len(token) == 3
        and token.is_upper
        and after is not None
        and after.text[0].isupper()
        and not after.is_upper
        and not post(after.text)
    )


def _is_done(doc: Doc, at: int) -> bool:
    """Whether a word is the verb before a name that a text in capitals runs into it: "CROWDS WERE CHEERING LUND"."""
    return at > 0 and doc[at - 1].lower_ in FORMS_OF_BE and doc[at].lower_.endswith("ing")


def _is_ruler(token: Token) -> bool:
    title = titles.lookup(token.text)
    return title is not None and title.branch in RULING and token.lower_ not in SURNAMES


def _are_two(doc: Doc, span: Span, named: set[str]) -> bool:
    """Whether a word of talks after "Hall-Lund" says that they are two, of whom the text or the tables know one apart."""
    if len(span) not in {3, 4} or span.label_ not in PAIRED or span[1].text not in HYPHENS:
        return False
    if len(span) == 4:
        return span.label_ == "PERSON" and span[3].lower_ in TALKS
    on = doc._.setting.on if doc._.setting else None
    known = any(half.lower_ in named or (on and in_office(half.text.title(), on)) for half in (span[0], span[2]))
    return known and span.end < len(doc) and doc[span.end].lower_ in TALKS


def _before_date(doc: Doc, span: Span) -> int | None:
    """Where a day of a month begins that the recogniser takes into a name."""
    for token in span:
        if token.lower_ in MONTHS and token.i + 1 < len(doc) and doc[token.i + 1].text[0].isdigit():
            day_first = token.i > span.start and doc[token.i - 1].text.isdigit()
            return token.i - day_first
    return None


def _day_ends(doc: Doc, end: int) -> int:
    """Where a date ends that goes on to the last of its days, or with a year: "June 3-5", "June 3, 1974"."""
    for joint in HYPHENS, {","}:
        after = doc[end : end + 2]
        if (
            len(after) == 2
            and after[0].text in joint
            and after[1].text.isdigit()
            and (len(after[1]) > 2 or "," not in joint)
        ):
            end += 2
    return end


def _named_after_land(span: Span) -> int | None:
    """Where somebody's name begins that the recogniser takes into a country's: "Peru Ann Reed", "the Republic Ann Reed"."""
    for cut in range(1, min(3, len(span) - 1)):
        land, name = span[:cut], span[cut:]
        known = land.text == "Republic" or countries.lookup(land.text)
        if known and name[0].is_title and name[-1].is_title and not NO_PERSON.search(name.text):
            return None if countries.lookup(span.text) or city(span.text) else name.start
    return None


def _titled_after_nation(span: Span) -> int | None:
    """Where the post begins in a title that the recogniser takes the demonym into: "Kazakh President", "His Majesty's Consul"."""
    for cut in range(1, min(4, len(span))):
        if span[0].is_title and countries.lookup(span[:cut].text) and post(span[cut:].text):
            return span[cut].i
    return None


def _without_nation(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without the country that a list runs into it: "Canada W. J. Hall", "Ann Reed New Zealand"."""
    for cut in range(start + 1, min(start + 3, end - 1)):
        if INITIAL.fullmatch(doc[cut].text) and countries.lookup(doc[start:cut].text):
            start = cut
            break
    if end - start > 3 and countries.lookup(doc[end - 2 : end].text):
        end -= 2
    return start, end


def _two(doc: Doc, start: int, end: int) -> Iterable[Span]:
    """A name, or two with the second's title between them, as columns and lists run together: "Hall Chairman Lund"."""
    for at in range(start + 1, end - 1):
        word = doc[at]
        known = (
            word.is_title and word.lower_ not in SURNAMES and (title := post(word.text)) and title.branch != "honorific"
        )
        if known and not SUFFIX.fullmatch(doc[at + 1].text):
            yield Span(doc, start, at, "PERSON")
            yield Span(doc, at, at + 1, "TITLE")
            start = at + 1
            break
    yield Span(doc, start, end, "PERSON")
