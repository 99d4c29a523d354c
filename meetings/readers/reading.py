"""What passes between the two halves of reading: the file formats give a RawText, the kinds of document a Reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from meetings.readers.characters import clean
from meetings.records import Passage

Spans = tuple[tuple[int, int], ...]
# What programs fill a title in with: a word for any file, an address, the name of a file.
FILLED_IN = re.compile(
    r"(?:untitled|document|scan(?:ned)?(?: document)?|image|file)[\s_-]*\d*|microsoft (?:word|powerpoint|excel)\b.*|about:\S*|\w+://\S*|\S+\.[a-z]{2,4}",
    re.IGNORECASE,
)


def titled(properties: str | None) -> str:
    """The title in a file's properties, or nothing where a program rather than an author gave it."""
    title = clean(properties)
    return "" if FILLED_IN.fullmatch(title) else title


@dataclass(frozen=True, slots=True)
class RawText:
    """A document's text as a file format gave it, with what the format itself says about it."""

    text: str
    title: str = ""
    date: str | None = None  # EDTF
    site: str = ""
    source_url: str = ""
    part: str = ""
    furniture: Spans = ()  # running heads and page numbers
    headings: Spans = ()
    web: bool = False  # came from a web page


@dataclass(frozen=True, slots=True)
class Reading:
    """What the conventions of a kind of document say."""

    passages: tuple[Passage, ...]
    title: str = ""
    date: str | None = None
    identifier: str = ""
    origin: str = ""
    classification: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    source_url: str = ""
    site: str = ""
