"""Journeys of presidents and secretaries of state, visits of foreign leaders, as XML: ``<trips>``, ``<visits>``, ``<presidents>``.

Who met whom follows from the note of an entry: one encounter for each person whom it names, since it does not say who sat
together. A visit in a diplomatic format (state, official, working) is one to the President of the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .. import dates
from ..authorities import countries
from ..records import (
    Attendance,
    Evidence,
    ExtractedMeeting,
    ExtractedParticipant,
    ExtractedPlace,
    Extraction,
    Field,
    Kind,
    Label,
    Medium,
    Name,
    Passage,
    SourceDocument,
    Status,
)
from . import told
from .entries import Entry, Journey, Official, RegisterError, Unreadable, key_of
from .officials import check_term
from .told import Named, Told

READER = "register/1"
HOST = "US"  # whose journeys and guests these lists hold
ROLES = {"president": "President", "secretary": "Secretary of State"}
FORMAT = re.compile(
    r"\b(?:[Ss]tate|[Oo]fficial(?: [Ww]orking)?|[Ww]orking) (?:[Vv]isit|[Ll]unch)\b|\bPresidential guest\b"
)
WRITTEN, IMPLIED = 0.95, 0.8  # confidence: that a note names an encounter, that a format of visit implies one
LONGEST_STAY = timedelta(days=366)


def entries(file: BinaryIO, name: str) -> Iterator[Entry]:
    """Reads element by element: memory does not grow with the file."""
    root = None
    try:
        for event, element in iterparse(file, events=("start", "end")):
            if root is None:
                root = element
                if root.tag not in ("trips", "visits", "presidents"):
                    raise RegisterError(f"{name} is no list of journeys: its root is <{root.tag[:40]}>.")
            elif event == "end" and element.tag in READ:
                yield taken(element, name)
                root.clear()
    except (ParseError, DefusedXmlException) as error:
        if root is None:
            raise RegisterError(f"{name} is not well-formed XML ({error}).") from error
        yield Unreadable(key_of(name), name, f"the file cannot be read on from here ({error})", "")


def taken(element: Element, name: str) -> Entry:
    try:
        return READ[element.tag](element)
    except ValueError as error:
        content = "; ".join(f"{child.tag}: {said(element, child.tag)}" for child in element)
        where = f"{name}, {element.tag} {said(element, 'id')}".rstrip()
        return Unreadable(entry_key(element), where, str(error), content)


def said(element: Element, tag: str) -> str:
    """The text of a child without its markup, on one line."""
    child = element.find(tag)
    return " ".join("".join(child.itertext()).split()) if child is not None else ""


def entry_key(element: Element) -> str:
    """An entry keeps its number when the list is published anew."""
    return key_of(element.tag, element.get("who", ""), said(element, "id") or said(element, "name"))


def president(element: Element) -> Official:
    name, begins, ends = (said(element, tag) for tag in ("name", "took-office-date", "left-office-date"))
    if not name:
        raise ValueError("the name is missing")
    check_term(begins, ends)
    return Official(name, "President", begins, ends)


def trip(element: Element) -> Journey:
    role, name = said(element, "role") or element.get("role", ""), said(element, "name")
    if not name or role not in ROLES:
        raise ValueError("the name or the role is missing")
    first, last = stay(element)
    where, locale = said(element, "country"), said(element, "locale")
    host = country_of(where, first)
    page = Page()
    start, end = page.line(f"{ROLES[role]} {name}", Label.HEADING)
    traveller = Named(start, end, name, ROLES[role], HOST)
    place = ", ".join(filter(None, (locale, where)))
    site = stop(locale, where, host, page.line(place, Label.HEADER, "place")) if place else None
    return entry(element, page, traveller, (first, last), said(element, "remarks"), host, site)


def stop(locale: str, where: str, host: str | None, span: tuple[int, int]) -> ExtractedPlace:
    """The one town of a journey; of several, no more is certain than the country."""
    towns = [town for town in re.split(r"[,;]| and ", locale.partition(" (")[0]) if town.strip()]
    place = ExtractedPlace(towns[0].strip(), host) if len(towns) == 1 else ExtractedPlace(where, host, "country")
    return at(place, span)


def visit(element: Element) -> Journey:
    first, last = stay(element)
    visitor, where = said(element, "visitor"), said(element, "from")
    home = country_of(where, first)
    page = Page()
    page.line(f"{visitor}, {where}", Label.HEADING)
    guest = next(told.people(visitor, 0, len(visitor)), None)
    if guest is None:
        raise ValueError(f"who visited cannot be told from “{visitor}”")
    guest = Named(guest.start, guest.end, guest.name, guest.role, home or "", guest.body)
    return entry(element, page, guest, (first, last), said(element, "description"), HOST, None)


READ: dict[str, Callable[[Element], Entry]] = {"president": president, "trip": trip, "visit": visit}


class Page:
    """The text of an entry, a paragraph a line."""

    def __init__(self) -> None:
        self.text = ""
        self.passages: list[Passage] = []

    def line(self, text: str, label: Label, field: str = "") -> tuple[int, int]:
        """Add a paragraph; where it stands."""
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        self.text += text
        self.passages.append(Passage(start, len(self.text), label, field=field))
        return start, len(self.text)


def entry(
    element: Element,
    page: Page,
    who: Named,
    days: tuple[date, date],
    note: str,
    host: str | None,
    site: ExtractedPlace | None,
) -> Journey:
    """The document of an entry, with an encounter for each person whom its note names."""
    span = dates.span(days[0].isoformat(), days[1].isoformat())
    when = page.line(dates.in_words(span), Label.HEADER, "date")
    body = page.line(note, Label.BODY)[0] if note else len(page.text)
    visiting = element.tag == "visit"
    found = [
        encounter(page, who, party, each, note, body, days, when, site, host, visiting)
        for each in told.encounters(note)
        for party in each.people
    ]
    form = FORMAT.search(note) if visiting else None
    if form and not found:
        found = [implied(who, form, body, span, when)]
    title = f"{who.role} {who.name}".strip() + (f" in {site.name}" if site else ""), dates.in_words(span)
    source = SourceDocument(
        text=page.text,
        kind=Kind.REGISTER,
        passages=tuple(page.passages),
        reader=READER,
        title=", ".join(title),
        date=span,
    )
    names = tuple(Name(start, end, "PERSON") for start, end in sorted(spans(found)))
    return Journey(entry_key(element), source, Extraction(tuple(found), names=names, pipeline=READER))


def spans(meetings: list[ExtractedMeeting]) -> set[tuple[int, int]]:
    return {(each.start, each.end) for meeting in meetings for party in meeting.participants for each in party.evidence}


def encounter(
    page: Page,
    who: Named,
    party: Named,
    each: Told,
    note: str,
    body: int,
    days: tuple[date, date],
    when: tuple[int, int],
    site: ExtractedPlace | None,
    host: str | None,
    visiting: bool,
) -> ExtractedMeeting:
    """The traveller and one person of those whom the note names."""
    clause = note[each.start : each.end]
    day = told.day_in(clause, *days)
    date_at = (body + each.start, body + each.end) if day else when
    attendance = Attendance.ACCOMPANYING if each.accompanied else Attendance.PRINCIPAL
    town = told.TOWN.search(clause) if visiting else None
    if town:
        place = at(ExtractedPlace(town[1], HOST), (body + each.start + town.start(1), body + each.start + town.end(1)))
    else:
        place = site
    parties = [participant(who, 0, attendance)]
    if each.accompanied:
        parties.append(participant(each.accompanied, body, nation=HOST))
    parties.append(participant(party, body, nation=party.nation or ("" if party.body else host or "")))
    return ExtractedMeeting(
        Status.HELD,
        tuple(parties),
        (
            Evidence(Field.MEETING, body + each.start, body + each.end, READER, WRITTEN),
            Evidence(Field.DATE, *date_at, READER, WRITTEN),
        ),
        date=(day or days[0]).isoformat(),
        date_end=None if day or days[0] == days[1] else days[1].isoformat(),
        place=place,
        medium=Medium.IN_PERSON,
        confidence=WRITTEN,
    )


def implied(who: Named, form: re.Match[str], body: int, span: str, when: tuple[int, int]) -> ExtractedMeeting:
    """A guest's meeting with the President, whom the note does not name."""
    clause = body + form.start(), body + form.end()
    first, _, last = span.partition("/")
    return ExtractedMeeting(
        Status.HELD,
        (
            participant(who, 0),
            ExtractedParticipant(
                None, "President", HOST, evidence=(Evidence(Field.PARTICIPANT, *clause, READER, IMPLIED),)
            ),
        ),
        (Evidence(Field.MEETING, *clause, READER, IMPLIED), Evidence(Field.DATE, *when, READER, WRITTEN)),
        date=first,
        date_end=last or None,
        medium=Medium.IN_PERSON,
        confidence=IMPLIED,
    )


