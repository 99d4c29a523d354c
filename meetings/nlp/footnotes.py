"""What an editor's footnote says of the person to whom it belongs: "Malcolm Lund, acting Secretary of State". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from meetings.authorities import titles
from meetings.nlp import roster
from meetings.nlp.names import PARTICLES

# What a note begins with that says something else: where a paper is printed, what happened before.
OTHERWISE = re.compile(
    r"(?i)(?:see|document|not |dated|printed|published|ibid|i\.e|on file|note|the (?!duke|marquess|earl|hon|rt)|a |an |on |in |at |for |this|it |he |as |matter|omitted|presumably|perhaps|possibly)\b"
)
SENTENCE = re.compile(r"(?<=[a-z)\d]{2})[.;](?:\s|$)")
FORMER = re.compile(r"(?i)\bformer(?:ly)?\b|\b(?:until|till)\b|\b(?:1[89]|20)\d\d\s?-\s?(?:1[89]|20)?\d\d\b")
YEARS = re.compile(r"\s*,?\s*\(?(?:from |until |since )?\b(?:1[89]|20)\d\d\b.*$")
ROLE_NOUN = re.compile(
    r"(?i)\b(?:secretary|advis[eo]r|director|minister|commissioner|chief|chairman|chairperson|member|representative|ambassador|counsell?or|attach[eé]|delegate|leader|governor|president|consul|commander|head|officer|manager|m\.?p|envoy|economist|official|chancellor|deputy|treasurer|premier|general|chargé|comptroller|controller|liaison)\b"
)
# A country after one of these is where somebody works, not whom for.
ELSEWHERE = frozenset("in to on with against from near about".split())
HONOURS = re.compile(
    r"^(?:(?:Sir|Lord|Lady|Mr|Mrs|Miss|Dr|Rt|Hon|Colonel|Col|General|Gen|Lt-?Gen|Lieutenant|Major|Captain|Admiral|Air|Vice|Field|Marshal|Brigadier|Baron|Count|Professor|Prof|Commander)\b\.?[ -]?)+"
)
LONGEST_ROLE = 120  # characters
LONGEST_NAME = 4  # words of a country's name


@dataclass(frozen=True, slots=True)
class Described:
    """``name`` or ``role`` may be empty, not both; ``country`` is an ISO code."""

    name: str
    role: str
    country: str | None


def described(text: str, nation: Callable[[str], str | None]) -> Described | None:
    """Who the note says that somebody is; None when it says something else."""
    sentence = SENTENCE.split(text, maxsplit=1)[0].strip(" _*.")
    if not sentence or OTHERWISE.match(sentence):
        return None
    head, _, tail = sentence.removeprefix("The ").partition(",")
    if _named(head, nation):
        return Described(HONOURS.sub("", head), _role(tail), country_in(tail, nation))
    role = _role(sentence)
    return Described("", role, country_in(sentence, nation)) if role and ROLE_NOUN.search(head) else None


def _named(head: str, nation: Callable[[str], str | None]) -> bool:
    name = HONOURS.sub("", head)
    words = name.split()
    peer = re.match(r"(?:Duke|Marquess|Earl) of [A-Z]", name)
    known = titles.lookup(head) or nation(name) or ROLE_NOUN.search(name)
    return bool(peer) or (
        not known and 0 < len(words) <= 5 and roster.is_name(name) and words[-1].lower() not in PARTICLES
    )


def _role(text: str) -> str:
    """The post, when the first words are one's that was held at the time."""
    text = text.strip()
    if FORMER.search(text) or len(text) > LONGEST_ROLE:
        text = re.split(r",| and (?=[A-Z])", text)[0]
    text = YEARS.sub("", text).strip(" ,.")
    opening = " ".join(text.split()[:6])
    return text if ROLE_NOUN.search(opening) and not FORMER.match(text) and len(text) <= LONGEST_ROLE else ""


def country_in(text: str, nation: Callable[[str], str | None]) -> str | None:
    """The first country that the words name as whose somebody is."""
    words = text.split()[:40]
    for at, word in enumerate(words):
        before = words[at - 1].lower() if at else ""
        before = words[at - 2].lower() if before == "the" and at > 1 else before
        if not word[0].isupper() or before in ELSEWHERE:
            continue
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            if code := nation(" ".join(words[at : at + length]).rstrip(",;)")):
                return code
    return None
