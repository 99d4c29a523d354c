"""Where a date or a place stands to the words that tell of a meeting, and how far that makes it the meeting's own.

A candidate is described by names of features ("in the same sentence, after, near"); learned weights of these names are
added up, and the best candidate is taken where it is likelier right than wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TypeVar

from spacy.tokens import Doc

from meetings.nlp import logistic, weights
from meetings.nlp.annotations import Encounter, PlaceMention, TimeMention
from meetings.nlp.triggers.phrases import NOUN
from meetings.records import Label

REACH = 6  # sentences around one that tells a meeting in which its date and place are looked for
FAR = 30  # sentences around it in which "The meeting took place …" still means it
MOST = 8  # sentences that tell one meeting, around which they are looked for
STEPS = 4  # in the parse between a date or place and the telling words that are followed
BREAK = 12  # words as which a semicolon or a colon counts
HEAD = 12  # sentences of a document in which its header and title stand
# What a sentence says of the meeting that the sentences before it told: when, where and how long it was.
TOOK_PLACE = re.compile(
    rf"\w+ (?:\w+ ){{0,3}}?(?:event|ceremony|visit|{NOUN})\b(?: \S+){{0,6}}? (?:took place|takes place|will take place|lasted|began|opened|(?:was|were|is|are|will be) (?:held|arranged|scheduled|conducted|attended))\b"
)
TALK = re.compile(rf"(?:{NOUN}|conference|forum|fair|ministerial|ceremony|visit|assembly|council)$")
LINKS = frozenset("in at on of held the a this last next , early late".split())
# "Then", "that evening": it goes on from what was told before.
GOING_ON = frozenset(
    "then also later afterwards separately next subsequently meanwhile turn same that before earlier after".split()
)
# An announced journey, whose days are those of the meetings on it.
JOURNEY = frozenset(
    "travel travels traveled travelled traveling travelling trip visit visits visited visiting journey".split()
)
CLAUSE = frozenset("that which who whom where while when because although but if whether : ; --".split()) | {"—", "–"}
# Words after which a date or a place belongs to what was talked about.
TOPIC = frozenset(
    "discuss discussed about regarding concerning ahead prepare preparing preparations following since".split()
)
BEFORE = frozenset(
    "on in at since until by from to of after before during near outside dated for into between through visit visited visiting"
    " visits trip toward via".split()
)


Found = TypeVar("Found", TimeMention, PlaceMention)


@dataclass(frozen=True, slots=True)
class Position:
    """A sentence's paragraph: its label and field, its number among all, and whether the sentence opens it."""

    label: Label
    field: str
    paragraph: int
    opens: bool


class Page:
    """A Doc's words in lower case, its sentences as token ranges, and what part of the document each belongs to."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [token.lower_ for token in doc]
        self.sentences = [(span.start, span.end) for span in doc.sents]
        self.starts = [start for start, _ in self.sentences]
        self.positions = list(self._positions())
        self.body = next((n for n, each in enumerate(self.positions) if each.label is Label.BODY), 0)  # where it begins
        self.times = self._by_sentence(doc._.times)
        self.places = self._by_sentence(doc._.places)
        self.taking_place = {n for n, (start, end) in enumerate(self.sentences) if self._takes_place(start, end)}
        self.named = self._named()
        self.tellings = sorted((span, n) for n, each in enumerate(doc._.encounters) for span in each.tellings)

    def _positions(self) -> Iterable[Position]:
        segments, at, last = self.doc._.flow.segments, 0, -1
        for start, _ in self.sentences:
            offset = self.doc[start].idx
            while at + 1 < len(segments) and segments[at + 1].start <= offset:
                at += 1
            if segments:
                yield Position(segments[at].label, segments[at].field, at, at != last)
            last = at

    def _by_sentence(self, found: Iterable[Found]) -> dict[int, list[Found]]:
        inside: dict[int, list[Found]] = defaultdict(list)
        for each in found:
            inside[self.sentence(each.start)].append(each)
        return inside

    def _named(self) -> dict[int, set[int]]:
        """The parties that each sentence names, pronouns left out."""
        named: dict[int, set[int]] = defaultdict(set)
        for mention in self.doc._.mentions:
            if not mention.pronoun:
                named[self.sentence(mention.start)].add(mention.party)
        return named

    def _takes_place(self, start: int, end: int) -> bool:
        """Whether a sentence is of the kind "The meeting took place …", "The talks were held …"."""
        return self.words[start] in {"the", "this", "their", "our"} and bool(
            TOOK_PLACE.match(" ".join(self.words[start : min(end, start + 16)]))
        )

    def sentence(self, token: int) -> int:
        return max(bisect_right(self.starts, token) - 1, 0)

    def around(self, encounter: Encounter) -> list[int]:
        """The sentences in which an encounter's date and place are looked for, in order."""
        told = {self.sentence(start) for start, _ in spans(encounter)[:MOST]} | set(encounter.sentences[:MOST])
        near = {n for each in told for n in range(each - REACH, each + REACH + 1)}
        said = {n for each in told for n in range(each - FAR, each + FAR + 1) if n in self.taking_place}
        head = {n for n, each in enumerate(self.positions[:HEAD]) if each.label is not Label.BODY}
        return sorted(n for n in near | said | head if 0 <= n < len(self.sentences))

    def owner(self, token: int, sentence: int) -> int | None:
        """The encounter whose telling words are nearest to a token within its sentence."""
        first, last = self.sentences[sentence]
        low = bisect_right(self.tellings, ((first, 0), -1))
        near = []
        for (start, end), n in self.tellings[low : low + 12]:
            if start >= last:
                break
            near.append((max(start - token, token - end, 0), n))
        return min(near)[1] if near else None


