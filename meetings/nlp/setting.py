"""From where and for whom a document was written: what its "we", "the Ambassador" and a bare "Foreign Minister" mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meetings.authorities import countries
from meetings.nlp.cities import STATES, City, place
from meetings.nlp.dates import day_of
from meetings.nlp.flow import Flow
from meetings.nlp.incumbents import country_of
from meetings.records import Kind, Label, SourceDocument

# An archive's reference or an issuing office names the government whose paper it is.
ISSUERS = (
    (
        re.compile(
            r"[\[(](?:N?AA|CA|FA|AWM|NLA|SFU|PM ?& ?C|DFAT)\s*:\s*[A-Z]?|\bNational Archives of Australia\b|Cablegram \d+ .{0,40}CANBERRA"
        ),
        "AU",
    ),
    (
        re.compile(
            r"(?m)^\s*(?:THE WHITE HOUSE|DEPARTMENT OF STATE)\s*$|\b(?i:Office of the Spokesperson)\b|\bThe White House\b|\bBriefing Room\b|\b(?:NSC|State Department) Spokesperson\b|\bDepartment of State\b"
        ),
        "US",
    ),
    (  # a telegram's caption, addressee and line of classification
        re.compile(r"(?m)\bAMEMBASSY\b|\bSECSTATE\b|^\s*SIPDIS\s*$|^\s*E\.O\. ?1\d{4}\b"),
        "US",
    ),
    (  # how the Foreign Relations series numbers, entitles and sources its papers
        re.compile(
            r"(?m)^\s*\d{1,4}\. (?:Memorandum (?:From|of|for)|(?:Telegram|Letter|(?:Backchannel )?Message|Despatch|Airgram|Note) From|Minutes of|Conversation Between|(?:Summary|Record|Notes?|Transcript) of|Editorial Note|Paper Prepared) "
            r"|\bNational Archives, (?:RG|Nixon)\b|\b(?:Presidential|Johnson|Kennedy|Eisenhower|Carter|Ford|Reagan|Truman) Library\b"
        ),
        "US",
    ),
    (
        re.compile(r"\[?\bUKNA\b|\b(?:PRO|TNA)\b.{0,12}\b(?:FO|CAB|PREM|FCO|DO|CO|BT|DEFE)\s?\d|\bDowning Street\b"),
        "GB",
    ),
    (re.compile(r"\bArchives New Zealand\b|\[(?:ANZ|NZNA|ABHS)\b"), "NZ"),
    # What the Department of State calls the record of a talk; others write "Record of Conversation" or a note.
    (re.compile(r"(?m)^\s*(?i:memorandum (?:of (?:tele(?:phone )?)?conversation|for the record))\b"), "US"),
    # A paper whose source is not told, printed with notes that refer to others of an archive: "on file AA:A1420".
    (re.compile(r"\bN?AA\s?:\s?[A-Z]{1,3}\d{2,}"), "AU"),
)
# What two governments give out together is of neither, wherever it is dated.
JOINT = re.compile(r"(?i)\s*joint (?:[a-z]+ )?(?:statement|declaration|communiqu[eé]|press (?:statement|release))\b")
DATELINE = re.compile(
    r"\s*([A-ZÀ-Ỹ][A-Za-zÀ-ỹ.'’ -]{2,28}?)(?:,\s*[A-Z][\w.'’ ]{1,25})?\s*(?:\([A-Z][\w./ ]{1,24}\)\s*(?:[-–—]{1,2}|:)?|\s[-–—]{1,2}\s|—|--|(?<=[A-Z]{3}):\s|,\s+(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+\d{1,2}[^a-z]{0,14}[-–—(])"
)
# International bodies whose seat is no government's: a release from Brussels may be the Union's.
INTERNATIONAL = re.compile(
    r"\b(?:EEAS|European External Action Service|European (?:Commission|Council|Parliament|Union)|NATO|United Nations|Secretary-General|African Union|OSCE|ASEAN Secretariat)\b"
)
# Who classified a telegram signs it, or is the one below who does.
CHARGE = re.compile(r"(?i)\bclassified by:?\s+(?:acting\s+)?(?:charg[eé]|CDA)\b")
CLASSIFIED = re.compile(r"(?i)\bclassified by:?\s+([^\n]{4,80})")
HEAD_OF_POST = re.compile(r"(?i)\b(?:ambassador|consul general)\b")
# Below the last paragraph, or at its end: "… WILL REPORT. WHITLOCK".
SIGNATURE = re.compile(r"(?:\n|[.)\"]\s+)([A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]{2,})?)\s*(?:\n\s*BT\b[^a-z]{0,30})?\Z")
SHOUTED = 30  # characters of a city in capitals on a line of its own above a report: "ANKARA"
TAIL = 120  # characters in which a telegram is signed
CAPITAL = "Secretary"  # says "I" in telegrams from the capital
FRONT = 4000  # characters before the first paragraph in which that stands
AGENDA = re.compile(
    r"(?i)\b(?:public|daily|weekly|press) schedule\b|\bschedule (?:of|for)\b|\bweek ahead\b|\bprogram(?:me)? of the visit\b"
)
# "Readout of President Lund's Call with …", "Readout of the White House Meeting on …".
ENTITLED = re.compile(
    r"(?i:\s*(?:joint )?(?:readout|statement|remarks|press release) (?:of|from|by|on) )[^\n]{0,40}?"
    r"(?:(?P<seat>\bWhite House\b)|\b(?P<post>(?:Vice )?President|(?:Deputy )?Prime Minister|Chancellor|Foreign Minister|Secretary of State) "
    r"(?P<name>(?:[^\W\d_][^\s,’']*,? ?){1,5}?)(?:, Jr\.|’s|'s| (?:Call|Meeting|Virtual|Visit|Video|Trip|Conversation|Remarks|at)\b))"
)
HEAD = 200  # characters in which a document says what it is
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
LINE_LABEL = re.compile(r"^\s*[A-Za-z][A-Za-z &/,]{2,24}:")  # "DATE AND PLACE:"
PROPER = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:of|the|of the|la|de|du|el) )?[A-ZÀ-Þ][\w.'’-]*){0,4}")


@dataclass(frozen=True, slots=True)
class Setting:
    """``home`` is the country of the author, ``host`` that of the place (``post``) where the text was written: ISO codes."""

    kind: Kind
    date: str | None
    home: str | None = None
    host: str | None = None
    post: City | None = None
    title: str = ""
    signed: frozenset[str] = frozenset()  # words of the name below a telegram, in small letters
    head: str = ""  # post of who says "I" in a telegram
    agenda: bool = False  # tells what its day is to bring: "Public Schedule"

    @property
    def on(self) -> date | None:
        """A day for facts that depend on time: the document's, or the middle of its month or year."""
        day = day_of(self.date)
        if day or not self.date or not re.match(r"\d{4}", self.date):
            return day
        month = self.date[5:7]
        return date(max(int(self.date[:4]), 1), int(month) if month.isdigit() and 1 <= int(month) <= 12 else 7, 1)

    def nation(self, text: str) -> str | None:
        """The ISO code of the country that a name or demonym means in this document."""
        found = countries.lookup(text, self.on, [key for key in (self.host, self.home) if key])
        return found.iso if found else None

    def then(self, code: str) -> str:
        """The ISO code of the state that held a country's place when the document was written."""
        try:
            return countries.get(countries.as_of(code, self.on)).iso if self.on else code
        except KeyError:
            return code


