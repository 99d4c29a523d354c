"""Lists to take home: the rows of a question as a file, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from ..asking.asked import Asked, asked_in
from ..filters import DocumentFilter, PersonFilter
from ..hits import NEWEST
from ..models import Country, Document, Issue, Person
from ..taking import documents as document_values
from ..taking import meetings as meeting_values
from ..taking import people as person_values
from ..taking import rows as row_values
from ..taking import world
from ..taking.formats import MOST, csv_lines, file_name, json_lines
from .pages import unfolded

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}

# As the list is sorted.
ORDERS = {
    "oldest": (F("earliest").asc(nulls_last=True), "pk"),
    "accounts": (F("account_count").desc(), *NEWEST),
}


@require_safe
def meetings(request: HttpRequest, form: str) -> HttpResponseBase:
    if answered := unfolded(request):
        return answered
    name, rows = asked_for(request, "meetings")
    return answer(name, form, meeting_values.values(rows, request.user, site(request)), meeting_values.COLUMNS)


@require_safe
def participants(request: HttpRequest, form: str) -> HttpResponseBase:
    """Who took part in the meetings of a question, a line each."""
    if answered := unfolded(request):
        return answered
    name, rows = asked_for(request, "participants")
    present = row_values.participants(rows, request.user, site(request))
    return answer(name, form, present, row_values.PARTICIPANT_COLUMNS)


@require_safe
def statements(request: HttpRequest, form: str) -> HttpResponseBase:
    """What was said in the meetings of a question; ``?speaker=`` of one person alone, by number."""
    if answered := unfolded(request):
        return answered
    speaker = request.GET.get("speaker", "")
    number = int(speaker) if speaker.isascii() and speaker.isdecimal() and len(speaker) < 10 else None
    name, rows = asked_for(request, "statements")
    said = row_values.statements(rows, request.user, site(request), number)
    return answer(name, form, said, row_values.STATEMENT_COLUMNS)


def asked_for(request: HttpRequest, what: str) -> tuple[str, MeetingQuerySet]:
    """A name for the file, and the meetings of the question, in the order of the list."""
    asked = asked_in(request.GET, request.user)
    rows = asked.meetings.order_by(*order(asked, request.GET.get("sort", "")))
    return file_name(what, asked.words, cut(rows)), rows[:MOST]


def order(asked: Asked, sort: str) -> tuple:
    """By relevance first those that the list ranks, as it ranks them, then the newest."""
    if sort == "relevance" and asked.looked_for:
        ranked = Value(asked.hits(sort).ranked, ArrayField(BigIntegerField()))
        place = Func(ranked, F("pk"), function="array_position", output_field=IntegerField())
        return (place.asc(nulls_last=True), *NEWEST)
    return ORDERS.get(sort, NEWEST)


@require_safe
def documents(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = DocumentFilter(request.GET, Document.objects.visible_to(request.user), request=request).qs
    name, rows = file_name("documents", request.GET.get("q", ""), cut(rows)), rows.with_counts()[:MOST]
    return answer(name, form, document_values.values(rows, site(request)), document_values.COLUMNS)


@require_safe
def people(request: HttpRequest, form: str) -> HttpResponseBase:
    everybody = Person.objects.visible_to(request.user).order_by("-meeting_count", "name", "pk")
    rows = PersonFilter(request.GET, everybody).qs
    name, rows = file_name("people", request.GET.get("q", ""), cut(rows)), rows[:MOST]
    return answer(name, form, person_values.values(rows, site(request)), person_values.COLUMNS)


@require_safe
def countries(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = world.countries(Country.objects.visible_to(request.user).order_by("name"), site(request))
    return answer(file_name("countries"), form, rows, world.COUNTRY_COLUMNS)


@require_safe
def topics(request: HttpRequest, form: str) -> HttpResponseBase:
    issues = Issue.objects.visible_to(request.user).select_related("theme").order_by("theme__name", "name")
    return answer(file_name("topics"), form, world.topics(issues, site(request)), world.TOPIC_COLUMNS)


def cut(rows: QuerySet) -> int:
    """To how many rows the list is cut; 0 for a whole list."""
    return MOST if rows[: MOST + 1].count() > MOST else 0


def site(request: HttpRequest) -> str:
    """What the addresses of this site begin with: https://example.org."""
    return request.build_absolute_uri("/").rstrip("/")


def answer(
    name: str, form: str, records: Iterable[Any], columns: Mapping[str, Callable[[Any], Any]]
) -> StreamingHttpResponse:
    """A file for the browser to save."""
    lines = csv_lines(records, columns) if form == "csv" else json_lines(records)
    response = StreamingHttpResponse(lines, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private"
    response["X-Robots-Tag"] = "noindex"
    return response
