"""What an entity is: persons that are places or bodies, and places and bodies that are persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from meetings.authorities import countries, organisations, places
from meetings.nlp.cities import city
from meetings.nlp.entities.context import NO_PART, NOT_PEOPLE, SPEECH, headed, honours
from meetings.nlp.flow import written_small
from meetings.nlp.incumbents import LEAST_SURNAME, in_office
from meetings.nlp.posts import COUNTERPARTS, post

NO_NAME = re.compile(
    r"(?i)\b(?:war|day|prefecture|agency|party|ministry|kingdom|street|palace|conference|council|committee|university|institute|airport|program(?:me)?|agreement|treaty|act|affairs|post|times|house|church|statement|release|airlines?|talks?|summits?|meetings|negotiations|straits?|canal)$|^mid-|^am(?:emb|con)|\d"
)
LARGE = 300_000  # people: a city that a text needs not introduce
JOURNEYS = frozenset(
    "visit visits trip journey travel travelled traveled travels flight flew fly flies went goes return returned returns".split()
)
PREPOSITIONS = frozenset("in at to from near of outside visited visiting left reached".split())
LANDINGS = frozenset("landed lands land landing arrived arrives arriving arrival down touchdown stopover".split())
MET_AT = frozenset(
    "meeting meetings met talks held lunch dinner breakfast banquet reception session summit ceremony received hosted".split()
)
WITHIN = frozenset({"at", "in"})
INSIDE = WITHIN | {"near", "outside"}
AT = frozenset({"at the", "in the", "to the", "near the", "left the"})
# What a building is called by, after the name of somebody: "the King Edward Hotel".
BUILDING = re.compile(r"(?i)\b(?:hotel|stadium|hospital|barracks|airfield)$")
AREAS = frozenset(
    "province provinces district districts county counties governorate governorates prefecture prefectures oblast oblasts".split()
)
SITES = frozenset(
    "port dam canal bank group oil gas energy power steel airport base plant corporation company fund authority square tower valley river lake"
    " sea mount peninsula strip heights corridor bridge railway pipeline field square temple mosque cathedral school hospital".split()
)


def relabelled(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Persons that are places, "titles" that begin a name, and places that follow a title."""
    posts = {span.end for span in spans if span.label_ == "TITLE"}
    surnames = {
        span[-1].text
        for span in spans
        if (span.label_ == "PERSON" and (len(span) > 1 or span.start in posts))
        or (len(span) == 1 and span.start and honours(doc[span.start - 1]))
    }
    holders = _holders(doc, spans)
    often = Counter(span.text for span in spans if span.label_ == "PERSON")
    before: Span | None = None
    at = 0
    while at < len(spans):
        span = spans[at]
        following = spans[at + 1] if at + 1 < len(spans) else None
        if span.label_ == "GPE" and span.start and honours(doc[span.start - 1]) and doc[span.start - 1].is_title:
            before = Span(doc, span.start - 1, span.start, "TITLE")
        titled = before is not None and before.label_ == "TITLE" and before.end == span.start
        if span.label_ in {"PERSON", "FAC"} and titled and BUILDING.search(span.text):
            span, titled = Span(doc, before.start, span.end, "FAC"), False
        if span.label_ == "PERSON" and not titled:
            if _common(span, surnames, often):
                at += 1
                before = None
                continue
            if _of_area(doc, span) or countries.lookup(span.text):
                span = Span(doc, span.start, span.end, "GPE")
            elif places.lookup(span.text):
                span = Span(doc, span.start, span.end, "FAC")
            elif (len(span) > 1 or span.text not in surnames | holders) and (
                _is_city(span.text) or _gone_to(doc, span)
            ):
                span = Span(doc, span.start, span.end, "GPE")
            elif _landed_at(doc, span) or BUILDING.search(span.text):
                span = Span(doc, span.start, span.end, "FAC")
            elif (
                NO_NAME.search(span.text)
                or not any(token.text[0].isupper() for token in span)
                or _in_body(doc, span, following)
            ):
                span = Span(doc, span.start, span.end, "ORG")
        elif (
            (
                span.label_ in {"GPE", "LOC", "ORG", "FAC", "NORP"}
                and span.text in surnames
                and not countries.lookup(span.text)
                and not ((_is_city(span.text) and not _of_leader(doc, span, surnames)) or _somewhere(doc, span))
            )
            or (
                span.label_ in {"GPE", "LOC"}
                and span.text in holders
                and doc[max(span.start - 1, 0)].lower_ not in INSIDE
            )
            or (
                span.label_ in {"GPE", "LOC", "ORG", "FAC"}
                and (titled or _of_counterpart(doc, span) or _apposed(doc, span, before))
                and _is_name(doc, span, before)
            )
            or _with_people(doc, span, spans, at)
        ):
            span = Span(doc, span.start, span.end, "PERSON")
        elif span.label_ == "TITLE" and following is not None and _begins_name(span, following):
            span = Span(doc, span.start, following.end, "PERSON")
            at += 1
        elif (
            span.label_ == "ORG"
            and doc[max(span.start - 2, 0) : span.start].text.lower() in AT
            and places.lookup(span.text)
        ):
            span = Span(doc, span.start, span.end, "FAC")
        elif span.label_ == "ORG" and doc[max(span.start - 1, 0)].lower_ in WITHIN and city(span.text):
            span = Span(doc, span.start, span.end, "GPE")
        yield span
        before = span
        at += 1


