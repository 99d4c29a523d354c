"""Correcting a meeting in its page. For editors.

Every address gives a whole page with a form; htmx puts the form in the value's place, and the meeting as it is afterwards in the
place of the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import reselect, reswap, retarget

from .. import editing, judgements
from ..forms import FIELDS, ROWS, VALUES, PartingForm, RemovalForm
from ..judgements import portable
from ..locking import one_at_a_time
from ..models import Account, Evidence, Meeting, MeetingIssue, Participant
from ..presentation.marking import Mark
from ..presentation.passages import shown
from ..roles import editor_required
from .pages import reached, respond

PANEL = "editing"  # id of the form in the page

ROW_MODELS = {"participant": Participant, "issue": MeetingIssue}
RELATED = {"participant": ("person", "country", "organisation"), "issue": ("issue",)}


def editing_view(view: Callable) -> Callable:
    """For editors. While a form is taken nobody else writes, so that what it is compared with is what it changes."""

    @wraps(view)
    def alone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            one_at_a_time()
            return view(request, *args, **kwargs)

    return never_cache(editor_required(require_http_methods(["GET", "HEAD", "POST"])(alone)))


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to."""
    return request.POST if request.method == "POST" else None


def found_meeting(request: HttpRequest, public_id: str) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("place__country")
    return reached(rows, "meeting", public_id=public_id)


def panel(request: HttpRequest, context: dict, template: str = "editing/form.html") -> HttpResponse:
    """The form: a page of its own, or for htmx the form alone, in the place of the one that was sent."""
    response = respond(request, template, {"meeting": None, **context}, "panel")
    if request.method == "POST" and request.htmx:
        return reswap(reselect(retarget(response, f"#{PANEL}"), f"#{PANEL}"), "outerHTML")
    return response


def done(request: HttpRequest, meeting: Meeting, said: str) -> HttpResponse:
    """To the meeting as it is now."""
    meeting.refresh_from_db()
    if not request.htmx:
        messages.success(request, said)
    return redirect(meeting)


def last_author(meeting: Meeting, **about) -> str:
    """Who decided last on a value, to be named to whoever would overwrite it."""
    accounts = meeting.accounts.select_related("document")
    made = [one for one in judgements.on_meeting(accounts) if all(getattr(one, k) == v for k, v in about.items())]
    return made[-1].made_by.get_username() if made and made[-1].made_by else ""


# Values


