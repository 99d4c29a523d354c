"""What people decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .history import current_act
from .meetings import Meeting


class JudgementQuerySet(models.QuerySet):
    def standing(self) -> JudgementQuerySet:
        """Those that count: all that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def once(self) -> JudgementQuerySet:
        """Each decision on a meeting once, though it is written down for every account of it."""
        same = {name: models.OuterRef(name) for name in ("act", "meeting", "verb", "subject", "key", "field")}
        return self.exclude(models.Exists(self.model.objects.filter(**same, pk__lt=models.OuterRef("pk"))))


class Judgement(models.Model):
    """A person's decision. It names what it is about by things that last, so that it outlives every re-ingest.

    It is never deleted: one that was taken back is kept with who did so and when, and no longer counts.
    """

    VERBS = [
        ("set", "Set a value"),
        ("add", "Added"),
        ("remove", "Removed"),
        ("cite", "Supported by a passage"),
        ("move", "Moved"),
        ("split", "Split off"),
        ("confirm", "Confirmed"),
        ("reject", "Rejected"),
        ("same", "The same"),
        ("different", "Different"),
        ("unsure", "Unsure"),
    ]

    act = models.UUIDField(
        default=current_act,
        editable=False,
        db_index=True,
        help_text="What was decided at once, on all accounts of a meeting, say, and is taken back at once.",
    )  # found by it when it is taken back
    verb = models.CharField(max_length=10, choices=VERBS, help_text="What was decided.")
    subject = models.CharField(max_length=20, help_text="What it is about: meeting, participant, issue, person, …")
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="Hash of the original file of the account that it was made on."
    )
    part = models.CharField(max_length=200, blank=True, help_text="Which document of that file.")
    anchor = models.TextField(blank=True, help_text="The passage that tells of the meeting, verbatim.")
    mark = models.CharField(max_length=12, blank=True, help_text="The account's mark; the passage finds it elsewhere.")
    key = models.CharField(max_length=300, blank=True, help_text="Which participant or issue: its folded name.")
    field = models.CharField(max_length=30, blank=True, help_text="Which value, of a verb that sets one.")
    value = models.JSONField(null=True, blank=True, help_text="The value decided on.")
    previous = models.JSONField(null=True, blank=True, help_text="The value before.")
    evidence = models.JSONField(
        default=list,
        blank=True,
        help_text="Passages of the document that it rests on or is about: field, quote, prefix, suffix and start of each.",
    )
    astray = models.BooleanField(
        default=False,
        editable=False,
        help_text="What it is about is not in the document as it is read now: it waits, and is listed.",
    )
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="judgements",
        help_text="The meeting as it was then, for the record; the decision itself holds on to the passage.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="judgements",
        help_text="Who decided.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When it was decided.")
    reason = models.TextField(blank=True, help_text="Why it was decided so, in the editor's words.")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was taken back; empty while it stands."
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who took it back.",
    )

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="judgement_made"),  # the activity; an editor's last decisions
            # What was decided on a person, a place, an issue, whenever one is made or merged.
            models.Index(fields=["subject", "key"], name="judgement_record", condition=models.Q(sha256="")),
            models.Index(fields=["sha256", "part"], name="judgement_document"),
        ]  # what was decided on a document, on ingest

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.subject} {self.field} {self.key}".strip()
