"""What editors do to meetings: each act is written down as judgements, and everything is brought in line with them at once.

    change, add_row, correct_row, remove_row    values, participants and issues, with the passage they rest on
    cite                                        a passage for a value that stands
    add_meeting                                 one that the machine missed
    split, move                                 accounts, or passages with what they support, to a meeting of their own or another

All give the judgements that were made; the first one's ``act`` takes them back (``decisions.withdraw``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from .anchoring import Selector
from .decisions import follow
from .encounters import found_meeting
from .judgements import BY_HAND, key_of, names_of, participant_key, participant_values, portable, record, record_pair
from .locking import one_at_a_time
from .models import Account, Document, Judgement, Meeting, MeetingIssue, Participant
from .reconcile import public_id
from .records import Field, Status
from .resolution.names import fold

Values = Mapping[str, Any]
Row = Participant | MeetingIssue


class Cited:
    """A passage of a document that a decision rests on."""

    def __init__(self, document: Document, start: int, end: int):
        self.document = document
        self.text = document.revisions.get(current=True).text
        self.start, self.end = start, end

    def selector(self, field: str = "") -> Selector:
        return Selector.of(self.text, self.start, self.end, field)


def act(write: Callable[[UUID], Iterable[Judgement]]) -> list[Judgement]:
    """Carry out one act: all of it, or nothing."""
    with transaction.atomic():
        one_at_a_time()
        made = list(write(uuid4()))
        follow(made)
    return made


# Values, participants and issues


def change(user, meeting: Meeting, values: Values, reason: str = "", cited: Cited | None = None) -> list[Judgement]:
    """Set values of a meeting, as judgements keep them (``portable``), by their field. Those that are so already are left alone."""

    def write(number: UUID) -> Iterable[Judgement]:
        for name, value in values.items():
            previous = portable(getattr(meeting, name))
            if value != previous or cited:
                said = {"field": name, "value": value, "previous": previous, "reason": reason}
                yield from on_record(
                    user, meeting, "set", "meeting", number, cited, EVIDENCE.get(name, Field.MEETING), **said
                )

    return act(write)


EVIDENCE = {"date": Field.DATE, "time": Field.DATE, "place": Field.PLACE, "medium": Field.MEDIUM}


def add_row(
    user, meeting: Meeting, subject: str, value: Values, reason: str = "", cited: Cited | None = None
) -> list[Judgement]:
    """Add a participant or an issue, with values as judgements keep them."""
    said = {"key": key_of(subject, value), "value": value, "reason": reason}
    return act(lambda number: on_record(user, meeting, "add", subject, number, cited, subject, **said))


def correct_row(
    user, meeting: Meeting, row: Row, value: Values, reason: str = "", cited: Cited | None = None
) -> list[Judgement]:
    subject, key, previous = described(row)
    said = {"key": key, "value": value, "previous": previous, "reason": reason}
    return act(lambda number: on_record(user, meeting, "set", subject, number, cited, subject, **said))


def remove_row(user, meeting: Meeting, row: Row, reason: str = "") -> list[Judgement]:
    subject, key, previous = described(row)
    said = {"key": key, "previous": previous, "reason": reason}
    return act(lambda number: record(user, meeting, "remove", subject, number, **said))


def cite(user, meeting: Meeting, field: str, cited: Cited, row: Row | None = None, reason: str = "") -> list[Judgement]:
    """Keep a passage as evidence of a value that stands; ``row`` is the participant or issue that it is of."""
    subject, key, value = described(row) if row else ("meeting", "", None)
    said = {"key": key, "value": value, "field": "" if row else field, "reason": reason}
    return act(lambda number: on_record(user, meeting, "cite", subject, number, cited, field, **said))


def on_record(
    user, meeting: Meeting, verb: str, subject: str, number: UUID, cited: Cited | None, supports: str, **said: Any
) -> Iterable[Judgement]:
    """A decision on all accounts of a meeting; the passage is of its account in that document, made where there is none.

    What rests on a document that not everybody may see is decided for the accounts of its collection alone.
    """
    accounts = list(meeting.accounts.select_related("document__collection").order_by("document__earliest", "pk"))
    if cited is None:
        yield from record(user, meeting, verb, subject, number, accounts, **said)
        return
    telling = next((account for account in accounts if account.document_id == cited.document.pk), None)
    if telling is None:
        telling = new_account(cited, number)
        passage, status = [cited.selector(Field.MEETING)], {"status": meeting.status}
        yield from record(user, meeting, "add", "account", number, [telling], passage, value=status)
    # Who takes a passage for evidence of a meeting says that its document tells of that meeting.
    for account in accounts:
        if account is not telling:
            yield from record_pair(user, telling, account, True, act=number)
    home = cited.document.collection
    others = [
        each for each in accounts if each is not telling and (home.public or each.document.collection_id == home.pk)
    ]
    yield from record(user, meeting, verb, subject, number, [telling, *others], [cited.selector(supports)], **said)


def described(row: Row) -> tuple[str, str, dict[str, Any]]:
    """What a row is, what judgements call it, and its values."""
    if isinstance(row, Participant):
        return "participant", participant_key(row.name, row.role, row.side), participant_values(row)
    return "issue", fold(row.name)[:300], {"issue": portable(row.issue) if row.issue else None, "name": row.name}


# Meetings and accounts


def new_account(cited: Cited, number: UUID) -> Account:
    """An account that an editor adds; its row follows from the judgement."""
    document, anchor = cited.document, cited.selector().quote
    mark = BY_HAND + public_id(document.sha256, document.part, anchor, str(number))
    return Account(document=document, anchor=anchor, mark=mark)


def add_meeting(
    user,
    cited: Cited,
    values: Values,
    participants: Sequence[tuple[Values, Cited | None]] = (),
    issues: Sequence[tuple[Values, Cited | None]] = (),
    reason: str = "",
) -> Meeting:
    """A meeting that the machine missed, told by a passage, with what an editor says of it."""

    def write(number: UUID) -> Iterable[Judgement]:
        account = new_account(cited, number)

        def said(verb: str, subject: str, passage: Cited | None = None, **what: Any) -> list[Judgement]:
            field = Field.MEETING if subject == "account" else subject
            rests_on = [passage.selector(field)] if passage else []
            return record(user, None, verb, subject, number, [account], rests_on, reason=reason, **what)

        yield from said("add", "account", cited, value={"status": values.get("status", Status.HELD)})
        for name, value in values.items():
            yield from said("set", "meeting", field=name, value=value)
        for subject, rows in (("participant", participants), ("issue", issues)):
            for value, passage in rows:
                yield from said("add", subject, passage, key=key_of(subject, value), value=value)

    made = act(write)
    return now_told(made, cited.document, made[0].mark)


def split(user, meeting: Meeting, accounts: Sequence[Account], reason: str = "", to: Meeting | None = None) -> Meeting:
    """Some of a meeting's accounts go to another meeting, or become one of their own, which is returned.

    Raises ValueError for none of them, and for all of them without another meeting.
    """
    rest = [account for account in meeting.accounts.select_related("document") if account not in accounts]
    there = list(to.accounts.select_related("document")) if to else []
    if not accounts or not (rest or to):
        raise ValueError("Some accounts must go and some must stay.")

    def write(number: UUID) -> Iterable[Judgement]:
        own = to or found_meeting(accounts[0])  # so that the address stays with the accounts that stay
        for account in accounts:
            yield from record(user, meeting, "split", "account", number, [account], reason=reason)
        for account, stays in product(accounts, rest):
            yield from record_pair(user, account, stays, False, reason, number)
        for one, other in (*combinations(accounts, 2), *product(accounts, there)):
            yield from record_pair(user, one, other, True, reason, number)
        Account.objects.filter(pk__in=[account.pk for account in accounts]).update(meeting=own)

    act(write)
    return Account.objects.get(pk=accounts[0].pk).meeting


def move(
    user,
    account: Account,
    passages: Sequence[tuple[Cited, str]],
    to: Meeting | None = None,
    values: Values | None = None,
    reason: str = "",
) -> Meeting:
    """Passages of an account, each with the field whose claims go ("" for all that it supports), go to another meeting.

    To one of their own without ``to``, with ``values`` as an editor gives them. Returns the meeting that they went to.
    """
    source = account.meeting
    others = list(source.accounts.select_related("document").exclude(pk=account.pk))
    there = list(to.accounts.select_related("document")) if to else []

    def write(number: UUID) -> Iterable[Judgement]:
        target = next((each for each in there if each.document_id == account.document_id), None)
        if target is None:
            target = new_account(passages[0][0], number)
            passage, status = [passages[0][0].selector(Field.MEETING)], {"status": (to or account).status}
            yield from record(user, to, "add", "account", number, [target], passage, value=status, reason=reason)
            for name, value in (values or {}).items():
                yield from record(user, to, "set", "meeting", number, [target], field=name, value=value, reason=reason)
            for each in there:
                yield from record_pair(user, target, each, True, reason, number)
            for each in others if to is None else ():
                yield from record_pair(user, target, each, False, reason, number)
        selectors = [replace(passage.selector(), field=field) for passage, field in passages]
        said = {"value": names_of(target), "reason": reason}
        yield from record(user, source, "move", "passages", number, [account], selectors, **said)

    made = act(write)
    if to:
        return to
    added = next(one for one in made if one.subject == "account")
    return now_told(made, account.document, added.mark)


def now_told(made: Iterable[Judgement], document: Document, mark: str) -> Meeting:
    """The meeting of an account that was just added to a document; the record of the act names it."""
    account = Account.objects.select_related("meeting").get(document=document, mark=mark)
    Judgement.objects.filter(pk__in=[one.pk for one in made], meeting=None).update(meeting=account.meeting)
    return account.meeting
