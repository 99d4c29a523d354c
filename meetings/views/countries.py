"""Countries, by part of the world, and a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..hits import CAP
from ..models import Country, Meeting
from ..prepared import first, prepared
from ..presentation.lanes import figures
from ..querysets import meeting_count
from ..relations import counterparts_by_decade, counterparts_by_year, most_frequent
from ..terms import Facet
from .pages import moved, paged, reached, respond
from .pictures import panel, panels

if TYPE_CHECKING:
    from ..querysets import User

FREQUENT = 12
ACTING = 60  # people among whom those who acted for the country are looked for


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "countries/index.html", {"countries": listed(request.user)})


@prepared
def listed(user: User) -> QuerySet:
    countries = Country.objects.visible_to(user).order_by("region", "name")
    return countries.only("key", "name", "region", "exists_to")


@require_safe
def country(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    record = first(shown(key.upper(), request.user)) or reached(Country.objects.none(), "country", key=key.upper())
    if answer := moved(request, record):
        return answer
    hits = visible.with_country(record).hits()
    if answer := panel(request, hits, record):
        return answer
    frequent = most_frequent(hits, {Facet.ISSUE: FREQUENT, Facet.PERSON: ACTING, Facet.COUNTRY: FREQUENT}, record)
    # Of more meetings than are looked at one by one the decades are counted ahead.
    few = not hits.more and hits.total <= CAP
    others = frequent[Facet.COUNTRY]
    met = counterparts_by_year(hits, others) if few else counterparts_by_decade(hits, others)
    matrix = figures(met, FREQUENT, step=10, more=max(0, len(hits.facets[Facet.COUNTRY]) - 1 - len(met)))
    context = {
        "country": record,
        "things": [record],
        "predecessors": [Country(**other) for other in record.before],
        "successors": [Country(**other) for other in record.after],
        "tally": hits.tally,
        "held_here": record.held_here,
        "matrix": matrix,
        "counterparts": [] if matrix.rows else frequent[Facet.COUNTRY],
        "delegates": [person for person in frequent[Facet.PERSON] if person.extra == record.key][:FREQUENT],
        "issues": frequent[Facet.ISSUE],
        "page": paged(request, hits, hits.total),
        "panels": panels(request, hits, record),
    }
    return respond(request, "countries/country.html", context, "listing")


@prepared
def shown(key: str, user: User) -> QuerySet:
    return with_surroundings(user).filter(key=key)


def with_surroundings(user: User) -> QuerySet:
    """Countries with ``held_here``, the number of the meetings held there, and the states ``before`` and ``after`` each."""
    named = JSONObject(key="key", name="name")
    return Country.objects.annotate(
        held_here=meeting_count(user, Facet.HOST, "place__country"),
        before=ArraySubquery(Country.objects.filter(successors=OuterRef("pk")).order_by("name").values(it=named)),
        after=ArraySubquery(Country.objects.filter(predecessors=OuterRef("pk")).order_by("name").values(it=named)),
    )
