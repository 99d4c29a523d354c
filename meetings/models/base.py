"""What several models share: dates with their uncertainty, choices, confidence."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from .. import dates
from ..records import Attendance, Kind, Medium, Status


def choices(enum, **labels: str) -> list[tuple[str, str]]:
    return [(member.value, labels.get(member.value, member.value.replace("_", " ").capitalize())) for member in enum]


KINDS = choices(Kind, memcon="Memorandum of conversation", news="News report", register="Official list")
MEDIA = choices(Medium)
STATUSES = choices(Status)
ATTENDANCES = choices(Attendance)


def validate_edtf(value: str) -> None:
    try:
        dates.bounds(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def confidence_field() -> models.FloatField:
    return models.FloatField(default=1.0, help_text="How sure the machine is, from 0 to 1.")


def confidence_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name=name)


class DatedModel(models.Model):
    """A date with its uncertainty: the EDTF text, and the first and last day that it covers, kept for queries."""

    date = models.CharField(
        max_length=60,
        blank=True,
        validators=[validate_edtf],
        help_text="Date as EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.",
    )
    earliest = models.DateField(null=True, blank=True, editable=False, help_text="First day that the date covers.")
    latest = models.DateField(null=True, blank=True, editable=False, help_text="Last day that the date covers.")

    class Meta:
        abstract = True

    def set_date(self, edtf: str) -> None:
        """Set the date and its bounds together. Raises ValueError when it is no EDTF date."""
        self.earliest, self.latest = dates.bounds(edtf) if edtf else (None, None)
        self.date = edtf

    def clean(self) -> None:
        super().clean()
        if self.date:
            validate_edtf(self.date)
        self.set_date(self.date)

    @property
    def date_in_words(self) -> str:
        return dates.in_words(self.date)


class Mergeable(models.Model):
    """A record that may turn out to be another one's. It stays as it was read, names and all, and leads to the other.

    Rows that documents bring forth point at the record that stands, and beside it, in ``…_read``, at the one that was read.
    """

    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text="The record that this one turned out to be, never one that is merged itself; the old address leads there.",
    )

    class Meta:
        abstract = True

    @property
    def survivor(self) -> Mergeable:
        """The record that stands for this one: itself, as long as it is not merged."""
        return self.merged_into or self


def merge_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(merged_into=F("id")), name=name)


def read_field(model: str | type[models.Model], **options) -> models.ForeignKey:
    """Beside a field for a record: the one that was read, where an editor merged that into another."""
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # an index over the few rows that have a value is enough
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The record as read, where it was merged into another; empty where nothing was merged.",
        **options,
    )


def read_index(field: str, name: str) -> models.Index:
    """For parting what was merged."""
    return models.Index(fields=[field], name=name, condition=Q(**{f"{field}__isnull": False}))


def as_read(field: str, record: Mergeable | None) -> dict[str, Mergeable | None]:
    """Values for a field and the one beside it, from the record that was read."""
    merged = record is not None and record.merged_into_id is not None
    return {field: record and record.survivor, f"{field}_read": record if merged else None}


def date_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(date="", earliest=None, latest=None) | Q(earliest__lte=F("latest")) & ~Q(date=""), name=name
    )
