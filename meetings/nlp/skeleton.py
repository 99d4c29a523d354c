"""A sentence with each person, date and place as one sign, so that short patterns see its shape: "P met D with P"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span

from meetings.nlp.annotations import Mention, PlaceMention, TimeMention

# Private-use characters: the n-th person, date, place and other state or body of the sentence.
PERSON, TIME, PLACE, BODY = 0xE000, 0xF000, 0xF400, 0xF800
P, D, L = "[\ue000-\uefff]", "[\uf000-\uf3ff]", "[\uf400-\uf7ff]"
A = "[\uf400-\uf8ff]"  # what may act as a state or body: a place or a nation's or body's name
MOST = 0x100  # signs of one kind in a sentence; more are written out
# Between two people of a list, whose the first is: "(Church Aid),", "of the Law Society, and".
OF = frozenset({"of", "from", "at", "representing"})
LINKS = OF | {"the", "for", "and", "&", "'s", "’s", "-"}
JOINING = frozenset({",", ";", "and", ", and", "; and", "as well as", ", as well as"})
LONGEST_TAIL = 14  # tokens
LONGEST_POST = 20  # tokens of a post between two people whom a semicolon parts
CLAUSE = frozenset("who which that said told met was were is are has had".split())


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` in lower case; the signs index ``mentions``, ``times``, ``places`` and ``bodies``."""

    text: str
    mentions: tuple[Mention, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    bodies: tuple[Span, ...]
    offsets: tuple[int, ...]  # where each token or sign begins in ``text``
    tokens: tuple[int, ...]  # and its first token in the Doc
    ends: tuple[int, ...]  # and its last token's end

    def token_span(self, start: int, end: int) -> tuple[int, int]:
        """The Doc's tokens of ``text[start:end]``."""
        first = bisect_right(self.offsets, start) - 1
        last = bisect_right(self.offsets, max(end - 1, start)) - 1
        return self.tokens[first], self.ends[last]

    def mentioned(self, text: str) -> list[Mention]:
        return [self.mentions[ord(sign) - PERSON] for sign in text if "\ue000" <= sign <= "\uefff"]

    def position(self, mention: Mention) -> int:
        """Where a mention's sign stands in ``text``."""
        return self.offsets[self.tokens.index(mention.start)]


def skeleton(
    sentence: Span,
    mentions: Sequence[Mention],
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    bodies: Sequence[Span] = (),
) -> Skeleton:
    """``mentions``, ``times``, ``places`` and ``bodies`` are those inside the sentence, in order."""
    named = {each.start for each in mentions if not each.pronoun}
    signs = {
        each.start: (chr(PERSON + n), each.end)
        for n, each in enumerate(mentions[:MOST])
        if not (each.pronoun and each.possessive and each.end in named)  # "his deputy Ann Reed" is one person
    }
    for base, found in ((TIME, times), (PLACE, places), (BODY, bodies)):
        for n, each in enumerate(found[:MOST]):
            signs.setdefault(each.start, (chr(base + n), each.end))
    doc = sentence.doc
    people = [(each.start, each.end) for each in mentions[:MOST] if not each.pronoun]
    for (start, end), (following, _) in pairwise(people):
        if start in signs and signs[start][1] == end and _belongs(doc, end, following):
            while end < following and doc[end:following].text not in JOINING:
                end += 1
            signs[start] = (signs[start][0], end)
    parts: list[str] = []
    offsets, tokens, ends = [], [], []
    length, at = 0, sentence.start
    while at < sentence.end:
        sign, end = signs.get(at, ("", at + 1))
        text = (sign or doc[at].lower_.replace("’", "'")) + doc[end - 1].whitespace_
        offsets.append(length)
        tokens.append(at)
        ends.append(end)
        parts.append(text)
        length += len(text)
        at = end
    return Skeleton(
        "".join(parts),
        tuple(mentions),
        tuple(times),
        tuple(places),
        tuple(bodies),
        tuple(offsets),
        tuple(tokens),
        tuple(ends),
    )


def _belongs(doc: Doc, end: int, following: int) -> bool:
    """Whether the words from one person of a list to the next say only whose the first is."""
    if not 1 < following - end <= (LONGEST_POST if doc[end].text == "," else LONGEST_TAIL):
        return False
    last = next(
        (at for at in (following - 1, following - 2, following - 3) if at > end and doc[at:following].text in JOINING),
        None,
    )
    if last is None:
        return False
    words = doc[end : last - (doc[last - 1].text in {",", ";"})]
    if not len(words):
        return False
    if words[0].text == "," and doc[last].text == ";":  # "Ann Reed, head of the Trade Board; Bo Lund"
        return not any(word.text in {";", ":", "."} or word.lower_ in CLAUSE for word in words)
    if words[0].text == "(":
        return words[-1].text == ")" and all(word.text not in "()" for word in words[1:-1])
    return words[0].lower_ in OF and all(word.text[0].isupper() or word.lower_ in LINKS for word in words)
