"""A meeting, and the passage behind a claim."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import judgements
from ..models import Account, Evidence, Meeting, Participant
from ..neighbours import neighbours, with_suggested
from ..pictures.places import Spot
from ..prepared import first, prepared
from ..presentation.accounts import compared
from ..presentation.claims import Claims
from ..presentation.corrections import Corrections
from ..presentation.delegations import delegations, with_offices
from ..presentation.ledger import ledger
from ..presentation.notes import claim_anchor
from ..presentation.passages import card_passages
from ..presentation.references import meeting_reference
from ..presentation.sureness import grounds, last_review, on_value
from .citations import citations, permalink
from .pages import moved, reached, respond
from .relations import relation

if TYPE_CHECKING:
    from ..roles import User


@require_safe
def meeting(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    user = request.user
    record = first(shown(public_id, user)) or reached(visible_to(user), "meeting", public_id=public_id)
    if answer := moved(request, record):
        return answer
    told = accounts_of(record.pk, user)
    participants = participants_of(record.pk)
    agenda = list(record.agenda.select_related("issue"))
    statements = [statement for account in told for statement in account.statements.all()]
    evidence = evidence_of([account.pk for account in told], [statement.pk for statement in statements], user)
    claims = Claims.of(record, told, evidence)
    accounts = [account for account in told if not account.document.copy_of_id] or told
    sides = delegations(record, participants, claims)
    decided = judgements.on_meeting(told)
    comparison = compared(accounts, claims)
    reference = meeting_reference(record, accounts, permalink(request, record))
    beside = neighbours(record, participants, user)
    context = {
        "meeting": record,
        "accounts": accounts,
        "notice": shared_notice(accounts),
        "copies": [account.document for account in told if account not in accounts],
        "claims": claims,
        "delegations": sides,
        "corrections": Corrections.of(decided, participants, agenda),
        "review": last_review(decided),
        "agenda": [(item, claims.issue(item)) for item in agenda],
        "ledger": ledger(accounts, agenda, sides, claims),
        "comparison": comparison,
        "spot": Spot.of(record.place, record.place_inferred) if record.place else None,
        "grounds": grounds(record, accounts, participants, claims, comparison),
        "beside": beside,
        "together": relation(beside.parties),
        "permanent": reference.url,
        "citations": citations(record, reference),
    }
    return render(request, "meetings/meeting.html", context)


def visible_to(user: User) -> QuerySet:
    return with_suggested(Meeting.objects.visible_to(user).select_related("place__country"))


@prepared
def shown(public_id: str, user: User) -> QuerySet:
    return visible_to(user).filter(public_id=public_id).order_by()


@prepared
def accounts_of(meeting: int, user: User) -> QuerySet:
    return Account.objects.visible_to(user).filter(meeting=meeting).for_page()


@prepared
def participants_of(meeting: int) -> QuerySet:
    return with_offices(Participant.objects.filter(meeting=meeting).select_related("person", "country", "organisation"))


@prepared
def evidence_of(accounts: list[int], statements: list[int], user: User) -> QuerySet:
    return Evidence.objects.visible_to(user).of(accounts, statements).with_passage()


def shared_notice(accounts: list[Account]) -> str:
    """What must be said of the whole meeting: the notice of all documents that tell of it, or how many bear it."""
    notices = Counter(account.document.notice for account in accounts if account.document.notice)
    if not notices:
        return ""
    notice, bearing = notices.most_common(1)[0]
    return notice if bearing == len(accounts) else f"{notice} ({bearing} of {len(accounts)} accounts)"


@require_safe
def claim(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    record = reached(Meeting.objects.visible_to(request.user), "meeting", public_id=public_id)
    visible = Evidence.objects.visible_to(request.user).of_meeting(record)
    related = visible.select_related("revision__document", "account__document", "statement__account__document")
    evidence = reached(related, "claim", pk=pk)
    account = evidence.statement.account if evidence.statement_id else evidence.account
    around = evidence.revision.passages.filter(start__lt=evidence.end, end__gt=evidence.start).order_by("order")
    decided = judgements.on_meeting([account])
    context = {
        "meeting": record,
        "evidence": evidence,
        "anchor": claim_anchor(evidence),
        "document": evidence.revision.document,
        "passages": card_passages(evidence, around),
        "others": visible.same_claim(evidence).with_passage()[:12],
        "review": last_review(decided),
        "decision": on_value(decided, evidence.field),
    }
    return respond(request, "meetings/claim.html", context, "card")
