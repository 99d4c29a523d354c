"""Whom the note of a journey or visit says was met: "Met with President Bayar and Foreign Minister Köprülü on April 5".

These notes are written to a pattern, unlike documents: a word that tells of an encounter, then people with their posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ..authorities import countries, organisations, titles
from ..dates import MONTHS


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as the note names them, at [start:end] of it. ``nation`` is a country's key, "" when the note tells none."""

    start: int
    end: int
    name: str
    role: str
    nation: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An encounter: its clause stands at [start:end]. ``with_`` is who was accompanied to it."""

    start: int
    end: int
    people: tuple[Named, ...]
    accompanied: Named | None = None


CUE = re.compile(
    r"\b(?:(?:[Mm]et|[Mm]eetings?|[Tt]alks|[Cc]onferred|[Cc]onsult(?:ed|ations)|[Ll]unch(?:ed|eon)?|[Dd]inner|[Dd]ined|[Ss]poke"
    r"|[Dd]iscuss(?:ed|ions?)\b[^.;]{0,90}?|[Rr]eviewed\b[^.;]{0,90}?|[Nn]egotiated\b[^.;]{0,60}?|[Aa]udience)"
    r"(?: (?:separately|privately|briefly|again|informally))?(?: in [A-Z]\w+)? with|[Bb]riefed|[Cc]alled on) "
)
ACCOMPANIED = re.compile(r"\b(?:[Aa]ccompanied|[Jj]oined) ")
# The clause ends at a full stop (but not at that of an initial or of Jr.), a semicolon or a bracket.
CLAUSE_END = re.compile(r"(?<!\b[A-Z])(?<!\bJr)(?<!\bSt)(?<!\bMrs)(?<!\bMr)\.(?=\s|$)|[;()]|$")
JOINT = re.compile(r",? and (?:also )?(?:with )?|, (?:with )?| with ")
DEED = re.compile(r"(?!United)[A-Za-z]+ed\b|(?:visit|sign|held|gave|took|then)\w*")
LONGEST_TITLE = 8  # words
PARTICLES = frozenset("al el de del della da di dos do du la le van von der den bin ibn ben bint y e".split())
WORD = re.compile(r"\S+")
DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b")
TOWN = re.compile(
    r"\b(?:in|at) (Camp David|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}?)"
    rf"(?=,? [A-Z]{{2}}\b|, [A-Z]|[.,;]| (?:on|during|while|and|to|after|{'|'.join(MONTHS)})\b|$)"
)


def encounters(note: str) -> Iterator[Told]:
    """Every encounter that the note tells of with somebody named."""
    past = 0
    for cue in CUE.finditer(note):
        if cue.start() < past:
            continue
        end = CLAUSE_END.search(note, cue.end()).start()
        found = tuple(people(note, cue.end(), end))
        if not found:
            continue
        begin = max(note.rfind(". ", 0, cue.start()) + 2, note.rfind("; ", 0, cue.start()) + 2, 0)
        begin = begin if begin > 1 else 0
        lead = ACCOMPANIED.search(note, begin, cue.start())
        company = next(people(note, lead.end(), cue.start()), None) if lead else None
        yield Told(lead.start() if lead else cue.start(), end, found, company)
        past = end


def people(text: str, start: int, end: int) -> Iterator[Named]:
    """Those who are listed from an offset on. Groups ("senior officials") are passed over; what somebody did ends the list."""
    before = ""  # a title of its own, which the next one goes on: Crown Prince and Prime Minister
    shared = ""  # the title that a plural gives to all: Presidents Chirac and Putin
    for first, last in chunks(text, start, end):
        if DEED.match(text, first, last):
            return
        if known_title(text[first:last]):
            before = text[first:last]
            continue
        words = [match.span() for match in WORD.finditer(text, first, last)]
        shared = plural_of(text[first:last]) or shared
        found, rest = person(text, words, shared)
        if found:
            yield replace(found, role=f"{before} and {found.role}" if before else found.role)
            if rest:
                return
        before = ""


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for joint in JOINT.finditer(text, start, end):
        if text[start : joint.start()].strip():
            yield start, joint.start()
        start = joint.end()
    if text[start:end].strip():
        yield start, end


def person(text: str, words: list[tuple[int, int]], shared: str) -> tuple[Named | None, bool]:
    """Somebody at the beginning of these words, and whether something else follows."""
    begin = words[0][0]
    nation, body, taken = owner(text, words)
    words = words[taken:]
    taken = len(shared.split()) if plural_of(text[words[0][0] : words[-1][1]]) else title_length(text, words)
    role = (text[words[0][0] : words[taken - 1][1]] if taken else "") or shared
    role = shared if plural_of(text[words[0][0] : words[-1][1]]) else role
    named = name_length(text, words[taken:])
    rest = words[taken + named :]
    if not named or not (role or (named > 1 and nation)):
        return None, False
    start, end = words[taken][0], words[taken + named - 1][1]
    name = text[start:end].rstrip(",:").strip('“”"')
    if name.endswith(("’s", "'s", "’", "s'")):
        return None, False  # Mubarak's government
    if len(rest) > 1 and text[slice(*rest[0])] == "of":
        for n in range(len(rest), 1, -1):
            if found := countries.lookup(text[rest[1][0] : rest[n - 1][1]].rstrip(",")):
                nation, rest = found.key, rest[n:]
                break
    return Named(begin if taken or nation or body else start, end, name, role, nation, body), bool(rest)


def owner(text: str, words: list[tuple[int, int]]) -> tuple[str, str, int]:
    """Whose a post is, where a nationality or a body stands before it: country's key, body as written, words taken."""
    for n in (3, 2, 1):
        if len(words) > n:
            said = text[words[0][0] : words[n - 1][1]]
            if found := countries.lookup(said):
                return found.key, "", n
            if organisations.lookup(said):
                return "", said, n
    return "", "", 0


