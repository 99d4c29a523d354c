"""The questions that the lists of meetings and documents answer: their fields, in words, as chips and as facets.

A value that cannot be understood is explained and left out; the rest of the question still runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from . import dates
from .addresses import changed, having, lacking
from .models import KINDS, MEDIA, STATUSES, Collection, Country, Document, Issue, Meeting, Person
from .querysets import MeetingQuerySet, Tally
from .search import by_name
from .wording import listed, with_article

SHOWN = 8  # values of a facet that stand open
OFFERED = 40  # values of a facet altogether
SINGLE_YEARS = 12  # up to so many years are listed one by one, more of them by decade


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


UNKNOWN = "“%(value)s” is not known here, or no meeting that you may see has it."


class PeriodForm(forms.Form):
    """A form with a first and a last date, which must not be the wrong way round."""

    def clean(self) -> dict:
        values = super().clean()
        after, before = values.get("after"), values.get("before")
        if after and before and after[0] > before[1]:
            raise forms.ValidationError("The first date is after the last: no day lies between them. Swap the two.")
        return values


class ByKey(filters.ModelMultipleChoiceFilter):
    """Several rows, all of which must match; an unknown one is explained."""

    def __init__(self, *args, **kwargs):
        messages = {"invalid_choice": UNKNOWN, "invalid_pk_value": UNKNOWN.replace("value", "pk")}
        super().__init__(*args, error_messages=messages, **kwargs)


class OneByKey(filters.ModelChoiceFilter):
    """One row; an unknown one is explained."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, error_messages={"invalid_choice": UNKNOWN}, **kwargs)


