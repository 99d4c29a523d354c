"""What a meeting has several of, a line each: who took part, and what was said; in the shape that statistical programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse

from ..models import Account, Evidence, Meeting, Participant, Statement
from .formats import CHUNK, at
from .meetings import told, values

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet, User


def participants(meetings: MeetingQuerySet, user: User, site: str = "") -> Iterator[dict[str, Any]]:
    """Everybody who took part, in the order of the meetings, each with the values of the meeting."""
    for meeting in values(meetings, user, site):
        for row in meeting["participants"]:
            yield {"meeting": meeting["id"], "url": meeting["url"], **row, **of_meeting(meeting)}


def of_meeting(told: dict[str, Any]) -> dict[str, Any]:
    names = ("date", "earliest", "latest", "status", "medium", "place", "confidence")
    return {name: told[name] for name in names}


def statements(
    meetings: MeetingQuerySet, user: User, site: str = "", speaker: int | None = None
) -> Iterator[dict[str, Any]]:
    """What was said in the meetings, in their order, as documents tell it that the user may see.

    ``speaker``: only what that person said, by number. ``to`` names whoever else took part, other delegations' before all.
    """
    said = Statement.objects.visible_to(user).select_related("person", "issue")
    if speaker is not None:
        said = said.filter(person=speaker)
    accounts = Account.objects.visible_to(user).select_related("document").order_by("document__file_name", "order")
    evidence = Evidence.objects.order_by("-confidence", "pk").only("quote", "rule", "confidence", "statement")
    rows = meetings.select_related("place").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("person", "country", "organisation")),
        Prefetch("accounts", accounts),
        Prefetch("accounts__statements", said.order_by("order", "pk")),
        Prefetch("accounts__statements__evidence", evidence),
    )
    for meeting in rows.iterator(chunk_size=CHUNK):
        for account in meeting.accounts.all():
            for statement in account.statements.all():
                yield as_json(statement, account, meeting, site)


def as_json(statement: Statement, account: Account, meeting: Meeting, site: str) -> dict[str, Any]:
    passage = next(iter(statement.evidence.all()), None)
    document = account.document
    return {
        "meeting": meeting.public_id,
        "url": site + reverse("meeting", args=[meeting.public_id]),
        **of_meeting(told(meeting)),
        "speaker": statement.speaker or None,
        "person": statement.person_id,
        "name": statement.person.name if statement.person else statement.speaker or None,
        "country": statement.country_id,
        "to": listeners(statement, meeting),
        "issue": statement.issue.name if statement.issue else None,
        "kind": statement.kind,
        "text": statement.text,
        "passage": passage.quote if passage else None,
        "passage_url": site + reverse("claim", args=[meeting.public_id, passage.pk]) if passage else None,
        "rule": passage.rule if passage else None,
        "document": document.public_id,
        "document_url": site + reverse("document", args=[document.public_id]),
        "document_date": document.date or None,
        "document_title": document.title or None,
        "copy": document.copy_of_id is not None,
        "review": meeting.review,
    }


def listeners(statement: Statement, meeting: Meeting) -> list[str]:
    """Those of other delegations; where nobody is, or it is not known for whom was spoken, all others."""
    others = [
        row
        for row in meeting.participants.all()
        if not (statement.person_id and row.person_id == statement.person_id) and row.name != statement.speaker
    ]
    across = [row for row in others if statement.country_id and row.country_id != statement.country_id]
    return [row.label for row in across or others]


PLACED: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{name: at(name) for name in ("date", "earliest", "latest", "status", "medium")},
    "place": at("place", "name"),
    "place_country": at("place", "country"),
    "place_inferred": at("place", "inferred"),
    "confidence": at("confidence"),
}
WHO = ("meeting", "url", "person", "name", "role", "country", "organisation", "attendance")
PARTICIPANT_COLUMNS = {**{name: at(name) for name in WHO}, **PLACED}
SAID = (
    *("meeting", "url", "speaker", "person", "name", "country", "to", "issue", "kind", "text"),
    *("passage", "passage_url", "rule"),
    *("document", "document_url", "document_date", "document_title", "copy", "review"),
)
STATEMENT_COLUMNS = {**{name: at(name) for name in SAID}, **PLACED}
