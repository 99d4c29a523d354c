"""What editors marked, added and moved in a document's text, written into the rows of its accounts.

    rows as the machine left them → made accounts, moved passages, marked names and values, in the order of the decisions

``as_read`` brings the first back before a document is extracted anew; ``write`` does the rest, and says what no longer anchors.
Both are quick where nobody decided on anything in the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import time

from django.db.models import F

from . import judgements
from .anchoring import CONTEXT, Selector
from .encounters import found_meeting
from .judgements import holder
from .models import (
    Account,
    AccountIssue,
    AccountParticipant,
    Document,
    DocumentRevision,
    Evidence,
    Judgement,
    Statement,
)
from .resolution.accounts import party_of
from .resolution.names import fold

EDITOR = "editor"  # the rule that made a claim which a person made
STRUCTURE = ("account", "passages")  # subjects of decisions on which accounts there are, and what belongs to each
VALUES = ("name", "role", "country_id", "organisation_id", "body", "attendance", "person_id")


def decided_in(document: Document) -> list[Judgement]:
    """All that was ever decided on a document's accounts, in order."""
    made = Judgement.objects.filter(sha256=document.sha256, part=document.part).exclude(mark="", anchor="")
    return list(made.order_by("made_at", "pk"))


# As the machine left it


def as_read(document: Document) -> None:
    """Take all that editors put into the document's rows out of them again."""
    moved = Evidence.objects.filter(account__document=document).exclude(told_in=None)
    for claim in moved.select_related("participant", "issue"):
        for name in ("participant", "issue"):
            if row := getattr(claim, name):
                setattr(claim, name, restored(row, claim.told_in_id))
        claim.account_id, claim.told_in = claim.told_in_id, None
        claim.save(update_fields=["account", "told_in", "participant", "issue"])
    Statement.objects.filter(document=document).exclude(told_in=None).update(account=F("told_in"), told_in=None)
    Evidence.objects.filter(account__document=document, rule=EDITOR).delete()
    for kind in (AccountParticipant, AccountIssue):
        kind.objects.filter(account__document=document, by_hand=True).delete()


def restored(row: AccountParticipant | AccountIssue, account: int) -> AccountParticipant | AccountIssue:
    """The row that a claim belonged to in its account (row number): moved back, or the one that this is a copy of."""
    if row.by_hand:
        return next(
            (other for other in type(row).objects.filter(account=account, by_hand=False) if equal(other, row)), row
        )
    if row.account_id != account:
        row.account_id = account
        row.save(update_fields=["account"])
    return row


def equal(one: AccountParticipant | AccountIssue, other: AccountParticipant | AccountIssue) -> bool:
    names = VALUES if isinstance(one, AccountParticipant) else ("name", "issue_id", "mention")
    return all(getattr(one, name) == getattr(other, name) for name in names)


# As decided


def rewrite(document: Document) -> list[int]:
    """Bring a document's rows in line with decisions that were just made or taken back; gives the accounts concerned."""
    meetings = set(document.accounts.values_list("meeting", flat=True))
    as_read(document)
    write(document, decided_in(document))
    return list(
        Account.objects.filter(meeting__in=[*meetings, *document.accounts.values_list("meeting", flat=True)])
        .distinct()
        .values_list("pk", flat=True)
    )


def write(document: Document, decided: Iterable[Judgement]) -> None:
    """Write what stands of all that was decided in a document into rows as the machine left them."""
    decided = list(decided)
    standing = [judgement for judgement in decided if judgement.withdrawn_at is None]
    revision = document.revisions.filter(current=True).first()
    if revision is None:
        return
    drop_unkept(document, decided)
    page = Page(document, revision)
    for judgement in standing:
        astray = not page.written(judgement)
        if astray != judgement.astray:
            Judgement.objects.filter(pk=judgement.pk).update(astray=astray)
    page.fill(standing)
    page.find_again()