def _holders(doc: Doc, spans: list[Span]) -> set[str]:
    """Words taken for places, some towns' names among them, that are surnames of those in high office on the day."""
    on = doc._.setting.on if doc._.setting else None
    words = {span.text for span in spans if len(span) == 1 and span.label_ in {"GPE", "LOC", "PERSON"}} if on else set()
    return {word for word in words if len(word) >= LEAST_SURNAME and in_office(word, on)}


def _common(span: Span, surnames: set[str], often: Counter[str]) -> bool:
    """Whether a "person" named once is a capitalised word that opens a sentence or stands in a title: "Crowds broke through"."""
    words = [token.text for token in span if token.is_alpha]
    return (
        bool(words)
        and often[span.text] == 1
        and span[-1].text not in surnames
        and all(len(word) > 2 and (written_small(word) or _plural(word)) for word in words)
    )


def _plural(word: str) -> bool:
    return word.endswith("s") and written_small(word[:-1])


def _is_city(name: str) -> bool:
    known = city(name)
    return known is not None and known.population >= LARGE and known.name.lower() == name.lower()


def _of_leader(doc: Doc, span: Span, surnames: set[str]) -> bool:
    """Whether a great city's name is rather the surname of somebody of the text: "Medina" after "President Danilo Medina"."""
    return span.text in surnames and countries.by_seat(span.text) is None and not headed(doc, span)


def _gone_to(doc: Doc, span: Span) -> bool:
    """Whether somebody is said to be in a city of the name, or to go there: "in Bergen", "the visit to Bergen"."""
    if span.start < 2 or city(span.text) is None:
        return False
    before = doc[span.start - 1].lower_
    return before == "in" or (before in {"to", "from"} and doc[span.start - 2].lower_ in JOURNEYS)


def _somewhere(doc: Doc, span: Span) -> bool:
    """Whether the words around a town's name speak of the town: "in Lincoln", "Lincoln, Nebraska"."""
    if city(span.text) is None:
        return False
    after = doc[span.end : span.end + 2]
    listed = len(after) == 2 and after[0].text == "," and after[1].ent_type_ == "GPE"
    return listed or (span.start > 0 and doc[span.start - 1].lower_ in PREPOSITIONS)


def _landed_at(doc: Doc, span: Span) -> bool:
    """Whether somebody lands or meets there: "touched down at Ben Gurion", "talks at Cheong Wa Dae"."""
    if span.start < 2 or doc[span.start - 1].lower_ != "at":
        return False
    before = doc[span.start - 2].lower_
    return before in LANDINGS or (len(span) > 1 and before in MET_AT)


def _in_body(doc: Doc, span: Span, following: Span | None) -> bool:
    """Whether a word begins a body's name: "Fraud Prevention Unit", "Garden Party"; headings capitalise all words."""
    after = doc[span.end] if span.end < len(doc) else None
    if len(span) > 1 or after is None or not after.is_title or not after.is_alpha or span[-1].whitespace_ != " ":
        return False
    return not (following is not None and following.start == span.end) and not headed(doc, span)


