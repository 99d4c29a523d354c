"""Uploads: documents that editors hand in, what was found in them, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import chain

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from .. import limits, queue, uploading
from ..models import Collection, StagedDocument, Upload
from ..roles import editor_required
from ..storage import DEFAULT_COLLECTION, homes
from ..wording import counted
from .pages import paged, respond, row_number

SHOWN = 20  # uploads in the list
WORKING = 8  # files under way that are named


def receiving(view: Callable) -> Callable:
    """A view for editors that takes files. Who may not, and what is too much, is sent away before anything is read."""

    @never_cache
    @csrf_exempt  # only so that nothing is read yet; the check follows within
    @editor_required
    @wraps(view)
    def receive(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and (not length.isdecimal() or int(length) > uploading.TOGETHER):
            most = uploading.TOGETHER // limits.MB
            sentence = f"That is more than {most} MB at once. Hand it in in several portions."
            if wants_json(request):
                return JsonResponse({"error": sentence}, status=413)
            return render(request, "uploads/too_large.html", {"sentence": sentence}, status=413)
        return csrf_protect(view)(request, *args, **kwargs)

    return receive


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


@receiving
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form, and what was handed in before. A script asks for an upload first, and sends its files to it one after the other."""
    form = uploading.UploadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        files = request.FILES.getlist("files")
        by_script = wants_json(request)
        if form.is_valid() and (files or form.pasted() or by_script):
            upload = Upload.objects.create(by=request.user, options=form.options())
            received = uploading.receive(upload, [*uploading.contents(files, []), *form.pasted()])
            if by_script:
                return JsonResponse({"page": upload.get_absolute_url(), "files": f"{upload.get_absolute_url()}files"})
            for sentence in received.sentences():
                messages.warning(request, sentence)
            return redirect(upload)
        if form.is_valid():
            form.add_error(None, "Choose files, or paste a text.")
        if by_script:
            return JsonResponse({"error": " ".join(chain.from_iterable(form.errors.values()))}, status=400)
    uploads = Upload.objects.select_related("by").annotate(
        files=Count("items", distinct=True),
        waiting=Count("items", filter=Q(items__settled=None), distinct=True),
        undecided=Count("items__staged", filter=UNDECIDED, distinct=True),
        stored=Count("items__staged", filter=Q(items__staged__decision="stored"), distinct=True),
    )
    context = {
        "form": form,
        "limits": limits,
        "megabytes": {"file": limits.FILE // limits.MB, "together": uploading.TOGETHER // limits.MB},
        "collections": Collection.objects.order_by("name"),
        "default": DEFAULT_COLLECTION,
        "uploads": uploads[:SHOWN],
    }
    return render(request, "uploads/index.html", context, status=400 if form.errors else 200)


UNDECIDED = Q(items__staged__decision="", items__staged__failed=False)


@receiving
@require_POST
def add(request: HttpRequest, pk: int) -> JsonResponse:
    """A few more files of an upload, from the script of its form; ``paths`` are the folders and names that they had."""
    upload = get_object_or_404(Upload, pk=pk)
    files = uploading.contents(request.FILES.getlist("files"), request.POST.getlist("paths"))
    received = uploading.receive(upload, files)
    return JsonResponse({"taken": received.taken, "twice": received.twice, "refused": received.refused})


@never_cache
@editor_required
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found. While files wait for a worker the page comes anew by itself, and asks for no decision unless told to."""
    record = get_object_or_404(Upload.objects.select_related("by"), pk=pk)
    states = dict(record.items.order_by().values_list("state").annotate(Count("pk")))
    waiting = states.get("queued", 0) + states.get("working", 0)
    documents = StagedDocument.objects.filter(item__upload=record, item__settled__isnull=False)
    counts = documents.aggregate(
        found=Count("pk", filter=Q(failed=False)),
        undecided=Count("pk", filter=Q(failed=False, decision="")),
        stored=Count("pk", filter=Q(decision="stored")),
        failed=Count("pk", filter=Q(failed=True)),
    )
    shown = (
        documents.defer("source", "extraction")
        .select_related("item__file", "document", "same_as__collection")
        .defer("item__file__content")
        .order_by("-failed", "item", "pk")
    )
    context = {
        "upload": record,
        "files": sum(states.values()),
        "waiting": waiting,
        "read": sum(states.values()) - waiting,
        "storing": record.items.unsettled().filter(confirmed=True).exists() if waiting else False,
        "workers": ProcrastinateWorker.objects.exists() if waiting else True,
        "working": record.items.filter(state="working")[:WORKING] if waiting else (),
        "deciding": not waiting or "decide" in request.GET,
        "counts": counts,
        "given_up": record.items.filter(state="failed", staged=None),
        "collection": collection_of(record),
        "page": paged(request, shown, total=counts["found"] + counts["failed"]),
    }
    return respond(request, "uploads/upload.html", context, "now")


def collection_of(record: Upload) -> tuple[str, Collection | None]:
    """The name of the collection that its documents go to, unless a file names another; and the collection, if there is one."""
    name = record.options.get("collection") or DEFAULT_COLLECTION
    return name, homes(name).first()


@editor_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Store or throw away what was marked, or everything that nothing was said of yet."""
    record = get_object_or_404(Upload, pk=pk)
    documents = StagedDocument.objects.filter(item__upload=record)
    act, _, all_of_it = request.POST.get("act", "").partition("-")
    if not all_of_it:
        documents = documents.filter(pk__in=list(map(row_number, request.POST.getlist("documents"))))
    if act == "store":
        count, done = queue.confirm(record, documents), "will be stored by a worker, as shown"
    elif act == "drop":
        count = documents.filter(decision="", item__settled__isnull=False).update(decision="dropped")
        done = "thrown away"
    else:
        messages.error(request, "Nothing was decided: store what is marked, or throw it away.")
        return redirect(record)
    if count:
        messages.success(request, f"{counted(count, 'document')} {done}.")
    else:
        messages.warning(request, "Nothing was marked that is still to be decided on.")
    return redirect(record)


@editor_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw an upload away with all that was found in it; what was stored of it stays stored."""
    record = get_object_or_404(Upload, pk=pk)
    record.delete()
    messages.success(request, "The upload was thrown away. What had been stored of it stays.")
    return redirect("uploads")
