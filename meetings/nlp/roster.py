"""The list of participants that a record opens with: who stands in it, of which delegation, in what part. Pure.

One person a line with the post after a comma, delegations as headings, as columns (parted by tabs) or before a colon
("For the Soviet side: …"), several people of a line parted by semicolons or told as a sentence would ("A, B and C"), or
lines that an edition has run together ("A, High Commissioner for Kenya Sir B C, Under-Secretary D. E. F, …").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from meetings.authorities import titles
from meetings.nlp.attachment import DESK
from meetings.nlp.flow import Flow
from meetings.nlp.names import PARTICLES
from meetings.records import Attendance

NUMBER = re.compile(r"\s*(?:\d{1,3}\.\s+)?(?:\([A-Z/]{1,6}\)\s*)?")  # of a cable's paragraph
LABEL = re.compile(
    r"(?i)\s*(?:(?:(?:the|key|principal|other|full) )?(?:meeting|list of|the) )?(?:(?P<nation>[A-Z][\w.]+(?: [A-Z][\w.]+)?) )?"
    r"(?P<label>participants?|participation|attendees|(?:also )?present|(?:in )?attendance|taking part|those (?:present|attending)|between|(?:following|meeting) (?:\w+ )?(?:attended|participated|took part|were present))\b"
    r"(?: list)?(?: (?:in|at|on|of|for|from|during) (?:the|this|that|both|these) [a-z -]{1,40}?)?(?: were| was| are| included| include| follows?)?(?: \([^)]{1,40}\))?\s*(?::|$)\s*"
)
ALSO = re.compile(r"(?i)also|attendance")
SIDE = re.compile(
    r"\s*[-–•*#]*\s*(?:[Ff]or |[Oo]n )?(?:[Tt]he )?(?P<nation>[A-Z][^,:;\t]{1,60}?)(?: (?i:side|delegation|party|officials|participants|government))?\s*(?P<end>:|,(?= )|$)"
)
# "France – Ann Reed", "Netherlands (Ann Reed, Bo Lund)": a country before its people without a colon.
PAIRED = re.compile(
    r"\s*[-–•*#]*\s*(?:[Tt]he )?(?P<nation>[A-Z][^,:;\t()–—]{1,60}?)\s*(?:\s[-–—]{1,2}\s+|\()(?P<people>[^();]+)"
)
EXPLICIT = re.compile(r"(?i)^\s*[-–•*#]*\s*(?:for |on )|\b(?:side|delegation|party|officials|participants)\s*[:,]?\s*$")
PART = re.compile(r"\s*(?P<part>(?i:interpreters?|translators?|note-?takers?))\s*:\s*")
INTERPRETER = re.compile(r"(?i)interpret|translat")
NOTETAKER = re.compile(r"(?i)note-?\s?tak|rapporteur|\brecorder\b|\b(?:reporting|recording) officer\b")
ACTED = re.compile(
    r"(?P<who>.+?) (?:acted|served) as (?:the )?(?P<part>interpreters?|note-?takers?)|(?P<who2>.+?) interpreted\b"
)
SENTENCE = re.compile(
    r"(?<=[a-z)]{2}\.)(?<!Mrs\.)(?<!Messrs\.)(?<!Gen\.)(?<!Col\.)(?<!Adm\.)(?<!Capt\.)(?<!Prof\.)(?<!Hon\.)(?<!Brig\.)(?<!Maj\.)(?<!Cmdr\.)(?<!Amb\.)(?<!Sen\.)(?<!Rep\.)(?<!Gov\.)(?<!Rev\.)(?<!Lic\.)(?<!Ing\.)(?<!Eng\.)(?<!Msgr\.)\s+(?=[A-Z])"
)
OTHER_FIELD = re.compile(r"\s*[A-Z][A-Z &/]{3,24}:")
CLAUSE = re.compile(r"\b(?:was|were|said|discussed|opened|began|met|following|acted|is|welcomed|thanked|asked)\b")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
JOINED = re.compile(r",? and (?=[A-Z])")
SUFFIX = re.compile(r"\s*((?:Jr|Sr)\b\.?)(?:,|$)")
DECORATION = re.compile(r"\s*(?:[A-Z]\.){2,}[A-Z]?\.?(?:,|$)")
OF_COUNTRY = re.compile(r"\b(?:of|for) (?:the )?(?=([A-Z][\w. ]+)$)")
HEAD_END = re.compile(r",|\(|\s[-–—]{1,2}\s|\t|\s(?=(?:Department|Ministry|Office|Embassy) of\b)")
LIST = re.compile(r",? and |, ")
WORD = re.compile(r"\S+")
INITIALS = re.compile(r"(?:[A-Z]\.)+")
NOTE_MARK = re.compile(r"(?<=[a-z])\d{1,2}\b")
PEERS = re.compile(r"(?:Duke|Earl|Marquess|Sultan|Emir) of (?:the )?[A-Z]\w+")
ADDRESS = frozenset(
    "mr mrs ms miss dr sir lady dame madame madam messrs herr monsieur m senor señor rt hon honourable honorable he h.e. comrade marshal shaikh sheikh sayyid excellency his her professor prof general gen brig brigadier maj capt cmdr rev msgr lic ing eng dott lt colonel col admiral adm captain major lt.-general shri begum the signor signora frau jonkheer mme mlle".split()
)
# Forms of address that are no posts: a comma before one parts two people.
COURTESY = frozenset("mr mrs ms miss messrs sir lady herr frau monsieur mme mlle signor signora senor señor".split())
# After these words a form of address does not begin the next person; forms that are parts of titles never do.
GOING_ON = frozenset("of for to and the & with at in acting by".split())
IN_TITLES = frozenset("general gen his her m marshal comrade major excellency".split())
BODIES = re.compile(
    r"(?i)\b(?:staff|council|affairs|department|ministry|office|division|bureau|commission|embassy|house|chief|desk|section|committee|party|side|delegation|officials?|others?|aides?|advisers?|secretary|government)\b"
)
LETTERS_AFTER = re.compile(r"(?:\s+(?:M\.?P\.?|(?!II)[A-Z]{3,5}|[KCO]\.?[A-Z.]{1,4}|U\.S\.M\.C\.))+$")
LONGEST_ROLE, LONGEST_ENTRY = 90, 130  # characters; what is longer is several people's, or prose


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: ``text`` begins at ``start`` of the flow; ``heading``: the reader took it for a delegation's name."""

    start: int
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone listed, at characters ``[start:end)`` of the flow; ``name`` is empty for a post alone ("The President")."""

    start: int
    end: int
    name: str
    role: str
    country: str | None
    attendance: Attendance


def listed(flow: Flow, nation: Callable[[str], str | None]) -> list[Entry]:
    """The entries of a document's lists of participants."""
    lists = [segment for segment in flow.segments if segment.field in {"participants", "delegation"}]
    lines = (
        Line(each.start, flow.text[each.start : each.end].replace("\n", " "), each.field == "delegation")
        for each in lists
    )
    return Roster(nation).read(lines)


