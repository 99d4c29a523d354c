"""What people changed, brought back: decisions are taken back, and records that were added or removed are so again.

Decisions and rows of history that were made in one request share their ``act``; by it a decision leads to the record itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import CharField, Count, Exists, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.deletion import ProtectedError
from django.db.models.functions import Cast
from django.utils import timezone

from . import decisions, removal
from .locking import one_at_a_time
from .models import (
    Collection,
    Country,
    Document,
    Issue,
    Judgement,
    Organisation,
    Person,
    PersonName,
    Place,
    Position,
)
from .overrides import is_whole

# A record before the rows that belong to it.
TRACKED = {
    model._meta.model_name: model
    for model in (Collection, Country, Organisation, Issue, Place, Person, PersonName, Position, Document)
}


class CannotUndo(ValueError):
    """Says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that an act changed; ``kind`` is "+", "~" or "-"."""

    model: type[Model]
    pk: str
    kind: str


def changed(acts: Iterable[UUID]) -> dict[UUID, list[Changed]]:
    """The records that some acts changed, in one query."""
    acts = list(acts)
    rows = [
        model.history.filter(act__in=acts)
        .order_by()
        .values_list(Value(name), "act", Cast(F(model._meta.pk.attname), CharField()), "history_type", "history_id")
        for name, model in TRACKED.items()
    ]
    found: dict[UUID, list[Changed]] = defaultdict(list)
    for name, act, pk, kind, _ in rows[0].union(*rows[1:], all=True):
        found[act].append(Changed(TRACKED[name], pk, kind))
    return found


def first_of_acts(made: QuerySet) -> QuerySet:
    """One judgement for each act, the latest act first, with the number of ``meetings`` that it decided on."""
    earlier = made.filter(act=OuterRef("act"), pk__lt=OuterRef("pk"))
    meetings = Judgement.objects.filter(act=OuterRef("act")).order_by().values("act")
    counted = meetings.annotate(n=Count("meeting", distinct=True)).values("n")
    acts = made.exclude(Exists(earlier)).annotate(meetings=Subquery(counted))
    return acts.select_related("meeting", "made_by", "withdrawn_by").order_by("-made_at", "-pk")


def undo(user, made: Judgement) -> None:
    """Take back all that was decided or changed in one act. Raises CannotUndo."""
    with transaction.atomic():
        one_at_a_time()
        standing = Judgement.objects.standing().filter(act=made.act).order_by("pk")
        rows = list(standing)
        whole = [one for one in rows if is_whole(one)]
        if not whole:
            decisions.withdraw(user, [made])
            return
        for one in whole:
            bring_back(user, one) if one.verb == "remove" else take_away(one)
        standing.update(withdrawn_at=timezone.now(), withdrawn_by=user)
        decisions.follow(one for one in rows if one not in whole)


def bring_back(user, removed: Judgement) -> None:
    """Make a record that was removed again, with its number and all rows that went with it. A document is read again."""
    if removed.subject == "document":
        try:
            return removal.read_again(user, removed)
        except removal.NotKept as error:
            raise CannotUndo(str(error)) from error
    rows = [row for model in TRACKED.values() for row in model.history.filter(act=removed.act, history_type="-")]
    if not rows:
        raise CannotUndo("It was removed before histories were kept: add it again.")
    for row in rows:
        instance = row.instance
        if isinstance(instance, PersonName) and instance.person.names.filter(name=instance.name).exists():
            continue  # the name that is shown came back with the person
        try:
            with transaction.atomic():
                instance.save(force_insert=True)
        except IntegrityError as error:
            raise CannotUndo(f"“{instance}” cannot come back: there is another one like it by now.") from error


def take_away(added: Judgement) -> None:
    """Remove a record that was added, if nothing came to hang on it."""
    model = TRACKED[added.subject]
    for row in model.objects.filter(
        pk__in=model.history.filter(act=added.act, history_type="+").values(model._meta.pk.name)
    ):
        try:
            row.delete()
        except ProtectedError as error:
            raise CannotUndo(
                f"“{row}” is in use by now: merge it into another record, or correct what names it."
            ) from error
