"""Documents: the list, with those that failed and why; a document, laid out for reading; its text to download."""

from __future__ import annotations

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..authorities import tags
from ..filters import DocumentFilter
from ..models import AccountParticipant, Document, Evidence
from ..presentation.notes import account_of, names, notes
from ..presentation.passages import runs
from ..presentation.references import document_reference
from .citations import attachment, citations, permalink
from .pages import moved, paged, reached, respond, untidy

MATCHING = 100  # documents with some words that are counted and listed: each is read to the first match


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    documents = Document.objects.visible_to(request.user).select_related("collection").with_counts()
    asked = DocumentFilter(request.GET, documents, request=request)
    most = MATCHING if asked.data.get("q") else None
    context = {"asked": asked, "page": paged(request, asked.qs, most=most)}
    return respond(request, "documents/index.html", context, "results")


@require_safe
def document(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """``?meeting=`` marks the passages of one of its meetings alone."""
    visible = Document.objects.visible_to(request.user)
    record = reached(visible.select_related("collection"), "document", public_id=public_id)
    if answer := moved(request, record):
        return answer
    revision = record.revisions.filter(current=True).first()
    named = Prefetch("participants", AccountParticipant.objects.exclude(person=None).select_related("person"))
    accounts = list(
        record.accounts.shown_to(request.user)
        .select_related("meeting__place__country")
        .prefetch_related(named)
        .order_by("order")
    )
    laid_out, beside, in_text = [], [], []
    only = next((account for account in accounts if account.meeting.public_id == request.GET.get("meeting")), None)
    if revision:
        passages = list(revision.passages.all())
        told_here = Q(account__in=accounts) | Q(statement__account__in=accounts)
        evidence = list(Evidence.objects.filter(told_here, revision=revision).select_related("statement"))
        beside = notes(accounts, evidence, passages)
        marked = [claim for claim in evidence if only is None or account_of(claim) == only.pk]
        laid_out = runs(passages, marked, revision.names if only is None else (), beside)
        people = {one.name: one.person for account in accounts for one in account.participants.all()}
        in_text = names(revision.names, revision.text, passages, people)
    reference = document_reference(record, permalink(request, record))
    context = {
        "document": record,
        "original": visible.filter(pk=record.copy_of_id).first() if record.copy_of_id else None,
        "copies": visible.filter(copy_of=record),
        "tags": [(code, tags.lookup(code)) for code in record.tags],
        "accounts": accounts,
        "only": only,
        "notes": beside,
        "names": in_text,
        "runs": laid_out,
        "left_out": [run for run in laid_out if run.clutter],
        "permanent": permalink(request, record),
        "citations": citations(record, reference),
    }
    return render(request, "documents/document.html", context)


@require_safe
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text as it was read, all of it: plain, to download, whatever the file was."""
    record = reached(Document.objects.visible_to(request.user), "document", public_id=public_id)
    revision = record.revisions.filter(current=True).first()
    if revision is None:
        raise Http404("There is no text of this document: it could not be read.")
    return attachment(revision.text, f"document-{record.public_id}.txt", "text/plain")
