"""What is asked of the workers: rows that say what there is to do, and jobs of a few rows each.

    files, or stored documents → WorkItem rows → jobs → worker.py

The web enqueues by the task's name and never imports what does the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from .models import Document, StoredFile, WorkItem
from .records import Kind
from .storage import one_at_a_time, save_failure, storable

if TYPE_CHECKING:
    from .readers import Options, SourceFile

QUEUE, TASK = "ingest", "meetings.work"
BATCH = 16  # items to a job
BYTES = 8_000_000  # of files to a job, unless a single one has more
KEPT = timedelta(days=7)  # for how long the page of the queue tells of what was done


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
    name = storable(file.name, 500)
    return WorkItem(file=stored(file), name=name, options=said, force=force, asked_by=asked_by)


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
        WorkItem.objects.filter(pk__in=keys).update(state="queued", settled=None, tries=0, reason="")
        for start in range(0, len(keys), BATCH):
            defer(keys[start : start + BATCH])
    return len(keys)


def forget() -> None:
    """Take away what was done long ago, and the bytes of files that nobody has to read any more."""
    now = timezone.now()
    # Work that is enqueued at the same moment with such a file makes this fail, which does no harm: it is done again.
    with suppress(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(state="done", settled__lt=now - KEPT).delete()
        StoredFile.objects.filter(items=None, stored__lt=now - KEPT).defer("content").delete()


def busy() -> bool:
    """Whether anything waits or is under way."""
    return WorkItem.objects.unsettled().exists()


def enqueue(items: list[WorkItem]) -> None:
    if items:
        defer([item.pk for item in WorkItem.objects.bulk_create(items)])


def defer(items: list[int]) -> None:
    """One job for these rows, in the transaction that is open."""
    app.configure_task(TASK, queue=QUEUE).defer(items=items)


def stored(file: SourceFile) -> StoredFile:
    """The row of a file's bytes, held until the end of the transaction so that nobody takes it away meanwhile."""
    content = {"content": file.content}
    return StoredFile.objects.select_for_update().get_or_create(sha256=file.sha256, defaults=content)[0]


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
