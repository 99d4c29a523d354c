"""Which accounts tell of one encounter: those of a document, and all that may belong with them, put together anew.

    accounts → candidates → verdicts → clusters → Meeting rows that stand, are made, or lead to another

Groups depend on what is told and on what editors decided, never on the order in which documents came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from . import judgements
from .derivation import Values
from .models import Account, Document, Meeting, Suggestion
from .reconcile import Writes, free_id, public_id, reconcile
from .resolution.accounts import audience_of, candidates, values_of, with_values
from .resolution.clusters import Link, clusters
from .resolution.names import fold
from .resolution.reasons import Decision, Verdict
from .resolution.scoring import compare

ALIKE = 4  # meetings told in one passage whose addresses are tried
CERTAIN = 1000.0  # strength of a link that is no estimate: a copy, an editor's word


def found_meeting(account: Account) -> Meeting:
    """A meeting of a new account's own, until it is grouped with others.

    One that was left without accounts, because something was decided on it, is taken up again.
    """
    number = public_id(*lasting(account), "0")
    if standing := Meeting.objects.filter(public_id=number).first():
        if not (standing.account_count or standing.merged_into_id or standing.accounts.exists()):
            return standing
        number = free_id(Meeting, *lasting(account))
    return Meeting.objects.create(public_id=number, audience=audience_of([account.document.collection]))


def found_meetings(accounts: list[Account]) -> list[Meeting]:
    """Gives each new account a meeting of its own, as ``found_meeting`` does; returns those that nobody has seen yet."""
    numbers = [public_id(*lasting(account), "0") for account in accounts]
    taken = set(Meeting.objects.filter(public_id__in=numbers).values_list("public_id", flat=True)) if numbers else set()
    made, others = [], []
    for account, number in zip(accounts, numbers, strict=True):
        if number in taken:
            others.append(account)
            continue
        taken.add(number)
        account.meeting = Meeting(public_id=number, audience=audience_of([account.document.collection]))
        made.append(account.meeting)
    Meeting.objects.bulk_create(made)
    for account in others:
        account.meeting = found_meeting(account)
        if not account.meeting.title:  # one that was taken up again has an address that somebody may know
            made.append(account.meeting)
    return made


def lasting(account: Account) -> tuple[str, ...]:
    """What a meeting's address is made of. The passage outlasts better readings of who is named in it, so that the address does too."""
    document = account.document
    return document.sha256, document.part, document.collection.slug, account.anchor


