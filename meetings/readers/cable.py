"""Telegrams between a foreign ministry and its posts, as sent (traffic header) and as reprinted on the web.

The header's conventions are those of 5 FAH-2 (Telecommunications Handbook): routing lines, precedence and date-time group,
FM/TO/INFO, classification with section count and message number, handling captions, E.O., TAGS, SUBJECT, REF; then numbered
paragraphs, each with a section mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from meetings.authorities import posts
from meetings.readers import archival, classification, dates, furniture
from meetings.readers.layout import Span, continued, is_prose, is_rule, join, lines, one_line, split_lines, titled
from meetings.readers.reading import RawText, Reading
from meetings.records import Label, Passage

READER = "cable/1"

PAGE_MARK = re.compile(r"\b([A-Z][A-Z .'-]{2,24}) (0\d{7})\s{1,3}\d{3}(?:\.\d{1,2})? OF \d{3}\b")
DE_LINE = re.compile(r"^DE (R[UH][A-Z]{2,6}) #?\s?(\d{1,6})(?:/\d{1,2})?(?:\s{1,3}(\d{7}))?")
FROM_LINE = re.compile(r"^(?:FM|From:)\s{1,20}(.{3,60})$")
# The Department's SMART system (since 2009) labels its lines: "MRN: 15 ATHENS 412", "Date/DTG: Apr 12, 2015 / 121940Z APR 15"
MRN_LINE = re.compile(r"^MRN:\s{1,20}(?P<year>\d\d) (?P<post>[A-Z][A-Z .'-]{1,30}) (?P<number>\d{1,8})$")
# "UNCLAS SECTION 01 OF 02 MADRID 004026", "C O N F I D E N T I A L MOSCOW 002590", "UNCLASSIFIED TEHRAN 5055"
MESSAGE_LINE = re.compile(
    r"^(?P<level>(?:UNCLAS(?:SIFIED)?|(?:TOP )?SECRET|CONFIDENTIAL|LIMITED OFFICIAL USE|LIMOFFUSE"
    r"|C O N F I D E N T I A L|(?:T O P {1,3})?S E C R E T|U N C L A S S I F I E D)"
    r"(?:\s{0,3}//?\s{0,3}(?:FOR OFFICIAL USE ONLY|[A-Z]{2,12}(?:/[A-Z]{2,12}){0,3}))?)"
    r"(?:\s{1,4}SECTION \d{1,2} OF \d{1,2})?(?:\s{1,4}(?P<post>[A-Z][A-Z .'-]{1,30}?)\s{1,4}(?P<number>\d{1,8}))?\s*$"
)
FIELDS = (
    ("route", re.compile(r"^(?:VZCZC\w{0,12}|ZNR |ZNY |[ZOPRBM]{2} R[UH][A-Z]{2,6}\b|(?:R[UH][A-Z]{2,6}[ ]?){1,14}$|BT$)")),
    ("route", DE_LINE),
    ("date", re.compile(r"^(?:[ZOPRYW] {1,3}){0,3}[0-3]\d[0-2]\d[0-5]\d[A-Z] {1,3}[A-Z]{3}[A-Z]{0,6} {1,3}\d{2,4}\b")),
    ("date", re.compile(rf"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d? {dates.MONTH} \d{{4}}", re.IGNORECASE)),
    ("date", re.compile(r"^Date/DTG:")),
    ("route", MRN_LINE),
    ("origin", FROM_LINE),
    ("addressee", re.compile(r"^(?:Action|Info):\s")),
    ("addressee", re.compile(r"^(?:(?:TO|INFO|ZEN|XMT) \S|R[UH][A-Z]{2,6}/)")),
    ("classification", MESSAGE_LINE),
    ("classification", re.compile(r"^(?:SENSITIVE(?: BUT UNCLASSIFIED)?\.?|NOFORN|SBU|NOT FOR INTERNET DISTRIBUTION|(?:FOR|LIMITED) OFFICIAL USE(?: ONLY)?)$", re.IGNORECASE)),
    ("caption", re.compile(r"^(?:SIPDIS|EXDIS|NODIS|LIMDIS|STADIS|CODEL|C O R R E C T E D|CORRECTED COPY)\b", re.IGNORECASE)),
    ("declassification", re.compile(r"^E\. ?O\.:? {0,20}\d{5}\b|^EO \d{5}\b|^CLASSIFIED BY\b|^DERIVED FROM\b|^DECL:|^REASONS?:", re.IGNORECASE)),
    ("tags", re.compile(r"^TAGS?\b\s{0,3}:?\s", re.IGNORECASE)),
    ("subject", re.compile(r"^(?:SUBJECT|SUBJ)\s{0,3}:", re.IGNORECASE)),
    ("reference", re.compile(r"^REFS?\b\s{0,3}[:.(]|^REFTEL", re.IGNORECASE)),
)  # fmt: skip
# Header fields that some reprints run together on one line.
# Of telegrams as the State Department's archive prints them: the level again at the foot and head of each page, the page line, the end mark.
PAGE_BANNER = re.compile(
    r"(?:PAGE \d\d\s{1,20}[A-Z][A-Z .'-]{1,24}\s\d{4,8}\b.{0,40}|UNCLASSIFIED|LIMITED OFFICIAL USE|CONFIDENTIAL|(?:TOP )?SECRET|NNNN?)\s*$"
)
INNER_FIELD = re.compile(rf"{PAGE_MARK.pattern}|(?<= )E\.O\. \d{{5}}|(?<= )REFS?: |(?<= OF \d\d\d )")
NUMBERED = re.compile(r"^(\d{1,3})\.\s{0,4}(?:\(([A-Z]{1,4}(?:\s?[/-]{1,2}\s?[A-Z]{1,8}){0,3})\))?\s{0,4}(?=\S|$)")
SUMMARY = re.compile(r"^(?:BEGIN )?(?:SUMMARY|INTRODUCTION|COMMENT|ACTION REQUEST)\b", re.IGNORECASE)
SIGNATURE = re.compile(r"^(?:[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,2}|[A-Z][a-z]{2,20})$")
TRAILING_SIGNATURE = re.compile(r"(?<=[.!?\"”)] )[A-Z]{3,20}$")
ITEM_ENDS = re.compile(r"\S;\s")
REDACTED = re.compile(r"X{6,}")
REFERENCE = re.compile(r"\b((?:19|20)?\d{2} )?([A-Z][A-Z']{2,}(?: [A-Z]{2,}){0,2}) (\d{1,8})\b")
PREFIX = re.compile(r"^(?:Cablegate|Viewing cable \w+,)\s{0,2}:?\s{1,2}", re.IGNORECASE)
# "9. (U) Participants:", "PARTICIPANTS", "U.S. participants in the meeting were:", "The following attended:": a list of people,
# one a line, stands below.
PARTICIPANTS = re.compile(
    r"(?:\d{1,3}\.\s{0,4})?(?:\([A-Z/]{1,6}\)\s{0,4})?"
    r"(?:(?:[\w.]+ ){0,3}(?:participants?(?: list)?|participation|attendees|attendance)|those (?:present|attending)|(?:also )?present"
    r"|(?:the )?(?:following|meeting) (?:\w+ )?(?:attended|participated|took part|were present))"
    r"(?: (?:in|at|on|of|for|from|during) (?:the|this|that|both|these) [a-z -]{1,40}?)?(?: were| was| are| included| include| follows?)?\s*(?::|$)",
    re.IGNORECASE,
)
# "U.S.: Ann Reed; Bo Lund;": whose people stand on a line of a list; those of lines below it that name no side are theirs too.
SIDE = re.compile(r"[A-Z][\w. '()-]{1,40}:\s")
_TRAFFIC = {"route", "date", "origin"}
_ONE_LINE = {"classification", "caption"}  # what follows such a line is something else
_LONG_FIELDS = {"subject", "reference"}  # may hold empty lines
HEADER_LINES = 200  # no header is longer; keeps the search for one linear


@dataclass
class Header:
    """Collects what the header's lines say, field by field."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        self.values.setdefault(name, []).append(text)

    def text(self, name: str) -> str:
        return one_line(" ".join(self.values.get(name, [])))


