"""Merged records and all rows that name them, brought in line with the decisions that stand.

judgements → which record leads to which → rows of documents → meetings put together and derived anew
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from .. import marked, rollups
from ..derivation import title
from ..encounters import regroup
from ..judgements import accounts_of, lasting_key, portable
from ..models import (
    Account,
    AccountIssue,
    AccountParticipant,
    Document,
    Issue,
    Judgement,
    Meeting,
    Participant,
    Person,
    Place,
    Statement,
)
from ..resolution.accounts import party_of
from ..terms import facet_of, term
from .references import KINDS, Record, ends, judged_on

# Rows that documents bring forth, and their field for a record; beside it, in …_read, is the one that was read.
ROWS: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Person: ((AccountParticipant, "person"), (Statement, "person")),
    Issue: ((AccountIssue, "issue"), (Statement, "issue")),
    Place: ((Account, "place"),),
}


def settle(records: Iterable[Record]) -> None:
    """Let each of some records of one kind, and all that are merged with them, lead where the decisions say."""
    records = list(records)
    if not records:
        return
    members = together(records)
    targets = survivors(members)
    touched: set[int] = set()
    changed: set[Record] = set()
    for record in members.values():
        target = targets[record.pk]
        if record.survivor != target:
            changed |= {record, record.survivor, target}
            touched |= move(record, target)
            type(record).objects.filter(pk=record.pk).update(merged_into=None if target == record else target)
    if changed:
        regroup(touched.union(*map(decided_with, changed)))
        rollups.recount([term(facet_of(record), record.pk) for record in changed])


def together(records: Iterable[Record]) -> dict[int, Record]:
    """Records with all that are merged with them, by row number."""
    records = list(records)
    standing = {record.survivor.pk for record in records}
    model = type(records[0])
    found = model.objects.filter(Q(pk__in=standing) | Q(merged_into__in=standing)).select_related("merged_into")
    if model is Person:
        found = found.prefetch_related("names", "positions")
    return {record.pk: record for record in found.order_by("pk")}


def survivors(members: dict[int, Record]) -> dict[int, Record]:
    """Of each record (by row number) the one that stands for it, as decided."""
    into: dict[int, Record] = {}

    def root(record: Record) -> Record:
        while record.pk in into:
            record = into[record.pk]
        return record

    for judgement in merges(members.values()):
        gone, stays = ends(judgement, members.values())
        if gone and stays and root(stays) != gone:
            into[gone.pk] = stays
    return {record.pk: root(record) for record in members.values()}


def merges(records: Iterable[Record]) -> QuerySet[Judgement]:
    """The standing decisions by which some records lead to others, in the order in which they were made."""
    named = reduce(or_, map(judged_on, records), Q(pk=None))
    return Judgement.objects.standing().filter(named, verb="same").order_by("made_at", "pk")


def rows_of(record: Record) -> dict[tuple[type[Model], str], QuerySet]:
    """The rows of documents in which a record was read, by their kind and field, wherever they lead now."""
    return {
        (model, field): model.objects.filter(
            Q(**{f"{field}_read": record}) | Q(**{field: record, f"{field}_read": None})
        )
        for model, field in ROWS[type(record)]
    }


def move(record: Record, target: Record) -> set[int]:
    """Let the rows in which a record was read lead to another, or to itself; returns the accounts (row numbers) they are of."""
    touched: set[int] = set()
    for (model, field), rows in rows_of(record).items():
        values = {field: target, f"{field}_read": None if target == record else record}
        if model is AccountIssue:
            values["name"] = target.name
        if model is not Statement:
            touched |= set(rows.order_by().values_list("pk" if model is Account else "account", flat=True))
        rows.update(**values)
    return touched


def decided_with(record: Record) -> set[int]:
    """The accounts (row numbers) of meetings of which an editor said that it was this person, issue or place; what they wrote into a
    document is written anew.
    """
    named = portable(record)
    match record:
        case Person():
            about = Q(subject="participant", value__person=named)
        case Issue():
            about = Q(subject="issue", value__issue=named)
        case _:
            about = Q(subject="meeting", field="place", value=named)
    made = list(Judgement.objects.standing().filter(about).exclude(sha256=""))
    told = {account.pk for judgement in made for account in accounts_of(judgement)}
    for sha256, part in {(judgement.sha256, judgement.part) for judgement in made if judgement.evidence}:
        for document in Document.objects.filter(sha256=sha256, part=part):
            told.update(marked.rewrite(document))
    return set(Account.objects.filter(pk__in=told).values_list("pk", flat=True))


# What the record that stays takes over


def take(judgement: Judgement, *, back: bool = False) -> list[str]:
    """Give the record that stays the values that a merge gave it, or those before; returns the fields changed since, left as they are."""
    gone, stays = ends(judgement)
    changed, kept = {}, []
    for field, (before, after) in judgement.value.get("taken", {}).items():
        was, is_now = (after, before) if back else (before, after)
        if stays is None or getattr(stays, field) != was:
            kept.append(field)
        else:
            changed[field] = is_now
    if stays and changed:
        former = stays.name
        for name, value in changed.items():
            setattr(stays, name, value)
        stays.save()
        if back and judgement.value.get("new_name"):
            stays.names.filter(name=judgement.value["taken"]["name"][1]).delete()
        if stays.name != former:
            retitle(stays, former)
    if isinstance(stays, Issue):
        lead_children(judgement, gone, stays, back=back)
    return kept


def lead_children(judgement: Judgement, gone: Issue | None, stays: Issue, *, back: bool) -> None:
    """Let a merged theme's issues follow it, or come back with it; those that were given another theme since stay there."""
    was, is_now = (stays, gone) if back else (gone, stays)
    if gone:
        Issue.objects.filter(key__in=judgement.value.get("children", ()), theme=was).update(theme=is_now)