@dataclass
class Neighbourhood:
    """Accounts that may belong together, and what was found of each pair; everything goes by the accounts' row numbers.

    ``undecided`` is a document on which nobody decided anything;
    ``judged`` are pairs that an editor called one encounter (True) or two (False); ``originals`` give for the account of a
    copied document the original's account that tells the same. ``unseen`` are meetings of one new account each.
    """

    unseen: Set[int] = frozenset()
    undecided: Document | None = None
    accounts: dict[int, Account] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)
    verdicts: dict[frozenset[int], Verdict] = field(default_factory=dict)
    judged: dict[frozenset[int], bool] = field(default_factory=dict)
    originals: dict[int, int] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)  # whose own candidates were looked at

    @classmethod
    def of(
        cls, accounts: Iterable[Account], unseen: Set[int] = frozenset(), undecided: Document | None = None
    ) -> Neighbourhood:
        """All that can be reached from some accounts over pairs taken for one encounter."""
        made = cls(unseen=unseen, undecided=undecided)
        waiting = list(accounts)
        while waiting:
            account = waiting.pop()
            if account.pk not in made.reached:
                made.reached.add(account.pk)
                waiting += made.reach(account)
        return made

    def reach(self, account: Account) -> Iterator[Account]:
        """Adds an account; yields those that may belong with it."""
        self.add(account)
        if account.meeting_id not in self.unseen:
            yield from with_values(Account.objects.filter(meeting=account.meeting_id).exclude(pk=account.pk))
        if account.document.copy_of_id and (original := original_of(account)):
            self.originals[account.pk] = original.pk
            yield original
        for other, same in judgements.pairs_of(account) if account.document != self.undecided else ():
            self.judged[frozenset((account.pk, other.pk))] = same
            if same:
                yield from with_values(Account.objects.filter(pk=other.pk))
        for other in candidates(account, self.values[account.pk]):
            self.add(other)
            if self.verdict(account.pk, other.pk).decision == Decision.SAME:
                yield other

    def add(self, account: Account) -> None:
        if account.pk not in self.accounts:
            self.accounts[account.pk] = account
            self.values[account.pk] = values_of(account)

    def verdict(self, one: int, other: int) -> Verdict:
        pair = frozenset((one, other))
        if pair not in self.verdicts:
            # In one order, so that the reasons read the same whichever came first.
            first, second = sorted(pair, key=self.lasting)
            self.verdicts[pair] = compare(self.values[first], self.values[second])
        return self.verdicts[pair]

    def groups(self) -> list[list[int]]:
        """Accounts of one encounter, the earliest document first."""
        found = clusters(self.reached, self.links(), self.apart, self.lasting)
        return [sorted(group, key=self.lasting) for group in found]

    def links(self) -> Iterator[Link]:
        for copy, original in self.originals.items():
            yield Link(copy, original, CERTAIN)
        for pair, same in self.judged.items():
            if same and pair <= self.reached:
                yield self.link(pair, CERTAIN)
        for pair, verdict in self.verdicts.items():
            if verdict.decision == Decision.SAME and pair <= self.reached:
                yield self.link(pair, verdict.score)

    def link(self, pair: frozenset[int], strength: float) -> Link:
        one, other = sorted(pair, key=self.lasting)
        return Link(one, other, strength, rank=0 if self.public(one) and self.public(other) else 1)

    def apart(self, link: Link, ours: set[int], theirs: set[int]) -> bool:
        """Whether two groups never make one: two tellings in one document, a clear difference, an editor's word.

        What everybody may see is not brought together by an account that only some may see, and what some may see not with
        what only others may.
        """
        shown = [any(map(self.public, group)) for group in (ours, theirs)]
        if link.rank and all(shown):
            return True
        if not any(shown) and len({self.accounts[each].document.collection_id for each in ours | theirs}) > 1:
            return True
        return any(self.differ(one, other) for one in ours for other in theirs)

    def differ(self, one: int, other: int) -> bool:
        pair = frozenset((one, other))
        if pair in self.judged:
            return not self.judged[pair]
        if other == self.originals.get(one) or one == self.originals.get(other):
            return False
        if one in self.said_one and self.said_one.get(other) == self.said_one[one]:
            return False
        same_document = self.accounts[one].document_id == self.accounts[other].document_id
        return same_document or self.verdict(one, other).score < 0

    @cached_property
    def said_one(self) -> dict[int, int]:
        """Accounts that an editor's words make one, over whatever others, under one number: no estimate keeps them apart."""
        links = [self.link(pair, CERTAIN) for pair, same in self.judged.items() if same]
        named = {account for link in links for account in (link.one, link.other)}
        groups = clusters(named, links, lambda *_: False, self.lasting)
        return {account: number for number, group in enumerate(groups) for account in group}

    def public(self, account: int) -> bool:
        return self.accounts[account].document.collection.public

    def lasting(self, account: int) -> tuple:
        """What names an account for good: the order of equals follows from it, not from what came first."""
        row = self.accounts[account]
        return row.document.date or "~", *lasting(row)

    def reason(self, account: int, group: list[int]) -> str:
        """Why an account was taken for the same meeting as the others; "" for the first.

        Only accounts that everybody may see who may see this one are named.
        """
        if account == group[0]:
            return ""
        if account in self.originals:
            return f"a copy of {self.accounts[self.originals[account]].document}"
        others = [other for other in group if other != account and (self.public(other) or not self.public(account))]
        if any(self.judged.get(frozenset((account, other))) for other in others):
            return "an editor said so"
        best = max((self.verdict(account, other) for other in others), key=lambda verdict: verdict.score, default=None)
        return str(best)[:300] if best else ""

    def suggestions(self, groups: list[list[int]]) -> Iterator[tuple[int, int, Verdict]]:
        """Pairs of accounts in different groups for which much speaks, and which nothing keeps apart for certain."""
        group = {account: set(members) for members in groups for account in members}
        for pair, verdict in list(self.verdicts.items()):  # comparing their groups adds to them
            one, other = sorted(pair)
            ours, theirs = group.get(one, {one}), group.get(other, {other})
            if verdict.decision == Decision.DIFFERENT or one in theirs or pair in self.judged:
                continue
            if not any(self.differ(a, b) for a in ours for b in theirs):
                yield one, other, verdict


