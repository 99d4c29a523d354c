"""Accounts of meetings in the database: what they tell, and which others may tell of the same encounter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ..authorities import countries
from ..conditions import among
from ..derivation import Party, Spot, Topic, Values
from ..models import Account, AccountIssue, AccountParticipant, Collection, Participant, Place
from ..prepared import prepared
from ..records import Status
from .scoring import APART

EXACTNESS = {"building": 0, "city": 1, "region": 2, "country": 3}
REPORTED = 45  # days within which a document without a date for a meeting is likely to report it
VAGUE = timedelta(days=62)  # a date longer than this finds its like by a known person alone, not by country


def values_of(account: Account) -> Values:
    """What an account tells, in the form that derivation and comparison work on."""
    return Values(
        status=account.status,
        date=account.date,
        time=account.time,
        duration=account.duration,
        place=spot_of(account.place, account.place_inferred) if account.place else None,
        medium=account.medium,
        participants=tuple(party_of(participant) for participant in account.participants.all()),
        agenda=tuple(topic_of(issue) for issue in account.issues.all()),
        confidence=account.confidence,
        kind=account.document.kind,
        written=account.document.date,
    )


def spot_of(place: Place, inferred: bool = False) -> Spot:
    known = place.latitude is not None and place.longitude is not None
    at = (place.latitude, place.longitude) if known else None
    return Spot(place.pk, EXACTNESS[place.precision], inferred, place.name, place.country_id, at)


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
    return accounts.select_related("document__collection", "place").prefetch_related(
        Prefetch("participants", participants), "issues"
    )


def holding(account: Account, participants: list[AccountParticipant], issues: list[AccountIssue]) -> Account:
    """An account as ``with_values`` gives it, with rows that need not be written yet."""
    held = account.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, model, rows in (("participants", AccountParticipant, participants), ("issues", AccountIssue, issues)):
        held[name] = model.objects.none()
        held[name]._result_cache = rows
    return account


def audience_of(collections: list[Collection]) -> Collection | None:
    """Who may see a meeting told by documents of these collections: everybody (None) as soon as one of them is public."""
    return None if any(collection.public for collection in collections) else collections[0]


# Candidates


def candidates(account: Account, values: Values) -> list[int]:
    """Row numbers of accounts of other documents near in time with somebody, or a country, in common.

    Copies tell nothing of their own. Accounts of two collections that are not public are never compared: who may read the one need
    not know of the other.
    """
    document, spans = account.document, near_in_time(account)
    if not spans:
        return []
    people = sorted({party.person for party in values.participants if party.person})
    sides = set().union(*(lineage(party.country) for party in values.participants if party.country))
    vague = bool(account.earliest and account.latest - account.earliest > VAGUE)
    return others_near(
        document.pk,
        document.copy_of_id,
        None if document.collection.public else document.collection_id,
        people,
        None if vague else tuple(sorted(sides)),
        *spans,
    )


@prepared
def others_near(
    document: int,
    original: int | None,
    hidden: int | None,
    people: list[int],
    sides: tuple[str, ...] | None,
    dated: tuple[date, date],
    undated: tuple[date, date],
) -> QuerySet:
    """``hidden``: the document's collection, if that is not public; ``sides``: None where countries alone are no likeness."""
    found = Account.objects.filter(document__copy_of=None).exclude(document=document)
    if original:
        found = found.exclude(document=original)
    if hidden:
        found = found.filter(Q(document__collection__public=True) | Q(document__collection=hidden))
    parties = among(people, "person")
    if sides is not None:
        parties |= Q(country__in=sides) | Q(country=None, person=None)
    found = found.filter(Exists(AccountParticipant.objects.filter(parties, account=OuterRef("pk"))))
    # Two selections, so that the dated ones, which are most, are found by the index on their dates.
    (since, until), (written_since, written_until) = dated, undated
    near = (
        Q(earliest__lte=until, latest__gte=since),
        Q(earliest=None, document__earliest__lte=written_until, document__latest__gte=written_since),
    )
    one, other = (found.filter(each).order_by().values_list("pk", flat=True) for each in near)
    return one.union(other)


def near_in_time(account: Account) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """Within which days the dates of accounts may be this one's, and the dates of documents whose accounts tell none."""
    first, last, written = account.earliest, account.latest, account.document
    ahead = 1 if account.status == Status.HELD else REPORTED
    if first:
        return (moved(first, -APART), moved(last, APART)), (moved(first, -ahead), moved(last, REPORTED))
    if written.earliest:
        dated = moved(written.earliest, -REPORTED), moved(written.latest, ahead)
        return dated, (moved(written.earliest, -APART), moved(written.latest, APART))
    return None


def moved(day: date, days: int) -> date:
    """So many days later, or earlier, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def lineage(country: str) -> set[str]:
    try:
        known = countries.get(country)
    except KeyError:
        return {country}
    return {country, *known.predecessors, *known.successors}
