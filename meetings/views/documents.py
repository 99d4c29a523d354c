"""Documents: the list, with those that failed and why; and a document, laid out for reading."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..filters import DocumentFilter
from ..models import Document, Evidence
from ..presentation.passages import runs
from .pages import moved, paged, reached, respond, untidy


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    documents = Document.objects.visible_to(request.user).select_related("collection").with_counts()
    asked = DocumentFilter(request.GET, documents, request=request)
    context = {"asked": asked, "page": paged(request, asked.qs)}
    return respond(request, "documents/index.html", context, "results")


@require_safe
def document(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    visible = Document.objects.visible_to(request.user)
    record = reached(visible.select_related("collection"), "document", public_id=public_id)
    if answer := moved(request, record):
        return answer
    revision = record.revisions.filter(current=True).first()
    accounts = list(record.accounts.shown_to(request.user).select_related("meeting__place__country").order_by("order"))
    laid_out = []
    if revision:
        evidence = Evidence.objects.filter(revision=revision, account__in=accounts)
        laid_out = runs(revision.passages.all(), evidence, revision.names, accounts)
    context = {
        "document": record,
        "original": visible.filter(pk=record.copy_of_id).first() if record.copy_of_id else None,
        "copies": visible.filter(copy_of=record),
        "accounts": accounts,
        "runs": laid_out,
    }
    return render(request, "documents/document.html", context)
