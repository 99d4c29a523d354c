"""People with their names and the offices they held."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, When
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from ..models import Person, PersonName, Position
from .base import Editing, MachineAdmin, Merging, TrackedAdmin, link, years
from .tables import InTables, PersonTable, PositionTable

FOUND = 200  # people that a search lists, the best matches first


class NameFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        # Django compares these rows with one another alone; another editor may have added one since the page was opened.
        stored = {row.name: row.pk for row in self.instance.names.all()} if self.instance.pk else {}
        for form in self.forms:
            name = form.cleaned_data.get("name")
            if "name" not in form.changed_data or form.cleaned_data.get("DELETE"):
                continue
            if name == self.instance.name:
                raise ValidationError(f"“{name}” is the name shown, and kept here without your help.")
            if stored.get(name, form.instance.pk) != form.instance.pk:
                raise ValidationError(f"“{name}” stands among the names already.")


class PositionFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Nothing else asks whether an office is among them already: Django leaves out what has no body or no country."""
        super().clean()
        rows = self.instance.positions.all() if self.instance.pk else ()
        stored = {self.office(row): row.pk for row in rows}
        for form in self.forms:
            if not form.has_changed() or not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            row = form.instance
            if stored.setdefault(self.office(row), row.pk or form) not in (row.pk, form):
                raise ValidationError(f"“{row}” stands among the offices already.")

    @staticmethod
    def office(row: Position) -> tuple:
        """What tells the offices of a person apart."""
        return row.title, row.country_id, row.organisation_id, row.start


class NameInline(Editing, admin.TabularInline):
    model = PersonName
    formset = NameFormSet
    extra = 0
    fields = ("name",)
    verbose_name_plural = "names in every spelling and script"


class PositionInline(Editing, admin.TabularInline):
    model = Position
    formset = PositionFormSet
    extra = 0
    fields = ("title", "office", "country", "organisation", "start", "end", "source")
    related = ("country", "organisation")
    autocomplete_fields = ("country", "organisation")


@admin.register(Person)
class PersonAdmin(Merging, InTables, TrackedAdmin):
    resource_classes = (PersonTable,)
    merged_as, actions = "people", ("merge",)
    list_display = ("name", "country", "description", "known_as")
    list_filter = ("positions__office", ("country", admin.EmptyFieldListFilter))
    search_fields = ("names__folded",)
    search_help_text = "Any name, in any spelling or script"
    related = ("country", "merged_into")
    autocomplete_fields = ("country",)
    fields = ("name", "country", "description", "merged_into")
    readonly_fields = ("merged_into",)
    inlines = (NameInline, PositionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("names")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        if not search_term.strip():
            return queryset, False
        found = [person.pk for person in Person.objects.named_like(search_term, FOUND)]
        queryset = queryset.filter(pk__in=found)
        if found and "o" not in request.GET:  # the best first, unless a column was chosen
            queryset = queryset.order_by(Case(*(When(pk=pk, then=rank) for rank, pk in enumerate(found))), "pk")
        return queryset, False

    def in_a_list(self, obj: Person) -> str:
        told = ", ".join(str(part) for part in (obj.country, obj.description) if part)
        return f"{obj.name} ({told})" if told else obj.name

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.names.get_or_create(name=form.instance.name)

    @admin.display(description="Also written")
    def known_as(self, person: Person) -> str:
        return " · ".join(name.name for name in person.names.all() if name.name != person.name) or "–"


@admin.register(PersonName)
class PersonNameAdmin(MachineAdmin):
    list_display = ("name", "folded", "of_person")
    search_fields = ("folded", "name")
    related = ("person",)

    @admin.display(description="Person", ordering="person__name")
    def of_person(self, row: PersonName) -> str:
        return link(row.person)


@admin.register(Position)
class PositionAdmin(InTables, MachineAdmin):
    resource_classes = (PositionTable,)
    list_display = ("title", "of_person", "office", "country", "organisation", "held")
    list_filter = ("office",)
    search_fields = ("title", "person__names__folded", "country__name")
    related = ("person", "country", "organisation")

    @admin.display(description="Person", ordering="person__name")
    def of_person(self, row: Position) -> str:
        return link(row.person)

    @admin.display(description="Held", ordering="start")
    def held(self, row: Position) -> str:
        return years(row.start, row.end)
