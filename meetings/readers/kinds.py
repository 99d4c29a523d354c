"""What kind of document a text is, from features of its layout and wording.

Every feature adds its weight to one kind; the highest sum wins, and below ``THRESHOLD`` the kind is OTHER. Weights mean:
3 a convention that no other kind has, 2 strong, 1 a hint. So two hints, or one strong feature, are needed.
"""

from __future__ import annotations

import re
from collections import Counter

from meetings.readers import archival, cable, dates, furniture, news, release
from meetings.readers.layout import blocks, is_prose, one_line
from meetings.readers.reading import RawText
from meetings.records import Kind

THRESHOLD = 2
HEAD_LINES = 60  # conventions stand at the head of a document
HEAD_BLOCKS = 12

CONVERSATION_TITLE = re.compile(
    r"\b(?:record|notes?|minutes?|memorandum|memoranda|extracts?|transcript)\b.{0,160}?\b(?:conversations?|discussions?|meetings?|talks?|interviews?|consultations?)\b",
    re.IGNORECASE,
)
TELEGRAM_TITLE = re.compile(r"^(?:\d{1,4}\.? )?(?:cable|savin|air|tele)gram[\s,]{1,2}(?=[A-Z\d])", re.IGNORECASE)
RELEASE_TITLE = re.compile(
    r"\breadouts?\b|[’']s (?:\w+ ){0,3}?(?:calls?|meetings?|visit|conversation|trip|phone call)\b|\b(?:phone )?calls? with\b|\bcourtesy call\b|\btelephone (?:call|conversation|talks?)\b|\b(?:meets?|meetings?)\b|\b(?:talks|conversation) with\b"
    r"|\bvisit (?:of|by)\b.{3,120}\bto\b|\btravels? to\b|\bto (?:host|meet|travel|visit)\b|\bbefore their meeting\b|\bjoint statement by\b|\bstatement by .{3,80}\bon .{3,80}\b(?:call|meeting|visit|travel|trip)\b",
    re.IGNORECASE,
)  # fmt: skip
COMMUNIQUE = re.compile(r"\b(?:joint statement(?! on)|declaration|communiqu[eé]|conclusions|summit)\b", re.IGNORECASE)
RELEASE_BODY = re.compile(
    r"\b(?:spoke|met|meets|speaks|hosted|convened|welcomed|received|held (?:a |talks |consultations )?)\b.{0,80}\b(?:today|with|yesterday|this (?:morning|afternoon|evening))\b"
    r"|\b(?:spoke (?:to|with|by)|received (?:a courtesy call|in audience)|paid a (?:courtesy )?(?:call|visit))\b"
    r"|\bhad (?:a|an) (?:telephone|phone|video)? ?(?:call|conversation|meeting)\b|\b(?:met|held)\b.{0,120}\b(?:at|in|on) [A-ZÉ\d]|\b(?:today|yesterday) (?:signed|met|spoke)\b",
    re.IGNORECASE,
)
OFFICIAL_SITE = re.compile(
    r"^https?://(?:[\w-]{1,60}\.){0,4}(?:gov|gob|gouv|govt|gc|mil|mfa|mofa|europa|int|kremlin|un)\.?(?:[a-z]{2,3})?(?:[/:]|$)"
)
TRANSCRIPT = re.compile(r"^(?:(?:THE |MR\. |MS\. |MRS\. )?[A-Z][A-Z.'’ -]{2,40}:\s|Q:?\s{1,3}\S|QUESTION:)")
PRESS_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-Za-zÀ-ÿ.,' ]{1,40}(?: \((?:Reuters|AP|AFP|Xinhua|Kyodo|TASS|UPI)\))?\s{0,2}(?:[—–]|--?\s|/[A-Z]{2,12}/)"
    r"|^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}(?:,[\w ., ]{2,40}?)?(?:\s\([\w. ]{2,20}\))?\s{1,2}(?:--?|[–—])\s"
    r"|^[A-ZÀ-Þ][\w.' ]{2,30}(?:,[\w ., ]{2,30}?)? \((?:[A-Z][A-Za-z]{1,15})\)(?:\.|\s?[-–—])"
)
SHOUTED_CITY = re.compile(r"^[A-ZÀ-Þ]{3,15}(?: [A-ZÀ-Þ]{3,15})?: [A-Z]")  # "NEW DELHI: The"
# The minute at which a page appeared (an editor of documents gives the hour with its half of the day), or who wrote it.
ON_A_PAGE = re.compile(r"\|\s|\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?\b(?!\s?[ap]\.)", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?\b|\b(?:yesterday|last night|tonight)\b"
)
LETTER = re.compile(r"^(?:my )?dear\b|\byours (?:sincerely|ever|faithfully)\b", re.IGNORECASE)
CITY_LINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}, [A-Z][\w ,.]{3,25}$")
SAID = re.compile(r"\b(?:said|told|added|according to|reported)\b", re.IGNORECASE)


