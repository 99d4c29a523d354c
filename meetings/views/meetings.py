"""The list of meetings, which is the front page, and what is suggested while one asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..asking.asked import Asked, asked_in
from ..asking.facets import facets
from ..asking.form import inputs
from ..asking.links import Links
from ..asking.relevance import snippets
from ..asking.suggesting import suggestions
from ..models import Collection, Meeting
from ..pictures.picture import picture
from ..prepared import first, prepared
from ..storage import SAMPLES
from ..wording import counted
from .pages import paged, respond, unfolded, untidy

if TYPE_CHECKING:
    from ..querysets import User

SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "accounts": "Most accounts first",
    "relevance": "Best match first",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := unfolded(request) or untidy(request):
        return answer
    asked = asked_in(request.GET, request.user)
    links = Links(request.GET, asked)
    sort, offered = ordered(request.GET.get("sort"), asked.looked_for)
    hits = asked.hits(sort)
    drawn = picture(hits, asked.question, asked.words, request.GET)
    page = paged(request, [] if drawn else hits, 0 if drawn else hits.total)
    mark(page, asked)
    context = {
        "asked": asked,
        "links": links,
        "words": asked.words,
        "inputs": inputs(asked.question),
        "found": counted(hits.total, "meeting", more=hits.more),
        "tally": hits.tally,
        "picture": drawn,
        "facets": facets(links, hits),
        "page": page,
        "sorts": [(label, links.with_values(sort=value), name == sort) for name, label, value in offered],
        "sort": sort,
        "samples": None if asked.words else first(samples(request.user)),
    }
    return respond(request, "meetings/index.html", context, "results")


@prepared
def samples(user: User) -> QuerySet:
    return Collection.objects.visible_to(user).filter(name=SAMPLES)


def ordered(asked: str | None, words: str) -> tuple[str, list[tuple[str, str, str | None]]]:
    """The order of the list, and those that are offered: name, label, value in addresses. By relevance only where words are looked for."""
    names = [name for name in SORTS if words or name != "relevance"]
    sort = asked if asked in names else "newest"
    return sort, [(name, SORTS[name], name if name != "newest" else None) for name in names]


def mark(page: Iterable[Meeting], asked: Asked) -> None:
    """Give each meeting of a page the passage that shows why it is there."""
    meetings = list(page)
    found = snippets(meetings, asked.looked_for, asked.user)
    for meeting in meetings:
        meeting.snippet = found.get(meeting.pk)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for what is being typed: values of a field, or of any where no field is named."""
    text = request.GET.get("q", "")
    found = suggestions(request.GET.get("field", ""), text, request.user)
    response = render(request, "meetings/suggestions.html", {"suggestions": found, "text": text})
    patch_vary_headers(response, ["Cookie"])
    return response
