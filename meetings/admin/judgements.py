"""The record of what people decided: to be read, never to be changed."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from ..models import Judgement
from ..presentation.corrections import decision
from .base import MachineAdmin, link


def once(judgements: QuerySet) -> QuerySet:
    """Each decision once: one on a meeting is written down for every account of it, so that it lasts as long as any."""
    same = {name: OuterRef(name) for name in ("made_at", "verb", "subject", "key", "field")}
    return judgements.exclude(Exists(Judgement.objects.filter(**same, pk__lt=OuterRef("pk"))))


@admin.register(Judgement)
class JudgementAdmin(MachineAdmin):
    list_display = ("made_at", "made_by", "decided", "about", "reason")
    list_display_links = ("made_at",)
    list_filter = ("verb", "subject", ("made_by", admin.RelatedOnlyFieldListFilter))
    search_fields = ("key", "reason", "meeting__title", "made_by__username")
    search_help_text = "Name, reason, meeting or editor"
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    related = ("made_by", "meeting")
    fields = ("made_at", "made_by", "decided", "about", "reason", "sha256", "part", "anchor", "value", "previous")
    readonly_fields = ("made_at", "decided", "about")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return once(super().get_queryset(request))

    @admin.display(description="Decision")
    def decided(self, judgement: Judgement) -> str:
        return decision(judgement)

    @admin.display(description="About", ordering="meeting__title")
    def about(self, judgement: Judgement) -> str:
        if judgement.meeting:
            return link(judgement.meeting)
        return f"{judgement.subject} {judgement.key or judgement.sha256[:12]}".strip()
