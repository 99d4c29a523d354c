"""What passes between the two halves of reading: the file formats give a RawText, the kinds of document a Reading."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.records import Passage

Spans = tuple[tuple[int, int], ...]


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
