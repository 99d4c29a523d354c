"""Official lists into the database: officials become people with positions, journeys become documents with their meetings.

A journey goes the way of every document (``storage.save``), so that it is shown, corrected and joined with other accounts like
one. Loading again changes nothing; an entry that cannot be taken is kept as a failed document with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from django.db import DataError, IntegrityError, transaction

from . import dates, overrides
from .merging import settling
from .models import Country, Person, PersonName, Position
from .records import ExtractedPlace, Extraction
from .registers.entries import Entry, Journey, Official, Unreadable
from .resolution.names import fold, same_name
from .storage import Change, save, save_failure, unchanged

COLLECTION = "Journeys and visits"
BATCH = 500  # officials written together
HANDOVER = 60  # days within which two lists may date one beginning differently
CAREER = 60  # years: two terms of one name that lie further apart are two people's


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an entry; ``reason`` says why it could not be taken."""

    kind: str  # official, journey, unreadable
    change: Change
    meetings: int = 0
    where: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the file that a document came from."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Loading:
    """One run over one file. ``country`` is whose officials a list holds; ``locate`` gives a place its coordinates."""

    file: str
    collection: str = COLLECTION
    country: str = "US"
    source_url: str = ""
    locate: Callable[[ExtractedPlace], ExtractedPlace] = lambda place: place

    def run(self, entries: Iterable[Entry]) -> Iterator[Result]:
        """Officials are written in batches, journeys one by one; each write is one transaction."""
        entries = iter(entries)
        while batch := list(islice(entries, BATCH)):
            if officials := [entry for entry in batch if isinstance(entry, Official)]:
                yield from self.officials(officials)
            for entry in batch:
                if isinstance(entry, Journey):
                    yield self.journey(entry)
                elif isinstance(entry, Unreadable):
                    yield self.failed(entry)

    # officials

    @transaction.atomic
    def officials(self, officials: list[Official]) -> list[Result]:
        """People of that name and country are the same while their terms lie within a career."""
        if not Country.objects.filter(pk=self.country).exists():
            raise ValueError(f"No country has the key {self.country!r}.")
        known = self.known({official.name for official in officials})
        removed = overrides.people_removed()
        positions, new = [], []
        for official in officials:
            if fold(official.name) in removed:
                continue
            year = year_of(official)
            office = HEADS.get((self.country, official.title), "")
            same = next((each for each in known.get(official.name, ()) if each.reaches(year)), None)
            if same is None and (holder := self.holder(official, office)):
                holder.names.get_or_create(name=official.name)
                same = Career(holder, [])
                known.setdefault(official.name, []).append(same)
            if same is None:
                same = Career(Person(name=official.name, country_id=self.country), [])
                new.append(same.person)
                known.setdefault(official.name, []).append(same)
            if year:
                same.years.append(year)
            positions.append(
                Position(
                    person=same.person,
                    title=official.title,
                    office=office,
                    country_id=self.country,
                    start=official.begins,
                    end=official.ends,
                    source=self.file[:200],
                )
            )
        Person.objects.bulk_create(new)
        names = [PersonName(person=person, name=person.name) for person in new]
        for name in names:
            name.fold()
        PersonName.objects.bulk_create(names)
        before = Position.objects.count()
        Position.objects.bulk_create(positions, ignore_conflicts=True)
        made = Position.objects.count() - before
        overrides.remove_corrected_rows()
        settling.restore(new)
        changes = [Change.CREATED] * made + [Change.UNCHANGED] * (len(officials) - made)
        return [Result("official", change) for change in changes]

    def holder(self, official: Official, office: str) -> Person | None:
        """Whoever is known to have taken this leading post at that time, by a name that may be the same."""
        if not office or not official.begins:
            return None
        begun = dates.bounds(official.begins)[0]
        for position in self.leaders:
            near = position.start and abs((dates.bounds(position.start)[0] - begun).days) <= HANDOVER
            if near and position.office == office and same_name(position.person.name, official.name):
                return position.person
        return None

    @cached_property
    def leaders(self) -> list[Position]:
        led = Position.objects.filter(office__in=HEADS.values(), country=self.country)
        return list(led.select_related("person"))

    def known(self, names: set[str]) -> dict[str, list[Career]]:
        careers: dict[int, Career] = {}
        called: dict[str, list[Career]] = {}
        rows = PersonName.objects.filter(name__in=names, person__country=self.country)
        for row in rows.select_related("person").order_by("person_id"):
            career = careers.setdefault(row.person_id, Career(row.person, []))
            called.setdefault(row.name, []).append(career)
        for key, start, end in Position.objects.filter(person__in=careers).values_list("person", "start", "end"):
            careers[key].years.extend(int(date[:4]) for date in (start, end) if date)
        return called

    # journeys

    def journey(self, journey: Journey) -> Result:
        source = replace(journey.source, collection=self.collection, source_url=self.source_url)
        row = Row(self.file, journey.key)
        try:
            with transaction.atomic():
                if document := unchanged(row, source, journey.extraction.pipeline):
                    return Result("journey", Change.UNCHANGED, document.accounts.count())
                document, change = save(row, source, self.placed(journey.extraction))
                return Result("journey", change, document.accounts.count())
        except (DataError, IntegrityError) as error:
            reason = f"it could not be stored ({str(error).splitlines()[0]})"
            return self.failed(Unreadable(journey.key, f"{self.file}: {source.title}", reason, source.text))

    def placed(self, extraction: Extraction) -> Extraction:
        meetings = (
            replace(meeting, place=self.locate(meeting.place)) if meeting.place else meeting
            for meeting in extraction.meetings
        )
        return replace(extraction, meetings=tuple(meetings))

    def failed(self, entry: Unreadable) -> Result:
        with transaction.atomic():
            reason = f"{entry.reason}: {entry.content}" if entry.content else entry.reason
            change = save_failure(Row(entry.where, entry.key), reason, self.collection)
        return Result("unreadable", change, where=entry.where, reason=entry.reason)


# Posts that stand for their country in resolution; an ambassador's title says all that there is to say.
HEADS = {("US", "President"): "head of state", ("US", "Secretary of State"): "foreign minister"}


@dataclass(frozen=True, slots=True)
class Career:
    """A person with the years in which they are known to have held office."""

    person: Person
    years: list[int]

    def reaches(self, year: int | None) -> bool:
        return year is None or not self.years or any(abs(year - other) <= CAREER for other in self.years)


def year_of(official: Official) -> int | None:
    date = official.begins or official.ends
    return int(date[:4]) if date else None
