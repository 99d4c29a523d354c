"""The review queue: which meetings wait for an editor, in which order, and claims that are the same in many meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from . import judgements
from .conditions import having
from .locking import one_at_a_time
from .models import AccountIssue, Document, Issue, Judgement, Meeting, MeetingIssue, Participant, Person
from .querysets import MeetingQuerySet
from .reconcile import reconcile
from .resolution.names import fold
from .terms import Facet

WALKED = 5_000  # meetings that a walk passes
COUNTED = 1_000  # meetings; of more the page says that there are more
AT_ONCE = 500  # meetings in which one claim is decided in one request
ORDERS = {"doubtful": "", "surest": "-"}  # sign before the confidence
SURELY = F("confidence") + Value(0.0)
STATES = {"unreviewed": "Not looked at", "unsure": "In doubt"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many wait and how many of them come before the one that is shown; ``more``: both are lower bounds."""

    waiting: int
    before: int
    more: bool


@dataclass(frozen=True)
class Queue:
    """Meetings in one state of review, by confidence; of two that are as sure the older record first.

    ``everything`` waits; ``meetings`` are those of it that are asked for. An index leads through everything in order. What is
    frequent is found by walking along it, what is rare or was looked at nearly all by other indexes: a walk might never end.
    """

    everything: MeetingQuerySet
    meetings: MeetingQuerySet
    order: str = "doubtful"
    walks: bool = True  # whether the index has these
    narrowed: bool = False  # whether not everything is asked for

    @classmethod
    def of(cls, user, asked: MeetingQuerySet, state: str, document: Document | None = None, order: str = "") -> Queue:
        everything = Meeting.objects.visible_to(user).filter(review=state)
        meetings = asked.filter(having(Facet.REVIEW, [state]))
        if document:
            meetings = meetings.filter(pk__in=document.accounts.order_by().values("meeting"))
        narrowed = bool(document or asked.given != "")
        return cls(everything, meetings, order if order in ORDERS else "doubtful", state == "unreviewed", narrowed)

    @property
    def sign(self) -> str:
        return ORDERS[self.order]

    def sorted(self, meetings: MeetingQuerySet, after: Meeting | None = None) -> MeetingQuerySet:
        meetings = meetings.filter(self.beyond(after)) if after else meetings
        return meetings.order_by(f"{self.sign}confidence", f"{self.sign}pk")

    def walked(self, after: Meeting | None = None) -> MeetingQuerySet:
        """Those asked for among the first of everything."""
        passed = self.sorted(self.everything, after).values("pk")[:WALKED]
        return self.meetings.filter(pk__in=passed).annotate(surely=SURELY)

    def found(self, after: Meeting | None = None) -> MeetingQuerySet:
        """All those asked for. No index has them in this order, which keeps the planner from walking along one."""
        return (self.meetings.filter(self.beyond(after)) if after else self.meetings).annotate(surely=SURELY)

    def beyond(self, meeting: Meeting) -> Q:
        """What comes after a meeting. The first half is what the index can use."""
        side = "lt" if self.sign else "gt"
        later = Q(**{f"confidence__{side}": meeting.confidence}) | Q(**{f"pk__{side}": meeting.pk})
        return Q(**{f"confidence__{side}e": meeting.confidence}) & later

    def ways(self, after: Meeting | None = None) -> Iterator[MeetingQuerySet]:
        """How to find what is asked for, in order; the next where one finds nothing."""
        if self.walks and not self.narrowed:
            yield self.sorted(self.everything, after)
            return
        for meetings in (self.walked(after), self.found(after)) if self.walks else (self.found(after),):
            yield meetings.order_by(f"{self.sign}surely", f"{self.sign}pk")

    def first(self, after: Meeting | None = None) -> Meeting | None:
        found = (meetings.select_related("place__country").first() for meetings in self.ways(after))
        return next(filter(None, found), None)

    def tally(self, shown: Meeting | None) -> Tally:
        before = ~self.beyond(shown) & ~Q(pk=shown.pk) if shown else Q(pk__in=[])
        marked = Case(When(before, then=True), default=False, output_field=BooleanField())
        ways = list(self.ways())
        for meetings in ways:
            first = meetings.annotate(before=marked).values("pk", "before")[: COUNTED + 1]
            counts = first.aggregate(waiting=Count("pk"), passed=Count("pk", filter=Q(before=True)))
            if counts["waiting"]:
                break
        more = counts["waiting"] > COUNTED
        if len(ways) > 1 and meetings is ways[0] and not more:
            more = self.sorted(self.everything)[WALKED : WALKED + 1].exists()  # the walk ended early
        return Tally(min(counts["waiting"], COUNTED), counts["passed"], more)