def spans(encounter: Encounter) -> list[tuple[int, int]]:
    return encounter.tellings or ([] if encounter.main else [encounter.span])


def stated(
    page: Page, encounter: Encounter, found: dict[int, list[Found]], cost: Callable[[Found], float], reach: int
) -> Found | None:
    """Of the dates or places ``found`` in each sentence, the nearest to the words that tell the encounter, in their sentence and
    clause, at most ``reach`` words away; ``cost`` says by how many words one counts as further off.
    """
    ranked = []
    for start, end in spans(encounter)[:MOST]:
        for each in found.get(page.sentence(start), ()):
            between = page.words[each.end : start] if each.end <= start else page.words[end : each.start]
            away = len(between) + cost(each) + (BREAK if {";", ":"} & set(between) else 0)
            if away <= reach:
                ranked.append((away, each.start, each))
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def standing(page: Page, encounter: Encounter, start: int, end: int) -> set[str]:
    """Features of tokens ``[start:end)`` against the nearest words that tell the encounter."""
    n = page.sentence(start)
    position = page.positions[n]
    part = position.field or position.label.value
    told = [(page.sentence(first), first, last) for first, last in spans(encounter)[:MOST]]
    found = {f"part={part}"}
    if n in page.taking_place:
        found.add("takes place")
    if JOURNEY & set(page.words[page.sentences[n][0] : page.sentences[n][1]]):
        found.add("journey")
    if encounter.main:
        found.add(f"main part={part}")
    if not told:
        where = "record"
        if position.label is Label.BODY:
            where = "record opening" if n == page.body else "record body"
        return found | {f"where={where}"}
    gap, distance, (m, first, last) = min(
        (abs(n - each[0]), max(each[1] - end, start - each[2], 0), each) for each in told
    )
    if gap:
        found.add(f"parties named={min(len(page.named[n] & encounter.parties.keys()), 2)}")
        side = "before" if n < m else "after"
        same = page.positions[m].paragraph == position.paragraph
        found.add(f"where={side} {gap if gap < 3 else '3 to 6' if gap <= REACH else 'far'}")
        found.add(f"paragraph={'same' if same else 'other'} {side}")
        if "journey" in found:
            found.add(f"journey {side} {encounter.status.value}")
    else:
        side = "before" if end <= first else "after" if start >= last else "inside"
        reach = "near" if distance <= 3 else "close" if distance <= 8 else "middle" if distance <= 16 else "away"
        found.add(f"where={side} {reach}")
        between = page.words[end:first] if side == "before" else page.words[last:start]
        if any(word in CLAUSE for word in between):
            found.add(f"clause {side}")
        if TOPIC & set(between):
            found.add(f"topic {side}")
        if "," in between:
            found.add(f"comma {side}")
        if "and" in between:
            found.add(f"and {side}")
    owner = page.owner(start, n)
    if owner is not None and page.doc._.encounters[owner] is not encounter:
        found.add("another's, same sentence" if not gap else "another's")
    found |= syntax(page, start, end, (first, last) if not gap else None)
    opening = page.sentences[n][0]
    if start == opening or (page.words[opening] in BEFORE and start - opening < 3):
        found.add("opens paragraph" if position.opens else "opens sentence")
    return found


def syntax(page: Page, start: int, end: int, telling: tuple[int, int] | None) -> set[str]:
    """How tokens ``[start:end)`` hang in the parse: their relation, and the steps between them and the ``telling`` words."""
    doc = page.doc
    if not doc.has_annotation("DEP"):
        return set()
    word = doc[start:end].root
    while word.dep_ in {"conj", "appos", "flat"} and word.head is not word:
        word = word.head
    relation = word.dep_.split(":")[0]
    found = {f"relation={relation}"}
    if telling is None:
        return found
    trigger = doc[slice(*telling)].root
    heads = [trigger, *islice(trigger.ancestors, STEPS)]
    ours = [word, *islice(word.ancestors, STEPS)]
    up = next((n for n, each in enumerate(ours) if each in heads), STEPS)
    down = heads.index(ours[up]) if up < len(ours) and ours[up] in heads else STEPS
    return found | {f"up {up}", f"up {up}, down {down}", f"{relation} up {up}, down {down}"}


