"""Questions that a reader keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse


class SavedSearch(models.Model):
    """A question under a name. Nothing of what it finds is kept: it is asked anew each time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches", help_text="Who keeps it."
    )
    name = models.CharField(max_length=200, help_text="What its keeper calls it.")
    query = models.CharField(max_length=3000, help_text="As in the address of the list: q=country%3ARU&view=map.")
    created = models.DateTimeField(auto_now_add=True, help_text="When it was first saved.")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="search_once_a_user")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('meetings')}?{self.query}"