# The same claim in many meetings


def alike(row: Participant | MeetingIssue) -> QuerySet:
    """The rows of meetings in which the documents say the same and were taken to mean the same, ``row`` among them.

    Those that somebody decided on already are left out.
    """
    rows = (
        type(row)
        .objects.filter(meeting__merged_into=None, meeting__account_count__gt=0)
        .exclude(meeting__review="rejected")
    )
    if isinstance(row, Participant):
        subject, key = "participant", judgements.participant_key(row.name, row.role, row.side)
        meant = Q(person=row.person_id, folded=row.folded)
        if row.person_id is None:
            # Names of people whom nobody knows are terms of their meetings, and found by an index there.
            meant &= Q(meeting__in=Meeting.objects.filter(having(Facet.UNRESOLVED, [row.folded])).order_by())
    else:
        subject, key = "issue", fold(row.name)[:300]
        told = AccountIssue.objects.filter(issue=row.issue_id, mention=wording(row)).order_by()
        meant = Q(issue=row.issue_id, name=row.name, meeting__in=told.values("account__meeting"))
    decided = Judgement.objects.standing().filter(subject=subject, key=key, meeting=OuterRef("meeting"))
    return rows.filter(meant & ~Exists(decided) | Q(pk=row.pk)).select_related("meeting").order_by("meeting")


def wording(item: MeetingIssue) -> str:
    """How the documents say it, the first of them; the name where none does."""
    told = AccountIssue.objects.filter(account__meeting=item.meeting_id, issue=item.issue_id)
    if item.issue_id is None:
        told = told.filter(name=item.name)
    return told.order_by("pk").values_list("mention", flat=True).first() or item.name


@transaction.atomic
def resolve_people(user, rows: Iterable[Participant], person: Person | None, reason: str = "") -> int:
    """Decide that these participants are a person, or nobody who is known here; what was right already is confirmed so."""
    one_at_a_time()
    act, count = uuid4(), 0
    for row in rows:
        before = judgements.participant_values(row)
        after = before | {"person": judgements.portable(person) if person else None}
        judgements.record(
            user,
            row.meeting,
            "confirm" if after == before else "set",
            "participant",
            act=act,
            key=judgements.participant_key(row.name, row.role, row.side),
            value=after,
            previous=before,
            reason=reason,
        )
        reconcile(row.meeting)
        count += 1
    return count


@transaction.atomic
def resolve_issues(
    user, rows: Iterable[MeetingIssue], issue: Issue | None, *, remove: bool = False, reason: str = ""
) -> int:
    """Decide that these items of an agenda mean an issue, or, as told, none of the tree; or take them off."""
    one_at_a_time()
    act, count = uuid4(), 0
    for row in rows:
        before = {"issue": judgements.portable(row.issue) if row.issue else None, "name": row.name}
        name = issue.name if issue else row.name
        after = None if remove else {"issue": issue.key if issue else None, "name": name}
        verb = "remove" if remove else "confirm" if after == before else "set"
        judgements.record(
            user, row.meeting, verb, "issue", act=act,
            key=fold(row.name)[:300], value=after, previous=before, reason=reason,
        )  # fmt: skip
        reconcile(row.meeting)
        count += 1
    return count
