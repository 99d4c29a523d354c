"""How a judgement names a person, an issue or a place for good, and the record that it means."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import Q

from ..judgements import lasting_key, portable
from ..models import Issue, Person, Place
from ..resolution.names import fold

KINDS = {model._meta.model_name: model for model in (Person, Issue, Place)}
HELD = 20  # posts by which people of one name and country are told apart

Record = Person | Issue | Place


def reference(record: Record) -> dict[str, Any]:
    """What lasts of a record, as JSON: of an issue its key, of others name and country, of a person some posts too."""
    match record:
        case Issue():
            return {"key": record.key, "name": record.name}
        case Person():
            held = record.positions.order_by("start", "title").values_list("title", "start")[:HELD]
            return {**portable(record), "held": [list(each) for each in held]}
    return portable(record)


def known_as(reference: dict[str, Any]) -> Hashable:
    """The reference as something to compare: records that share it are one, but for people of one name and country."""
    if "key" in reference:
        return reference["key"]
    return fold(reference["name"])[:200], reference["country"], reference.get("precision")


def marks(record: Record, names: Iterable[str] = ()) -> set[Hashable]:
    """All that a reference to the record may be known as; ``names`` are the folded spellings of a person."""
    match record:
        case Issue():
            return {record.key}
        case Place():
            return {(record.folded, record.country_id, record.precision)}
    return {(name, record.country_id, None) for name in {fold(record.name)[:200], *names}}


def meant(reference: dict[str, Any], records: Iterable[Record]) -> Record | None:
    """The record that a reference means among some, whose names are at hand; of several the one that held the same posts."""
    records = list(records)
    found = [record for record in records if known_as(reference) in marks(record, folded(record))]
    if not found and "held" in reference:  # the country may have been corrected since
        found = [record for record in records if fold(reference["name"])[:200] in folded(record)]
    held = [tuple(each) for each in reference.get("held", ())]
    if len(found) > 1 and held:
        found.sort(key=lambda person: -len({(row.title, row.start) for row in person.positions.all()} & set(held)))
    return found[0] if found else None


def folded(record: Record) -> list[str]:
    return [name.folded for name in record.names.all()] if isinstance(record, Person) else []


def find(subject: str, reference: dict[str, Any]) -> Record | None:
    """The record that a reference means in this database."""
    model = KINDS[subject]
    match subject:
        case "issue":
            rows = model.objects.filter(key=reference["key"])
        case "place":
            rows = model.objects.filter(folded=fold(reference["name"])[:200])
        case _:
            rows = model.objects.filter(names__folded=fold(reference["name"])[:200]).distinct()
            rows = rows.prefetch_related("names", "positions")
    return meant(reference, rows.select_related("merged_into").order_by("pk"))


def judged_on(record: Record) -> Q:
    """Judgements whose key may name the record."""
    keys = {lasting_key(record), *folded(record)}
    return Q(subject=record._meta.model_name, key__in=keys)
