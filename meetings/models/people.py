"""People, their names and their offices."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .. import querysets
from ..addresses import leading_to, slug
from ..resolution.names import fold, trigrams
from .base import Mergeable, merge_constraint, validate_edtf
from .history import Edits
from .world import Country, Organisation


class Person(Mergeable):
    """Somebody known by name. Two people of one name stay two until a person says otherwise."""

    name = models.CharField(max_length=200, help_text="The form shown: Sergey Lavrov.")
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        help_text="The state that they act for most.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="Who they are, in a line.")
    died = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_edtf],
        help_text="EDTF date of death; empty while they live or it is not known. No later meeting is taken for theirs.",
    )
    objects = querysets.PersonQuerySet.as_manager()
    history = Edits(excluded=("merged_into",))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [merge_constraint("person_not_merged_into_itself")]
        indexes = [models.Index(fields=["name"], name="person_listed")]  # the list of people by name

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        self.names.get_or_create(name=self.name)

    def get_absolute_url(self) -> str:
        return leading_to("person", self.pk, slug(self.name) or "person")


class PersonName(models.Model):
    """One way of writing a person's name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names", help_text="Whose name it is.")
    name = models.CharField(max_length=200, help_text="As written: Sergei Lavrov, Лавров.")
    folded = models.CharField(
        max_length=200, editable=False, help_text="The name folded into lower-case ASCII words, for look-ups."
    )
    trigrams = ArrayField(
        models.CharField(max_length=4),
        editable=False,
        default=list,
        help_text="Three-letter pieces of the sounded words, for similar spellings.",
    )

    history = Edits(excluded=("folded", "trigrams"))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="name_once_a_person")]
        indexes = [
            models.Index(
                fields=["folded"], opclasses=["text_pattern_ops"], name="personname_folded"
            ),  # type-ahead by prefix, exact look-up on ingest
            # Type-ahead and resolution of similar spellings. Each document that is stored looks into it and may add to it: a list
            # of entries still to be sorted in would be read through every time, and turn PostgreSQL to reading all names.
            GinIndex(fields=["trigrams"], name="personname_trigrams", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded forms; bulk writers call it, as they do not go through save()."""
        self.folded, self.trigrams = fold(self.name)[:200], trigrams(self.name)


class Position(models.Model):
    """An office that a person held."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions", help_text="Who held it.")
    title = models.CharField(max_length=200, help_text="Name of the post: Minister of Foreign Affairs.")
    office = models.CharField(
        max_length=40,
        blank=True,
        help_text="Kind of office, the same for all countries: head of state, foreign minister, …",
    )
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
        help_text="The state that it is a post of.",
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
        help_text="The body that it is a post of.",
    )
    start = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_edtf],
        help_text="EDTF date of taking office; empty when not known.",
    )
    end = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_edtf],
        help_text="EDTF date of leaving it; empty when not known or still held.",
    )
    source = models.CharField(max_length=200, blank=True, help_text="Where this is known from.")

    history = Edits()

    class Meta:
        ordering = ["start", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "country", "organisation", "start"],
                nulls_distinct=False,
                name="position_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.start or '?'}–{self.end}"
