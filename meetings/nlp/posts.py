"""Words for posts in running text: what headlines and telegrams write for them, and the words by which two mean one post."""

from __future__ import annotations

import re
from functools import lru_cache

from meetings.authorities import titles
from meetings.nlp.attachment import HONORIFICS

COUNTERPART = "counterpart"
OPPOSITE = "opposite number"
ALIKE = frozenset({OPPOSITE, "peer", "peers", "homologue", "homologues"})  # what else reports call a counterpart
COUNTERPARTS = frozenset({COUNTERPART, "counterparts", "colleague", "colleagues"})
# Whose post is named by another's: "Assistant to the President".
SERVES = re.compile(
    r"\b(?:to|of|for) the (?:(?:vice|prime|deputy|foreign|first) )*(?:president|minister|secretary|chancellor|premier|king|queen|governor)\b.*",
    re.IGNORECASE,
)
SMALL = frozenset({"of", "the", "for", "and", "to", "a", "s"})
# What headings and telegrams write for a post.
SHORT = {
    "pm": "prime minister",
    "fm": "foreign minister",
    "dfm": "deputy foreign minister",
    "mod": "minister defense",
    "dcm": "deputy chief mission",
    "cda": "charge d affaires",
    "polcouns": "political counselor",
    "econcouns": "economic counselor",
    "emboff": "embassy officer",
    "poloff": "political officer",
    "econoff": "economic officer",
    "conoff": "consular officer",
    "pao": "public affairs officer",
    "rso": "regional security officer",
}


def post(words: str) -> titles.Title | None:
    """The post of these words; shorthand also as a headline writes it ("Fm" for FM)."""
    return titles.lookup(words) or (titles.lookup(words.upper()) if len(words) < 4 else None)


@lru_cache(maxsize=20_000)
def content_words(role: str) -> frozenset[str]:
    words = re.findall(r"[a-zà-ÿ]+", SERVES.sub("", role).lower())
    parts = (part for word in words for part in SHORT.get(word, word).split())
    return frozenset(part for part in parts if part not in SMALL and part not in HONORIFICS)
