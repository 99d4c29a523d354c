"""Names of the values of facets, read in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from ..terms import Facet


@dataclass(frozen=True, slots=True)
class Label:
    """``key`` is a country's or a topic's own, of people and places that of their country; ``within`` a topic's theme, by its key,
    or a place's country, by its name.
    """

    name: str
    key: str
    within: str


# In plain SQL: to put this together from query sets takes longer than the database needs for it.
NAMES = """
SELECT 'c', key, name, key, '' FROM meetings_country WHERE key = ANY(%s)
UNION ALL SELECT 'p', id::text, name, coalesce(country_id, ''), '' FROM meetings_person WHERE id = ANY(%s)
UNION ALL SELECT 'l', place.id::text, place.name, coalesce(place.country_id, ''), coalesce(country.name, '')
    FROM meetings_place place LEFT JOIN meetings_country country ON country.key = place.country_id WHERE place.id = ANY(%s)
UNION ALL SELECT 'i', issue.id::text, issue.name, issue.key, coalesce(theme.key, '')
    FROM meetings_issue issue LEFT JOIN meetings_issue theme ON theme.id = issue.theme_id WHERE issue.id = ANY(%s)
"""


def labels(values: Mapping[Facet, Iterable[str]]) -> dict[tuple[Facet, str], Label]:
    """By facet and value, as terms write them; values of facets without names of their own are left out."""
    rows = [list(map(int, values.get(facet, ()))) for facet in (Facet.PERSON, Facet.PLACE, Facet.ISSUE)]
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [list(values.get(Facet.COUNTRY, ())), *rows])
        return {
            (Facet(facet), value): Label(name, key, within) for facet, value, name, key, within in cursor.fetchall()
        }
