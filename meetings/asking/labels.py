"""Names of the values of facets, read in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from ..models import Country, Issue, Person, Place
from ..terms import Facet

EMPTY = Value("", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Label:
    """``key`` is a country's or a topic's own, of people and places that of their country; ``within`` a topic's theme."""

    name: str
    key: str
    within: str


MODELS: dict[Facet, tuple[type[Model], str, str]] = {
    Facet.COUNTRY: (Country, "key", ""),
    Facet.PERSON: (Person, "country_id", ""),
    Facet.ISSUE: (Issue, "key", "theme__key"),
    Facet.PLACE: (Place, "country_id", ""),
}


def labels(values: Mapping[Facet, Iterable[str]]) -> dict[tuple[Facet, str], Label]:
    """By facet and value, as terms write them; values of facets without names of their own are left out."""
    wanted = [_rows(facet, list(values.get(facet, ()))) for facet in MODELS]
    found = wanted[0].union(*wanted[1:], all=True)
    return {(Facet(facet), value): Label(name, key, within) for facet, value, name, key, within in found}


def _rows(facet: Facet, keys: list[str]) -> QuerySet:
    model, key, within = MODELS[facet]
    return (
        model.objects.filter(pk__in=keys)
        .order_by()
        .annotate(
            facet_=Value(facet.value, output_field=TextField()),
            value_=Cast("pk", TextField()),
            name_=Cast("name", TextField()),
            key_=Coalesce(Cast(key, TextField()), EMPTY),
            within_=Coalesce(Cast(within, TextField()), EMPTY) if within else EMPTY,
        )
        .values_list("facet_", "value_", "name_", "key_", "within_")
    )
