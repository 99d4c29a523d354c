"""The record of what people decided: to be read, never to be changed."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Judgement
from ..presentation.corrections import decision
from .base import MachineAdmin, link


@admin.register(Judgement)
class JudgementAdmin(MachineAdmin):
    list_display = ("made_at", "made_by", "decided", "about", "reason", "withdrawn_at")
    list_display_links = ("made_at",)
    list_filter = (
        "verb",
        "subject",
        ("withdrawn_at", admin.EmptyFieldListFilter),
        "astray",
        ("made_by", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("key", "reason", "meeting__title", "made_by__username")
    search_help_text = "Name, reason, meeting or editor"
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    related = ("made_by", "meeting", "withdrawn_by")
    fields = (
        "made_at", "made_by", "decided", "about", "reason", "withdrawn_at", "withdrawn_by",
        "sha256", "part", "anchor", "value", "previous", "evidence", "astray",
    )  # fmt: skip
    readonly_fields = ("made_at", "decided", "about", "withdrawn_at", "withdrawn_by", "astray")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).once()

    @admin.display(description="Decision")
    def decided(self, judgement: Judgement) -> str:
        return decision(judgement)

    @admin.display(description="About", ordering="meeting__title")
    def about(self, judgement: Judgement) -> str:
        if judgement.meeting:
            return link(judgement.meeting)
        return f"{judgement.subject} {judgement.key or judgement.sha256[:12]}".strip()