def _begins_name(span: Span, following: Span) -> bool:
    """Whether a "title" that no list knows, or that a hyphen joins, is the first name of the person after it."""
    beside = following.label_ == "PERSON" and following.start == span.end
    if beside and following[0].text.startswith("-") and not span[-1].whitespace_:
        return True
    return beside and len(span) == 1 and span.text.istitle() and not span.text.endswith("s") and post(span.text) is None


def _of_area(doc: Doc, span: Span) -> bool:
    """Whether a name is of what the next word calls an area: "Rask province", "Rask and Lund provinces"."""
    following = doc[span.end : span.end + 5]
    words = [token.lower_ for token in following]
    if words[:1] and words[0] in AREAS:
        return True
    ends = next((n for n, word in enumerate(words) if word in AREAS and word.endswith("s")), 0)
    return ends > 1 and words[0] == "and" and all(token.is_title for token in following[1:ends])


def _is_name(doc: Doc, span: Span, before: Span | None) -> bool:
    words = [token for token in span if token.is_alpha]
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    honorific = before is not None and honours(before[-1])
    known = countries.lookup(span.text) or (len(span) == 1 and not honorific and city(span.text))
    return (
        not known
        and (honorific or 1 < len(words) <= 4)
        and all(token.text[0].isupper() for token in words)
        and after not in {"of"}
        and (span.label_ != "ORG" or _of_counterpart(doc, span) or _apposed(doc, span, before))
    )


def _apposed(doc: Doc, span: Span, before: Span | None) -> bool:
    """Whether a name stands between commas behind somebody's post: "the Soviet Ambassador, Vasily Groshin, had come"."""
    if before is None or before.label_ != "TITLE" or len(span) != 2 or span.end >= len(doc) or honours(before[-1]):
        return False
    apart = before.end + 1 == span.start and doc[before.end].text == "," and doc[span.end].text in {",", "."}
    known = organisations.lookup(span.text) or places.lookup(span.text) or NOT_PEOPLE.search(span.text)
    return apart and not known and all(token.is_title and token.is_alpha for token in span)


def _with_people(doc: Doc, span: Span, spans: list[Span], at: int) -> bool:
    """Whether two words that no gazetteer knows stand where only somebody's name does: "Chile's Pablo Reyes", "Ann Reed of Norway
    and Pablo Reyes of Chile", "the President of Chile, Pablo Reyes,".
    """
    if span.label_ not in {"GPE", "LOC", "ORG", "FAC"} or len(span) != 2 or not span.start:
        return False
    if not all(token.is_title and token.is_alpha for token in span) or NO_NAME.search(span.text):
        return False
    if span[1].lower_ in SITES:
        return False
    if any(known(span.text) for known in (countries.lookup, city, places.lookup, organisations.lookup)):
        return False
    before, following = spans[at - 1] if at else None, spans[at + 1] if at + 1 < len(spans) else None
    if before is None or NOT_PEOPLE.search(span.text) or post(span[0].text) or _of_area(doc, span):
        return False
    if following is not None and following.start == span.end:  # "Awami League General Secretary Ann Reed"
        return False
    gap = doc[before.end : span.start].text.strip()
    land = before.label_ in {"GPE", "NORP"}
    if land and gap in {"'s", "’s", "'"}:
        return span.end < len(doc) and doc[span.end].lower_ in NO_PART | SPEECH | {"and", "discussed"}
    person = next((each for each in spans[max(at - 2, 0) : at][::-1] if each.label_ == "PERSON"), None)
    if gap in {"and", ", and"} and (before is person or (land and person is not None and _is_of(doc, person, before))):
        return True
    if following is not None and following.label_ == "PERSON" and doc[span.end : following.start].text == "and":
        return True
    if gap != "," or at < 2 or span.end >= len(doc) or doc[span.end].text not in {",", "."}:
        return False
    earlier = spans[at - 2]
    in_turn = earlier is person and doc[earlier.end : before.start].text in {", and", "and"}
    return land and (in_turn or (earlier.label_ == "TITLE" and _is_of(doc, earlier, before)))


def _is_of(doc: Doc, who: Span, land: Span) -> bool:
    return doc[who.end : land.start].text in {"of", "of the"}


def _of_counterpart(doc: Doc, span: Span) -> bool:
    """Whether the words before say that a person's name follows: "his Japanese counterpart Takeo Mori"."""
    before = doc[max(span.start - 2, 0) : span.start]
    return any(token.lower_ in COUNTERPARTS for token in before) and before[-1].lower_ in COUNTERPARTS | {","}