def talk_beside(page: Page, encounter: Encounter, start: int, end: int) -> str:
    """Whether a word for a meeting stands right beside tokens ``[start:end)``: "June 4 talks", "the summit in Lisbon"."""
    words = page.words
    at = start - 1
    while at > 0 and words[at] in LINKS:
        at -= 1
    for first, last in ((end, end + 2), (end, end + 1), (at, at + 1)):
        if last <= len(words) and TALK.match(" ".join(words[first:last])):
            told = spans(encounter)[:MOST]
            n = page.sentence(start)
            # a record's heading names the talk that it records, and so does its first sentence when nothing else tells it
            headed = page.positions[n].label is not Label.BODY or (n == page.body and not told)
            ours = (encounter.main and headed) or any(a < last and first < b for a, b in told)
            return "beside this talk" if ours else "beside a talk"
    return "beside no talk"


def nearest(page: Page, encounter: Encounter, found: Sequence[TimeMention | PlaceMention]) -> list[set[str]]:
    """Features of each of several mentions against the others: the nearest to the telling words, the only one beside them."""
    told = [(page.sentence(first), first, last) for first, last in spans(encounter)[:MOST]]
    if not told:
        return [set() for _ in found]
    away = [
        min(
            (abs(page.sentence(each.start) - n), max(first - each.end, each.start - last, 0)) for n, first, last in told
        )
        for each in found
    ]
    beside = sum(gap == 0 for gap, _ in away)
    best = min(away, default=None)
    return [
        ({"nearest" if not gap else "nearest, other sentence"} if (gap, distance) == best else set())
        | ({f"beside={min(beside, 3)}"} if not gap else {"another beside"} if beside else set())
        for gap, distance in away
    ]


def in_order(encounters: Iterable[Encounter]) -> list[tuple[Encounter, Encounter | None]]:
    """Each encounter with the one told before it, as the text tells them."""
    ordered = sorted(encounters, key=lambda each: min(spans(each), default=(0, 0)))
    return list(zip(ordered, [None, *ordered], strict=False))


def following(page: Page, encounter: Encounter, leader: Encounter) -> set[str]:
    """Features of an encounter against the one told before it, whose day and place may be its own too."""
    first, last = min(spans(encounter), default=(0, 0))
    n, m = page.sentence(first), page.sentence(min(spans(leader), default=(0, 0))[0])
    gap = n - m
    kind = page.doc._.setting.kind.value
    found = {"follows", f"follows by {gap if gap < 3 else '3 to 6' if gap <= REACH else 'far'}", f"follows kind={kind}"}
    if set(page.words[max(first - 8, page.starts[n]) : last]) & GOING_ON:
        found |= {"follows on", f"follows on, by {min(gap, 3)}"}
    if page.positions[n].paragraph == page.positions[m].paragraph:
        found.add("follows in its paragraph")
    if leader.status is not encounter.status:
        found.add("follows another status")
    if leader.main:
        found.add("follows the main one")
    shared = sum(party in leader.parties for party in encounter.parties)
    found.add(f"follows with {min(shared, 2)} of its parties")
    return found


def manner(page: Page, encounter: Encounter) -> set[str]:
    """Features of the encounter itself, which a candidate's are crossed with."""
    doc = page.doc
    setting = doc._.setting
    own = any(doc._.parties[n].own for n in encounter.parties)
    found = {f"kind={setting.kind.value}", f"status={encounter.status.value}"}
    if encounter.main:
        found.add("main")
    if own:
        found.add("own")
    return found


def before(page: Page, start: int) -> str:
    """The word that introduces what begins at a token, articles left out."""
    at = start - 1
    while at >= 0 and page.words[at] in {"the", "a", "early", "late", "this", "last", "next", "'s", "city"}:
        at -= 1
    word = page.words[at] if at >= 0 else ""
    return word if word in BEFORE else "word" if word.isalpha() else "mark"


def probability(features: Collection[str], model: str) -> float:
    """How likely a candidate of these features is right, by the weights of ``circumstances.toml``."""
    table = _weights(model)
    return logistic.probability(table.get("bias", 0.0) + sum(table.get(name, 0.0) for name in features))


@cache
def _weights(model: str) -> dict[str, float]:
    return weights.load("circumstances")[model]