def field_of(line: str) -> str:
    """Which header field a line opens, '' for none."""
    return next((name for name, pattern in FIELDS if pattern.match(line)), "")


def read(raw: RawText, name: str = "") -> Reading:
    if not _has_traffic_header(raw.text):
        return archival.read(raw, name)  # printed in an edition, its traffic header replaced by title, place and date
    text = raw.text
    all_lines = split_lines(text, lines(text, raw.furniture, raw.headings), INNER_FIELD)
    start = next((i for i, line in enumerate(all_lines[:HEADER_LINES]) if field_of(line.text)), 0)
    body = _end_of_header(all_lines, start)
    preface, title = _preface(text, all_lines[:start])
    header_passages, header = _header(text, all_lines[start:body])
    end = _end_of_cable(all_lines, body)
    tail = [line.passage(Label.CLUTTER) for line in _paragraph_lines(text, all_lines[end:])]
    passages = (*preface, *header_passages, *_body(text, all_lines[body:end]), *tail)

    document_date = dates.from_date_time_group(header.text("date")) or dates.first_date(header.text("date"))
    post, number = _message(header, all_lines)
    year = document_date[:4] if document_date else _year_in_name(name, post, number)
    subject = one_line(re.sub(r"^\w+\s*:", "", header.text("subject")))
    return Reading(
        passages=passages,
        title=subject.rstrip(" .") or title or raw.title,
        date=document_date or raw.date or year or None,
        identifier=f"{year[2:]}{re.sub(r'[^A-Z]', '', post)}{number}" if year and post and number else "",
        origin=_origin(header, post),
        classification=classification.highest(_level(header))
        or classification.of_entire_text(text)
        or classification.of_marks([p.marking for p in passages]),
        tags=tuple(dict.fromkeys(re.findall(r"\b[A-Z]{2,5}\b", re.sub(r"^TAGS?:?", "", header.text("tags"))))),
        references=_references(header.text("reference")),
        source_url=raw.source_url,
        site=raw.site,
    )


