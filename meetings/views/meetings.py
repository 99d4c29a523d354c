"""The list of meetings, which is the front page, and what is suggested while one asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..asking.asked import asked_in
from ..asking.facets import facets
from ..asking.form import inputs
from ..asking.links import Links
from ..asking.suggesting import suggestions
from ..pictures.picture import picture
from .pages import paged, respond, unfolded, untidy

SORTS = {"newest": "Newest first", "oldest": "Oldest first", "accounts": "Most accounts first"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := unfolded(request) or untidy(request):
        return answer
    asked = asked_in(request.GET, request.user)
    links = Links(request.GET, asked)
    meetings = asked.meetings
    sort = request.GET.get("sort")
    sort = sort if sort in SORTS else "newest"
    hits = meetings.hits(sort)
    context = {
        "asked": asked,
        "links": links,
        "words": asked.words,
        "inputs": inputs(asked.question),
        "tally": hits.tally,
        "picture": picture(meetings, asked.question, asked.words, request.GET, hits.tally),
        "facets": facets(links, hits),
        "page": paged(request, hits, hits.total),
        "sorts": [
            (label, links.with_values(sort=name if name != "newest" else None), name == sort)
            for name, label in SORTS.items()
        ],
        "sort": sort,
    }
    return respond(request, "meetings/index.html", context, "results")


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for what is being typed: values of a field, or of any where no field is named."""
    text = request.GET.get("q", "")
    found = suggestions(request.GET.get("field", ""), text, request.user)
    response = render(request, "meetings/suggestions.html", {"suggestions": found, "text": text})
    patch_vary_headers(response, ["Cookie"])
    return response