BATCH = 500


def retitle(person: Person, former: str) -> None:
    """Call the person's meetings by the new name where they are called by the former one."""
    meetings = Meeting.objects.filter(participants__person=person).distinct().order_by("pk")
    parties = Participant.objects.select_related("person", "country", "organisation")
    numbers = list(meetings.values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        named: dict[int, list[Participant]] = defaultdict(list)
        batch = numbers[start : start + BATCH]
        for row in parties.filter(meeting__in=batch).order_by("meeting", "order", "pk"):
            named[row.meeting_id].append(row)
        changed = []
        for meeting in Meeting.objects.filter(pk__in=batch).only("title"):
            told = [party_of(row) for row in named[meeting.pk]]
            before = [replace(party, label=former) if party.person == person.pk else party for party in told]
            if meeting.title == title(before)[:300]:
                meeting.title = title(told)[:300]
                changed.append(meeting)
        Meeting.objects.bulk_update(changed, ["title"])


# From judgements


def follow(judgement: Judgement) -> list[str]:
    """After a decision on two records was made or taken back; returns what could not be brought back, as fields of a record."""
    if judgement.verb != "same":
        return []
    standing = Judgement.objects.standing().filter(pk=judgement.pk).exists()
    kept = take(judgement, back=not standing)
    settle(filter(None, ends(judgement)))
    return kept


def restore(records: Iterable[Record]) -> None:
    """Merge records that were just made, where somebody decided on the like of them before they were."""
    records = list(records)
    if not records:
        return
    names = {record.name for record in records}
    about = Q(key__in={lasting_key(record) for record in records}) | Q(value__into__name__in=names)
    made = Judgement.objects.standing().filter(about, verb="same", subject=records[0]._meta.model_name, sha256="")
    restore_all(made)


def restore_all(made: QuerySet[Judgement] | None = None) -> None:
    """Merge all records that somebody decided on, after the shipped tables were loaded."""
    made = Judgement.objects.standing().filter(verb="same", subject__in=KINDS) if made is None else made
    for judgement in made.order_by("made_at", "pk"):
        gone, stays = ends(judgement)
        if gone and stays and gone.survivor != stays.survivor:
            follow(judgement)
