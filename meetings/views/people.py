"""People: the list, a person, and the type-ahead over names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from .. import search
from ..filters import PersonFilter
from ..models import Meeting, Person
from .pages import moved, paged, reached, respond, untidy

PER_PAGE = 60
FREQUENT = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    people = Person.objects.visible_to(request.user).select_related("country")
    by_name = request.GET.get("sort") == "name"
    asked = PersonFilter(request.GET, people.order_by(*(["name"] if by_name else ["-meeting_count", "name"])))
    context = {"asked": asked, "page": paged(request, asked.qs, per_page=PER_PAGE), "by_name": by_name}
    return respond(request, "people/index.html", context, "results")


@require_safe
def person(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    record = reached(Person.objects.known_to(request.user), "person", pk=pk)
    if record.merged_into:
        record = record.merged_into
    if answer := moved(request, record):
        return answer
    meetings = Meeting.objects.visible_to(request.user).with_person(record)
    tally = meetings.tally()
    context = {
        "person": record,
        "names": [name.name for name in record.names.all() if name.name != record.name],
        "positions": record.positions.select_related("country", "organisation"),
        "tally": tally,
        "met": meetings.people().exclude(pk=record.pk)[:FREQUENT],
        "countries": meetings.countries()[:FREQUENT],
        "issues": meetings.issues()[:FREQUENT],
        "page": paged(request, meetings.hits(), tally.total),
    }
    return respond(request, "people/person.html", context, "listing")


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for the type-ahead: people whose name, in any spelling, resembles what was typed."""
    people = Person.objects.visible_to(request.user).select_related("country")
    text = request.GET.get("q", "")
    response = render(request, "people/suggestions.html", {"people": search.suggestions(people, text), "text": text})
    patch_vary_headers(response, ["Cookie"])
    return response
