"""A person's decisions: written down when they are made, applied whenever a meeting is derived anew.

A judgement on a meeting holds on to the account that it was made on: the original file's hash, the part, and the passage that
tells of the meeting. So it finds its meeting again after every re-ingest, and in another database with the same files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model, Q
from django.utils import timezone
from rapidfuzz import fuzz

from .derivation import Party, Spot, Topic, Values
from .models import Account, Country, Issue, Judgement, Meeting, Organisation, Participant, Person, Place
from .resolution.accounts import EXACTNESS
from .resolution.names import fold, same_name

SAME_PASSAGE = 85  # rapidfuzz partial ratio, of 100, above which two passages tell of the same meeting

MEETING_FIELDS = ("title", "status", "date", "time", "duration", "place", "place_inferred", "medium", "review")
PARTICIPANT_FIELDS = ("person", "name", "role", "country", "organisation", "body", "attendance")


# Values as they are kept: plain JSON that names things by what lasts


def portable(value: Any) -> Any:
    """A model's value as JSON without row numbers."""
    match value:
        case Person():
            return {"name": value.name, "country": value.country_id}
        case Place():
            return {"name": value.name, "country": value.country_id, "precision": value.precision}
        case Country():
            return value.key
        case Organisation() | Issue():
            return value.key
        case time():
            return value.isoformat()
    return value


def person_from(value: dict | None) -> Person | None:
    """The person that a judgement names, made anew if this database does not know them; the one that stands, if merged since."""
    if not value:
        return None
    called_so = Person.objects.filter(names__name=value["name"]).select_related("merged_into")
    known = list(called_so.filter(country=value["country"]).order_by("pk"))
    # One whose name or country was corrected since is still known under the former name.
    known = [person for person in known if person.name == value["name"]] or known or list(called_so[:2])
    if known and (known[0].country_id == value["country"] or len({person.survivor for person in known}) == 1):
        return known[0].survivor
    return Person.objects.create(name=value["name"], country_id=value["country"])


def place_from(value: dict | None) -> Place | None:
    if not value:
        return None
    place, _ = Place.objects.get_or_create(
        folded=fold(value["name"]),
        country_id=value["country"],
        precision=value["precision"],
        defaults={"name": value["name"]},
    )
    return place.survivor


def issue_from(value: dict) -> Topic:
    """An item of an agenda; one of the topic tree is called as there."""
    known = Issue.objects.filter(key=value["issue"]).first() if value["issue"] else None
    if known and known.merged_into:
        return Topic(name=known.survivor.name, issue=known.survivor.pk)
    return Topic(name=value["name"], issue=known and known.pk)


def organisation_from(key: str | None) -> Organisation | None:
    return Organisation.objects.filter(key=key).first() if key else None


def participant_values(participant: Participant) -> dict[str, Any]:
    return {name: portable(getattr(participant, name)) for name in PARTICIPANT_FIELDS}


def participant_key(name: str, role: str, side: Any) -> str:
    """What a judgement calls a participant: the folded name, or role and side of one without a name."""
    return (fold(name) or f"{fold(role)} {side}".strip())[:300]


def lasting_key(row: Model) -> str:
    """What names a record for good: the key of the shipped tables, else its folded name."""
    return getattr(row, "key", "") or fold(str(getattr(row, "name", "") or ""))[:300]


# Writing


def author(user):
    """Who a decision is written down for; None when nobody is signed in."""
    return user if user and user.is_authenticated else None


def record(
    user, meeting: Meeting, verb: str, subject: str = "meeting", act: UUID | None = None, **values: Any
) -> list[Judgement]:
    """Write down a decision on a meeting, once for each account of it, so that it lasts while any of them does.

    All that is given the same ``act`` is taken back together. A meeting without accounts has nothing to outlive; its
    judgement is kept for the record.
    """
    accounts = list(meeting.accounts.select_related("document")) or [None]
    now, act = timezone.now(), act or uuid4()
    return Judgement.objects.bulk_create(
        Judgement(
            act=act,
            verb=verb,
            subject=subject,
            meeting=meeting,
            made_at=now,
            made_by=author(user),
            sha256=account.document.sha256 if account else "",
            part=account.document.part if account else "",
            anchor=account.anchor if account else "",
            **values,
        )
        for account in accounts
    )


def record_pair(
    user, one: Account, other: Account, same: bool, reason: str = "", act: UUID | None = None
) -> list[Judgement]:
    """Write down that two accounts tell of one encounter, or of two: once on each of them, naming the other."""
    now, act = timezone.now(), act or uuid4()
    return Judgement.objects.bulk_create(
        Judgement(
            act=act,
            verb="same" if same else "different",
            subject="meeting",
            meeting=account.meeting,
            made_at=now,
            made_by=author(user),
            sha256=account.document.sha256,
            part=account.document.part,
            anchor=account.anchor,
            value={"sha256": than.document.sha256, "part": than.document.part, "anchor": than.anchor},
            reason=reason,
        )
        for account, than in ((one, other), (other, one))
    )


# Applying


