"""What a date expression of a text means, given the day on which the text was written.

Pure functions on strings. Results are EDTF: a day, a month, a year, or a day with the last day of a range.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
WEEKS = {"last": -1, "this": 0, "next": 1}
SEASONS = {"spring", "summer", "autumn", "fall", "winter"}
NUMBERS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}

# "First" to "thirty-first", the longer before the shorter that they end in.
SPELT = {
    f"{tens}{unit}": number + more
    for tens, more in (("thirty-", 30), ("twenty-", 20), ("", 0))
    for number, unit in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
    if number + more <= 31 and (not more or number < 10)
} | {"thirtieth": 30}

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|['’]\d\d)\b"
_TO = r"\s*(?:-|–|—|to|until|through|and|or|&|/)\s*(?:the\s+)?"
_DAY2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?\b"
_MORE = r"(?:\s*(?:,|-|–|—|to|and|/)\s*\d{1,2}(?:st|nd|rd|th)?\b)*?"  # days between the first and the last
_MONTH2 = _MONTH.replace("<month>", "<month2>")
_WEEKDAY = r"\b(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b"

# In order: the first that matches wins. Month and day without a year come after those with one.
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>1[5-9]\d\d|20\d\d)[-/](?P<monthnum>[01]\d)(?:[-/](?P<day>[0-3]\d))?\b",
        r"\b(?P<day>\d{1,2})\.(?P<monthnum>\d{1,2})\.(?P<year>\d{4}|\d\d)\b",
        rf"\b{_MONTH}\s*{_DAY}{_TO}{_MONTH2}\s*{_DAY2}(?:,?\s*{_YEAR})?",
        rf"\b{_DAY}\s*(?:of\s+)?{_MONTH}{_TO}{_DAY2}\s*(?:of\s+)?{_MONTH2}(?:,?\s*{_YEAR})?",
        rf"\b{_MONTH}\s*{_DAY}{_MORE}{_TO}{_DAY2},?\s*{_YEAR}",
        rf"\b{_MONTH}\s*{_DAY},?\s*(?:of\s+)?{_YEAR}",
        rf"\b{_DAY}{_MORE}{_TO}{_DAY2}\s*(?:of\s+)?{_MONTH},?\s*{_YEAR}",
        rf"\b{_DAY}\s*[-\s]\s*(?:of\s+)?{_MONTH}[-,]?\s*{_YEAR}",
        rf"\b{_MONTH}\s*,?\s*(?:of\s+)?{_YEAR}",
        rf"\b{_MONTH}\s*{_DAY}{_TO}{_DAY2}(?!\s*(?:{'|'.join(MONTHS)}))",
        rf"\b{_MONTH}\s*{_DAY}(?!\s*(?:percent|million|billion|,\d))",
        rf"\b{_DAY}{_MORE}{_TO}{_DAY2}\s*(?:of\s+)?{_MONTH}",
        rf"\b{_DAY}\s*(?:of\s+)?{_MONTH}",
        r"\b(?P<monthnum>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d\d)\b",
        r"\b(?P<monthnum>\d{1,2})/(?P<day>\d{1,2})\b",
        rf"\b(?P<relative>this|last|next)\s+(?:{_MONTH})",
        rf"\b(?:(?P<early>early|mid|late)[-\s]+)?{_MONTH}(?!\w)",
    )
)
YEAR_ALONE = re.compile(r"^\D*\b(?P<year>1[5-9]\d\d|20\d\d)\b\D*$")
WEEKDAY = re.compile(
    rf"\b(?:(?P<relative>last|this|next|coming|past)\s+)?{_WEEKDAY}\.?(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
    re.IGNORECASE,
)
# "June the 3rd", "the third of June".
THE_DAY = re.compile(rf"\b{_MONTH}\s+the\s+(?=\d)", re.IGNORECASE)
SPELT_DAY = re.compile(rf"\b(?P<spelt>{'|'.join(SPELT)})(?=\s+of\s+{_MONTH})", re.IGNORECASE)
# "The 24th", "24th inst."; "24th ult." is last month's.
ORDINAL = re.compile(
    r"\b(?:the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)|(?P<of_month>\d{1,2})(?:st|nd|rd|th)?(?=\s+(?:inst|ult)))\b(?P<last>\s+ult)?",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?P<count>\d{1,2}|[a-z]+)\s+(?P<unit>day|night|week|fortnight|month|year)s?\s+(?P<way>ago|earlier|later)\b",
    re.IGNORECASE,
)
# "In two weeks": of what is to come; of what is past it says how long something was.
WITHIN = re.compile(r"\b(?:with)?in\s+(?P<count>\d{1,2}|[a-z]+)\s+(?P<unit>day|week|month)s?\b", re.IGNORECASE)
RELATIVE = re.compile(
    r"\b(?P<relative>last|this|next|past|current|previous|coming|(?:end|beginning|start|middle) of the)\s+(?P<unit>week|month|year|"
    + "|".join(SEASONS)
    + r")\b",
    re.IGNORECASE,
)
WEEKEND = re.compile(r"\b(?P<relative>last|this|next|past|coming|(?:at|over|during) the) weekend\b", re.IGNORECASE)
# "October last year", "in March this year": the year of a month that is named without one.
OF_YEAR = re.compile(r"\b(?P<which>this|last|next|the same)\s+year\b", re.IGNORECASE)
DAYS = (
    (re.compile(r"\bday before yesterday\b", re.IGNORECASE), -2),
    (re.compile(r"\bday after tomorrow\b", re.IGNORECASE), 2),
    (
        re.compile(
            r"\b(?:yesterday|last (?:night|evening)|the (?:previous|preceding) (?:day|evening))\b", re.IGNORECASE
        ),
        -1,
    ),
    (
        re.compile(
            r"\b(?:today|tonight|(?:this|to-?) ?(?:day|morning|afternoon|evening|night)|earlier today|the same day)\b",
            re.IGNORECASE,
        ),
        0,
    ),
    (re.compile(r"\b(?:tomorrow|the (?:next|following) day)\b", re.IGNORECASE), 1),
)
# What means the day told before, or one counted from it: "the same day", "the next morning", "two days later".
FROM_BEFORE = re.compile(
    r"\b(?:(?P<same>(?:(?:the|that) )?same (?:day|morning|afternoon|evening|night)|that (?:day|morning|afternoon|evening|night))"
    r"|(?:the )?(?P<next>next|following) (?:day|morning|afternoon|evening)|the day (?P<after>after)"
    r"|(?:the )?(?P<previous>previous|preceding) (?:day|evening|afternoon|morning)|the (?:day|evening) (?P<before>before)"
    r"|(?P<count>\d{1,2}|a|two|three|four|five|six|seven) days? (?P<way>later|earlier|before))\b",
    re.IGNORECASE,
)
DURATION = re.compile(
    r"\b(?P<count>\d{1,3}(?:\.\d)?|a quarter of an|three[ -]quarters of an|an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|ninety|half an)"
    r"(?P<half> and a half)?[\s-]+(?P<unit>hour|minute|min|hr)s?\b(?P<tail> and a half)?(?! (?:ago|later|before|after|earlier|from|away|drive|flight))",
    re.IGNORECASE,
)
# Before or after which a length of time is that of the meeting, and not of a flight or an ultimatum.
LASTING = re.compile(
    r"\b(?:last(?:ed|ing|s)|for|took|of|spent|talked|spoke|met|the|a|an|their|his|her|in)\s+(?:(?:about|nearly|almost|over|more than|less than|some|around|roughly|approximately|just|only|under)\s+)*$",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"(?P<first>\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?\s?m\b\.?|\s*(?:hours|hrs))?)\s*(?:-|–|—|to|until)\s*(?P<last>\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\b\.?|hours|hrs))",
    re.IGNORECASE,
)
FRACTIONS = {"a": 1, "an": 1, "half an": 0.5, "a quarter of an": 0.25, "three quarters of an": 0.75}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "ninety": 90}
LONGEST = 12 * 60  # minutes of one meeting
TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>a\.?\s?m\b|p\.?\s?m\b)\.?|\b(?P<hour24>[01]?\d|2[0-3])[:.]?(?P<minute24>[0-5]\d)\s*(?:hours|hrs|local)\b|\b(?P<noon>noon|midnight)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A resolved date. ``sure`` is False where the text leaves the year or the week to the reader."""

    date: str
    end: str | None = None
    sure: bool = True


