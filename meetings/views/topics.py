"""The topic tree, and a topic: a theme or one of its issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..conditions import among
from ..hits import CAP
from ..models import Evidence, Issue, Meeting, Statement
from ..prepared import first, prepared
from ..presentation.lanes import figures
from ..relations import Said, by_year, most_frequent, said_on
from ..terms import Facet
from .pages import paged, reached, respond

if TYPE_CHECKING:
    from ..querysets import User

FREQUENT = 12
SPEAKING = 10  # countries whose positions are counted
SAID = 12  # statements shown
NOBODY = "-"  # in an address, statements for nobody's country


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "topics/index.html", {"issues": listed(request.user)})


@prepared
def listed(user: User) -> QuerySet:
    return Issue.objects.visible_to(user).select_related("theme").order_by("theme__name", "name")


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """``?said=KEY&year=YEAR`` shows what was said for one country in one year, instead of what was said last."""
    record = first(shown(key, request.user)) or reached(Issue.objects.none(), "topic", key=key)
    if record.merged_into:
        return redirect(record.merged_into)
    hits = Meeting.objects.visible_to(request.user).about(record).hits()
    said = said_on(record, hits.ranked, request.user)
    asked, chosen = asked_for(said, request.GET)
    frequent = most_frequent(hits, {Facet.COUNTRY: FREQUENT, Facet.PERSON: FREQUENT})
    context = {
        "topic": record,
        "things": [record],
        "siblings": record.siblings,
        "tally": hits.tally,
        "countries": frequent[Facet.COUNTRY],
        "people": frequent[Facet.PERSON],
        "positions": figures(by_year(said), SPEAKING),
        "said": statements([each.pk for each in asked[:SAID]]),
        "looked_at": len(hits.ranked) if hits.more or hits.total > CAP else 0,
        "chosen": chosen,
        "page": paged(request, hits, hits.total),
    }
    return respond(request, "topics/topic.html", context, "listing")


@prepared
def shown(key: str, user: User) -> QuerySet:
    return with_siblings(user).filter(key=key)


def with_siblings(user: User) -> QuerySet:
    """Topics with ``siblings``: a theme's issues, or an issue's others in its theme, as {key, name, n}."""
    others = Issue.objects.visible_to(user).filter(Q(theme=OuterRef("theme")) | Q(theme=OuterRef("pk")))
    told = (
        others.exclude(pk=OuterRef("pk"))
        .order_by("name")
        .values(it=JSONObject(key="key", name="name", n="meeting_count"))
    )
    return Issue.objects.select_related("theme", "merged_into").annotate(siblings=ArraySubquery(told))


def asked_for(said: list[Said], query: QueryDict) -> tuple[list[Said], str]:
    """What was said for the country and in the years asked for, and that country, in capitals."""
    key, years = query.get("said", "").upper(), [query.get(name, "") for name in ("from", "to")]
    if key:
        said = [each for each in said if each.country == ("" if key == NOBODY else key)]
    if all(year.isascii() and year.isdecimal() and len(year) == 4 for year in years):
        first, last = map(int, years)
        said = [each for each in said if each.year is not None and first <= each.year <= last]
    return said, key


def statements(numbers: list[int]) -> list[Statement]:
    """The statements, each with ``claim``: the number of its surest evidence."""
    rows = {statement.pk: statement for statement in with_claims(numbers)} if numbers else {}
    return [rows[number] for number in numbers if number in rows]


@prepared
def with_claims(numbers: list[int]) -> QuerySet:
    surest = Evidence.objects.filter(statement=OuterRef("pk")).order_by("-confidence", "pk").values("pk")[:1]
    told = Statement.objects.filter(among(numbers)).order_by().annotate(claim=Subquery(surest))
    return told.select_related("country", "person", "issue", "account__meeting").only(*TOLD)


TOLD = (
    *("kind", "text", "speaker", "country__name", "person__name", "issue__key", "issue__name"),
    *(f"account__meeting__{name}" for name in ("public_id", "title", "date")),
)
