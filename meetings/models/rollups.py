"""Counts of meetings, made ahead where counting them takes too long for a page."""

from __future__ import annotations

from django.db import models

from .. import querysets
from .collections import Collection


class Rollup(models.Model):
    """How many meetings have a term, of all or of those that have another one. ``rollups.py`` makes them anew."""

    audience = models.ForeignKey(
        Collection,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Who may see these meetings, as in a meeting; empty for everybody.",
    )
    rejected = models.BooleanField(default=False, help_text="Counts meetings that an editor rejected.")
    given = models.TextField(blank=True, help_text="Counts meetings that have this term; empty for all meetings.")
    facet = models.CharField(max_length=1, blank=True, help_text="Letter of the term's facet.")
    term = models.TextField(blank=True, help_text="Of these, those with this term; empty for all.")
    meetings = models.PositiveIntegerField(help_text="How many there were.")
    counted = models.DateTimeField(help_text="When they were counted.")

    objects = querysets.RollupQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["given", "facet", "-meetings", "term"], name="rollup_most"),  # facets, lists
            models.Index(fields=["given", "term"], name="rollup_term"),  # the count of one term
        ]

    def __str__(self) -> str:
        return f"{self.given or 'all'}, {self.term or 'all'}: {self.meetings}"
