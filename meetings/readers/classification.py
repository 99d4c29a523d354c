"""Security classifications and section marks, in one spelling."""

from __future__ import annotations

import re

# Highest first. LIMITED OFFICIAL USE and FOR OFFICIAL USE ONLY are forerunners of SBU (5 FAM 480; E.O. 13556).
_LEVELS = (
    ("TOP SECRET", r"TOP\s?SECRET|T O P\s{1,3}S E C R E T"),
    ("MOST SECRET", r"MOST\s?SECRET"),
    ("SECRET", r"SECRET|S E C R E T"),
    ("CONFIDENTIAL", r"CONFIDENTIAL|C O N F I D E N T I A L"),
    ("RESTRICTED", r"RESTRICTED"),
    ("SBU", r"SENSITIVE(?: BUT UNCLASSIFIED)?|SBU|(?:FOR|LIMITED) OFFICIAL USE(?: ONLY)?|FOUO|LOU"),
    ("UNCLASSIFIED", r"UNCLAS(?:SIFIED)?|U N C L A S(?: S I F I E D)?"),
)
LEVELS = tuple(
    (name, re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.IGNORECASE)) for name, pattern in _LEVELS
)
_MARKS = {
    "U": "UNCLASSIFIED",
    "SBU": "SBU",
    "LOU": "SBU",
    "FOUO": "SBU",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "TS": "TOP SECRET",
}
_ORDER = [name for name, _ in LEVELS]

# (SBU), (C/NF), (S/NF), (U) at the head of a paragraph.
SECTION_MARK = re.compile(r"\(((?:U|SBU|LOU|FOUO|C|S|TS)(?:\s?[/-]{1,2}\s?[A-Z]{1,8}){0,3})\)")


# "1. (C) Entire text.", "Secret entire text", "(S - ENTIRE TEXT)"
ENTIRE_TEXT = re.compile(
    r"\(?\b([A-Z]{1,3}|secret|confidential|top secret|limited official use)\)?[\s–—-]{1,4}entire text\b", re.IGNORECASE
)


def of_entire_text(text: str) -> str:
    """What a first paragraph such as "Secret entire text" says, '' when it says nothing."""
    found = ENTIRE_TEXT.search(text[:3000])
    return (_MARKS.get(found[1].upper()) or highest(found[1])) if found else ""


def highest(text: str) -> str:
    """The highest classification that a header names, '' when it names none."""
    return next((name for name, pattern in LEVELS if pattern.search(text)), "")


def of_marks(marks: list[str]) -> str:
    """The highest of a document's section marks: a document is classified as its highest part (E.O. 12958, 1.6)."""
    levels = {_MARKS[level] for mark in marks if (level := re.split(r"[/\s-]", mark)[0]) in _MARKS}
    return min(levels, key=_ORDER.index, default="")
