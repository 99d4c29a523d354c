"""People, offices and topics as tables: taken out as CSV or Excel, corrected there, and brought in again.

What a table changes is a decision like any other: it is on record, and outlives the documents and the shipped tables.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm, ImportForm
from import_export.resources import Diff, ModelResource
from import_export.widgets import ForeignKeyWidget, IntegerWidget, Widget

from .. import overrides
from ..models import Country, Issue, Organisation, Person, Position
from ..resolution.names import fold
from ..taking.formats import FORMULA, cell, joined

MOST_ROWS = 2_000  # at a few milliseconds each, twice: for the preview and for good
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000  # of an Excel file, which is an archive


# Values in cells


class Several(Widget):
    """Several values in one cell."""

    def clean(self, value: Any, row=None, **kwargs) -> list[str]:
        return list(dict.fromkeys(part for part in map(str.strip, (value or "").split(";")) if part))

    def render(self, value: Any, obj=None, **kwargs) -> str:
        return joined(value or ())


class Named(ForeignKeyWidget):
    """A record by its key; one that there is not is an error of the line. Each is looked up once a table."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found: dict[str, Model | None] = {}

    def clean(self, value: Any, row=None, **kwargs) -> Model | None:
        if not value:
            return None
        if value not in self.found:
            self.found[value] = self.get_queryset(value, row).filter(**{self.field: value}).first()
        if self.found[value] is None:
            raise ValueError(f"There is no {self.model._meta.verbose_name} “{value}”.")
        return self.found[value]


class Theme(Named):
    def get_queryset(self, value, row, *args, **kwargs):
        return super().get_queryset(value, row).filter(theme=None)


class Names(Field):
    """All names of a person but the one that is shown."""

    def get_value(self, instance: Person) -> list[str]:
        return sorted(name for name in names_of(instance) if name != instance.name)

    def save(self, instance: Person, row: dict, is_m2m: bool = False, **kwargs) -> None:
        instance.told_names = self.clean(row)


def names_of(person: Person) -> list[str]:
    """Looked up once, and kept with the person."""
    if not hasattr(person, "known_names"):
        person.known_names = [name.name for name in person.names.all()] if person.pk else []
    return person.known_names


class Changes(Diff):
    """Before and after, marked in a way that the security policy allows."""

    def as_html(self) -> list[str]:
        pairs = zip(self.left, self.right, strict=True)
        return [
            conditional_escape(after)
            if self.new or before == after
            else format_html("<del>{}</del> <ins>{}</ins>", before, after)
            for before, after in pairs
        ]


# Tables


class Table(ModelResource):
    """Lines that change nothing are passed over. A line with a mistake is named, and nothing is brought in."""

    decided: tuple[str, ...] = ()  # fields that a line decides on

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True

    @classmethod
    def get_diff_class(cls):
        return Changes

    def export_field(self, field: Field, instance: Model, **kwargs) -> Any:
        return cell(super().export_field(field, instance, **kwargs))

    def before_import(self, dataset, **kwargs) -> None:
        if len(dataset) > MOST_ROWS:
            raise ValueError(f"The table has {len(dataset):,} lines: bring in at most {MOST_ROWS:,} at once.")
        numbers = [told(value) for value in dataset["id"]] if "id" in (dataset.headers or ()) else []
        self.standing = self.numbered([number for number in numbers if number.isascii() and number.isdecimal()])

    def numbered(self, numbers: list[str]) -> dict[str, Model]:
        """The records with these numbers, looked up at once."""
        few = [int(number) for number in numbers if len(number) < 19]
        return {str(row.pk): row for row in self._meta.model.objects.filter(pk__in=few)}

    def before_import_row(self, row: dict, **kwargs) -> None:
        for name, value in row.items():
            row[name] = told(value)

    def get_instance(self, instance_loader, row: dict) -> Model | None:
        if number := row.get("id"):
            if number not in self.standing:
                called = self._meta.model._meta.verbose_name
                raise ValidationError({"id": f"There is no {called} number {number}. Leave it out to add one."})
            return self.standing[number]
        return self.known(row)

    def known(self, row: dict) -> Model | None:
        """The record that a line without a number is about, if there is one."""
        return None

    def save_instance(self, instance: Model, is_create: bool, row: dict, **kwargs) -> None:
        before = None if is_create else self._meta.model._base_manager.get(pk=instance.pk)
        super().save_instance(instance, is_create, row, **kwargs)
        self.write_down(kwargs["user"], before, instance)

    def write_down(self, user, before: Model | None, after: Model) -> None:
        if before is None:
            overrides.record_row(user, after, "add", after)
        else:
            overrides.record_values(user, before, after, self.decided)


