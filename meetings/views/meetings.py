"""The list of meetings, which is the front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from .. import search
from ..addresses import having
from ..filters import MeetingFilter, facets
from ..models import Meeting, Person
from .pages import paged, respond, untidy

TYPED = {"q", "with", "after", "before", "page"}  # what the form has fields for, or starts afresh


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    name, candidates = request.GET.get("with", ""), []
    if name:
        candidates = search.suggestions(Person.objects.visible_to(request.user), name)
        if person := search.meant(candidates, name):
            return redirect(request.path + having(request.GET, "person", str(person.pk)))
    asked = MeetingFilter(request.GET, Meeting.objects.visible_to(request.user), request=request)
    meetings = asked.qs
    tally = meetings.tally()
    oldest = request.GET.get("sort") == "oldest"
    context = {
        "asked": asked,
        "words": asked.in_words(),
        "kept": [(key, value) for key, values in request.GET.lists() if key not in TYPED for value in values],
        "tally": tally,
        "facets": facets(asked, meetings, tally),
        "page": paged(request, (meetings.oldest_first() if oldest else meetings).for_list(), tally.total),
        "oldest": oldest,
        "name": name,
        "candidates": [(person, having(request.GET, "person", str(person.pk))) for person in candidates],
    }
    return respond(request, "meetings/index.html", context, "results")
