"""How a judgement names a person, an issue or a place for good, and the record that it means."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ..judgements import lasting_key, portable
from ..models import Issue, Judgement, Person, PersonName, Place
from ..resolution.names import fold

KINDS = {model._meta.model_name: model for model in (Person, Issue, Place)}
HELD = 20  # posts by which people of one name and country are told apart

Record = Person | Issue | Place


def reference(record: Record) -> dict[str, Any]:
    """What lasts of a record, as JSON: of an issue its key, of others name and country; of a person some posts too, and which of
    several of one name and country they are.
    """
    match record:
        case Issue():
            return {"key": record.key, "name": record.name}
        case Person():
            held = record.positions.order_by("start", "title").values_list("title", "start")[:HELD]
            return {
                **portable(record),
                "held": [list(each) for each in held],
                "nth": namesakes(portable(record)).index(record.pk),
            }
    return portable(record)


def namesakes(reference: dict[str, Any]) -> list[int]:
    """People (row numbers) of this very name and country, the oldest record first."""
    same = Person.objects.filter(name=reference["name"], country=reference["country"])
    return list(same.order_by("pk").values_list("pk", flat=True))


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
    """The record that a reference means among some, whose names are at hand."""
    records = list(records)
    found = [record for record in records if known_as(reference) in marks(record, folded(record))]
    if not found and "held" in reference:  # the country may have been corrected since
        found = [record for record in records if fold(reference["name"])[:200] in folded(record)]
    if len(found) > 1:  # people alone
        held, same = {tuple(each) for each in reference["held"]}, namesakes(reference)
        nth = same[reference["nth"]] if reference["nth"] < len(same) else None
        found.sort(key=lambda one: (one.name != reference["name"], -len(posts(one) & held), one.pk != nth))
    return found[0] if found else None


def posts(person: Person) -> set[tuple[str, str]]:
    return {(row.title, row.start) for row in person.positions.all()}


def ends(judgement: Judgement, records: Iterable[Record] | None = None) -> tuple[Record | None, Record | None]:
    """The record that a judgement is on, and the other one that it names: among some, else in this database.

    A merge may have given the other one the first one's name.
    """
    value = judgement.value
    there = value["into"] if "into" in value else value["other"]
    if records is None:
        records = [*bearing(judgement.subject, value["record"]), *bearing(judgement.subject, there)]
    records = list(dict.fromkeys(records))
    other = meant(there, records)
    return meant(value["record"], (record for record in records if record != other)), other


def folded(record: Record) -> list[str]:
    return [name.folded for name in record.names.all()] if isinstance(record, Person) else []


def bearing(subject: str, reference: dict[str, Any]) -> QuerySet[Record]:
    """The records that a reference may mean."""
    rows = KINDS[subject].objects.select_related("merged_into").order_by("pk")
    match subject:
        case "issue":
            return rows.filter(key=reference["key"])
        case "place":
            return rows.filter(folded=fold(reference["name"])[:200])
    named = PersonName.objects.filter(folded=fold(reference["name"])[:200]).values("person")
    return rows.filter(pk__in=named).prefetch_related("names", "positions")


def judged_on(record: Record) -> Q:
    """Judgements whose key may name the record."""
    keys = {lasting_key(record), *folded(record)}
    return Q(subject=record._meta.model_name, key__in=keys, sha256="")
