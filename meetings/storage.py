"""What was read and extracted from one document, as rows. Rows that would not change are left alone, and ids are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_time

from . import dates, judgements, marked, overrides, rownumbers
from .anchoring import CONTEXT
from .encounters import meetings_for, regroup
from .locking import one_at_a_time as one_at_a_time  # for whoever stores documents
from .merging import settling
from .models import (
    Account,
    AccountIssue,
    AccountParticipant,
    Collection,
    Document,
    DocumentRevision,
    Evidence,
    Meeting,
    Passage,
    Person,
    Place,
    Statement,
    StoredFile,
)
from .models.base import as_read
from .prepared import prepared
from .reconcile import Writes, free_id, public_id, reconcile
from .records import Evidence as Claim
from .records import (
    ExtractedMeeting,
    ExtractedStatement,
    Extraction,
    Field,
    Kind,
    Label,
    SourceDocument,
    fallback_title,
    why_not_extracted,
)
from .records import Passage as SourcePassage
from .resolution import copies
from .resolution.accounts import holding, with_values
from .resolution.names import fold
from .resolution.resolver import Resolver

DEFAULT_COLLECTION = "Documents"
SAMPLES = "Samples"  # the collection that the front matter of samples/ names


class Change(StrEnum):
    CREATED = "created"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    FAILED = "failed"


class Origin(Protocol):
    """The file that a document came from: its name as given, and the SHA-256 of its bytes, "" when they could not be had."""

    name: str
    sha256: str


# Documents


def digest(value: Any) -> str:
    """SHA-256 of a record; equal for equal records."""
    return sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


def storable(text: str, limit: int) -> str:
    """What a database column can hold of a text from outside: no NUL, no lone surrogates, not too long."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()[:limit]


def home_name(name: str) -> str:
    return storable(name, 200).strip() or DEFAULT_COLLECTION


def homes(name: str) -> QuerySet[Collection]:
    """The one collection of this name, in whatever case, or none; the first made where there are several."""
    return Collection.objects.filter(name__iexact=home_name(name)).order_by("pk")[:1]


def collection_named(name: str) -> Collection:
    """The collection of this name, made if there is none."""
    return homes(name).first() or Collection.objects.create(name=home_name(name))


def of_file(sha: str, collection: str) -> QuerySet[Document]:
    """The stored documents of a file."""
    return Document.objects.select_related("collection").filter(sha256=sha, collection__in=homes(collection))


@prepared
def of_file_or_address(sha: str, public_id: str) -> QuerySet[Document]:
    return Document.objects.select_related("collection").filter(Q(sha256=sha) | Q(public_id=public_id))


def known(sha: str, part: str, collection: str) -> Document | None:
    return of_file(sha, collection).filter(part=part).first()


def unchanged(file: Origin, source: SourceDocument, pipeline: str) -> Document | None:
    """The stored document, if this very text, read in the same way, went through the same pipeline before."""
    document = known(file.sha256, source.part, source.collection)
    same = document and document.read_digest == digest(source) and document.pipeline == pipeline
    return document if same else None


def keep_file(digest: str, content: bytes) -> None:
    """Keep the bytes of a file, unless they are kept already or could not be had."""
    if content:
        StoredFile.objects.bulk_create([StoredFile(sha256=digest, content=content)], ignore_conflicts=True)


def save_failure(file: Origin, reason: str, collection: str = "", part: str = "", title: str = "") -> Change:
    """Keep a file, or a part of one, that could not be read or analysed, with the reason.

    A document that was read before stays as it was: an older reading is better than none.
    """
    part = storable(part, 200)
    sha = file.sha256 or digest(file.name)
    document = known(sha, part, collection)
    if document is None:
        home = collection_named(collection)
        Document.objects.create(
            public_id=free_id(Document, sha, part, home.slug),
            collection=home,
            sha256=sha,
            part=part,
            file_name=storable(file.name, 500),
            state="failed",
            reason=storable(reason, 2000),
            title=storable(title, 500),
        )
    elif document.state == "failed" and document.reason != reason:
        document.reason = reason
        document.save(update_fields=["reason", "updated"])
    return Change.FAILED


# Rows that name one another are written in any order: keys are looked at when all are there.
in_one = transaction.atomic(savepoint=False)