def original_of(account: Account) -> Account | None:
    """The original's account that tells the same as a copy's: in the same passage, or with the same names and date."""
    told = {fold(row.name or row.role) for row in account.participants.all()}
    for other in with_values(Account.objects.filter(document=account.document.copy_of_id).order_by("order")):
        theirs = {fold(row.name or row.role) for row in other.participants.all()}
        if told == theirs and (account.anchor == other.anchor or account.date == other.date):
            return other
    return None


def regroup(accounts: Iterable[int], new: Iterable[Meeting] = (), undecided: Document | None = None) -> None:
    """Put accounts (row numbers) and all that may belong with them together anew, and derive their meetings.

    ``new`` are meetings that nobody has seen yet: they go when their accounts join others, and no address leads on from them.
    On ``undecided`` nobody decided anything.
    """
    unseen = {meeting.pk for meeting in new}
    around = Neighbourhood.of(with_values(Account.objects.filter(pk__in=list(accounts))), unseen, undecided)
    groups = around.groups()
    before = {account: around.accounts[account].meeting_id for account in around.reached}
    rows = claimed(groups, before, unseen)
    told: dict[int, list[Account]] = {meeting: [] for meeting in before.values()}
    for group, claims in zip(groups, rows, strict=True):
        meeting = claims[0] if claims else parted([around.accounts[number] for number in group]).pk
        told[meeting] = [around.accounts[number] for number in sorted(group)]
        for number in group:
            account, reason = around.accounts[number], around.reason(number, group)
            if (account.meeting_id, account.joined_by) != (meeting, reason):
                Account.objects.filter(pk=number).update(meeting=meeting, joined_by=reason)
        for left in claims[1:]:
            if left not in unseen:
                Meeting.objects.filter(pk=left).update(merged_into=meeting)
    write_suggestions(around, groups)
    writes = Writes()
    for meeting in Meeting.objects.filter(pk__in=told).order_by("pk"):
        decided = any(account.document != undecided for account in told[meeting.pk])
        reconcile(meeting, told[meeting.pk], writes, bare=meeting.pk in unseen, decided=decided)
    writes.flush()


def parted(accounts: list[Account]) -> Meeting:
    """A meeting for accounts that leave theirs: the one that led there and has its address from one of them, else a new one."""
    own = {public_id(*lasting(account), str(attempt)) for account in accounts for attempt in range(ALIKE)}
    left = {account.meeting_id for account in accounts}
    led = Meeting.objects.filter(public_id__in=own, merged_into__in=left, accounts=None)
    meeting = led.order_by("pk").first()
    if meeting is None:
        return found_meeting(accounts[0])
    Meeting.objects.filter(pk=meeting.pk).update(merged_into=None)
    return meeting


def bring_home(account: Account, meeting: Meeting) -> None:
    """Give an account back to the meeting that led to another since, as long as it leads there."""
    if meeting.merged_into_id:
        Meeting.objects.filter(pk=meeting.pk).update(merged_into=None)
        Account.objects.filter(pk=account.pk).update(meeting=meeting)


def claimed(groups: list[list[int]], before: dict[int, int], unseen: set[int]) -> list[list[int]]:
    """For each group the meetings most of whose accounts it has, those with an address that somebody may know first."""
    rows: list[list[int]] = [[] for _ in groups]
    held = {account: at for at, group in enumerate(groups) for account in group}
    for meeting in sorted(set(before.values())):
        counts = Counter(held[account] for account, row in before.items() if row == meeting)
        rows[min(counts, key=lambda at: (-counts[at], at))].append(meeting)
    return [sorted(claims, key=lambda meeting: (meeting in unseen, meeting)) for claims in rows]


def write_suggestions(around: Neighbourhood, groups: list[list[int]]) -> None:
    wanted = {(one, other): verdict for one, other, verdict in around.suggestions(groups)}
    about = Q(one__in=around.reached) | Q(other__in=around.reached)
    for row in Suggestion.objects.filter(about):
        verdict = wanted.pop((row.one_id, row.other_id), None)
        if verdict is None:
            row.delete()
        elif (row.score, row.reasons) != (verdict.score, str(verdict)):
            row.score, row.reasons = verdict.score, str(verdict)
            row.save()
    Suggestion.objects.bulk_create(
        Suggestion(one_id=one, other_id=other, score=verdict.score, reasons=str(verdict))
        for (one, other), verdict in wanted.items()
    )
