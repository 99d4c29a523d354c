"""The topic tree, and a topic: a theme or one of its issues."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Issue, Meeting
from .pages import paged, reached, respond

FREQUENT = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    issues = Issue.objects.visible_to(request.user).select_related("theme").order_by("theme__name", "name")
    return render(request, "topics/index.html", {"issues": issues})


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    record = reached(Issue.objects.select_related("theme"), "topic", key=key)
    meetings = Meeting.objects.visible_to(request.user).about(record)
    tally = meetings.tally()
    siblings = record.theme.issues.exclude(pk=record.pk) if record.theme else record.issues.all()
    context = {
        "topic": record,
        "siblings": Issue.objects.visible_to(request.user).filter(pk__in=siblings.values("pk")),
        "tally": tally,
        "countries": meetings.countries()[:FREQUENT],
        "people": meetings.people()[:FREQUENT],
        "page": paged(request, meetings.hits(), tally.total),
    }
    return respond(request, "topics/topic.html", context, "listing")
