"""The questions that the lists of documents and of people answer.

A value that cannot be understood is explained and left out; the rest of the question still runs.
"""

from __future__ import annotations

from datetime import date

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from . import dates
from .models import KINDS, Collection, Document, Person
from .search import by_name


class PartialDateField(forms.Field):
    """A year, a month or a day: 2007, 2007-05, 2007-05-29. Gives its first and its last day."""

    def to_python(self, value: str) -> tuple[date, date] | None:
        if not value:
            return None
        try:
            return dates.bounds(value.strip())
        except ValueError:
            raise forms.ValidationError(
                "“%(value)s” is not a date: write a year, a month or a day, as in 2007, 2007-05 or 2007-05-29.",
                params={"value": value},
            ) from None


class PartialDateFilter(filters.Filter):
    field_class = PartialDateField


class PeriodForm(forms.Form):
    """A form with a first and a last date, which must not be the wrong way round."""

    def clean(self) -> dict:
        values = super().clean()
        after, before = values.get("after"), values.get("before")
        if after and before and after[0] > before[1]:
            raise forms.ValidationError("The first date is after the last: no day lies between them. Swap the two.")
        return values


class DocumentFilter(filters.FilterSet):
    """Which documents: words, kind, collection, what became of them, dates."""

    q = filters.CharFilter(method="filter_words", label="Words in the documents")
    kind = filters.ChoiceFilter(choices=KINDS, empty_label="Any kind", label="Kind")
    collection = filters.ModelChoiceFilter(
        queryset=lambda request: Collection.objects.visible_to(request.user),
        to_field_name="slug",
        empty_label="Any collection",
        label="Collection",
    )
    state = filters.ChoiceFilter(choices=Document.STATES, empty_label="Any state", label="State")
    after = PartialDateFilter(method="filter_after", label="From")
    before = PartialDateFilter(method="filter_before", label="To")

    class Meta:
        model = Document
        form = PeriodForm
        fields: list[str] = []

    @property
    def mistakes(self) -> list[str]:
        """A sentence for each value that was not understood."""
        return [message for messages in self.errors.values() for message in messages] if self.is_bound else []

    def filter_after(self, documents: QuerySet, name: str, day: tuple[date, date]) -> QuerySet:
        return documents.between(first=day[0])

    def filter_before(self, documents: QuerySet, name: str, day: tuple[date, date]) -> QuerySet:
        return documents.between(last=day[1])

    def filter_words(self, documents: QuerySet, name: str, words: str) -> QuerySet:
        return documents.matching(words)


class PersonFilter(filters.FilterSet):
    q = filters.CharFilter(method="filter_name", label="Name, in any spelling")

    class Meta:
        model = Person
        fields: list[str] = []

    def filter_name(self, people: QuerySet, name: str, text: str) -> QuerySet:
        return by_name(people, text)
