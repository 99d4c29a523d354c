"""What workers have to do, as the page of the queue shows it, to be searched and tried again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from .. import queue
from ..models import WorkItem
from .base import MachineAdmin


@admin.register(WorkItem)
class WorkItemAdmin(MachineAdmin):
    list_display = ("name", "state", "tries", "meetings", "asked_by", "queued", "settled", "reason")
    list_filter = ("state", ("document", admin.EmptyFieldListFilter))
    search_fields = ("name", "reason")
    date_hierarchy = "queued"
    ordering = ("-pk",)
    related = ("asked_by", "document")
    fields = (
        ("name", "document"), ("state", "tries"), "reason", ("meetings", "force"), "options", ("asked_by", "queued", "settled")
    )  # fmt: skip
    readonly_fields = ("queued",)
    actions = ("retry",)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("meetings.change_workitem")

    @admin.action(description="Try again what was set aside", permissions=["retry"])
    def retry(self, request: HttpRequest, items: QuerySet) -> None:
        self.message_user(request, f"Enqueued again: {queue.retry(items)}.", messages.SUCCESS)
