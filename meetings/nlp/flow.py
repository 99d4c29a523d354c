"""From a document's passages to running text for the pipeline, and back from its offsets to the document's.

Printed lines and the words that they break are joined, runs of white space become one space, page furniture is left out, a paragraph that a page
break cut in two is one again. Headers keep their lines and columns (as tabs), because a participant list is made of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from meetings.authorities import countries, titles
from meetings.nlp import weights
from meetings.records import Kind, Label, Passage, SourceDocument

# A paragraph's printed number and section mark ("7. (SBU) ", "2\. "), which are not part of its first sentence.
NUMBERING = re.compile(r"\s*(?:\d{1,3}|[A-Z])\\?\.?\)?(?<=[.)])\s+(?:\([A-Z/]{1,6}\)\s*)?|\s*\([A-Z/]{1,6}\)\s+")
# References to footnotes ("[3]", "[1](#f1)", "_") and runs of white space; neither belongs to the sentence around it.
SQUEEZED = re.compile(
    r"(?:\s*\[\d{1,3}\](?:\(#[^)\s]{1,20}\))?)+|\s+|\\(?=[.\-*])|[_*]{1,3}(?=[\s\w])|(?<=[\w.,;])[_*]{1,3}"
)
REFERENCE = re.compile(r"\[(\d{1,3})\]")  # to a footnote
MARKED = re.compile(r"(?P<word>\w+)\s?\[(?P<number>\d{1,3})\]")  # the word that a footnote belongs to
TITLE = 300  # characters within which a title stands
FOOTNOTE = re.compile(r"[_*\s]*\[?\^?(?P<number>\d{1,3})\]?:?\s+")  # how a footnote begins
RUN_ON = r"(?:(?<=\s)|(?<=\w\.)){}\s+(?=[A-Z'\"(]|i\.e\.|see\b)"  # and how the next one begins within its paragraph
LONGEST_LIST = 4000  # characters
LONGEST_WORD = 40
# "- Ann Reed, Minister of Trade", "Prime Minister Karl Dahl": a line that begins with capitals and ends no sentence.
ITEM = re.compile(
    r"\s*(?:[-*•·–]{1,2}\s*|\d{1,2}[.)]\s+)?[A-ZÀ-Þ][\w.'’-]* (?=[A-ZÀ-Þ(]|of\b)[^\n]{3,100}(?<![.:;!?])$"
)
# A word that a line's end breaks, with its halves: "Govern-" / "ment".
BROKEN = re.compile(r"(?P<first>[^\W\d_]{2,})-")
REST = re.compile(r"(?!(?:and|or|to)\b)[^\W\d_]{2,}")  # of "short- and long-term" nothing is broken
NARROWEST = 45  # characters of a line that a typist wrapped
FULL = 0.75  # of the longest line's length: one that is not shorter was broken because it was full
SEPARATOR = "\n\n"
# Parts of a header that say something about a meeting; the others are routes, references and marks.
TELLING = frozenset({"", "title", "subject", "participants", "delegation", "place", "date", "dateline", "time"})
SUBJECT = re.compile(r"(?i)(?:subject|subj|re)\s*:\s*")
# Capitals where running text has none: a heading, or a name after its honorific as older minutes print it.
SHOUTED = re.compile(
    r"\b(?:MR|MRS|DR|SIR|LORD|SENATOR|GENERAL|AMBASSADOR|MINISTER|PRESIDENT|SECRETARY|HERR|M)\.?(?: [A-Z][A-Za-z.'’-]*)* (?:[A-Z][A-Z'’-]{2,})\b"
)
SHOUTED_WORD = re.compile(r"(?<!\d)[^\W\d_]{2,}(?:['’][^\W\d_]+)*")
ARTICLE = re.compile(r"(?<=[A-Z,] )(?<!\bREF )(?<!\bPARA )(?<!\bTAB )A(?= [A-Z]{2,}\b(?! AND\b))")
ORDINAL = re.compile(r"\d(?:ST|ND|RD|TH)\b")
OF_TITLES = frozenset("foreign prime deputy assistant under vice acting general chief".split())
GOVERNMENT = re.compile(r"GO[A-Z]{1,2}")  # "GON", "GOUK", as telegrams call the government of a country
OPENING = re.compile(r"(?:^\W*|[.!?]\s+)[^\W\d_]")
# Forms of a word that no name has: "LUNCHED" is of "lunch", "PHONED" of "phone".
PAST = re.compile(r"(?P<stem>[a-z]{2,}?(?P<last>[a-z]))(?:(?P=last)?ed)")
NUMBER = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
ROMAN = re.compile(r"I{2,3}|IV|VI{1,3}|XI{0,3}V?")
# A month in a telegram of capitals whose words are written small: "may 8", "8th may", "in may".
MAY = re.compile(r"(?:(?<=\d )|(?<=\d(?:st|nd|rd|th) )|(?<=\b(?:in|of) ))may\b|\bmay(?= \d)", re.IGNORECASE)
# Surnames that are words, right behind a post: "AMBASSADOR STONE".
NAMED_BY_POST = re.compile(
    r"\b(?:AMBASSADOR|MINISTER|SECRETARY|DIRECTOR|OFFICER|COUNSELL?OR|COMMISSIONER|ATTACHE|GENERAL|COLONEL|ADMIRAL|DESIGNATE|CHARGE|CONSUL"
    r"|SENATOR|CONGRESSMAN|CHIEF|PRESIDENT|CHAIRMAN|GOVERNOR|[A-Z]+(?:COUNS|OFF|MIN|ATT)|AMB|GEN|COL|DCM|DAS|MRS?\.?|DR\.?)[ \n]"
    r"(?P<name>BANKS|BLOCK|BLOOD|CASH|DAY|FIELDS?|FINE|FOREST|FOSTER|GOLD|GOOD|GRANT|GREEN|HAND|HURT|LAMB|LIGHT|LOVE|LOW|MILES|PAIN|PEACE|POST"
    r"|POUND|ROCK|ROOT|RUSH|SHARP|SHORT|SMALL|SMART|STARK|STEEL|STORM|STRONG|WALL|WATERS|WINTER|WISE|WORTH|YOUNG)\b(?!-|[ \n]OF\b)"
)
SMALL = frozenset("of and the in on at to for with by from between a an as or its de la du von der".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the flow that stands for one paragraph: ``text[start:end]``, in characters of the flow."""

    start: int
    end: int
    label: Label
    number: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """What the note says to which the flow refers right after character ``at``."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text, its segments in order, and how its offsets map to the document's."""

    text: str
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]  # where each piece that was copied as it stands begins, in the flow
    origins: tuple[int, ...]  # and in the document
    notes: tuple[Footnote, ...] = ()

    @property
    def body(self) -> int:
        """The character at which the text itself begins, below its titles and headers; 0 where nothing is labelled as such."""
        return next((segment.start for segment in self.segments if segment.label is Label.BODY), 0)

    def to_document(self, start: int, end: int) -> tuple[int, int]:
        """The document's offsets of ``text[start:end]``, a span that is not empty."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


class _Builder:
    def __init__(self, text: str) -> None:
        self.source = text
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.references: list[tuple[int, str]] = []  # to footnotes: where in the flow, and the number

    def copy(self, start: int, end: int) -> None:
        if start < end:
            self._mark(start)
            self._add(self.source[start:end])

    def put(self, text: str, origin: int) -> None:
        """Text that stands in the flow for something else at ``origin`` (a space for a line's end)."""
        self._mark(origin)
        self._add(text)

    def _mark(self, origin: int) -> None:
        if not self.starts or origin - self.origins[-1] != self.length - self.starts[-1]:
            self.starts.append(self.length)
            self.origins.append(origin)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def passage(self, start: int, end: int, keep_lines: bool) -> None:
        lines = SEPARATOR if not keep_lines and _listed(self.source[start:end]) else "\n" if keep_lines else " "
        at = start
        for gap in SQUEEZED.finditer(self.source, start, end):
            self.copy(at, gap.start())
            self.references += [(self.length, number) for number in REFERENCE.findall(gap[0])]
            if "\n" in gap[0] and not keep_lines and self.broken(gap.start(), gap.end()):
                pass
            elif gap[0].isspace() and gap.end() < end:
                column = len(gap[0]) > 2 and at < gap.start() and self.source[gap.start() - 1] != ":"
                self.put(lines if "\n" in gap[0] else "\t" if keep_lines and column else " ", gap.start())
            at = gap.end()
        self.copy(at, end)

    def broken(self, end: int, start: int) -> bool:
        """Whether a word goes on from before ``end`` to ``start`` of the document; its hyphen is taken back if only the break put it there."""
        before = self.source.rfind(" ", max(end - LONGEST_WORD, 0), end) + 1
        first = BROKEN.search(self.source, max(before, end - LONGEST_WORD), end)
        rest = REST.match(self.source, start)
        if not first or not rest or first.end() != end:
            return False
        compound = rest[0][0].isupper() or (
            not written_small(first["first"] + rest[0]) and written_small(first["first"]) and written_small(rest[0])
        )
        if not compound:
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        return True


def flow(document: SourceDocument) -> Flow:
    """Raises nothing for any passages that keep the contract of `records.Passage`."""
    builder = _Builder(document.text)
    segments: list[Segment] = []
    last = 0  # where the passage before ended
    for passage in document.passages:
        if passage.label in {Label.CLUTTER, Label.NOTE} or not document.text[passage.start : passage.end].strip():
            continue
        traffic = document.kind is Kind.CABLE and passage.field == "date"
        if passage.label is Label.HEADER and (passage.field not in TELLING or traffic):
            continue
        body = _beginning(document.text, passage)
        if passage.continues and segments and segments[-1].label is passage.label:
            if passage.label is Label.HEADER or not builder.broken(last, body):
                builder.put(" ", passage.start - 1 if passage.start else 0)
            first = segments.pop()
        else:
            if segments:
                builder.put(SEPARATOR, max(passage.start - len(SEPARATOR), 0))
            first = Segment(builder.length, 0, passage.label, passage.number, passage.field)
        builder.passage(body, passage.end, keep_lines=passage.label is Label.HEADER)
        segments.append(Segment(first.start, builder.length, first.label, first.number, first.field))
        last = passage.end
    notes = footnotes(document)
    text = "".join(builder.parts)
    references = [*builder.references, *(_repeated(document, text) if notes else ())]
    return Flow(
        spoken(text, segments),
        tuple(segments),
        tuple(builder.starts),
        tuple(builder.origins),
        tuple(Footnote(at, notes[number]) for at, number in references if number in notes),
    )


def _repeated(document: SourceDocument, text: str) -> Iterator[tuple[int, str]]:
    """References to footnotes in a heading that is left out because the title says the same: where the title has the word."""
    for passage in document.passages:
        if passage.label is Label.HEADER and passage.field == "heading":
            for found in MARKED.finditer(document.text, passage.start, passage.end):
                at = text.find(found["word"], 0, TITLE)
                if at >= 0:
                    yield at + len(found["word"]), found["number"]


def footnotes(document: SourceDocument) -> dict[str, str]:
    """The text of each footnote by its number; a paragraph without a number goes on with the note before it, and one may run on into
    the next note: "1 See Document 4. 2 Ann Reed."
    """
    found: dict[str, list[str]] = {}
    last: list[str] | None = None
    for passage in document.passages:
        if passage.label is not Label.NOTE:
            continue
        text = document.text[passage.start : passage.end]
        if begins := FOOTNOTE.match(text):
            last = found.setdefault(begins["number"], [])
            last.append(text[begins.end() :])
        elif last is not None and not text.lstrip("_* ").startswith("["):
            last.append(text)
    notes = {number: " ".join(" ".join(parts).split()) for number, parts in found.items()}
    for number in list(notes):
        own, following = number, str(int(number) + 1)
        while following not in notes and (next_note := re.search(RUN_ON.format(following), notes[own])):
            notes[own], notes[following] = notes[own][: next_note.start()].rstrip(), notes[own][next_note.end() :]
            own, following = following, str(int(following) + 1)
    return notes


def spoken(text: str, segments: list[Segment]) -> str:
    """The same text, character for character, with shouted words in title case, and capital telegrams as running text: the recogniser
    reads names better so.
    """
    parts, at = [], 0
    for segment in segments:
        parts.append(text[at : segment.start])
        words = text[segment.start : segment.end]
        small = sum(map(str.islower, words))
        if sum(map(str.isupper, words)) > 3 * small and len(words) > 12:
            cased = _running if segment.label is Label.BODY else _cased
            words = ARTICLE.sub("a", words) if cased is _running else words
            named = [found.span("name") for found in NAMED_BY_POST.finditer(words)] if cased is _running else []
            words = SHOUTED_WORD.sub(cased, ORDINAL.sub(lambda found: found[0].lower(), words))
            words = MAY.sub("May", OPENING.sub(lambda found: found[0].upper(), words))
            for start, end in named:
                words = words[:start] + words[start:end].title() + words[end:]
        else:
            words = SHOUTED.sub(lambda found: re.sub(r"[A-Z][A-Z'’]{2,}|\b(?:MR|DR|SIR)\b", _cased, found[0]), words)
        parts.append(words)
        at = segment.end
    return "".join([*parts, text[at:]])


def _listed(text: str) -> bool:
    """Whether each line of a paragraph is an item of a list: none runs on into the next, and each names somebody or something."""
    if "\n" not in text or len(text) > LONGEST_LIST:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(ITEM.match(line) for line in lines) and not (text.isupper() and _wrapped(lines))


def _wrapped(lines: list[str]) -> bool:
    """Whether all lines but the last are about as long, as a typist breaks running text."""
    widths = [len(line.strip()) for line in lines]
    return max(widths) >= NARROWEST and min(widths[:-1]) >= FULL * max(widths)


@cache
def _abbreviations() -> frozenset[str]:
    """Countries and bodies that are written in capitals wherever they stand: "USSR"."""
    exact = {form.text for form in countries.forms() if form.exact and len(form.text) > 2}
    return frozenset(exact | {"US", "UK", "UN", "MFA", "MOD", "EC"})


@cache
def _casing() -> tuple[frozenset[str], frozenset[str]]:
    """Words that running text writes small, and those that it writes in capitals."""
    table = weights.load("casing")
    return frozenset(table["small"].split()), frozenset(table["capitals"].split())


def written_small(word: str) -> bool:
    """Whether running text writes a word small, so that it is hardly anybody's name."""
    small, _ = _casing()
    low = word.lower()
    past = PAST.fullmatch(low)
    return low in small or bool(past and (past["stem"] in small or f"{past['stem']}e" in small))


def _running(word: re.Match[str]) -> str:
    """A word of a text that is all capitals, as running text writes it."""
    _, capitals = _casing()
    low = word[0].lower()
    inflected = NUMBER.fullmatch(low)
    if (written_small(low) or inflected) and len(low) == len(word[0]) and low not in OF_TITLES:
        return low
    title = titles.lookup(word[0])
    shorthand = title is not None and title.exact
    return word[0] if low in capitals or shorthand or GOVERNMENT.fullmatch(word[0]) else _cased(word)


def _cased(word: re.Match[str]) -> str:
    if word[0] in _abbreviations() or ROMAN.fullmatch(word[0]):
        return word[0]
    low = word[0].lower()
    return low if low in SMALL else low[0].upper() + low[1:] if len(low) == len(word[0]) else word[0]


def _beginning(text: str, passage: Passage) -> int:
    start = passage.start
    while start < passage.end and text[start].isspace():
        start += 1
    if passage.field == "subject" and (name := SUBJECT.match(text, start, passage.end)):
        return name.end()
    if passage.label is Label.BODY and (mark := NUMBERING.match(text, start, passage.end)) and mark.end() < passage.end:
        return mark.end()
    return start
