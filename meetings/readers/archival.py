"""Archive documents: memoranda and records of conversation, minutes, memoranda and letters.

Either as typed (MEMORANDUM OF CONVERSATION with SUBJECT, PARTICIPANTS, PLACE, DATE AND TIME blocks in any order) or as printed
in an edition, where a number and a title, a line of place and date and the classification come first and notes last.
"""

from __future__ import annotations

import re

from meetings.authorities import countries
from meetings.readers import classification, dates, furniture
from meetings.readers.layout import Span, blocks, continued, is_prose, is_rule, lines, one_line, titled
from meetings.readers.reading import RawText, Reading
from meetings.records import Label, Passage

READER = "archival/1"

# "5. Memorandum of Conversation" in an American edition, "140 Record Of Conversation" in an Australian one.
NUMBERED_TITLE = re.compile(r"^(\d{1,4})(?:\. | )(?=[A-Z])")
# What sort of paper it is, on a line of its own.
RECORD_HEADING = re.compile(
    r"\s*(?:memorand(?:um|a) of (?:tele(?:phone )?)?conversations?|memcon|record of (?:a )?(?:conversation|meeting|discussion)|memorandum for the record)\s*",
    re.IGNORECASE,
)
# The office whose paper a record is written on.
LETTERHEAD = re.compile(
    r"(?:(?:(?:TOP |MOST )?SECRET|CONFIDENTIAL|UNCLASSIFIED|MEMORANDUM|THE WHITE HOUSE|(?:U\.?S\.? )?DEPARTMENT OF (?:STATE|EXTERNAL AFFAIRS|FOREIGN AFFAIRS)"
    r"|FOREIGN (?:AND COMMONWEALTH )?OFFICE|WASHINGTON(?:, ?D\.?C\.?)?|LONDON|CANBERRA|OTTAWA)(?:[ ,/.-]+|$))+"
)
# "SUBJECT: …", "PLACE" alone on its line, and with the value in a second column: "DATE, TIME        November 10, 1989".
FIELD = re.compile(
    r"^(?:(?P<subject>subject|subj|re)|(?P<participants>(?:[A-Z][A-Za-z.]{1,15} )?participants?|(?:also )?present|(?:in )?attendance|taking part|those present|between)"
    r"|(?P<place>(?:and )?place|location|venue)|(?P<date>date(?:(?:/| and | & |, ?)(?:time|place))?(?: and place)?)|(?P<time>time(?: and place)?)"
    r"|(?P<distribution>copies to|distribution)|(?P<origin>drafted by|approved by)|(?P<reference>reference))"
    r"(?:\s{0,3}:\s{0,30}(?P<value>\S.{0,2000})?|\s{3,30}(?P<column>\S.{0,2000})|\s{0,3})$",
    re.IGNORECASE | re.DOTALL,
)
# "SECRET", "IMMEDIATE MOST SECRET", "Secret", and after a message's number: "31. SECRET", "E (80) M 27 PART II. CONFIDENTIAL"
LEVEL_LINE = re.compile(
    r"^(?:[A-Z0-9 ().\\/]{0,60}?)(?:(?:TOP |MOST )?SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED|PERSONAL)(?:[ ;,./]{1,3}[A-Z]{2,12}){0,4}\.?$"
    r"|^(?:top |most )?(?:secret|confidential|restricted|unclassified)$|^(?:Top |Most )?(?:Secret|Confidential|Restricted|Unclassified)(?: and Personal)?$"
)
LEVEL_FIRST = re.compile(r"^((?:TOP |MOST )?SECRET|CONFIDENTIAL|RESTRICTED)\b")
FIELDS = ("subject", "participants", "place", "date", "time", "distribution", "origin", "reference")
LEVEL_NUMBER = re.compile(r"^(\d{1,6})\\?\.")
MARKDOWN_HEADING = re.compile(r"^#{1,6}\s{1,3}")
NUMBER = re.compile(r"^(\d{1,3})\\?\.\s{1,4}(?=\S)")
# "3 He returned in May." and not "3 May 1990".
NOTE = re.compile(r"^(?:[_*]\s{0,2}){0,2}\[?\^?(\d{1,2})\]?:?\s{1,3}(?![A-Z][a-z]{2,8}\.?,? \d{4}\W*$)(?=[\S])")
SOURCE_NOTE = re.compile(r"^_?\[[A-Z]{2,8}\s?:[^\]]{1,120}(?:\][^\]]{0,40})?\]_?$|^\[?Source:\s")
MEETING_NUMBER = re.compile(r"\b[A-Z]{2,5}\(\d\d\) \d{1,3}(?:st|nd|rd|th) Meeting\b")
CABLE_NUMBER = re.compile(
    r"\b(?:[Cc]able|[Ss]avin|[Tt]ele|[Aa]ir)gram\s{1,2}(?:No\.? )?((?:[A-Z][A-Za-z]{1,3} ?)?\d{1,6})\b"
)
TELEGRAM_NUMBER = re.compile(r"^(\d{1,6})\.\s")
DELEGATION = re.compile(
    r"^(?:(?:EU|EC|EEC|UN|NATO|IAEA|OAU|OAS|ASEAN)|(?:for )?(?:the )?.{2,40}\b(?:side|delegation|party|officials|participants|government))\s?:?$",
    re.IGNORECASE,
)
# What follows a list of participants: a sentence, an editor's "[matter omitted]".
RUNNING = re.compile(r"(?:The|At|After|In|On|It|This|There) [a-z]|_?\[")
AGENDA = re.compile(
    r"(?:(?:provisional|draft) )?(?:agenda|order of (?:business|the day)|contents)\s*(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)
HEADER_BLOCKS = 80
LONGEST_HEADING = 400  # characters of one that is marked as such
LONGEST_LINE = 120  # characters of a line that names one participant
DEEPER = 2  # columns by which a line is set in that goes on with the one above it
# A line of a list or a subject that the next one goes on with, and how lines begin that go on with the one above.
UNFINISHED = re.compile(
    r"(?:\b(?:of|for|to|the|and|with|on|in|at|by|from|de|al|Lt|Gen|Mr|Mrs|Dr|Sir)\.?|[,&/(-])$", re.IGNORECASE
)
GOING_ON = re.compile(r"\(|(?!(?:van|von|de[lr]?|da|di|du|la|le|te|ter|bin|ibn|ben|al|el)\b)[a-z]")
# What is left of a post when its line is full: "… to the President for National" / "Security Affairs".
REST_OF_POST = re.compile(
    r"(?:[A-Z][\w.'-]+,? (?:and )?){0,4}(?:Affairs|Security|Policy|Council|Staff|Department|Bureau|Office|Division|Directorate"
    r"|Republics?|States|Nations|Organizations?|Planning|Development|Cooperation|Defen[cs]e|Intelligence|Relations)(?=,|;|\s?\(|$)"
)
# A subject that names the people of a talk, whose names the next line may end.
WITH_PEOPLE = re.compile(
    r"(?i)\b(?:meeting|conversation|call|telcon|talks?|discussions?|interview|audience|lunch(?:eon)?|dinner|breakfast)\b"
    r"[^.;]{0,20}\b(?:with|between)\b[^.;]{5,}$"
)


def read(raw: RawText, name: str = "") -> Reading:
    text = raw.text
    parts = blocks(text, raw.furniture, raw.headings, alone=RECORD_HEADING.fullmatch)
    body_from = _opening_end(parts)
    fields_from, fields_to = _field_lines(parts, body_from)
    text_from = max(body_from, fields_to)
    notes_from = max(_notes_start(parts), text_from)

    passages, found, title = _opening(parts[:body_from])
    passages += _body(text, parts[body_from:fields_from])
    passages += _fields(text, parts[fields_from:fields_to], found)
    passages += _body(text, parts[text_from:notes_from])
    passages += [part.passage(Label.CLUTTER if is_rule(part.text) else Label.NOTE) for part in parts[notes_from:]]

    opening_text = " ".join(
        one for name, values in found.items() if name in ("date", "heading", "title") for one in values
    )
    return Reading(
        passages=tuple(passages),
        title=raw.title or _full_title(title, found),
        date=_written(found.get("date", []))
        or dates.first_date(" ".join(found.get("heading", [])))
        or dates.first_date(title)
        or raw.date,
        identifier=_identifier(
            opening_text, title, " ".join(found.get("classification", [])), parts[body_from : body_from + 1]
        ),
        origin=_place(found),
        classification=_level(found) or classification.of_entire_text(text),
        source_url=raw.source_url,
        site=raw.site,
    )


def _opening(parts: list[Span]) -> tuple[list[Passage], dict[str, list[str]], str]:
    """Passages of the opening, its lines by field, and the title."""
    passages: list[Passage] = []
    found: dict[str, list[str]] = {}
    title = ""
    for block in parts:
        if block.furniture or is_rule(block.text):
            passages.append(block.passage(Label.CLUTTER))
            continue
        name = _opening_field(block)
        if not found and name in ("heading", "place"):
            title = clean_title(block.text)
            passages.append(block.passage(Label.HEADING))
            found["title"] = [one_line(block.text)]
            continue
        if name == "place" and _place(found):
            name = "heading"  # the date's line has said the place: this is a subject
        if name == "heading" and MARKDOWN_HEADING.match(block.text):
            passages.append(block.passage(Label.HEADING))
        else:
            passages.append(block.passage(Label.HEADER, field=name))
        line = one_line(block.text)
        found.setdefault(name, []).append(_supplied(line) if name == "date" else line)
    return passages, found, title


def _supplied(line: str) -> str:
    """A line of place and date without the brackets around what an editor supplied: "[3] May 1949", "2[8] May 1949"."""
    line = re.sub(r"\b(\d|\d{3})\[(\d)\]", r"\1\2", line)
    return re.sub(rf"(?<!\d)\[?\??(\d{{1,2}})\]?(?: ?\[\d{{1,2}}\])?(?= {dates.MONTH})", r"\1", line)


def clean_title(text: str) -> str:
    """Without the edition's number, note marks and a closing stop."""
    title = NUMBERED_TITLE.sub("", MARKDOWN_HEADING.sub("", one_line(text)))
    return re.sub(r"\s?\[\^?\d{1,2}\](?:\(#\w+\))?", "", title).rstrip(" .,")


def _full_title(title: str, found: dict[str, list[str]]) -> str:
    subject = " ".join(found.get("subject", []))
    if LETTERHEAD.fullmatch(title):
        title = next((line for line in found.get("heading", []) if RECORD_HEADING.fullmatch(line)), title)
    generic = re.fullmatch(
        r"memorandum of (?:telephone )?conversation|memcon|record of conversation|memorandum for the record",
        title,
        re.IGNORECASE,
    )
    return f"{title}: {subject}" if subject and generic else title or subject


def _written(lines_with_dates: list[str]) -> str | None:
    """The date on which it was written: a line of place and date says it more surely than a title that goes on."""
    found = [
        (bool(re.search(r"\b(?:on|of|from|to|since|until)\s{1,2}$", line[: at[0][0]])), at[0][2])
        for line in lines_with_dates
        if (at := dates.find_dates(line))
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


def _level(found: dict[str, list[str]]) -> str:
    everything = [line for lines_of_field in found.values() for line in lines_of_field]
    first = next((match[1] for line in everything if (match := LEVEL_FIRST.match(line))), "")
    return classification.highest(" ".join(found.get("classification", []))) or classification.highest(first)


def _opening_end(parts: list[Span]) -> int:
    """Index of the first block after title, place and date, and classification."""
    for i, block in enumerate(parts[:10]):
        short = len(block.text) < 220
        if block.furniture:
            continue
        numbered_title = NUMBERED_TITLE.match(block.text) and not block.ends_sentence
        if i == 0 and short and (numbered_title or not (NUMBER.match(block.text) or is_prose(block))):
            continue
        if len(block.text) < LONGEST_HEADING and MARKDOWN_HEADING.match(block.text):
            continue
        is_level = short and bool(LEVEL_LINE.match(block.text))
        if FIELD.match(block.text.split("\n")[0]) or not short or (NUMBER.match(block.text) and not is_level):
            return i
        if not (
            _is_date_line(block)
            or LEVEL_LINE.match(block.text)
            or _is_place(block.text)
            or (i < 4 and not is_prose(block) and _headline(block.text))
        ):
            return i
    return min(len(parts), 10)


def _headline(text: str) -> bool:
    """A short line of the opening that is neither date nor place: "Extracts", a meeting's name."""
    return len(text) < 120 and not text.endswith((".", ":", ",")) and text[:1].isupper() and not FIELD.match(text)


def _is_date_line(block: Span) -> bool:
    return len(block.text) < 200 and not is_prose(block) and bool(dates.find_dates(block.text))


def _is_place(text: str) -> bool:
    return (
        len(text) < 40
        and bool(re.fullmatch(r"\[?[A-Z][A-Za-z .,'-]{2,38}\]?", text))
        and (text.isupper() or text.startswith("["))
        and not RECORD_HEADING.fullmatch(text)
    )


def _opening_field(block: Span) -> str:
    if _is_date_line(block):
        return "date"
    if LEVEL_LINE.match(block.text):
        return "classification"
    if _is_place(block.text):
        return "place"
    return "heading"


def _field_lines(parts: list[Span], opening: int) -> tuple[int, int]:
    """Range of the blocks that hold SUBJECT, PARTICIPANTS, PLACE, DATE; empty when there are none."""
    at = [
        i
        for i, block in enumerate(parts[:HEADER_BLOCKS])
        if i >= opening and any(FIELD.match(row.strip()) for row in block.text.split("\n", 40)[:40])
    ]
    if not at:
        return opening, opening
    first = at[0]
    if first > opening and re.fullmatch(
        r"memorandum of (?:telephone )?conversation|memcon|memorandum for the record",
        parts[first - 1].text,
        re.IGNORECASE,
    ):
        first -= 1
    end = at[-1] + 1
    last_field = _last_field(parts[at[-1]].text)
    if last_field and last_field[0] in (
        "participants",
        "distribution",
    ):
        # The list goes on in blocks of its own until running text begins.
        while end < len(parts) and lists(parts[end], first=end == at[-1] + 1):
            end += 1
        said = bool(last_field[1]) or "\n" in parts[at[-1]].text
        if end > at[-1] + (1 if said else 2) and _opens_section(parts[end - 1].text):
            end -= 1
    elif last_field and not last_field[1] and end < len(parts) and not is_prose(parts[end]):
        end += 1
    return first, end


def lists(block: Span, first: bool = False) -> bool:
    """Whether a block goes on with a list of participants, of which ``first`` is the beginning."""
    text = block.text
    if NUMBER.match(text) or is_prose(block) or RUNNING.match(text) or AGENDA.match(text):
        return False
    if MARKDOWN_HEADING.match(text):
        return is_delegation(text)
    rows = text.split("\n")
    return first or len(text) < 200 or (len(rows) > 1 and max(map(len, rows)) < LONGEST_LINE)


def _last_field(text: str) -> tuple[str, str] | None:
    """The last field that a block's lines open."""
    return next((found for line in reversed(text.split("\n", 40)[:40]) if (found := field_of(line.strip()))), None)


def field_of(line: str) -> tuple[str, str] | None:
    """The header field that a line opens, and its value on that line; None when it opens none."""
    found = FIELD.match(line)
    if not found:
        return None
    name = next(name for name in FIELDS if found[name])
    return name, found["value"] or found["column"] or ""


def _opens_section(text: str) -> bool:
    """A capitalised word or two between the participants and the text: the first section's name, not a person's."""
    return text.isupper() and len(text) < 60 and "." not in text and not is_delegation(text)


def _fields(text: str, parts: list[Span], found: dict[str, list[str]]) -> list[Passage]:
    """Each line of a field is a passage of its own, so that one participant is one passage."""
    passages, current = [], "heading"
    above = ""  # the value of the line above, in the same field and block
    column = 0  # in which it began
    for block in parts:
        for line in lines(text[block.start : block.end]):
            row = Span(block.start + line.start, block.start + line.end, line.text)
            begins = row.start - text.rfind("\n", 0, row.start) - 1
            if opened := field_of(row.text):
                current, value = opened
                begins += len(row.text) - len(value)
            else:
                value = row.text
            if block.furniture or is_rule(row.text):
                passages.append(row.passage(Label.CLUTTER))
                continue
            delegation = current == "participants" and not opened and is_delegation(row.text)
            if above and not opened and not delegation and _goes_on(current, above, value, begins - column):
                passages.append(row.passage(Label.HEADER, field=current, continues=True))
                found[current][-1] += f" {one_line(value)}"
                above = f"{above} {value}"
                continue
            passages.append(row.passage(Label.HEADER, field="delegation" if delegation else current))
            if value:
                found.setdefault(current, []).append(one_line(value))
            above, column = "" if delegation else value, begins
        above = ""
    return passages


def _goes_on(field: str, above: str, line: str, deeper: int) -> bool:
    """Whether a line of a field goes on with the value above it; ``deeper``: by how many columns it is set in further."""
    if field not in {"subject", "participants"} or "\t" in above or "   " in above.strip():  # of two columns
        return False
    if UNFINISHED.search(above) or GOING_ON.match(line):
        return True
    if field == "subject":
        return bool(WITH_PEOPLE.search(above)) and not FIELD.match(line)
    return "," in above and (deeper >= DEEPER or bool(REST_OF_POST.match(line)))


def is_delegation(text: str) -> bool:
    """Whether a line of a list of participants names a delegation: "For the Soviet side:", "### Kenya"."""
    text = MARKDOWN_HEADING.sub("", text)
    plain = text.rstrip(" :")
    return len(text) < 60 and bool(DELEGATION.match(text) or countries.lookup(plain))


def _notes_start(parts: list[Span]) -> int:
    """Index of the first note below the text: notes are counted from 1, in the last part of the document."""
    start, expected = len(parts), None
    for i in range(len(parts) - 1, max(0, len(parts) // 3) - 1, -1):
        block = parts[i]
        note = NOTE.match(block.text)
        if SOURCE_NOTE.match(block.text) or is_rule(block.text):
            start = i
        elif note and (expected is None or int(note[1]) < expected):
            start, expected = i, int(note[1])
            if expected == 1:
                before = parts[i - 1] if i else None
                return i - 1 if before and is_rule(before.text) else i
        elif expected is None and start < len(parts) - 4:
            break
    return start


def _body(text: str, parts: list[Span]) -> list[Passage]:
    passages: list[Passage] = []
    last_body: Passage | None = None
    after_furniture = False
    for i, block in enumerate(parts):
        number = NUMBER.match(block.text)
        if SOURCE_NOTE.match(block.text):
            passages.append(block.passage(Label.NOTE))
            continue
        if block.furniture or is_rule(block.text) or furniture.is_furniture(block.text):
            passages.append(block.passage(Label.CLUTTER))
            after_furniture = True
            continue
        if (
            block.heading
            or MARKDOWN_HEADING.match(block.text)
            or (not number and _is_heading(block, parts[i + 1 : i + 2]))
        ):
            last_body = block.passage(Label.HEADING)
        elif after_furniture and continued(last_body, text, block, furniture_between=True):
            last_body = block.passage(number=last_body.number, continues=True)
        else:
            last_body = block.passage(number=number[1] if number else "")
        passages.append(last_body)
        after_furniture = False
    return passages


def _is_heading(block: Span, following: list[Span]) -> bool:
    text = block.text.strip("_* ")
    return (
        bool(following)
        and len(text) < 90
        and "\n" not in text
        and not block.ends_sentence
        and text[:1].isupper()
        and len(text.split()) <= 10
    )


def _identifier(opening: str, title: str, level: str, first: list[Span]) -> str:
    if found := MEETING_NUMBER.search(opening):
        return found[0]
    if found := CABLE_NUMBER.search(opening):
        return found[1]
    if re.search(r"gram\b", title, re.IGNORECASE) and (numbered := LEVEL_NUMBER.match(level)):
        return numbered[1]
    if (
        first
        and re.match(r"(?:air|tele)gram\b", title, re.IGNORECASE)
        and (found := TELEGRAM_NUMBER.match(first[0].text))
    ):
        return found[1]
    return ""


def _place(found: dict[str, list[str]]) -> str:
    """Where it was written: what stands before the date on its line, or a line of its own."""
    for line in found.get("date", []):
        at = dates.find_dates(line)
        before = line[: at[0][0]].rstrip(" ,.;[?") if at else ""
        names = re.findall(r"\[?([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3})\]?,?$", before)
        if names and not re.search(r"day$", names[-1]):
            whole = names[-1].split()
            named = [word for word in whole if not re.search(r"\d", word)]  # "Cablegram UN859 NEW YORK"
            words = [word for word in named if word.isupper()] or named
            if words:
                return titled(" ".join(words)) if names[-1].isupper() or words != whole else names[-1]
    for line in found.get("place", []):
        return titled(line.strip("[] ").split(",")[0])
    return ""
