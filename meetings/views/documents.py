"""Documents: the list, with those that failed and why; a document, laid out for reading; its text to download."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import queue, removal
from ..authorities import tags
from ..conditions import among
from ..filters import DocumentFilter
from ..models import Account, AccountParticipant, Document, DocumentRevision, Evidence, Judgement, Passage, StoredFile
from ..prepared import first, prepared
from ..presentation.notes import account_of, names, notes
from ..presentation.passages import runs
from ..presentation.references import document_reference
from ..roles import editor_required
from ..storage import known
from .citations import attachment, citations, permalink
from .pages import moved, paged, reached, respond, said, untidy

if TYPE_CHECKING:
    from ..roles import User

HANGING = 20  # meetings that are named before a document is deleted
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
    user = request.user
    record = first(shown(public_id, user)) or reached(Document.objects.none(), "document", public_id=public_id)
    if answer := moved(request, record):
        return answer
    revision = first(current(record.pk))
    accounts = accounts_of(record.pk, user)
    laid_out, beside, in_text = [], [], []
    only = next((account for account in accounts if account.meeting.public_id == request.GET.get("meeting")), None)
    if revision:
        passages = passages_of(revision.pk)
        evidence = evidence_of([account.pk for account in accounts], revision.pk)
        beside = notes(accounts, evidence, passages)
        marked = [claim for claim in evidence if only is None or account_of(claim) == only.pk]
        laid_out = runs(passages, marked, revision.names if only is None else (), beside)
        people = {one.name: one.person for account in accounts for one in account.participants.all()}
        in_text = names(revision.names, revision.text, passages, people)
    reference = document_reference(record, permalink(request, record))
    context = {
        "document": record,
        "original": Document.objects.visible_to(user).filter(pk=record.copy_of_id).first()
        if record.copy_of_id
        else None,
        "copies": copies_of(record.pk, user),
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


@prepared
def shown(public_id: str, user: User) -> QuerySet:
    kept = Exists(StoredFile.objects.filter(sha256=OuterRef("sha256")))
    visible = Document.objects.visible_to(user).filter(public_id=public_id)
    return visible.annotate(kept=kept).select_related("collection")


@prepared
def current(document: int) -> QuerySet:
    return DocumentRevision.objects.filter(document=document, current=True).order_by("number")


@prepared
def passages_of(revision: int) -> QuerySet:
    return Passage.objects.filter(revision=revision).order_by("order").defer("search")


@prepared
def accounts_of(document: int, user: User) -> QuerySet:
    named = Prefetch("participants", AccountParticipant.objects.exclude(person=None).select_related("person"))
    told = Account.objects.shown_to(user).filter(document=document).order_by("order")
    return told.select_related("meeting__place__country").prefetch_related(named)


@prepared
def evidence_of(accounts: list[int], revision: int) -> QuerySet:
    told_here = among(accounts, "account") | among(accounts, "statement__account")
    return Evidence.objects.filter(told_here, revision=revision).select_related("statement")


@prepared
def copies_of(document: int, user: User) -> QuerySet:
    return Document.objects.visible_to(user).filter(copy_of=document)


@require_safe
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text as it was read, all of it: plain, to download, whatever the file was."""
    record = reached(Document.objects.visible_to(request.user), "document", public_id=public_id)
    revision = record.revisions.filter(current=True).first()
    if revision is None:
        raise Http404("There is no text of this document: it could not be read.")
    return attachment(revision.text, f"document-{record.public_id}.txt", "text/plain")


@require_safe
def original(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file that a document was read from, byte for byte: to save, never to be shown as a page of this site."""
    record = reached(Document.objects.visible_to(request.user), "document", public_id=public_id)
    file = StoredFile.objects.filter(sha256=record.sha256).first()
    if file is None:
        raise Http404("The original file of this document was not kept.")
    headers = {
        "Content-Disposition": content_disposition_header(True, PurePosixPath(record.file_name).name or "document"),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(file.content), content_type="application/octet-stream", headers=headers)


@never_cache
@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """What hangs on a document; and, once confirmed, the document deleted with what nothing else supports."""
    record = reached(Document.objects.select_related("collection"), "document", public_id=public_id)
    if request.method == "POST":
        made = removal.remove(request.user, record, said(request, "reason"))
        return redirect("document-removed", made.pk)
    hanging = removal.Hanging(record)
    context = {
        "document": record,
        "hanging": hanging,
        "alone": hanging.alone[: HANGING + 1],
        "shared": hanging.shared[: HANGING + 1],
        "most": HANGING,
        "days": queue.KEPT.days,
    }
    return render(request, "documents/delete.html", context)


@never_cache
@editor_required
@require_safe
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """After a document was deleted: that it was, by whom and why, and the way back."""
    made = get_object_or_404(Judgement.objects.select_related("made_by", "withdrawn_by"), REMOVED, pk=pk)
    was = made.previous or {}
    back = known(made.sha256, made.part, was.get("collection", "")) if made.withdrawn_at else None
    kept = StoredFile.objects.filter(sha256=made.sha256).exists()
    context = {"removed": made, "kept": kept, "back": back, "days": queue.KEPT.days}
    return render(request, "documents/removed.html", context)


@editor_required
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a worker read a deleted document again from its original file."""
    made = get_object_or_404(Judgement, REMOVED, withdrawn_at=None, pk=pk)
    try:
        removal.bring_back(request.user, made)
    except removal.NotKept as error:
        messages.error(request, str(error))
    return redirect("document-removed", pk)


REMOVED = Q(subject="document", verb="remove")
