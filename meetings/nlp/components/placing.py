"""Where each meeting took place: of the places that the document tells, the one that is likeliest the meeting's, or none."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import circumstances
from meetings.nlp.annotations import Encounter, PlaceMention
from meetings.nlp.circumstances import Page
from meetings.nlp.setting import Setting, dateline
from meetings.records import Kind, Medium

LEAST = 0.4  # probability below which no place is given
GOVERNMENT = frozenset(
    "government embassy ambassador authorities officials administration delegation ministry minister president post mission"
    " consulate high legation office representative side".split()
)
TRAVEL = frozenset(
    "visit visits visited visiting trip travel travels traveled travelled traveling arrived arrives arriving arrival stop stopped"
    " stopover stay tour journey flew came went hosted held place convened gathered".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be a meeting's. ``inferred``: the text does not say it, it is where the document was written."""

    place: PlaceMention
    inferred: bool
    features: frozenset[str]


PLACED = frozenset("in at to near outside visit visited visiting visits from into".split())
SETTLEMENTS = frozenset("city town capital resort village port".split())
REACH = 20  # words between a place and what tells the meeting
JOURNEYS = frozenset({"visit", "trip", "journey", "travel"})
WHOSE = frozenset({"'s", "’s", "his", "her", "their", "your", "my", "our"})


@Language.component(
    "placing", requires=["doc._.encounters", "doc._.places", "doc._.mentions"], assigns=["doc._.encounters"]
)
def placing(doc: Doc) -> Doc:
    if doc._.setting is None or not doc._.encounters:
        return doc
    page = Page(doc)
    headed = any(segment.field == "place" for segment in doc._.flow.segments)
    for encounter, leader in circumstances.in_order(doc._.encounters):
        if headed and encounter.main and doc._.setting.post and encounter.medium not in {Medium.PHONE, Medium.VIDEO}:
            # A line "Place:" outweighs whatever the conversation speaks of.
            encounter.place, encounter.place_inferred = _of_post(doc._.setting), False
            continue
        found = candidates(page, encounter, leader)
        ranked = [(circumstances.probability(each.features, "place"), each) for each in found]
        best = max(ranked, key=lambda each: each[0], default=None)
        if best and best[0] >= LEAST:
            encounter.place, encounter.place_inferred = best[1].place, best[1].inferred
        else:
            encounter.place, encounter.place_inferred = None, False
    return doc


def state(page: Page, encounter: Encounter) -> None:
    """Gives an encounter the place that stands beside the words that tell it, unless it has one or was a call."""
    if encounter.place is None and encounter.medium not in {Medium.PHONE, Medium.VIDEO}:
        encounter.place = _stated(page, encounter)


def _stated(page: Page, encounter: Encounter) -> PlaceMention | None:
    def cost(place: PlaceMention) -> float:
        introduced = _introduced(page, place.start)
        if introduced not in PLACED or _in_a_name(page, place):
            return math.inf
        known = place.precision == "building" or (place.precision == "city" and place.latitude is not None)
        opening = place.start - page.starts[page.sentence(place.start)] < 4
        wide = 0 if known else 5 if place.country else 10
        return (
            wide
            + (5 if place.precision == "country" and not opening else 0)
            + (7 if introduced in {"to", "from"} else 0)
        )

    return circumstances.stated(page, encounter, page.places, cost, REACH)


def _introduced(page: Page, start: int) -> str:
    """The word before a place, and before what sort of place it is: "in" of "in the southern port city of Bergen"."""
    words = page.words[max(start - 7, 0) : start]
    if words[-2:-1] and words[-2] in SETTLEMENTS and words[-1] == "of":
        del words[-1]
    if words and (words[-1] in SETTLEMENTS or words[-1].endswith("ern")):
        return next((word for word in reversed(words) if word in PLACED), "")
    return circumstances.before(page, start)


def candidates(page: Page, encounter: Encounter, leader: Encounter | None) -> list[Candidate]:
    """Every place told near the encounter or at the document's head, where the document was written, and where the encounter
    told before it (``leader``) was; none of a call.
    """
    if encounter.medium in {Medium.PHONE, Medium.VIDEO}:
        return []
    doc = page.doc
    setting = doc._.setting
    manner = circumstances.manner(page, encounter)
    of_report = dateline(doc._.flow, setting.kind)
    told = [
        place
        for n in page.around(encounter)
        if page.positions[n].field != "participants"  # which names where posts are
        for place in page.places.get(n, ())
        if (place.country or place.precision == "building")
        and doc[place.start].idx not in of_report
        and not _spoken_of(page, place)
    ]
    nearest = circumstances.nearest(page, encounter, told)
    cities = {place.country for place in told if place.precision == "city"}
    found = [
        Candidate(
            place, False, frozenset(_features(page, encounter, place, manner)) | nearest[n] | _within(place, cities)
        )
        for n, place in enumerate(told)
    ]
    if setting.post:
        inferred = setting.kind in {Kind.CABLE, Kind.NEWS} or not encounter.main
        found.append(Candidate(_of_post(setting), inferred, frozenset(_post(page, encounter, told, manner))))
    if leader and leader.place:
        follows = circumstances.following(page, encounter, leader) | _against(encounter, leader.place)
        found.append(Candidate(leader.place, leader.place_inferred, frozenset(follows)))
    return found


