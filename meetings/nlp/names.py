"""One document's names of persons: which forms are one person, and how to write the name. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from anyascii import anyascii

PARTICLES = frozenset("al el bin ibn ben abu de da del della di do dos du la le van von der den ter te y e st".split())
SUFFIXES = frozenset("jr sr ii iii iv".split())
SON_OF = frozenset("bin ibn".split())  # before the name of somebody's father
# Ways to write one sound: "ä" as "ae", and what romanisations of Cyrillic and Arabic vary in.
SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("yo", "e"), ("ye", "e"), ("kh", "h"), ("dj", "j"), ("ph", "f"), ("iy", "i"), ("y", "i"), ("w", "v"))  # fmt: skip
LEAST_SPELT = 5  # letters of a word that may be written in two ways


def tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name, without suffixes: "Joseph R. Biden, Jr." → joseph, r, biden."""
    folded = re.sub(r"[^a-z' ]+", " ", anyascii(name).lower().replace("’", "'")).replace("'", "")
    return tuple(word for word in folded.split() if word not in SUFFIXES)


def tidy(name: str) -> str:
    """As one writes it: without possessive and line break, upper-case names in title case ("MARTIN", "McEWEN")."""
    name = (
        re.sub(r"\s+", " ", name).strip(" ,.;:'’\"“”()")
        if not re.search(r"\b(?:Jr|Sr)\.$", name)
        else " ".join(name.split())
    )
    name = re.sub(r"['’]s$", "", name)
    words = [
        _word(word) if (len(word) > 2 and word.isupper()) or re.match(r"Ma?c[A-Z]{2}", word) else word
        for word in name.split()
    ]
    return " ".join(words)


def _word(word: str) -> str:
    if "." in word:
        return word
    word = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"^(Mc)([a-z])", lambda m: m[1] + m[2].upper(), word)


@lru_cache(maxsize=5000)
def spelt(word: str) -> str:
    """A word as all its spellings have it: "paetru" and "patru", "sergei" and "sergey"."""
    if len(word) < LEAST_SPELT:
        return word
    for form, plain in SPELLINGS:
        word = word.replace(form, plain)
    return re.sub(r"(.)\1+", r"\1", word)


def part_of(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether ``short`` can be a shorter form of ``long``: its words in order among the other's, initials allowed.

    Something longer than an initial must agree, and it must be the last or the first word of the longer name.
    """
    at, strong = 0, False
    for word in short:
        while at < len(long):
            other = long[at]
            at += 1
            if spelt(word) == spelt(other) or ((len(word) == 1 or len(other) == 1) and word[0] == other[0]):
                strong = strong or (len(word) > 1 and len(other) > 1)
                break
        else:
            return False
    fathers = len(short) == 1 and len(long) > 1 and short[0] == long[-1] and long[-2] in SON_OF
    mothers = len(long) == len(short) + 1 > 2 and len(long[-1]) > 2  # "Raul Castro" of "Raul Castro Ruz"
    houses = len(short) > 2 and short[-2] in SON_OF  # "Salim bin Rashid" of "Salim bin Rashid Al Mansur"
    return (
        strong
        and not fathers
        and (
            spelt(short[-1]) == spelt(long[-1])
            or (len(short) == 1 and short[0] not in PARTICLES)
            or (
                (mothers or houses)
                and all(spelt(word) == spelt(other) for word, other in zip(short, long, strict=False))
            )
        )
    )


def same(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one document may mean one person by both: a shorter form, or another spelling of the given name."""
    if part_of(short, long):
        return True
    given, other = short[0], long[0]
    return (
        len(short) > 1
        and len(long) > 1
        and spelt(short[-1]) == spelt(long[-1])
        and given[:2] == other[:2]
        and (len(given) < 4 or len(other) < 4 or given[:4] == other[:4])
    )


class Registry:
    """Groups the names of a document; each lookup touches only names that share a word.

    A surname alone is short for none of the names that stand ``apart``.
    """

    def __init__(self, names: Iterable[str], apart: Iterable[str] = ()) -> None:
        self._apart = {tokens(name) for name in apart}
        self.groups: list[str] = []  # a group's longest name
        self._forms: dict[tuple[str, ...], list[int]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        distinct = {tokens(name): name for name in names if tokens(name)}
        for form in sorted(distinct, key=lambda form: (-len(form), sum(len(word) == 1 for word in form), form)):
            self._forms[form] = self._place(form, distinct[form])

    def _place(self, form: tuple[str, ...], name: str) -> list[int]:
        candidates = dict.fromkeys(group for word in form if len(word) > 1 for group in self._by_word[spelt(word)])
        fitting = [group for group in candidates if same(form, tokens(self.groups[group]))]
        if len(form) == 1:
            fitting = [group for group in fitting if tokens(self.groups[group]) not in self._apart]
        surname = [group for group in fitting if spelt(tokens(self.groups[group])[-1]) == spelt(form[-1])]
        if len(form) > 1 and len(fitting) != 1:
            fitting = []
        if fitting:
            return surname or fitting
        self.groups.append(tidy(name))
        group = len(self.groups) - 1
        for word in set(map(spelt, form)):
            self._by_word[word].append(group)
        return [group]

    def candidates(self, name: str) -> list[int]:
        """The groups that a name as written may mean: one, or several when a surname is shared."""
        return self._forms.get(tokens(name), [])
