"""Meetings that may be one: their accounts are said to tell of one encounter, and are put together anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from .. import decisions, judgements
from ..encounters import regroup
from ..locking import one_at_a_time
from ..models import Account, Judgement, Meeting, Statement, Suggestion
from ..reconcile import reconcile
from ..resolution.accounts import candidates, values_of, with_values
from ..resolution.scoring import compare
from .kind import AT_ONCE, MOST, Decided, Done, Impossible, Kind, Move, Pair, Preview, Row
from .records import EXAMPLES, SHOWN

if TYPE_CHECKING:
    from ..roles import User

COMPARED = 6  # accounts of a meeting whose like are looked for
PAIRS = 400  # of accounts that are decided on at once
OFFERED = 12
LEAST = 0.0  # bits from which a meeting is offered on another's page
UNSURE = "meetings"  # subject of being unsure of a pair; of a single meeting it is "meeting"


class Meetings(Kind):
    name, one, many = "meetings", "meeting", "meetings"

    def get(self, ids: Sequence[str]) -> list[Meeting]:
        found = {row.public_id: row for row in self.rows().filter(public_id__in=ids)}
        standing = (surviving(found[each]) for each in ids if each in found)
        return list(dict.fromkeys(each for each in standing if each.account_count))

    def rows(self) -> QuerySet[Meeting]:
        return Meeting.objects.select_related("merged_into", "place__country")

    def id(self, record: Meeting) -> str:
        return record.public_id

    def described(self, record: Meeting) -> str:
        return ", ".join(filter(None, [record.date_in_words or "undated", record.place.name if record.place else ""]))

    def search(self, text: str, limit: int) -> list[Meeting]:
        found = self.rows().filter(merged_into=None, account_count__gt=0)
        if not text.strip():
            return []
        wanted = Q(public_id=text.strip()) | Q(title__search=text)
        return list(found.filter(wanted)[:limit])

    # candidates

    def suggested(self) -> list[Pair]:
        rows = Suggestion.objects.order_by("-score", "pk").select_related("one__document", "other__document")
        return self.pairs(rows[:MOST])

    def pairs(self, suggestions: Iterable[Suggestion]) -> list[Pair]:
        """Each two meetings once."""
        suggestions = list(suggestions)
        meetings = self.rows().in_bulk(
            {key for row in suggestions for key in (row.one.meeting_id, row.other.meeting_id)}
        )
        unsure = unsure_of([account for row in suggestions for account in (row.one, row.other)])
        found: dict[frozenset[int], Pair] = {}
        for row in suggestions:
            key = frozenset((row.one.meeting_id, row.other.meeting_id))
            if len(key) == 2 and key not in found:
                one, other = meetings[row.one.meeting_id], meetings[row.other.meeting_id]
                doubted = frozenset((named(row.one), named(row.other))) in unsure
                found[key] = Pair(one, other, row.score, row.reasons, doubted)
        return list(found.values())

    def candidates(self, record: Meeting) -> list[Pair]:
        """By comparing its accounts with those of others near in time."""
        best: dict[int, Pair] = {}
        accounts = list(with_values(record.accounts.filter(document__copy_of=None).order_by("pk"))[:COMPARED])
        different = {other.pk for account in accounts for other, same in judgements.pairs_of(account) if not same}
        unsure = unsure_of(accounts)
        for account in accounts:
            told = values_of(account)
            others = with_values(Account.objects.filter(pk__in=candidates(account, told)))
            for other in others.select_related("meeting__place__country")[:MOST]:
                if other.meeting_id == record.pk or other.pk in different:
                    continue
                verdict = compare(told, values_of(other))
                doubted = frozenset((named(account), named(other))) in unsure
                pair = Pair(record, other.meeting, verdict.score, str(verdict), doubted)
                if pair.score >= LEAST and (other.meeting_id not in best or pair.score > best[other.meeting_id].score):
                    best[other.meeting_id] = pair
        return sorted(best.values(), key=lambda pair: -pair.score)[:OFFERED]

    # preview

    def check(self, stays: Meeting, gone: Sequence[Meeting]) -> None:
        """Raises Impossible."""
        if not gone:
            raise Impossible("A meeting cannot be merged with itself: choose another one.")
        if len(gone) >= AT_ONCE:
            raise Impossible(f"At most {AT_ONCE} records are merged at once. Leave some for later.")
        audiences = {each.audience_id for each in (stays, *gone) if each.audience_id}
        if len(audiences) > 1:
            raise Impossible(
                "These meetings are told in confidence to different readers, who may not know of each other's."
            )
        if any(stays.account_count * each.account_count > PAIRS for each in gone):
            raise Impossible(
                "These meetings have too many accounts to be merged at once. Move single accounts instead."
            )

    def preview(self, stays: Meeting, gone: Sequence[Meeting]) -> Preview:
        self.check(stays, gone)
        records = [stays, *gone]
        parties = {
            each.pk: list(each.participants.select_related("person", "country", "organisation")) for each in records
        }
        told = {each.pk: list(with_values(each.accounts.order_by("pk"))) for each in records}
        rows = [
            Row("Date", [[each.date_in_words] if each.date else [] for each in records]),
            Row("Place", [[str(each.place)] if each.place else [] for each in records]),
            Row("Form", [[each.get_medium_display()] if each.medium else [] for each in records]),
            Row("Status", [[each.get_status_display()] for each in records]),
            Row("Participants", [[row.label for row in parties[each.pk]] for each in records]),
            Row("Agenda", [[item.name for item in each.agenda.all()] for each in records]),
            Row("Told in", [[str(account.document) for account in told[each.pk]] for each in records], compared=False),
        ]
        warnings = []
        for each in gone:
            verdicts = [compare(values_of(a), values_of(b)) for a, b in product(told[stays.pk], told[each.pk])]
            best = max(verdicts, key=lambda verdict: verdict.score)
            against = (one.text for one in best.reasons if one.weight < 0 or one.text.startswith("different"))
            warnings += [f"{each.title}: {text}." for text in against]
            if {a.document_id for a in told[stays.pk]} & {b.document_id for b in told[each.pk]}:
                warnings.append(f"{each.title}: one document tells of both, in different passages.")
        accounts = [account for each in gone for account in told[each.pk]]
        people = [row.label for each in gone for row in parties[each.pk]]
        moves = [
            Move("accounts", len(accounts), [str(account.document) for account in accounts][:EXAMPLES]),
            Move("participants", len(people), people[:EXAMPLES]),
            Move("statements", Statement.objects.filter(account__in=accounts).count()),
        ]
        names = list(dict.fromkeys(each.title for each in records))
        return Preview(stays, gone, rows, moves, warnings, names)

    # merging

    def merge(self, user: User, stays: Meeting, gone: Sequence[Meeting], reason: str = "", name: str = "") -> Done:
        with transaction.atomic():
            one_at_a_time()
            stays, *others = self.get([each.public_id for each in (stays, *gone)])
            gone = [each for each in others if each != stays]
            self.check(stays, gone)
            acts = []
            for each in gone:
                acts.append(self.join(user, stays, each, reason))
            stays.refresh_from_db()
            if name and name != stays.title:
                judgements.record(
                    user, stays, "set", act=acts[0], field="title", value=name, previous=stays.title, reason=reason
                )
                reconcile(stays)
        left = [str(each) for each in gone if each.accounts.exists()]
        notes = [
            f"{title} could not be brought together with it: its documents are for other readers." for title in left
        ]
        return Done(stays, notes, acts)

    def join(self, user: User, stays: Meeting, gone: Meeting, reason: str):
        act = uuid4()
        ours, theirs = (list(each.accounts.select_related("document").order_by("pk")) for each in (stays, gone))
        for one, other in product(ours, theirs):
            judgements.record_pair(user, one, other, same=True, reason=reason, act=act)
        gone.accounts.update(meeting=stays)
        Meeting.objects.filter(pk=gone.pk).update(merged_into=stays)
        reconcile(gone)  # of no accounts any more
        regroup(account.pk for account in (*ours, *theirs))
        return act

    def judge(self, user: User, one: Meeting, other: Meeting, verb: str, reason: str = "") -> None:
        if one == other:
            raise Impossible("These are one record already.")
        act = uuid4()
        with transaction.atomic():
            one_at_a_time()
            accounts = [list(each.accounts.select_related("document").order_by("pk")) for each in (one, other)]
            if not all(accounts):
                raise Impossible("One of them was merged with another meeting meanwhile: look at them again.")
            made = []
            for a, b in product(*accounts):
                made += judgements.record_pair(user, a, b, same=False, reason=reason, act=act)
            if verb == "unsure":
                Judgement.objects.filter(act=act).update(verb="unsure", subject=UNSURE)
            else:
                regroup(account.pk for each in accounts for account in each)

    # decisions

    def decided(self, verb: str) -> list[Decided]:
        made = of_pairs(verb).order_by("act", "pk").distinct("act").values("pk")
        return self.with_meetings(Judgement.objects.filter(pk__in=made).order_by("-made_at", "-pk")[:SHOWN])

    def decided_on(self, record: Meeting) -> list[Decided]:
        about = {record, *record.merged.all()}
        made = of_pairs("same", "different", "unsure").filter(meeting__in=about)
        first = made.order_by("act", "pk").distinct("act").values("pk")
        return self.with_meetings(Judgement.objects.filter(pk__in=first).order_by("-made_at", "-pk")[:SHOWN])

    def with_meetings(self, made: QuerySet[Judgement]) -> list[Decided]:
        """The meetings as they were when it was decided."""
        made = list(made.select_related("made_by"))
        rows = (
            Judgement.objects.filter(act__in=[one.act for one in made])
            .order_by("pk")
            .select_related("meeting__merged_into")
        )
        ends: dict = {}
        for row in rows:
            if row.meeting and row.verb != "set":
                ends.setdefault(row.act, {})[row.meeting_id] = row.meeting
        found = []
        for judgement in made:
            meetings = sorted(ends.get(judgement.act, {}).values(), key=lambda each: each.merged_into_id is None)
            found.append(Decided(judgement, *(*meetings, None, None)[:2]))
        return found

    def undo(self, user: User, judgement: Judgement) -> Done:
        if judgement.withdrawn_at:
            raise Impossible("This was taken back already.")
        decided = next(iter(self.with_meetings(Judgement.objects.filter(pk=judgement.pk))), None)
        decisions.withdraw(user, [judgement])
        gone = decided and decided.one
        if judgement.verb != "same" or gone is None:
            return Done(gone)
        gone = Meeting.objects.filter(pk=gone.pk).first()
        if gone and not gone.merged_into_id:
            return Done(gone)
        note = "Its documents are still taken for the same meeting, by what they tell or by another decision."
        return Done(gone and surviving(gone), [note])


def surviving(meeting: Meeting) -> Meeting:
    """The meeting that stands for this one: merged meetings lead on step by step."""
    seen = set()
    while meeting.merged_into and meeting.pk not in seen:
        seen.add(meeting.pk)
        meeting = meeting.merged_into
    return meeting


def of_pairs(*verbs: str) -> QuerySet[Judgement]:
    """Standing decisions on two accounts."""
    pair = Q(subject="meeting", verb__in={"same", "different"} & set(verbs))
    if "unsure" in verbs:
        pair |= Q(subject=UNSURE, verb="unsure")
    return Judgement.objects.standing().filter(pair)


def named(account: Account) -> tuple[str, ...]:
    return tuple(judgements.names_of(account)[name] for name in ("sha256", "part", "anchor"))


def unsure_of(accounts: Iterable[Account]) -> set[frozenset[tuple[str, ...]]]:
    """The pairs that somebody was unsure of, of documents of these accounts."""
    made = Judgement.objects.standing().filter(subject=UNSURE, verb="unsure")
    made = made.filter(sha256__in={account.document.sha256 for account in accounts})
    return {
        frozenset(((one.sha256, one.part, one.anchor), tuple(one.value[name] for name in ("sha256", "part", "anchor"))))
        for one in made
    }
