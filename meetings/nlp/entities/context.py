"""What the words beside a name say of it."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc, Span, Token

from meetings.authorities import titles
from meetings.records import Label

LEADING = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "messrs", "messrs.", "lord"})
# Words of a headline that the recogniser takes into a name.
NO_PART = frozenset(
    """hello hi dear key before after their his her meets meet calls call takes while and with press remarks statement joint holds visits
    discusses on at in to says hosts receives welcomes readout secretary's president's briefing following had has have was were
    is are would arrives arrived came comes went goes declined visit visited met ends ended opens opened begins began agree agreed
    agrees sign signs signed speaks spoke told tells leaves left returns returned thanked asked reports the of from for by who
    whose which that when this as about over until since during or but counterpart counterparts colleague colleagues guests participants attendees""".split()
)
# What telegrams call the people of an embassy, whom their capitals run into a name: "EMBOFFS LUND".
STAFF = re.compile(
    r"(?i)(?:emb|pol|econ|con|cons|lab|lega|ref)offs?|(?:def|arm|nav|air|ag|lab|mil|leg)atts?|(?:pol|econ)couns"
)
SPEECH = frozenset("said asked replied explained proposed agreed noted added suggested".split())
NOT_PEOPLE = re.compile(
    r"(?i)\b(?:department|delegation|government|legation|embassy|ministers?|representatives?|officials|commission|committee|office|ministry|council|cabinet|side|heads|secretary|cablegram)\b"
)


def headed(doc: Doc, span: Span) -> bool:
    """Whether a span stands in a heading, a title or a subject."""
    segments = doc._.flow.segments if doc._.flow else ()
    at = bisect_right(segments, span.start_char, key=lambda segment: segment.start) - 1
    return at >= 0 and (segments[at].label is Label.HEADING or segments[at].field in {"subject", "title"})


def honours(token: Token) -> bool:
    """Whether a word is said before names of persons only: "Mr", "Pandit"."""
    if token.lower_ in LEADING:
        return True
    title = titles.lookup(token.text)
    return title is not None and title.branch == "honorific" and len(token) > 2
