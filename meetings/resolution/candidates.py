"""People whom names may stand for, read from the database for many names at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from ..conditions import among
from ..models import Person, PersonName, Position
from ..prepared import prepared
from .names import parse, sounded, trigrams
from .persons import Candidate, Office

WORDS = 64  # looked up in one query
OFFICE = JSONObject(title="title", kind="office", country="country", start="start", end="end")


@dataclass
class Candidates:
    """Known people by the sounded words of their names. What was asked for once is not asked for again."""

    people: dict[int, Person] = field(default_factory=dict)
    known: dict[int, Candidate] = field(default_factory=dict)
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    asked: set[str] = field(default_factory=set)

    def load(self, names: Iterable[str]) -> None:
        """Read everybody who shares a whole word with one of the names: two queries for each 64 new words."""
        words = sorted({sounded(word) for name in names for word in parse(name).whole} - self.asked)
        self.asked.update(words)
        for start in range(0, len(words), WORDS):
            self.read(bearers(words[start : start + WORDS]))

    def read(self, keys: Iterable[int]) -> None:
        if new := set(keys) - self.people.keys():
            for person in with_names(sorted(new)):
                self.add(person, person.called, [Office(**office) for office in person.held])

    def add(self, person: Person, names: Iterable[str], offices: Iterable[Office] = ()) -> None:
        self.people[person.pk] = person
        self.known[person.pk] = Candidate(
            person.pk,
            person.name,
            person.country_id,
            tuple(names),
            tuple(offices),
            person.died,
            person.survivor.pk,
        )
        for name in names:
            for word in parse(name).words:
                self.by_word[sounded(word)].add(person.pk)

    def sharing(self, name: str) -> Iterator[Candidate]:
        """Known people one of whose names shares a whole word with this one, in the order in which they became known."""
        keys = {key for word in parse(name).whole for key in self.by_word.get(sounded(word), ())}
        return (self.known[key] for key in sorted(keys))


@prepared
def with_names(keys: list[int]) -> QuerySet:
    """People with the names they are ``called`` and the offices that they ``held``."""
    names = PersonName.objects.filter(person=OuterRef("pk")).order_by("pk").values("name")
    offices = Position.objects.filter(person=OuterRef("pk")).order_by("start", "pk").values(json=OFFICE)
    found = Person.objects.filter(among(keys)).select_related("merged_into")
    return found.annotate(called=ArraySubquery(names), held=ArraySubquery(offices))


# One look into the index a word. As alternatives of one condition, PostgreSQL would rather read all names.
BEARERS = """
SELECT DISTINCT found.person_id FROM unnest(%s::text[]) AS word(pieces),
LATERAL (SELECT person_id FROM meetings_personname WHERE trigrams @> string_to_array(word.pieces, chr(31))::varchar[] OFFSET 0) AS found
"""


def bearers(words: Iterable[str]) -> list[int]:
    """Row numbers of the people with one of these sounded words in a name."""
    with connection.cursor() as cursor:
        cursor.execute(BEARERS, [["\x1f".join(trigrams(word)) for word in words]])
        return [key for (key,) in cursor.fetchall()]
