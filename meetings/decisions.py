"""What a person decided on a meeting, written down as judgements; and decisions of every kind taken back, or made again.

A meeting is compared with what it was before, value by value. What was decided is applied by ``judgements.apply`` whenever it is
derived anew. What is taken back no longer counts, and is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from . import marked
from .encounters import bring_home, regroup
from .judgements import (
    MEETING_FIELDS,
    SIDE,
    accounts_of,
    author,
    decided_key,
    participant_key,
    participant_values,
    portable,
    record,
)
from .locking import one_at_a_time
from .merging import settling
from .models import Document, Judgement, Meeting, Participant
from .overrides import is_whole, of_record, settle
from .reconcile import reconcile
from .resolution.names import fold

REVIEWS = {"confirmed": "confirm", "rejected": "reject", "unsure": "unsure"}
PAIRS = frozenset({"same", "different", "unsure"})  # verbs that are about two records
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
        if whole := next(filter(is_whole, rows), None):
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
            on_row = on_it.filter(subject=one.subject, key=decided_key(one)).order_by("made_at", "pk")
            later |= {each.act for each in of_one_side(one, on_row)}
    return acts | with_later(later) if later - acts else acts


def of_one_side(added: Judgement, made: Iterable[Judgement]) -> Iterator[Judgement]:
    """The later decisions that are about the participant or issue added, and not about a namesake on another side."""
    side = side_of(added.value)
    for each in made:
        if each.previous and side_of(each.previous) != side:
            continue
        side = side_of(each.value) if each.value else side
        yield each


def side_of(values: dict[str, Any]) -> tuple:
    return tuple(values.get(name) for name in SIDE)


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
    left: dict[Meeting, set[int]] = defaultdict(set)  # the accounts of a meeting that it was merged with
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
                left[one.meeting].add(account.pk)
        if one.evidence or one.subject in marked.STRUCTURE or one.astray:
            documents.add((one.sha256, one.part))
    for meeting, accounts in left.items():
        bring_home(meeting, accounts)
    for sha256, part in documents:
        for document in Document.objects.filter(sha256=sha256, part=part):
            apart.update(marked.rewrite(document))
    regroup(apart)
    for meeting in Meeting.objects.filter(pk__in=meetings).order_by("pk"):
        reconcile(meeting)
