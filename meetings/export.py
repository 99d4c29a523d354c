"""Meetings as plain values for other programs: one JSON object a meeting, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch

from .models import Account, Meeting, MeetingIssue, Participant, Place

CHUNK = 500  # meetings in memory at a time; each chunk takes the same few queries


def meetings(user: Any = None) -> Iterator[dict[str, Any]]:
    """Every meeting that a user (nobody: everybody) may see with the accounts that they may see; oldest first, the undated last.

    The order is the same in every database with the same documents.
    """
    user = user or AnonymousUser()
    accounts = Account.objects.visible_to(user).select_related("document", "place")
    rows = (
        Meeting.objects.visible_to(user)
        .order_by(F("earliest").asc(nulls_last=True), "latest", "public_id")
        .select_related("place")
        .prefetch_related(
            Prefetch("participants", Participant.objects.select_related("person", "country", "organisation")),
            Prefetch("agenda", MeetingIssue.objects.select_related("issue")),
            Prefetch("accounts", accounts.order_by("document__file_name", "document__part", "order")),
        )
    )
    for meeting in rows.iterator(chunk_size=CHUNK):
        yield as_json(meeting)


def as_json(meeting: Meeting) -> dict[str, Any]:
    """Dates are EDTF; countries are keys (ISO 3166-1 alpha-2, former states ISO 3166-3); what is not known is null."""
    return {
        "id": meeting.public_id,
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
        "accounts": [account_as_json(account) for account in meeting.accounts.all()],
    }


def account_as_json(account: Account) -> dict[str, Any]:
    """The document, and what it tells where that may differ from the meeting's values."""
    document = account.document
    return {
        "document": document.public_id,
        "file": document.file_name,
        "part": document.part or None,
        "identifier": document.identifier or None,
        "kind": document.kind,
        "copy": document.copy_of_id is not None,
        **told(account),
        "joined_by": account.joined_by or None,
    }


def told(row: Meeting | Account) -> dict[str, Any]:
    return {
        "date": row.date or None,
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
