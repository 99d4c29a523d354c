"""Press articles saved from the web as text: the article told apart from menus, captions and other headlines."""

from __future__ import annotations

import re
from urllib.parse import unquote

from meetings.readers import dates, dating, furniture
from meetings.readers.layout import Span, blocks, continued, is_prose, is_rule, one_line
from meetings.readers.reading import RawText, Reading
from meetings.records import Label, Passage

READER = "news/1"

URL = re.compile(r"^https?://\S{4,2000}$")
# 2022/07/21, 2022-07-28 as a part of the address's path.
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)")
# "CAIRO - 24 July 2022:", "MOSCOW, March 5, 2014 (AP) —", "Published: May 12, 2015", "Updated 12 May 2015"
DATELINE_START = re.compile(r"^[A-ZÀ-Þ][\w .,'/()-]{0,50}[,(–—-]\s{0,2}$")
DATELINE_END = re.compile(r"\s{0,2}(?:[:)–—-]|\([\w/ ]{2,20}\))")
BYLINE = re.compile(
    r"^(?:by [A-Z]|(?:published|posted|updated|last (?:updated|modified)|first published|issued|date)\b)", re.IGNORECASE
)
PUBLISHED = re.compile(r"^(?:published|posted|updated|last (?:updated|modified)|first published|date)\b", re.IGNORECASE)
DATE_LINE = 60  # characters of a line that holds nothing but a date and a place


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
    return furniture.is_furniture(line) or bool(URL.match(line))


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
    if BYLINE.match(line) or (dates.first_date(line) and len(line) < DATE_LINE and not block.ends_sentence):
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
    """From a line "Published …", the dateline, the address's path, or a byline; in that order."""
    lines = [(one_line(block.text), label, field) for block, (label, field) in zip(parts, labels, strict=True)]
    for line, label, _ in lines[:40]:
        if (
            label is not Label.CLUTTER
            and PUBLISHED.match(line)
            and len(line) < 120
            and (date := dates.first_date(line))
        ):
            return date
    body = next((line for line, label, _ in lines if label is Label.BODY), "")
    for start, end, date in dates.find_dates(body[:100])[:1]:
        if DATELINE_START.match(body[:start]) and DATELINE_END.match(body[end : end + 30]):
            return date
    if found := URL_DATE.search(url):
        return dates.iso(*(int(part) for part in found.groups()))
    return next(
        (dates.first_date(line) for line, label, field in lines if label is Label.HEADER and field == "date"), None
    )
