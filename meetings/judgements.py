"""A person's decisions: written down when they are made, applied whenever a meeting is derived anew.

A judgement on a meeting holds on to the account that it was made on: the original file's hash, the part, and the passage that
tells of the meeting. So it finds its meeting again after every re-ingest, and in another database with the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from rapidfuzz import fuzz

from .anchoring import Selector
from .derivation import Party, Spot, Topic, Values
from .models import Account, Country, Document, Issue, Judgement, Meeting, Organisation, Participant, Person, Place
from .prepared import prepared
from .resolution.accounts import EXACTNESS
from .resolution.names import fold, same_name

SAME_PASSAGE = 85  # rapidfuzz partial ratio, of 100, above which two passages tell of the same meeting

BY_HAND = "+"  # begins the marks of accounts that editors added: no other account is taken for such a one

MEETING_FIELDS = ("title", "status", "date", "time", "duration", "place", "place_inferred", "medium", "review")
SIDE = ("country", "organisation", "body")  # of a participant, for whom they took part
PARTICIPANT_FIELDS = ("person", "name", "role", *SIDE, "attendance")


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
    """What names a record for good: the key of the shipped tables, of a collection its name in addresses, else its folded name."""
    return getattr(row, "key", "") or getattr(row, "slug", "") or fold(str(getattr(row, "name", "") or ""))[:300]


def key_of(subject: str, value: dict[str, Any]) -> str:
    """What a participant or an issue with these values is called by judgements."""
    if subject == "issue":
        return fold(value["name"])[:300]
    name = value["name"] or (value["person"] or {}).get("name", "")
    return participant_key(name, value["role"], value["country"] or value["body"])


def decided_key(judgement: Judgement) -> str:
    """What the participant or issue is called after the decision; ``judgement.key`` is what it was called before."""
    return key_of(judgement.subject, judgement.value)


# Writing


def author(user):
    """Who a decision is written down for; None when nobody is signed in."""
    return user if user and user.is_authenticated else None


def record(
    user,
    meeting: Meeting | None,
    verb: str,
    subject: str = "meeting",
    act: UUID | None = None,
    accounts: Sequence[Account] | None = None,
    evidence: Sequence[Selector] = (),
    **values: Any,
) -> list[Judgement]:
    """Write down a decision on a meeting, once for each account of it (or for those given), so that it lasts while any of them does.

    All that is given the same ``act`` is taken back together. ``evidence`` are passages in the document of the first account.
    A meeting without accounts has nothing to outlive; its judgement is kept for the record.
    """
    if accounts is None:
        accounts = list(meeting.accounts.select_related("document"))
    now, act = timezone.now(), act or uuid4()
    return Judgement.objects.bulk_create(
        Judgement(
            act=act,
            verb=verb,
            subject=subject,
            meeting=meeting,
            made_at=now,
            made_by=author(user),
            evidence=[selector.as_json() for selector in evidence] if number == 0 else [],
            **(names_of(account) if account else {}),
            **values,
        )
        for number, account in enumerate(accounts or [None])
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
            meeting_id=account.meeting_id,
            made_at=now,
            made_by=author(user),
            value=names_of(than),
            reason=reason,
            **names_of(account),
        )
        for account, than in ((one, other), (other, one))
    )


def names_of(account: Account) -> dict[str, str]:
    """What a judgement calls an account by."""
    document = account.document
    return {"sha256": document.sha256, "part": document.part, "anchor": account.anchor, "mark": account.mark}


# Which account a decision was made on


def in_documents(documents: Iterable[tuple[str, str]]) -> Q:
    """Decisions made in some documents, each told by its ``sha256`` and part."""
    return Q(*(Q(sha256=sha256, part=part) for sha256, part in documents), _connector=Q.OR)


def holder(judgement: Judgement, accounts: Iterable[Account]) -> Account | None:
    """The one of a document's accounts that a decision was made on: by its mark, else by the passage, or one most like it."""
    accounts = list(accounts)
    if marked := next((account for account in accounts if account.mark == judgement.mark), None):
        return marked
    if judgement.mark.startswith(BY_HAND) or not judgement.anchor:
        return None
    if exact := next((account for account in accounts if account.anchor == judgement.anchor), None):
        return exact
    likeness = {account: fuzz.partial_ratio(judgement.anchor, account.anchor) for account in accounts}
    best = max(accounts, key=likeness.get, default=None)
    return best if best and likeness[best] >= SAME_PASSAGE else None


@dataclass
class Holders:
    """Looks up holders, and each document's accounts once."""

    siblings: dict[int, list[Account]] = field(default_factory=dict)

    def holds(self, judgement: Judgement, account: Account) -> bool:
        """Whether a decision was made on an account."""
        document = account.document
        if (judgement.sha256, judgement.part) != (document.sha256, document.part):
            return False
        if judgement.mark == account.mark:
            return True
        if document.pk not in self.siblings:
            self.siblings[document.pk] = list(Account.objects.filter(document=document).order_by("order", "pk"))
        return holder(judgement, self.siblings[document.pk]) == account


def accounts_of(judgement: Judgement) -> list[Account]:
    """The accounts that a decision was made on: one in every copy of the file."""
    told = Account.objects.filter(document__sha256=judgement.sha256, document__part=judgement.part)
    told = told.select_related("meeting", "document__collection").order_by("document", "order", "pk")
    documents = groupby(told, key=lambda account: account.document_id)
    return [account for _, accounts in documents if (account := holder(judgement, accounts))]


