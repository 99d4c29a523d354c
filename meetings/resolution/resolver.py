"""Who is who, and which place is which: extracted records against what the database knows.

Under-merging is the lesser evil: whoever cannot be told for certain stays unresolved, with the reason, or becomes a person of
their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from .. import dates
from ..authorities import organisations, titles
from ..models import Country, Issue, Organisation, Person, PersonName, Place, Position
from ..records import ExtractedParticipant, ExtractedPlace, ExtractedStatement
from .names import fold, same_name, tokens, trigrams, whole


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a name was taken for, and why; ``person`` is None while that is unsure."""

    person: Person | None
    reason: str


@dataclass
class Resolver:
    """Resolves the names of one document. ``on`` is the document's date (EDTF), by which offices are looked up.

    Known people, countries and bodies are remembered for the document's length, so that one name means one person in it.
    """

    on: str = ""
    people: dict[tuple[str, str | None], Resolved] = field(default_factory=dict)

    # people

    def person(self, participant: ExtractedParticipant, on: str | None = None) -> Resolved:
        """Whom a participant of a meeting on that date was taken for; the document's date where the meeting has none."""
        if not participant.name:
            return self.holder(participant, on or self.on)
        key = (fold(participant.name), participant.country)
        if key not in self.people:
            self.people[key] = self.named(participant, on or self.on)
        return self.people[key]

    def holder(self, participant: ExtractedParticipant, on: str) -> Resolved:
        """The one person who held the participant's office for their country then."""
        title = titles.lookup(participant.role) if participant.role else None
        if not (title and participant.country and on):
            return Resolved(None, "the text gives no name")
        positions = Position.objects.filter(
            Q(office=title.branch) | Q(title__iexact=title.name), country__in=lineage(participant.country)
        ).select_related("person")
        holders = {position.person_id: position.person for position in positions if held(position, on)}
        if len(holders) == 1:
            return Resolved(*holders.values(), f"{title.name} of {participant.country} at the time")
        return Resolved(None, "the text gives no name, and no one known holder of the office")

    def named(self, participant: ExtractedParticipant, on: str) -> Resolved:
        name, country = participant.name, participant.country
        agreeing = [person for person in self.candidates(name, country) if compatible(person, country)]
        holders = in_office(agreeing, country, on)
        if len(whole(tokens(name))) < 2:
            if len(holders) == 1:
                return Resolved(holders[0], "the one holder of an office with this surname at the time")
            return Resolved(None, "only a surname, and no one office holder to match it")
        if not agreeing:
            return Resolved(
                Person.objects.create(name=name[:200], country_id=known_country(country)), "first seen here"
            )
        if len(agreeing) == 1:
            return Resolved(agreeing[0], f"the name is known as {agreeing[0].name}")
        if len(holders) == 1:
            return Resolved(holders[0], f"of {len(agreeing)} people of this name, the one in office at the time")
        return Resolved(None, f"{len(agreeing)} people share this name")

    def candidates(self, name: str, country: str | None) -> list[Person]:
        """Known people one of whose names is compatible with this one, a whole word of it sounding the same.

        A fuller name stands for a shorter one (Vladimir Vladimirovich Putin) only within one country.
        """
        wanted = whole(tokens(name))
        if not wanted:
            return []
        same_word = reduce(or_, (Q(trigrams__contains=trigrams(word)) for word in wanted))
        names = PersonName.objects.filter(same_word, person__merged_into=None).select_related("person__country")
        found: dict[int, Person] = {}
        for known in names:
            alike_in_length = len(whole(tokens(known.name))) == len(wanted) or len(wanted) == 1
            if (alike_in_length or (country and known.person.country_id == country)) and same_name(known.name, name):
                found[known.person_id] = known.person
        return list(found.values())

    # places, bodies, issues

    def place(self, place: ExtractedPlace | None) -> Place | None:
        if place is None:
            return None
        known, _ = Place.objects.get_or_create(
            folded=fold(place.name)[:200],
            country_id=known_country(place.country),
            precision=place.precision,
            defaults={"name": place.name[:200], "latitude": place.latitude, "longitude": place.longitude},
        )
        return known

    def organisation(self, name: str | None) -> Organisation | None:
        """The body of this name, acronym or alias, if it is among the known ones."""
        if not name:
            return None
        shipped = organisations.lookup(name)
        return Organisation.objects.filter(Q(key=shipped.key) if shipped else Q(folded=fold(name))).first()

    def issue(self, key: str) -> Issue | None:
        return Issue.objects.filter(key=key).first() if key else None

    def issue_named(self, name: str) -> Issue | None:
        return Issue.objects.filter(name=name).first() if name else None

    def speaker(self, statement: ExtractedStatement) -> Person | None:
        """Whom a speaker's name was taken for among the document's participants; statements alone make nobody known."""
        resolved = self.people.get((fold(statement.speaker or ""), statement.country))
        return resolved.person if resolved else None


def known_country(key: str | None) -> str | None:
    return key if key and Country.objects.filter(pk=key).exists() else None


def lineage(country: str) -> set[str]:
    """A country with its direct predecessors and successors: Lavrov acted for SU and RU."""
    return {
        country,
        *Country.objects.filter(Q(predecessors=country) | Q(successors=country)).values_list("pk", flat=True),
    }


def compatible(person: Person, country: str | None) -> bool:
    return not country or not person.country_id or person.country_id in lineage(country)


def in_office(people: list[Person], country: str | None, on: str) -> list[Person]:
    """Those of the people who held an office for the country on that date. Nobody when the date or the country is unknown."""
    if not people or not on or not country:
        return []
    positions = Position.objects.filter(person__in=people, country__in=lineage(country))
    holding = {position.person_id for position in positions if held(position, on)}
    return [person for person in people if person.pk in holding]


def held(position: Position, on: str) -> bool:
    """Whether the position was held on some day of the date. An unknown beginning or end bounds nothing."""
    first, last = dates.bounds(on)
    begun = not position.start or dates.bounds(position.start)[0] <= last
    return begun and (not position.end or first <= dates.bounds(position.end)[1])
