"""Lines and blocks of a text, with their offsets: what every kind of document is put together from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from meetings.records import Label, Passage

# A line longer than this was not wrapped by a typist: each such line is a paragraph of its own.
WRAP_WIDTH = 110
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*(?:\s*\[\d+\])*$")
LIST_ITEM = re.compile(r"(?:[-–•*·]|\(?[a-z]{1,4}\)|\([0-9]{1,2}\))\s")
LIST_NUMBER = re.compile(r"\d{1,2}\\?[.)]\s")
RULE = re.compile(r"[\s\-_=*~.]*[-_=*~][\s\-_=*~.]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text; ``text`` is ``source[start:end]``, without white space around it."""

    start: int
    end: int
    text: str
    blank_before: bool = True
    furniture: bool = False  # known beforehand to be page furniture
    heading: bool = False  # marked as a heading by the file format

    def passage(self, label: Label = Label.BODY, **values: object) -> Passage:
        return Passage(self.start, self.end, label, **values)

    @property
    def ends_sentence(self) -> bool:
        return bool(SENTENCE_END.search(self.text[-40:]))


def span(source: str, start: int, end: int, **values: bool) -> Span | None:
    """The stretch without white space around it, or None when nothing is left."""
    text = source[start:end]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    return Span(start + lead, start + lead + len(text), text, **values) if text else None


def lines(
    source: str, furniture: tuple[tuple[int, int], ...] = (), headings: tuple[tuple[int, int], ...] = ()
) -> list[Span]:
    """The lines that are not empty. ``blank_before`` says whether an empty line (or the text's start) comes before."""
    furniture_starts, heading_starts = {start for start, _ in furniture}, {start for start, _ in headings}
    found, position, blank = [], 0, True
    for raw in source.split("\n"):
        line = span(source, position, position + len(raw))
        if line is None:
            blank = True
        else:
            found.append(
                replace(
                    line,
                    blank_before=blank,
                    furniture=line.start in furniture_starts,
                    heading=line.start in heading_starts,
                )
            )
            blank = False
        position += len(raw) + 1
    return found


def split_lines(source: str, parts: list[Span], at: re.Pattern[str]) -> list[Span]:
    """Cuts lines before every match of ``at`` that is not at their start."""
    cut = []
    for line in parts:
        starts = [line.start + match.start() for match in at.finditer(line.text) if match.start()]
        edges = [line.start, *starts, line.end]
        for number, (start, end) in enumerate(itertools.pairwise(edges)):
            if piece := span(
                source, start, end, blank_before=line.blank_before and number == 0, furniture=line.furniture
            ):
                cut.append(piece)
    return cut


def join(source: str, parts: list[Span]) -> Span:
    """One span from the first to the last of neighbouring lines."""
    first, last = parts[0], parts[-1]
    return replace(first, end=last.end, text=source[first.start : last.end])


def blocks(
    source: str,
    furniture: tuple[tuple[int, int], ...] = (),
    headings: tuple[tuple[int, int], ...] = (),
    alone: Callable[[str], bool] = lambda line: False,
) -> list[Span]:
    """Paragraphs: wrapped lines joined; lines that are whole paragraphs, and those that ``alone`` accepts, left alone."""
    found: list[list[Span]] = []
    for line in lines(source, furniture, headings):
        previous = found[-1][-1] if found else None
        starts_new = (
            previous is None
            or line.blank_before
            or line.furniture != previous.furniture
            or line.heading
            or previous.heading
            or len(previous.text) > WRAP_WIDTH
            or bool(LIST_ITEM.match(line.text))
            or _next_in_list(previous.text, line.text)
            or is_rule(line.text) != is_rule(previous.text)
            or alone(line.text)
            or alone(previous.text)
        )
        if starts_new:
            found.append([line])
        else:
            found[-1].append(line)
    return [join(source, group) for group in found]


def _next_in_list(previous: str, line: str) -> bool:
    """A numbered line below another, or below the end of a sentence."""
    return bool(LIST_NUMBER.match(line)) and bool(LIST_NUMBER.match(previous) or SENTENCE_END.search(previous[-40:]))


def is_rule(text: str) -> bool:
    """A line of dashes, underscores or stars."""
    return len(text) < 200 and bool(RULE.fullmatch(text))


def is_prose(block: Span) -> bool:
    """Running text: at least a dozen words, and a stop at the end."""
    return len(block.text.split()) >= 12 and block.ends_sentence


def one_line(text: str) -> str:
    return " ".join(text.split())


def titled(text: str) -> str:
    """A name in capitals as one writes it: MAO'S STUDY is Mao's Study."""
    return re.sub(r"(?<=[^\W\d_]['’])S\b", "s", text.title())


def continued(previous: Passage | None, source: str, block: Span, furniture_between: bool = False) -> bool:
    """Whether ``block`` goes on with a sentence that an empty line or page furniture has cut.

    It begins with a small letter; below page furniture a capital will do when running text follows.
    """
    if previous is None or previous.label is not Label.BODY:
        return False
    if SENTENCE_END.search(source[max(previous.start, previous.end - 40) : previous.end]):
        return False
    first = block.text.lstrip("\"'“‘(")[:1]
    return first.islower() or (furniture_between and first.isalnum() and len(block.text.split()) >= 12)
