"""Places, countries, bodies and the topic tree. What the app ships of them is kept as editors changed it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Country, Issue, Organisation, Place
from ..resolution.names import fold
from .base import Merging, TrackedAdmin, years
from .tables import InTables, IssueTable


@admin.register(Place)
class PlaceAdmin(Merging, TrackedAdmin):
    merged_as, actions = "places", ("merge",)
    list_display = ("name", "country", "precision", "latitude", "longitude")
    list_filter = ("precision", ("latitude", admin.EmptyFieldListFilter))
    search_fields = ("folded", "country__name")
    search_help_text = "Name, in any spelling, or country"
    related = ("country",)
    autocomplete_fields = ("country",)
    lasting = ("name", "country", "precision")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(Country)
class CountryAdmin(TrackedAdmin):
    list_display = ("name", "key", "alpha3", "cow", "region", "capital", "existed")
    list_filter = ("region", ("exists_to", admin.EmptyFieldListFilter))
    search_fields = ("name", "=key", "=alpha3", "official_name", "aliases", "demonyms")
    lasting = ("key",)
    autocomplete_fields = ("predecessors",)

    def has_delete_permission(self, request: HttpRequest, obj: Country | None = None) -> bool:
        return False

    def in_a_list(self, obj: Country) -> str:
        return f"{obj.name} ({obj.key})"

    @admin.display(description="Existed", ordering="exists_from")
    def existed(self, country: Country) -> str:
        return years(country.exists_from, country.exists_to)


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    list_display = ("name", "acronym", "kind")
    list_filter = ("kind",)
    search_fields = ("folded", "acronym", "aliases")
    lasting = ("key",)
    made_from = {"key": ("name",)}

    def in_a_list(self, obj: Organisation) -> str:
        return f"{obj.name} ({obj.acronym})" if obj.acronym else obj.name


class IsTheme(admin.SimpleListFilter):
    title = "level"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin):
        return [("theme", "Themes"), ("issue", "Issues")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(theme__isnull=self.value() == "theme") if self.value() else queryset


@admin.register(Issue)
class IssueAdmin(Merging, InTables, TrackedAdmin):
    resource_classes = (IssueTable,)
    merged_as, actions = "topics", ("merge",)
    list_display = ("name", "theme", "also", "tagged")
    list_filter = (IsTheme, ("theme", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "aliases", "tags", "theme__name")
    search_help_text = "Name, another word for it, TAGS, or theme"
    related = ("theme",)
    lasting = ("key", "name")
    made_from = {"key": ("name",)}

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "theme":
            kwargs["queryset"] = Issue.objects.filter(theme=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def in_a_list(self, obj: Issue) -> str:
        return f"{obj.name} ({obj.theme})" if obj.theme else obj.name

    @admin.display(description="Also")
    def also(self, issue: Issue) -> str:
        return ", ".join(issue.aliases[:6]) + (", …" if len(issue.aliases) > 6 else "")

    @admin.display(description="TAGS")
    def tagged(self, issue: Issue) -> str:
        return " ".join(issue.tags)