GONE_BY = re.compile(r"\b(?:last|previous|past|earlier)\b", re.IGNORECASE)  # no day to come


def resolve(text: str, anchor: str | None, future: bool = False) -> When | None:
    """What ``text`` means in a document of the EDTF date ``anchor``; None when it cannot be told.

    Without ``future`` a date that lacks its year, or a weekday, is the last one on or before the anchor's day, except that
    a day up to two weeks ahead stays in the anchor's year. Never raises.
    """
    try:
        return _resolve(text, anchor, future and not GONE_BY.search(text))
    except (OverflowError, ValueError):  # a day before the year 1 or after 9999
        return None


def _resolve(text: str, anchor: str | None, future: bool) -> When | None:
    text = THE_DAY.sub(r"\g<month> ", SPELT_DAY.sub(lambda found: str(SPELT[found["spelt"].lower()]), text))
    base = day_of(anchor)
    year = base.year if base else (int(anchor[:4]) if anchor and re.match(r"\d{4}", anchor) else None)
    for form in FORMS:
        if found := form.search(text):
            return _calendar(found, base, year, future)
    if base:
        for form, shift in DAYS:
            if form.search(text):
                return When((base + timedelta(days=shift)).isoformat())
        if found := WEEKDAY.search(text):
            return _weekday(found, base, future)
        if found := AGO.search(text):
            return _counted_from(found, base, 1 if found["way"].lower() == "later" else -1)
        if future and (found := WITHIN.search(text)):
            return _counted_from(found, base, 1)
        if found := ORDINAL.search(text):
            return _ordinal(int(found["day"] or found["of_month"]), base, future, bool(found["last"]))
        if found := WEEKEND.search(text):
            return _weekend(found["relative"].lower(), base, future)
        if found := RELATIVE.search(text):
            return _period(found["relative"].lower(), found["unit"].lower(), base)
    if found := YEAR_ALONE.search(text):
        return When(found["year"])
    return None