def _has_traffic_header(text: str) -> bool:
    """Routing, date-time group, sender, or a message line with post and number: a lone "SECRET" is no such line."""
    return any(
        field_of(line.text) in _TRAFFIC
        or ((found := MESSAGE_LINE.match(line.text)) is not None and bool(found["number"]))
        for line in lines(text[:20_000])
    )


def _end_of_header(all_lines: list[Span], start: int) -> int:
    """Index of the body's first line: the first numbered paragraph, section name or paragraph that is no field's continuation."""
    limit = min(len(all_lines), start + HEADER_LINES)
    subject_at = next((i for i in range(start, limit) if field_of(all_lines[i].text) == "subject"), None)
    current = ""
    for i in range(start, limit):
        line = all_lines[i]
        opened = field_of(line.text)
        if opened or line.furniture or PAGE_MARK.match(line.text):
            current = opened or current
            continue
        if subject_at is not None and i < subject_at:
            continue
        if _opens_body(line.text):
            return i
        if line.blank_before and not _goes_on(all_lines, i, current, limit):
            return i
    return limit


def _opens_body(text: str) -> bool:
    return bool(NUMBERED.match(text) or SUMMARY.match(text) or is_rule(text) or classification.SECTION_MARK.match(text))


def _goes_on(all_lines: list[Span], i: int, current: str, limit: int) -> bool:
    """Whether a line after an empty one still belongs to the field above it: transmission has put empty lines inside fields."""
    text = all_lines[i].text
    if current == "reference":
        return bool(re.fullmatch(r"[\d\s,;().A-Z]{1,80}", text)) and any(c.isdigit() for c in text)
    following = next((field_of(line.text) for line in all_lines[i + 1 : min(i + 3, limit)] if not line.furniture), "")
    return bool(following) and text == text.upper()


