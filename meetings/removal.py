"""A document taken away by a person: what hangs on it, what goes with it, and the way back.

    what hangs on it → deleted, on record → read again from its original file, if somebody wants it back

What people decided on it stays on record, and holds again when the same file is read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from . import queue
from .judgements import author
from .locking import one_at_a_time
from .models import Account, Document, Evidence, Judgement, Meeting, Statement, StoredFile
from .records import Kind
from .storage import delete_documents


class NotKept(ValueError):
    """The original file is not here; the message says so to a person."""


@dataclass(frozen=True)
class Hanging:
    """What hangs on a document."""

    document: Document

    @cached_property
    def alone(self) -> QuerySet[Meeting]:
        """Meetings that no other document tells of: they go with it."""
        return self.meetings.exclude(self.elsewhere).order_by("-earliest", "pk")

    @cached_property
    def shared(self) -> QuerySet[Meeting]:
        """Meetings that others tell of too: they stay, without what only this document says."""
        return self.meetings.filter(self.elsewhere).order_by("-earliest", "pk")

    @property
    def meetings(self) -> QuerySet[Meeting]:
        return Meeting.objects.filter(Exists(Account.objects.filter(meeting=OuterRef("pk"), document=self.document)))

    @property
    def elsewhere(self) -> Exists:
        return Exists(Account.objects.filter(meeting=OuterRef("pk")).exclude(document=self.document))

    @cached_property
    def counts(self) -> dict[str, int]:
        return {
            "claims": Evidence.objects.filter(revision__document=self.document).count(),
            "statements": Statement.objects.filter(document=self.document).count(),
            "decisions": decided_on(self.document).count(),
            "copies": self.document.copies.count(),
        }

    @cached_property
    def original(self) -> bool:
        """Whether it can be brought back from its file."""
        return self.document.kind != Kind.REGISTER and StoredFile.objects.filter(sha256=self.document.sha256).exists()


def decided_on(document: Document) -> QuerySet[Judgement]:
    return Judgement.objects.standing().once().filter(sha256=document.sha256, part=document.part)


def remove(user: Any, document: Document, reason: str = "") -> Judgement:
    """Delete a document with all that only it supports, and write down who did so and why."""
    with transaction.atomic():
        one_at_a_time()
        # So that the file is there for a while for whoever wants the document back.
        StoredFile.objects.filter(sha256=document.sha256).update(stored=timezone.now())
        made = Judgement.objects.create(
            verb="remove",
            subject="document",
            sha256=document.sha256,
            part=document.part,
            key=str(document)[:300],
            previous={
                "file_name": document.file_name,
                "collection": document.collection.name,
                "kind": document.kind,
                "date": document.date,
                "public_id": document.public_id,
            },
            made_by=author(user),
            reason=reason,
        )
        delete_documents(Document.objects.filter(pk=document.pk))
    return made


def read_again(user: Any, removed: Judgement) -> None:
    """Enqueue the file of a document that was deleted, as it was read then. Raises NotKept."""
    file = StoredFile.objects.filter(sha256=removed.sha256).defer("content").first()
    was = removed.previous or {}
    if file is None or was.get("kind") == Kind.REGISTER:
        raise NotKept(f"The original file of “{removed.key}” is no longer here. Hand it in again.")
    options = {"collection": was["collection"]}
    if not removed.part:  # what was said of a file holds for all documents in it
        options |= {name: was[name] for name in ("kind", "date") if was[name]}
    queue.enqueue_kept(file, was["file_name"], options, author(user))


def bring_back(user: Any, removed: Judgement) -> None:
    """Take the removal of a document back: a worker reads its file again. Raises NotKept."""
    with transaction.atomic():
        read_again(user, removed)
        removed.withdrawn_at, removed.withdrawn_by = timezone.now(), author(user)
        removed.save(update_fields=["withdrawn_at", "withdrawn_by"])
