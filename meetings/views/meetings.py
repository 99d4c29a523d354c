"""The list of meetings, which is the front page, and what is suggested while one asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..addresses import encoded
from ..asking.asked import asked_in
from ..asking.facets import facets
from ..asking.form import folded, inputs
from ..asking.links import Links
from ..asking.suggesting import suggestions
from ..pictures.picture import picture
from .pages import paged, respond, untidy

SORTS = {"newest": "Newest first", "oldest": "Oldest first"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if (query := folded(request.GET, request.user)) is not None:
        return redirect(f"{request.path}?{encoded(query)}" if query else request.path)
    if answer := untidy(request):
        return answer
    asked = asked_in(request.GET, request.user)
    links = Links(request.GET, asked)
    meetings = asked.meetings
    tally = meetings.tally()
    sort = request.GET.get("sort")
    sort = sort if sort in SORTS else "newest"
    context = {
        "asked": asked,
        "links": links,
        "words": asked.words,
        "inputs": inputs(asked.question),
        "tally": tally,
        "picture": picture(meetings, asked.question, asked.words, request.GET, tally),
        "facets": facets(links, meetings, tally),
        "page": paged(request, (meetings.oldest_first() if sort == "oldest" else meetings).for_list(), tally.total),
        "sorts": [
            (label, links.with_values(sort=name if name != "newest" else None), name == sort)
            for name, label in SORTS.items()
        ],
        "oldest": sort == "oldest",
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
