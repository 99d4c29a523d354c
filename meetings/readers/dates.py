"""Dates as they are printed, to EDTF. Only what is written: a year that is not there is not supplied, and of "3/4/2012",
which is another day on either side of the Atlantic, nothing is read.
"""

from __future__ import annotations

import datetime
import re

MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
YEAR = r"(?:1[6-9]|20)\d\d"
DATE = re.compile(
    rf"(?<![\w/])(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}of)?\s{{0,3}}(?P<m1>{MONTH}),?\s{{0,3}}(?P<y1>{YEAR})"
    rf"|(?P<m2>{MONTH}),?\s{{1,3}}(?P<d2>\d{{1,2}})(?:(?:st|nd|rd|th)?,?\s{{1,3}}|/)(?P<y2>{YEAR})"
    rf"|(?P<y3>{YEAR})-(?P<m3>[01]\d)-(?P<d3>[0-3]\d)"
    rf"|(?P<d4>\d{{1,2}})\.(?P<m5>\d{{1,2}})\.(?P<y5>{YEAR})|(?P<y6>{YEAR})(?P<s6>[/.])(?P<m6>[01]\d)(?P=s6)(?P<d6>[0-3]\d)"
    rf"|(?P<d7>1[3-9]|2\d|3[01])(?P<s7>[/-])(?P<m7>\d{{1,2}})(?P=s7)(?P<y7>{YEAR})|(?P<m8>\d{{1,2}})/(?P<d8>1[3-9]|2\d|3[01])/(?P<y8>{YEAR})"
    rf"|(?P<m4>{MONTH}),?\s{{1,3}}(?P<y4>{YEAR})"
    rf")(?!\d)",
    re.IGNORECASE,
)
# Date-time group of military telegrams: day, hour, minute, zone, month, year (ACP 121).
DATE_TIME_GROUP = re.compile(r"\b([0-3]\d)([0-2]\d)([0-5]\d)([A-Z])\s{1,3}([A-Z]{3})[A-Z]{0,6}\s{1,3}(\d{4}|\d{2})\b")
PIVOT = 45  # a telegram's two-digit year: 45–99 is 1945–1999, 00–44 is 2000–2044


def month_number(name: str) -> int:
    return _MONTH_NUMBERS.get(name[:3].lower(), 0)


def iso(year: int, month: int, day: int | None = None) -> str | None:
    """EDTF of a day or a month that exists, else None."""
    try:
        return datetime.date(year, month, day).isoformat() if day else datetime.date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, EDTF)`` of every date with a year, in order."""
    found = []
    for match in DATE.finditer(text):
        part = {key[0]: value for key, value in match.groupdict().items() if value}
        month = int(part["m"]) if part["m"].isdigit() else month_number(part["m"])
        # "8-10 February 1966": of a stretch of days the month is what one date can say.
        is_range = bool(re.search(r"\d\s?[-–]\s?$", text[max(0, match.start() - 4) : match.start()])) and "d" in part
        day = int(part["d"]) if "d" in part and not is_range else None
        if date := iso(int(part["y"]), month, day):
            found.append((match.start(), match.end(), date))
    return found


def first_date(text: str) -> str | None:
    found = find_dates(text)
    return found[0][2] if found else None


def from_date_time_group(text: str) -> str | None:
    """``O 011312Z JUN 07`` → ``2007-06-01``."""
    for day, _, _, _, month, year in DATE_TIME_GROUP.findall(text):
        full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= PIVOT else 2000)
        if (number := month_number(month)) and (date := iso(full, number, int(day))):
            return date
    return None