def counted(text: str, before: date | None) -> When | None:
    """What "the same day", "the next morning" or "two days later" means after a text that told the day ``before``."""
    found = FROM_BEFORE.search(text)
    if not found or before is None:
        return None
    shift = 0
    if found["next"] or found["after"]:
        shift = 1
    elif found["previous"] or found["before"]:
        shift = -1
    elif found["count"]:
        word = found["count"].lower()
        shift = (int(word) if word.isdigit() else {"a": 1, **NUMBERS}[word]) * (
            1 if found["way"].lower() == "later" else -1
        )
    try:
        return When((before + timedelta(days=shift)).isoformat(), sure=False)
    except OverflowError:
        return None


def day_of(edtf: str | None) -> date | None:
    """The day that an EDTF date names, or None when it names none."""
    try:
        return date.fromisoformat(edtf or "")
    except ValueError:
        return None


def duration_of(text: str) -> int | None:
    """The minutes that a text says something lasted: "for four hours", "90-minute talks", "9:55 p.m. to 11:25 p.m."."""
    if span := SPAN.search(text):
        first, last = time_of(_first_of(span)), time_of(span["last"])
        if first and last:
            minutes = (_minutes(last) - _minutes(first)) % (24 * 60)
            return minutes if 0 < minutes <= LONGEST else None
    for found in DURATION.finditer(text):
        if not LASTING.search(text, max(0, found.start() - 40), found.start()):
            continue
        word = found["count"].lower()
        count = {**FRACTIONS, **TENS, **NUMBERS}.get(word.replace("-", " "))
        count = float(word) if count is None else count
        count += 0.5 if found["half"] or found["tail"] else 0
        minutes = round(count * (60 if found["unit"].lower().startswith("h") else 1))
        if 0 < minutes <= LONGEST:
            return minutes
    return None


def _first_of(span: re.Match[str]) -> str:
    """The beginning of a span of time with the half of the day that its end gives: "2:00 p.m." of "2:00–4:30 p.m."."""
    unit = re.compile(r"[ap]\.?\s?m\b|hours|hrs", re.IGNORECASE)
    return span["first"] if unit.search(span["first"]) else f"{span['first']} {unit.search(span['last'])[0]}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def time_of(text: str) -> str | None:
    """The time of day, ``HH:MM``, that a text names; of a span of time its beginning."""
    span = SPAN.search(text)
    found = TIME.search(_first_of(span) if span else text)
    if not found:
        return None
    if found["noon"]:
        return "12:00" if found["noon"].lower() == "noon" else "00:00"
    if found["hour24"]:
        return f"{int(found['hour24']):02}:{found['minute24']}"
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    return f"{hour:02}:{minute:02}"