def _preface(text: str, before: list[Span]) -> tuple[list[Passage], str]:
    """What stands above the traffic header: an archive's note, a reprint's title, or a site's furniture."""
    passages, title = [], ""
    for line in _paragraph_lines(text, before):
        if is_rule(line.text) or furniture.is_furniture(line.text):
            passages.append(line.passage(Label.CLUTTER))
        elif line.ends_sentence and len(line.text.split()) > 8:
            passages.append(line.passage(Label.NOTE))
        elif not title:
            title = PREFIX.sub("", one_line(line.text))
            passages.append(line.passage(Label.HEADING))
        else:
            passages.append(line.passage(Label.CLUTTER if len(line.text) < 60 else Label.NOTE))
    return passages, title


def _header(text: str, part: list[Span]) -> tuple[list[Passage], Header]:
    header, groups = Header(), []
    for line in part:
        opened = field_of(line.text)
        if line.furniture or PAGE_MARK.match(line.text):
            groups.append(("page", [line]))
        elif opened or not groups or groups[-1][0] == "page":
            groups.append((opened, [line]))
        elif groups[-1][0] not in _LONG_FIELDS and (line.blank_before or groups[-1][0] in _ONE_LINE):
            groups.append(("", [line]))
        else:
            groups[-1][1].append(line)
    passages = []
    for name, members in groups:
        whole = join(text, members)
        if name == "page" or is_rule(whole.text):
            passages.append(whole.passage(Label.CLUTTER))
        else:
            passages.append(whole.passage(Label.HEADER, field=name))
            header.add(name, whole.text)
    return passages, header


def _end_of_cable(all_lines: list[Span], body: int) -> int:
    """Index after the cable's last line: what a reprinting site put below starts after the last numbered paragraph."""
    last = body
    expected = 0
    for i in range(body, len(all_lines)):
        if (found := NUMBERED.match(all_lines[i].text)) and 0 < int(found[1]) - expected <= 3:
            last, expected = i, int(found[1])
    return next(
        (
            i
            for i in range(last + 1, len(all_lines))
            if all_lines[i].blank_before and furniture.opens_tail(all_lines[i].text)
        ),
        len(all_lines),
    )


def _paragraph_lines(text: str, part: list[Span]) -> list[Span]:
    groups: list[list[Span]] = []
    for line in part:
        if groups and not line.blank_before and is_rule(line.text) == is_rule(groups[-1][-1].text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join(text, group) for group in groups]


def _body(text: str, part: list[Span]) -> list[Passage]:
    if not part:
        return []
    part = _cut_signature(text, part)
    groups = [piece for group in _group(part) for piece in _before_list(group)]
    passages: list[Passage] = []
    last_body: Passage | None = None
    after_page = False
    listing = False
    for position, group in enumerate(groups):
        whole = join(text, group)
        if listing := _lists(group, whole, listing) and not (
            position == len(groups) - 1 and SIGNATURE.match(whole.text)
        ):
            passages += [_listed(whole)] if _runs_on(whole) else _lines_of_list(group)
            continue
        if group[0].furniture or _is_page_line(whole.text) or is_rule(whole.text):
            passages.append(whole.passage(Label.CLUTTER))
            after_page = after_page or not is_rule(whole.text)
            continue
        number, marking = _number(whole.text)
        if number is None and continued(last_body, text, whole, furniture_between=after_page):
            last_body = whole.passage(number=last_body.number, marking=last_body.marking, continues=True)
        elif number is None and position >= len(groups) - 2 and SIGNATURE.match(whole.text):
            last_body = whole.passage(Label.HEADER, field="signature")
        elif number is None and _is_heading(whole, groups[position + 1 :]):
            last_body = whole.passage(Label.HEADING)
        elif number is None and (furniture.is_furniture(whole.text) or (last_body and last_body.field == "signature")):
            passages.append(whole.passage(Label.CLUTTER))
            continue
        else:
            last_body = whole.passage(
                number=number or "", marking=re.sub(r"\s|/{2}", lambda m: "/" if "/" in m[0] else "", marking)
            )
        passages.append(last_body)
        after_page = False
    return passages