def drop_unkept(document: Document, decided: Iterable[Judgement]) -> None:
    """Accounts that the machine does not find, and no standing decision keeps, go. One that an editor added goes with that."""
    accounts = list(document.accounts.all())
    kept, added = defaultdict(set), set()
    for judgement in decided:
        account = holder(judgement, accounts)
        if account and (judgement.subject, judgement.verb) == ("account", "add"):
            added.add(account.pk)
        if account and judgement.withdrawn_at is None:
            kept[account.pk].add((judgement.subject, judgement.verb))
    for account in accounts:
        needs = {("account", "add")} if account.pk in added else kept[account.pk]
        if not account.found and not needs & kept[account.pk]:
            account.delete()


class Page:
    """A document as decisions are written into it."""

    def __init__(self, document: Document, revision: DocumentRevision):
        self.document, self.revision, self.text = document, revision, revision.text
        self.accounts = list(document.accounts.select_related("meeting").order_by("order", "pk"))
        self.made: dict[Account, Judgement] = {}

    def written(self, judgement: Judgement) -> bool:
        """Write one decision; whether what it is about was found in the document."""
        match judgement.subject, judgement.verb:
            case "account", "add":
                return self.add(judgement)
            case "passages", "move":
                return self.move(judgement)
        account = holder(judgement, self.accounts)
        if account is None:
            return False
        spans = [self.span(selector) for selector in judgement.evidence]
        self.support(account, judgement, [span for span in spans if span])
        return None not in spans

    def span(self, selector: dict) -> tuple[str, int, int] | None:
        """Field, start and end of a passage in the text as it is now."""
        found = Selector(**selector).find(self.text)
        return found and (selector["field"], *found)

    def claim(self, account: Account, field: str, start: int, end: int, **supports) -> None:
        Evidence.objects.create(
            revision=self.revision,
            account=account,
            field=field,
            start=start,
            end=end,
            quote=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
            rule=EDITOR,
            **supports,
        )

    def add(self, judgement: Judgement) -> bool:
        """An account that an editor added."""
        account = next((account for account in self.accounts if account.mark == judgement.mark), None)
        if account is None:
            account = Account(
                document=self.document,
                anchor=judgement.anchor,
                mark=judgement.mark,
                order=len(self.accounts),
                found=False,
                status=judgement.value["status"],
            )
            account.meeting = found_meeting(account)
            account.save()
            self.accounts.append(account)
        self.made[account] = judgement
        spans = [self.span(selector) for selector in judgement.evidence]
        for span in filter(None, spans):
            self.claim(account, *span)
        return None not in spans

    def move(self, judgement: Judgement) -> bool:
        """Claims that rest on some passages go from one account to another."""
        source = holder(judgement, self.accounts)
        target = holder(Judgement(**judgement.value), self.accounts)
        spans = [self.span(selector) for selector in judgement.evidence]
        if source is None or target is None:
            return False
        for field, start, end in filter(None, spans):
            rest_on = Evidence.objects.filter(account=source, revision=self.revision)
            within = rest_on.filter(start__gte=start, start__lt=end, **({"field": field} if field else {}))
            hand_over(list(within.select_related("participant", "issue")), source, target)
        return None not in spans

    def support(self, account: Account, judgement: Judgement, spans: Iterable[tuple[str, int, int]]) -> None:
        """Passages that an editor marked for a value, and the participant or issue that they name."""
        if judgement.subject in {"participant", "issue"} and judgement.verb != "remove":
            added_with_it = account in self.made and self.made[account].act == judgement.act
            if not spans and not added_with_it:
                return
            name = judgement.subject
            row = self.participant(account, judgement) if name == "participant" else self.issue(account, judgement)
            for span in spans:
                self.claim(account, *span, **{name: row})
        else:
            for span in spans:
                self.claim(account, *span)

    def participant(self, account: Account, judgement: Judgement) -> AccountParticipant:
        """The account's participant that a decision is about, put there if it has none."""
        decided = judgements.party_from(judgement.value)
        rows = list(account.participants.select_related("person", "country", "organisation"))
        at = judgements.named([party_of(row) for row in rows], judgement.key, decided)
        if at is not None:
            return rows[at]
        return AccountParticipant.objects.create(
            account=account,
            order=len(rows),
            by_hand=True,
            resolved_by="as an editor said",
            name=decided.name[:200],
            person_id=decided.person,
            role=decided.role[:300],
            country_id=decided.country,
            organisation_id=decided.organisation,
            body=decided.body[:200],
            attendance=decided.attendance,
        )

    def issue(self, account: Account, judgement: Judgement) -> AccountIssue:
        name = judgement.value["name"]
        rows = list(account.issues.all())
        known = next((row for row in rows if fold(row.name) in {fold(name), judgement.key}), None)
        if known:
            return known
        quote = judgement.evidence[0]["quote"] if judgement.evidence else name
        decided = judgements.issue_from(judgement.value)
        return AccountIssue.objects.create(
            account=account,
            order=len(rows),
            by_hand=True,
            issue_id=decided.issue,
            name=decided.name[:200],
            mention=" ".join(quote.split())[:300],
        )

    def fill(self, standing: Iterable[Judgement]) -> None:
        """An account that an editor added tells what they said of the meeting when they added it."""
        acts = {judgement.act: account for account, judgement in self.made.items() if not account.found}
        for judgement in standing:
            account = acts.get(judgement.act)
            if account is None or (judgement.subject, judgement.verb) != ("meeting", "set"):
                continue
            match judgement.field:
                case "date":
                    account.set_date(judgement.value)
                case "place":
                    account.place = judgements.place_from(judgement.value)
                case "time":
                    account.time = time.fromisoformat(judgement.value) if judgement.value else None
                case "status" | "medium" | "duration":
                    setattr(account, judgement.field, judgement.value)
        for account in acts.values():
            account.save()

    def find_again(self) -> None:
        """The claims of accounts that decisions alone keep point into the text as it is now, where they stand in it."""
        kept = Evidence.objects.filter(account__document=self.document, account__found=False)
        for claim in kept.exclude(revision=self.revision):
            found = Selector(claim.quote, claim.prefix, claim.suffix, claim.start).find(self.text)
            if found:
                claim.revision, (claim.start, claim.end) = self.revision, found
                claim.quote = self.text[claim.start : claim.end]
                claim.prefix = self.text[max(0, claim.start - CONTEXT) : claim.start]
                claim.suffix = self.text[claim.end : claim.end + CONTEXT]
                claim.save()


