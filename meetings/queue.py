"""What is asked of the workers: rows that say what there is to do, and jobs of a few rows each.

    files, or stored documents → WorkItem rows → jobs → worker.py

The web enqueues by the task's name and never imports what does the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from .models import Document, StagedDocument, StoredFile, Upload, WorkItem
from .records import Kind
from .storage import one_at_a_time, save_failure, storable

if TYPE_CHECKING:
    from .readers import Options, SourceFile

QUEUE, TASK = "ingest", "meetings.work"
BATCH = 8  # items to a job: with more, one worker is idle longer while another is at the last of them
BYTES = 8_000_000  # of files to a job, unless a single one has more
KEPT = timedelta(days=7)  # for how long the page of the queue tells of what was done
ANEW = {"state": "queued", "settled": None, "tries": 0, "reason": ""}


def enqueue_files(files: Iterable[SourceFile], options: Options, force: bool = False, asked_by: Any = None) -> int:
    """Store files and enqueue them, as many to a transaction as to a job; returns how many there are.

    ``options`` stand above what comes with each file. One that could not be opened is kept at once with its reason.
    """
    count = 0
    for batch in batches(files):
        count += len(batch)
        with transaction.atomic():
            for file in batch:
                if file.error:
                    one_at_a_time()
                    save_failure(file, file.error, options.over(file.options).collection)
            enqueue([item_of(file, options, force, asked_by) for file in batch if not file.error])
    return count


def item_of(file: SourceFile, options: Options, force: bool, asked_by: Any) -> WorkItem:
    said = as_json(options.over(file.options))
    row = stored(file.sha256, file.content)
    return WorkItem(file=row, name=storable(file.name, 500), options=said, force=force, asked_by=asked_by)


class Handed(NamedTuple):
    """A file of an upload, and what was said about it."""

    name: str
    content: bytes
    options: dict[str, Any]


def enqueue_upload(upload: Upload, files: Iterable[Handed]) -> int:
    """Store files of an upload and enqueue them, each content once; returns how many of them are new to it.

    What is found in them waits for an editor's word.
    """
    count = 0
    for batch in batches(files):
        with transaction.atomic():
            rows = {}
            for file in batch:
                row = stored(sha256(file.content).hexdigest(), file.content)
                rows.setdefault(row.pk, (row, file))
            for key in upload.items.filter(file__in=rows).values_list("file", flat=True):
                del rows[key]
            enqueue(
                [
                    WorkItem(
                        file=row,
                        name=storable(file.name, 500),
                        options=file.options,
                        asked_by=upload.by,
                        upload=upload,
                    )
                    for row, file in rows.values()
                ]
            )
        count += len(rows)
    return count


def enqueue_kept(file: StoredFile, name: str, options: dict[str, Any], asked_by: Any = None) -> None:
    """Enqueue a file that is kept, to be read again."""
    with transaction.atomic():
        enqueue([WorkItem(file=file, name=storable(name, 500), options=options, asked_by=asked_by)])


def confirm(upload: Upload, documents: QuerySet[StagedDocument]) -> int:
    """Enqueue what an editor chose of an upload to be stored; returns how many documents there are."""
    with transaction.atomic():
        # Items under way are left alone: what is found in them is not all there yet.
        items = upload.items.exclude(settled=None).select_for_update().order_by("pk")
        keys = set(items.values_list("pk", flat=True))
        chosen = documents.filter(item__in=keys, failed=False, decision="")
        keys = sorted(set(chosen.values_list("item", flat=True)))
        count = chosen.update(decision="store")
        WorkItem.objects.filter(pk__in=keys).update(confirmed=True, **ANEW)
        for start in range(0, len(keys), BATCH):
            defer(keys[start : start + BATCH])
    return count


def enqueue_again(documents: QuerySet[Document], asked_by: Any = None) -> int:
    """Enqueue stored documents to be extracted again, but for those without a text and entries of official lists."""
    rows = documents.exclude(kind=Kind.REGISTER).filter(revisions__current=True).order_by("pk")
    count = 0
    with transaction.atomic():
        for batch in batches(rows.values_list("pk", "file_name").iterator()):
            enqueue([WorkItem(document_id=pk, name=name, force=True, asked_by=asked_by) for pk, name in batch])
            count += len(batch)
    return count


def retry(items: QuerySet[WorkItem]) -> int:
    """Enqueue again what was set aside; returns how many there are."""
    with transaction.atomic():
        keys = list(items.filter(state="failed").select_for_update().values_list("pk", flat=True))
        WorkItem.objects.filter(pk__in=keys).update(**ANEW)
        for start in range(0, len(keys), BATCH):
            defer(keys[start : start + BATCH])
    return len(keys)


def forget() -> None:
    """Take away what was done long ago, uploads that nobody decided on, and files that nothing needs any more."""
    now = timezone.now()
    # Work that is enqueued at the same moment with such a file makes this fail, which does no harm: it is done again.
    with suppress(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(upload=None, state="done", settled__lt=now - KEPT).delete()
        expired = Upload.objects.filter(made__lt=now - timedelta(days=settings.STAGED_DAYS))
        expired.exclude(items__in=WorkItem.objects.unsettled()).delete()
        unread = StoredFile.objects.filter(items=None, stored__lt=now - KEPT)
        if settings.KEEP_ORIGINALS:
            unread = unread.exclude(sha256__in=Document.objects.values("sha256"))
        unread.defer("content").delete()


def busy() -> bool:
    """Whether anything waits or is under way."""
    return WorkItem.objects.unsettled().exists()


def enqueue(items: list[WorkItem]) -> None:
    if items:
        defer([item.pk for item in WorkItem.objects.bulk_create(items)])


def defer(items: list[int]) -> None:
    """One job for these rows, in the transaction that is open."""
    app.configure_task(TASK, queue=QUEUE).defer(items=items)


def stored(digest: str, content: bytes) -> StoredFile:
    """The row of a file's bytes, held until the end of the transaction so that nobody takes it away meanwhile."""
    return StoredFile.objects.select_for_update().get_or_create(sha256=digest, defaults={"content": content})[0]


def batches(found: Iterable[Any]) -> Iterator[list]:
    """As many to a batch as make a job. Only files have a size of their own."""
    batch, size = [], 0
    for each in found:
        more = len(getattr(each, "content", b""))
        if len(batch) == BATCH or (batch and size + more > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += more
    if batch:
        yield batch


def as_json(options: Options) -> dict[str, Any]:
    """What was said, without what was not."""
    return {field.name: value for field in fields(options) if (value := getattr(options, field.name))}
