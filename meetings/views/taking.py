"""Lists to take home: the rows of a question as a file, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ..filters import DocumentFilter, MeetingFilter, PersonFilter
from ..models import Country, Document, Issue, Meeting, Person
from ..resolution.names import fold
from ..taking import documents as document_values
from ..taking import meetings as meeting_values
from ..taking import people as person_values
from ..taking import world
from ..taking.formats import csv_lines, json_lines

MOST = 50_000  # rows of a file; the pages say so beside the links
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@require_safe
def meetings(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = MeetingFilter(request.GET, Meeting.objects.visible_to(request.user), request=request)
    rows = asked.qs.oldest_first() if request.GET.get("sort") == "oldest" else asked.qs
    name, rows = titled("meetings", asked.in_words(), exceeds(rows)), rows[:MOST]
    return answer(name, form, meeting_values.values(rows, request.user, site(request)), meeting_values.COLUMNS)


@require_safe
def documents(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = DocumentFilter(request.GET, Document.objects.visible_to(request.user), request=request).qs
    name, rows = titled("documents", request.GET.get("q", ""), exceeds(rows)), rows.with_counts()[:MOST]
    return answer(name, form, document_values.values(rows, site(request)), document_values.COLUMNS)


@require_safe
def people(request: HttpRequest, form: str) -> HttpResponseBase:
    everybody = Person.objects.visible_to(request.user).order_by("-meeting_count", "name", "pk")
    rows = PersonFilter(request.GET, everybody).qs
    name, rows = titled("people", request.GET.get("q", ""), exceeds(rows)), rows[:MOST]
    return answer(name, form, person_values.values(rows, site(request)), person_values.COLUMNS)


@require_safe
def countries(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = world.countries(Country.objects.visible_to(request.user).order_by("name"), site(request))
    return answer(titled("countries"), form, rows, world.COUNTRY_COLUMNS)


@require_safe
def topics(request: HttpRequest, form: str) -> HttpResponseBase:
    issues = Issue.objects.visible_to(request.user).select_related("theme").order_by("theme__name", "name")
    return answer(titled("topics"), form, world.topics(issues, site(request)), world.TOPIC_COLUMNS)


def exceeds(rows: QuerySet) -> bool:
    return rows[: MOST + 1].count() > MOST


def site(request: HttpRequest) -> str:
    """What the addresses of this site begin with: https://example.org."""
    return request.build_absolute_uri("/").rstrip("/")


def titled(what: str, words: str = "", cut: bool = False) -> str:
    """A file's name, less its ending: the site, the list, the question, the day; and that it is not the whole list."""
    parts = [
        settings.SITE_NAME,
        what,
        slugify(fold(words))[:80],
        f"first {MOST}" if cut else "",
        localdate().isoformat(),
    ]
    return "-".join(slugify(part).strip("-") for part in parts if part)


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
