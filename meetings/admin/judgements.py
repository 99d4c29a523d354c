"""The record of what people decided: to be read, never to be changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from ..models import Judgement
from .base import MachineAdmin, link


def once(judgements: QuerySet) -> QuerySet:
    """Each decision once: one on a meeting is written down for every account of it, so that it lasts as long as any."""
    same = {name: OuterRef(name) for name in ("made_at", "verb", "subject", "key", "field")}
    return judgements.exclude(Exists(Judgement.objects.filter(**same, pk__lt=OuterRef("pk"))))


def in_words(value: Any) -> str:
    """A value as it was kept, to be read by people."""
    match value:
        case None | "" | []:
            return "nothing"
        case True | False:
            return "yes" if value else "no"
        case dict():
            told = [in_words(part) for key, part in value.items() if part and key != "precision"]
            return ", ".join(dict.fromkeys(told)) or "nothing"
        case list():
            return ", ".join(map(in_words, value))
    return str(value).replace("_", " ")


def decision(judgement: Judgement) -> str:
    """A judgement as a sentence: ``Set date: 1995-03-02, before 1995-03-03``."""
    what = (judgement.field or (judgement.subject if judgement.subject != "meeting" else "")).replace("_", " ")
    match judgement.verb:
        case "confirm" | "reject":
            return judgement.get_verb_display()
        case "remove":
            return f"Removed {what or judgement.subject}: {in_words(judgement.previous or judgement.key)}"
        case "add":
            return f"Added {what or judgement.subject}: {in_words(judgement.value or judgement.key)}"
        case "set":
            return f"Set {what}: {in_words(judgement.value)}, before {in_words(judgement.previous)}"
    return str(judgement)


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
