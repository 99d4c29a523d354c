"""Meetings: what was derived from the documents, beside the passages it rests on, to be corrected, confirmed or rejected."""

from __future__ import annotations

from itertools import combinations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.html import format_html

from .. import decisions, queue
from ..derivation import Party
from ..models import Account, Document, Judgement, Meeting, MeetingIssue, Participant
from ..presentation.corrections import decision
from ..records import Field
from ..resolution.names import fold
from .base import Editing, MachineAdmin, Merging, RecordAdmin, RelatedRowsForm, ViewOnly, link
from .quotes import claims_of, quotes


class MeetingForm(RelatedRowsForm):
    reason = forms.CharField(
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Why you change, confirm or reject this. Kept with the decision, and shown with it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False
            self.fields["title"].help_text = "Who met whom. Leave it empty to have it made from the participants."

    def save(self, commit: bool = True) -> Meeting:
        if "place" in self.changed_data and "place_inferred" not in self.changed_data:
            self.instance.place_inferred = False
        return super().save(commit)


class ParticipantForm(RelatedRowsForm):
    def clean(self) -> dict:
        values = super().clean()
        if not any(values.get(name) for name in ("person", "name", "role", "country", "organisation", "body")):
            raise forms.ValidationError("Say who it was: a person, a name, or a role with a country or body.")
        return values


class ParticipantFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Two rows that mean one participant would become one when the meeting is derived anew."""
        super().clean()
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        rows = [form for form in kept if form.instance.pk or form.has_changed()]
        for one, other in combinations(rows, 2):
            if (one.has_changed() or other.has_changed()) and party_of(one.instance).is_same(party_of(other.instance)):
                raise forms.ValidationError(
                    f"“{one.instance}” and “{other.instance}” would be taken for one participant: remove one, or give fuller "
                    "names, different persons, or different sides."
                )


def party_of(participant: Participant) -> Party:
    person = participant.person
    return Party(
        name=participant.name or (person.name if person else ""),
        person=participant.person_id,
        role=participant.role,
        country=participant.country_id,
        organisation=participant.organisation_id,
        body=participant.body,
    )


class AgendaForm(RelatedRowsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required = False

    def clean(self) -> dict:
        values = super().clean()
        if values.get("issue"):
            values["name"] = values["issue"].name
        elif not values.get("name"):
            raise forms.ValidationError(
                "Choose an issue, or name it in the documents’ words where the topic tree lacks it."
            )
        return values


class AgendaFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        names = [
            fold(form.cleaned_data["name"])
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise forms.ValidationError(f"“{twice}” is on the agenda twice: remove one.")


class MeetingRows(Editing):
    """Rows on a meeting's page, each with its passages; the page hands its meeting in."""

    extra = 0
    meeting: Meeting | None = None
    readonly_fields = ("passages",)
    supports: Field

    @admin.display(description="Evidence")
    def passages(self, row: Participant | MeetingIssue) -> str:
        if row.pk is None or self.meeting is None:
            return "–"
        return quotes(claims_of(self.meeting).by_subject.get((self.supports, self.subject(row)), ()))

    def subject(self, row: Participant | MeetingIssue) -> int | str:
        return row.pk


class ParticipantInline(MeetingRows, admin.StackedInline):
    model = Participant
    form = ParticipantForm
    formset = ParticipantFormSet
    supports = Field.PARTICIPANT
    related = ("person", "country", "organisation")
    autocomplete_fields = ("person", "country", "organisation")
    linked = ("person",)
    fieldsets = (
        (
            None,
            {
                "fields": (("person", "name", "role"), ("country", "organisation", "body", "attendance"), "passages"),
                "classes": ["beside"],
            },
        ),
    )


class AgendaInline(MeetingRows, admin.TabularInline):
    model = MeetingIssue
    form = AgendaForm
    formset = AgendaFormSet
    supports = Field.ISSUE
    verbose_name = "issue"
    verbose_name_plural = "agenda"
    related = ("issue",)
    autocomplete_fields = ("issue",)
    fields = ("issue", "name", "passages")

    def subject(self, row: MeetingIssue) -> int | str:
        return row.issue_id or row.name


class AccountInline(ViewOnly, admin.TabularInline):
    model = Account
    verbose_name_plural = "accounts"
    fields = ("told_in", "when", "where", "medium", "status", "joined_by")
    readonly_fields = ("told_in", "when", "where")

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("meeting", "document", "place__country")

    @admin.display(description="Document")
    def told_in(self, account: Account) -> str:
        document = account.document
        return format_html(
            '<a href="{}">{}</a><br>{}, {} · {}',
            document.get_absolute_url(),
            document,
            document.get_kind_display(),
            document.date_in_words or "undated",
            link(account, "what it tells"),
        )

    @admin.display(description="Date")
    def when(self, account: Account) -> str:
        return account.date_in_words or "–"

    @admin.display(description="Place")
    def where(self, account: Account) -> str:
        return f"{account.place}{' (inferred)' if account.place_inferred else ''}" if account.place else "–"


class DecisionInline(ViewOnly, admin.TabularInline):
    model = Judgement
    verbose_name_plural = "decisions"
    fields = ("made_at", "made_by", "decided", "reason", "withdrawn_at", "withdrawn_by")
    readonly_fields = ("made_at", "decided", "withdrawn_at", "withdrawn_by")
    ordering = ("-made_at", "-pk")

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).once().select_related("made_by", "withdrawn_by")

    @admin.display(description="Decision")
    def decided(self, judgement: Judgement) -> str:
        return decision(judgement)


