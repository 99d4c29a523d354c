"""Dates a text that does not say its date, from what it does say: never without two things that agree.

Three sorts of constraint are collected. A caption's date is a lower bound (a picture is taken before it is printed, "file
photo" or not). A distance to a holiday of fixed date ("three days after … Victory Day") gives a day of some year. A weekday
that the text names for its news ("met on Tuesday") must fit the day. The first day from the lower bound on that satisfies all
of them dates the document; if one sort is missing or they disagree, there is no date.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from meetings.readers import dates

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# Holidays that fall on one day every year, whatever the place: month, day. Where countries differ (Europe's Victory Day on
# 8 May, Independence Days) the name alone says nothing and stays out, unless the custom of a country is spelled out.
HOLIDAYS = {
    "New Year's Day": (1, 1), "Orthodox Christmas": (1, 7), "Holocaust Remembrance Day": (1, 27), "Valentine's Day": (2, 14),
    "International Women's Day": (3, 8), "St. Patrick's Day": (3, 17), "Nowruz": (3, 21), "May Day": (5, 1),
    "Europe Day": (5, 9), "Victory Day": (5, 9), "Canada Day": (7, 1), "Bastille Day": (7, 14), "Armistice Day": (11, 11),
    "Remembrance Day": (11, 11), "Veterans Day": (11, 11), "Human Rights Day": (12, 10), "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25), "Boxing Day": (12, 26), "New Year's Eve": (12, 31),
}  # fmt: skip
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "a": 1,
}
_HOLIDAY = "|".join(re.escape(name) for name in HOLIDAYS)
_DISTANCE = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) (?P<unit>days?|weeks?) (?P<side>after|before)\b(?P<between>(?:[^.!?;]|(?<=[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.){{0,200}}?)\b(?P<holiday>{_HOLIDAY})\b"
    rf"|\b(?P<next>the day) (?P<side2>after|before) (?P<holiday2>{_HOLIDAY})\b"
)
_NEWS_DAY = re.compile(
    rf"\b(?:on |late |early )?({'|'.join(WEEKDAYS)})(?:'s|’s)?\b(?! (?:in |of )?(?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_SHIFTED = re.compile(r"\b(?:last|next|previous|following|this coming|every|each)\s$", re.IGNORECASE)
HORIZON = 60  # days after a caption's date within which the news must lie: older pictures bound nothing useful


@dataclass(frozen=True, slots=True)
class Inference:
    """A date with what it rests on, each as found in the text."""

    date: str  # EDTF
    evidence: tuple[str, ...]


def infer(body: list[str], captions: list[str]) -> str | None:
    found = explain(body, captions)
    return found.date if found else None


def explain(body: list[str], captions: list[str]) -> Inference | None:
    """The document's date from paragraphs and captions, or None where the constraints are too few or disagree."""
    bound = _lower_bound(captions)
    if bound is None:
        return None
    earliest, caption = bound
    weekdays = _news_weekdays(body)
    candidates = {
        (day, phrase)
        for paragraph in body
        for phrase, month, number, shift in _holiday_distances(paragraph)
        if (day := _first_on_or_after(earliest, month, number, shift)) and (day - earliest).days <= HORIZON
    }
    days = {day for day, _ in candidates}
    if len(days) == 1:
        day = days.pop()
        weekday = WEEKDAYS[day.weekday()]
        if weekday in weekdays:
            return Inference(day.isoformat(), (caption, min(phrase for _, phrase in candidates), weekday))
    # A picture of the news itself names its weekday together with the date.
    weekday = WEEKDAYS[earliest.weekday()]
    if not days and weekday in weekdays and weekday in caption and "file" not in caption.lower():
        return Inference(earliest.isoformat(), (caption, weekday))
    return None


def _lower_bound(captions: list[str]) -> tuple[datetime.date, str] | None:
    """The latest day that a caption names."""
    days = [
        (datetime.date.fromisoformat(date), caption)
        for caption in captions
        for _, _, date in dates.find_dates(caption)
        if len(date) == 10
    ]
    return max(days, default=None)


def _news_weekdays(body: list[str]) -> set[str]:
    return {
        match[1]
        for paragraph in body
        for match in _NEWS_DAY.finditer(paragraph)
        if not _SHIFTED.search(paragraph[max(0, match.start() - 15) : match.start(1)])
    }


def _holiday_distances(paragraph: str) -> list[tuple[str, int, int, int]]:
    """``(phrase, month, day, days after)`` of each distance to a holiday."""
    found = []
    for match in _DISTANCE.finditer(paragraph):
        month, day = HOLIDAYS[match["holiday"] or match["holiday2"]]
        count = 1 if match["next"] else _COUNTS.get(match["count"]) or int(match["count"])
        shift = count * (7 if (match["unit"] or "").startswith("week") else 1)
        found.append((match[0], month, day, shift if (match["side"] or match["side2"]) == "after" else -shift))
    return found


def _first_on_or_after(earliest: datetime.date, month: int, day: int, shift: int) -> datetime.date | None:
    for year in (earliest.year - 1, earliest.year, earliest.year + 1):
        try:
            candidate = datetime.date(year, month, day) + datetime.timedelta(days=shift)
        except (ValueError, OverflowError):
            continue
        if candidate >= earliest:
            return candidate
    return None
