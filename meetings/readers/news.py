"""Press articles saved from the web as text: the article told apart from menus, captions and other headlines."""

from __future__ import annotations

import datetime
import re
from urllib.parse import unquote

from meetings.readers import dates, dating, furniture
from meetings.readers.layout import Span, blocks, continued, is_prose, is_rule, one_line
from meetings.readers.reading import RawText, Reading
from meetings.records import Label, Passage

READER = "news/1"

URL = re.compile(r"^https?://\S{4,2000}$")
# 2022/07/21, 2022-07-28, 2022/jul/28, 2017-03/21, 20220728, at least 2022/07, as a part of the address's path.
URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:[/-]?(?P<month>\d\d)[/-]?(?P<day>\d\d)|[/-](?P<month1>\d{1,2}|[a-z]{3})[/-](?P<day1>\d{1,2})|[/-](?P<month2>[01]\d))(?=[/_.-]|$)",
    re.IGNORECASE,
)
# Milliseconds since 1970 at the end of an address that numbers its pages so, two digits of the house's own before them or none.
URL_CLOCK = re.compile(r"[/-]\d{0,2}?(1\d{12})(?:\.\w{3,5})?(?=$|[?#])")
# "CAIRO - 24 July 2022:", "MOSCOW, March 5, 2014 (AP) —", "Published: May 12, 2015", "Updated 12 May 2015"
DATELINE_START = re.compile(r"^[A-ZÀ-Þ][\w .,'/()-]{0,50}[,(–—-]\s{0,2}$")
DATELINE_END = re.compile(r"\s{0,2}(?:[:)–—-]|\([\w/ ]{2,20}\))")
BYLINE = re.compile(
    r"^(?:by [A-Z]|(?:published|posted|created|updated|last (?:updated|modified)|first published|issued|date)\b)",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"(?:^|[|·•–-]\s|\b(?:reporter|correspondent|staff|desk|agency)\s)(?:published|posted|created|updated|update|last (?:updated|modified)|first published|date)\b",
    re.IGNORECASE,
)
DATE_LINE = 60  # characters of a line that holds nothing but a date and a place
# What may stand beside the date of an article's line of publication: the weekday, the hour and its zone, where and by whom.
BESIDE_DATE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|published|posted|created|updated?|last|modified|on|at|in|by|the|\d{1,2}[:.]\d\d(?::\d\d)?|am|pm|a\.m|p\.m|[A-Z]{2,4}T|UTC|hours?|hrs|source|editor)\b",
    re.IGNORECASE,
)
NAMES_BESIDE = 5  # words that are left: a place, an agency, the reporter
COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright)\D{0,20}((?:19|20)\d\d)\b(?!\s?[-–])", re.IGNORECASE)
# Day, hour and minute, month and year at which an agency sent it: "KUNA 091456 May 19".
SENT = re.compile(rf"\b(?P<day>[0-3]\d)[0-2]\d[0-5]\d\s(?:GMT\s)?(?P<month>{dates.MONTH})\s(?P<year>\d\d)(?!\d)")
# "ALEXANDRIA, Egypt, May 4 - ": the day of a dateline that leaves the year to the page.
DATELINE_DAY = re.compile(
    rf"^[A-ZÀ-Þ][\w .,'/()-]{{0,40}},\s+(?:(?P<month>{dates.MONTH})\s+(?P<day>\d{{1,2}})|(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month1>{dates.MONTH}))(?=\s{{0,2}}(?:[:)–—-]|\([\w/ ]{{2,20}}\)))"
)