def _before_list(group: list[Span]) -> list[list[Span]]:
    """A paragraph, and apart from it the line at its end that opens a list: "Participants:"."""
    opens = len(group) > 1 and PARTICIPANTS.fullmatch(group[-1].text) and group[-1].text.endswith(":")
    return [group[:-1], group[-1:]] if opens and group[-2].ends_sentence else [group]


def _lists(group: list[Span], whole: Span, listing: bool) -> bool:
    """Whether a paragraph opens a list of participants or, where one is open (``listing``), goes on with it."""
    if PARTICIPANTS.match(group[0].text):
        return _runs_on(whole) or not is_prose(whole)
    if not listing or whole.furniture or _is_page_line(whole.text):
        return False
    if NUMBERED.match(whole.text):
        return len(group) > 1 and not is_prose(whole)
    return is_rule(whole.text) or archival.lists(whole)


def _runs_on(whole: Span) -> bool:
    """Whether a paragraph is a list whose items follow each other on its lines: "U.S. participants: Ann Reed; Bo Lund; …"."""
    return bool(PARTICIPANTS.match(whole.text)) and len(ITEM_ENDS.findall(whole.text)) > 1


def _lines_of_list(group: list[Span]) -> list[Passage]:
    """Each line of a list; where its people are parted by semicolons behind the name of their side, with the lines it runs on to."""
    passages = [_listed(line) for line in group]
    if not any(SIDE.match(line.text) and ";" in line.text for line in group):
        return passages
    for n, (above, line) in enumerate(pairwise(group), 1):
        if passages[n].field == "participants" and not SIDE.match(line.text) and not above.text.endswith(":"):
            passages[n] = replace(passages[n], continues=True)
    return passages


def _listed(line: Span) -> Passage:
    """A line of a list of participants, or all of one that runs on."""
    if is_rule(line.text):
        return line.passage(Label.CLUTTER)
    delegation = not PARTICIPANTS.match(line.text) and archival.is_delegation(line.text)
    return line.passage(Label.HEADER, field="delegation" if delegation else "participants")


def _is_page_line(text: str) -> bool:
    """Whether a line of the body belongs to the page and not to the text."""
    return bool(PAGE_MARK.match(text) or PAGE_BANNER.match(text))


def _number(text: str) -> tuple[str | None, str]:
    if found := NUMBERED.match(text):
        return found[1], found[2] or ""
    mark = classification.SECTION_MARK.match(text)
    return None, mark[1] if mark else ""


def _group(part: list[Span]) -> list[list[Span]]:
    """Lines to paragraphs: at empty lines, page marks, rules, and where the next number of the count opens a line."""
    groups: list[list[Span]] = []
    count = 0
    for line in part:
        found = NUMBERED.match(line.text)
        ahead = int(found[1]) - count if found else 0
        previous = groups[-1][-1] if groups else None
        next_number = (
            found is not None
            and 1 <= ahead <= 3
            and (
                found[2] is not None
                or previous is None
                or previous.ends_sentence
                or line.blank_before
                or bool(REDACTED.fullmatch(previous.text))
                or (len(groups[-1]) == 1 and previous.blank_before and _names_section(previous))
            )
        )
        if next_number:
            count = int(found[1])
        starts_new = (
            previous is None
            or next_number
            or line.blank_before
            or line.furniture != previous.furniture
            or _is_page_line(line.text)
            or _is_page_line(previous.text)
            or is_rule(line.text) != is_rule(previous.text)
            or len(previous.text) > 110
        )
        if starts_new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [piece for i, group in enumerate(groups) for piece in _cut_heading(group, groups[i + 1 : i + 2])]


