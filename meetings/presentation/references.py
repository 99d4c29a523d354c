"""Meetings and documents as they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone

from ..citation import Reference
from ..models import Account, Document, Meeting


def meeting_reference(meeting: Meeting, accounts: Sequence[Account], address: str) -> Reference:
    """``address`` is the record's permanent one."""
    place = f"{meeting.place}{' (inferred)' if meeting.place_inferred else ''}" if meeting.place else ""
    return Reference(
        key=f"meeting-{meeting.public_id}",
        title=capitalised(meeting.title),
        genre="record of a meeting" if meeting.status == "held" else f"record of a {meeting.status} meeting",
        number=meeting.public_id,
        site=settings.SITE_NAME,
        url=address,
        accessed=today(),
        place=place,
        date=meeting.date,
        sources=tuple(dict.fromkeys(source(account.document) for account in accounts)),
    )


def document_reference(document: Document, address: str) -> Reference:
    return Reference(
        key=f"document-{document.public_id}",
        title=str(document),
        genre=document.get_kind_display().lower() if document.kind != "other" else "document",
        number=document.identifier if document.identifier != str(document) else "",
        site=settings.SITE_NAME,
        url=document.source_url or address,
        accessed=today(),
        author=document.origin or document.site,
        date=document.date,
        collection=document.collection.name,
    )


def source(document: Document) -> str:
    """A document that a record rests on, shortly: ``Embassy Moscow, “Talks,” cable 07MOSCOW1, 1 June 2007``."""
    kind = document.get_kind_display().lower() if document.kind != "other" else "document"
    number = document.identifier if document.identifier != str(document) else ""
    parts = [document.origin or document.site, f"“{document},”", f"{kind} {number}".strip(), document.date_in_words]
    return ", ".join(filter(None, parts)).replace(",”,", ",”")


def capitalised(title: str) -> str:
    return title[:1].upper() + title[1:]


def today() -> date:
    return timezone.localdate()
