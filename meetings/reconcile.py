"""Meetings brought in line with their accounts and with what people decided.

    accounts → derive → judgements → Meeting, Participant, MeetingIssue

Rows are matched with those that stand, so that a meeting which did not change keeps every row and id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Model

from . import derivation, judgements
from .derivation import Party, Topic, Values
from .models import Account, AccountParticipant, Meeting, MeetingIssue, Participant
from .resolution.accounts import audience_of, party_of, values_of, with_values
from .resolution.names import fold

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no letters that are misread for digits

KEPT_BY_DATABASE = {"updated", "terms", "names", "search"}


def public_id(*parts: str) -> str:
    """Ten letters and digits made from lasting things, so that an address means the same wherever the same files are ingested."""
    number = int.from_bytes(sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()[:8])
    digits = ""
    for _ in range(10):
        number, rest = divmod(number, len(ALPHABET))
        digits += ALPHABET[rest]
    return digits


def free_id(model: type[Model], *parts: str) -> str:
    """A public id for a new row: the next in line when another row has the first already."""
    attempt = 0
    while model.objects.filter(public_id=(found := public_id(*parts, str(attempt)))).exists():
        attempt += 1
    return found


@dataclass
class Writes:
    """Rows that are written together at the end, each once.

    ``unseen`` are new meetings, and ``accounts`` what was just found in a document, with its rows, both by row number. A meeting
    that is left without accounts is never written.
    """

    unseen: dict[int, Meeting] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    told: list[AccountParticipant] = field(default_factory=list)  # rows of these accounts
    meetings: list[Meeting] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    agenda: list[MeetingIssue] = field(default_factory=list)
    parts: list[tuple[AccountParticipant, Participant]] = field(default_factory=list)  # whose part an account tells

    def join(self, account: Account, meeting: int, reason: str) -> None:
        """Let an account tell of a meeting (row number)."""
        if account._state.adding:
            account.meeting_id, account.joined_by = meeting, reason
        else:
            Account.objects.filter(pk=account.pk).update(meeting=meeting, joined_by=reason)

    def flush(self) -> None:
        """Meetings come last: the database makes what they are found by from all that belongs to them."""
        Participant.objects.bulk_create(self.participants)
        MeetingIssue.objects.bulk_create(self.agenda)
        moved = [(row, participant) for row, participant in self.parts if row.participant_id != participant.pk]
        for row, participant in moved:
            row.participant = participant
        AccountParticipant.objects.bulk_update([row for row, _ in moved if not row._state.adding], ["participant"])
        Account.objects.bulk_create(account for account in self.accounts.values() if account._state.adding)
        AccountParticipant.objects.bulk_create(self.told)
        Meeting.objects.bulk_create(self.meetings)


def reconcile(
    meeting: Meeting,
    accounts: Sequence[Account] | None = None,
    writes: Writes | None = None,
    bare: bool = False,
    decided: bool = True,
) -> None:
    """Derive a meeting anew from its accounts and apply what people decided on it.

    A meeting that no account tells of any more is deleted, unless a person decided on it or its address leads to another:
    then the bare record is kept, and not shown. ``accounts`` are its own in order of their numbers, ``with_values``, from whoever has just
    read them and it. New rows go into ``writes``, where there are any, for whoever flushes them: the meeting's own, too, if it is new.
    ``bare``: it has no rows yet; not ``decided``: nobody decided anything on its documents.
    """
    at_end = writes or Writes()
    fresh = accounts is not None
    if not fresh:
        accounts = list(with_values(meeting.accounts.order_by("pk")))
    new = meeting._state.adding
    if not accounts:
        if new:
            return
        if meeting.merged_into_id or meeting.judgements.exists() or meeting.merged.exists():
            Meeting.objects.filter(pk=meeting.pk).update(account_count=0)
            meeting.participants.all().delete()
            meeting.agenda.all().delete()
        else:
            meeting.delete()
        return
    stored = values_stored(meeting, fresh)
    meeting.audience = audience_of([account.document.collection for account in accounts])
    shown = [account for account in accounts if account.document.collection.public or meeting.audience]
    originals = [account for account in shown if account.document.copy_of_id is None] or shown
    derived = derivation.derive(values_of(account) for account in originals)
    values, others = judgements.apply(derived, judgements.on_meeting(shown) if decided else ())
    describe(meeting, values, others, len(originals))
    if new:
        at_end.meetings.append(meeting)
    elif any(value != getattr(meeting, name) for name, value in stored.items()):
        meeting.save()
    told = {row.pk: row for account in accounts for row in account.participants.all()}
    write_participants(meeting, values.participants, told, at_end, bare)
    write_agenda(meeting, values.agenda, at_end, bare)
    if writes is None:
        at_end.flush()


def values_stored(meeting: Meeting, fresh: bool) -> dict[str, Any]:
    """The values in the meeting's row, which are its own when it was just read."""
    names = [field.attname for field in Meeting._meta.concrete_fields if field.name not in KEPT_BY_DATABASE]
    if fresh:
        return {name: getattr(meeting, name) for name in names}
    return Meeting.objects.filter(pk=meeting.pk).values(*names).get()


def describe(meeting: Meeting, values: Values, decided: dict, accounts: int) -> None:
    """Set what a meeting's row says."""
    for name in ("status", "time", "duration", "medium", "confidence"):
        setattr(meeting, name, getattr(values, name))
    meeting.set_date(values.date)
    meeting.place_id = values.place.place if values.place else None
    meeting.place_inferred = bool(values.place and values.place.inferred)
    meeting.title = (decided.get("title") or derivation.title(values.participants))[:300]
    meeting.review = decided.get("review", "unreviewed")
    meeting.account_count = accounts


def write_participants(
    meeting: Meeting, parties: tuple[Party, ...], told: dict[int, AccountParticipant], writes: Writes, bare: bool
) -> None:
    """``told`` are the rows of the meeting's accounts that parties name as their sources."""
    rows = meeting.participants.select_related("person", "country", "organisation")
    standing = [] if bare else list(rows)
    for order, party in enumerate(parties):
        row = row_of(party, standing)
        if row:
            standing.remove(row)
        row = row or Participant(meeting=meeting)
        values = {
            "person_id": party.person,
            "name": party.name,
            "role": party.role,
            "country_id": party.country,
            "organisation_id": party.organisation,
            "body": party.body,
            "attendance": party.attendance,
            "order": order,
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.fold()
            if row.pk:
                row.save()
            else:
                writes.participants.append(row)
        writes.parts += [(told[source], row) for source in party.sources if source in told]
    if standing:
        Participant.objects.filter(pk__in=[row.pk for row in standing]).delete()


def row_of(party: Party, standing: list[Participant]) -> Participant | None:
    """The stored row of a participant: of the same name or person, else one whose name is the same written otherwise."""
    exact = (row for row in standing if fold(row.name or row.role) == fold(party.name or party.role))
    alike = (row for row in standing if party.is_same(party_of(row)))
    return next(exact, None) or next(alike, None)


def write_agenda(meeting: Meeting, agenda: tuple[Topic, ...], writes: Writes, bare: bool) -> None:
    standing = {} if bare else {fold(row.name): row for row in meeting.agenda.all()}
    for order, topic in enumerate(agenda):
        row = standing.pop(fold(topic.name), None) or MeetingIssue(meeting=meeting, name=topic.name)
        if row.pk is None or (row.name, row.issue_id, row.order) != (topic.name, topic.issue, order):
            row.name, row.issue_id, row.order = topic.name, topic.issue, order
            if row.pk is None:
                writes.agenda.append(row)
            else:
                row.save()
    if standing:
        MeetingIssue.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
