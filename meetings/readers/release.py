"""Readouts and other press releases of governments and international bodies: title, date, issuing office, text."""

from __future__ import annotations

import re

from meetings.readers import dates, furniture
from meetings.readers.layout import Span, blocks, continued, is_prose, is_rule, one_line, split_lines
from meetings.readers.reading import RawText, Reading
from meetings.records import Label, Passage

READER = "release/1"

RUBRIC = re.compile(
    r"^(?:briefing room|statements? and releases?|press (?:statement|release|note)|media (?:note|release|statement)|readout|news release|for immediate release"
    r"|speeches and remarks|notice to the press|communiqu[eé]|remarks)(?:\s*[|•/»>-]\s*.{1,60})?$",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"^(?:(?:the )?(?:white house|kremlin|10 downing street|prime minister.s office|élysée)|.{0,40}\b(?:office|bureau|ministry|department|embassy|mission|secretariat|service)\b.{0,60}"
    r"|.{2,60},? (?:department )?(?:spokes(?:person|man|woman)|press secretary))$",
    re.IGNORECASE,
)
# What stands above the title of a ministry's page, and names nothing but it.
LETTERHEAD = re.compile(
    r"(?:the )?(?:(?:royal |federal )?ministry|department|office|embassy|permanent mission|government) (?:of|for)\b.{3,70}",
    re.IGNORECASE,
)
# "From: Department of Trade and The Rt Hon Ann Reed MP"
FROM = re.compile(r"^from:\s+(?P<office>\S.{2,120}?)(?: and (?:the )?(?:rt\.? hon|.{2,40} MP)\b.*)?$", re.IGNORECASE)
ATTRIBUTION = re.compile(
    r"^the (?:below|following) is attributable to\b.{0,120}:?$|^the (?:text of the )?following statement (?:was|is)\b.{0,300}",
    re.IGNORECASE,
)
DATE_LINE_LENGTH = 60
MOST_OPENING = 14  # blocks before the running text
LINE_END = re.compile(r"\n")
# Which house uses which rubric: the release itself does not always name its issuer.
_ISSUERS = (
    (re.compile(r"^Briefing Room\b", re.IGNORECASE), "The White House"),
    (
        re.compile(r"^Office of the Spokes(?:person|man)|^.{2,40}, Department Spokesperson", re.IGNORECASE),
        "Department of State",
    ),
)


def is_release(raw: RawText) -> bool:
    """Whether a text carries a press office's rubric, whatever it tells."""
    return any(RUBRIC.match(one_line(block.text)) for block in blocks(raw.text[:5000])[:6])


def read(raw: RawText, name: str = "") -> Reading:
    parts = _unstacked(raw.text, blocks(raw.text, raw.furniture, raw.headings))
    opening = _opening_end(parts)
    passages: list[Passage] = []
    title, date, office = "", None, ""
    for block in parts[:opening]:
        line = one_line(block.text)
        if block.furniture or is_rule(line) or (furniture.is_furniture(line) and not OFFICE.match(line)):
            passages.append(block.passage(Label.CLUTTER))
        elif is_date_line(line):
            date = date or dates.first_date(line)
            passages.append(block.passage(Label.HEADER, field="date"))
        elif RUBRIC.match(line):
            office = office or _issuer(line)
            passages.append(block.passage(Label.HEADER, field="rubric"))
        elif ATTRIBUTION.match(line):
            passages.append(block.passage(Label.HEADER, field="attribution"))
        elif found := FROM.match(line):
            office = office or found["office"]
            passages.append(block.passage(Label.HEADER, field="origin"))
        elif (OFFICE.match(line) and title) or is_letterhead(line):
            office = _issuer(line) or office or line
            passages.append(block.passage(Label.HEADER, field="origin"))
        elif not title and not re.match(r"https?://", line):
            title = line
            passages.append(block.passage(Label.HEADING))
        else:
            passages.append(block.passage(Label.HEADER, field="source" if line.startswith("http") else ""))
    passages += _body(raw.text, parts[opening:])
    return Reading(
        passages=tuple(passages),
        title=raw.title or title,
        date=date or raw.date,
        origin=office or raw.site,
        source_url=raw.source_url or _url(parts),
        site=raw.site,
    )


def _unstacked(source: str, parts: list[Span]) -> list[Span]:
    """Rubric, office, place and date that stand below each other without an empty line, each a block of its own."""
    cut: list[Span] = []
    for n, block in enumerate(parts):
        stacked = [line.strip() for line in block.text.split("\n")]
        heads = n < MOST_OPENING and len(stacked) > 1 and not is_prose(block)
        if heads and any(RUBRIC.match(line) or is_date_line(line) for line in stacked):
            cut += split_lines(source, [block], LINE_END)
        else:
            cut.append(block)
    return cut


def _issuer(line: str) -> str:
    return next((issuer for pattern, issuer in _ISSUERS if pattern.match(line)), "")


def is_letterhead(line: str) -> bool:
    """Whether a line names an office alone: no headline tells of a meeting with so few words."""
    return bool(LETTERHEAD.fullmatch(line)) and not re.search(r"[.!?:]$|\b(?:meet|call|talk|visit|host)", line)


def is_date_line(line: str) -> bool:
    dated = len(line) < DATE_LINE_LENGTH and dates.first_date(line) is not None and not re.search(r"[.!?]$", line)
    return dated and not furniture.entitles(line)


def _url(parts: list[Span]) -> str:
    first = parts[0].text if parts else ""
    return first if re.fullmatch(r"https?://\S{4,2000}", first) else ""


def _opening_end(parts: list[Span]) -> int:
    """Index of the first block of running text."""
    lines = [one_line(block.text) for block in parts[:MOST_OPENING]]
    issued = next((i for i, line in enumerate(lines) if FROM.match(line)), -1)  # a standfirst may stand above that line
    for i, (block, line) in enumerate(zip(parts, lines, strict=False)):
        is_opening = (
            is_date_line(line)
            or RUBRIC.match(line)
            or OFFICE.match(line)
            or ATTRIBUTION.match(line)
            or furniture.is_furniture(line)
        )
        if i > max(issued, 0) and not is_opening and (is_prose(block) or len(line) > 250):
            return i
    return min(len(parts), MOST_OPENING) if not any(is_prose(block) for block in parts[:MOST_OPENING]) else 1


def _body(text: str, parts: list[Span]) -> list[Passage]:
    passages: list[Passage] = []
    last: Passage | None = None
    after = False
    tail = next((i for i, block in enumerate(parts) if i and furniture.opens_tail(one_line(block.text))), len(parts))
    for i, block in enumerate(parts):
        line = one_line(block.text)
        if block.furniture or i >= tail or is_rule(line) or line == "#" * len(line) or furniture.is_furniture(line):
            passages.append(block.passage(Label.CLUTTER))
            after = True
            continue
        if block.heading:
            last = block.passage(Label.HEADING)
        else:
            last = block.passage(continues=after and continued(last, text, block))
        passages.append(last)
        after = False
    return passages
