"""What a person changed in a record, written down as judgements, and set again whenever the record is read in anew.

Records are documents, collections, what the shipped tables hold, people with their names and offices, and places. They are set
again by ``restore``: a document when it is read again, a table's rows when that is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from .judgements import lasting_key, person_from, portable
from .merging import settling
from .models import (
    Collection,
    Country,
    Document,
    Issue,
    Judgement,
    Meeting,
    Organisation,
    Person,
    PersonName,
    Place,
    Position,
)
from .reconcile import reconcile

RECORDS = {
    model._meta.model_name: model for model in (Document, Collection, Country, Organisation, Issue, Person, Place)
}
ROWS = {"personname": PersonName, "position": Position}  # that belong to a person


def values_of(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: portable(getattr(row, name)) for name in names}


def record_values(user, before: Model, after: Model, names: Iterable[str]) -> list[Judgement]:
    """Write down which values of a record were changed, and bring in line what follows from them."""
    told, wanted = values_of(before, names), values_of(after, names)
    document = {"sha256": after.sha256, "part": after.part} if isinstance(after, Document) else {}
    made = Judgement.objects.bulk_create(
        Judgement(
            verb="set",
            subject=after._meta.model_name,
            key="" if document else lasting_key(before),
            field=name,
            value=wanted[name],
            previous=told[name],
            made_by=user,
            made_at=timezone.now(),
            **document,
        )
        for name in names
        if wanted[name] != told[name]
    )
    carry(before, after)
    return made


def carry(before: Model, after: Model) -> None:
    """Bring in line what follows from the values of a record that was saved."""
    match after:
        case Collection() if after.public != before.public:
            # What is open must not tell that it is a copy of what no longer is.
            copies = Document.objects.filter(copy_of__collection=after).exclude(collection=after)
            told = Q(accounts__document__collection=after) | Q(accounts__document__in=[*copies])
            if not after.public:
                copies.update(copy_of=None)
            # What everybody may see of a meeting is derived from public accounts alone.
            derive_anew(told)
        case Document() if after.kind != before.kind:
            # Where accounts disagree, the kind of document decides which of them counts.
            derive_anew(Q(accounts__document=after))
        case Person() if after.name != before.name:
            settling.retitle(after, before.name)


def derive_anew(told: Q) -> None:
    for meeting in Meeting.objects.filter(told).distinct():
        reconcile(meeting)


def record_row(user, owner: Model, verb: str, row: Model, value: Any = None, previous: Any = None) -> Judgement:
    """Write down that a record, or a row that belongs to one (a name of a person), was added, changed or removed."""
    return Judgement.objects.create(
        verb=verb,
        subject=owner._meta.model_name,
        key=lasting_key(owner),
        field="" if row is owner else row._meta.model_name,
        value=value,
        previous=previous,
        made_by=user,
    )


def assign(row: Model, name: str, value: Any) -> None:
    """Set a value as a judgement keeps it."""
    field = row._meta.get_field(name)
    if name == "date":
        row.set_date(value)
    elif field.related_model is Person:
        setattr(row, name, person_from(value))
    elif field.related_model:
        setattr(row, name, field.related_model.objects.filter(key=value).first() if value else None)
    else:
        setattr(row, name, value)


def restore(row: Document | Country | Organisation | Issue) -> None:
    """Set the values that people decided on in a record that was read in again. Saves nothing."""
    for name, value in dict(decided_on(row).order_by("made_at", "pk").values_list("field", "value")).items():
        assign(row, name, value)


def decided_on(row: Model) -> QuerySet[Judgement]:
    """The values of a record that somebody set."""
    made = Judgement.objects.standing().filter(subject=row._meta.model_name, verb="set")
    if isinstance(row, Document):
        return made.filter(sha256=row.sha256, part=row.part)
    return made.filter(key=lasting_key(row))


def of_record(judgement: Judgement) -> bool:
    """Whether a decision is on a record, and not on what some account tells."""
    return judgement.subject in RECORDS and not judgement.anchor and not judgement.meeting_id


def is_whole(judgement: Judgement) -> bool:
    """Whether a record itself was added or removed. What is on an agenda shares a subject with the topics, but belongs to a meeting."""
    return of_record(judgement) and judgement.verb in {"add", "remove"} and not judgement.field


def settle(judgement: Judgement) -> None:
    """Give a record the value that is decided now: the last one that stands, else the one before anybody decided."""
    same = {name: getattr(judgement, name) for name in ("subject", "sha256", "part", "key", "field")}
    made = Judgement.objects.filter(**same, verb="set").order_by("made_at", "pk")
    named = records(judgement)
    changed = [row for row in named if changed_in(judgement, row)] if len(named) > 1 else []
    for row in changed or named:
        if judgement.field in ROWS:
            settle_row(row, judgement)
            continue
        # Of people of one name, each has decisions of their own.
        own = made.filter(act__in=row.history.values("act")) if changed else made
        last = own.standing().last()
        before = copy(row)
        assign(row, judgement.field, last.value if last else own.first().previous)
        row.save()
        carry(before, row)


def changed_in(judgement: Judgement, row: Model) -> bool:
    """Whether a record was changed in the act of a decision, as its history has it."""
    histories = [
        row.history,
        *(kind.history.filter(person=row.pk) for kind in ROWS.values() if isinstance(row, Person)),
    ]
    return any(history.filter(act=judgement.act).exists() for history in histories)


def settle_row(owner: Person, judgement: Judgement) -> None:
    """Undo or do again what was done to a name or a position of a person."""
    before, after = judgement.previous, judgement.value
    if not Judgement.objects.standing().filter(pk=judgement.pk).exists():
        before, after = after, before
    kind = ROWS[judgement.field]
    row = kind.objects.filter(matching(before), person=owner).first() if before else None
    if after is None:
        if row:
            row.delete()
        return
    row = row or kind(person=owner)
    for name, value in after.items():
        assign(row, name, value)
    row.save()


def records(judgement: Judgement) -> QuerySet:
    """The record that a judgement names; several people may be called so."""
    model = RECORDS[judgement.subject]
    if model is Document:
        return model.objects.filter(sha256=judgement.sha256, part=judgement.part)
    if model is Person:
        return model.objects.filter(names__folded=judgement.key, merged_into=None).distinct()
    name = {Place: "folded", Collection: "slug"}.get(model, "key")
    return model.objects.filter(**{name: judgement.key})


def matching(values: dict[str, Any]) -> Q:
    """Rows with values as a judgement keeps them."""
    match = {"organisation__key" if name == "organisation" else name: value for name, value in values.items()}
    return Q(**{f"{name}__isnull" if value is None else name: value is None or value for name, value in match.items()})


def restore_tables() -> None:
    """Bring back what people changed in the shipped tables, after these were loaded."""
    for model in (Country, Organisation, Issue):
        keys = Judgement.objects.standing().filter(subject=model._meta.model_name, verb="set").values("key")
        for row in model.objects.filter(key__in=keys):
            restore(row)
            row.save()
    remove_corrected_rows()
    settling.restore_all()


def remove_corrected_rows() -> None:
    """Names and positions of people that somebody removed or changed are not brought back by the shipped table."""
    standing: dict[tuple[str, str], list[dict]] = {}
    made = Judgement.objects.standing().filter(subject="person", field__in=ROWS)
    for judgement in made.order_by("made_at", "pk"):
        gone = standing.setdefault((judgement.key, judgement.field), [])
        gone[:] = [values for values in gone if values != judgement.value]
        if judgement.previous:
            gone.append(judgement.previous)
    for (key, field), rows in standing.items():
        for values in rows:
            ROWS[field].objects.filter(matching(values), person__names__folded=key).delete()


def people_corrected(field: str) -> set[int]:
    """People (row numbers) of whom somebody set this value, by whichever of their names they went then."""
    made = Judgement.objects.standing().filter(subject="person", field=field, verb="set")
    return set(PersonName.objects.filter(folded__in=made.values("key")).values_list("person", flat=True))


def rows_decided(field: str) -> set[int]:
    """The names, or positions, of people (row numbers) that somebody added or changed."""
    made = Judgement.objects.standing().filter(subject="person", field=field).exclude(value=None)
    rows = ROWS[field].objects
    return {
        key
        for judgement in made
        for key in rows.filter(matching(judgement.value), person__names__folded=judgement.key).values_list(
            "pk", flat=True
        )
    }


def people_removed() -> set[str]:
    """Folded names of people whom somebody removed."""
    return set(
        Judgement.objects.standing().filter(subject="person", field="", verb="remove").values_list("key", flat=True)
    )