def read(raw: RawText, name: str = "") -> Reading:
    text = raw.text
    parts = blocks(text, raw.furniture, raw.headings, alone=_stands_alone)
    labels = _labels(parts)
    passages: list[Passage] = []
    last: Passage | None = None
    after = False
    for block, (label, field) in zip(parts, labels, strict=True):
        if label is Label.BODY:
            last = block.passage(continues=after and continued(last, text, block))
            passages.append(last)
        else:
            passages.append(block.passage(label, field=field))
        after = label in (Label.CLUTTER, Label.CAPTION)
    url = raw.source_url or next((block.text for block in parts[:3] if URL.match(block.text)), "")
    title = next(
        (one_line(block.text) for block, (_, field) in zip(parts, labels, strict=True) if field == "title"), ""
    )
    return Reading(
        passages=tuple(passages),
        title=raw.title or title or _title_in(url),
        date=_date(parts, labels, url) or raw.date or dating.infer(
            [one_line(block.text) for block, (label, _) in zip(parts, labels, strict=True) if label is Label.BODY],
            [one_line(block.text) for block, (label, _) in zip(parts, labels, strict=True) if label is Label.CAPTION],
        ),
        source_url=url,
        site=raw.site,
    )  # fmt: skip


def _stands_alone(line: str) -> bool:
    return furniture.is_furniture(line) or bool(URL.match(line)) or is_date_line(line)


def is_date_line(line: str) -> bool:
    """Whether a line says when the article appeared, and nothing else: "Monday, October 24th 2016 - 19:30 UTC"."""
    found = dates.find_dates(line) if len(line) < 120 and not re.search(r"[.!?]$", line) else []
    if not found or PUBLISHED.match(line):
        return bool(found)
    rest = line
    for start, end, _ in reversed(found):
        rest = f"{rest[:start]} {rest[end:]}"
    words = re.findall(r"[^\W\d_]{2,}", BESIDE_DATE.sub(" ", rest))
    return len(words) <= NAMES_BESIDE and all(word[0].isupper() for word in words)


def _labels(parts: list[Span]) -> list[tuple[Label, str]]:
    """A label and a header field for every block."""
    prose = [i for i, block in enumerate(parts) if is_prose(block) and not _outside(block)]
    first, last = (prose[0], prose[-1]) if prose else (len(parts), len(parts))
    tail = _tail(parts, prose, last)
    labels: list[tuple[Label, str]] = []
    for i, block in enumerate(parts):
        line = one_line(block.text)
        if i >= tail or block.furniture or is_rule(line):
            labels.append((Label.CLUTTER, ""))
        elif URL.match(line):
            labels.append((Label.HEADER, "source"))
        elif furniture.is_caption(line):
            labels.append((Label.CAPTION, ""))
        elif furniture.is_furniture(line):
            labels.append((Label.CLUTTER, ""))
        elif i < first:
            labels.append(_before_text(block, labels))
        elif is_date_line(line):
            labels.append((Label.HEADER, "date"))
        elif block.heading:
            labels.append((Label.HEADING, ""))
        elif i > last and not block.ends_sentence and len(line) < 100:
            labels.append((Label.CLUTTER, ""))
        elif i <= last and _is_heading(block, parts[i + 1 : i + 2]):
            labels.append((Label.HEADING, ""))
        else:
            labels.append((Label.BODY, ""))
    return labels


def _outside(block: Span) -> bool:
    line = one_line(block.text)
    return block.furniture or furniture.is_furniture(line) or furniture.is_caption(line)


def _tail(parts: list[Span], prose: list[int], last: int) -> int:
    """Index from which on nothing belongs to the article: a furniture heading with at least half of the prose before it."""
    total = len(prose)
    before = 0
    for i, block in enumerate(parts):
        if i in prose[before : before + 1]:
            before += 1
        if (
            2 * before >= total
            and total
            and furniture.opens_tail(one_line(block.text))
            and (before < total or i > last)
        ):
            return i
    return len(parts)


def _before_text(block: Span, labels: list[tuple[Label, str]]) -> tuple[Label, str]:
    """Above the first paragraph stand menus, the headline, a standfirst and the byline."""
    line = one_line(block.text)
    has_title = any(field == "title" for _, field in labels)
    dated = dates.first_date(line) and len(line) < DATE_LINE and not block.ends_sentence
    if BYLINE.match(line) or (dated and not furniture.entitles(line)):
        return Label.HEADER, "date" if dates.first_date(line) else "byline"
    if block.heading or (not has_title and _is_headline(line)):
        return Label.HEADING, "" if has_title else "title"
    if block.ends_sentence and len(line.split()) >= 5:
        return Label.BODY, ""
    return (Label.HEADING, "") if has_title and len(line.split()) >= 5 else (Label.CLUTTER, "")


