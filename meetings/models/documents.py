"""Documents, their texts and their paragraphs."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from .. import querysets
from ..addresses import leading_to, slug
from ..records import Kind, Label
from .base import KINDS, DatedModel, choices, date_constraint
from .collections import Collection
from .history import Edits


class Document(DatedModel):
    """One document: a cable, a memorandum, a readout, a report. Kept even when it could not be read, with the reason."""

    STATES = [("processed", "Processed"), ("failed", "Failed"), ("not_extracted", "Stored, not extracted")]

    public_id = models.CharField(
        max_length=12, unique=True, editable=False, help_text="Stable id in addresses, made from the file's content."
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, related_name="documents", help_text="Decides who may see it."
    )
    file_name = models.CharField(
        max_length=500, help_text="Name of the file as it was given, with its folder inside the folder or archive."
    )
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the original file.")
    part = models.CharField(
        max_length=200, blank=True, help_text="Which document of its file; empty when the file holds one."
    )
    state = models.CharField(max_length=20, choices=STATES, help_text="What became of it.")
    reason = models.TextField(blank=True, help_text="Why it failed or was not extracted.")
    title = models.CharField(max_length=500, blank=True, help_text="Title or subject.")
    kind = models.CharField(
        max_length=10,
        choices=KINDS,
        default=Kind.OTHER,
        help_text="What kind of document it is: it decides how it is read.",
    )
    identifier = models.CharField(
        max_length=120, blank=True, help_text="Number that its author or archive knows it by: 07MOSCOW2590."
    )
    origin = models.CharField(max_length=200, blank=True, help_text="Where it was written, or who issued it.")
    classification = models.CharField(
        max_length=80, blank=True, help_text="How secret its author held it: UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET."
    )
    tags = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="State Department TAGS.")
    references = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Documents that it refers to."
    )
    language = models.CharField(max_length=8, default="en", help_text="Language of its text, as ISO 639-1 code.")
    source_url = models.URLField(max_length=1000, blank=True, help_text="Where it was published.")
    site = models.CharField(max_length=200, blank=True, help_text="Publisher of a web page.")
    notice = models.CharField(
        max_length=300,
        blank=True,
        help_text="Sentence that is shown wherever the document is: on its rights, or that it was made up.",
    )
    reader = models.CharField(max_length=60, blank=True, help_text="Reader that read it, and its version.")
    pipeline = models.CharField(
        max_length=120, blank=True, help_text="Pipeline that extracted from it, and its version."
    )
    read_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of all that was read; equal when nothing changed."
    )
    extracted_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of all that was extracted; equal when nothing changed.",
    )
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
        help_text="The document that this is another copy of; its accounts are not counted again.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When it was first ingested.")
    updated = models.DateTimeField(auto_now=True, help_text="When it last changed.")

    objects = querysets.DocumentQuerySet.as_manager()
    # What it says of itself. How it was read is the machine's.
    history = Edits(
        excluded=("state", "reason", "reader", "pipeline", "read_digest", "extracted_digest", "created", "updated")
    )

    class Meta:
        ordering = [F("earliest").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "sha256", "part"], name="document_once_a_collection"),
            models.CheckConstraint(condition=Q(state="processed") | ~Q(reason=""), name="document_says_why_not"),
            date_constraint("document_date"),
        ]
        indexes = [
            models.Index(
                F("earliest").desc(nulls_last=True), "title", "id", name="document_listed"
            ),  # the list of documents
            models.Index(fields=["identifier"], name="document_identifier"),  # other copies, on ingest; search
            models.Index(fields=["sha256", "part"], name="document_file"),  # other copies, on ingest; original files
            GinIndex(SearchVector("title", config="english"), name="document_title"),  # words in the search box
        ]

    def __str__(self) -> str:
        return self.title or self.identifier or PurePosixPath(self.file_name).name

    def get_absolute_url(self) -> str:
        return leading_to("document", self.public_id, slug(str(self), 60) or "document")

    @property
    def revision(self) -> DocumentRevision | None:
        """The current revision; None for a document that could not be read. Prefetch "revisions" for lists."""
        return next((revision for revision in self.revisions.all() if revision.current), None)


class DocumentRevision(models.Model):
    """The text of a document as one reader gave it. Never changed: a newer reader makes a new revision."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="revisions", help_text="Whose text it is."
    )
    number = models.PositiveIntegerField(
        help_text="Which text of the document it is: 1 the first, 2 the one read after it, …"
    )
    current = models.BooleanField(default=True, help_text="The revision that is shown, and that evidence points into.")
    text = models.TextField(help_text="The stored text; all offsets count its characters.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    names = models.JSONField(default=list, help_text="Names marked in the text: [start, end, label].")
    sketch = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="Smallest hashes of its word sequences: texts that share most are copies.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When this text was read.")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(current=True), name="one_current_revision"),
        ]
        indexes = [
            # Copies with nearly the same text, on ingest.
            GinIndex(fields=["sketch"], name="revision_sketch", fastupdate=False)
        ]

    def __str__(self) -> str:
        return f"{self.document}, revision {self.number}"


class Passage(models.Model):
    """A paragraph of a document, searchable on its own."""

    revision = models.ForeignKey(
        DocumentRevision, on_delete=models.CASCADE, related_name="passages", help_text="Whose paragraph it is."
    )
    order = models.PositiveIntegerField(help_text="Position among the passages, from 0.")
    number = models.CharField(max_length=20, blank=True, help_text="Number of the paragraph as printed: 7.")
    label = models.CharField(
        max_length=10,
        choices=choices(Label),
        default=Label.BODY,
        help_text="What part of the document it is: heading, header, body, …",
    )
    field = models.CharField(
        max_length=30, blank=True, help_text="Which line of a header it is: participants, subject, place, …"
    )
    marking = models.CharField(max_length=20, blank=True, help_text="Mark of secrecy before the paragraph: SBU, C.")
    continues = models.BooleanField(default=False, help_text="It goes on with the passage before, after a page break.")
    start = models.PositiveIntegerField(help_text="Offset of its first character in the document's text.")
    end = models.PositiveIntegerField(help_text="Offset after its last character.")
    text = models.TextField(help_text="The paragraph itself.")
    search = models.GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text="Its words, stemmed, for search.",
    )

    class Meta:
        ordering = ["revision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "order"], name="passage_order_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_not_empty"),
        ]
        indexes = [GinIndex(fields=["search"], name="passage_search")]  # words in the search box

    def __str__(self) -> str:
        return f"¶{self.number}" if self.number else f"passage {self.order + 1}"
