"""Who is who, and which place is which: extracted records against what the database knows.

Under-merging is the lesser evil: whoever cannot be told for certain stays unresolved, with the reason, or becomes a person of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from ..authorities import organisations, titles
from ..models import Country, Issue, Organisation, Person, PersonName, Place, Position
from ..prepared import prepared
from ..records import ExtractedMeeting, ExtractedParticipant, ExtractedPlace, ExtractedStatement
from .candidates import Candidates
from .names import fold
from .persons import Mention, Office, decide


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a name was taken for, and why; ``person`` is None while that is unsure, and may be merged into another."""

    person: Person | None
    reason: str


@dataclass
class Resolver:
    """Resolves the names of one document. ``on`` is the document's date (EDTF), by which offices are looked up.

    What is known is read for all names at once, and remembered for the document's length, so that one name means one person in it.
    """

    on: str = ""
    people: dict[tuple[str, str | None], Resolved] = field(default_factory=dict)
    candidates: Candidates = field(default_factory=Candidates)
    countries: dict[str, Country | None] = field(default_factory=dict)  # by key, with those before and after them
    bodies: dict[str, Organisation | None] = field(default_factory=dict)
    offices: dict[tuple[str, str, str], list[Position]] = field(default_factory=dict)
    created: list[Person] = field(default_factory=list)  # whom nobody knew before
    issues: dict[str, Issue] = field(default_factory=dict)  # by key
    places: dict[tuple[str, str | None, str], Place] = field(default_factory=dict)

    # people

    def load(self, meetings: Sequence[ExtractedMeeting], statements: Sequence[ExtractedStatement] = ()) -> None:
        """Read in a few queries whatever may be meant by the names in the document's meetings and statements."""
        participants = [each for meeting in meetings for each in meeting.participants]
        self.candidates.load(each.name for each in participants if each.name)
        places = [meeting.place for meeting in meetings if meeting.place]
        self.read_countries(each.country for each in (*participants, *places, *statements))
        keys = {each.key for meeting in meetings for each in meeting.issues if each.key}
        names = {statement.issue for statement in statements if statement.issue}
        if keys or names:
            self.issues = {issue.key: issue for issue in issues_called(tuple(sorted(keys)), tuple(sorted(names)))}
        if folded := {fold(place.name)[:200] for place in places}:
            for place in places_called(tuple(sorted(folded))):
                self.places[place.folded, place.country_id, place.precision] = place

    def person(self, participant: ExtractedParticipant, on: str | None = None) -> Resolved:
        """Whom a participant of a meeting on that date was taken for; the document's date where the meeting has none."""
        on = on or self.on
        if not participant.name:
            return self.holder(participant, on)
        key = (fold(participant.name), participant.country)
        if key not in self.people:
            self.people[key] = self.named(participant, on)
        return self.people[key]

    def holder(self, participant: ExtractedParticipant, on: str) -> Resolved:
        """The one person who held the participant's office for their country then."""
        title = titles.lookup(participant.role) if participant.role else None
        if not (title and participant.country and on) or title.past or title.deputy:
            return Resolved(None, "the text gives no name")
        positions = [each for each in self.positions(participant.country, title.branch, title.name) if held(each, on)]
        holders = {position.person.survivor: position.person for position in positions}
        if len(holders) == 1:
            return Resolved(*holders.values(), f"{title.name} of {participant.country} at the time")
        if holders:
            names = ", ".join(person.name for person in holders)
            return Resolved(None, f"the text gives no name, and {len(holders)} people held the office then: {names}")
        return Resolved(None, "the text gives no name, and no one known holder of the office")

    def positions(self, country: str, branch: str, title: str) -> list[Position]:
        key = (country, branch, title)
        if key not in self.offices:
            asked = Q(office=branch) | Q(title__iexact=title)
            found = Position.objects.filter(asked, country__in=self.lineage(country))
            self.offices[key] = list(found.select_related("person__merged_into"))
        return self.offices[key]

    def named(self, participant: ExtractedParticipant, on: str) -> Resolved:
        name, country = participant.name, participant.country
        self.candidates.load([name])
        title = titles.lookup(participant.role) if participant.role else None
        decision = decide(
            Mention(
                name,
                country,
                frozenset(self.lineage(country) if country else ()),
                participant.role,
                title.branch if title and not (title.past or title.deputy) else "",
                on,
            ),
            self.candidates.sharing(name),
        )
        if decision.new:
            person = new_person(name[:200], self.country(country))
            self.created.append(person)
            self.candidates.add(person, [person.name])
            return Resolved(person, decision.reason)
        return Resolved(self.candidates.people.get(decision.key), decision.reason)

    # countries

    def country(self, key: str | None) -> Country | None:
        """The country of this key, if it is among the known ones."""
        self.read_countries([key])
        return self.countries.get(key)

    def lineage(self, country: str) -> set[str]:
        """A country with its direct predecessors and successors: Lavrov acted for SU and RU."""
        known = self.country(country)
        return {country, *known.earlier, *known.later} if known else {country}

    def read_countries(self, keys: Iterable[str | None]) -> None:
        if asked := {key for key in keys if key} - self.countries.keys():
            self.countries |= dict.fromkeys(asked)
            for country in with_kin(tuple(sorted(asked))):
                self.countries[country.pk] = country

    # places, bodies, issues

    def place(self, place: ExtractedPlace | None) -> Place | None:
        if place is None:
            return None
        country = self.country(place.country)
        key = fold(place.name)[:200], country and country.pk, place.precision
        if key not in self.places:
            row = Place(name=place.name[:200], latitude=place.latitude, longitude=place.longitude)
            row.folded, row.country_id, row.precision = key
            (self.places[key],) = Place.objects.bulk_create([row])
        return self.places[key]

    def organisation(self, name: str | None) -> Organisation | None:
        """The body of this name, acronym or alias, if it is among the known ones."""
        if not name:
            return None
        if name not in self.bodies:
            shipped = organisations.lookup(name)
            told = Q(folded=fold(name)) | Q(acronym=name) | Q(aliases__contains=[name])
            self.bodies[name] = Organisation.objects.filter(Q(key=shipped.key) if shipped else told).first()
        return self.bodies[name]

    def issue(self, key: str) -> Issue | None:
        return self.issues.get(key)

    def issue_named(self, name: str) -> Issue | None:
        return next((issue for issue in self.issues.values() if issue.name == name), None) if name else None

    def speaker(self, statement: ExtractedStatement) -> Person | None:
        """Whom a speaker's name was taken for among the document's participants; statements alone make nobody known."""
        resolved = self.people.get((fold(statement.speaker or ""), statement.country))
        return resolved.person if resolved else None