class Told(admin.SimpleListFilter):
    title = "accounts"
    parameter_name = "accounts"

    def lookups(self, request: HttpRequest, model_admin):
        return [("1", "One"), ("more", "Several")]

    def queryset(self, request: HttpRequest, queryset):
        match self.value():
            case "1":
                return queryset.filter(account_count=1)
            case "more":
                return queryset.filter(account_count__gt=1)
        return queryset


class Unresolved(admin.SimpleListFilter):
    title = "participants"
    parameter_name = "participants"

    def lookups(self, request: HttpRequest, model_admin):
        return [("known", "All known"), ("unresolved", "Some unresolved")]

    def queryset(self, request: HttpRequest, queryset):
        unresolved = Participant.objects.filter(person=None).values("meeting")
        match self.value():
            case "known":
                return queryset.exclude(pk__in=unresolved)
            case "unresolved":
                return queryset.filter(pk__in=unresolved)
        return queryset


class Sure(admin.SimpleListFilter):
    title = "confidence"
    parameter_name = "confidence"
    BANDS = {"low": ("Under 50 %", 0, 0.5), "middle": ("50 to 80 %", 0.5, 0.8), "high": ("80 % and more", 0.8, 1.1)}

    def lookups(self, request: HttpRequest, model_admin):
        return [(key, label) for key, (label, _, _) in self.BANDS.items()]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in self.BANDS:
            return queryset
        _, low, high = self.BANDS[self.value()]
        return queryset.filter(confidence__gte=low, confidence__lt=high)