@in_one
def save(file: Origin, source: SourceDocument, extraction: Extraction) -> tuple[Document, Change]:
    """Store one document and what was found in it, or nothing."""
    collection = collection_named(source.collection)
    lasting = file.sha256, source.part, collection.slug
    first = public_id(*lasting, "0")
    near = of_file_or_address(file.sha256, first)
    in_file = {row.part: row for row in near if row.sha256 == file.sha256 and row.collection_id == collection.pk}
    document = in_file.get(source.part)
    fresh = document is None
    if fresh:
        whole = in_file.get("")
        # A row without a text was left by a reading that failed: it has served.
        if whole and whole.state == "failed" and not whole.revisions.exists():
            whole.delete()
        document = Document(
            public_id=free_id(Document, *lasting) if first in {row.public_id for row in near} else first,
            collection=whole.collection if whole else collection,
            sha256=file.sha256,
            part=source.part,
        )
    read, found = digest(source), digest((extraction.meetings, extraction.statements, extraction.names))
    same_text = document.read_digest == read
    same = same_text and document.extracted_digest == found
    if not same or document.pipeline != extraction.pipeline:
        document.read_digest, document.extracted_digest, document.pipeline = read, found, extraction.pipeline
        describe(document, file, source)
        decided = judgements.any_on(document)
        if decided:
            overrides.restore(document)
        document.save()
    revision = None if same_text else save_text(document, source, extraction, fresh)
    if not same:
        save_extraction(document, source, extraction, revision, fresh, decided)
    return document, Change.CREATED if fresh else Change.UNCHANGED if same else Change.UPDATED


@in_one
def save_again(document: Document, source: SourceDocument, extraction: Extraction) -> Change:
    """Store what was found when a stored document, as ``source_of`` gives it, was extracted anew."""
    found = digest((extraction.meetings, extraction.statements, extraction.names))
    same = document.extracted_digest == found
    if not same or document.pipeline != extraction.pipeline:
        document.extracted_digest, document.pipeline = found, extraction.pipeline
        set_state(document, source)
        document.save(update_fields=["extracted_digest", "pipeline", "state", "reason", "updated"])
    if not same:
        save_extraction(document, source, extraction)
    return Change.UNCHANGED if same else Change.UPDATED


def source_of(document: Document) -> SourceDocument:
    """A stored document as its reader gave it, but for what a person has corrected since."""
    revision = document.revisions.get(current=True)
    source = SourceDocument(
        text=revision.text,
        kind=Kind(document.kind),
        passages=tuple(
            SourcePassage(row.start, row.end, Label(row.label), row.number, row.marking, row.field, row.continues)
            for row in revision.passages.defer("search", "text")
        ),
        date=document.date or None,
        tags=tuple(document.tags),
        references=tuple(document.references),
        collection=document.collection.name,
        **{
            name: getattr(document, name)
            for name in (
                "reader", "title", "identifier", "origin", "classification", "language", "source_url", "site", "notice", "part"
            )
        },
    )  # fmt: skip
    untitled = replace(source, title="")
    return untitled if fallback_title(untitled) == source.title else source


def set_state(document: Document, source: SourceDocument) -> None:
    document.reason = why_not_extracted(source)
    document.state = "not_extracted" if document.reason else "processed"


def describe(document: Document, file: Origin, source: SourceDocument) -> None:
    """Set what a document's row says of it."""
    set_state(document, source)
    document.file_name = file.name[:500]
    document.set_date(source.date or "")
    for name in (
        "kind", "language", "reader", "title", "identifier", "origin", "classification", "source_url", "site", "notice"
    ):  # fmt: skip
        setattr(document, name, getattr(source, name)[: Document._meta.get_field(name).max_length])
    document.title = document.title or fallback_title(source)
    document.tags = [tag[:20] for tag in source.tags]
    document.references = [reference[:200] for reference in source.references]


def save_text(
    document: Document, source: SourceDocument, extraction: Extraction, fresh: bool = False
) -> DocumentRevision:
    """Store the text as a new revision, unless only its passages are read in another way than before; returns the current one."""
    sha = sha256(source.text.encode()).hexdigest()
    before = [] if fresh else list(document.revisions.only("number", "current", "sha256", "names"))
    revision = next((row for row in before if row.current), None)
    if revision is None or revision.sha256 != sha:
        number = len(before) + 1
        if revision:
            document.revisions.filter(current=True).update(current=False)
        sketch = copies.sketch(source.text)
        document.copy_of = original_of(document, sketch)
        revision = DocumentRevision.objects.create(
            document=document,
            number=number,
            text=source.text,
            sha256=sha,
            names=marked_names(extraction),
            sketch=sketch,
        )
        if document.copy_of or number > 1:
            document.save(update_fields=["copy_of"])
    else:
        revision.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(
            revision=revision,
            order=order,
            number=passage.number[:20],
            label=passage.label,
            field=passage.field[:30],
            marking=passage.marking[:20],
            continues=passage.continues,
            start=passage.start,
            end=passage.end,
            text=source.text[passage.start : passage.end],
        )
        for order, passage in enumerate(source.passages)
    )
    return revision


