"""Where the rules match a sentence: which words tell of a meeting, and whom they name on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.nlp.skeleton import A, P
from meetings.nlp.triggers.attendance import ATTENDED, ATTENDING
from meetings.nlp.triggers.phrases import COMPANY, GAP, MEET, G
from meetings.nlp.triggers.rules import (
    BELOW_RULE,
    BOTH_RULE,
    NEAR_ONE_RULE,
    NEAR_RULES,
    OURS_RULE,
    RULES,
    STATE_RULES,
    THEIRS_RULE,
    TWO_RULE,
    Rule,
)

# Who tells the news of a meeting: "…, the spokesman said", "…, said the spokesman".
SAYS = r"(?:said|says|added|continued|stated|noted|explained|announced|confirmed|revealed|told (?:reporters|journalists)|reported)"
SAYS_AFTER = re.compile(rf"(?:,[^,.;]{{0,40}},)? {SAYS}\b")
SAID_BEFORE = re.compile(rf"(?:, {SAYS}|\baccording to) (?:the )?$")
# "Lund met with Reed and spoke with Dahl": whoever did the one did the other.
SUBJECT = re.compile(rf"(?P<s>{G}){COMPANY}{GAP}\b{MEET}\b[^\ue000-\uefff.;]{{0,80}}?{G}[^\ue000-\uefff.;:]{{0,60}}$")
CLAUSE_REACH = 300  # characters before "and" in which its clause's subject is looked for
GOES_ON = re.compile(r",? and (?:also |then |later |separately |subsequently )?$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match in a skeleton: offsets of the whole and of the telling words, and the signs of both sides."""

    rule: Rule
    start: int
    end: int
    told_start: int
    told_end: int
    a: str
    b: str


def hits(text: str) -> Iterator[Hit]:
    """The matches of a sentence's skeleton, strongest rule first for the same words."""
    if ATTENDED.search(text):
        return
    claimed: list[tuple[int, int]] = []
    named, states = re.search(P, text), re.search(A, text)
    near = named and not ATTENDING.match(text)  # "Participants in the call were …" tells of no other
    strong = (*(RULES if named else ()), *(STATE_RULES if states else ()), BOTH_RULE, BELOW_RULE)
    weak = (
        *(NEAR_RULES if near else ()),
        TWO_RULE,
        *((NEAR_ONE_RULE,) if near else ()),
        THEIRS_RULE,
    )
    for rule in (*strong, OURS_RULE, *weak):
        at = 0
        while match := rule.pattern.search(text, at):
            told = match.span("t")
            at = max(told[1], match.start() + 1)
            if any(start < told[1] and told[0] < end for start, end in claimed):
                continue
            groups = match.groupdict()
            if groups.get("b") and _only_says(text, *match.span("b")):
                continue
            claimed.append(told)
            a, b = groups.get("a") or "", groups.get("b") or ""
            if a and b:
                a = _subject(text, match.span("a"), told[0]) or a
            yield Hit(rule, match.start(), match.end(), *told, a, b)


def _only_says(text: str, start: int, end: int) -> bool:
    """Whether whom ``text[start:end]`` names only tells of the meeting; a headline has them behind a colon, at its end."""
    if text[max(start - 2, 0) : start] == ": " and not text[end:].strip():
        return True
    if SAID_BEFORE.search(text, max(start - 30, 0), start):
        return True
    return text[max(start - 2, 0) : start] == ", " and bool(SAYS_AFTER.match(text, end))


def _subject(text: str, a: tuple[int, int], told_start: int) -> str | None:
    """Who did what the words from ``told_start`` tell, when ``text[a]`` is whom the same people have met before in the clause."""
    joined = GOES_ON.search(text, a[1], told_start)
    before = joined and SUBJECT.search(text, max(0, joined.start() - CLAUSE_REACH), joined.start())
    return before["s"] if before and before.end("s") <= a[0] else None
