"""From where and for whom a document was written: what its "we", "the Ambassador" and a bare "Foreign Minister" mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from meetings.authorities import countries
from meetings.nlp.cities import City, city
from meetings.nlp.dates import day_of
from meetings.records import Kind, Label, SourceDocument

# An archive's reference or an issuing office names the government whose paper it is.
ISSUERS = (
    (
        re.compile(
            r"\[(?:N?AA|CA|AWM|NLA)\s*:\s*[A-Z]?|\bNational Archives of Australia\b|Cablegram \d+ .{0,40}CANBERRA"
        ),
        "AU",
    ),
    (
        re.compile(
            r"\bOffice of the Spokesperson\b|\bThe White House\b|\bBriefing Room\b|\b(?:NSC|State Department) Spokesperson\b|\bPress Secretary Jen\b|\bDepartment of State\b"
        ),
        "US",
    ),
    (re.compile(r"\[?\bUKNA\b|\b(?:PRO|TNA)\b.{0,12}\b(?:FO|CAB|PREM|FCO)\s?\d|\bDowning Street\b"), "GB"),
)
DATELINE = re.compile(
    r"\s*([A-Z][A-Za-zÀ-ÿ.'’ -]{2,28}?)(?:,\s*[A-Z][\w.'’ ]{1,25})?\s*(?:\([A-Z][\w./ ]{1,24}\)\s*(?:[-–—]{1,2}|:)?|\s[-–—]{1,2}\s|—|--|,\s+(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+\d{1,2}[^a-z]{0,14}[-–—(])"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """``home`` is the country of the author, ``host`` that of the place (``post``) where the text was written: ISO codes."""

    kind: Kind
    date: str | None
    home: str | None = None
    host: str | None = None
    post: City | None = None
    title: str = ""

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


def setting(document: SourceDocument) -> Setting:
    post = _post(document)
    host = post.country if post else None
    dated = Setting(document.kind, document.date)
    if host and dated.on:
        host = _as_of(host, dated.on)
    return Setting(document.kind, document.date, _home(document), host, post, document.title)


def _as_of(code: str, on: date) -> str:
    try:
        return countries.get(countries.as_of(code, on)).iso
    except KeyError:
        return code


def _home(document: SourceDocument) -> str | None:
    if document.kind is Kind.NEWS:
        return None
    edges = f"{document.origin}\n{document.site}\n{document.title}\n{document.text[:1500]}\n{document.text[-600:]}"
    for form, code in ISSUERS:
        if form.search(edges):
            return code
    if document.kind is Kind.CABLE and document.identifier:
        return "US"
    issuer = countries.lookup(document.origin) or countries.by_seat(document.origin) if document.origin else None
    return issuer.iso if issuer and document.kind is Kind.READOUT else None


def _post(document: SourceDocument) -> City | None:
    if document.kind is Kind.CABLE:
        return city(_proper(document.origin)) if document.origin else None
    for passage in document.passages:
        if passage.field in {"place", "dateline", "date"}:
            for part in re.findall(r"[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3}", document.text[passage.start : passage.end]):
                if found := city(_proper(part)):
                    return found
    if document.kind is Kind.READOUT:
        return None
    for passage in document.passages:
        if passage.label is Label.BODY:
            line = DATELINE.match(document.text, passage.start, min(passage.end, passage.start + 90))
            return city(_proper(line[1])) if line else None
    return None


def _proper(name: str) -> str:
    return name.title() if name.isupper() else name
