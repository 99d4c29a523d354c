"""People as plain values: every spelling of their names, their offices, how many meetings they took part in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse

from ..models import Person, Position
from .formats import CHUNK, at, joined

if TYPE_CHECKING:
    from ..querysets import PersonQuerySet


def values(people: PersonQuerySet, site: str = "") -> Iterator[dict[str, Any]]:
    """Some people, counted, in their order."""
    positions = Prefetch("positions", Position.objects.select_related("organisation"))
    merged = Prefetch("merged", Person.objects.prefetch_related("names", positions))
    for person in people.prefetch_related("names", positions, merged).iterator(chunk_size=CHUNK):
        yield as_json(person, site)


def as_json(person: Person, site: str) -> dict[str, Any]:
    records = (person, *person.merged.all())
    return {
        "id": person.pk,
        "url": site + reverse("person", args=[person.pk]),
        "name": person.name,
        "names": list(dict.fromkeys(name.name for record in records for name in record.names.all())),
        "country": person.country_id,
        "description": person.description or None,
        "died": person.died or None,
        "meetings": person.meeting_count,
        "offices": [
            {
                "title": position.title,
                "country": position.country_id,
                "organisation": position.organisation.name if position.organisation else None,
                "start": position.start or None,
                "end": position.end or None,
            }
            for record in records
            for position in record.positions.all()
        ],
    }


def offices(record: dict[str, Any]) -> str:
    """Title (first–last day) of each, as far as the days are known."""
    return joined(f"{each['title']} ({each['start'] or '?'}–{each['end'] or ''})" for each in record["offices"])


COLUMNS: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{name: at(name) for name in ("id", "url", "name")},
    "other_names": lambda record: joined(name for name in record["names"] if name != record["name"]),
    **{name: at(name) for name in ("country", "description", "died", "meetings")},
    "offices": offices,
}
