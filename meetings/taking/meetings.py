"""Meetings as plain values, each with the accounts that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch
from django.urls import reverse

from ..models import Account, Meeting, MeetingIssue, Participant, Place
from .formats import CHUNK, at, joined

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet, User


def everything(user: User | None = None) -> Iterator[dict[str, Any]]:
    """Every meeting that a user (nobody: everybody) may see; oldest first, the undated last.

    The order is the same in every database with the same documents.
    """
    user = user or AnonymousUser()
    rows = Meeting.objects.visible_to(user).order_by(F("earliest").asc(nulls_last=True), "latest", "public_id")
    return values(rows, user)


def values(meetings: MeetingQuerySet, user: User, site: str = "") -> Iterator[dict[str, Any]]:
    """Some meetings in their order, with the accounts that the user may see; ``site`` begins the addresses: https://example.org."""
    accounts = Account.objects.visible_to(user).select_related("document", "place")
    rows = meetings.select_related("place").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("person", "country", "organisation")),
        Prefetch("agenda", MeetingIssue.objects.select_related("issue")),
        Prefetch("accounts", accounts.order_by("document__file_name", "document__part", "order")),
    )
    for meeting in rows.iterator(chunk_size=CHUNK):
        yield as_json(meeting, site)


def as_json(meeting: Meeting, site: str) -> dict[str, Any]:
    return {
        "id": meeting.public_id,
        "url": site + reverse("meeting", args=[meeting.public_id]),
        "title": meeting.title,
        **told(meeting),
        "review": meeting.review,
        "participants": [
            {
                "person": row.person_id,
                "name": row.label,
                "role": row.role or None,
                "country": row.country_id,
                "organisation": (row.organisation.name if row.organisation else row.body) or None,
                "attendance": row.attendance,
            }
            for row in meeting.participants.all()
        ],
        "issues": [{"name": row.name, "key": row.issue.key if row.issue else None} for row in meeting.agenda.all()],
        "accounts": [account_as_json(account, site) for account in meeting.accounts.all()],
    }


def account_as_json(account: Account, site: str) -> dict[str, Any]:
    """The document, the passage in its words, and what it tells where that may differ from the meeting's values."""
    document = account.document
    return {
        "document": document.public_id,
        "url": site + reverse("document", args=[document.public_id]),
        "file": document.file_name,
        "part": document.part or None,
        "identifier": document.identifier or None,
        "title": document.title or None,
        "kind": document.kind,
        "copy": document.copy_of_id is not None,
        "passage": account.anchor,
        **told(account),
        "joined_by": account.joined_by or None,
    }


def told(row: Meeting | Account) -> dict[str, Any]:
    return {
        "date": row.date or None,
        "earliest": row.earliest.isoformat() if row.earliest else None,
        "latest": row.latest.isoformat() if row.latest else None,
        "time": row.time.isoformat("minutes") if row.time else None,
        "duration": row.duration,
        "place": place_as_json(row.place, row.place_inferred) if row.place else None,
        "medium": row.medium or None,
        "status": row.status,
        "confidence": round(row.confidence, 3),
    }


def place_as_json(place: Place, inferred: bool) -> dict[str, Any]:
    """Coordinates are degrees."""
    return {
        "name": place.name,
        "country": place.country_id,
        "precision": place.precision,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "inferred": inferred,
    }


def each(name: str, *keys: str) -> Callable[[dict[str, Any]], str]:
    """Of every row of a list the first of the keys that has a value, each value once."""
    return lambda record: joined(next((row[key] for key in keys if row[key]), None) for row in record[name])


def named(record: dict[str, Any]) -> str:
    """Name (role, country) of everybody, in the order of the meeting."""
    people = []
    for row in record["participants"]:
        about = ", ".join(value for value in (row["role"], row["country"] or row["organisation"]) if value)
        people.append(f"{row['name']} ({about})" if about else row["name"])
    return joined(people)


# A line a meeting: lists become one cell, their values parted by semicolons.
COLUMNS: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{name: at(name) for name in ("id", "url", "title", "status", "medium", "date", "earliest", "latest", "time")},
    "duration_minutes": at("duration"),
    "place": at("place", "name"),
    "place_country": at("place", "country"),
    "place_precision": at("place", "precision"),
    "place_inferred": at("place", "inferred"),
    "latitude": at("place", "latitude"),
    "longitude": at("place", "longitude"),
    "participants": named,
    "countries": each("participants", "country"),
    "organisations": each("participants", "organisation"),
    "issues": each("issues", "name"),
    "accounts": lambda record: sum(not account["copy"] for account in record["accounts"]),
    "documents": each("accounts", "identifier", "title", "file"),
    "document_urls": each("accounts", "url"),
    "passages": each("accounts", "passage"),
    "confidence": at("confidence"),
    "review": at("review"),
}
