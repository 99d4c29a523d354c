"""What workers have to do: files to read, and stored documents to extract again."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .documents import Document
from .intake import Upload


class StoredFile(models.Model):
    """The bytes of a file that was handed in: for a worker on any machine to read, and afterwards as the original of its documents."""

    sha256 = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its content: each is kept once.")
    content = models.BinaryField(help_text="Its bytes. They are never served but as a download.")
    stored = models.DateTimeField(auto_now_add=True, help_text="When it was first handed in.")

    def __str__(self) -> str:
        return self.sha256[:12]


class WorkItemQuerySet(models.QuerySet):
    def unsettled(self) -> WorkItemQuerySet:
        """What waits or is under way."""
        return self.filter(settled=None)


class WorkItem(models.Model):
    """One thing to do: a file to read, or a stored document to extract again. The queue's jobs hold a batch of them each."""

    STATES = [("queued", "Waiting"), ("working", "Under way"), ("done", "Done"), ("failed", "Set aside")]

    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="items", help_text="The file to read."
    )
    document = models.ForeignKey(
        Document, null=True, on_delete=models.CASCADE, related_name="work", help_text="The document to extract again."
    )
    name = models.CharField(max_length=500, help_text="Name of the file, as it was given.")
    options = models.JSONField(default=dict, help_text="What was said about the file: kind, date, collection, …")
    upload = models.ForeignKey(
        Upload,
        null=True,
        on_delete=models.CASCADE,
        related_name="items",
        help_text="The upload that it came with: what is found in it waits there for an editor's word.",
    )
    confirmed = models.BooleanField(default=False, help_text="Of an upload: an editor said what of it is to be stored.")
    force = models.BooleanField(default=False, help_text="Extract again though nothing has changed.")
    state = models.CharField(max_length=10, choices=STATES, default="queued", help_text="How far it is.")
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was begun by itself, after its batch had failed."
    )
    reason = models.TextField(blank=True, help_text="Why it was set aside, or did not go well last time.")
    meetings = models.PositiveIntegerField(default=0, help_text="Meetings found in it.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who asked for it in the browser.",
    )
    queued = models.DateTimeField(auto_now_add=True, help_text="When it was asked for.")
    settled = models.DateTimeField(null=True, help_text="When it was done or set aside.")

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, document__isnull=False) | Q(file__isnull=False, document=None),
                name="work_on_a_file_or_a_document",
            ),
            models.CheckConstraint(
                condition=Q(upload=None, confirmed=False) | Q(upload__isnull=False, document=None),
                name="work_of_an_upload_is_a_file",
            ),
            models.UniqueConstraint(fields=["upload", "file"], name="work_file_once_an_upload"),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "working"), settled=None)
                | Q(state__in=("done", "failed"), settled__isnull=False),
                name="work_settled_when_done",
            ),
        ]
        indexes = [
            # The page of the queue: what waits and runs, what failed and was done of late; workers: what is forgotten.
            models.Index(F("state"), F("settled").desc(), name="work_state"),
        ]

    def __str__(self) -> str:
        return PurePosixPath(self.name).name
