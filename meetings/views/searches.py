"""Searches that a reader keeps, and the feed of a search, which needs no account."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..asking.asked import asked_in
from ..asking.form import BESIDE
from ..models import SavedSearch
from ..roles import account_required
from ..taking.feed import feed as made
from .pages import said, unfolded
from .taking import site

KEPT = tuple(name for name in BESIDE if name != "page")
MOST = 200  # searches that somebody may keep


@never_cache
@account_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The searches that one keeps; with a question in the address, the form that saves it."""
    if request.method == "POST":
        return save(request)
    query = kept(request.GET)
    searches = list(request.user.searches.all())
    asked = asked_in(request.GET, request.user) if query else None
    names = {search.query: search.name for search in searches}
    context = {
        "searches": [(search, QueryDict(search.query)) for search in searches],
        "query": query,
        "asked": asked,
        "name": names.get(query) or (asked.words[:1].upper() + asked.words[1:200] if asked else ""),
    }
    return render(request, "searches/index.html", context)


def save(request: HttpRequest) -> HttpResponse:
    """The same question again is the same search under a new name."""
    query = kept(QueryDict(request.POST.get("query", "")))
    name = " ".join(said(request, "name").split())
    if not query or not name or len(query) > SavedSearch._meta.get_field("query").max_length:
        messages.error(request, "Nothing was saved: a search needs a question and a name.")
    elif request.user.searches.exclude(query=query).count() >= MOST:
        messages.error(request, f"Nothing was saved: you keep {MOST} searches. Delete one that you no longer need.")
    else:
        request.user.searches.update_or_create(query=query, defaults={"name": name[:200]})
        messages.success(request, f"Saved: {name[:200]}")
    return redirect("searches")


def kept(query: QueryDict) -> str:
    """The question of an address, and how it is looked at; "" for no question."""
    clean = QueryDict(mutable=True)
    for name in KEPT:
        if value := query.get(name, "").strip():
            clean[name] = value
    return clean.urlencode(safe=":") if "q" in clean else ""


@account_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(request.user.searches, pk=pk)
    search.delete()
    messages.success(request, f"Deleted: {search.name}")
    return redirect("searches")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What everybody may see: the same for all, signed in or not, so that any cache may keep it for a while."""
    if answered := unfolded(request):
        return answered
    text = made(request.GET, site(request)).writeString("utf-8")
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = quote_etag(hashlib.sha256(text.encode()).hexdigest())
    patch_cache_control(response, public=True, max_age=900)
    return get_conditional_response(request, etag=response["ETag"], response=response)
