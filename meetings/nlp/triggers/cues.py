"""What the wording around a match shows, as names of features that are weighed."""

from __future__ import annotations

import re

from meetings.nlp.skeleton import D, L
from meetings.nlp.triggers.matching import Hit
from meetings.nlp.triggers.phrases import NOUN
from meetings.nlp.triggers.rules import NEAR_ONE_RULE, NEAR_RULES

CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("regular", re.compile(r"\b(?:regular(?:ly)?|frequent(?:ly)?|continuing|ongoing|often|usually|always|any|such|all|every|many|several|various|series of|numerous)\b")),
    ("modal", re.compile(r"\b(?:can|could|may|might|must|should|would|need(?:s|ed)? to|ought to)\b")),
    ("another clause", re.compile(r"\b(?:that|who|which|whether|because|when|if|while)\b")),
    ("ones", re.compile(r"\b(?:their|his|her|our|my|its)\b|'s?\s")),
    ("reported", re.compile(r"\b(?:said|says|noted|told|according to|reports?|reported|claimed|announced)\b")),
    ("earlier", re.compile(r"\b(?:previous(?:ly)?|earlier|recent(?:ly)?|last|past|former)\b")),
    ("later", re.compile(r"\b(?:next|future|further|coming|upcoming|forthcoming)\b")),
    ("date", re.compile(D)),
    ("place", re.compile(rf"\b(?:in|at)\b [^.;:]{{0,20}}?{L}")),
    ("topic", re.compile(r"\b(?:on|about|regarding|concerning|to discuss|discuss\w*)\b")),
    ("with", re.compile(r"\b(?:with|between)\b")),
    ("quote", re.compile("[\"“”]")),
)  # fmt: skip


def of(text: str, hit: Hit) -> frozenset[str]:
    """Names of what the words before (``<``), in (``=``) and after (``>``) a match's telling words show."""
    parts = {
        "<": text[max(0, hit.told_start - 40) : hit.told_start],
        "=": text[hit.told_start : hit.told_end],
        ">": text[hit.told_end : hit.told_end + 50],
    }
    found = {f"{side}{name}" for side, part in parts.items() for name, form in CUES if form.search(part)}
    word = text[hit.told_start : hit.told_end].rsplit(" ", 1)[-1]
    found.add(
        f"word {word.rstrip('s')}"
        if re.fullmatch(NOUN, word)
        else f"word {word}"
        if hit.rule in (*NEAR_RULES, NEAR_ONE_RULE)
        else "verb"
    )
    if word.endswith("s") and re.fullmatch(NOUN, word):
        found.add("plural")
    if hit.end - hit.start > 120:
        found.add("far")
    return frozenset(found)