def _spoken_of(page: Page, place: PlaceMention) -> bool:
    """Whether it is where somebody's journey goes that is talked about: "welcomed the Ambassador's visit to Bergen"."""
    whose, what, to = page.words[max(place.start - 3, 0) : place.start] if place.start >= 3 else ("", "", "")
    return to == "to" and what in JOURNEYS and whose in WHOSE


def _of_post(setting: Setting) -> PlaceMention:
    post = setting.post
    return PlaceMention(0, 0, post.name, setting.host, post.precision, post.latitude, post.longitude)


def _against(encounter: Encounter, place: PlaceMention) -> set[str]:
    if encounter.place is None:
        return {"follows, none told"}
    return {"follows, told" if encounter.place.name == place.name else "follows, another told"}


def _features(page: Page, encounter: Encounter, place: PlaceMention, manner: set[str]) -> Iterator[str]:
    setting = page.doc._.setting
    standing = circumstances.standing(page, encounter, place.start, place.end)
    where = next((each for each in standing if each.startswith("where=")), "")
    precise = place.precision if place.latitude is not None or place.precision in {"country", "building"} else "unknown"
    yield from standing
    yield f"precision={precise}"
    yield f"{where} precision={precise}"
    introduced = circumstances.before(page, place.start)
    yield f"before={introduced}"
    yield f"{where.split(' ')[0]} before={introduced}"
    yield f"precision={precise} before={introduced}"
    words = page.words
    after = words[place.end] if place.end < len(words) else ""
    if after in {"'s", "’s", "'", "’"}:
        yield "possessive"
    elif after in GOVERNMENT:
        yield "of a government"
    elif after.isalpha() and after not in circumstances.BEFORE | {
        "and",
        "the",
        "with",
        "today",
        "where",
        "last",
        "this",
    }:
        yield "of a word"
    if any(word in TRAVEL for word in words[max(place.start - 5, 0) : place.start]):
        yield "travel"
        yield f"travel precision={precise}"
    yield circumstances.talk_beside(page, encounter, place.start, place.end)
    if _in_a_name(page, place):
        yield "in a name"
    sides = {page.doc._.parties[n].country for n in encounter.parties} - {None}
    if place.country:
        yield "of a party" if place.country in sides else "of no party"
        if place.country == setting.host:
            yield "of the host"
            yield f"kind={setting.kind.value} of the host"
    for each in manner:
        yield f"{each} {where}"
    if encounter.place:
        same = encounter.place.name == place.name
        yield "told" if same else "another told"
        if same and encounter.place.start == place.start:
            yield "told here"
    else:
        yield f"none told {where}"


def _within(place: PlaceMention, cities: set[str | None]) -> set[str]:
    return {"a city of it told"} if place.precision == "country" and place.country in cities else set()


def _in_a_name(page: Page, place: PlaceMention) -> bool:
    """Whether it is part of how someone is called: "the Mayor of Rize", "Paris police chief"."""
    mentions = page.doc._.mentions
    at = bisect_right(mentions, place.start, key=lambda each: each.start) - 1
    return at >= 0 and place.end <= mentions[at].end


def _post(page: Page, encounter: Encounter, told: list[PlaceMention], manner: set[str]) -> Iterator[str]:
    setting: Setting = page.doc._.setting
    kind = setting.kind.value
    sides = {page.doc._.parties[n].country for n in encounter.parties} - {None}
    yield "post"
    for each in manner:
        yield f"post {each}"
        yield f"post {kind} {each}"
    if setting.host in sides:
        yield f"post {kind} of the host"
        if setting.home in sides and setting.home != setting.host:
            yield f"post {kind} of host and home"
            yield f"post {kind} of host and home {encounter.status.value}"
    if "own" in manner:
        yield f"post {kind} own {encounter.status.value}"
    if encounter.place:
        yield "post told" if encounter.place.name == setting.post.name else "post another told"
    else:
        yield f"post none told {kind}"
    spans = circumstances.spans(encounter)
    sentences = {page.sentence(start) for start, _ in spans}
    here = [place for place in told if page.sentence(place.start) in sentences and place.latitude is not None]
    yield f"post cities here={min(len(here), 2)}"
    for start, _ in spans[:1]:
        position = page.positions[page.sentence(start)]
        yield f"post telling part={position.field or position.label.value}"
        yield f"post telling {'first paragraph' if position.paragraph == page.positions[page.body].paragraph else 'later'}"
    if not spans:
        yield "post record"
