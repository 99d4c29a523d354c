"""What a person changed in a record, written down as judgements: the record before and after is compared, value by value.

Decisions on meetings are applied by ``judgements.apply`` whenever the meeting is derived anew; those on documents and on the
shipped tables by ``restore`` whenever these are read in again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from .judgements import MEETING_FIELDS, participant_key, participant_values, portable, record
from .models import Country, Document, Issue, Judgement, Meeting, Organisation, Participant, PersonName, Position
from .reconcile import reconcile
from .resolution.names import fold

REVIEWS = {"confirmed": "confirm", "rejected": "reject"}
Rows = dict[int, tuple[str, dict[str, Any]]]  # by row number: what a judgement calls the row, and its values


# Meetings


@dataclass(frozen=True, slots=True)
class State:
    """All of a meeting that can be decided on, as it is stored at one moment."""

    values: dict[str, Any]
    participants: Rows
    agenda: Rows

    @classmethod
    def of(cls, meeting: Meeting) -> State:
        stored = Meeting.objects.select_related("place").get(pk=meeting.pk)
        participants = Participant.objects.filter(meeting=meeting).select_related("person", "country", "organisation")
        return cls(
            values={name: portable(getattr(stored, name)) for name in MEETING_FIELDS},
            participants={
                row.pk: (participant_key(row.name, row.role, row.side), participant_values(row)) for row in participants
            },
            agenda={
                row.pk: (fold(row.name)[:300], {"issue": portable(row.issue) if row.issue else None, "name": row.name})
                for row in meeting.agenda.select_related("issue")
            },
        )


def decide(user, meeting: Meeting, before: State, reason: str = "") -> list[Judgement]:
    """Write down how the meeting's rows differ from what they were, and derive it anew so that they stay so."""
    after, made = State.of(meeting), []
    for name, value in after.values.items():
        previous = before.values[name]
        if value == previous:
            continue
        if name == "review" and value in REVIEWS:
            made += record(user, meeting, REVIEWS[value], previous=previous, reason=reason)
        else:
            made += record(user, meeting, "set", field=name, value=value, previous=previous, reason=reason)
    for subject, old, new in (
        ("participant", before.participants, after.participants),
        ("issue", before.agenda, after.agenda),
    ):
        for verb, key, value, previous in differences(old, new):
            made += record(user, meeting, verb, subject, key=key, value=value, previous=previous, reason=reason)
    reconcile(meeting)
    return made


def differences(old: Rows, new: Rows) -> Iterable[tuple[str, str, dict | None, dict | None]]:
    """Verb, key, value and value before of each row that differs. What went comes first, so that its name is free again."""
    for row, (key, values) in old.items():
        if row not in new:
            yield "remove", key, None, values
    for row, (key, values) in old.items():
        if row in new and new[row][1] != values:
            yield "set", key, new[row][1], values
    for row, (key, values) in new.items():
        if row not in old:
            yield "add", key, values, None


def review(user, meeting: Meeting, verb: str, reason: str = "") -> None:
    """Confirm or reject a meeting."""
    record(user, meeting, verb, previous=meeting.review, reason=reason)
    reconcile(meeting)


# Other records


def lasting_key(row: Model) -> str:
    """What names a record for good: the key of the shipped tables, else its folded name."""
    return getattr(row, "key", "") or fold(str(getattr(row, "name", "") or ""))[:300]


def values_of(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: portable(getattr(row, name)) for name in names}


def record_values(user, before: Model, after: Model, names: Iterable[str]) -> list[Judgement]:
    """Write down which values of a record were changed."""
    told, wanted = values_of(before, names), values_of(after, names)
    document = {"sha256": after.sha256, "part": after.part} if isinstance(after, Document) else {}
    return Judgement.objects.bulk_create(
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


def restore(row: Document | Country | Organisation | Issue) -> list[str]:
    """Set the values that people decided on in a record that was read in again; returns their names. Saves nothing."""
    decided = Judgement.objects.filter(subject=row._meta.model_name, verb="set").order_by("made_at", "pk")
    if isinstance(row, Document):
        decided = decided.filter(sha256=row.sha256, part=row.part)
    else:
        decided = decided.filter(key=row.key)
    values = dict(decided.values_list("field", "value"))
    for name, value in values.items():
        if name == "date":
            row.set_date(value)
        elif name == "theme":
            row.theme = Issue.objects.filter(key=value).first() if value else None
        else:
            setattr(row, name, value)
    return list(values)


def restore_tables() -> None:
    """Bring back what people changed in the shipped tables, after these were loaded."""
    for model in (Country, Organisation, Issue):
        keys = Judgement.objects.filter(subject=model._meta.model_name, verb="set").values("key")
        for row in model.objects.filter(key__in=keys):
            restore(row)
            row.save()
    remove_corrected_rows()


def remove_corrected_rows() -> None:
    """Names and positions of people that somebody removed or changed are not brought back by the shipped table."""
    standing: dict[tuple[str, str], list[dict]] = {}
    made = Judgement.objects.filter(subject="person", field__in=("personname", "position")).order_by("made_at", "pk")
    for judgement in made:
        gone = standing.setdefault((judgement.key, judgement.field), [])
        gone[:] = [values for values in gone if values != judgement.value]
        if judgement.previous:
            gone.append(judgement.previous)
    for (key, field), rows in standing.items():
        model = {"personname": PersonName, "position": Position}[field]
        for values in rows:
            match = {"organisation__key" if name == "organisation" else name: value for name, value in values.items()}
            match = {
                f"{name}__isnull" if value is None else name: value is None or value for name, value in match.items()
            }
            model.objects.filter(person__names__folded=key, **match).delete()


def people_moved() -> set[str]:
    """Folded names of people whose country somebody corrected."""
    return set(Judgement.objects.filter(subject="person", field="country", verb="set").values_list("key", flat=True))


def people_removed() -> set[str]:
    """Folded names of people whom somebody removed."""
    return set(Judgement.objects.filter(subject="person", field="", verb="remove").values_list("key", flat=True))
