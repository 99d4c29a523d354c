"""Minutes of several sittings in one file: where each begins.

A sitting opens with a line that gives its number ("Summary Record of the 3rd Meeting", "SECOND SESSION"), the day and who was
present. Minutes that only mention another meeting's number have no such opening for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from meetings.readers import dates
from meetings.readers.layout import Span, lines, one_line

_ORDINAL = (
    r"(?:\d{1,4}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty)-\w{5,7}"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{3,6}teenth|\w{3,4}tieth)"
)
_SITTING = (
    r"(?:(?:plenary|regular|restricted|private|public|closed|special|council|cabinet) ){0,2}(?:meeting|session|sitting)"
)
OPENING = re.compile(
    rf"(?:(?:the )?(?:summary |verbatim |provisional |draft ){{0,2}}(?:records?|minutes) of (?:the )?)?"
    rf"(?P<number>{_ORDINAL} {_SITTING}|{_SITTING} no\.? ?\d{{1,4}})\b(?P<rest>.{{0,160}})",
    re.IGNORECASE,
)
# What may follow the number on its line: nothing, or when and where it was held.
HELD = re.compile(r"[\s,:;.–—-]*(?:$|\(|(?:was )?held\b|(?:on|at|of)\b|\w+day\b|\d)", re.IGNORECASE)
PRESENT = re.compile(
    r"\W*(?:present|participants?|attendance|attended by|members present|those present)\b\s*(?::|$)", re.IGNORECASE
)
HEAD = 12  # lines below the opening within which the day and the list must begin
MOST = 500  # sittings of a file
ABOVE = 3  # lines above the opening that may belong to it: the body's name, a classification


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Each sitting's name and its text, in order; nothing where the text is not of two sittings or more.

    What stands above the first one, a title of the whole, goes with it.
    """
    rows = lines(text)
    openings: list[tuple[int, str]] = []
    for n, row in enumerate(rows):
        found = OPENING.fullmatch(row.text) if len(row.text) < 250 else None
        if not found or not HELD.match(found["rest"]):
            continue
        below = rows[n : n + HEAD]
        listed = any(PRESENT.match(line.text) for line in below)
        if listed and dates.find_dates("\n".join(line.text for line in below)):
            openings.append((n, one_line(found["number"])))
    names = [name.casefold() for _, name in openings]
    if not 2 <= len(names) <= MOST or len(set(names)) < len(names):
        return
    repeated = _heading(rows, [n for n, _ in openings])
    starts = [0, *(rows[n - repeated].start for n, _ in openings[1:]), len(text)]
    for (start, end), (_, name) in zip(pairwise(starts), openings, strict=True):
        yield name.title() if name.isupper() else name, text[start:end].strip("\n")


def _heading(rows: list[Span], openings: list[int]) -> int:
    """How many lines above each opening are the same, and so belong to it."""
    above = [list(reversed(rows[max(n - ABOVE, 0) : n])) for n in openings]  # upwards
    same = takewhile(
        lambda lines: len({line.text for line in lines}) == 1 and not lines[0].ends_sentence, zip(*above, strict=False)
    )
    return len(list(same))
