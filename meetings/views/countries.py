"""Countries, by part of the world, and a country."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Country, Meeting
from .pages import moved, paged, reached, respond

FREQUENT = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).order_by("region", "name")
    return render(request, "countries/index.html", {"countries": countries})


@require_safe
def country(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    record = reached(Country.objects.all(), "country", key=key.upper())
    if answer := moved(request, record):
        return answer
    visible = Meeting.objects.visible_to(request.user)
    meetings = visible.with_country(record)
    tally = meetings.tally()
    context = {
        "country": record,
        "predecessors": record.predecessors.all(),
        "successors": record.successors.all(),
        "tally": tally,
        "held_here": visible.held_in(record).count(),
        "counterparts": meetings.countries().exclude(pk=record.pk)[:FREQUENT],
        "delegates": meetings.people().filter(participants__country=record)[:FREQUENT],
        "issues": meetings.issues()[:FREQUENT],
        "page": paged(request, meetings.hits(), tally.total),
    }
    return respond(request, "countries/country.html", context, "listing")
