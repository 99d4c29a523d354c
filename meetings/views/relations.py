"""What there was between two countries or two people: every encounter, what about, where, and who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import relations
from ..asking.language import Term
from ..hits import Hits
from ..models import Country, Meeting, Person
from ..prepared import prepared
from ..presentation.lanes import FORMS, figures, lanes, media, years
from ..resolution.names import fold
from .pages import paged, reached, respond

if TYPE_CHECKING:
    from ..roles import User

ISSUES = 15
CANDIDATES = 12
BIGGEST = 2**31 - 1  # number of a row


@require_safe
def countries(request: HttpRequest, one: str, other: str) -> HttpResponse:
    keys = sorted((one.upper(), other.upper()))
    if keys[0] == keys[1]:
        return redirect("country", key=keys[0].lower())
    if [one, other] != [key.lower() for key in keys]:
        return redirect("relation", *(key.lower() for key in keys))
    found = Country.objects.in_bulk(keys)
    parties = [found.get(key) or reached(Country.objects.none(), "country", key=key) for key in keys]
    hits = Meeting.objects.visible_to(request.user).with_country(*parties).hits()
    context = between(request, parties, hits) | {"pairs": relations.pairs(hits.ranked, *parties)}
    return respond(request, "relations/relation.html", context, "listing")


@require_safe
def people(request: HttpRequest, pk: int, other_pk: int, slug: str = "", other_slug: str = "") -> HttpResponse:
    found = {person.pk: person.merged_into or person for person in both(pk, other_pk, request.user)}
    parties = [found.get(key) or reached(Person.objects.none(), "person", pk=key) for key in (pk, other_pk)]
    parties.sort(key=lambda person: person.pk)
    if parties[0] == parties[1]:
        return redirect(parties[0])
    address = together(*parties)
    if request.path != address:
        return redirect(f"{address}?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else address)
    hits = Meeting.objects.visible_to(request.user).with_person(*parties).hits()
    context = between(request, parties, hits) | {
        "company": relations.company(hits.ranked, (parties[0].pk, parties[1].pk))
    }
    return respond(request, "relations/relation.html", context, "listing")


@prepared
def both(one: int, other: int, user: User) -> QuerySet:
    return Person.objects.known_to(user).filter(pk__in=(one, other))


@require_safe
def choose(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Whom the person is to be seen with: ``?name=`` in any spelling, or as suggestions write it: ``John Kerry #417``."""
    record = reached(Person.objects.known_to(request.user), "person", pk=pk)
    asked = Term("with", request.GET.get("name", "").strip())
    if asked.id and (other := Person.objects.known_to(request.user).filter(pk=min(asked.id, BIGGEST)).first()):
        return redirect(together(record, other))
    name = asked.name
    near = Person.objects.visible_to(request.user).named_like(name, CANDIDATES) if name else []
    near = [other for other in near if other != record]
    exact = [other for other in near if fold(other.name) == fold(name)]
    if len(near) == 1 or len(exact) == 1:
        return redirect(together(record, (exact or near)[0]))
    candidates = [(other, together(record, other)) for other in near]
    return render(request, "relations/choose.html", {"person": record, "name": name, "candidates": candidates})


def together(one: Person, other: Person) -> str:
    """The address of what is between two people."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    return f"{first.get_absolute_url()}with/{second.get_absolute_url().removeprefix(reverse('people'))}"


def relation(parties: Sequence[Person | Country]) -> str:
    """The address of what is between two parties; "" for any other number of them."""
    match parties:
        case [Person() as one, Person() as other]:
            return together(one, other)
        case [Country() as one, Country() as other]:
            return reverse("relation", args=sorted(country.key.lower() for country in (one, other)))
    return ""


def between(request: HttpRequest, parties: list, hits: Hits) -> dict:
    if hits.total <= relations.DRAWN:
        found = relations.encounters(hits.ranked)
        moments = [(each.earliest, each.latest, each.date, each.medium, each.status) for each in found]
    else:
        found, moments = [], relations.moments(hits.ranked)
    told = relations.history(moments, hits.more)
    drawn = [meeting for meeting in found if meeting.earliest]
    picture = lanes(told, drawn)
    issues, more = relations.issues_by_year(hits.ranked, ISSUES)
    return {
        "parties": parties,
        "history": told,
        "silence": next(iter(told.silences), None),
        "years": years(told),
        "forms": list(FORMS.values()),
        "lanes": picture,
        "media": media(dot for lane in picture for dot in lane.dots),
        "drawn": drawn,
        "issues": figures(issues, ISSUES, more=more),
        "places": relations.places(hits.ranked),
        "tally": told,
        "page": paged(request, hits, hits.total),
    }
