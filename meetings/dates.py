"""EDTF dates: their earliest and latest day, and how they read on a page."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from edtf import parse_edtf, struct_time_to_date

MONTHS = "January February March April May June July August September October November December".split()


@lru_cache(maxsize=65536)
def bounds(text: str) -> tuple[date, date]:
    """The first and the last day that an EDTF date covers: ``2014-01`` → 2014-01-01, 2014-01-31.

    Raises ValueError when the text is no EDTF date, or has no beginning or end.
    """
    if plain := _PLAIN.fullmatch(text):
        try:
            return _plain_bounds(*(int(part) if part else None for part in plain.groups()))
        except ValueError as error:
            raise ValueError(f"There is no {text} in the calendar.") from error
    try:
        parsed = parse_edtf(text)
        lower, upper = struct_time_to_date(parsed.lower_strict()), struct_time_to_date(parsed.upper_strict())
    except Exception as error:  # the parser raises errors of many kinds on bad input
        raise ValueError(
            f"“{text}” is not a date. Write 2007-05-29, 2007-05 or 2007; 2015-05~ for about, 1956? for perhaps, "
            "2007-07-01/2007-07-02 from one day to another."
        ) from error
    if lower > upper:
        raise ValueError(f"“{text}” ends before it begins.")
    return lower, upper


_PLAIN = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
)  # the parser takes a millisecond, and most dates are as simple as this


def _plain_bounds(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    last_month = 12 if month is None else month
    return first, first if day is not None else date(year, last_month, monthrange(year, last_month)[1])


def span(first: str | None, last: str | None) -> str:
    """One EDTF text of a date and, where told, the day it ended; "" for no date."""
    if not first:
        return ""
    return f"{first}/{last}" if last and last != first else first


def overlap(a: str, b: str) -> bool:
    """Whether two EDTF dates may mean the same day. An empty one may mean any."""
    if not a or not b:
        return True
    (a1, a2), (b1, b2) = bounds(a), bounds(b)
    return a1 <= b2 and b1 <= a2


@lru_cache(maxsize=65536)
def in_words(text: str) -> str:
    """An EDTF date as a person writes it: "29 May 2007", "about May 2015", "1–2 July 2007", "perhaps 1956"; "" stays "".

    Forms that have no everyday wording are given as they are.
    """
    if "/" in text:
        first, _, last = text.partition("/")
        if first in {"", ".."}:
            return f"until {in_words(last)}"
        if last in {"", ".."}:
            return f"since {in_words(first)}"
        a, b = in_words(first).split(), in_words(last).split()
        shared = 0
        while shared < min(len(a), len(b)) - 1 and a[-1 - shared] == b[-1 - shared]:
            shared += 1
        head = " ".join(a[: len(a) - shared])
        return f"{head}–{' '.join(b)}" if " " not in head and shared == 2 else f"{head} – {' '.join(b)}"
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)", text)
    if match:
        year, month, day, mark = match.groups()
        words = [str(int(day))] if day else []
        if month and 1 <= int(month) <= 12:
            words.append(MONTHS[int(month) - 1])
        words.append(year)
        return {"?": "perhaps ", "~": "about ", "%": "perhaps about "}.get(mark, "") + " ".join(words)
    if match := re.fullmatch(r"(\d{3})X", text):
        return f"{match[1]}0s"
    return text
