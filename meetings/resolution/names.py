"""Forms of a name that compare: folded text, tokens, trigrams. Pure functions."""

from __future__ import annotations

import re

from anyascii import anyascii
from rapidfuzz.distance import DamerauLevenshtein

# Common ways of writing one sound, brought to one letter group after transliteration, so that
# Lavrov, Lawrow and Лавров, or Youssouf and Yusuf, share a form.
_SOUNDS = (
    (r"tch|tsch|cz", "ch"), (r"sch|sz", "sh"), (r"kh", "h"), (r"ph", "f"), (r"ts|tz", "c"), (r"ck|q", "k"), (r"w", "v"), (r"ou|oo", "u"),
    (r"ee", "i"), (r"j|y(?=[aeiou])|iy|yi|y", "i"), (r"x", "ks"), (r"ii+", "i"), (r"ff+", "f"), (r"([bcdfghklmnprstvz])\1", r"\1"),
)  # fmt: skip
_SOUNDS = tuple((re.compile(pattern), plain) for pattern, plain in _SOUNDS)

# Words that stand beside a name and are not part of it.
HONORIFICS = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor hon rt h e excellency his her majesty king queen prince princess sheikh sheik emir "
    "president prime minister foreign secretary senator sen congressman rep representative ambassador amb chancellor general gen admiral adm "
    "colonel col marshal comrade pope deputy vice chairman".split()
)

SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


def fold(text: str) -> str:
    """Lower-case ASCII words with single spaces: ``"Jean-Yves Le  Drian"`` → ``"jean yves le drian"``, ``"Лавров"`` → ``"lavrov"``."""
    text = anyascii(text).lower().replace("'", "").replace("`", "")
    return " ".join(re.findall(r"[a-z0-9]+", text))


def tokens(name: str) -> list[str]:
    """The folded words of a name without honorifics, titles, Jr and the like; all words when nothing else is left."""
    words = fold(name).split()
    return [word for word in words if word not in HONORIFICS and word not in SUFFIXES] or words


def whole(words: list[str]) -> list[str]:
    """Those that are more than an initial."""
    return [word for word in words if len(word) > 1]


def sounded(token: str) -> str:
    """A folded word with its spelling variants brought together: ``"lawrow"`` and ``"lavrov"`` → ``"lavrov"``."""
    for pattern, plain in _SOUNDS:
        token = pattern.sub(plain, token)
    return token


def trigrams(text: str) -> list[str]:
    """The distinct three-letter pieces of each folded word, its edges marked, sorted: what the candidate index holds."""
    pieces: set[str] = set()
    for word in fold(text).split():
        padded = f"  {sounded(word)} "
        pieces.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return sorted(pieces)


def same_name(one: str, other: str) -> bool:
    """Whether two names may mean one person: the shorter one's words all occur in the longer one, in any order.

    Words agree when they sound alike after transliteration, differ by a typing slip (Damerau-Levenshtein similarity of at least .85 on words of five
    letters and more), or one is the other's initial. At least one whole word must agree, and an initial never stands for a
    word when both names then keep a whole word that the other lacks (Richard Burr, Richard B. Cheney).
    """
    short, long = sorted((tokens(one), tokens(other)), key=len)
    left = list(long)
    for word in short:
        match = next((candidate for candidate in left if alike(word, candidate)), None)
        if match is None:
            return False
        left.remove(match)
    ours, theirs = unshared(short, long), unshared(long, short)
    return len(ours) < len(whole(short)) and not (ours and theirs)


def unshared(words: list[str], others: list[str]) -> list[str]:
    """The whole words that agree with no whole word of another name."""
    others = whole(others)
    return [word for word in whole(words) if not any(alike(word, other) for other in others)]


def alike(one: str, other: str) -> bool:
    """Whether two folded words of names agree."""
    if one == other or sounded(one) == sounded(other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return min(len(one), len(other)) >= 5 and DamerauLevenshtein.normalized_similarity(one, other) >= 0.85
