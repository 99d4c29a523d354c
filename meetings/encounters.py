"""Which accounts tell of one encounter: those of a document, and all that may belong with them, put together anew.

    accounts → candidates → verdicts → clusters → Meeting rows that stand, are made, or lead to another

Groups depend on what is told and on what editors decided, never on the order in which documents came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from . import judgements
from .derivation import Values
from .models import Account, Document, Meeting, Suggestion
from .reconcile import Writes, public_id, reconcile
from .resolution.accounts import audience_of, candidates, values_of, with_values
from .resolution.clusters import Link, clusters
from .resolution.names import fold
from .resolution.reasons import Decision, Verdict
from .resolution.scoring import compare

ALIKE = 4  # meetings told in one passage whose addresses are tried
CERTAIN = 1000.0  # strength of a link that is no estimate: a copy, an editor's word


def meetings_for(accounts: Sequence[Account], promised: Iterable[str] = ()) -> list[Meeting]:
    """A meeting of each account's own, until it is grouped with others; those that are new are not written yet.

    Addresses are ``promised`` to other meetings that are not written yet. One that was left without accounts, because something
    was decided on it, is taken up again.
    """
    found: dict[int, Meeting] = {}  # by the account's place in the list
    attempt, taken = 0, set(promised)
    while len(found) < len(accounts):
        numbers = [public_id(*lasting(account), str(attempt)) for account in accounts]
        standing = {meeting.public_id: meeting for meeting in Meeting.objects.filter(public_id__in=numbers)}
        for at, own in enumerate(numbers):
            if at in found or own in taken:
                continue
            meeting = standing.get(own)
            if meeting is None or (attempt == 0 and is_left(meeting)):
                audience = audience_of([accounts[at].document.collection])
                found[at] = meeting or Meeting(public_id=own, audience=audience)
                taken.add(own)
        attempt += 1
    return [found[at] for at in range(len(accounts))]


def is_left(meeting: Meeting) -> bool:
    return not (meeting.account_count or meeting.merged_into_id or meeting.accounts.exists())


def found_meeting(account: Account, promised: Iterable[str] = ()) -> Meeting:
    """A meeting of an account's own, written if it is new."""
    (meeting,) = meetings_for([account], promised)
    if meeting.pk is None:
        meeting.save()
    return meeting


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
        waiting = [made.add(account) for account in accounts]
        while waiting:
            account = waiting.pop()
            if account.pk not in made.reached:
                made.reached.add(account.pk)
                waiting += made.reach(account)
        return made

    def reach(self, account: Account) -> Iterator[Account]:
        """Those that may belong with an account."""
        if account.meeting_id not in self.unseen:
            others = with_values(Account.objects.filter(meeting=account.meeting_id).exclude(pk=account.pk))
            yield from map(self.add, others)
        if account.document.copy_of_id and (original := original_of(account)):
            self.originals[account.pk] = original.pk
            yield self.add(original)
        for other, same in judgements.pairs_of(account) if account.document != self.undecided else ():
            self.judged[frozenset((account.pk, other.pk))] = same
            if same:
                yield from map(self.add, with_values(Account.objects.filter(pk=other.pk)))
        near = candidates(account, self.values[account.pk])
        for other in with_values(Account.objects.filter(pk__in=near)) if near else ():
            if self.verdict(account.pk, self.add(other).pk).decision == Decision.SAME:
                yield self.accounts[other.pk]

    def add(self, account: Account) -> Account:
        """The account as it is known here: as it was met first."""
        if account.pk not in self.accounts:
            self.accounts[account.pk] = account
            self.values[account.pk] = values_of(account)
        return self.accounts[account.pk]

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


def regroup(accounts: Iterable[int], writes: Writes | None = None, undecided: Document | None = None) -> None:
    """Put accounts (row numbers) and all that may belong with them together anew, and derive their meetings.

    ``writes`` brings what was just found in a document and is not read again, and rows not written yet; all is written at the end.
    On ``undecided`` nobody decided anything.
    """
    writes = writes or Writes()
    begun = [*writes.accounts.values()]
    if stored := set(accounts).difference(writes.accounts):
        begun += with_values(Account.objects.filter(pk__in=stored))
    around = Neighbourhood.of(begun, writes.unseen.keys(), undecided)
    groups = around.groups()
    before = {account: around.accounts[account].meeting_id for account in around.reached}
    rows = claimed(groups, before, writes.unseen.keys())
    promised = [meeting.public_id for meeting in writes.unseen.values()]
    told: dict[int, list[Account]] = {meeting: [] for meeting in before.values()}
    for group, claims in zip(groups, rows, strict=True):
        meeting = claims[0] if claims else parted([around.accounts[number] for number in group], promised).pk
        told[meeting] = [around.accounts[number] for number in sorted(group)]
        for number in group:
            account, reason = around.accounts[number], around.reason(number, group)
            if (account.meeting_id, account.joined_by) != (meeting, reason):
                writes.join(account, meeting, reason)
        for left in claims[1:]:
            if left not in writes.unseen:
                Meeting.objects.filter(pk=left).update(merged_into=meeting)
    write_suggestions(around, groups)
    known = Meeting.objects.in_bulk(told.keys() - writes.unseen.keys()) | writes.unseen
    for number, members in sorted(told.items()):
        decided = any(account.document != undecided for account in members)
        reconcile(known[number], members, writes, bare=number in writes.unseen, decided=decided)
    writes.flush()


def parted(accounts: list[Account], promised: Iterable[str]) -> Meeting:
    """A meeting for accounts that leave theirs: the one that led there and has its address from one of them, else a new one."""
    own = {public_id(*lasting(account), str(attempt)) for account in accounts for attempt in range(ALIKE)}
    left = {account.meeting_id for account in accounts}
    led = Meeting.objects.filter(public_id__in=own, merged_into__in=left, accounts=None)
    meeting = led.order_by("pk").first()
    if meeting is None:
        return found_meeting(accounts[0], promised)
    Meeting.objects.filter(pk=meeting.pk).update(merged_into=None)
    return meeting


def bring_home(meeting: Meeting, accounts: Iterable[int]) -> None:
    """Give accounts (row numbers) back to a meeting that leads to another since."""
    if meeting.merged_into_id:
        Meeting.objects.filter(pk=meeting.pk).update(merged_into=None)
        Account.objects.filter(pk__in=accounts).update(meeting=meeting)


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
    stored = [key for key in around.reached if not around.accounts[key]._state.adding]
    for row in Suggestion.objects.filter(Q(one__in=stored) | Q(other__in=stored)) if stored else ():
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