def _is_headline(line: str) -> bool:
    """A headline has a few words and begins with a capital; a rubric such as "foreign relations" has not."""
    return len(line.split()) >= 4 and line[:1].isalnum() and not line[:1].islower() and len(line) < 250


def _is_heading(block: Span, following: list[Span]) -> bool:
    line = block.text
    return bool(following) and "\n" not in line and len(line) < 80 and not block.ends_sentence and line[:1].isupper()


def _title_in(url: str) -> str:
    """The headline as the address spells it, for a page saved without one: the longest part of the path that is made of words."""
    parts = [re.sub(r"\.\w{2,5}$", "", part) for part in unquote(url.split("?")[0]).split("/")[3:]]
    words = max(([word for word in re.split(r"[-_]", part) if word] for part in parts), key=len, default=[])
    words = [word for word in words if not re.fullmatch(r"\d{5,}|[0-9a-f]{12,}", word)]
    return f"{words[0][0].upper()}{words[0][1:]} {' '.join(words[1:])}" if len(words) >= 4 else ""


def _date(parts: list[Span], labels: list[tuple[Label, str]], url: str) -> str | None:
    """From a line "Published …", the dateline, an agency's line below the text, the address's path, a line above the text, the
    only one below its beginning, or the dateline's day in the year of the copyright; in that order.
    """
    lines = [(one_line(block.text), label, field) for block, (label, field) in zip(parts, labels, strict=True)]
    for line, label, _ in lines[:40] + lines[40:][-8:]:
        if (
            label is not Label.CLUTTER
            and PUBLISHED.search(line)
            and len(line) < 120
            and (date := dates.first_date(line))
        ):
            return date
    n = next((n for n, (_, label, _) in enumerate(lines) if label is Label.BODY), len(lines))
    body = lines[n][0] if n < len(lines) else ""
    for start, end, date in dates.find_dates(body[:100])[:1]:
        if DATELINE_START.match(body[:start]) and DATELINE_END.match(body[end : end + 30]):
            return date
    if date := next(filter(None, (_sent(line, body) for line, _, _ in lines[-4:])), None):
        return date
    if date := _in_address(url):
        return date
    told = [
        dates.first_date(line) if label is Label.HEADER and field == "date" else None for line, label, field in lines
    ]
    below = {date for date in told[n:] if date}
    return next(filter(None, told[:n]), None) or (below.pop() if len(below) == 1 else _in_copyright_year(body, lines))


def _in_address(url: str) -> str | None:
    if found := URL_DATE.search(url):
        part = {key.rstrip("12"): value for key, value in found.groupdict().items() if value}
        month = int(part["month"]) if part["month"].isdigit() else dates.month_number(part["month"])
        return dates.iso(int(part["year"]), month, int(part["day"]) if "day" in part else None)
    if found := URL_CLOCK.search(url):
        day = datetime.datetime.fromtimestamp(int(found[1]) / 1000, datetime.UTC).date()
        return day.isoformat() if day <= datetime.datetime.now(datetime.UTC).date() else None  # another number
    return None


def _sent(line: str, body: str) -> str | None:
    """The day of an agency's line below its report, if the dateline above it is of the same day."""
    sent, dateline = SENT.search(line), DATELINE_DAY.match(body[:100])
    if sent is None or dateline is None or int(sent["day"]) != int(dateline["day"] or dateline["day1"]):
        return None
    year = int(sent["year"])
    return dates.iso(
        year + (1900 if year >= dates.PIVOT else 2000), dates.month_number(sent["month"]), int(sent["day"])
    )


def _in_copyright_year(body: str, lines: list[tuple[str, Label, str]]) -> str | None:
    day = DATELINE_DAY.match(body[:100])
    years = {found[1] for line, _, _ in lines if (found := COPYRIGHT.match(line))}
    if day is None or len(years) != 1:
        return None
    return dates.iso(
        int(years.pop()), dates.month_number(day["month"] or day["month1"]), int(day["day"] or day["day1"])
    )
