"""Who met whom: the people most often there, and how often each two of them met across the table; and which countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from ..models import Participant, Person

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

MOST_PEOPLE, MOST_TIES, MOST_RELATIONS = 40, 80, 40


@dataclass(frozen=True, slots=True)
class Node:
    person: Person
    meetings: int


@dataclass(frozen=True, slots=True)
class Tie:
    one: Person
    other: Person
    meetings: int


@dataclass(frozen=True, slots=True)
class Relation:
    """Two countries by key and name, and at how many meetings both were."""

    one: str
    one_name: str
    other: str
    other_name: str
    meetings: int


@dataclass(frozen=True, slots=True)
class Network:
    """People tied to others, pairs who met, and pairs of countries, the most frequent first. ``cut``: there were more people or pairs."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    relations: tuple[Relation, ...]
    cut: bool

    columns = ("person", "country", "other person", "other country", "meetings")

    def rows(self) -> Iterator[tuple]:
        for tie in self.ties:
            yield (tie.one.name, tie.one.country_id, tie.other.name, tie.other.country_id, tie.meetings)


def network(meetings: MeetingQuerySet) -> Network:
    """In three queries. Two people of one delegation are not tied: they came together, they did not meet."""
    present = Participant.objects.filter(meeting__in=meetings, person__isnull=False).order_by()
    drawn = Person.objects.filter(participants__meeting__in=meetings).select_related("country")
    often = drawn.only("name", "country__name").annotate(n=Count("participants__meeting", distinct=True))
    counted = list(often.order_by("-n", "pk")[: MOST_PEOPLE + 1])
    known = {person.pk: person for person in counted[:MOST_PEOPLE]}
    other, side = "meeting__participants__person", "meeting__participants__country"
    # One filter() for one other participant; not knowing a side is no reason to take both for one delegation.
    apart = Q(country=None) | Q(**{side: None}) | Q(country__lt=F(side)) | Q(country__gt=F(side))
    pair = Q(person__in=known) & Q(**{f"{other}__in": list(known), f"{other}__gt": F("person")})
    met = present.filter(pair & apart).values_list("person", other).annotate(n=Count("meeting", distinct=True))
    pairs = list(met.order_by("-n", "person", other)[: MOST_TIES + 1])
    ties = tuple(Tie(known[one], known[another], n) for one, another, n in pairs[:MOST_TIES])
    tied = {person.pk for tie in ties for person in (tie.one, tie.other)}
    nodes = tuple(Node(person, person.n) for person in known.values() if person.pk in tied)
    return Network(nodes, ties, relations(meetings), len(counted) > MOST_PEOPLE or len(pairs) > MOST_TIES)


def relations(meetings: MeetingQuerySet) -> tuple[Relation, ...]:
    """The pairs of countries that met most often, whoever came for them."""
    other = "meeting__participants__country"
    present = Participant.objects.filter(meeting__in=meetings, **{f"{other}__gt": F("country")}).order_by()
    met = present.values_list("country", "country__name", other, f"{other}__name")
    counted = met.annotate(n=Count("meeting", distinct=True)).order_by("-n", "country", other)
    return tuple(Relation(*pair) for pair in counted[:MOST_RELATIONS])
