"""Merging, keeping apart and parting of records that judgements name by what lasts: people, topics, places."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from .. import decisions
from ..judgements import author, lasting_key
from ..locking import one_at_a_time
from ..models import Account, Judgement, Participant, Person, Statement
from .kind import AT_ONCE, WAITED_FOR, Decided, Done, Impossible, Kind, Move
from .references import Record, ends, known_as, reference
from .settling import follow, rows_of

if TYPE_CHECKING:
    from ..roles import User

SHOWN = 60  # decisions in a list
EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of pairs of records: that they differ, or that one cannot tell."""

    verbs: Mapping[frozenset[Hashable], str] = field(default_factory=dict)

    @classmethod
    def on(cls, subject: str) -> Judged:
        made = Judgement.objects.standing().filter(subject=subject, verb__in=("different", "unsure"), sha256="")
        values = made.order_by("made_at", "pk").values_list("verb", "value")
        return cls({frozenset(known_as(value[name]) for name in ("record", "other")): verb for verb, value in values})

    def of(self, ours: Iterable[Hashable], theirs: Iterable[Hashable]) -> str:
        """The verb, or "" where nobody said anything; each record is told by all that it may be known as."""
        if not self.verbs:
            return ""
        return next((said for pair in product(ours, theirs) if (said := self.verbs.get(frozenset(pair)))), "")


class RecordKind(Kind):
    model: type[Record]

    @property
    def subject(self) -> str:
        return self.model._meta.model_name

    def get(self, ids: Sequence[str]) -> list[Record]:
        numbers = [int(each) for each in ids if each.isascii() and each.isdecimal() and len(each) < 13]
        found = self.model.objects.select_related("merged_into").in_bulk(numbers)
        return list(dict.fromkeys(found[number].survivor for number in numbers if number in found))

    def id(self, record: Record) -> str:
        return str(record.pk)

    # merging

    def check(self, stays: Record, gone: Sequence[Record]) -> None:
        """Raises Impossible."""
        if not gone:
            raise Impossible(f"A {self.one} cannot be merged with itself: choose another one.")
        if len(gone) >= AT_ONCE:
            raise Impossible(f"At most {AT_ONCE} records are merged at once. Leave some for later.")

    def merge(self, user: User, stays: Record, gone: Sequence[Record], reason: str = "", name: str = "") -> Done:
        with transaction.atomic():
            one_at_a_time()
            stays, *others = self.get([self.id(each) for each in (stays, *gone)])
            gone = [each for each in others if each != stays]
            self.check(stays, gone)
            made = []
            for record in gone:
                made.append(
                    self.say(user, "same", record, reason, into=reference(stays), **self.taken(stays, record, name))
                )
                follow(made[-1])
                stays.refresh_from_db()
        return Done(stays, acts=[one.act for one in made])

    def check_size(self, gone: Sequence[Record]) -> None:
        for record in gone:
            told = (rows for (model, _), rows in rows_of(record).items() if model is not Statement)
            if any(rows.order_by().values("pk")[: WAITED_FOR + 1].count() > WAITED_FOR for rows in told):
                raise Impossible(
                    f"More than {WAITED_FOR} accounts of meetings lead to {record}, too many to be moved while you wait. Let this record "
                    f"stay and merge the others into it, or have it done on the server: "
                    f"manage.py merge {self.name} STAYS {self.id(record)}"
                )

    def taken(self, stays: Record, gone: Record, name: str) -> dict[str, Any]:
        """What the record that stays takes over, as ``settling.take`` reads it."""
        return {}

    def judge(self, user: User, one: Record, other: Record, verb: str, reason: str = "") -> None:
        if one.survivor == other.survivor:
            raise Impossible("These are one record already.")
        with transaction.atomic():
            before = [each.judgement for each in self.decided_on(one) if {each.one, each.other} == {one, other}]
            decisions.withdraw(user, before)
            self.say(user, verb, one, reason, other=reference(other))

    def say(self, user: User, verb: str, record: Record, reason: str, **value: Any) -> Judgement:
        return Judgement.objects.create(
            verb=verb,
            subject=self.subject,
            key=lasting_key(record),
            value={"record": reference(record), **value},
            made_by=author(user),
            reason=reason,
        )

    # decisions

    def decided(self, verb: str) -> list[Decided]:
        made = Judgement.objects.standing().filter(subject=self.subject, verb=verb, sha256="")
        return self.with_records(made.order_by("-made_at", "-pk").select_related("made_by")[:SHOWN])

    def decided_on(self, record: Record) -> list[Decided]:
        """Found by name and key, then compared."""
        names = {record.name, *(names_of(record))}
        keys = {lasting_key(record), *(lasting_key(each) for each in record.merged.all())}
        about = Q(key__in=keys)
        for other in ("other", "into"):
            about |= Q(**{f"value__{other}__name__in": names})
        made = Judgement.objects.standing().filter(
            about, subject=self.subject, verb__in=("same", "different", "unsure"), sha256=""
        )
        found = self.with_records(made.order_by("-made_at", "-pk").select_related("made_by"))
        return [each for each in found if record in {end and end.survivor for end in (each.one, each.other)}]

    def with_records(self, made: Iterable[Judgement]) -> list[Decided]:
        return [Decided(judgement, *ends(judgement)) for judgement in made]

    def undo(self, user: User, judgement: Judgement) -> Done:
        """Take a decision back. After a merge everything that was read as the merged record leads to it again."""
        if judgement.subject != self.subject or judgement.withdrawn_at:
            raise Impossible("This was taken back already.")
        gone, stays = ends(judgement)
        decisions.withdraw(user, [judgement])
        if judgement.verb != "same" or gone is None:
            return Done(gone)
        gone.refresh_from_db()
        return Done(gone, self.left(judgement, gone, stays))

    def left(self, judgement: Judgement, gone: Record, stays: Record | None) -> list[str]:
        """What could not be brought back, in words."""
        if stays:
            stays.refresh_from_db()
        notes = []
        for name, (before, _) in judgement.value.get("taken", {}).items():
            now = getattr(stays, name) if stays else None
            if now != before:
                notes.append(f"The {name} of {stays} was changed since, and stays “{now}”.")
        if isinstance(gone, Person):
            kept = Participant.objects.filter(person=stays, sources__person=gone).values_list(
                "meeting__title", flat=True
            )
            notes += [f"An editor named {stays} in {title} since; that stays." for title in kept.distinct()[:EXAMPLES]]
        if gone.merged_into:
            notes.append(f"It now leads to {gone.merged_into}, with which it was merged as well.")
        return notes

    # counts

    def led(self, gone: Sequence[Record]) -> list[Move]:
        """The rows of documents that would lead to another record."""
        accounts, statements = set(), 0
        for record in gone:
            for (model, _), rows in rows_of(record).items():
                if model is Statement:
                    statements += rows.count()
                else:
                    accounts |= set(rows.order_by().values_list("pk" if model is Account else "account", flat=True))
        told = Account.objects.filter(pk__in=accounts)
        meetings = told.order_by().values_list("meeting", "meeting__title").distinct()
        titles = list(dict.fromkeys(title for _, title in meetings[: 5 * EXAMPLES]))
        return [
            Move("meetings", meetings.count(), titles[:EXAMPLES]),
            Move("accounts of meetings", len(accounts)),
            Move("statements", statements),
        ]


def names_of(record: Record) -> list[str]:
    """All names by which judgements may know the record and those merged into it."""
    merged = list(record.merged.all())
    if isinstance(record, Person):
        return [name.name for each in (record, *merged) for name in each.names.all()]
    return [each.name for each in merged]
