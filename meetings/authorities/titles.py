"""Posts and titles: what sort of post a form of words names, whether its holder speaks for a government, whose it is.

Built from a lexicon of whole titles plus the ways in which titles are made: modifiers ("Deputy", "former"),
complements ("Ambassador to France") and portfolios ("Agriculture Minister").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from .tables import toml

LONGEST = 200  # characters; no title is longer, and modifiers are taken off one by one


@dataclass(frozen=True, slots=True)
class Title:
    """A title as written. ``rank`` 1 leads a delegation, 10 says nothing about it; shorthand is ``exact`` in case."""

    text: str
    name: str  # in full: "Foreign Minister" for FM; otherwise the text
    branch: str
    rank: int
    government: bool  # its holder speaks for a government or a body of the state
    country: str = ""  # when the title says whose it is: "Taoiseach"
    exact: bool = False
    deputy: bool = False
    past: bool = False


@cache
def all() -> tuple[Title, ...]:
    """Every title of the lexicon, shorthand included: what a matcher is built from."""
    return tuple(
        Title(text, name, group["branch"], group["rank"], group["government"], whose.get(name, ""), exact)
        for whose in (_lexicon()["countries"],)
        for group in _lexicon()["groups"]
        for text, name, exact in (
            *((text, text, False) for text in group["titles"]),
            *((text, name, True) for text, name in group.get("shorthand", {}).items()),
        )
    )


def lookup(text: str) -> Title | None:
    """What sort of post this is, or None. A nationality before the title is the caller's to take off.

    >>> lookup("Deputy Minister of Agriculture").branch
    'minister'
    """
    text = " ".join(text.replace("’", "'").split())
    return _lookup(text) if len(text) <= LONGEST else None


def modifiers() -> dict[str, tuple[str, ...]]:
    """Words that change a title: ``deputy``, ``standing`` (acting, special, …), ``past`` (former), ``suffixes``."""
    return {kind: tuple(words) for kind, words in _lexicon()["modifiers"].items()}


def appositions() -> tuple[frozenset[str], frozenset[str]]:
    """Words that stand before a name like a post, and those that go before them: "official" and "senior"."""
    words = _lexicon()["appositions"]
    return frozenset(words["heads"]), frozenset(words["kinds"])


def portfolios() -> tuple[str, ...]:
    """Fields of government: the Y of "Minister of Y" and "Y Minister"."""
    return tuple(_lexicon()["portfolios"]["names"])


@cache
def _lexicon() -> dict:
    return toml("titles.toml")


@cache
def _index() -> tuple[dict[str, Title], dict[str, Title]]:
    """Titles by their text in exactly this case, and by their text in any."""
    exact = {title.text: title for title in reversed(all()) if title.exact}
    folded = {title.text.casefold(): title for title in reversed(all()) if not title.exact}
    return exact, folded


@cache
def _modifier_pattern(kind: str) -> re.Pattern[str]:
    words = sorted(modifiers()[kind], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in words)})(?:\s+|(?<=-))(?=\S)", re.IGNORECASE)


def _lookup(text: str) -> Title | None:
    """The longest title that opens the text; "Secretary of State for" is another post than "Secretary of State"."""
    if found := _without_complement(text):
        return found
    folded = _index()[1]
    for joint in reversed(list(_JOINT.finditer(text))):
        found = folded.get(text[: joint.end()].casefold()) or _without_complement(text[: joint.start()].rstrip(","))
        if found:
            return replace(found, text=text)
    return None


def _without_complement(text: str) -> Title | None:
    exact, folded = _index()
    if found := exact.get(text) or folded.get(text.casefold()):
        return replace(found, text=text)
    for kind in ("past", "deputy", "standing"):
        modifier = _modifier_pattern(kind).match(text)
        if modifier and (inner := _without_complement(text[modifier.end() :])):
            marks = {} if kind == "standing" else {kind: True}
            return replace(inner, text=text, rank=min(inner.rank + (kind == "deputy"), 10), **marks)
    portfolio, _, last = text.rpartition(" ")
    if portfolio.casefold() in _portfolios_folded() and (head := folded.get(last.casefold())):
        return replace(head, text=text, name=text)
    return None


_JOINT = re.compile(r" (?:of|for|to|in|at|on)(?= \S)")


@cache
def _portfolios_folded() -> frozenset[str]:
    return frozenset(name.casefold() for name in portfolios())