def _calendar(found: re.Match[str], base: date | None, year: int | None, future: bool) -> When | None:
    parts = found.groupdict()
    month = int(parts["monthnum"]) if parts.get("monthnum") else MONTHS[parts["month"].lower()]
    day, last = (int(parts[key]) if parts.get(key) else None for key in ("day", "day2"))
    if parts.get("monthnum") and month > 12:
        month, day = day or 0, month  # 23/7 is the European order
    if not 1 <= month <= 12:
        return None
    told = parts.get("year")
    if told:
        chosen = int(told) if len(told) == 4 else _century(int(told[-2:]), year)
    elif year is None:
        return None
    elif named := OF_YEAR.search(found.string):
        chosen = year + {"last": -1, "next": 1}.get(named["which"].lower(), 0)
    else:
        chosen = _nearest_year(month, day or 1, base, year, future, parts.get("relative"))
    first = _edtf(chosen, month, day)
    until = MONTHS[parts["month2"].lower()] if parts.get("month2") else month
    ranging = last and day and (last > day or until != month) and " or " not in found[0]  # of "5 or 6" the first
    end = _edtf(chosen + (until < month), until, last) if ranging else None
    return When(first, end, sure=bool(told)) if first else None


def _century(short: int, year: int | None) -> int:
    century = (year or 2000) // 100 * 100
    return min((century + short, century - 100 + short), key=lambda y: abs(y - (year or 2000)))


def _nearest_year(month: int, day: int, base: date | None, year: int, future: bool, relative: str | None) -> int:
    if base is None or (relative or "").lower() == "this":
        return year
    ahead = (date(year, month, min(day, monthrange(year, month)[1])) - base).days
    if future or (relative or "").lower() == "next":
        return year + 1 if ahead < -60 else year
    return year - 1 if ahead > 14 else year


def _edtf(year: int, month: int, day: int | None) -> str | None:
    try:
        text = date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return text if day else text[:7]


def _weekday(found: re.Match[str], base: date, future: bool) -> When:
    wanted = WEEKDAYS[found["weekday"].lower()]
    relative = (found["relative"] or "").lower()
    if week := found["week"]:
        monday = base - timedelta(days=base.weekday())
        return When((monday + timedelta(days=wanted + 7 * WEEKS[week.lower()])).isoformat(), sure=False)
    if future or relative in {"next", "coming"}:
        ahead = (wanted - base.weekday()) % 7
        return When((base + timedelta(days=ahead or 7)).isoformat(), sure=False)
    back = (base.weekday() - wanted) % 7
    if relative in {"last", "past"} and back == 0:
        back = 7
    return When((base - timedelta(days=back)).isoformat(), sure=False)


def _counted_from(found: re.Match[str], base: date, sign: int) -> When | None:
    word = found["count"].lower()
    count = int(word) if word.isdigit() else {"a": 1, "an": 1, **NUMBERS}.get(word)
    if count is None:
        return _some_ago(found, base) if sign < 0 and word in {"some", "several", "few"} else None
    unit = found["unit"].lower()
    if unit in {"day", "night"}:
        return When((base + sign * timedelta(days=count)).isoformat(), sure=False)
    if unit in {"week", "fortnight"}:
        weeks = count if unit == "week" else 2 * count
        return When((base + sign * timedelta(weeks=weeks)).isoformat()[:7], sure=False)
    return _shifted(base, sign * count, unit)


def _some_ago(found: re.Match[str], base: date) -> When | None:
    """The month or the year that "several weeks ago" is sure to lie in: two to six of the unit."""
    if found["unit"].lower() == "year":
        return None
    days = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30}[found["unit"].lower()]
    first, last = (base - timedelta(days=count * days) for count in (6, 2))
    if first.year != last.year:
        return None
    return When(last.isoformat()[: 7 if first.month == last.month else 4], sure=False)


def _ordinal(day: int, base: date, future: bool, ultimo: bool) -> When | None:
    month = base.year * 12 + base.month - 1
    if ultimo or (day > base.day and not future):
        month -= 1
    elif day < base.day and future:
        month += 1
    value = _edtf(month // 12, month % 12 + 1, day)
    return When(value, sure=False) if value else None


def _period(relative: str, unit: str, base: date) -> When | None:
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(relative, 0)
    if unit == "week":
        return When((base + timedelta(weeks=step)).isoformat()[:7], sure=False)
    if unit in SEASONS:
        return _shifted(base, step, "year")
    return _shifted(base, step, unit)


def _weekend(relative: str, base: date, future: bool) -> When:
    """The Saturday and Sunday before the day, or with ``future`` after it."""
    ahead = (5 - base.weekday()) % 7 or 7
    saturday = base + timedelta(days=ahead if future or relative in {"next", "coming"} else ahead - 7)
    return When(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat(), sure=False)


def _shifted(base: date, step: int, unit: str) -> When | None:
    month = base.year * 12 + base.month - 1 + (step if unit == "month" else 12 * step)
    year = month // 12
    if not 1 <= year <= 9999:
        return None
    return When(f"{year:04}-{month % 12 + 1:02}" if unit == "month" else f"{year:04}", sure=False)
