"""What a person changed in a record, written down as judgements: the record before and after is compared, value by value.

Decisions on meetings are applied by ``judgements.apply`` whenever the meeting is derived anew; those on documents and on the
shipped tables by ``restore`` whenever these are read in again. What is taken back no longer counts, and is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from . import marked
from .encounters import bring_home, regroup
from .judgements import (
    MEETING_FIELDS,
    accounts_of,
    author,
    decided_key,
    lasting_key,
    participant_key,
    participant_values,
    person_from,
    portable,
    record,
)
from .locking import one_at_a_time
from .merging import settling
from .models import (
    Country,
    Document,
    Issue,
    Judgement,
    Meeting,
    Organisation,
    Participant,
    Person,
    PersonName,
    Place,
    Position,
)
from .reconcile import reconcile
from .resolution.names import fold

REVIEWS = {"confirmed": "confirm", "rejected": "reject", "unsure": "unsure"}
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


def review(user, meeting: Meeting, verb: str, reason: str = "") -> list[Judgement]:
    """Confirm or reject a meeting, or say that one cannot tell."""
    made = record(user, meeting, verb, previous=meeting.review, reason=reason)
    reconcile(meeting)
    return made


# Taking back


class NotWithdrawable(ValueError):
    """A decision that only the history of its record can undo."""


def withdraw(user, made: Iterable[Judgement]) -> list[Judgement]:
    """Take decisions back, each with all that was decided in the same act, and derive anew what they were about.

    They are kept, with who took them back and when. Returns all that were withdrawn; those taken back before are passed over.
    Raises NotWithdrawable.
    """
    with transaction.atomic():
        one_at_a_time()
        acts = with_later({one.act for one in made})
        rows = list(Judgement.objects.standing().filter(act__in=acts).order_by("made_at", "pk"))
        if whole := next(
            (one for one in rows if one.verb in {"add", "remove"} and of_record(one) and not one.field), None
        ):
            raise NotWithdrawable(f"{whole} is undone in the history of the record.")
        Judgement.objects.filter(pk__in=[one.pk for one in rows]).update(
            withdrawn_at=timezone.now(), withdrawn_by=author(user)
        )
        follow(rows)
    return rows


def with_later(acts: set[UUID]) -> set[UUID]:
    """With the acts that only make sense after them: what was decided on a participant, an issue or an account that they added."""
    added = Judgement.objects.standing().filter(act__in=acts, verb="add").exclude(anchor="")
    later = set()
    for one in added:
        on_it = Judgement.objects.standing().filter(
            sha256=one.sha256, part=one.part, mark=one.mark, made_at__gt=one.made_at
        )
        if one.subject == "account":
            about = set(on_it.values_list("act", flat=True))
            elsewhere = Judgement.objects.filter(act__in=about).exclude(sha256=one.sha256, part=one.part, mark=one.mark)
            later |= about - set(elsewhere.values_list("act", flat=True))
        elif one.subject in {"participant", "issue"}:
            later |= set(on_it.filter(subject=one.subject, key=decided_key(one)).values_list("act", flat=True))
    return acts | with_later(later) if later - acts else acts


def reinstate(user, made: Iterable[Judgement]) -> list[Judgement]:
    """Decide again, now, what was taken back. Returns the new judgements."""
    now = timezone.now()
    with transaction.atomic():
        one_at_a_time()
        rows = list(Judgement.objects.exclude(withdrawn_at=None).filter(act__in={one.act for one in made}))
        acts = {act: uuid4() for act in {one.act for one in rows}}
        for one in rows:
            one.pk, one.act = None, acts[one.act]
            one.made_at, one.made_by, one.withdrawn_at, one.withdrawn_by = now, author(user), None, None
        rows = Judgement.objects.bulk_create(rows)
        follow(rows)
    return rows


def follow(changed: Iterable[Judgement]) -> None:
    """Bring everything in line with decisions that were just made or taken back."""
    meetings, documents, apart = set(), set(), set()
    changed = list(changed)
    withdrawn = set(
        Judgement.objects.filter(pk__in=[one.pk for one in changed])
        .exclude(withdrawn_at=None)
        .values_list("pk", flat=True)
    )
    for one in changed:
        if of_record(one):
            (settling.follow if one.verb in PAIRS else settle)(one)
            continue
        if one.meeting_id:
            meetings.add(one.meeting_id)
        for account in accounts_of(one):
            meetings.add(account.meeting_id)
            if one.verb in {"same", "different"}:
                apart.add(account.pk)
            if one.verb == "same" and one.meeting and one.pk in withdrawn:
                bring_home(account, one.meeting)
        if one.evidence or one.subject in marked.STRUCTURE or one.astray:
            documents.add((one.sha256, one.part))
    for sha256, part in documents:
        for document in Document.objects.filter(sha256=sha256, part=part):
            apart.update(marked.rewrite(document))
    regroup(apart)
    for meeting in Meeting.objects.filter(pk__in=meetings).order_by("pk"):
        reconcile(meeting)


# Other records


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


PAIRS = frozenset({"same", "different", "unsure"})  # verbs that are about two records
RECORDS = {model._meta.model_name: model for model in (Document, Country, Organisation, Issue, Person, Place)}
ROWS = {"personname": PersonName, "position": Position}  # that belong to a person


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


def restore(row: Document | Country | Organisation | Issue) -> list[str]:
    """Set the values that people decided on in a record that was read in again; returns their names. Saves nothing."""
    values = dict(decided_on(row).order_by("made_at", "pk").values_list("field", "value"))
    for name, value in values.items():
        assign(row, name, value)
    return list(values)


def decided_on(row: Model) -> QuerySet[Judgement]:
    """The values of a record that somebody set."""
    made = Judgement.objects.standing().filter(subject=row._meta.model_name, verb="set")
    if isinstance(row, Document):
        return made.filter(sha256=row.sha256, part=row.part)
    return made.filter(key=lasting_key(row))


def of_record(judgement: Judgement) -> bool:
    """Whether a decision is on a record, and not on what some account tells."""
    return judgement.subject in RECORDS and not judgement.anchor and not judgement.meeting_id


def settle(judgement: Judgement) -> None:
    """Give a record the value that is decided now: the last one that stands, else the one before anybody decided."""
    for row in records(judgement):
        if judgement.field in ROWS:
            settle_row(row, judgement)
            continue
        same = {name: getattr(judgement, name) for name in ("subject", "sha256", "part", "key", "field")}
        made = Judgement.objects.filter(**same, verb="set").order_by("made_at", "pk")
        last = made.standing().last()
        assign(row, judgement.field, last.value if last else made.first().previous)
        row.save()


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


def records(judgement: Judgement) -> Iterable[Model]:
    """The record that a judgement names."""
    model = RECORDS[judgement.subject]
    if model is Document:
        return model.objects.filter(sha256=judgement.sha256, part=judgement.part)
    if model is Person:
        return model.objects.filter(names__folded=judgement.key, merged_into=None).distinct()
    return model.objects.filter(**{"folded" if model is Place else "key": judgement.key})


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


def people_moved() -> set[str]:
    """Folded names of people whose country somebody corrected."""
    return set(
        Judgement.objects.standing().filter(subject="person", field="country", verb="set").values_list("key", flat=True)
    )


def people_removed() -> set[str]:
    """Folded names of people whom somebody removed."""
    return set(
        Judgement.objects.standing().filter(subject="person", field="", verb="remove").values_list("key", flat=True)
    )
