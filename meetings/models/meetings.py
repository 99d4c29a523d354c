"""Meetings, and the accounts that documents give of them."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Right

from .. import conditions, querysets
from ..addresses import leading_to, slug
from ..records import Attendance, StatementKind, Status
from ..resolution.names import fold
from .base import (
    ATTENDANCES,
    MEDIA,
    STATUSES,
    DatedModel,
    Mergeable,
    choices,
    confidence_constraint,
    confidence_field,
    date_constraint,
    merge_constraint,
    read_field,
    read_index,
)
from .collections import Collection
from .documents import Document
from .people import Person
from .world import Country, Issue, Organisation, Place


def random_mark() -> str:
    return uuid4().hex[:12]


def by_hand_field() -> models.BooleanField:
    return models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="An editor put it here; it goes when that decision is taken back.",
    )


def told_in_field() -> models.ForeignKey:
    return models.ForeignKey(
        "meetings.Account",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The account in which the machine read it, of what an editor moved to another.",
    )


def told_in_index(name: str) -> models.Index:
    """For the few rows that have it: an account that goes is looked for among them."""
    return models.Index(fields=["told_in"], name=name, condition=Q(told_in__isnull=False))


class MeetingValues(DatedModel):
    """What is told of a meeting: by one account, or by all of them together."""

    status = models.CharField(max_length=10, choices=STATUSES, default=Status.HELD, help_text="Whether it took place.")
    time = models.TimeField(null=True, blank=True, help_text="Local time of day at which it began, where told.")
    duration = models.PositiveIntegerField(null=True, blank=True, help_text="Minutes that it lasted, where told.")
    place = models.ForeignKey(
        Place,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Where it took place.",
    )
    place_inferred = models.BooleanField(
        default=False,
        help_text="The documents do not state the place; it was inferred, from the origin of a cable, say.",
    )
    medium = models.CharField(max_length=10, choices=MEDIA, blank=True, help_text="In what form; empty when untold.")
    confidence = confidence_field()

    class Meta:
        abstract = True


class MeetingManager(models.Manager.from_queryset(querysets.MeetingQuerySet)):
    def get_queryset(self) -> querysets.MeetingQuerySet:
        """Without what only the database reads and writes."""
        return super().get_queryset().defer("terms", "names", "search")


class Meeting(Mergeable, MeetingValues):
    """One encounter, from all accounts of it that its audience may see."""

    REVIEWS = [
        ("unreviewed", "Unreviewed"),
        ("confirmed", "Confirmed"),
        ("rejected", "Rejected"),
        ("unsure", "In doubt"),  # somebody looked, and could not tell
    ]

    public_id = models.CharField(max_length=12, unique=True, editable=False, help_text="Stable id in addresses.")
    title = models.CharField(max_length=300, help_text="Who met whom.")
    review = models.CharField(
        max_length=12,
        choices=REVIEWS,
        default="unreviewed",
        help_text="What an editor said of it. Rejected meetings are not shown to readers.",
    )
    audience = models.ForeignKey(
        Collection,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="Who may see it. Empty: everybody, as it is derived from public accounts alone. Otherwise whoever may see the restricted collection that its accounts belong to.",
    )
    account_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Number of accounts of it, copies not counted."
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When it was first found.")
    updated = models.DateTimeField(auto_now=True, help_text="When it last changed.")
    terms = ArrayField(
        models.TextField(),
        default=list,
        editable=False,
        help_text="What it can be found by and is counted under; kept by the database.",
    )
    names = ArrayField(
        models.TextField(),
        default=list,
        editable=False,
        help_text="The same of people and places; kept by the database.",
    )
    search = SearchVectorField(
        null=True, editable=False, help_text="Its words: title, participants, agenda, place; kept by the database."
    )

    objects = MeetingManager()

    class Meta:
        ordering = [F("earliest").desc(nulls_last=True), "-pk"]
        constraints = [
            confidence_constraint("meeting_confidence"),
            date_constraint("meeting_date"),
            merge_constraint("meeting_not_merged_into_itself"),
        ]
        indexes = [
            # What is shown, in the order of the list, with what a question asks of it: frequent terms are found by walking it.
            models.Index(
                F("earliest").desc(nulls_last=True),
                F("id").desc(),
                name="meeting_listed",
                include=["latest", "terms", "audience", "review"],
                condition=Q(merged_into=None, account_count__gt=0),
            ),
            # The same by number of accounts; all others have one, and follow in the order of the list.
            models.Index(
                F("account_count").desc(),
                F("earliest").desc(nulls_last=True),
                F("id").desc(),
                name="meeting_told_often",
                include=["latest", "terms", "audience", "review"],
                condition=Q(merged_into=None, account_count__gt=1),
            ),
            # The review queue: what nobody has looked at yet, the least sure first.
            models.Index(
                fields=["confidence", "id"],
                name="meeting_waiting",
                condition=Q(review="unreviewed", merged_into=None, account_count__gt=0),
            ),
            # Feeds: what was found or changed lately.
            models.Index(fields=["-updated", "-id"], name="meeting_updated"),
            # A short period; a long one is found by walking the list.
            GistIndex(conditions.DAYS, name="meeting_days", condition=Q(earliest__isnull=False)),
            # Every question with a rare term; in one index, so that the rarest leads.
            GinIndex(fields=["terms", "names", "search"], name="meeting_terms"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return leading_to("meeting", self.public_id, slug(self.title, 60) or "meeting")


class Participation(models.Model):
    """Someone's part in a meeting: as one account names it, or as derived for the meeting."""

    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Who it is; empty while unresolved.",
    )
    name = models.CharField(
        max_length=200, blank=True, help_text="Name as written; empty when the text gives only a role."
    )
    role = models.CharField(max_length=300, blank=True, help_text="Post at the time: Foreign Minister.")
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="The state that they acted for.",
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="The body that they acted for, if known here.",
    )
    body = models.CharField(max_length=200, blank=True, help_text="The body that they acted for, as written.")
    attendance = models.CharField(
        max_length=14,
        choices=ATTENDANCES,
        default=Attendance.PRINCIPAL,
        help_text="In what capacity they were there: principal, accompanying, interpreter, …",
    )
    order = models.PositiveIntegerField(default=0, help_text="Position in the list.")

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The best name there is: the person's, the one written, or the role."""
        if self.person_id:
            return self.person.name
        return self.name or self.role or self.body or (self.country.name if self.country_id else "unnamed")

    @property
    def side(self) -> str:
        """The delegation that they belong to: a country's key, a body's name, or "" when unknown."""
        return self.country_id or (self.organisation.name if self.organisation_id else self.body)