class Roster:
    """Reads lines in order; ``nation`` gives the country code of a country's or people's name."""

    def __init__(self, nation: Callable[[str], str | None]) -> None:
        self.nation = nation
        self.sides: list[str | None] = [None]
        self.part: Attendance | None = None
        self.led: set[str] = set()  # delegations that have their principal
        self.also = False

    def read(self, lines: Iterable[Line]) -> list[Entry]:
        found: list[Entry] = []
        for line in lines:
            if acted := ACTED.match(line.text):
                found = _acting(found, acted["who"] or acted["who2"], acted["part"] or "interpreter")
                continue
            if OTHER_FIELD.match(line.text) and not LABEL.match(line.text) and not self._side(line.text):
                continue
            found += self._line(line)
        return found

    def _line(self, line: Line) -> Iterator[Entry]:
        at = NUMBER.match(line.text).end()
        if label := LABEL.match(line.text, at):
            at = label.end()
            self.also = bool(ALSO.search(label[0]))
            if label["nation"] and (code := self.nation(label["nation"])):
                self.sides = [code]
        cells = list(re.finditer(r"[^\t]+", line.text[at:]))
        named = [self._heading(cell[0], line.heading) for cell in cells]
        if named and all(named):
            self.sides, self.part = named, None
            return
        for n, cell in enumerate(cells):
            self.part = None
            column = n if len(self.sides) > 1 else 0
            yield from self._cell(line.start + at + cell.start(), cell[0], min(column, len(self.sides) - 1))

    def _heading(self, text: str, known: bool) -> str | None:
        """The country of a line that only names a delegation."""
        side = SIDE.match(text)
        if not side or text[side.end() :].strip() or (side["end"] == "," and not known):
            return None
        return self.nation(side["nation"].strip())

    def _side(self, text: str) -> re.Match[str] | None:
        """A delegation's name before its people on one line."""
        side = SIDE.match(text)
        if not side or not side["end"] or not self.nation(side["nation"].strip()):
            return self._paired(text)
        return side if side["end"] == ":" or EXPLICIT.search(text[: side.end()]) else None

    def _paired(self, text: str) -> re.Match[str] | None:
        paired = PAIRED.match(text)
        if not paired or not self.nation(paired["nation"].strip()):
            return None
        first = LIST.split(paired["people"].strip())[0]
        return paired if _begins(first) or _is_person(first) else None

    def _cell(self, start: int, text: str, column: int) -> Iterator[Entry]:
        at = 0
        if side := self._side(text):
            at = side.start("people") if side.re is PAIRED else side.end()
            if len(self.sides) == 1:
                self.sides = [self.nation(side["nation"].strip())]
        for sentence in _pieces(text, at, SENTENCE):
            begin = sentence[0]
            if part := PART.match(text, begin, sentence[1]):
                begin = part.end()
                self.part = _part(part["part"])
            for piece in _pieces(text[: sentence[1]], begin, re.compile(";")):
                for first, last in self._run_together(text, *piece):
                    for a, b in _people(text, first, last):
                        if entry := self._entry(start + a, text[a:b], self.sides[column]):
                            yield entry

    def _run_together(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Cuts where a post is over and the next person begins: at a form of address, at initials, after a country."""
        words = list(WORD.finditer(text, start, end))
        edges, post, named = [start], False, False
        for n, word in enumerate(words[1:], 1):
            before = words[n - 1][0]
            plain = word[0].lower().rstrip(".,")
            post = post or before.endswith(",")
            named = named or (
                before[0].isupper() and before.lower().rstrip(".,") not in ADDRESS and not _is_post(before)
            )
            goes_on = before.endswith(",") or before.lower().rstrip(".") in GOING_ON | ADDRESS
            addressed = word[0][0].isupper() and plain in ADDRESS - IN_TITLES and (post or named)
            given = INITIALS.fullmatch(before) or words[n - 2][0].lower().rstrip(".,") in ADDRESS
            initialled = post and INITIALS.fullmatch(word[0]) and not given
            titled = _is_post(text[edges[-1] : words[n - 1].end()].strip())  # "Foreign Minister Dr. Lund" is one
            if (
                not goes_on
                and not titled
                and (addressed or initialled or (post and self._after_country([w[0] for w in words], n)))
            ):
                edges += [word.start(), word.start()]
                post, named = False, False
        edges.append(end)
        return list(zip(edges[::2], edges[1::2], strict=True))

    def _after_country(self, words: list[str], n: int) -> bool:
        """Whether a country ends before the n-th word, and a name of two or three words that a comma ends follows."""
        if not any(self.nation(" ".join(words[max(n - k, 0) : n])) for k in (1, 2)):
            return False
        size = next((k for k in (2, 3) if n + k <= len(words) and words[n + k - 1].endswith(",")), 0)
        name = " ".join(words[n : n + size]).rstrip(",")
        return bool(size) and is_name(name) and not any(_is_post(word) for word in (name, name.split()[-1]))

    def _entry(self, start: int, text: str, side: str | None) -> Entry | None:
        lead = len(text) - len(text.lstrip(" -–•*#"))
        text = text.strip(" -–•*#").rstrip(".;,")
        if "(" not in text:
            text = text.rstrip(")")  # of the brackets around a country's people
        if len(text) > LONGEST_ENTRY or YEAR.search(text):
            return None
        cut = HEAD_END.search(text)
        head, tail = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
        if INTERPRETER.match(head) or NOTETAKER.match(head) or CLAUSE.search(head):
            return None
        name, role, country = self._head(NOTE_MARK.sub("", head))
        if (
            not name
            and role
            and (words := re.match(r"[^,)(]+", tail))
            and words[0].split()[0].lower().strip(".") in ADDRESS
        ):
            name, tail = self._head(words[0])[0], tail[words.end() + 1 :]  # the Prime Minister, Mr Lund
        if not name and not role:
            return None
        if suffix := SUFFIX.match(tail):
            name, tail = f"{name}, {suffix[1]}", tail[suffix.end() :]
        post, other = self._post(tail)
        country = country or (other if side is None else None) or side
        role = post if not role or titles.lookup(post) else role
        return Entry(start + lead, start + lead + len(text), name, role, country, self._attendance(text, tail, side))

    def _attendance(self, text: str, tail: str, side: str | None) -> Attendance:
        """Of a delegation the first leads; without delegations all are on a level."""
        if part := self.part or (_part(text) if tail else None):
            return part
        first = side is None or side not in self.led
        if side and not self.also:
            self.led.add(side)
        return Attendance.PRINCIPAL if first and not self.also else Attendance.ACCOMPANYING

    def _head(self, head: str) -> tuple[str, str, str | None]:
        """Name, post before it, and country, of what stands before the comma."""
        words = [(found.start(), found[0]) for found in WORD.finditer(LETTERS_AFTER.sub("", head))]
        role, country, at = "", None, 0
        while at < len(words) and not PEERS.fullmatch(_text(head, words, at, len(words))):
            fitting = (n for n in range(min(len(words), at + 9), at, -1) if _is_post(_text(head, words, at, n)))
            if longest := next(fitting, None):
                role, at = _text(head, words, at, longest), longest
            elif words[at][1].lower().rstrip(".,") in ADDRESS and at + 1 < len(words) and not _initials(words, at):
                at += 1
            elif nationality := next(
                (n for n in (at + 2, at + 1) if n < len(words) and self.nation(_text(head, words, at, n))), None
            ):
                country, at = self.nation(_text(head, words, at, nationality)), nationality
            elif not role and at + 2 < len(words) and _is_post(words[at + 1][1]) and words[at][1][0].isupper():
                role, at = _text(head, words, at, at + 2), at + 2  # a title that no list knows: "Ministerial Director"
            else:
                break
        if DESK.match(role):
            country = None
        for n in range(at + 1, len(words)):  # "Sir Paul Hale New Zealand High Commissioner"
            for m in (n + 2, n + 1):
                code = self.nation(_text(head, words, n, m)) if m < len(words) else None
                if code and _is_post(_text(head, words, m, len(words))):
                    return _text(head, words, at, n), _text(head, words, m, len(words)), code
        name = _text(head, words, at, len(words))
        if is_name(name) or PEERS.fullmatch(name):
            return name, role, country
        return "", role if at == len(words) else "", country

    def _post(self, tail: str) -> tuple[str, str | None]:
        """The post after the comma without nationality and remarks, and the country that it names."""
        tail = re.split(r"[(;]", DECORATION.sub("", tail, count=1))[0].strip(" ,.-–)")
        words, country = tail.split(), None
        for n in (2, 1):
            if len(words) > n and (code := self.nation(" ".join(words[:n]))):
                country, tail = code, " ".join(words[n:])
                break
        country = country or next((code for of in OF_COUNTRY.finditer(tail) if (code := self.nation(of[1]))), None)
        if not tail or INTERPRETER.match(tail) or NOTETAKER.match(tail) or len(tail) > LONGEST_ROLE:
            return "", country
        return (tail if tail[0].isupper() or tail.startswith("acting ") or titles.lookup(tail) else ""), country


def is_name(text: str) -> bool:
    """Up to six capitalised words, particles aside, none of them a body's."""
    words = text.split()
    if not words or len(words) > 6 or BODIES.search(text) or any(c.isdigit() for c in text):
        return False
    return (
        all(word[0].isupper() or word.lower() in PARTICLES or "'" in word[:3] for word in words)
        and words[-1][0].isupper()
    )


def _is_post(words: str) -> bool:
    """Whether the words are a title, and no more than that: not "Secretary of State Ann Reed"."""
    found = titles.lookup(words)
    if found is None or found.branch == "honorific":
        return False
    joint = re.search(r" (?:of|for|to) (?:the )?(.+)", words)
    return joint is None or words.casefold() in _lexicon() or joint[1].casefold() in _portfolios()


@cache
def _lexicon() -> frozenset[str]:
    return frozenset(title.text.casefold() for title in titles.all())


@cache
def _portfolios() -> frozenset[str]:
    return frozenset(name.casefold() for name in titles.portfolios())


def _initials(words: list[tuple[int, str]], at: int) -> bool:
    """Whether "M." is the first of several initials, and no form of address."""
    return all(INITIALS.fullmatch(word) for _, word in words[at : at + 2])


def _text(head: str, words: list[tuple[int, str]], at: int, end: int) -> str:
    return head[words[at][0] : words[end - 1][0] + len(words[end - 1][1])] if at < end else ""


def _part(text: str) -> Attendance | None:
    if INTERPRETER.search(text):
        return Attendance.INTERPRETER
    return Attendance.NOTETAKER if NOTETAKER.search(text) else None


def _pieces(text: str, start: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in at.finditer(text, start):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _people(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The people of a piece: "A, B and C" are three, so are "Minister A, Secretary B, C D"; "A, Minister of Trade and Industry" one."""
    piece = text[start:end]
    parts = list(_pieces(text[:end], start, LIST))
    if " and " in piece and all(
        is_name(re.sub(r"^\W*(?:(?:Mr|Mrs|Dr|Messrs|Sir)\.? )?", "", text[a:b].rstrip(" .)"))) for a, b in parts
    ):
        return parts
    if len(parts) > 1 and all(
        text[a:b].split()[:1] and text[a:b].split()[0].lower().rstrip(".") in COURTESY for a, b in parts
    ):
        return parts
    if len(parts) > 2 and all(_begins(text[a:b]) or _is_person(text[a:b]) for a, b in parts):
        return parts
    cuts = [found for found in JOINED.finditer(text, start, end) if _begins(text[found.end() : end])]
    edges = [start, *(edge for found in cuts for edge in (found.start(), found.end())), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_person(text: str) -> bool:
    """Whether the text is a name of two words or more, remarks in brackets aside, and no post."""
    name = re.sub(r"\s*\([^)]*\)", "", text).strip(" .")
    return len(name.split()) > 1 and is_name(name) and not any(_is_post(word) for word in (name, name.split()[-1]))


def _begins(text: str) -> bool:
    """Whether a title with a name after it opens the text."""
    words = text.split()[:5]
    if not words:
        return False
    address = words[0].lower().rstrip(".") in ADDRESS
    return len(words) > 1 and (
        address or any(_is_post(" ".join(words[:n])) and words[n][0].isupper() for n in range(1, len(words)))
    )


def _acting(found: list[Entry], who: str, part: str) -> list[Entry]:
    """Entries again, those whom a sentence names as interpreters as such."""
    acting = _part(part)
    names = {word for word in re.findall(r"[A-Z][\w'-]{2,}", who)}
    return [
        Entry(
            e.start,
            e.end,
            e.name,
            e.role,
            e.country,
            acting if e.name and e.name.split()[-1] in names else e.attendance,
        )
        for e in found
    ]