# Applying


def any_on(document: Document) -> bool:
    """Whether anything was ever decided on a document or what it tells."""
    return Judgement.objects.filter(sha256=document.sha256, part=document.part).exists()


def pairs_of(account: Account) -> list[tuple[Account, bool]]:
    """The accounts of which an editor said that they tell of the same encounter (True), or of another (False)."""
    made = Judgement.objects.standing().filter(
        in_documents([(account.document.sha256, account.document.part)]),
        subject="meeting",
        verb__in=("same", "different"),
    )
    said: dict[int, tuple[Account, bool]] = {}
    holders = Holders()
    for judgement in made.order_by("made_at", "pk"):
        if holders.holds(judgement, account):
            for telling in accounts_of(Judgement(**judgement.value)):
                if telling != account:
                    said[telling.pk] = (telling, judgement.verb == "same")
    return list(said.values())


def on_meeting(accounts: Iterable[Account]) -> list[Judgement]:
    """The decisions made on a meeting with these accounts, in the order in which they were made, each once.

    Those made on a meeting before an account was split off from it are not about the account's new meeting.
    """
    accounts = list(accounts)
    if not accounts:
        return []
    made = made_in(tuple(sorted({(account.document.sha256, account.document.part) for account in accounts})))
    standing, former = [], {}
    holders = Holders()
    for judgement in made:
        held = [account for account in accounts if holders.holds(judgement, account)]
        if held and judgement.withdrawn_at is None:
            standing.append((judgement, held))
        elif held and judgement.verb == "set" and judgement.subject in {"participant", "issue"}:
            former[judgement.subject, decided_key(judgement)] = judgement.key
    elsewhere = left_behind(standing, accounts)
    found: dict[tuple, Judgement] = {}
    for judgement, held in standing:
        if not elsewhere.issuperset((judgement.act, account.pk) for account in held):
            # What a decision since withdrawn had renamed is called as before.
            judgement.key = former.get((judgement.subject, judgement.key), judgement.key)
            found[judgement.act, judgement.verb, judgement.subject, judgement.key, judgement.field] = judgement
    return list(found.values())


@prepared
def made_in(documents: tuple[tuple[str, str], ...]) -> QuerySet:
    """The decisions themselves, in the order in which they were made."""
    return Judgement.objects.filter(in_documents(documents)).select_related("made_by").order_by("made_at", "pk")


def left_behind(made: Iterable[tuple[Judgement, list[Account]]], accounts: Iterable[Account]) -> set[tuple[UUID, int]]:
    """Acts on accounts (row numbers) that were about the meeting that these were split off from since."""
    split = {account.pk: judgement.made_at for judgement, held in made if judgement.verb == "split" for account in held}
    before = {
        (judgement.act, account.pk)
        for judgement, held in made
        for account in held
        if account.pk in split and judgement.made_at < split[account.pk]
    }
    if not before:
        return before
    here = {tuple(names_of(account)[name] for name in ("sha256", "part", "mark")) for account in accounts}
    rows = Judgement.objects.filter(act__in={act for act, _ in before}).values_list("act", "sha256", "part", "mark")
    others = {act for act, *names in rows if tuple(names) not in here}
    return {(act, account) for act, account in before if act in others}


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
            case "meeting", "unsure":
                others["review"] = "unsure"
            case "participant", "set" | "add" | "remove" | "confirm":
                values = replace(values, participants=judged_participants(values.participants, judgement))
            case "issue", "set" | "add" | "remove" | "confirm":
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
        at = named(parties, judgement.key, before=judgement.previous)
        return tuple(party for i, party in enumerate(parties) if i != at)
    party = party_from(judgement.value)
    at = same(parties, party) if judgement.verb == "add" else named(parties, judgement.key, party, judgement.previous)
    if at is None:
        return (*parties, party)
    return (*parties[:at], replace(party, sources=parties[at].sources), *parties[at + 1 :])


def party_from(decided: dict) -> Party:
    """A participant as a judgement keeps them."""
    person, organisation = person_from(decided["person"]), organisation_from(decided["organisation"])
    label = person.name if person else ""
    if not (label or decided["name"] or decided["role"]):
        label = Country.objects.filter(key=decided["country"]).values_list("name", flat=True).first() or ""
    return Party(
        name=decided["name"] or (person.name if person else ""),
        person=person.pk if person else None,
        role=decided["role"],
        country=decided["country"],
        organisation=organisation.pk if organisation else None,
        body=decided["body"],
        attendance=decided["attendance"],
        label=label,
    )


def same(parties: Sequence[Party], decided: Party) -> int | None:
    """Which of the parties is the decided one."""
    return next((i for i, party in enumerate(parties) if party.is_same(decided)), None)


def named(
    parties: Sequence[Party], key: str, decided: Party | None = None, before: dict[str, Any] | None = None
) -> int | None:
    """Which of the parties a judgement names; else the one whose name is now written more fully or less so.

    Of several who are called so it is the one who is as it says they were before.
    """
    called = [i for i, party in enumerate(parties) if participant_key(party.name, party.role, party.side) == key]
    if len(called) > 1 and before:
        was = party_from(before)
        return max(called, key=lambda i: (parties[i].side == was.side, fold(parties[i].role) == fold(was.role)))
    if called:
        return called[0]
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