def hand_over(claims: list[Evidence], source: Account, target: Account) -> None:
    """Move claims to another account, with the participants and issues that they support.

    One that other passages support as well stays, and is copied.
    """
    moving = {claim.pk for claim in claims}
    rows: dict[tuple, AccountParticipant | AccountIssue] = {}
    for claim in claims:
        for name in ("participant", "issue"):
            if row := getattr(claim, name):
                if (name, row.pk) not in rows:
                    rows[name, row.pk] = handed_over(row, target, moving)
                setattr(claim, name, rows[name, row.pk])
        claim.told_in = claim.told_in or source
        claim.account = target
        claim.save(update_fields=["account", "told_in", "participant", "issue"])
        if claim.statement_id:
            statement = claim.statement
            statement.told_in, statement.account = statement.told_in or source, target
            statement.save(update_fields=["account", "told_in"])


def handed_over(
    row: AccountParticipant | AccountIssue, target: Account, moving: set[int]
) -> AccountParticipant | AccountIssue:
    original = row.pk
    if row.evidence.exclude(pk__in=moving).exists():
        row = type(row).objects.get(pk=original)
        row.pk, row._state.adding, row.by_hand = None, True, True
    row.account = target
    if isinstance(row, AccountParticipant):
        row.participant = None
    row.save()
    return row