def setting(document: SourceDocument) -> Setting:
    post = _post(document)
    dated = Setting(document.kind, document.date)
    host = dated.then(post.country) if post else None
    home = _home(document)
    signed, head = _sender(document) if document.kind is Kind.CABLE and home == "US" else (frozenset(), "")
    agenda = document.kind in {Kind.READOUT, Kind.OTHER} and AGENDA.search(document.text, 0, HEAD) is not None
    return Setting(document.kind, document.date, home, host, post, document.title, signed, head, agenda)


def _sender(document: SourceDocument) -> tuple[frozenset[str], str]:
    """Words of the name that a telegram is signed with, and the post of whoever that is."""
    fields = {
        name: "\n".join(document.text[each.start : each.end] for each in document.passages if each.field == name)
        for name in ("signature", "origin")
    }
    if not fields["signature"] and (found := SIGNATURE.search(document.text[-TAIL:].rstrip())):
        fields["signature"] = found[1]
    signed = frozenset(re.findall(r"[^\W\d_]{3,}", fields["signature"].lower()))
    if not fields["origin"] and not signed:
        return signed, ""  # printed in an edition, its title says whose it is
    if "SECSTATE" in fields["origin"]:
        return signed, CAPITAL
    front = document.text[: document.text.find("\n1.") + 1][-FRONT:]
    if CHARGE.search(front):
        return frozenset(), "Charge"
    by = CLASSIFIED.search(front)
    if by and not HEAD_OF_POST.search(by[1]) and not signed.isdisjoint(re.findall(r"[^\W\d_]{3,}", by[1].lower())):
        return frozenset(), ""  # one of the post's officers signs; the Ambassador may be named
    return signed, "Consul General" if "AMCONSUL" in fields["origin"] else "Ambassador"