@prepared
def with_kin(keys: tuple[str, ...]) -> QuerySet:
    """Countries with the keys of those ``earlier`` and ``later``."""
    rows = Country.objects.filter(pk__in=keys).only("name")
    return rows.annotate(earlier=linked("predecessors"), later=linked("successors"))


@prepared
def issues_called(keys: tuple[str, ...], names: tuple[str, ...]) -> QuerySet:
    return Issue.objects.filter(Q(key__in=keys) | Q(name__in=names)).select_related("merged_into").order_by("pk")


@prepared
def places_called(folded: tuple[str, ...]) -> QuerySet:
    return Place.objects.filter(folded__in=folded).select_related("merged_into")


def linked(countries: str) -> ArrayAgg:
    """Keys of the countries before, or after, a country."""
    return ArrayAgg(countries, filter=Q(**{f"{countries}__isnull": False}), default=[], distinct=True)


def new_person(name: str, country: Country | None) -> Person:
    """As when a person is saved, but in two statements."""
    (person,) = Person.objects.bulk_create([Person(name=name, country=country)])
    called = PersonName(person=person, name=name)
    called.fold()
    PersonName.objects.bulk_create([called])
    return person


def held(position: Position, on: str) -> bool:
    """Whether the position was held on some day of the date."""
    return Office(position.title, position.office, position.country_id, position.start, position.end).held(on)
