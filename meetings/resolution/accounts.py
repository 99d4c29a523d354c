"""Accounts of meetings in the database: what they tell, and which of them tell of one encounter."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, Q

from .. import dates
from ..derivation import Party, Spot, Topic, Values
from ..models import (
    Account,
    AccountIssue,
    AccountParticipant,
    Collection,
    Document,
    Meeting,
    Participant,
)
from .scoring import compare

EXACTNESS = {"building": 0, "city": 1, "region": 2, "country": 3}


def values_of(
    account: Account,
    participants: Sequence[AccountParticipant] | None = None,
    issues: Sequence[AccountIssue] | None = None,
) -> Values:
    """What an account tells, in the form that derivation and comparison work on. One not yet stored brings its rows."""
    participants = account.participants.all() if participants is None else participants
    issues = account.issues.all() if issues is None else issues
    return Values(
        status=account.status,
        date=account.date,
        time=account.time,
        duration=account.duration,
        place=Spot(account.place_id, EXACTNESS[account.place.precision], account.place_inferred)
        if account.place
        else None,
        medium=account.medium,
        participants=tuple(party_of(participant) for participant in participants),
        agenda=tuple(topic_of(issue) for issue in issues),
        confidence=account.confidence,
        kind=account.document.kind,
    )


def party_of(participant: AccountParticipant | Participant) -> Party:
    """Where the text does not say for whom a known person acted, it is their own country."""
    person, organisation = participant.person, participant.organisation_id
    country = participant.country_id or (person.country_id if person and not organisation else None)
    return Party(
        name=participant.name,
        person=participant.person_id,
        role=participant.role,
        country=country,
        organisation=organisation,
        body=participant.body,
        attendance=participant.attendance,
        sources=(participant.pk,),
        label=participant.label if person or not (participant.name or participant.role) else "",
    )


def topic_of(issue: AccountIssue) -> Topic:
    return Topic(name=issue.name, issue=issue.issue_id)


def with_values(accounts) -> Sequence[Account]:
    """Accounts with all that ``values_of`` reads, in a fixed number of queries."""
    participants = AccountParticipant.objects.select_related("person", "country", "organisation")
    return accounts.select_related("document", "place").prefetch_related(
        Prefetch("participants", participants), "issues"
    )


def find_meeting(values: Values, document: Document) -> tuple[Meeting, str] | None:
    """The known meeting that an account of this document tells of, with the reasons; None when there is none for certain.

    Candidates lie within the account's dates and are seen by whoever may see the document. Two accounts of one document are
    two meetings: the document itself tells them apart.
    """
    if not values.date:
        return None
    first, last = dates.bounds(values.date)
    audience = Q(audience=None) if document.collection.public else Q(audience=None) | Q(audience=document.collection)
    candidates = (
        with_values(Account.objects.filter(document__copy_of=None, earliest__lte=last, latest__gte=first))
        .filter(meeting__in=Meeting.objects.filter(audience, merged_into=None).exclude(accounts__document=document))
        .select_related("document", "place", "meeting")
        .order_by("meeting_id", "pk")
    )
    people = {party.person for party in values.participants if party.person}
    if people:
        candidates = candidates.filter(Q(participants__person__in=people) | Q(participants__person=None)).distinct()
    for account in candidates:
        verdict = compare(values, values_of(account))
        if verdict.same:
            return account.meeting, str(verdict)
    return None


def audience_of(collections: list[Collection]) -> Collection | None:
    """Who may see a meeting told by documents of these collections: everybody (None) as soon as one of them is public."""
    return None if any(collection.public for collection in collections) else collections[0]