def _home(document: SourceDocument) -> str | None:
    if document.kind is Kind.NEWS:
        return None
    notes = "\n".join(document.text[each.start : each.end] for each in document.passages if each.label is Label.NOTE)
    edges = (
        f"{document.origin}\n{document.site}\n{document.title}\n{document.text[:1500]}\n{document.text[-600:]}\n{notes}"
    )
    for form, code in ISSUERS:
        if form.search(edges):
            return code
    if document.kind is Kind.CABLE and document.identifier:
        return "US"
    if document.kind is not Kind.READOUT:
        return None
    if JOINT.match(document.title):
        return _of_entitled(document)
    heads = [document.text[each.start : each.end] for each in document.passages if each.label is Label.HEADER]
    if INTERNATIONAL.search("\n".join((document.origin, document.site, *heads))):
        return None
    seats = (document.origin, *endings(document.origin), *(_proper(head.split(",")[0].strip()) for head in heads))
    issuer = next(
        (found for seat in seats if seat and (found := countries.lookup(seat) or countries.by_seat(seat))), None
    )
    return issuer.iso if issuer else _of_entitled(document)


def endings(body: str) -> Iterator[str]:
    """What a body's name says that it is of: "Foreign Affairs of Japan" and "Japan" of "Ministry of Foreign Affairs of Japan"."""
    return (body[found.end() :] for found in re.finditer(r" of (?:the )?", body))


def _of_entitled(document: SourceDocument) -> str | None:
    """The country of the seat or of the well-known office holder whose meeting a release is entitled the readout of."""
    found = ENTITLED.match(document.title or document.text[:HEAD])
    if found is None:
        return None
    return "US" if found["seat"] else country_of(found["name"], found["post"], Setting(document.kind, document.date).on)


def _post(document: SourceDocument) -> City | None:
    if document.kind is Kind.CABLE:
        return place(_proper(document.origin)) if document.origin else None
    headers = [passage for passage in document.passages if passage.label is Label.HEADER]
    for fields in ({"place"}, {"dateline", "date"}, {"subject", "participants"}):
        for passage in headers:
            line = document.text[passage.start : passage.end]
            if passage.field in fields and ("place" in fields or YEAR.search(line)) and (found := _named_in(line)):
                return found
    if document.kind is Kind.READOUT:
        return None
    if document.kind in {Kind.MEMCON, Kind.OTHER} and document.origin and (found := place(_proper(document.origin))):
        return found
    for passage in document.passages:
        line = document.text[passage.start : passage.end]
        above = document.kind is Kind.NEWS and passage.label is not Label.BODY and line.isupper()
        if above and len(line) < SHOUTED and (found := place(_proper(line))):
            return found
        if passage.label is Label.BODY:
            line = DATELINE.match(document.text, passage.start, min(passage.end, passage.start + 90))
            return place(_proper(line[1])) if line else None
    return None


def dateline(flow: Flow, kind: Kind) -> range:
    """The dateline of a news item's or a release's text ("LISBON, March 9 (Wire) — "), which tells of the report, not of what
    the report tells. Offsets of the flow; empty without one.
    """
    body = next((segment for segment in flow.segments if segment.label is Label.BODY), None)
    if body is None or kind not in {Kind.NEWS, Kind.READOUT}:
        return range(0)
    line = DATELINE.match(flow.text, body.start, min(body.end, body.start + 90))
    return range(body.start, line.end()) if line else range(0)


def _named_in(line: str) -> City | None:
    """The place of a header's line ("PLACE: Villa Sol, Lisbon, Portugal"): a city before a region or a building."""
    parts = [_proper(part) for part in PROPER.findall(LINE_LABEL.sub("", line))]
    near = {code for part in parts if (code := _country(part))}
    found = [known for part in parts if not _country(part) and (known := place(part, near))]
    return min(found, key=lambda each: each.precision != "city", default=None)


def _country(name: str) -> str | None:
    found = countries.lookup(name)
    return found.key if found else "US" if name in STATES - {"Washington", "New York"} else None


def _proper(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name