def pairs_of(account: Account) -> list[tuple[Account, bool]]:
    """The accounts of which an editor said that they tell of the same encounter (True), or of another (False)."""
    document = account.document
    made = Judgement.objects.standing().filter(
        subject="meeting", verb__in=("same", "different"), sha256=document.sha256, part=document.part
    )
    said: dict[int, tuple[Account, bool]] = {}
    for judgement in made.order_by("made_at", "pk"):
        if not holds_on(judgement, account):
            continue
        other = Judgement(**judgement.value)
        tellings = Account.objects.filter(document__sha256=other.sha256, document__part=other.part)
        for telling in tellings.exclude(pk=account.pk).select_related("document"):
            if holds_on(other, telling):
                said[telling.pk] = (telling, judgement.verb == "same")
    return list(said.values())


def on_meeting(accounts: Iterable[Account]) -> list[Judgement]:
    """The decisions made on a meeting with these accounts, in the order in which they were made, each once."""
    accounts = list(accounts)
    if not accounts:
        return []
    documents = Q()
    for account in accounts:
        documents |= Q(sha256=account.document.sha256, part=account.document.part)
    found: dict[tuple, Judgement] = {}
    made = Judgement.objects.standing().filter(documents).select_related("made_by")
    for judgement in made.order_by("made_at", "pk"):
        if any(holds_on(judgement, account) for account in accounts):
            found[judgement.verb, judgement.subject, judgement.key, judgement.field, judgement.made_at] = judgement
    return list(found.values())


def holds_on(judgement: Judgement, account: Account) -> bool:
    same_document = (judgement.sha256, judgement.part) == (account.document.sha256, account.document.part)
    return same_document and (
        judgement.anchor == account.anchor or fuzz.partial_ratio(judgement.anchor, account.anchor) >= SAME_PASSAGE
    )


def apply(values: Values, judgements: Iterable[Judgement]) -> tuple[Values, dict[str, Any]]:
    """The derived values as decided, and the decided values of the meeting that derivation knows nothing of (title, review)."""
    others: dict[str, Any] = {}
    for judgement in judgements:
        match judgement.subject, judgement.verb:
            case "meeting", "set":
                values, others = set_value(values, others, judgement)
            case "meeting", "confirm":
                others["review"] = "confirmed"
            case "meeting", "reject":
                others["review"] = "rejected"
            case "participant", _:
                values = replace(values, participants=judged_participants(values.participants, judgement))
            case "issue", _:
                values = replace(values, agenda=judged_agenda(values.agenda, judgement))
    return values, others


def set_value(values: Values, others: dict, judgement: Judgement) -> tuple[Values, dict]:
    value = judgement.value
    match judgement.field:
        case "title" | "review":
            return values, others | {judgement.field: value}
        case "place":
            place = place_from(value)
            return replace(values, place=place and Spot(place.pk, EXACTNESS[place.precision])), others
        case "place_inferred":
            return replace(values, place=values.place and replace(values.place, inferred=value)), others
        case "time":
            return replace(values, time=time.fromisoformat(value) if value else None), others
    return replace(values, **{judgement.field: value}), others


def judged_participants(parties: tuple[Party, ...], judgement: Judgement) -> tuple[Party, ...]:
    """With a participant added, changed or removed. A changed one that the accounts no longer name stays, as decided."""
    if judgement.verb == "remove":
        at = named(parties, judgement.key)
        return tuple(party for i, party in enumerate(parties) if i != at)
    decided = judgement.value
    person, organisation = person_from(decided["person"]), organisation_from(decided["organisation"])
    party = Party(
        name=decided["name"] or (person.name if person else ""),
        person=person.pk if person else None,
        role=decided["role"],
        country=decided["country"],
        organisation=organisation.pk if organisation else None,
        body=decided["body"],
        attendance=decided["attendance"],
        label=person.name if person else "",
    )
    at = same(parties, party) if judgement.verb == "add" else named(parties, judgement.key, party)
    if at is None:
        return (*parties, party)
    return (*parties[:at], replace(party, sources=parties[at].sources), *parties[at + 1 :])


def same(parties: tuple[Party, ...], decided: Party) -> int | None:
    """Which of the parties is the decided one."""
    return next((i for i, party in enumerate(parties) if party.is_same(decided)), None)


def named(parties: tuple[Party, ...], key: str, decided: Party | None = None) -> int | None:
    """Which of the parties a judgement names; else the one whose name is now written more fully or less so."""
    keys = [participant_key(party.name, party.role, party.side) for party in parties]
    if key in keys:
        return keys.index(key)
    if decided and (at := same(parties, decided)) is not None:
        return at
    alike = [i for i, party in enumerate(parties) if party.name and same_name(party.name, key)]
    return alike[0] if len(alike) == 1 else None


def judged_agenda(agenda: tuple[Topic, ...], judgement: Judgement) -> tuple[Topic, ...]:
    """With an issue added, changed or removed; a changed one keeps its place in the list."""
    names = [fold(topic.name) for topic in agenda]
    at = names.index(judgement.key) if judgement.key in names else len(agenda)
    if judgement.verb == "remove":
        return agenda[:at] + agenda[at + 1 :]
    decided = issue_from(judgement.value)
    others = [topic if fold(topic.name) != fold(decided.name) else None for topic in agenda]
    return tuple(topic for topic in (*others[:at], decided, *others[at + 1 :]) if topic)
