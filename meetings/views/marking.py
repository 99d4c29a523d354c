"""Marking a passage of a document: somebody who took part, an issue, evidence, a meeting that the machine missed. For editors."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .. import editing
from ..forms import ROWS, EvidenceForm, MissedForm, PartingForm, PartyFormSet, PassageForm, TellingForm
from ..models import Account, Document, DocumentRevision, Evidence, Meeting
from .editing import editing_view, panel, sent
from .pages import reached

DOING = {
    "participant": "Add a participant",
    "issue": "Add an issue",
    "evidence": "Use as evidence",
    "meeting": "Add a meeting",
    "move": "Move to another meeting",
}


@dataclass(frozen=True)
class Marked:
    """A passage that an editor marked."""

    document: Document
    revision: DocumentRevision
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.revision.text[self.start : self.end]

    @property
    def cited(self) -> editing.Cited:
        return self.part(self.start, self.end)

    def part(self, start: int, end: int) -> editing.Cited:
        return editing.Cited(self.document, start, end)

    def naming(self, words: str) -> editing.Cited | None:
        """Where some words stand in it."""
        at = self.quote.find(words) if words else -1
        return self.part(self.start + at, self.start + at + len(words)) if at >= 0 else None

    def people(self) -> list[str]:
        """Names of people in it, as the machine marked them."""
        text = self.revision.text
        inside = (
            text[a:b] for a, b, label in self.revision.names if label == "PERSON" and self.start <= a and b <= self.end
        )
        return list(dict.fromkeys(" ".join(name.split()) for name in inside))


@editing_view
def mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """``?start=&end=`` or ``?quote=`` say which passage; ``?do=`` what to do with it."""
    rows = Document.objects.visible_to(request.user).select_related("collection")
    document = reached(rows.filter(revisions__current=True), "text", public_id=public_id)
    revision = document.revisions.get(current=True)
    asked = request.GET
    passage = PassageForm(asked if {"quote", "start", "end"} & asked.keys() else None, text=revision.text)
    context = {"document": document, "passage": passage, "doing": DOING, "heading": "Mark a passage"}
    if not passage.is_valid():
        return panel(request, context, "editing/mark.html")
    marked = Marked(document, revision, passage.cleaned_data["start"], passage.cleaned_data["end"])
    context |= {"marked": marked, "query": f"start={marked.start}&end={marked.end}"}
    doing = asked.get("do", "")
    if doing not in DOING:
        return panel(request, context, "editing/mark.html")
    context |= {"do": doing, "heading": DOING[doing]}
    accounts = list(
        document.accounts.shown_to(request.user).select_related("meeting__place__country").order_by("order")
    )
    meetings = Meeting.objects.visible_to(request.user)
    if doing == "meeting":
        return missed(request, marked, context)
    if doing == "move":
        return moving(request, marked, accounts, meetings, context)
    return telling(request, doing, marked, accounts, meetings, context)


def telling(
    request: HttpRequest, doing: str, marked: Marked, accounts: list[Account], meetings, context: dict
) -> HttpResponse:
    """A participant, an issue, or evidence of a meeting."""
    told = list(dict.fromkeys(account.meeting for account in accounts))
    nearest = asked_for(request, accounts) or nearest_to(marked, accounts)
    given = sent(request)
    of = TellingForm(given, told=told, meetings=meetings, initial={"meeting": nearest.public_id if nearest else ""})
    meeting = of.found if of.is_valid() else nearest
    if doing == "evidence":
        form = EvidenceForm(given, meeting=meeting) if meeting else None
    else:
        others = {"participant": "participants", "issue": "agenda"}[doing]
        others = list(getattr(meeting, others).all()) if meeting else []
        form = ROWS[doing](given, others=others, initial={"name": " ".join(marked.quote.split())})
    if of.is_valid() and form and "look" not in request.POST and form.is_valid():
        reason = form.cleaned_data["reason"]
        if doing == "evidence":
            editing.cite(request.user, meeting, form.field, marked.cited, form.row, reason)
        else:
            editing.add_row(request.user, meeting, doing, form.value, reason, marked.cited)
        messages.success(request, f"Added to “{meeting.title}”, with this passage as evidence.")
        return redirect(meeting)
    if "look" in request.POST:
        form.errors.clear()
    return panel(request, context | {"of": of, "form": form}, "editing/mark.html")


def asked_for(request: HttpRequest, accounts: list[Account]) -> Meeting | None:
    asked = request.GET.get("meeting")
    return next((account.meeting for account in accounts if account.meeting.public_id == asked), None)


def nearest_to(marked: Marked, accounts: list[Account]) -> Meeting | None:
    """The meeting of the claim nearest before the passage, else after it."""
    claims = Evidence.objects.filter(account__in=accounts, revision=marked.revision).values_list("start", "account")
    by_distance = sorted(claims, key=lambda claim: (claim[0] > marked.start, abs(claim[0] - marked.start)))
    if not by_distance:
        return accounts[0].meeting if accounts else None
    return next(account.meeting for account in accounts if account.pk == by_distance[0][1])


def missed(request: HttpRequest, marked: Marked, context: dict) -> HttpResponse:
    """A meeting that the machine missed."""
    form = MissedForm(sent(request))
    parties = PartyFormSet(sent(request), initial=[{"name": name} for name in marked.people()], prefix="party")
    if request.method == "POST" and form.is_valid() and parties.is_valid():
        people = [party.value for party in parties if party.value]
        if not people:
            form.add_error(None, "Say who met: at least one name, post or country.")
        else:
            issues = [(value, marked.naming(value["name"])) for value in form.issue_values]
            named = [(value, marked.naming(value["name"])) for value in people]
            made = editing.add_meeting(
                request.user, marked.cited, form.values, named, issues, form.cleaned_data["reason"]
            )
            messages.success(request, "The meeting was added, with this passage as evidence.")
            return redirect(made)
    return panel(request, context | {"form": form, "parties": parties}, "editing/mark.html")


def moving(request: HttpRequest, marked: Marked, accounts: list[Account], meetings, context: dict) -> HttpResponse:
    """What a passage supports goes from one meeting to another."""
    here = Evidence.objects.filter(
        account__in=accounts, revision=marked.revision, start__gte=marked.start, start__lt=marked.end
    )
    supported = set(here.values_list("account", flat=True))
    sources = [account for account in accounts if account.pk in supported]
    form = PartingForm(sent(request), meetings=meetings)
    source = forms.ChoiceField(choices=[(str(one.pk), str(one.meeting)) for one in sources], label="From the meeting")
    form.fields["source"] = source
    form.order_fields(["source", "to"])
    if request.method == "POST" and form.is_valid():
        account = next(one for one in sources if str(one.pk) == form.cleaned_data["source"])
        to = form.cleaned_data["to"]
        if to == account.meeting:
            form.add_error("to", "This is the same meeting. Give another one, or nothing.")
        else:
            moved = editing.move(
                request.user, account, [(marked.cited, "")], to, form.values, form.cleaned_data["reason"]
            )
            messages.success(request, "Moved here." if to else f"Split off from “{account.meeting.title}”.")
            return redirect(moved)
    context |= {"form": form if sources else None, "nothing": not sources}
    return panel(request, context, "editing/mark.html")