def _cut_heading(group: list[Span], following: list[list[Span]]) -> list[list[Span]]:
    """A section's name that stands right below a paragraph, the next paragraph's number right after it."""
    if len(group) < 2 or not following or not NUMBERED.match(following[0][0].text):
        return [group]
    before, last = group[-2], group[-1]
    if before.ends_sentence and _names_section(last):
        return [group[:-1], [last]]
    return [group]


def _names_section(line: Span) -> bool:
    return not line.ends_sentence and len(line.text) <= 70 and _capitalised(line.text)


def _capitalised(text: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z][\w'.-]*", text) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _is_heading(block: Span, following: list[list[Span]]) -> bool:
    if len(block.text) > 140 or block.text.count("\n") > 1 or not following or block.text.startswith("-"):
        return False
    if is_rule(following[0][0].text):
        return True
    return not block.ends_sentence and block.text[0].isalnum() and (block.text.isupper() or _capitalised(block.text))


def _cut_signature(text: str, part: list[Span]) -> list[Span]:
    """The drafter's or chief of mission's name on the last line, or at its end."""
    last = part[-1]
    if found := TRAILING_SIGNATURE.search(last.text):
        cut = last.start + found.start()
        head = replace(last, end=cut, text=text[last.start : cut]).text.rstrip()
        return [
            *part[:-1],
            replace(last, end=last.start + len(head), text=head),
            Span(cut, last.end, found[0]),
        ]
    if len(part) > 1 and SIGNATURE.match(last.text) and part[-2].ends_sentence:
        return [*part[:-1], replace(last, blank_before=True)]
    return part


def _level(header: Header) -> str:
    lines_of_level = header.values.get("classification", [])
    message = " ".join(found["level"] for line in lines_of_level if (found := MESSAGE_LINE.match(line)))
    if not lines_of_level:
        return ""
    return " ".join([message, *(line for line in lines_of_level if not MESSAGE_LINE.match(line))])


def _message(header: Header, all_lines: list[Span]) -> tuple[str, str]:
    """Post and number of the message: of the message line, else of a page mark, else of the DE line's indicator and serial."""
    for line in header.values.get("classification", []):
        if (found := MESSAGE_LINE.match(line)) and found["post"]:
            return found["post"], found["number"].lstrip("0")
    for line in header.values.get("route", []):
        if found := MRN_LINE.match(line):
            return found["post"], found["number"].lstrip("0")
    for line in all_lines:
        if found := PAGE_MARK.match(line.text):
            return found[1].strip(), found[2].lstrip("0")
    for line in header.values.get("route", []):
        for row in line.split("\n"):
            if (found := DE_LINE.match(row)) and (post := posts.by_indicator(found[1])):
                return post.name, found[2].lstrip("0")
    return "", ""


def _year_in_name(name: str, post: str, number: str) -> str:
    """Archives name a file after its message (``05MADRID4026``): believed for the year when post and number are the text's."""
    if not post or not number:
        return ""
    stem = re.sub(r"[^A-Za-z0-9]", "", name.rsplit("/", 1)[-1]).upper()
    found = re.search(rf"(\d\d){re.sub(r'[^A-Z]', '', post)}0{{0,6}}{number}(?!\d)", stem)
    if not found:
        return ""
    return f"{'19' if int(found[1]) >= dates.PIVOT else '20'}{found[1]}"


def _origin(header: Header, post_name: str) -> str:
    """City of the post that sent it."""
    for line in header.values.get("origin", []):
        if (found := FROM_LINE.match(one_line(line))) and (post := posts.by_name(found[1])):
            return post.city
    for line in header.values.get("route", []):
        for row in line.split("\n"):
            if (found := DE_LINE.match(row)) and (post := posts.by_indicator(found[1])):
                return post.city
    if post_name:
        post = posts.by_name(post_name)
        return post.city if post else titled(post_name)
    return ""


def _references(text: str) -> tuple[str, ...]:
    body = re.sub(r"^REF\w*\s*:?", "", text, flags=re.IGNORECASE)
    return tuple(dict.fromkeys(one_line(f"{year}{post} {number}") for year, post, number in REFERENCE.findall(body)))