def title_length(text: str, words: list[tuple[int, int]]) -> int:
    """How many of the words are the longest title that opens them, with a word left for the name."""
    longest = range(min(len(words) - 1, LONGEST_TITLE), 0, -1)
    return next((n for n in longest if known_title(text[words[0][0] : words[n - 1][1]])), 0)


def name_length(text: str, words: list[tuple[int, int]]) -> int:
    """How many of the words are a name: capitalised, or particles between such; it ends with a comma."""
    count = 0
    for number, (start, end) in enumerate(words, start=1):
        if number > 1 and DAY.match(text, start):
            break
        plain = text[start:end].strip("“”\"',.").lower()
        if text[start].isupper() or plain.startswith(("al-", "el-", "ul-", "d’", "d'", "“")):
            count = number
        elif plain not in PARTICLES:
            break
        if text[end - 1] == ",":
            break
    return count


@cache
def known_title(text: str) -> bool:
    """Whether the words are a title and nothing else: no name stands at their end."""
    if not titles.lookup(text):
        return False
    joint = re.search(r" (?:of|for|to|in|at|on) (?:the )?", text)
    return joint is None or text.casefold() in lexicon() or text[joint.end() :].casefold() in fields()


@cache
def lexicon() -> frozenset[str]:
    return frozenset(title.text.casefold() for title in titles.all())


@cache
def fields() -> frozenset[str]:
    return frozenset(field.casefold() for field in titles.portfolios())


def plural_of(text: str) -> str:
    """``"President"`` of "Presidents Chirac", "Prime Minister" of "Prime Ministers Blair"; "" where there is none."""
    words = text.split()
    for n in (1, 2, 3):
        said = " ".join(words[:n])
        if len(words) > n and said.endswith("s") and not titles.lookup(said) and titles.lookup(said[:-1]):
            return said[:-1]
    return ""


def day_in(clause: str, first: date, last: date) -> date | None:
    """The day that a clause names, when it lies in the journey's time."""
    for month, number in DAY.findall(clause):
        for year in {first.year, last.year}:
            try:
                day = date(year, MONTHS.index(month) + 1, int(number))
            except ValueError:
                continue
            if first <= day <= last:
                return day
    return None
