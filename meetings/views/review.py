"""The review queue, for editors: one meeting at a time beside its passages, and one claim wherever it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import decisions, history, review
from ..addresses import encoded
from ..asking.asked import asked_in
from ..asking.links import Links
from ..locking import one_at_a_time
from ..merging.kinds import KINDS
from ..models import (
    Account,
    AccountParticipant,
    Document,
    Evidence,
    Issue,
    Judgement,
    Meeting,
    MeetingIssue,
    Participant,
    Passage,
    Person,
)
from ..presentation import reviewing
from ..presentation.accounts import compared
from ..presentation.claims import Claims
from ..presentation.corrections import decision
from ..roles import editor_required
from ..wording import counted
from .pages import UUID, reached, respond, row_number, said, unfolded, untidy

if TYPE_CHECKING:
    from ..roles import User

KEPT = ("q", "off", "exact", "document", "state", "order", "past", "at")  # what an address of the queue has
SHOWN = 20  # of the other meetings with one claim
VERBS = {"confirm": "Accepted", "reject": "Rejected", "unsure": "In doubt"}
LATEST = 10  # decisions that are shown and can be taken back at once
CANDIDATES, FOUND = 6, 12  # people offered: by the name as it is written, and by what was typed


@never_cache
@editor_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := unfolded(request) or untidy(request):
        return answer
    asked = asked_in(request.GET, request.user)
    document = Document.objects.filter(public_id=request.GET["document"]).first() if "document" in request.GET else None
    state = request.GET.get("state") if request.GET.get("state") in review.STATES else "unreviewed"
    queue = review.Queue.of(request.user, asked.meetings, state, document, request.GET.get("order", ""))
    passed = found(request, "past")
    meeting = found(request, "at") or queue.first(passed)
    tally = queue.tally(meeting)
    context = {
        "asked": asked,
        "links": Links(request.GET, asked),
        "only": document,
        "state": state,
        "states": [
            (label, address(request.GET, state=key, past="", at=""), key == state)
            for key, label in review.STATES.items()
        ],
        "order": queue.order,
        "other_order": address(request.GET, order="" if queue.order == "surest" else "surest", past="", at=""),
        "tally": tally,
        "meeting": meeting,
        "query": address(request.GET).removeprefix(reverse("review")),
        "on": address(request.GET, past=meeting.public_id, at="") if meeting else "",
        "again": address(request.GET, past="", at=""),
        "everything": reverse("review"),
        "all_documents": address(request.GET, document="", past="", at=""),
        "latest": latest(request.user),
    }
    if meeting:
        context |= laid_out(meeting)
        context["sources"] = [
            (source, address(request.GET, document=source.account.document.public_id, past="", at=""))
            for source in context["sources"]
        ]
    return respond(request, "review/index.html", context, "item")


def found(request: HttpRequest, name: str) -> Meeting | None:
    """The meeting that the address names."""
    meetings = Meeting.objects.visible_to(request.user).select_related("place__country")
    return meetings.filter(public_id=request.GET[name]).first() if name in request.GET else None


def address(query: QueryDict, **changes: str) -> str:
    """The address of the queue as it is asked for, with some values changed; empty ones are left out."""
    kept = {name: query.getlist(name) for name in KEPT if name in query}
    kept |= {name: [value] if value else [] for name, value in changes.items()}
    text = encoded({name: values for name, values in kept.items() if values})
    return f"{reverse('review')}?{text}" if text else reverse("review")


def laid_out(meeting: Meeting) -> dict:
    """All that is shown of one meeting, as its editor may see it."""
    named = Prefetch("participants", AccountParticipant.objects.select_related("person", "country"))
    told = meeting.accounts.select_related("document", "place__country").prefetch_related(named, "issues")
    told = list(told.order_by("document__earliest", "document", "order"))
    accounts = [account for account in told if not account.document.copy_of_id] or told
    participants = list(meeting.participants.select_related("person", "country", "organisation"))
    agenda = list(meeting.agenda.select_related("issue"))
    evidence = Evidence.objects.filter(account__in=accounts).order_by("start", "pk")
    evidence = list(evidence.select_related("participant", "issue").with_passage())
    claims = Claims.of(meeting, accounts, evidence)
    comparison = compared(accounts, claims)
    return {
        "values": reviewing.values(meeting, claims, comparison),
        "members": reviewing.members(participants, accounts, claims),
        "agenda": reviewing.items(agenda, accounts, claims),
        "sources": reviewing.sources(accounts, evidence, passages_behind(accounts)),
    }


def passages_behind(accounts: Sequence[Account]) -> QuerySet:
    """The paragraphs in which some claim of the accounts lies."""
    within = {"start__lt": OuterRef("end"), "end__gt": OuterRef("start"), "revision": OuterRef("revision")}
    claims = Evidence.objects.filter(account__in=accounts, **within)
    documents = [account.document_id for account in accounts]
    passages = Passage.objects.filter(Exists(claims), revision__document__in=documents, revision__current=True)
    return passages.order_by("revision", "order").defer("search")


def latest(user: User) -> QuerySet:
    """What an editor decided last on meetings, and did not take back."""
    made = Judgement.objects.standing().filter(made_by=user).exclude(meeting=None)
    return history.first_of_acts(made)[:LATEST]


@editor_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept, reject or doubt one meeting, and go on to the next."""
    verb = request.POST.get("verb")
    with transaction.atomic():
        one_at_a_time()
        rows = Meeting.objects.visible_to(request.user)
        meeting = reached(rows, "meeting", public_id=said(request, "meeting"))
        if verb not in VERBS:
            messages.error(request, "Nothing was decided: accept the meeting, reject it, or say that you are in doubt.")
        elif meeting.review != request.POST.get("seen"):
            # Somebody else was quicker: nobody's decision is replaced unseen.
            what = f"“{meeting.title}” was {meeting.get_review_display().lower()}"
            messages.warning(request, f"Meanwhile {what}. Decide again if you think otherwise.")
        else:
            decisions.review(request.user, meeting, verb, said(request, "reason"))
            return redirect(address(request.GET, at=""))
    return redirect(address(request.GET, at=meeting.public_id))


