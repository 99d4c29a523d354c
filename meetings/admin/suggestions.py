"""Accounts that may tell of one encounter: an editor says whether they do."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from .. import judgements
from ..encounters import regroup
from ..models import Account, Suggestion
from ..roles import is_editor
from .base import MachineAdmin, link


@admin.register(Suggestion)
class SuggestionAdmin(MachineAdmin):
    list_display = ("reasons", "one_told", "other_told", "bits")
    search_fields = ("one__meeting__title", "other__meeting__title", "reasons")
    related = ("one__meeting", "one__document", "other__meeting", "other__document")
    fields = ("reasons", "one_told", "other_told", "bits")
    readonly_fields = ("one_told", "other_told", "bits")
    actions = ("same", "different")

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    @admin.display(description="Meeting")
    def one_told(self, suggestion: Suggestion) -> str:
        return telling(suggestion.one)

    @admin.display(description="Perhaps the same")
    def other_told(self, suggestion: Suggestion) -> str:
        return telling(suggestion.other)

    @admin.display(description="Score", ordering="score")
    def bits(self, suggestion: Suggestion) -> str:
        return f"{suggestion.score:.1f}"

    @admin.action(description="They are one meeting", permissions=["judge"])
    def same(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.judge(request, queryset, same=True)

    @admin.action(description="They are different meetings", permissions=["judge"])
    def different(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.judge(request, queryset, same=False)

    def judge(self, request: HttpRequest, queryset: QuerySet, *, same: bool) -> None:
        pairs = list(queryset)
        for suggestion in pairs:
            judgements.record_pair(request.user, suggestion.one, suggestion.other, same)
        regroup(account for suggestion in pairs for account in (suggestion.one_id, suggestion.other_id))
        self.message_user(request, f"Pairs decided: {len(pairs)}.", messages.SUCCESS)


def telling(account: Account) -> str:
    return format_html("{}<br>{}, in {}", link(account.meeting), account.date_in_words or "undated", account.document)
