"""The forms in which editors correct a meeting. What they give is as judgements keep it: ``form.value``.

Each remembers what stood there when it was opened, and says so when somebody else changed it meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from .anchoring import occurrences
from .derivation import Party
from .judgements import participant_values, party_from, portable
from .models import (
    ATTENDANCES,
    MEDIA,
    STATUSES,
    Country,
    Issue,
    Meeting,
    MeetingIssue,
    Participant,
    Person,
    Place,
    validate_edtf,
)
from .presentation.corrections import in_words
from .readers.dates import find_dates
from .resolution.accounts import party_of
from .resolution.names import fold

CANDIDATES = 6  # known people of such a name that are offered


def signature(value: Any) -> str:
    """What tells two values apart, short enough for a form."""
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def lettered(text: str) -> None:
    """Names are compared by their letters and figures: one without any would be the same as every other such."""
    if not fold(text):
        raise ValidationError("A name has letters or figures.")


_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_IN_WORDS = re.compile(rf"(?:\d+ {_MONTH}|{_MONTH} \d+,?) \d{{4}}", re.IGNORECASE)


class EdtfField(forms.CharField):
    """A date in EDTF, or as people write one, which becomes EDTF: "29 May 2007", "May 29, 2007", "May 2007"."""

    default_validators = [validate_edtf]

    def __init__(self, **options):
        super().__init__(**({"required": False, "max_length": 60} | options))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        read = next((date for start, end, date in find_dates(text) if (start, end) == (0, len(text))), None)
        if read is None and DAY_IN_WORDS.fullmatch(text):
            raise ValidationError("There is no %(day)s in the calendar.", params={"day": text})
        return read or text


class CountryField(forms.CharField):
    """A country by its name, code, or another name of it; gives its key, or None."""

    suggests = "country"  # the field of the search whose values are offered while one types

    def __init__(self, **options):
        super().__init__(**({"required": False, "max_length": 120, "label": "Country"} | options))

    def clean(self, value: str) -> str | None:
        name = super().clean(value).strip()
        if not name:
            return None
        called_so = Q(key__iexact=name) | Q(alpha3__iexact=name) | Q(name__iexact=name) | Q(official_name__iexact=name)
        other_names = Q(aliases__contains=[name]) | Q(demonyms__contains=[name])
        known = Country.objects.filter(called_so).first() or Country.objects.filter(other_names).first()
        if known is None:
            raise ValidationError(
                "No country is known as “%(name)s”. Write its English name or its two letters: Russia, RU; for a former state "
                "Soviet Union, SU. Leave it empty where nobody says.",
                params={"name": name},
            )
        return known.key


class Correction(forms.Form):
    """A new value, why, and what stood there when the form was opened."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        label="Reason, if you like",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = ""  # what the form is called
    hint = ""

    def __init__(self, *args, current: Any = None, by: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.current, self.by = current, by
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        self.fields["seen"].initial = signature(current)

    def clean(self) -> dict:
        values = super().clean()
        if self.data.get(self.add_prefix("seen")) != signature(self.current):
            # Sent once more, it counts: now the editor has seen what stands there.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = signature(self.current)
            raise ValidationError(
                "This was changed%(by)s since you opened it. It now is: %(now)s. What you wrote is kept below; save once more "
                "to put it in its place.",
                params={"now": in_words(self.current), "by": f" by {self.by}" if self.by else ""},
                code="changed",
            )
        return values

    @property
    def value(self) -> Any:
        """What was given, as judgements keep it."""
        raise NotImplementedError

    @property
    def shown_fields(self) -> Sequence[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "reason"]


class DateForm(Correction):
    title = "Date"
    hint = "Write 29 May 2007, 2007-05-29, 2007-05 or 2007; 2015-05~ for about, 1956? for perhaps, 2007-07-01/2007-07-02 from one day to another."
    date = EdtfField(label="Date")

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        return {"date": meeting.date}

    @property
    def value(self) -> dict:
        return {"date": self.cleaned_data["date"].strip()}


class TimeForm(Correction):
    title = "Time"
    hint = "Local time at which it began, and how long it took, where that is told."
    time = forms.TimeField(
        required=False, label="Began at", widget=forms.TimeInput(attrs={"placeholder": "14:30"}, format="%H:%M")
    )
    duration = forms.IntegerField(required=False, min_value=1, max_value=100_000, label="Minutes")

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        return {"time": meeting.time, "duration": meeting.duration}

    @property
    def value(self) -> dict:
        return {"time": portable(self.cleaned_data["time"]), "duration": self.cleaned_data["duration"]}


class PlaceForm(Correction):
    title = "Place"
    hint = "Leave the name empty where no place is told."
    # What was shown when the form was opened goes with it: another editor's place is no change of this one's.
    name = forms.CharField(
        required=False, max_length=200, label="Place", validators=[lettered], show_hidden_initial=True
    )
    country = CountryField(show_hidden_initial=True)
    precision = forms.ChoiceField(choices=Place.PRECISIONS, initial="city", label="This is a", show_hidden_initial=True)
    inferred = forms.BooleanField(
        required=False, label="No document states it: it is inferred", show_hidden_initial=True
    )

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        place = meeting.place
        if place is None:
            return {}
        country = place.country.name if place.country else ""
        return {
            "name": place.name,
            "country": country,
            "precision": place.precision,
            "inferred": meeting.place_inferred,
        }

    @property
    def value(self) -> dict:
        told = self.cleaned_data
        if not told["name"]:
            return {"place": None, "place_inferred": False}
        place = {"name": told["name"], "country": told["country"], "precision": told["precision"]}
        # Another place is somebody's word, and no longer inferred, unless they say so.
        another = {"name", "country", "precision"} & {*self.changed_data}
        kept = told["inferred"] and ("inferred" in self.changed_data or not another)
        return {"place": place, "place_inferred": kept}


class MediumForm(Correction):
    title = "Form"
    medium = forms.ChoiceField(required=False, choices=[("", "Not told"), *MEDIA], label="In what form they met")

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        return {"medium": meeting.medium}

    @property
    def value(self) -> dict:
        return {"medium": self.cleaned_data["medium"]}


class StatusForm(Correction):
    title = "Status"
    status = forms.ChoiceField(choices=STATUSES, label="Whether it took place")

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        return {"status": meeting.status}

    @property
    def value(self) -> dict:
        return {"status": self.cleaned_data["status"]}


class TitleForm(Correction):
    title = "Title"
    hint = "Who met whom. Leave it empty to have it made from the participants."
    name = forms.CharField(required=False, max_length=300, label="Title")

    @classmethod
    def given(cls, meeting: Meeting) -> dict:
        return {"name": meeting.title}

    @property
    def value(self) -> dict:
        return {"title": self.cleaned_data["name"]}


VALUES: Mapping[str, type[Correction]] = {
    "date": DateForm,
    "time": TimeForm,
    "place": PlaceForm,
    "form": MediumForm,
    "status": StatusForm,
    "title": TitleForm,
}
FIELDS = {
    "date": ("date",),
    "time": ("time", "duration"),
    "place": ("place", "place_inferred"),
    "form": ("medium",),
    "status": ("status",),
    "title": ("title",),
}


# Participants and issues


class PartyForm(forms.Form):
    """Somebody who took part, told in a line."""

    name = forms.CharField(required=False, max_length=200, label="Name", validators=[lettered])
    role = forms.CharField(required=False, max_length=300, label="Post at the time", validators=[lettered])
    country = CountryField()

    @property
    def value(self) -> dict | None:
        """None for a line that was left empty."""
        told = self.cleaned_data
        if not any(told.get(name) for name in ("name", "role", "country")):
            return None
        return {
            "person": None, "name": told["name"], "role": told["role"], "country": told["country"],
            "organisation": None, "body": "", "attendance": "principal",
        }  # fmt: skip


class ParticipantForm(Correction):
    """``others`` are the meeting's other participants."""

    title = "Participant"
    name = forms.CharField(required=False, max_length=200, label="Name, as written", validators=[lettered])
    role = forms.CharField(required=False, max_length=300, label="Post at the time", validators=[lettered])
    country = CountryField(label="Acted for the country")
    body = forms.CharField(required=False, max_length=200, label="Or for the body", validators=[lettered])
    attendance = forms.ChoiceField(choices=ATTENDANCES, initial="principal", label="Capacity")
    person = forms.ChoiceField(required=False, label="Who this is", widget=forms.RadioSelect)

    def __init__(self, *args, row: Participant | None = None, others: Sequence[Participant] = (), **kwargs):
        self.row, self.others = row, others
        current = participant_values(row) if row else None
        super().__init__(*args, current=current, **kwargs)
        if row and not self.is_bound:
            self.initial = {
                "name": row.name, "role": row.role, "body": row.organisation.name if row.organisation else row.body,
                "country": row.country.name if row.country else "", "attendance": row.attendance,
                "person": str(row.person_id or ""),
            }  # fmt: skip
        self.known = self.candidates()
        choices = [
            (str(person.pk), f"{person}, {person.country}" if person.country else str(person))
            for person in self.known.values()
        ]
        self.fields["person"].choices = [*choices, ("", "Nobody known here")]
        if not self.is_bound and not row:
            name = fold(self.initial.get("name", ""))
            exact = [pk for pk, person in self.known.items() if fold(person.name) == name]
            self.initial["person"] = str(exact[0]) if len(exact) == 1 else ""

    def candidates(self) -> dict[int, Person]:
        """Known people of such a name, and whoever was chosen before."""
        name = self.data.get(self.add_prefix("name"), "") if self.is_bound else self.initial.get("name", "")
        chosen = self.data.get(self.add_prefix("person"), "") if self.is_bound else self.initial.get("person", "")
        people = Person.objects.filter(merged_into=None).select_related("country")
        found = people.named_like(name, CANDIDATES) if name else []
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
            found = [*people.filter(pk=int(chosen)), *found]
        return {person.pk: person for person in found}

    def clean(self) -> dict:
        values = super().clean()
        if self.errors:
            return values
        if not any(values[name] for name in ("name", "role", "country", "body", "person")):
            raise ValidationError("Say who it was: a name, a post, or a country or body.")
        party = party_from(self.value)
        twice = next((other for other in self.others if is_same(party, other)), None)
        if twice:
            raise ValidationError(
                "“%(name)s” takes part already, and would be taken for the same. Give a fuller name or another side, or correct "
                "that participant.",
                params={"name": twice.label},
            )
        return values

    @property
    def value(self) -> dict:
        told = self.cleaned_data
        person = self.known.get(int(told["person"])) if told["person"] else None
        same_body = self.row and self.row.organisation and self.row.organisation.name == told["body"]
        return {
            "person": portable(person) if person else None,
            "name": told["name"] or (person.name if person else ""),
            "role": told["role"],
            "country": told["country"],
            "organisation": portable(self.row.organisation) if same_body else None,
            "body": self.row.body if same_body else told["body"],
            "attendance": told["attendance"],
        }


def is_same(party: Party, row: Participant) -> bool:
    return party.is_same(party_of(row))


class IssueForm(Correction):
    title = "Issue"
    hint = "A topic of the tree by its name, or the documents’ words where the tree lacks it."
    name = forms.CharField(max_length=200, label="What it was about", validators=[lettered])

    def __init__(self, *args, row: MeetingIssue | None = None, others: Sequence[MeetingIssue] = (), **kwargs):
        self.row, self.others = row, others
        current = {"issue": portable(row.issue) if row.issue else None, "name": row.name} if row else None
        super().__init__(*args, current=current, **kwargs)
        self.fields["name"].suggests = "about"
        if row and not self.is_bound:
            self.initial = {"name": row.name}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        named = Issue.objects.filter(Q(name__iexact=name) | Q(aliases__contains=[name.lower()]), merged_into=None)
        self.issue = named.exclude(theme=None).first() or named.first()
        name = self.issue.name if self.issue else name
        if any(fold(other.name) == fold(name) for other in self.others):
            raise ValidationError("“%(name)s” is on the agenda already.", params={"name": name})
        return name

    @property
    def value(self) -> dict:
        return {"issue": self.issue.key if self.issue else None, "name": self.cleaned_data["name"]}


ROWS: Mapping[str, type[Correction]] = {"participant": ParticipantForm, "issue": IssueForm}


class RemovalForm(Correction):
    """Only why."""

    title = "Remove"

    @property
    def value(self) -> None:
        return None


# Accounts and passages


class MeetingForm(forms.Form):
    """Another meeting, by its address."""

    to = forms.CharField(
        required=False,
        max_length=300,
        label="To another meeting: its address",
        help_text="Empty: it becomes a meeting of its own.",
    )

    def __init__(self, *args, meetings: QuerySet[Meeting], source: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.meetings, self.source = meetings, source

    def clean_to(self) -> Meeting | None:
        typed = self.cleaned_data["to"].strip()
        if not typed:
            return None
        address = typed.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
        to = self.meetings.filter(public_id=address.partition("-")[0]).first()
        if to is None:
            raise ValidationError("There is no meeting at this address. Copy it from the other meeting’s page.")
        if to == self.source:
            raise ValidationError("This is the same meeting. Give another one, or nothing.")
        return to


class PartingForm(MeetingForm):
    date = EdtfField(
        label="Date of the new meeting",
        help_text="Where passages become a meeting of their own, and the date is told.",
    )
    reason = forms.CharField(required=False, max_length=2000, label="Reason, if you like")

    @property
    def values(self) -> dict:
        return {"date": self.cleaned_data["date"]} if self.cleaned_data["date"] else {}


class PassageForm(forms.Form):
    """Which passage of a text: its words, or where it begins and ends."""

    quote = forms.CharField(
        required=False,
        max_length=5000,
        label="The words, as they stand in the text",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start = forms.IntegerField(required=False, min_value=0, label="or the first character")
    end = forms.IntegerField(required=False, min_value=1, label="up to character")

    def __init__(self, *args, text: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text

    def clean(self) -> dict:
        values = super().clean()
        if self.errors:
            return values
        quote, start, end = values["quote"], values["start"], values["end"]
        here = self.text[start:end] if start is not None and end is not None else ""
        if quote.strip() and here.split() != quote.split():
            places = list(occurrences(self.text, quote.strip()))
            if not places:
                raise ValidationError("These words do not stand in the text. Copy them from it.")
            start, end = min(places, key=lambda place: abs(place[0] - (start or 0)))
            here = self.text[start:end]
        if not here.strip():
            raise ValidationError(
                "Copy some words from the text, or say at which characters the passage begins and ends."
            )
        if len(here) > 5000:
            raise ValidationError("This is more than 5,000 characters. Choose what tells of one meeting.")
        values["start"] = start + len(here) - len(here.lstrip())
        values["end"] = values["start"] + len(here.strip())
        return values


class TellingForm(MeetingForm):
    """Of which meeting a passage tells: one that the document tells of already, or another."""

    meeting = forms.ChoiceField(required=False, label="Of the meeting")

    def __init__(self, *args, told: Sequence[Meeting], **kwargs):
        super().__init__(*args, **kwargs)
        self.told = {meeting.public_id: meeting for meeting in told}
        choices = [(key, f"{meeting}, {meeting.date_in_words or 'undated'}") for key, meeting in self.told.items()]
        self.fields["meeting"].choices = [*choices, ("", "another, by its address")]
        self.fields["to"].label = "Address of the other meeting"
        self.fields["to"].help_text = "Where the meeting is told in other documents alone."
        self.order_fields(["meeting", "to"])

    def clean(self) -> dict:
        values = super().clean()
        if not self.errors and not values.get("to") and not values.get("meeting"):
            raise ValidationError("Say which meeting it is: choose one, or give the address of its page.")
        return values

    @property
    def found(self) -> Meeting:
        return self.cleaned_data["to"] or self.told[self.cleaned_data["meeting"]]


class EvidenceForm(forms.Form):
    """What of its meeting a passage supports."""

    VALUES = [
        ("meeting", "that it took place, or its status"),
        ("date", "the date"),
        ("place", "the place"),
        ("medium", "the form"),
    ]
    of = forms.ChoiceField(
        label="It is evidence of",
        error_messages={
            "invalid_choice": "That belongs to another meeting. Choose again: these are of the one chosen now."
        },
    )
    reason = forms.CharField(required=False, max_length=2000, label="Reason, if you like")

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {f"participant-{row.pk}": row for row in meeting.participants.select_related("person", "country")}
        self.rows |= {f"issue-{row.pk}": row for row in meeting.agenda.select_related("issue")}
        self.fields["of"].choices = [*self.VALUES, *((key, str(row)) for key, row in self.rows.items())]

    @property
    def row(self) -> Participant | MeetingIssue | None:
        return self.rows.get(self.cleaned_data["of"])

    @property
    def field(self) -> str:
        return self.cleaned_data["of"].partition("-")[0]


class MissedForm(forms.Form):
    """A meeting that the machine missed. Its parties are lines of their own."""

    date = EdtfField(label="Date", help_text="29 May 2007, 2007-05, 2015-05~ for about. Empty where it is not told.")
    place = forms.CharField(required=False, max_length=200, label="Place", validators=[lettered])
    place_country = CountryField(label="In the country")
    status = forms.ChoiceField(choices=STATUSES, initial="held", label="Status")
    medium = forms.ChoiceField(required=False, choices=[("", "Not told"), *MEDIA], label="Form")
    issues = forms.CharField(required=False, max_length=1000, label="Issues, separated by semicolons")
    reason = forms.CharField(required=False, max_length=2000, label="Reason, if you like")

    @property
    def values(self) -> dict:
        told = self.cleaned_data
        place = (
            {"name": told["place"], "country": told["place_country"], "precision": "city"} if told["place"] else None
        )
        values = {"date": told["date"].strip(), "status": told["status"], "medium": told["medium"], "place": place}
        return {name: value for name, value in values.items() if value}

    @property
    def issue_values(self) -> list[dict]:
        named = []
        for name in filter(fold, (" ".join(part.split())[:200] for part in self.cleaned_data["issues"].split(";"))):
            issue = Issue.objects.filter(name__iexact=name, merged_into=None).first()
            named.append({"issue": issue.key if issue else None, "name": issue.name if issue else name})
        return list({fold(value["name"]): value for value in named}.values())


PartyFormSet = forms.formset_factory(PartyForm, extra=4, max_num=30)
