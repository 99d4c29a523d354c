"""A passage found again in another reading of its text, by the quote and what stood around it (W3C text quote selectors). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz

CONTEXT = 60  # characters kept on each side of a quote
SURE = 40  # characters of a quote that is taken for itself wherever it stands; a shorter one needs its surroundings
ALIKE = 50  # rapidfuzz ratio, of 100, from which surroundings are the same ones
NEARLY = 90  # the same for a quote that no longer stands there letter by letter
SHORTEST = 20  # characters of a quote that is looked for otherwise than letter by letter
MOST = 500  # occurrences that are compared


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage: ``start`` is where it stood, in characters; ``field`` what it is evidence of, "" for all that it supports."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    field: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int, field: str = "") -> Selector:
        around = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return cls(text[start:end], *around, start, field)

    def as_json(self) -> dict:
        return asdict(self)

    def find(self, text: str) -> tuple[int, int] | None:
        """Start and end in a text; None where it is not, or could be anywhere."""
        if not self.quote.strip():
            return None
        if text[self.start : self.start + len(self.quote)] == self.quote and self.alike(text, self.start) >= ALIKE:
            return self.start, self.start + len(self.quote)
        places = list(occurrences(text, self.quote)) or list(nearly(text, self.quote))
        if not places:
            return None
        best = max(places, key=lambda place: (self.alike(text, *place), -abs(place[0] - self.start)))
        return best if len(self.quote) >= SURE or self.alike(text, *best) >= ALIKE else None

    def alike(self, text: str, start: int, end: int | None = None) -> float:
        """How much what stands around a place is what stood around the quote, of 100."""
        end = start + len(self.quote) if end is None else end
        around = text[max(0, start - len(self.prefix)) : start], text[end : end + len(self.suffix)]
        ratios = [
            fuzz.ratio(" ".join(was.split()), " ".join(now.split()))
            for was, now in zip((self.prefix, self.suffix), around, strict=True)
            if was.strip()
        ]
        return sum(ratios) / len(ratios) if ratios else 100


def occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where the words of a quote stand, with whatever white space between them."""
    words = re.compile(r"\s+".join(map(re.escape, quote.split())))
    for found, _ in zip(words.finditer(text), range(MOST), strict=False):
        yield found.span()


def nearly(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands in nearly the same letters."""
    if len(quote) < SHORTEST or len(text) < len(quote):
        return
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=NEARLY)
    if found:
        yield found.dest_start, found.dest_end
