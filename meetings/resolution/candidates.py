"""People whom names may stand for, read from the database for many names at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from ..models import Person, PersonName, Position
from .names import parse, sounded, trigrams
from .persons import Candidate, Office

WORDS = 64  # looked up in one query


@dataclass
class Candidates:
    """Known people by the sounded words of their names. What was asked for once is not asked for again."""

    people: dict[int, Person] = field(default_factory=dict)
    known: dict[int, Candidate] = field(default_factory=dict)
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    asked: set[str] = field(default_factory=set)

    def load(self, names: Iterable[str]) -> None:
        """Read everybody who shares a whole word with one of the names: three queries for each 64 new words."""
        words = sorted({sounded(word) for name in names for word in parse(name).whole} - self.asked)
        self.asked.update(words)
        for start in range(0, len(words), WORDS):
            same_word = reduce(or_, (Q(trigrams__contains=trigrams(word)) for word in words[start : start + WORDS]))
            found = PersonName.objects.filter(same_word, person__merged_into=None).values("person")
            self.read(found)

    def read(self, keys) -> None:
        people = {person.pk: person for person in Person.objects.filter(pk__in=keys) if person.pk not in self.people}
        names, offices = defaultdict(list), defaultdict(list)
        for key, name in PersonName.objects.filter(person__in=people).order_by("pk").values_list("person", "name"):
            names[key].append(name)
        for position in Position.objects.filter(person__in=people).order_by("start", "pk"):
            offices[position.person_id].append(
                Office(position.title, position.office, position.country_id, position.start, position.end)
            )
        for key, person in people.items():
            self.add(person, names[key], offices[key])

    def add(self, person: Person, names: Iterable[str], offices: Iterable[Office] = ()) -> None:
        self.people[person.pk] = person
        self.known[person.pk] = Candidate(
            person.pk, person.name, person.country_id, tuple(names), tuple(offices), person.died
        )
        for name in names:
            for word in parse(name).words:
                self.by_word[sounded(word)].add(person.pk)

    def sharing(self, name: str) -> Iterator[Candidate]:
        """Known people one of whose names shares a whole word with this one, in the order in which they became known."""
        keys = {key for word in parse(name).whole for key in self.by_word.get(sounded(word), ())}
        return (self.known[key] for key in sorted(keys))