@editor_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take one's decision back, in every meeting that it was made on, and look at it again."""
    act = request.POST.get("act", "")
    made = Judgement.objects.standing().filter(act=act if UUID.fullmatch(act) else None, made_by=request.user).first()
    if made is None:
        messages.error(request, "There is nothing to take back: that decision was withdrawn already.")
        return redirect(address(request.GET))
    decisions.withdraw(request.user, [made])
    messages.success(request, f"Taken back: {decision(made)}.")
    return redirect(address(request.GET, at=made.meeting.public_id if made.meeting else ""))


# One claim, wherever it is the same


@never_cache
@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a participant is, in this meeting or wherever the name is written so and was taken for the same.

    Those called nearly so are offered, and before them whoever ``?find=`` looks for.
    """
    rows = Participant.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    row = reached(rows.select_related("person__country", "country", "meeting"), "participant", pk=pk)
    if request.method == "POST":
        chosen = said(request, "person")
        who = Person.objects.filter(merged_into=None, pk=row_number(chosen)).first()
        if who is None and chosen != "nobody":
            messages.error(request, "Nothing was decided: choose who it is.")
            return redirect(request.get_full_path())
        return resolved(
            request, row, lambda rows: review.resolve_people(request.user, rows, who, said(request, "reason"))
        )
    sought = request.GET.get("find", "").strip()[:200]
    people = Person.objects.filter(merged_into=None).select_related("country")
    found = KINDS["people"].search(sought, FOUND + 1) if sought else []
    offered = [*([row.person] if row.person else []), *found[:FOUND], *people.named_like(row.name, CANDIDATES)]
    told = row.sources.exclude(resolved_by="").values_list("resolved_by", flat=True).first()
    context = {
        "row": row,
        "people": list(dict.fromkeys(offered)),
        "why": told,
        "written": row.name or row.label,
        "sought": sought,
        "found": found[:FOUND],
        "more_found": len(found) > FOUND,
        "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name)],
    }
    return render(request, "review/person.html", context | everywhere(request, row))


@never_cache
@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Which topic some words mean, in this meeting or wherever they are the same and were taken for the same."""
    rows = MeetingIssue.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    row = reached(rows.select_related("issue", "meeting"), "item of an agenda", pk=pk)
    if request.method == "POST":
        chosen = said(request, "issue")
        topic = Issue.objects.exclude(theme=None).filter(key=chosen).first()
        if topic is None and chosen not in {"words", "remove"}:
            messages.error(request, "Nothing was decided: choose a topic, or say that there is none.")
            return redirect(request.get_full_path())
        reason = said(request, "reason")
        return resolved(
            request,
            row,
            lambda rows: review.resolve_issues(request.user, rows, topic, remove=chosen == "remove", reason=reason),
        )
    topics = Issue.objects.exclude(theme=None).select_related("theme").order_by("theme__name", "name")
    context = {"row": row, "topics": topics, "written": review.wording(row)}
    return render(request, "review/issue.html", context | everywhere(request, row))


def everywhere(request: HttpRequest, row: Participant | MeetingIssue) -> dict:
    """The other meetings with the same claim, as many as are decided at once."""
    others = list(review.alike(row).exclude(pk=row.pk)[: review.AT_ONCE])
    return {
        "others": others[:SHOWN],
        "count": len(others),
        "most": review.AT_ONCE - 1,
        "back": address(request.GET, at=row.meeting.public_id),
    }


def resolved(request: HttpRequest, row: Participant | MeetingIssue, resolve: Callable[[Iterable], int]) -> HttpResponse:
    """Decide in this meeting or in all, and go back to where one was."""
    # Asked for when nobody else writes any more, so that no other correction of the row is lost.
    this = type(row).objects.filter(pk=row.pk)
    rows = review.alike(row)[: review.AT_ONCE] if request.POST.get("scope") == "all" else this
    count = resolve(rows)
    messages.success(request, f"Decided in {counted(count, 'meeting')}.")
    return redirect(address(request.GET, at=row.meeting.public_id))