def kind_of(raw: RawText) -> Kind:
    scores = score(raw)
    kind, best = max(scores.items(), key=lambda item: item[1], default=(Kind.OTHER, 0))
    return kind if best >= THRESHOLD else Kind.OTHER


def score(raw: RawText) -> Counter[Kind]:
    """Sum of the weights of the features found, per kind."""
    scores: Counter[Kind] = Counter()
    parts = blocks(raw.text[:40_000])
    head = [row.strip() for part in parts[:HEAD_LINES] for row in part.text.split("\n")][:HEAD_LINES]
    first = [one_line(part.text) for part in parts[:HEAD_BLOCKS]]
    _score_cable(scores, head, first)
    _score_memcon(scores, head, first, raw)
    _score_release(scores, parts, first, raw)
    _score_news(scores, parts, head, first, raw)
    return scores


def _score_cable(scores: Counter[Kind], head: list[str], first: list[str]) -> None:
    fields = {cable.field_of(row) for row in head}
    scores[Kind.CABLE] += 3 * any(cable.DE_LINE.match(row) for row in head)
    scores[Kind.CABLE] += 2 * ("date" in fields and bool(fields & {"origin", "addressee", "route"}))
    scores[Kind.CABLE] += 2 * any((found := cable.MESSAGE_LINE.match(row)) and found["number"] for row in head)
    scores[Kind.CABLE] += 1 * ("tags" in fields) + ("declassification" in fields) + any(row == "SIPDIS" for row in head)
    scores[Kind.CABLE] += 2 * any(cable.PAGE_MARK.match(row) for row in head)
    scores[Kind.CABLE] += 4 * any(len(row) < 200 and TELEGRAM_TITLE.match(row) for row in first[:4])


def _score_memcon(scores: Counter[Kind], head: list[str], first: list[str], raw: RawText) -> None:
    title = f"{raw.title} {next((row for row in first[:3] if len(row) > 10), '')}"
    title += " ".join(found[1] for row in head[:20] if (found := archival.field_of(row)) and found[0] == "subject")
    typed = any(
        re.fullmatch(
            r"(?:draft )?(?:(?:memorandum of )?telephone conversation|(?:memorandum|record|memoranda|note|minutes) (?:of|for) (?:the )?(?:\w+ )?(?:conversation|record|meeting|discussion|talks?))",
            row,
            re.IGNORECASE,
        )
        for row in head
    )
    fields = {found[0] for row in head if (found := archival.field_of(row))}
    scores[Kind.MEMCON] += 3 * typed
    scores[Kind.MEMCON] += 3 * bool(len(title) < 400 and CONVERSATION_TITLE.search(title))
    scores[Kind.MEMCON] += 2 * bool("participants" in fields)
    # A telegram that carries a memorandum of conversation is read as what it carries.
    scores[Kind.MEMCON] += 3 * bool(typed and "participants" in fields)


