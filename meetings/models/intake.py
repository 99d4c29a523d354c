"""What editors handed in through the browser, and what was found in it, until they say what becomes of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ..records import Kind
from .base import KINDS
from .documents import Document


class Upload(models.Model):
    """Files that an editor handed in at one time. Nothing of them is in the archive until the editor says so."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who handed it in."
    )
    made = models.DateTimeField(auto_now_add=True, help_text="When it was handed in.")
    options = models.JSONField(default=dict, help_text="What was said about all its files: kind, date, collection, …")

    class Meta:
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["made"], name="upload_made")]  # workers: what has expired

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.pk])

    @property
    def expires(self):
        return self.made + timedelta(days=settings.STAGED_DAYS)

    @property
    def expired(self) -> bool:
        return self.expires <= timezone.now()


class StagedDocument(models.Model):
    """One document of an upload as it was read and analysed, or why it could not be. No other page tells of it."""

    DECISIONS = [("", "Not decided"), ("store", "To be stored"), ("stored", "Stored"), ("dropped", "Thrown away")]

    item = models.ForeignKey(
        "meetings.WorkItem", on_delete=models.CASCADE, related_name="staged", help_text="The file that it came in."
    )
    part = models.CharField(max_length=200, blank=True, help_text="Which document of its file.")
    title = models.CharField(max_length=500, blank=True, help_text="Its title, or its first words.")
    kind = models.CharField(max_length=10, choices=KINDS, default=Kind.OTHER, help_text="What kind of document it is.")
    date = models.CharField(max_length=60, blank=True, help_text="Date of the document, as EDTF.")
    collection = models.CharField(max_length=200, blank=True, help_text="Name of the collection that it is meant for.")
    reason = models.TextField(blank=True, help_text="Why it cannot be stored, or why no meetings were looked for.")
    failed = models.BooleanField(default=False, help_text="It could not be read or analysed.")
    preview = models.JSONField(default=list, help_text="Its meetings, in short, for the page that asks about it.")
    source = models.JSONField(null=True, help_text="The document as it was read: records.SourceDocument.")
    extraction = models.JSONField(null=True, help_text="What was found in it: records.Extraction.")
    pipeline = models.CharField(max_length=120, blank=True, help_text="Pipeline that found it, and its version.")
    same_as = models.ForeignKey(
        Document,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The stored document that it is, or is another copy of.",
    )
    decision = models.CharField(max_length=10, choices=DECISIONS, blank=True, help_text="What an editor said.")
    document = models.ForeignKey(
        Document, null=True, on_delete=models.SET_NULL, related_name="+", help_text="What was stored of it."
    )

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed=True, source__isnull=True, extraction__isnull=True)
                | Q(failed=False, source__isnull=False, extraction__isnull=False),
                name="staged_whole_or_failed",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=("", "dropped")) | Q(failed=False), name="staged_failure_not_stored"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.item.name

    @property
    def is_here(self) -> bool:
        """Whether ``same_as`` is the very file in the same collection: to store it would change nothing."""
        same = self.same_as
        return bool(same) and (same.sha256, same.part, same.collection.name.casefold()) == (
            self.item.file.sha256,
            self.part,
            self.collection.casefold(),
        )
