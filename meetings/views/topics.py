"""The topic tree, and a topic: a theme or one of its issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..hits import CAP
from ..models import Evidence, Issue, Meeting, Statement
from ..presentation.lanes import figures
from ..relations import most_frequent, statements_by_year, statements_on
from ..terms import Facet
from .pages import paged, reached, respond

if TYPE_CHECKING:
    from ..querysets import User

FREQUENT = 12
SPEAKING = 10  # countries whose positions are counted
SAID = 12  # statements shown
NEWEST = 100  # meetings among which those are looked for first
NOBODY = "-"  # in an address, statements for nobody's country


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    issues = Issue.objects.visible_to(request.user).select_related("theme").order_by("theme__name", "name")
    return render(request, "topics/index.html", {"issues": issues})


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """``?said=KEY&year=YEAR`` shows what was said for one country in one year, instead of what was said last."""
    record = reached(with_siblings(request.user), "topic", key=key)
    if record.merged_into:
        return redirect(record.merged_into)
    hits = Meeting.objects.visible_to(request.user).about(record).hits()
    statements = statements_on(record, hits.ranked, request.user)
    said, chosen = latest(statements_on(record, hits.ranked[:NEWEST], request.user), request.GET)
    if len(said) < SAID:  # by few, or of long ago
        said, chosen = latest(statements, request.GET)
    frequent = most_frequent(hits, {Facet.COUNTRY: FREQUENT, Facet.PERSON: FREQUENT})
    context = {
        "topic": record,
        "things": [record],
        "siblings": record.siblings,
        "tally": hits.tally,
        "countries": frequent[Facet.COUNTRY],
        "people": frequent[Facet.PERSON],
        "positions": figures(statements_by_year(statements), SPEAKING),
        "said": said,
        "looked_at": len(hits.ranked) if hits.more or hits.total > CAP else 0,
        "chosen": chosen,
        "page": paged(request, hits, hits.total),
    }
    return respond(request, "topics/topic.html", context, "listing")


def with_siblings(user: User) -> QuerySet:
    """Topics with ``siblings``: a theme's issues, or an issue's others in its theme, as {key, name, n}."""
    others = Issue.objects.visible_to(user).filter(Q(theme=OuterRef("theme")) | Q(theme=OuterRef("pk")))
    told = (
        others.exclude(pk=OuterRef("pk"))
        .order_by("name")
        .values(it=JSONObject(key="key", name="name", n="meeting_count"))
    )
    return Issue.objects.select_related("theme", "merged_into").annotate(siblings=ArraySubquery(told))


def latest(statements: QuerySet, query: QueryDict) -> tuple[list[Statement], str]:
    """The latest statements, of the country and years asked for, each with ``claim``: the number of its surest evidence; and the
    country asked for, in capitals."""
    key, years = query.get("said", "").upper(), [query.get(name, "") for name in ("from", "to")]
    if key == NOBODY:
        statements = statements.filter(country=None)
    elif key:
        statements = statements.filter(country__key=key) if key.isalnum() else statements.none()
    if all(year.isascii() and year.isdecimal() and len(year) == 4 for year in years):
        statements = statements.filter(account__meeting__earliest__year__range=years)
    surest = Evidence.objects.filter(statement=OuterRef("pk")).order_by("-confidence", "pk").values("pk")[:1]
    rows = (
        statements.annotate(claim=Subquery(surest))
        .select_related("country", "person", "account__meeting", "document")
        .order_by(F("account__meeting__earliest").desc(nulls_last=True), "account", "order")
    )
    return list(rows[:SAID]), key
