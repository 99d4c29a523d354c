"""Who may see what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from .. import querysets
from ..resolution.names import fold
from .history import Edits


class Collection(models.Model):
    """Documents that belong together, and who may see them."""

    name = models.CharField(max_length=200, unique=True, help_text="Name that is shown beside its documents.")
    slug = models.SlugField(max_length=200, unique=True, help_text="The name as it stands in addresses.")
    description = models.TextField(blank=True, help_text="Where the documents come from, and what they cover.")
    public = models.BooleanField(
        default=True, help_text="Everybody may see its documents. Otherwise only editors and the readers named below."
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="collections",
        help_text="Who may see its documents when it is not public.",
    )

    objects = querysets.CollectionQuerySet.as_manager()
    history = Edits(m2m_fields=[readers])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """The name as it stands in addresses, numbered where another collection's is the same."""
        base = slugify(fold(self.name))[:190] or "collection"
        taken = set(Collection.objects.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True))
        return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
