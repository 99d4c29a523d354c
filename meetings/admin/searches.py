"""The searches that readers keep: seen and removed here, made on the pages."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import SavedSearch


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin):
    list_display = ("name", "user", "query", "created")
    list_select_related = ("user",)
    search_fields = ("name", "query", "user__username")
    fields = ("name", "user", "query", "created")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What somebody looks for is theirs to know; an administrator looks after all."""
        searches = super().get_queryset(request)
        return searches if request.user.is_superuser else searches.filter(user=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SavedSearch | None = None) -> bool:
        return False