def told(value: Any) -> str:
    """A cell's content as text; the apostrophe that kept it from being taken for a formula goes again."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()[:10]
        case float() if value.is_integer():
            return str(int(value))
    text = str(value).replace("\x00", "").strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


class PersonTable(Table):
    """A line without a number is about the person of that name and country, or adds one. Names are added, never removed."""

    decided = ("name", "country", "description", "died")

    id = Field("id", "id", widget=IntegerWidget(), readonly=True)
    country = Field("country", "country", widget=Named(Country, "key"))
    names = Names("names", "names", widget=Several())

    class Meta(Table.Meta):
        model = Person
        fields = ("id", "name", "country", "description", "died", "names")
        export_order = import_order = fields

    def known(self, row: dict) -> Person | None:
        people = Person.objects.filter(name=row.get("name", ""), country=row.get("country") or None, merged_into=None)[
            :2
        ]
        if len(people) > 1:
            raise ValidationError(
                {"name": "There are several people of that name and country: give the number of one."}
            )
        return people[0] if people else None

    def skip_row(self, instance: Person, original: Person, row: dict, import_validation_errors=None) -> bool:
        new = instance.pk is None or self.new_names(instance)
        return not new and super().skip_row(instance, original, row, import_validation_errors)

    def new_names(self, person: Person) -> list[str]:
        return [name for name in getattr(person, "told_names", ()) if name not in {person.name, *names_of(person)}]

    def numbered(self, numbers: list[str]) -> dict[str, Person]:
        people = super().numbered(numbers)
        prefetch_related_objects(list(people.values()), "names")
        for person in people.values():
            names_of(person)
        return people

    def write_down(self, user, before: Person | None, after: Person) -> None:
        super().write_down(user, before, after)
        for name in self.new_names(after):
            row, _ = after.names.get_or_create(name=name[:200])
            overrides.record_row(user, after, "add", row, value=overrides.values_of(row, ("name",)))
            after.known_names = [*after.known_names, name]


class PositionTable(Table):
    """A line without a number is about the same title, country, body and beginning of a person, or adds an office."""

    decided = ("title", "office", "country", "organisation", "start", "end", "source")

    id = Field("id", "id", widget=IntegerWidget(), readonly=True)
    person = Field("person", "person_number", widget=Named(Person, "pk"))
    name = Field("person__name", "person", readonly=True)
    country = Field("country", "country", widget=Named(Country, "key"))
    organisation = Field("organisation", "organisation", widget=Named(Organisation, "key"))

    class Meta(Table.Meta):
        model = Position
        fields = ("id", "person", "name", "title", "office", "country", "organisation", "start", "end", "source")
        export_order = import_order = fields

    def before_import_row(self, row: dict, **kwargs) -> None:
        super().before_import_row(row, **kwargs)
        if not row.get("person_number"):
            row["person_number"] = self.person_called(row.get("person", ""))
        elif not (row["person_number"].isascii() and row["person_number"].isdecimal()):
            raise ValidationError({"person_number": f"“{row['person_number']}” is no number."})

    def person_called(self, name: str) -> str:
        people = Person.objects.filter(names__folded=fold(name)[:200], merged_into=None).distinct()[:2] if name else ()
        if len(people) != 1:
            told = f"There are several people called “{name}”" if people else f"There is nobody called “{name}”"
            raise ValidationError({"person": f"{told}: give the person’s number."})
        return str(people[0].pk)

    def known(self, row: dict) -> Position | None:
        same = {"country": row.get("country") or None, "organisation__key": row.get("organisation") or None}
        match = {f"{name}__isnull" if value is None else name: value is None or value for name, value in same.items()}
        held = Position.objects.filter(
            person=row["person_number"], title=row.get("title", ""), start=row.get("start", "")
        )
        return held.filter(**match).first()

    def write_down(self, user, before: Position | None, after: Position) -> None:
        value = overrides.values_of(after, self.decided)
        previous = overrides.values_of(before, self.decided) if before else None
        overrides.record_row(user, after.person, "set" if before else "add", after, value=value, previous=previous)


class IssueTable(Table):
    """A line is about the topic with its key, or adds one. Key and name stay: documents find a topic by them."""

    decided = ("theme", "aliases", "tags", "plover")

    theme = Field("theme", "theme", widget=Theme(Issue, "key"))
    aliases = Field("aliases", "aliases", widget=Several())
    tags = Field("tags", "tags", widget=Several())
    plover = Field("plover", "plover", widget=Several())

    class Meta(Table.Meta):
        model = Issue
        import_id_fields = ("key",)
        fields = ("key", "name", "theme", "aliases", "tags", "plover")
        export_order = import_order = fields

    def get_instance(self, instance_loader, row: dict) -> Issue | None:
        found = Issue.objects.filter(key=row.get("key", "")).first()
        if found and not row.get("name"):
            row["name"] = found.name
        if found and row["name"] != found.name:
            raise ValidationError(
                {"name": f"“{found.name}” cannot be called “{row['name']}”: add that as another word for it."}
            )
        return found


# Pages


class TableForm(ImportForm):
    """Refuses files that would take too much to read."""

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file has more than {MOST_BYTES // 1_000_000} MB: bring it in in parts.")
        content = io.BytesIO(file.read())
        file.seek(0)
        if zipfile.is_zipfile(content):
            with zipfile.ZipFile(content) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                    raise ValidationError("The table is too large: bring it in in parts.")
        return file


class InTables(ImportExportMixin):
    """Of lists that can be taken out as a table, and brought in again after a look at what would change."""

    formats = import_formats = export_formats = (CSV, XLSX)
    import_form_class = TableForm
    export_form_class = ExportForm

    def has_import_permission(self, request: HttpRequest) -> bool:
        opts = self.model._meta
        return all(request.user.has_perm(f"{opts.app_label}.{right}_{opts.model_name}") for right in ("add", "change"))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