def marked_names(extraction: Extraction) -> list[list]:
    return [[name.start, name.end, name.label] for name in extraction.names]


def original_of(document: Document, sketch: list[int]) -> Document | None:
    """The document that this one, with this sketch of its text, is another copy of.

    Only documents that everybody may see who may see this one are compared, so that nothing hidden shows through.
    """
    seen = Q(collection=document.collection) | Q(collection__public=True)
    others = Document.objects.filter(seen).exclude(pk=document.pk)
    return copied(others, document.sha256, document.part, document.identifier, sketch)


def already(sha256: str, source: SourceDocument) -> Document | None:
    """The stored document that this one is, or would be another copy of."""
    if document := known(sha256, source.part, source.collection):
        return document
    seen = Q(collection__in=homes(source.collection)) | Q(collection__public=True)
    sketch = copies.sketch(source.text)
    return copied(Document.objects.filter(seen), sha256, source.part, source.identifier, sketch)


def copied(others: QuerySet[Document], sha256: str, part: str, identifier: str, sketch: list[int]) -> Document | None:
    """The one among others with the same file or identifier, or nearly the same text."""
    others = others.filter(copy_of=None).order_by("pk")
    same = Q(sha256=sha256, part=part)
    if identifier:
        same |= Q(identifier=identifier)
    if original := others.filter(same).first():
        return original
    # Looked for among all, which the index does at once; seldom is there any.
    alike = DocumentRevision.objects.filter(current=True, sketch__overlap=sketch).values_list("document", "sketch")
    near = [key for key, theirs in alike if copies.are_copies(sketch, theirs)]
    return others.filter(pk__in=near).first() if near else None


# Accounts


def save_extraction(
    document: Document,
    source: SourceDocument,
    extraction: Extraction,
    revision: DocumentRevision | None = None,
    fresh: bool = False,
    judged: bool = True,
) -> None:
    """Replace what was found in a document; accounts that are found again keep their row and their meeting.

    ``fresh``: it has no rows yet; not ``judged``: nobody decided anything on it.
    """
    revision = revision or document.revisions.get(current=True)
    if revision.names != marked_names(extraction):
        revision.names = marked_names(extraction)
        revision.save(update_fields=["names"])
    resolver = Resolver(on=document.date)
    resolver.load(extraction.meetings, extraction.statements)
    decided = marked.decided_in(document) if judged else []
    if decided:
        marked.as_read(document)
    before = [] if fresh else list(with_values(document.accounts.select_related("meeting")))
    left = {account.meeting_id: account.meeting for account in before}
    if not fresh:
        document.statements.all().delete()
    tellings, marks = [], {account.mark for account in before}
    stored = again(extraction.meetings, source, before)
    for order, found in enumerate(extraction.meetings):
        account = stored.get(order) or Account(document=document, mark=mark_of(found, source, document, marks))
        marks.add(account.mark)
        tellings.append(telling(account, order, found, source, resolver))
    writes = begun(tellings)
    if lost := [account.pk for account in before if account not in stored.values()]:
        if decided:
            Account.objects.filter(pk__in=lost).update(found=False)  # what a person decided on stays all the same
        else:
            Account.objects.filter(pk__in=lost).delete()
    AccountIssue.objects.bulk_create(row for each in tellings for row in each.issues)
    accounts = [each.account for each in tellings]
    claims = list(save_statements(document, extraction.statements, accounts, revision, resolver))
    Evidence.objects.bulk_create([claim for each in tellings for claim in each.claims(revision)] + claims)
    told = []
    if decided:
        # Decisions are written into rows that are there, and what becomes of them is read again.
        writes.meetings += writes.unseen.values()
        writes.flush()
        marked.write(document, decided)
        writes, told = Writes(unseen=writes.unseen), document.accounts.values_list("pk", flat=True)
    regroup([*told, *(tellings_of(left) if left else ())], writes, undecided=None if judged else document)
    settling.restore(resolver.created)


