"""Records to cite and to put into a calendar: files to download."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import citation
from ..calendar_file import calendar_file
from ..models import Document, Meeting
from ..presentation.references import document_reference, meeting_reference
from .pages import reached

FORMATS = {
    "bib": (citation.bibtex, "application/x-bibtex"),
    "ris": (citation.ris, "application/x-research-info-systems"),
}


@require_safe
def meeting_citation(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    record = reached(
        Meeting.objects.visible_to(request.user).select_related("place__country"), "meeting", public_id=public_id
    )
    accounts = (
        record.accounts.visible_to(request.user).counted().select_related("document").order_by("document__earliest")
    )
    return cited(meeting_reference(record, accounts, permalink(request, record)), form)


@require_safe
def document_citation(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    visible = Document.objects.visible_to(request.user).select_related("collection")
    record = reached(visible, "document", public_id=public_id)
    return cited(document_reference(record, permalink(request, record)), form)


@require_safe
def meeting_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    record = reached(
        Meeting.objects.visible_to(request.user).select_related("place__country"), "meeting", public_id=public_id
    )
    if not record.earliest:
        raise Http404("There is no date of this meeting to put into a calendar.")
    address = permalink(request, record)
    about = list(record.agenda.values_list("name", flat=True))
    content = calendar_file(record, address, request.get_host().partition(":")[0], about)
    return attachment(content, f"meeting-{record.public_id}.ics", "text/calendar")


def permalink(request: HttpRequest, thing: Meeting | Document) -> str:
    """The address that stays when the title, and with it the usual address, changes."""
    return request.build_absolute_uri(reverse(thing._meta.model_name, args=[thing.public_id]))


def citations(thing: Meeting | Document, reference: citation.Reference) -> list[tuple[str, str, str]]:
    """What a page shows: the form, the text, and where it is downloaded ("" for what is only copied)."""
    address = f"{thing._meta.model_name}-citation"
    return [
        ("Chicago", citation.chicago(reference), ""),
        ("BibTeX", citation.bibtex(reference), reverse(address, args=[thing.public_id, "bib"])),
        ("RIS", citation.ris(reference), reverse(address, args=[thing.public_id, "ris"])),
    ]


def cited(reference: citation.Reference, form: str) -> HttpResponse:
    if form not in FORMATS:
        raise Http404("There is no such form of citation: bib and ris are there.")
    write, content_type = FORMATS[form]
    return attachment(write(reference), f"{reference.key}.{form}", content_type)


def attachment(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    """A file that browsers save and never show as a page."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=f"{content_type}; charset=utf-8", headers=headers)
