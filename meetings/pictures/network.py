"""Who met whom: the people most often there, and how often each two of them met across the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from ..models import Participant, Person

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

MOST_PEOPLE, MOST_TIES = 40, 80


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
class Network:
    """People tied to others, the most frequent first; pairs who met, the most frequent first. ``cut``: there were more people or pairs."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    cut: bool

    columns = ("person", "country", "other person", "other country", "meetings")

    def rows(self) -> Iterator[tuple]:
        for tie in self.ties:
            yield (tie.one.name, tie.one.country_id, tie.other.name, tie.other.country_id, tie.meetings)


def network(meetings: MeetingQuerySet) -> Network:
    """In three queries. Two people of one delegation are not tied: they came together, they did not meet."""
    present = Participant.objects.filter(meeting__in=meetings, person__isnull=False).order_by()
    often = present.values_list("person").annotate(n=Count("meeting", distinct=True)).order_by("-n", "person")
    counted = list(often[: MOST_PEOPLE + 1])
    drawn = Person.objects.select_related("country").only("name", "country__name")
    known = drawn.in_bulk([person for person, _ in counted[:MOST_PEOPLE]])
    other, side = "meeting__participants__person", "meeting__participants__country"
    # One filter() for one other participant; not knowing a side is no reason to take both for one delegation.
    apart = Q(country=None) | Q(**{side: None}) | Q(country__lt=F(side)) | Q(country__gt=F(side))
    pair = Q(person__in=known) & Q(**{f"{other}__in": list(known), f"{other}__gt": F("person")})
    met = present.filter(pair & apart).values_list("person", other).annotate(n=Count("meeting", distinct=True))
    pairs = list(met.order_by("-n", "person", other)[: MOST_TIES + 1])
    ties = tuple(Tie(known[one], known[another], n) for one, another, n in pairs[:MOST_TIES])
    tied = {person.pk for tie in ties for person in (tie.one, tie.other)}
    nodes = tuple(Node(known[person], n) for person, n in counted[:MOST_PEOPLE] if person in tied)
    return Network(nodes, ties, len(counted) > MOST_PEOPLE or len(pairs) > MOST_TIES)