class Participant(Participation):
    """Someone's part in a meeting, derived from its accounts or decided by a person."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="participants", help_text="The meeting that they took part in."
    )
    folded = models.CharField(max_length=200, blank=True, editable=False, help_text="The name folded, for look-ups.")

    class Meta(Participation.Meta):
        indexes = [
            models.Index(fields=["person", "meeting"], name="participant_person"),  # meetings with a person
            models.Index(fields=["country", "meeting"], name="participant_country"),  # meetings with a country
        ]

    def save(self, *args, **kwargs) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Before rows are written in bulk, which does not save them one by one."""
        self.folded = fold(self.name)[:200]


class MeetingIssue(models.Model):
    """An issue on a meeting's agenda."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda", help_text="The meeting that it was an issue of."
    )
    issue = models.ForeignKey(
        Issue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
        help_text="In the topic tree; empty when the tree lacks it.",
    )
    name = models.CharField(max_length=200, help_text="The issue's name, or the documents' words.")
    order = models.PositiveIntegerField(default=0, help_text="Position in the list.")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="issue_once_a_meeting")]
        indexes = [models.Index(fields=["issue", "meeting"], name="agenda_issue")]  # meetings about an issue

    def __str__(self) -> str:
        return self.name


class Account(MeetingValues):
    """One document's telling of one meeting."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="accounts", help_text="The meeting that it tells of."
    )
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="accounts", help_text="The document that tells it."
    )
    order = models.PositiveIntegerField(default=0, help_text="Position among the accounts of its document.")
    anchor = models.TextField(help_text="The passage that tells of the meeting, verbatim: what judgements hold on to.")
    mark = models.CharField(
        max_length=12,
        default=random_mark,
        db_default=Right(Cast(RandomUUID(), models.TextField()), 12),
        editable=False,
        help_text="What decisions call it by: made of the file, the passage and what it tells when it was first found.",
    )
    found = models.BooleanField(
        default=True,
        db_default=True,
        editable=False,
        help_text="Whether the machine finds it in the document as it is read now; otherwise an editor's decision keeps it.",
    )
    place_read = read_field(Place)
    joined_by = models.CharField(
        max_length=300, blank=True, help_text="Why it was taken for the same meeting as the others."
    )

    objects = querysets.AccountQuerySet.as_manager()

    class Meta:
        ordering = ["document", "order"]
        constraints = [confidence_constraint("account_confidence"), date_constraint("account_date")]
        indexes = [
            models.Index(fields=["earliest", "latest"], name="account_dates"),  # others of one encounter, on ingest
            read_index("place_read", "account_place_read"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} in {self.document}"


class Suggestion(models.Model):
    """Two accounts that may tell of one encounter: too much speaks for it to be silent, too little to take them for one."""

    one = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", help_text="The older record.")
    other = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", help_text="The newer record.")
    score = models.FloatField(help_text="How much speaks for it, in bits.")
    reasons = models.TextField(help_text="What speaks for it, and what against.")

    objects = querysets.SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="suggestion_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suggestion_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"


class AccountParticipant(Participation):
    """A participant as one account names them, and whom that was taken for."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="participants", help_text="Which account names them."
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sources",
        help_text="The meeting's participant that this supports.",
    )
    person_read = read_field(Person)
    resolved_by = models.CharField(max_length=300, blank=True, help_text="Why this person, or why nobody.")
    by_hand = by_hand_field()

    class Meta(Participation.Meta):
        indexes = [read_index("person_read", "accountparticipant_person_read")]


class AccountIssue(models.Model):
    """An issue in an account's own words."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="issues", help_text="Which account mentions it."
    )
    issue = models.ForeignKey(
        Issue,
        null=True,
        blank=True,
        db_index=False,  # the index of wordings begins with it
        on_delete=models.PROTECT,
        related_name="mentions",
        help_text="In the topic tree; empty when the tree lacks it.",
    )
    issue_read = read_field(Issue)
    name = models.CharField(max_length=200, help_text="The issue's name, or the mention where the tree lacks it.")
    mention = models.CharField(max_length=300, help_text="In the document's words.")
    by_hand = by_hand_field()
    order = models.PositiveIntegerField(default=0, help_text="Position in the list.")

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            read_index("issue_read", "accountissue_issue_read"),
            models.Index(fields=["issue", "mention"], name="accountissue_wording"),  # the same words for the same issue
        ]

    def __str__(self) -> str:
        return self.mention


class Statement(models.Model):
    """Who said what on which issue."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="statements", help_text="Which document reports it."
    )
    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statements",
        help_text="The meeting in which it was said, if in one.",
    )
    told_in = told_in_field()
    speaker = models.CharField(max_length=200, blank=True, help_text="The speaker as named.")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="Who the speaker is, if resolved.",
    )
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="For which state they spoke.",
    )
    issue = models.ForeignKey(
        Issue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="The issue that it is on.",
    )
    person_read = read_field(Person)
    issue_read = read_field(Issue)
    kind = models.CharField(
        max_length=10,
        choices=choices(StatementKind),
        help_text="Whose words they are. Direct: the speaker's own. Reported: the document's.",
    )
    text = models.TextField(help_text="What was said, as the document gives it.")
    order = models.PositiveIntegerField(default=0, help_text="Position in the document.")

    objects = querysets.StatementQuerySet.as_manager()

    class Meta:
        ordering = ["document", "order"]
        indexes = [
            told_in_index("statement_told_in"),
            read_index("person_read", "statement_person_read"),
            read_index("issue_read", "statement_issue_read"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text[:60]}"