class MeetingFilter(filters.FilterSet):
    """Which meetings: words, people, countries and issues (all of them together), country of the place, form, status, kind of document, dates."""

    q = filters.CharFilter(method="filter_words", label="Words in the documents")
    person = ByKey(queryset=lambda request: Person.objects.known_to(request.user), method="filter_people")
    country = ByKey(queryset=Country.objects.all(), method="filter_countries")
    held_in = OneByKey(queryset=Country.objects.all(), method="filter_held_in")
    issue = ByKey(queryset=Issue.objects.all(), to_field_name="key", method="filter_issues")
    medium = filters.ChoiceFilter(choices=[*MEDIA, ("unknown", "Untold")], method="filter_medium")
    status = filters.ChoiceFilter(choices=STATUSES)
    kind = filters.ChoiceFilter(choices=KINDS, method="filter_kind")
    after = PartialDateFilter(method="filter_after", label="From")
    before = PartialDateFilter(method="filter_before", label="To")
    undated = filters.ChoiceFilter(choices=[("only", "Undated only")], method="filter_undated")

    class Meta:
        model = Meeting
        form = PeriodForm
        fields: list[str] = []

    def filter_words(self, meetings: MeetingQuerySet, name: str, words: str) -> MeetingQuerySet:
        return meetings.matching(words, self.request.user)

    def filter_people(self, meetings: MeetingQuerySet, name: str, people: Iterable[Person]) -> MeetingQuerySet:
        return meetings.with_person(*(person.merged_into or person for person in people))

    def filter_countries(self, meetings: MeetingQuerySet, name: str, countries: Iterable[Country]) -> MeetingQuerySet:
        return meetings.with_country(*countries)

    def filter_held_in(self, meetings: MeetingQuerySet, name: str, country: Country) -> MeetingQuerySet:
        return meetings.held_in(country)

    def filter_issues(self, meetings: MeetingQuerySet, name: str, issues: Iterable[Issue]) -> MeetingQuerySet:
        return meetings.about(*issues)

    def filter_medium(self, meetings: MeetingQuerySet, name: str, medium: str) -> MeetingQuerySet:
        return meetings.filter(medium="" if medium == "unknown" else medium)

    def filter_kind(self, meetings: MeetingQuerySet, name: str, kind: str) -> MeetingQuerySet:
        return meetings.told_by(kind, self.request.user)

    def filter_after(self, meetings: MeetingQuerySet, name: str, day: tuple[date, date]) -> MeetingQuerySet:
        return meetings.between(first=day[0])

    def filter_before(self, meetings: MeetingQuerySet, name: str, day: tuple[date, date]) -> MeetingQuerySet:
        return meetings.between(last=day[1])

    def filter_undated(self, meetings: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        return meetings.undated()

    @property
    def asked(self) -> dict:
        """The values that were given and understood, by name."""
        if not self.is_bound or self.form.errors is None:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def mistakes(self) -> list[str]:
        return [message for messages in self.errors.values() for message in messages] if self.is_bound else []

    def in_words(self) -> str:
        """What was asked for, to follow "37 meetings": "with Sergey Lavrov and John Kerry, about Syria, since 2014"."""
        asked = self.asked
        parts = []
        if "status" in asked:
            parts.append(dict(STATUSES)[asked["status"]].lower())
        if people := asked.get("person"):
            parts.append(f"with {listed(str(person.merged_into or person) for person in people)}")
        if countries := asked.get("country"):
            names = [with_article(country.name) for country in countries]
            parts.append(f"between {listed(names)}" if len(names) > 1 else f"with {names[0]}")
        if "held_in" in asked:
            parts.append(f"held in {with_article(asked['held_in'].name)}")
        if issues := asked.get("issue"):
            parts.append(f"about {listed(issue.name for issue in issues)}")
        if medium := asked.get("medium"):
            words = {
                "in_person": "in person",
                "phone": "by telephone",
                "video": "by video",
                "unknown": "in a form untold",
            }
            parts.append(words[medium])
        if kind := asked.get("kind"):
            parts.append(f"told in a {dict(KINDS)[kind].lower()}" if kind != "other" else "told in another document")
        parts.extend(self.period())
        if words := asked.get("q"):
            parts.append(f"matching “{words}”")
        return ", ".join(parts)

    def period(self) -> Iterator[str]:
        if "undated" in self.asked:
            yield "without a date"
        after, before = (
            dates.in_words(self.data[name].strip()) if name in self.asked else "" for name in ("after", "before")
        )
        if after and before:
            yield f"in {after}" if after == before else f"from {after} to {before}"
        elif after:
            yield f"since {after}"
        elif before:
            yield f"until {before}"

    def chips(self) -> list[Chip]:
        """What was asked for, one by one, each with the address of the question without it."""
        asked, query = self.asked, self.data
        several = [
            *(("person", str(person.pk), f"with {person.merged_into or person}") for person in asked.get("person", ())),
            *(("country", country.pk, country.name) for country in asked.get("country", ())),
            *(("issue", issue.key, issue.name) for issue in asked.get("issue", ())),
        ]
        chips = [Chip(label, lacking(query, name, value)) for name, value, label in several]
        if "held_in" in asked:
            chips.append(Chip(f"held in {with_article(asked['held_in'].name)}", changed(query, held_in=None)))
        choices = {
            "medium": dict(self.filters["medium"].extra["choices"]),
            "status": dict(STATUSES),
            "kind": dict(KINDS),
        }
        for name, labels in choices.items():
            if name in asked:
                chips.append(Chip(labels[asked[name]], changed(query, **{name: None})))
        for name, word in (("after", "since"), ("before", "until")):
            if name in asked:
                chips.append(Chip(f"{word} {dates.in_words(query[name].strip())}", changed(query, **{name: None})))
        if "undated" in asked:
            chips.append(Chip("undated only", changed(query, undated=None)))
        if "q" in asked:
            chips.append(Chip(f"“{asked['q']}”", changed(query, q=None)))
        return chips


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str  # of the question without it


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: choosing it leaves ``count`` meetings; choosing a chosen one drops it."""

    id: str
    label: str
    count: int
    url: str
    code: str = ""  # a country's
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]

    @property
    def shown(self) -> list[Choice]:
        """What stands open: everything, when only a few would be hidden."""
        return self.choices if len(self.choices) <= SHOWN + 3 else self.choices[:SHOWN]

    @property
    def more(self) -> list[Choice]:
        return self.choices[len(self.shown) :]


def facets(found: MeetingFilter, meetings: MeetingQuerySet, tally: Tally) -> list[Facet]:
    """How the meetings found divide, chosen values first; facets that offer nothing are left out."""
    query, asked = found.data, found.asked

    def several(name: str, title: str, chosen: Iterable, counted: QuerySet, key: str, code: str = "") -> Facet:
        chosen = {str(getattr(row, key)): row for row in chosen}
        choices = [
            Choice(f"{name}-{value}", row.name, tally.total, lacking(query, name, value), getattr(row, code, ""), True)
            for value, row in chosen.items()
        ]
        for row in counted[:OFFERED]:
            value = str(getattr(row, key))
            if value not in chosen:
                choices.append(
                    Choice(f"{name}-{value}", row.name, row.n, having(query, name, value), getattr(row, code, ""))
                )
        return Facet(name, title, choices)

    def single(name: str, title: str, labels: Iterable[tuple[str, str]], counts: dict[str, int]) -> Facet:
        choices = []
        for value, label in labels:
            chosen = asked.get(name) == value
            if chosen or counts.get(value):
                url = changed(query, **{name: None if chosen else value})
                choices.append(Choice(f"{name}-{value}", label, counts.get(value, 0), url, chosen=chosen))
        return Facet(name, title, sorted(choices, key=lambda choice: -choice.count))

    media = {medium or "unknown": n for medium, n in tally.media.items()}
    everything = [
        several("country", "Country", asked.get("country", ()), meetings.countries(), "pk", "key"),
        several("person", "Person", asked.get("person", ()), meetings.people(), "pk"),
        several("issue", "Issue", asked.get("issue", ()), meetings.issues(), "key"),
        Facet("years", "Year", list(periods(query, tally))),
        single("medium", "Form", found.filters["medium"].extra["choices"], media),
        single("kind", "Told in", KINDS, meetings.kinds(found.request.user)),
        single("status", "Status", STATUSES, tally.statuses),
    ]
    return [facet for facet in everything if len(facet.choices) > 1 or any(choice.chosen for choice in facet.choices)]


def periods(query: QueryDict, tally: Tally) -> Iterator[Choice]:
    """Years, or decades when there are many years, oldest first; the undated last."""
    if len(tally.years) <= SINGLE_YEARS:
        for year, n in sorted(tally.years.items()):
            yield Choice(f"year-{year}", str(year), n, changed(query, after=str(year), before=str(year), undated=None))
    else:
        for decade in sorted({year // 10 * 10 for year in tally.years}):
            n = sum(tally.years[year] for year in range(decade, decade + 10))
            url = changed(query, after=str(decade), before=str(decade + 9), undated=None)
            yield Choice(f"year-{decade}", f"{decade}–{decade + 9}", n, url)
    if tally.undated and "undated" not in query:
        yield Choice("undated", "Undated", tally.undated, changed(query, undated="only", after=None, before=None))


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

    filter_after, filter_before = MeetingFilter.filter_after, MeetingFilter.filter_before
    asked, mistakes, period = MeetingFilter.asked, MeetingFilter.mistakes, MeetingFilter.period

    def filter_words(self, documents: QuerySet, name: str, words: str) -> QuerySet:
        named = Q(title__icontains=words) | Q(identifier__icontains=words)
        return documents.filter(named) | documents.matching(words)


class PersonFilter(filters.FilterSet):
    q = filters.CharFilter(method="filter_name", label="Name, in any spelling")

    class Meta:
        model = Person
        fields: list[str] = []

    mistakes = MeetingFilter.mistakes

    def filter_name(self, people: QuerySet, name: str, text: str) -> QuerySet:
        return by_name(people, text)