def _score_release(scores: Counter[Kind], parts: list, first: list[str], raw: RawText) -> None:
    rubric = any(release.RUBRIC.match(row) for row in first[:6])
    office = any(release.OFFICE.match(row) and not archival.NUMBERED_TITLE.match(row) for row in first[:6])
    title = raw.title or next(
        (
            row
            for row in first[:4]
            if len(row) > 15
            and not (release.RUBRIC.match(row) or release.is_date_line(row) or release.is_letterhead(row))
        ),
        "",
    )
    body = next((one_line(part.text) for part in parts if is_prose(part)), "")
    spoken = sum(bool(TRANSCRIPT.match(row)) for part in parts for row in part.text.split("\n", 1)[:1])
    tells = bool(RELEASE_TITLE.search(title[:300])) and not title.lower().startswith("remarks")
    if spoken >= 2 and not tells:
        return  # the transcript of a speech or a briefing
    met = bool(RELEASE_BODY.search(body[:400]))
    scores[Kind.READOUT] += 2 * bool(re.search(r"\breadout\b", title, re.IGNORECASE))
    # Without a rubric: a title that tells of a meeting, a line with the date, and a first sentence that tells it again.
    dated = any(release.is_date_line(row) for row in first[:5])
    scores[Kind.READOUT] += 3 * (dated and tells and met)
    scores[Kind.READOUT] += 2 * (dated and bool(COMMUNIQUE.search(title)))
    scores[Kind.READOUT] += (rubric or office or _is_official(raw)) and (2 * tells + 2 * met)
    scores[Kind.READOUT] += 3 * any(
        row.lower().startswith(("the below is attributable", "the following is attributable")) for row in first[:8]
    )


def _is_official(raw: RawText) -> bool:
    return bool(OFFICIAL_SITE.match(raw.source_url))


def _score_news(scores: Counter[Kind], parts: list, head: list[str], first: list[str], raw: RawText) -> None:
    lines = [one_line(part.text) for part in parts]
    prose = [line for part, line in zip(parts, lines, strict=True) if is_prose(part)]
    said = sum(bool(SAID.search(line)) for line in prose)
    scores[Kind.NEWS] += 2 * any(news.URL.match(row) for row in first[:2])
    # A page that names its site and day is an article, unless a government publishes it.
    scores[Kind.NEWS] += raw.web + bool(raw.web and raw.site and raw.date and not _is_official(raw))
    scores[Kind.NEWS] += 2 * bool(prose and PRESS_DATELINE.match(prose[0]))
    scores[Kind.NEWS] += 1 * any(furniture.is_caption(line) for line in lines)
    scores[Kind.NEWS] += 1 * any(furniture.is_furniture(line) for line in lines)
    scores[Kind.NEWS] += 1 * (len(prose) >= 4 and 3 * said >= len(prose))
    # Reporters name the weekday and leave the date to the page; letters and numbered minutes do not.
    told_by_weekday = any(WEEKDAY.search(line) for line in prose[:2]) and not any(LETTER.match(line) for line in lines)
    numbered = sum(bool(archival.NUMBER.match(line)) for line in lines)
    scores[Kind.NEWS] += 1 * (told_by_weekday and numbered < 2 and not archival.NUMBERED_TITLE.match(lines[0]))
    shouted = [line for line in lines if SHOUTED_CITY.match(line)]  # in a transcript the speakers are
    scores[Kind.NEWS] += 1 * (told_by_weekday and prose[:1] == shouted)
    scores[Kind.NEWS] += 3 * any(news.is_date_line(row) and ON_A_PAGE.search(row) for row in head[:8])
    scores[Kind.NEWS] += 2 * any(
        news.PUBLISHED.search(row) and dates.first_date(row) for row in (*head[:8], *lines[-4:]) if len(row) < 120
    )
    scores[Kind.NEWS] += 1 * any(CITY_LINE.match(row) for row in first[:5])
    scores[Kind.NEWS] += 1 * any(
        re.match(r"(?:by|from our) [A-Z]? [A-Z]\w+ [A-Z]", line, re.IGNORECASE) and len(line) < 80 for line in first[:5]
    )
