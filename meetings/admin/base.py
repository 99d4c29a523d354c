"""What the admin pages share: fields for dates and lists, type-ahead fields that ask nothing twice, decisions on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Model, ProtectedError, QuerySet, URLField
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from .. import overrides
from ..merging.kind import AT_ONCE
from ..merging.kinds import KINDS
from ..models import validate_edtf


class LinesField(SimpleArrayField):
    """Several values, one a line: names and aliases contain commas."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def __init__(self, base_field, **kwargs):
        super().__init__(base_field, **(kwargs | {"delimiter": "\n"}))

    def to_python(self, value: str) -> list[str]:
        return super().to_python("\n".join(line for line in (value or "").splitlines() if line.strip()))


class Suggesting(AutocompleteSelect):
    """A type-ahead field that need not look up the row it shows: its form has loaded it together with all the others."""

    shown: Model | None = None

    def value_from_datadict(self, data, files, name):
        """What can be no row's key is made one that no row has: the form refuses it, where the database would fail over it."""
        value = super().value_from_datadict(data, files, name)
        if not value:
            return value
        try:
            self.field.remote_field.model._meta.pk.get_prep_value(value)
        except ValueError:
            return "0"
        return value.replace("\0", "\ufffd")

    def optgroups(self, name, value, attrs=None):
        if self.shown is None or value != [str(self.shown.pk)]:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.shown)
        return [(None, [*options, self.create_option(name, self.shown.pk, label, True, 1)], 0)]


class RelatedRowsForm(forms.ModelForm):
    """Hands the related rows that its record came with to their type-ahead fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, Suggesting) and self.instance._meta.get_field(name).is_cached(self.instance):
                widget.shown = getattr(self.instance, name)


class Editing:
    """Of pages and of the rows on them: related records by type-ahead, dates checked while they are typed."""

    form = RelatedRowsForm
    formfield_overrides = {ArrayField: {"form_class": LinesField}, URLField: {"assume_scheme": "https"}}
    # Fields whose record may be added or opened from the form; elsewhere the buttons would only take room.
    linked: Iterable[str] = ()
    related: Iterable[str] = ()  # what its queryset brings along

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.related)

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Suggesting(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if validate_edtf in db_field.validators:
            kwargs["validators"] = [validate_edtf]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.many_to_one and hasattr(field.widget, "can_add_related"):
            shown = db_field.name in self.linked
            field.widget.can_add_related &= shown
            field.widget.can_change_related &= shown
            field.widget.can_view_related = field.widget.can_delete_related = False
        return field


class ViewOnly:
    """Made by the machine from a document: it is shown, and changes when the document is read again."""

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class RecordAdmin(Editing, admin.ModelAdmin):
    """Writes down as judgements what was changed."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False  # counting a large table takes longer than listing a page of it
    save_on_top = True
    lasting: tuple[str, ...] = ()  # fields by which documents find the record: fixed once it exists
    made_from: dict[str, tuple[str, ...]] = {}  # fields of a new record that are filled in while others are typed

    def in_a_list(self, obj: Model) -> str:
        """The record among others of its kind."""
        return str(obj)

    def view_on_site(self, obj: Model) -> str | None:
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None):
        fixed = self.lasting if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list:
        """By what it is found comes first, also where that cannot be changed any more."""
        fields = super().get_fields(request, obj)
        return sorted(fields, key=lambda field: field not in self.lasting)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None):
        return {} if obj else self.made_from

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        before = self.model._base_manager.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if before is None:
            overrides.record_row(request.user, obj, "add", obj)
        else:
            # Not what changed in the form: one that brings back an earlier version is filled in with it.
            names = [field.name for field in obj._meta.concrete_fields if field.name in form.fields]
            overrides.record_values(request.user, before, obj, names)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        if not formset.has_changed():
            return super().save_formset(request, form, formset, change)
        owner = form.instance
        names = [name for name in formset.form._meta.fields if name != formset.fk.name]
        standing = formset.model._base_manager.in_bulk([row.pk for row in formset.get_queryset()])
        before = {pk: overrides.values_of(row, names) for pk, row in standing.items()}
        gone = [row.instance.pk for row in formset.deleted_forms if row.instance.pk]
        formset.save()
        for pk in gone:
            overrides.record_row(request.user, owner, "remove", standing[pk], previous=before[pk])
        for row, _ in formset.changed_objects:
            value = overrides.values_of(row, names)
            overrides.record_row(request.user, owner, "set", row, value=value, previous=before[row.pk])
        for row in formset.new_objects:
            overrides.record_row(request.user, owner, "add", row, value=overrides.values_of(row, names))
        return None

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        overrides.record_row(request.user, obj, "remove", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest):
        """What goes along with the records, and what forbids it, as numbers: a list could hold every meeting there is."""
        objs = list(objs)
        collector, protected = Collector(using="default", origin=objs), []
        try:
            collector.collect(objs)
        except ProtectedError as error:
            kinds = Counter(type(row) for row in error.protected_objects)
            protected = [f"{counted(kind, n)}: correct or reject these first" for kind, n in kinds.items()]
        rows = Counter({model: len(instances) for model, instances in collector.data.items()})
        for queryset in collector.fast_deletes:
            rows[queryset.model] += queryset.count()
        summary = {model._meta.verbose_name_plural: n for model, n in rows.items() if n}
        return [self.in_a_list(obj) for obj in objs], summary, set(), protected


class TrackedAdmin(SimpleHistoryAdmin, RecordAdmin):
    """Of records with a history: each earlier version can be looked at and brought back, which is a decision like any other."""

    history_list_per_page = 50


class Merging:
    """Of lists whose records may turn out to be one: the page that merges shows first what would move."""

    merged_as: str  # what that page calls them

    @admin.action(description="Merge into one, after a look at what would move", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseRedirect:
        ids = ",".join(map(KINDS[self.merged_as].id, queryset[:AT_ONCE]))
        return HttpResponseRedirect(f"{reverse('merging', args=[self.merged_as])}?ids={ids}")


class MachineAdmin(ViewOnly, RecordAdmin):
    """Of rows that the machine makes."""

    actions = None


def counted(model: type[Model], n: int) -> str:
    return f"{n} {model._meta.verbose_name if n == 1 else model._meta.verbose_name_plural}"


def link(obj: Model | None, text: str = "") -> str:
    """A link to a record's own page in the admin."""
    if obj is None:
        return "–"
    address = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('<a href="{}">{}</a>', address, text or obj)


def years(first: str, last: str) -> str:
    return f"{first or '?'}–{last}" if first or last else ""
