"""What each document tells of a meeting, who said what, and the passages behind it: as the machine found it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator

from ..models import Account, AccountIssue, AccountParticipant, Evidence, Statement
from .base import MachineAdmin, ViewOnly, link
from .quotes import TEXTS, cited

PARTICIPATION = ("person", "country", "organisation")


class ParticipantInline(ViewOnly, admin.TabularInline):
    model = AccountParticipant
    fields = ("name", "role", "country", "organisation", "body", "attendance", "person", "resolved_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*PARTICIPATION)


class IssueInline(ViewOnly, admin.TabularInline):
    model = AccountIssue
    fields = ("mention", "name", "issue")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("issue")


class StatementInline(ViewOnly, admin.TabularInline):
    model = Statement
    fk_name = "account"
    fields = ("speaker", "country", "kind", "issue", "text")
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("country", "issue")


class EvidenceInline(ViewOnly, admin.TabularInline):
    model = Evidence
    fk_name = "account"
    fields = ("field", "passage", "rule", "confidence")
    readonly_fields = ("passage",)
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_passage().select_related("revision__document").defer(*TEXTS)

    @admin.display(description="Passage")
    def passage(self, evidence: Evidence) -> str:
        return cited(evidence)


@admin.register(Account)
class AccountAdmin(MachineAdmin):
    list_display = ("of_meeting", "in_document", "when", "place", "medium", "status", "confidence")
    list_filter = ("meeting__review", "status", "medium", "document__kind", "place_inferred")
    search_fields = ("meeting__title", "document__title", "document__identifier", "participants__name")
    date_hierarchy = "earliest"
    related = ("meeting", "document", "place__country")
    inlines = (ParticipantInline, IssueInline, StatementInline, EvidenceInline)
    fields = (
        ("of_meeting", "in_document"), "anchor", ("status", "medium"), ("date", "time", "duration"), ("place", "place_inferred"),
        ("confidence", "joined_by"),
    )  # fmt: skip
    readonly_fields = ("of_meeting", "in_document")

    @admin.display(description="Meeting", ordering="meeting__title")
    def of_meeting(self, account: Account) -> str:
        return link(account.meeting)

    @admin.display(description="Document", ordering="document__title")
    def in_document(self, account: Account) -> str:
        return format_html("{} · {}", link(account.document), account.document.get_kind_display())

    @admin.display(description="Date", ordering="earliest")
    def when(self, account: Account) -> str:
        return account.date_in_words or "–"


class InAccount(MachineAdmin):
    """Rows of an account."""

    @admin.display(description="Account")
    def in_account(self, row: AccountParticipant | AccountIssue) -> str:
        return link(row.account)


@admin.register(AccountParticipant)
class AccountParticipantAdmin(InAccount):
    list_display = ("label", "role", "country", "attendance", "person", "resolved_by", "in_account")
    list_display_links = ("label",)
    list_filter = (("person", admin.EmptyFieldListFilter), "attendance")
    search_fields = ("name", "role", "resolved_by")
    related = (*PARTICIPATION, "account__meeting", "account__document", "participant__person")
    fields = ("in_account", *PARTICIPATION, "name", "role", "body", "attendance", "resolved_by")
    readonly_fields = ("in_account",)

    @admin.display(description="As named")
    def label(self, row: AccountParticipant) -> str:
        return row.name or row.label


@admin.register(AccountIssue)
class AccountIssueAdmin(InAccount):
    list_display = ("mention", "name", "issue", "in_account")
    list_filter = (("issue", admin.EmptyFieldListFilter),)
    search_fields = ("mention", "name")
    related = ("issue", "account__meeting", "account__document")
    fields = ("in_account", "mention", "name", "issue")
    readonly_fields = ("in_account",)


@admin.register(Statement)
class StatementAdmin(MachineAdmin):
    list_display = ("who", "said", "kind", "issue", "in_document")
    list_filter = ("kind", ("person", admin.EmptyFieldListFilter))
    search_fields = ("speaker", "text")
    related = ("person", "country", "issue", "document", "account__meeting", "account__document")
    fields = ("speaker", "person", "country", "kind", "text", "issue", "in_document", "account")
    readonly_fields = ("in_document",)

    @admin.display(description="Speaker", ordering="speaker")
    def who(self, statement: Statement) -> str:
        return statement.speaker or "–"

    @admin.display(description="Statement")
    def said(self, statement: Statement) -> str:
        return Truncator(statement.text).chars(160)

    @admin.display(description="Document", ordering="document__title")
    def in_document(self, statement: Statement) -> str:
        return link(statement.document)


@admin.register(Evidence)
class EvidenceAdmin(MachineAdmin):
    list_display = ("field", "passage", "rule", "confidence")
    list_display_links = ("field",)
    list_filter = ("field",)
    ordering = ("pk",)
    search_fields = ("quote", "rule")
    fields = (
        "field",
        "passage",
        "quote",
        "prefix",
        "suffix",
        "start",
        "end",
        "rule",
        "confidence",
        "account",
        "statement",
    )
    readonly_fields = ("passage",)
    related = ("revision__document", "account__meeting", "account__document", "statement")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_passage().defer(*TEXTS)

    @admin.display(description="Passage")
    def passage(self, evidence: Evidence) -> str:
        return cited(evidence)