def participant(
    named: Named, offset: int, attendance: Attendance = Attendance.PRINCIPAL, nation: str = ""
) -> ExtractedParticipant:
    claim = Evidence(Field.PARTICIPANT, offset + named.start, offset + named.end, READER, WRITTEN)
    country = countries.get(key).iso if (key := named.nation or nation) else None
    return ExtractedParticipant(named.name, named.role, country, named.body or None, attendance, (claim,))


def at(place: ExtractedPlace, span: tuple[int, int]) -> ExtractedPlace:
    return ExtractedPlace(
        place.name, place.country, place.precision, evidence=(Evidence(Field.PLACE, *span, READER, WRITTEN),)
    )


def stay(element: Element) -> tuple[date, date]:
    """Raises ValueError when a date is none, or the end lies before the beginning."""
    try:
        first, last = (date.fromisoformat(said(element, tag)) for tag in ("start-date", "end-date"))
    except ValueError as error:
        raise ValueError("a date is missing or is none") from error
    if last < first:
        raise ValueError(f"it ends ({last}) before it begins ({first})")
    if last - first > LONGEST_STAY:
        raise ValueError(f"it lasts from {first} to {last}, more than a year")
    return first, last


def country_of(text: str, on: date) -> str | None:
    """The key of the state of that day; of "Siam (Thailand)" either name will do. None when neither is known."""
    outside, _, inside = text.partition(" (")
    found = countries.lookup(outside, on) or countries.lookup(inside.rstrip(")"), on)
    return countries.as_of(found.key, on) if found else None
