"""Countries, by part of the world, and a country."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Country, Meeting, Participant, Person
from ..presentation.lanes import figures
from ..querysets import MeetingQuerySet
from ..relations import counterparts_by_decade, most_frequent
from ..terms import Facet
from .pages import moved, paged, reached, respond

FREQUENT = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).order_by("region", "name")
    return render(request, "countries/index.html", {"countries": countries})


@require_safe
def country(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    record = reached(with_surroundings(visible), "country", key=key.upper())
    if answer := moved(request, record):
        return answer
    meetings = visible.with_country(record)
    hits = meetings.hits()
    context = {
        "country": record,
        "things": [record],
        "predecessors": [Country(**other) for other in record.before],
        "successors": [Country(**other) for other in record.after],
        "tally": hits.tally,
        "held_here": record.held_here or 0,
        "matrix": figures(counterparts_by_decade(meetings, record), FREQUENT, step=10),
        "delegates": delegates(meetings, record),
        "issues": most_frequent(hits, {Facet.ISSUE: FREQUENT})[Facet.ISSUE],
        "page": paged(request, hits, hits.total),
    }
    return respond(request, "countries/country.html", context, "listing")


def with_surroundings(meetings: MeetingQuerySet) -> QuerySet:
    """Countries with ``held_here``, the number of the meetings held there, and the states ``before`` and ``after`` each."""
    held = meetings.filter(place__country=OuterRef("pk")).order_by().values("place__country").values(n=Count("pk"))
    named = JSONObject(key="key", name="name")
    return Country.objects.annotate(
        held_here=Subquery(held),
        before=ArraySubquery(Country.objects.filter(successors=OuterRef("pk")).order_by("name").values(it=named)),
        after=ArraySubquery(Country.objects.filter(predecessors=OuterRef("pk")).order_by("name").values(it=named)),
    )


def delegates(meetings: MeetingQuerySet, country: Country) -> list[Person]:
    """Who acted for the country in these meetings most, with the number of their meetings as ``n``."""
    acted = Participant.objects.filter(person=OuterRef("pk"), country=country)
    return list(meetings.people().filter(Exists(acted))[:FREQUENT])