def tellings_of(meetings: Iterable[int]) -> Iterable[int]:
    """The accounts of meetings (row numbers) that remain. A meeting without any is derived away."""
    for meeting in Meeting.objects.filter(pk__in=meetings, accounts=None):
        reconcile(meeting)
    return Account.objects.filter(meeting__in=meetings).values_list("pk", flat=True)


def anchor_of(found: ExtractedMeeting, source: SourceDocument) -> str:
    """The passage that tells of a meeting, verbatim."""
    first = min(found.evidence, key=lambda claim: (claim.field != Field.MEETING, claim.start))
    return source.text[first.start : first.end]


def mark_of(found: ExtractedMeeting, source: SourceDocument, document: Document, taken: set[str]) -> str:
    """What decisions call a new account by: the same wherever the same file is read so, and no other's in its document."""
    told = anchor_of(found, source), dates.span(found.date, found.date_end), *sorted(names_of(found))
    attempt = 0
    while (mark := public_id(document.sha256, document.part, *told, str(attempt))) in taken:
        attempt += 1
    return mark


def names_of(found: ExtractedMeeting) -> set[str]:
    return {fold(participant.name or participant.role) for participant in found.participants}


def again(found: Sequence[ExtractedMeeting], source: SourceDocument, before: list[Account]) -> dict[int, Account]:
    """The stored accounts that tell of the same meetings as those found, by their numbers: by passage, participants and date.

    Those most alike are taken for the same first, so that no account takes the place of another.
    """
    known: dict[int, Account] = {}
    waiting = {(account.anchor, account.date, frozenset(told_names(account))): account for account in reversed(before)}
    for number, meeting in enumerate(found):
        same = anchor_of(meeting, source), dates.span(meeting.date, meeting.date_end), frozenset(names_of(meeting))
        if account := waiting.pop(same, None):
            known[number] = account
    left = [account for account in before if account not in set(known.values())]
    alike = []
    for number, meeting in enumerate(found):
        for account in left if number not in known else ():
            if (likeness := alikeness(meeting, source, account)) >= 1:
                alike.append((-likeness, number, account.order, account.pk, account))
    for _, number, *_, account in sorted(alike, key=lambda pair: pair[:4]):
        if number not in known and account in left:
            known[number] = account
            left.remove(account)
    return known


def alikeness(found: ExtractedMeeting, source: SourceDocument, account: Account) -> float:
    """How much a found meeting is what an account tells: 1 for all names, 1 for the passage (half for a part of it), half for the date."""
    anchor, names, theirs = anchor_of(found, source), names_of(found), told_names(account)
    passage = 1 if account.anchor == anchor else 0.5 * (account.anchor in anchor or anchor in account.anchor)
    date = account.date == dates.span(found.date, found.date_end)
    return len(names & theirs) / max(1, len(names | theirs)) + passage + 0.5 * date


def told_names(account: Account) -> set[str]:
    return {fold(row.name or row.role) for row in account.participants.all()}


@dataclass(frozen=True, slots=True)
class Telling:
    """An account with what was found of it and the rows that it will have, not yet written."""

    account: Account
    found: ExtractedMeeting
    participants: list[AccountParticipant]
    issues: list[AccountIssue]

    def claims(self, revision: DocumentRevision) -> Iterator[Evidence]:
        """The passages behind it, once its rows have numbers."""
        yield from evidence(revision, self.found.evidence, account=self.account)
        if self.found.place:
            yield from evidence(revision, self.found.place.evidence, account=self.account)
        for row, record in zip(self.participants, self.found.participants, strict=True):
            yield from evidence(revision, record.evidence, account=self.account, participant=row)
        for row, record in zip(self.issues, self.found.issues, strict=True):
            yield from evidence(revision, record.evidence, account=self.account, issue=row)


def telling(
    account: Account, order: int, found: ExtractedMeeting, source: SourceDocument, resolver: Resolver
) -> Telling:
    """Sets what an account tells, and makes its rows."""
    account.order, account.anchor, account.found = order, anchor_of(found, source), True
    account.status, account.medium, account.confidence = found.status, found.medium or "", found.confidence
    account.set_date(dates.span(found.date, found.date_end))
    account.time, account.duration = found.time and parse_time(found.time), found.duration
    for name, record in as_read("place", resolver.place(found.place)).items():
        setattr(account, name, record)
    account.place_inferred = bool(found.place and found.place.inferred)
    participants = []
    for number, participant in enumerate(found.participants):
        resolved = resolver.person(participant, account.date)
        participants.append(
            AccountParticipant(
                order=number,
                name=(participant.name or "")[:200],
                role=participant.role[:300],
                country=resolver.country(participant.country),
                organisation=resolver.organisation(participant.organisation),
                body=(participant.organisation or "")[:200],
                attendance=participant.attendance,
                **as_read("person", resolved.person),
                resolved_by=resolved.reason[:300],
            )
        )
    issues = []
    for number, issue in enumerate(found.issues):
        known = as_read("issue", resolver.issue(issue.key))
        # One name for one issue, whichever words a document has for it.
        name = known["issue"].name if known["issue"] else issue.name
        issues.append(AccountIssue(order=number, name=name[:200], mention=issue.mention[:300], **known))
    return Telling(account, found, participants, issues)


