"""Records that may be one: suggested pairs, a record with its candidates, what merging some would do; merging, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..merging.kind import Impossible, Kind
from ..merging.kinds import KINDS
from ..models import Judgement
from ..roles import editor_required
from .pages import paged, respond, row_number, said

FOUND = 12  # records that a search lists
LISTS = {
    "": "Suggested",
    "unsure": "Unsure",
    "same": "Merged",
    "different": "Not the same",
}


@require_safe
@editor_required
def start(request: HttpRequest) -> HttpResponse:
    return redirect("merging", next(iter(KINDS)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def merging(request: HttpRequest, name: str) -> HttpResponse:
    """``?ids=`` names records, apart or with commas: none asks for the list, one for its candidates, several for what merging them
    would do. ``?list=`` shows what was decided; ``?q=`` looks for another record; ``?stays=`` says which would remain.
    """
    kind = KINDS.get(name)
    if kind is None:
        raise Http404("Only people, meetings, topics and places can be merged.")
    query = request.POST if request.method == "POST" else request.GET
    ids = [each.strip() for value in query.getlist("ids") for each in value.split(",") if each.strip()]
    records = kind.get(ids)
    if request.method == "POST":
        return decide(request, kind, records)
    if ids and not records:
        raise Http404(f"There is no {kind.one} of this number.")
    context = {"kind": kind, "kinds": KINDS.values(), "ids": ",".join(map(kind.id, records))}
    if len(records) > 1:
        return preview(request, kind, records, context)
    if records:
        return candidates(request, kind, records[0], context)
    return pairs(request, kind, context)


def pairs(request: HttpRequest, kind: Kind, context: dict) -> HttpResponse:
    shown = request.GET.get("list", "")
    shown = shown if shown in LISTS else ""
    if shown in {"", "unsure"}:
        found = [named(kind, pair) for pair in kind.suggested() if pair.unsure == bool(shown)]
        if shown:
            suggested = {frozenset((pair["pair"].one, pair["pair"].other)) for pair in found}
            rest = [each for each in kind.decided(shown) if frozenset((each.one, each.other)) not in suggested]
            context["decided"] = rest
    else:
        found = []
        context["decided"] = kind.decided(shown)
    context |= {"shown": shown, "lists": LISTS.items(), "page": paged(request, found, len(found))}
    return respond(request, "merging/index.html", context, "results")


def named(kind: Kind, pair) -> dict:
    ids = [kind.id(pair.one), kind.id(pair.other)]
    words = [kind.described(pair.one), kind.described(pair.other)]
    return {"pair": pair, "ids": ",".join(ids), "one": words[0], "other": words[1]}


def candidates(request: HttpRequest, kind: Kind, record: Model, context: dict) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    context |= {
        "record": record,
        "text": text,
        "found": [
            (other, kind.id(other), kind.described(other)) for other in kind.search(text, FOUND) if other != record
        ],
    }
    if not request.htmx:
        context |= {
            "described": kind.described(record),
            "pairs": [named(kind, pair) for pair in kind.candidates(record)],
            "decided": kind.decided_on(record),
            "address": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
        }
    return respond(request, "merging/one.html", context, "found")


def preview(request: HttpRequest, kind: Kind, records: Sequence[Model], context: dict) -> HttpResponse:
    stays = next((each for each in records if kind.id(each) == request.GET.get("stays")), None) or records[0]
    gone = [each for each in records if each != stays]
    try:
        context["preview"] = kind.preview(stays, gone)
        kind.check_size(gone)
    except Impossible as error:
        context["impossible"] = str(error)
    context |= {
        "heads": [(each, kind.id(each), kind.described(each)) for each in (stays, *gone)],
        "name": request.GET.get("name") or getattr(stays, "title", getattr(stays, "name", "")),
    }
    return respond(request, "merging/preview.html", context, "choices")


# Decisions


def decide(request: HttpRequest, kind: Kind, records: Sequence[Model]) -> HttpResponse:
    """What was pressed: merge, different, unsure, or undo of a decision."""
    wanted, reason = request.POST.get("do", ""), said(request, "reason")
    try:
        match wanted:
            case "merge":
                return merge(request, kind, records, reason)
            case "different" | "unsure":
                return keep_apart(request, kind, records, wanted, reason)
            case "undo":
                return undo(request, kind)
    except Impossible as error:
        messages.error(request, str(error))
        return redirect(address(kind, records))
    messages.error(request, "Nothing was chosen. Press one of the buttons.")
    return redirect(address(kind, records))


def merge(request: HttpRequest, kind: Kind, records: Sequence[Model], reason: str) -> HttpResponse:
    stays = next((each for each in records if kind.id(each) == request.POST.get("stays")), None)
    if stays is None:
        raise Impossible("Say which record stays.")
    gone = [each for each in records if each != stays]
    kind.check_size(gone)
    done = kind.merge(request.user, stays, gone, reason, said(request, "name"))
    messages.success(request, f"{listed(gone)} {'is' if len(gone) == 1 else 'are'} now one with {done.record}.")
    for note in done.notes:
        messages.warning(request, note)
    return redirect(address(kind, [done.record]))


def keep_apart(request: HttpRequest, kind: Kind, records: Sequence[Model], verb: str, reason: str) -> HttpResponse:
    if len(records) < 2:
        raise Impossible("Choose two records.")
    first, *others = records
    for other in others:
        kind.judge(request.user, first, other, verb, reason)
    noted = "not the same; it is not asked about again" if verb == "different" else "unsure; it is listed apart"
    if request.htmx:
        return render(request, "merging/index.html#judged", {"one": first, "other": listed(others), "noted": noted})
    messages.success(request, f"{first} and {listed(others)}: noted as {noted}.")
    return redirect(address(kind, []))


def undo(request: HttpRequest, kind: Kind) -> HttpResponse:
    judgement = Judgement.objects.filter(pk=row_number(said(request, "judgement"))).first()
    if judgement is None:
        raise Impossible("There is no such decision.")
    done = kind.undo(request.user, judgement)
    messages.success(
        request,
        f"Taken back: {done.record} stands for itself again." if not done.notes else "Taken back, but for this:",
    )
    for note in done.notes:
        messages.warning(request, note)
    return redirect(address(kind, [done.record] if done.record else []))


def address(kind: Kind, records: Sequence[Model]) -> str:
    page = reverse("merging", args=[kind.name])
    return f"{page}?{urlencode({'ids': ','.join(map(kind.id, records))}, safe=',')}" if records else page


def listed(records: Sequence[Model]) -> str:
    *most, last = map(str, records)
    return f"{', '.join(most)} and {last}" if most else last
