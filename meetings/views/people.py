"""People: the list, and a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ..conditions import of_records_of
from ..filters import PersonFilter
from ..models import Meeting, Person, PersonName, Position
from ..prepared import first, prepared
from ..relations import most_frequent, statements_by
from ..roles import is_editor
from ..search import MOST
from ..terms import Facet
from .pages import moved, paged, reached, respond, untidy
from .pictures import panel, panels
from .relations import together
from .topics import statements

if TYPE_CHECKING:
    from ..roles import User

PER_PAGE = 60
FREQUENT = 10
SAID = 6  # statements shown; on a topic that is asked for,
SAID_ON = 60
SAID_IN = 100  # the person's latest meetings, in which statements are looked for unless a topic is asked for


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    people = Person.objects.visible_to(request.user).select_related("country")
    by_name = request.GET.get("sort") == "name"
    asked = PersonFilter(request.GET, people.order_by("name"))
    if asked.data.get("q"):
        text = asked.form.cleaned_data.get("q") if asked.is_valid() else ""
        page = paged(request, people.named_like(text, MOST) if text else asked.qs, per_page=PER_PAGE)
    else:
        page = paged(request, Person.objects.most_met(request.user), per_page=PER_PAGE)
        if by_name:
            page = paged(request, asked.qs, page.paginator.count, PER_PAGE)
    context = {"asked": asked, "page": page, "by_name": by_name}
    return respond(request, "people/index.html", context, "results")


@require_safe
def person(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """``?said=KEY`` shows what they said on one topic, instead of what they said last."""
    record = first(shown(pk, request.user)) or reached(visible_to(request.user), "person", pk=pk)
    if record.merged_into:
        return redirect(record.merged_into)
    if answer := moved(request, record):
        return answer
    meetings = Meeting.objects.visible_to(request.user).with_person(record)
    hits = meetings.hits()
    if answer := panel(request, hits, record):
        return answer
    on = request.GET.get("said", "")
    looked_at = hits.ranked if on else hits.numbers(0, SAID_IN)
    said = statements_by(record.pk, looked_at, request.user)
    chosen = [number for number, key, _ in said if key == on] if on else [number for number, *_ in said]
    limits = {Facet.PERSON: FREQUENT, Facet.COUNTRY: FREQUENT, Facet.ISSUE: FREQUENT, Facet.PLACE: FREQUENT}
    frequent = most_frequent(hits, limits, without=record)
    context = {
        "person": record,
        "things": [record],
        "names": [name for name in record.spellings if name != record.name],
        "positions": once(record.terms),
        "tally": hits.tally,
        "met": [(other, together(record, other)) for other in frequent[Facet.PERSON]],
        "countries": frequent[Facet.COUNTRY],
        "issues": frequent[Facet.ISSUE],
        "places": frequent[Facet.PLACE],
        "said": statements(chosen[: SAID_ON if on else SAID]),
        "said_in_all": len(said),
        "said_more": hits.total > len(looked_at),
        "subjects": Counter((key, name) for _, key, name in said if key).most_common(FREQUENT),
        "on": on,
        "page": paged(request, hits, hits.total),
        "panels": panels(request, hits, record),
    }
    return respond(request, "people/person.html", context, "listing")


def visible_to(user: User) -> QuerySet:
    # Who merges and corrects people sees those too whom only the tables of offices name.
    people = Person.objects if is_editor(user) else Person.objects.known_to(user)
    return with_life(people.select_related("merged_into__country", "country"))


@prepared
def shown(pk: int, user: User) -> QuerySet:
    return visible_to(user).filter(pk=pk)


def with_life(people: QuerySet) -> QuerySet:
    """Annotates ``spellings`` of the name, and ``terms``: offices held as {title, start, end, country, body}, in order.

    Those of merged records are the person's too.
    """
    theirs = of_records_of("pk")
    held = Position.objects.filter(theirs).order_by("start", "title")
    told = {"title": "title", "start": "start", "end": "end", "country": "country__name", "body": "organisation__name"}
    return people.annotate(
        spellings=ArraySubquery(PersonName.objects.filter(theirs).order_by("name").values("name").distinct()),
        terms=ArraySubquery(held.values(term=JSONObject(**told))),
    )


def once(terms: list[dict]) -> list[dict]:
    """Each office once, though several records of a person name it."""
    return [term for at, term in enumerate(terms) if term not in terms[:at]]