def begun(tellings: list[Telling]) -> Writes:
    """Accounts with their rows, and with a meeting of its own for each new one, numbered and ready to be written.

    Only accounts that stand are written at once, and lose the rows that they had.
    """
    new = [each.account for each in tellings if each.account._state.adding]
    standing = [each.account for each in tellings if not each.account._state.adding]
    meetings = meetings_for(new)
    unseen = [meeting for meeting in meetings if meeting._state.adding]
    told = [row for each in tellings for row in each.participants]
    rownumbers.number(unseen, new, told)
    for account, meeting in zip(new, meetings, strict=True):
        account.meeting = meeting
    for account in standing:
        account.save()
    if standing:
        for kind in (Evidence, AccountParticipant, AccountIssue):
            kind.objects.filter(account__in=standing).delete()
    for each in tellings:
        for row in (*each.participants, *each.issues):
            row.account = each.account
    accounts = [holding(each.account, each.participants, each.issues) for each in tellings]
    return Writes(
        unseen={meeting.pk: meeting for meeting in unseen},
        accounts={account.pk: account for account in accounts},
        told=told,
    )


def save_statements(
    document: Document,
    found: Iterable[ExtractedStatement],
    accounts: list[Account],
    revision: DocumentRevision,
    resolver: Resolver,
) -> Iterator[Evidence]:
    """Write the statements; gives the passages behind them, not yet written."""
    found = list(found)
    statements = Statement.objects.bulk_create(
        Statement(
            document=document,
            account=accounts[statement.meeting] if statement.meeting is not None else None,
            speaker=(statement.speaker or "")[:200],
            **as_read("person", resolver.speaker(statement)),
            country=resolver.country(statement.country),
            **as_read("issue", resolver.issue_named(statement.issue)),
            kind=statement.kind,
            text=statement.text,
            order=order,
        )
        for order, statement in enumerate(found)
    )
    for statement, record in zip(statements, found, strict=True):
        claim = Claim(Field.STATEMENT, record.start, record.end, record.rule, record.confidence)
        yield from evidence(revision, [claim], account=statement.account, statement=statement)


def evidence(revision: DocumentRevision, claims: Iterable[Claim], **supports: Any) -> Iterator[Evidence]:
    """Rows for the passages behind a claim, with the text around them."""
    text = revision.text
    for claim in claims:
        yield Evidence(
            revision=revision,
            field=claim.field,
            start=claim.start,
            end=claim.end,
            quote=text[claim.start : claim.end],
            prefix=text[max(0, claim.start - CONTEXT) : claim.start],
            suffix=text[claim.end : claim.end + CONTEXT],
            rule=claim.rule[:100],
            confidence=claim.confidence,
            **supports,
        )


# Taking documents away


def delete_documents(documents: QuerySet[Document]) -> int:
    """Delete documents with everything that only they support; returns how many there were.

    The first of a document's copies takes its place. Meetings that others tell of too are derived anew. People and places
    that nothing names any more go as well, unless the shipped tables or a person brought them in.
    """
    meetings = list(Meeting.objects.filter(accounts__document__in=documents).distinct().values_list("pk", flat=True))
    people = set(
        Person.objects.filter(accountparticipants__account__document__in=documents).values_list("pk", flat=True)
    )
    places = set(Place.objects.filter(accounts__document__in=documents).values_list("pk", flat=True))
    left = list(Document.objects.filter(copy_of__in=documents).exclude(pk__in=documents).order_by("pk"))
    count = documents.count()
    documents.delete()
    for number, document in enumerate(left):
        original = original_of(document, document.revisions.get(current=True).sketch)
        if original and original not in left[number:]:
            Document.objects.filter(pk=document.pk).update(copy_of=original)
    regroup(tellings_of(meetings))
    Person.objects.unused().filter(pk__in=people).delete()
    Place.objects.filter(pk__in=places, accounts=None, meetings=None).delete()
    return count