@editing_view
def value(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Date, time, place, form, status or title."""
    if name not in VALUES:
        raise Http404("A meeting has no such value.")
    kind, fields = VALUES[name], FIELDS[name]
    meeting = found_meeting(request, public_id)
    current = {field: portable(getattr(meeting, field)) for field in fields}
    options = {"current": current, "by": last_author(meeting, subject="meeting", verb="set", field=fields[0])}
    form = kind(sent(request), initial=kind.given(meeting), **options)
    if request.method == "POST" and form.is_valid():
        editing.change(request.user, meeting, form.value, form.cleaned_data["reason"])
        return done(request, meeting, f"{kind.title} saved.")
    return panel(request, {"meeting": meeting, "form": form, "heading": kind.title, "cancel": f"value-{name}"})


# Participants and issues


@editing_view
def row(request: HttpRequest, public_id: str, subject: str, pk: int | None = None) -> HttpResponse:
    """Correct a participant or an issue; without ``pk`` add one."""
    meeting = found_meeting(request, public_id)
    rows = list(ROW_MODELS[subject].objects.filter(meeting=meeting).select_related(*RELATED[subject]))
    standing = next((each for each in rows if each.pk == pk), None)
    if pk and standing is None:
        return gone(request, meeting, subject)
    others = [each for each in rows if each is not standing]
    form = ROWS[subject](sent(request), row=standing, others=others)
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        reason = form.cleaned_data["reason"]
        if standing:
            editing.correct_row(request.user, meeting, standing, form.value, reason)
        else:
            editing.add_row(request.user, meeting, subject, form.value, reason)
        return done(request, meeting, f"{form.title} saved.")
    if "look" in request.POST:
        form.errors.clear()
    heading = (
        f"Correct {standing}" if standing else f"Add {'a participant' if subject == 'participant' else 'an issue'}"
    )
    place = f"{subject}-{pk}" if pk else f"add-{subject}"
    context = {"meeting": meeting, "form": form, "heading": heading, "cancel": place}
    if standing:
        context["remove"] = reverse("remove-row", args=[meeting.public_id, subject, pk])
    return panel(request, context)


@editing_view
def remove(request: HttpRequest, public_id: str, subject: str, pk: int) -> HttpResponse:
    meeting = found_meeting(request, public_id)
    rows = ROW_MODELS[subject].objects.filter(meeting=meeting).select_related(*RELATED[subject])
    standing = rows.filter(pk=pk).first()
    if standing is None:
        return gone(request, meeting, subject)
    form = RemovalForm(sent(request), current=editing.described(standing)[2])
    if request.method == "POST" and form.is_valid():
        editing.remove_row(request.user, meeting, standing, form.cleaned_data["reason"])
        return done(request, meeting, f"{standing} removed.")
    context = {
        "meeting": meeting, "form": form, "heading": f"Remove {standing}", "verb": "Remove", "cancel": f"{subject}-{pk}",
        "lede": "It is no longer shown, whatever the documents say. This can be taken back.",
    }  # fmt: skip
    return panel(request, context)


def gone(request: HttpRequest, meeting: Meeting, subject: str) -> HttpResponse:
    """Somebody removed the row, or replaced it, since the page was opened: what was typed is shown, to be used again."""
    typed = [
        value for name, value in request.POST.items() if name in {"name", "role", "country", "body", "reason"} and value
    ]
    context = {"meeting": meeting, "heading": f"This {subject} is no longer there", "typed": typed, "add": subject}
    response = panel(request, context, "editing/gone.html")
    response.status_code = 200 if request.htmx else 409
    return response


# Splitting and moving


@dataclass(frozen=True)
class Telling:
    """An account of a meeting, with the passages that support it: (key, number, text, fields)."""

    account: Account
    passages: list[tuple[str, str, list, list[str]]]


def tellings(meeting: Meeting) -> list[Telling]:
    found = []
    for account in meeting.accounts.select_related("document").order_by("document__earliest", "pk"):
        revision = account.document.revisions.filter(current=True).first()
        claims = list(Evidence.objects.filter(account=account, revision=revision).order_by("start")) if revision else []
        rows = []
        for passage in revision.passages.all() if claims else ():
            inside = [claim for claim in claims if passage.start <= claim.start < passage.end]
            if inside:
                marks = [Mark(claim.start, claim.end, "claim") for claim in inside]
                supports = list(dict.fromkeys(claim.get_field_display().lower() for claim in inside))
                rows.append((f"{account.pk}-{passage.order}", passage.number, shown(passage, marks).segments, supports))
        found.append(Telling(account, rows))
    return found


@editing_view
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    """Some accounts, or some passages of one, become a meeting of their own or go to another."""
    meeting = found_meeting(request, public_id)
    told = tellings(meeting)
    form = PartingForm(sent(request), meetings=Meeting.objects.visible_to(request.user), source=meeting)
    chosen = request.POST.getlist("account"), request.POST.getlist("passage")
    if request.method == "POST" and form.is_valid():
        accounts = [telling.account for telling in told if str(telling.account.pk) in chosen[0]]
        passages = [(telling.account, key) for telling in told for key, *_ in telling.passages if key in chosen[1]]
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        if mistake := cannot_part(told, accounts, passages, to):
            form.add_error(None, mistake)
        else:
            if accounts:
                parted = editing.split(request.user, meeting, accounts, reason, to)
            else:
                parted = editing.move(request.user, passages[0][0], cited_passages(passages), to, form.values, reason)
            return done(request, parted, "Moved here." if to else f"Split off from “{meeting.title}”.")
    context = {
        "meeting": meeting,
        "told": told,
        "form": form,
        "chosen": {*chosen[0], *chosen[1]},
        "heading": "Split or move",
    }
    return panel(request, context, "editing/split.html")


def cannot_part(
    told: list[Telling], accounts: list[Account], passages: list[tuple[Account, str]], to: Meeting | None
) -> str:
    """Why what was chosen can't be parted; "" when it can."""
    if not accounts and not passages:
        return "Choose the accounts, or the passages of one account, that tell of another meeting."
    if accounts and passages:
        return "Choose whole accounts or passages, not both: one after the other."
    if len({account.pk for account, _ in passages}) > 1:
        return "Choose passages of one account at a time."
    if accounts and len(accounts) == len(told) and to is None:
        return "All accounts are chosen: one must stay."
    if passages and len(passages) == len(next(t for t in told if t.account == passages[0][0]).passages):
        return "All passages of this account are chosen: choose the account, or leave one."
    return ""


def cited_passages(chosen: list[tuple[Account, str]]) -> list[tuple[editing.Cited, str]]:
    account = chosen[0][0]
    orders = [int(key.partition("-")[2]) for _, key in chosen]
    passages = account.document.revisions.get(current=True).passages.filter(order__in=orders).order_by("order")
    return [(editing.Cited(account.document, passage.start, passage.end), "") for passage in passages]
