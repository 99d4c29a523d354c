"""Documents: what they say of themselves can be corrected; their text stands as it was read."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from .. import queue, removal
from ..models import Account, Collection, Document, DocumentRevision, Passage
from ..querysets import words_query
from .base import MachineAdmin, TrackedAdmin, ViewOnly, link


@admin.register(Collection)
class CollectionAdmin(TrackedAdmin):
    list_display = ("name", "public", "description")
    list_filter = ("public",)
    search_fields = ("name", "description")
    made_from = {"slug": ("name",)}
    filter_horizontal = ("readers",)
    lasting = ("slug",)


class RevisionInline(ViewOnly, admin.TabularInline):
    model = DocumentRevision
    fields = ("number", "current", "created", "read")
    readonly_fields = ("created", "read")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("text", "names", "sketch").select_related("document")

    @admin.display(description="Text")
    def read(self, revision: DocumentRevision) -> str:
        passages = f"{reverse('admin:meetings_passage_changelist')}?revision__id__exact={revision.pk}"
        return format_html('{} · <a href="{}">passages</a>', link(revision, "text"), passages)


class ToldInline(ViewOnly, admin.TabularInline):
    model = Account
    verbose_name_plural = "meetings that it tells of"
    fields = ("of_meeting", "when", "place", "status", "anchor")
    readonly_fields = ("of_meeting", "when")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("meeting", "document", "place__country")

    @admin.display(description="Meeting")
    def of_meeting(self, account: Account) -> str:
        return link(account.meeting)

    @admin.display(description="Date told")
    def when(self, account: Account) -> str:
        return account.date_in_words or "–"


@admin.register(Document)
class DocumentAdmin(TrackedAdmin):
    list_display = ("__str__", "kind", "when", "identifier", "state", "collection", "reader")
    list_filter = ("state", "kind", "collection", "language")
    search_fields = ("title", "identifier", "file_name", "public_id")
    search_help_text = "Title, identifier, file, or the id in the address"
    date_hierarchy = "earliest"
    related = ("collection", "copy_of")
    inlines = (ToldInline, RevisionInline)
    actions = ("extract_again",)
    readonly_fields = (
        "state", "reason", "collection", "file_name", "sha256", "part", "copy_of", "language", "reader", "pipeline", "created", "updated"
    )  # fmt: skip
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("kind", "date"),
                    ("identifier", "classification"),
                    ("origin", "site"),
                    "source_url",
                    ("tags", "references"),
                    "notice",
                ),
                "description": "What you correct here stays when the document is read again.",
            },
        ),
        (
            "How it was read",
            {
                "fields": (
                    ("state", "reason"),
                    ("collection", "language"),
                    ("file_name", "part"),
                    "sha256",
                    "copy_of",
                    ("reader", "pipeline"),
                    ("created", "updated"),
                ),
                "classes": ["collapse"],
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        removal.remove(request.user, obj)

    @admin.action(description="Extract again, in the background", permissions=["change"])
    def extract_again(self, request: HttpRequest, documents: QuerySet) -> None:
        count = queue.enqueue_again(documents, request.user)
        left = documents.count() - count
        more = f" {left} have no text, or are entries of official lists." if left else ""
        self.message_user(request, f"Enqueued to be extracted again: {count}.{more}")

    @admin.display(description="Date", ordering="earliest")
    def when(self, document: Document) -> str:
        return document.date_in_words or "–"


@admin.register(DocumentRevision)
class DocumentRevisionAdmin(MachineAdmin):
    list_display = ("document", "number", "current", "created")
    list_filter = ("current",)
    search_fields = ("document__title", "document__identifier")
    related = ("document",)
    fields = ("document", "number", "current", "created", "sha256", "as_read")
    readonly_fields = ("as_read",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("text", "names", "sketch")

    @admin.display(description="Text")
    def as_read(self, revision: DocumentRevision) -> str:
        return format_html('<div class="document-text">{}</div>', revision.text)


@admin.register(Passage)
class PassageAdmin(MachineAdmin):
    list_display = ("__str__", "label", "begins", "document")
    list_filter = ("label",)
    search_fields = ("text",)
    search_help_text = 'Words, "a phrase", OR, -without'
    related = ("revision__document",)
    fields = ("document", "number", "label", "field", "marking", "start", "end", "text")
    readonly_fields = ("document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("search", "revision__text", "revision__names", "revision__sketch")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        return (queryset.filter(search=words_query(search_term)) if search_term.strip() else queryset), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "revision__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="Text")
    def begins(self, passage: Passage) -> str:
        return Truncator(passage.text).chars(160)

    @admin.display(description="Document")
    def document(self, passage: Passage) -> str:
        return link(passage.revision.document)
