"""The passage behind each claim."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .. import querysets
from ..records import Field
from .base import choices, confidence_constraint, confidence_field
from .documents import DocumentRevision
from .meetings import Account, AccountIssue, AccountParticipant, Statement, told_in_field, told_in_index


class Evidence(models.Model):
    """The passage behind one claim, and what made the claim."""

    FIELDS = choices(Field)

    revision = models.ForeignKey(
        DocumentRevision, on_delete=models.CASCADE, related_name="evidence", help_text="Into which text it points."
    )
    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which account's value it supports.",
    )
    told_in = told_in_field()
    participant = models.ForeignKey(
        AccountParticipant,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which participant it supports.",
    )
    issue = models.ForeignKey(
        AccountIssue,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which issue it supports.",
    )
    statement = models.ForeignKey(
        Statement,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which statement it supports.",
    )
    field = models.CharField(max_length=12, choices=FIELDS, help_text="What it supports.")
    start = models.PositiveIntegerField(help_text="Offset of its first character in the text.")
    end = models.PositiveIntegerField(help_text="Offset after its last character.")
    quote = models.TextField(help_text="The passage, verbatim.")
    prefix = models.CharField(
        max_length=60, blank=True, help_text="What stands before it, to find it again in another revision."
    )
    suffix = models.CharField(max_length=60, blank=True, help_text="What stands after it.")
    rule = models.CharField(max_length=100, help_text="Rule or model that made the claim, and its version.")
    confidence = confidence_field()

    objects = querysets.EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        verbose_name_plural = "evidence"
        indexes = [told_in_index("evidence_told_in")]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="evidence_not_empty"),
            models.CheckConstraint(condition=~Q(account=None) | ~Q(statement=None), name="evidence_of_something"),
            confidence_constraint("evidence_confidence"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]