@admin.register(Meeting)
class MeetingAdmin(Merging, RecordAdmin):
    """Meetings come from documents. They are neither added here nor deleted: one that did not take place is rejected."""

    form = MeetingForm
    related = ("place__country",)
    list_display = ("title", "when", "place", "medium", "status", "review", "accounts", "sure")
    list_filter = ("review", "status", "medium", Unresolved, Told, Sure, "place_inferred")
    search_fields = ("title", "public_id", "participants__name", "place__name")
    search_help_text = "Title, participant, place, or the id in the address"
    date_hierarchy = "earliest"
    autocomplete_fields = ("place",)
    linked = ("place",)
    readonly_fields = ("meeting_passages", "date_passages", "place_passages", "medium_passages", "sure", "seen_by")
    inlines = (ParticipantInline, AgendaInline, AccountInline, DecisionInline)
    merged_as, actions = "meetings", ("confirm", "reject", "doubt", "merge", "extract_again")
    fieldsets = (
        (None, {"fields": ("title", ("review", "reason"), ("sure", "seen_by"))}),
        (
            "What happened",
            {
                "fields": (
                    ("status", "meeting_passages"),
                    ("date", "date_passages"),
                    ("time", "duration"),
                    ("place", "place_inferred", "place_passages"),
                    ("medium", "medium_passages"),
                ),
                "classes": ["evidenced"],
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Meeting | None = None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.meeting = obj
        return inlines

    # columns and evidence

    @admin.display(description="Date", ordering="earliest")
    def when(self, meeting: Meeting) -> str:
        return meeting.date_in_words or "–"

    @admin.display(description="Accounts", ordering="account_count")
    def accounts(self, meeting: Meeting) -> int:
        return meeting.account_count

    @admin.display(description="Confidence", ordering="confidence")
    def sure(self, meeting: Meeting) -> str:
        return f"{meeting.confidence:.0%}"

    @admin.display(description="Seen by")
    def seen_by(self, meeting: Meeting) -> str:
        if meeting.review == "rejected" or not meeting.account_count:
            return "Editors"
        return f"Readers of {meeting.audience}" if meeting.audience else "Everybody"

    def _passages(self, meeting: Meeting, field: Field) -> str:
        return quotes(claims_of(meeting).by_subject.get((field,), ()))

    @admin.display(description="Evidence")
    def meeting_passages(self, meeting: Meeting) -> str:
        return self._passages(meeting, Field.MEETING)

    @admin.display(description="Evidence")
    def date_passages(self, meeting: Meeting) -> str:
        return self._passages(meeting, Field.DATE)

    @admin.display(description="Evidence")
    def place_passages(self, meeting: Meeting) -> str:
        return self._passages(meeting, Field.PLACE)

    @admin.display(description="Evidence")
    def medium_passages(self, meeting: Meeting) -> str:
        return self._passages(meeting, Field.MEDIUM)

    # decisions

    def save_model(self, request: HttpRequest, obj: Meeting, form: forms.ModelForm, change: bool) -> None:
        form.before = decisions.State.of(obj)
        obj.save()

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        formset.save()

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        decisions.decide(request.user, form.instance, form.before, form.cleaned_data["reason"])

    @admin.action(description="Confirm the selected meetings", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset) -> None:
        self.review(request, queryset, "confirm", "confirmed")

    @admin.action(description="Reject the selected meetings", permissions=["change"])
    def reject(self, request: HttpRequest, queryset) -> None:
        self.review(request, queryset, "reject", "rejected; readers no longer see them")

    @admin.action(description="Be in doubt of the selected meetings", permissions=["change"])
    def doubt(self, request: HttpRequest, queryset) -> None:
        self.review(request, queryset, "unsure", "marked as doubtful")

    def review(self, request: HttpRequest, queryset, verb: str, done: str) -> None:
        for meeting in queryset:
            decisions.review(request.user, meeting, verb)
        self.message_user(request, f"Meetings {done}: {len(queryset)}.", messages.SUCCESS)

    @admin.action(description="Extract their documents again, in the background", permissions=["change"])
    def extract_again(self, request: HttpRequest, queryset) -> None:
        documents = Document.objects.filter(
            pk__in=Account.objects.filter(meeting__in=queryset.order_by()).values("document")
        )
        count = queue.enqueue_again(documents, request.user)
        self.message_user(request, f"Documents enqueued to be extracted again: {count}.", messages.SUCCESS)

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        """What was decided on a meeting is its history."""
        meeting = self.get_object(request, object_id)
        if meeting is None:
            return super().history_view(request, object_id, extra_context)
        return redirect("meeting-history", meeting.public_id)


@admin.register(Participant)
class ParticipantAdmin(MachineAdmin):
    list_display = ("label", "role", "side", "attendance", "person", "of_meeting")
    list_filter = (("person", admin.EmptyFieldListFilter), "attendance", "meeting__review")
    search_fields = ("name", "role", "body")
    related = ("person", "country", "organisation", "meeting")

    @admin.display(description="Participant")
    def label(self, row: Participant) -> str:
        return row.label

    @admin.display(description="Side")
    def side(self, row: Participant) -> str:
        return str(row.country or row.organisation or row.body or "–")

    @admin.display(description="Meeting", ordering="meeting__earliest")
    def of_meeting(self, row: Participant) -> str:
        return link(row.meeting)


@admin.register(MeetingIssue)
class MeetingIssueAdmin(MachineAdmin):
    list_display = ("name", "issue", "of_meeting")
    list_filter = (("issue", admin.EmptyFieldListFilter), "meeting__review")
    search_fields = ("name",)
    related = ("issue", "meeting")

    @admin.display(description="Meeting", ordering="meeting__earliest")
    def of_meeting(self, row: MeetingIssue) -> str:
        return link(row.meeting)
