"""The data: documents and their passages, the accounts they give of meetings, and what is known of people, places and issues.

    Document → DocumentRevision → Passage
    Document → Account (participants, issues, statements, each with Evidence) → Meeting (derived, or as a person decided)

Values of a Meeting are derived from its accounts by ``derivation.py`` and then changed as Judgements say.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from . import dates, querysets
from .records import Attendance, Field, Kind, Label, Medium, StatementKind, Status
from .resolution.names import fold, trigrams


def choices(enum, **labels: str) -> list[tuple[str, str]]:
    return [(member.value, labels.get(member.value, member.value.replace("_", " ").capitalize())) for member in enum]


KINDS = choices(Kind, memcon="Memorandum of conversation", news="News report")
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
        help_text="EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.",
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


def date_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(date="", earliest=None, latest=None) | Q(earliest__lte=F("latest")) & ~Q(date=""), name=name
    )


# Who may see what


class Collection(models.Model):
    """Documents that belong together, and who may see them."""

    name = models.CharField(max_length=200, unique=True, help_text="As shown beside its documents.")
    slug = models.SlugField(max_length=200, unique=True, help_text="The name in addresses.")
    description = models.TextField(blank=True, help_text="Where the documents come from, and what they cover.")
    public = models.BooleanField(
        default=True, help_text="Everybody may see its documents. Otherwise only editors and the readers named below."
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="collections",
        help_text="Who may see its documents when it is not public.",
    )

    objects = querysets.CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or slugify(self.name)[:200] or "collection"
        super().save(*args, **kwargs)


# What is known of the world


class Country(models.Model):
    """A state, territory or former state, loaded from the shipped table of countries."""

    key = models.CharField(
        max_length=4, primary_key=True, help_text="ISO 3166-1 alpha-2, or of a former state ISO 3166-3: RU, US, SU, YU."
    )
    alpha3 = models.CharField(max_length=4, blank=True, help_text="ISO 3166-1 alpha-3.")
    cow = models.CharField(max_length=8, blank=True, help_text="Correlates of War abbreviation: USA, RUS.")
    cow_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Correlates of War number: 2, 365.")
    name = models.CharField(max_length=120, help_text="Short name, as a historian writes it.")
    official_name = models.CharField(max_length=200, blank=True, help_text="Full official name.")
    region = models.CharField(max_length=60, blank=True, help_text="Part of the world.")
    capital = models.CharField(max_length=120, blank=True, help_text="Seat of government.")
    latitude = models.FloatField(null=True, blank=True, help_text="Of the capital, in degrees.")
    longitude = models.FloatField(null=True, blank=True, help_text="Of the capital, in degrees.")
    exists_from = models.CharField(
        max_length=20, blank=True, help_text="EDTF date from which the state exists; empty when before 1900."
    )
    exists_to = models.CharField(
        max_length=20, blank=True, help_text="EDTF date on which it ended; empty while it exists."
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", help_text="States that it succeeded."
    )
    demonyms = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="Russian, Russians.")
    aliases = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, help_text="Other names: Burma, USSR, GOI."
    )

    objects = querysets.CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.key.lower(), slugify(self.name)])

    @property
    def flag(self) -> str:
        """The flag as an emoji; "" for a state that no longer exists."""
        if len(self.key) != 2 or self.exists_to:
            return ""
        return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in self.key)


class Organisation(models.Model):
    """An international body, or another body that people act for."""

    key = models.SlugField(max_length=80, unique=True, help_text="Stable short name.")
    name = models.CharField(max_length=200, help_text="Full name.")
    acronym = models.CharField(max_length=30, blank=True, help_text="UN, NATO, IAEA.")
    kind = models.CharField(max_length=40, blank=True, help_text="Alliance, court, bank, agency, …")
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="Other names.")
    folded = models.CharField(max_length=200, editable=False, db_index=True, help_text="The name folded, for look-ups.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Place(models.Model):
    """Where meetings happen. Coordinates are those of the place itself, never of something larger that holds it."""

    PRECISIONS = [("building", "Building"), ("city", "City"), ("region", "Region"), ("country", "Country")]

    name = models.CharField(max_length=200, help_text="Geneva; Spaso House.")
    folded = models.CharField(max_length=200, editable=False, help_text="The name folded, for look-ups.")
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text="The state that it lies in.",
    )
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="city", help_text="How exact the place is.")
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["folded", "country", "precision"], nulls_distinct=False, name="place_once"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country.name}" if self.country and self.country.name != self.name else self.name

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Issue(models.Model):
    """A topic that meetings are about. The tree has two levels: a theme has no parent, an issue has a theme."""

    key = models.SlugField(
        max_length=80, unique=True, help_text="Stable short name, used in addresses; a theme's begins with theme-."
    )
    name = models.CharField(max_length=120, help_text="As a historian would look it up.")
    theme = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="issues", help_text="Empty for a theme."
    )
    aliases = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, help_text="Other words that documents use for it."
    )
    tags = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, help_text="State Department TAGS: PARM, PHUM."
    )
    plover = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="PLOVER context codes.")

    objects = querysets.IssueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(theme__isnull=False), name="issue_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.key])


class Person(models.Model):
    """Somebody known by name. Two people of one name stay two until a person says otherwise."""

    name = models.CharField(max_length=200, help_text="The form shown: Sergey Lavrov.")
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        help_text="The state that they act for most.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="Who they are, in a line.")
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text="The person that this record turned out to be; the old address leads there.",
    )

    objects = querysets.PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_not_merged_into_itself")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        self.names.get_or_create(name=self.name)

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk, slugify(fold(self.name)) or "person"])


class PersonName(models.Model):
    """One way of writing a person's name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names", help_text="Whose name it is.")
    name = models.CharField(max_length=200, help_text="As written: Sergei Lavrov, Лавров.")
    folded = models.CharField(max_length=200, editable=False, help_text="Lower-case ASCII words.")
    trigrams = ArrayField(
        models.CharField(max_length=4),
        editable=False,
        default=list,
        help_text="Three-letter pieces of the sounded words, for similar spellings.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="name_once_a_person")]
        indexes = [
            models.Index(
                fields=["folded"], opclasses=["text_pattern_ops"], name="personname_folded"
            ),  # type-ahead by prefix, exact look-up on ingest
            GinIndex(fields=["trigrams"], name="personname_trigrams"),  # type-ahead and resolution of similar spellings
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded forms; bulk writers call it, as they do not go through save()."""
        self.folded, self.trigrams = fold(self.name)[:200], trigrams(self.name)


class Position(models.Model):
    """An office that a person held."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions", help_text="Who held it.")
    title = models.CharField(max_length=200, help_text="Minister of Foreign Affairs.")
    office = models.CharField(
        max_length=40,
        blank=True,
        help_text="Kind of office, the same for all countries: head of state, foreign minister, …",
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="positions", help_text="For which state."
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
        help_text="For which body.",
    )
    start = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_edtf],
        help_text="EDTF date of taking office; empty when not known.",
    )
    end = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_edtf],
        help_text="EDTF date of leaving it; empty when not known or still held.",
    )
    source = models.CharField(max_length=200, blank=True, help_text="Where this is known from.")

    class Meta:
        ordering = ["start", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "country", "organisation", "start"],
                nulls_distinct=False,
                name="position_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.start or '?'}–{self.end}"


# Documents


class Document(DatedModel):
    """One document: a cable, a memorandum, a readout, a report. Kept even when it could not be read, with the reason."""

    STATES = [("processed", "Processed"), ("failed", "Failed"), ("not_extracted", "Stored, not extracted")]

    public_id = models.CharField(
        max_length=12, unique=True, editable=False, help_text="Stable id in addresses, made from the file's content."
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, related_name="documents", help_text="Decides who may see it."
    )
    file_name = models.CharField(
        max_length=500, help_text="Name of the file as it was given, with its folder inside the folder or archive."
    )
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the original file.")
    part = models.CharField(
        max_length=200, blank=True, help_text="Which document of its file; empty when the file holds one."
    )
    state = models.CharField(max_length=20, choices=STATES, help_text="What became of it.")
    reason = models.TextField(blank=True, help_text="Why it failed or was not extracted.")
    title = models.CharField(max_length=500, blank=True, help_text="Title or subject.")
    kind = models.CharField(max_length=10, choices=KINDS, default=Kind.OTHER, help_text="Genre.")
    identifier = models.CharField(max_length=120, blank=True, help_text="07MOSCOW2590.")
    origin = models.CharField(max_length=200, blank=True, help_text="Where it was written, or who issued it.")
    classification = models.CharField(max_length=80, blank=True, help_text="UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET.")
    tags = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="State Department TAGS.")
    references = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Documents that it refers to."
    )
    language = models.CharField(max_length=8, default="en", help_text="ISO 639-1 code.")
    source_url = models.URLField(max_length=1000, blank=True, help_text="Where it was published.")
    site = models.CharField(max_length=200, blank=True, help_text="Publisher of a web page.")
    notice = models.CharField(max_length=300, blank=True, help_text="Shown wherever the document is.")
    reader = models.CharField(max_length=60, blank=True, help_text="Reader that read it, and its version.")
    pipeline = models.CharField(
        max_length=120, blank=True, help_text="Pipeline that extracted from it, and its version."
    )
    read_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of all that was read; equal when nothing changed."
    )
    extracted_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of all that was extracted; equal when nothing changed.",
    )
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
        help_text="The document that this is another copy of; its accounts are not counted again.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When it was first ingested.")
    updated = models.DateTimeField(auto_now=True, help_text="When it last changed.")

    objects = querysets.DocumentQuerySet.as_manager()

    class Meta:
        ordering = [F("earliest").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "sha256", "part"], name="document_once_a_collection"),
            models.CheckConstraint(condition=Q(state="processed") | ~Q(reason=""), name="document_says_why_not"),
            date_constraint("document_date"),
        ]
        indexes = [
            models.Index(
                F("earliest").desc(nulls_last=True), "title", "id", name="document_listed"
            ),  # the list of documents
            models.Index(fields=["identifier"], name="document_identifier"),  # other copies, on ingest
        ]

    def __str__(self) -> str:
        return self.title or self.identifier or self.file_name

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.public_id, slugify(fold(str(self)))[:60].strip("-") or "document"])

    @property
    def revision(self) -> DocumentRevision | None:
        """The current revision; None for a document that could not be read. Prefetch "revisions" for lists."""
        return next((revision for revision in self.revisions.all() if revision.current), None)


class DocumentRevision(models.Model):
    """The text of a document as one reader gave it. Never changed: a newer reader makes a new revision."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="revisions", help_text="Whose text it is."
    )
    number = models.PositiveIntegerField(help_text="1, 2, …")
    current = models.BooleanField(default=True, help_text="The revision that is shown, and that evidence points into.")
    text = models.TextField(help_text="The stored text; all offsets count its characters.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    names = models.JSONField(default=list, help_text="Names marked in the text: [start, end, label].")
    sketch = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="Smallest hashes of its word sequences: texts that share most are copies.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When this text was read.")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(current=True), name="one_current_revision"),
        ]
        indexes = [GinIndex(fields=["sketch"], name="revision_sketch")]  # copies with nearly the same text, on ingest

    def __str__(self) -> str:
        return f"{self.document}, revision {self.number}"


class Passage(models.Model):
    """A paragraph of a document, searchable on its own."""

    revision = models.ForeignKey(
        DocumentRevision, on_delete=models.CASCADE, related_name="passages", help_text="Whose paragraph it is."
    )
    order = models.PositiveIntegerField(help_text="Position among the passages, from 0.")
    number = models.CharField(max_length=20, blank=True, help_text="As printed: 7.")
    label = models.CharField(max_length=10, choices=choices(Label), default=Label.BODY, help_text="What part it plays.")
    field = models.CharField(max_length=30, blank=True, help_text="Of a header: participants, subject, place, …")
    marking = models.CharField(max_length=20, blank=True, help_text="Section mark: SBU, C.")
    continues = models.BooleanField(default=False, help_text="It goes on with the passage before, after a page break.")
    start = models.PositiveIntegerField(help_text="Offset of its first character in the document's text.")
    end = models.PositiveIntegerField(help_text="Offset after its last character.")
    text = models.TextField(help_text="The paragraph itself.")
    search = models.GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text="Its words, stemmed, for search.",
    )

    class Meta:
        ordering = ["revision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "order"], name="passage_order_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_not_empty"),
        ]
        indexes = [GinIndex(fields=["search"], name="passage_search")]  # words in the search box

    def __str__(self) -> str:
        return f"¶{self.number}" if self.number else f"passage {self.order + 1}"


# Meetings and the accounts of them


class MeetingValues(DatedModel):
    """What is told of a meeting: by one account, or by all of them together."""

    status = models.CharField(max_length=10, choices=STATUSES, default=Status.HELD, help_text="Whether it took place.")
    time = models.TimeField(null=True, blank=True, help_text="Local time of day at which it began, where told.")
    duration = models.PositiveIntegerField(null=True, blank=True, help_text="Minutes, where told.")
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


class Meeting(MeetingValues):
    """One encounter, from all accounts of it that its audience may see."""

    REVIEWS = [("unreviewed", "Unreviewed"), ("confirmed", "Confirmed"), ("rejected", "Rejected")]

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
        help_text="Empty: derived from public accounts alone, everybody may see it. Otherwise the restricted collection that its accounts belong to.",
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text="The meeting that this record turned out to be; the old address leads there.",
    )
    account_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Number of accounts of it, copies not counted."
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When it was first found.")
    updated = models.DateTimeField(auto_now=True, help_text="When it last changed.")

    objects = querysets.MeetingQuerySet.as_manager()

    class Meta:
        ordering = [F("earliest").desc(nulls_last=True), "-pk"]
        constraints = [
            confidence_constraint("meeting_confidence"),
            date_constraint("meeting_date"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="meeting_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(F("earliest").desc(nulls_last=True), F("id").desc(), name="meeting_listed")
        ]  # the list of meetings

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.public_id, slugify(fold(self.title))[:60].strip("-") or "meeting"])


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
        max_length=14, choices=ATTENDANCES, default=Attendance.PRINCIPAL, help_text="In what capacity."
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
        Meeting, on_delete=models.CASCADE, related_name="participants", help_text="In which meeting."
    )

    class Meta(Participation.Meta):
        indexes = [
            models.Index(fields=["person", "meeting"], name="participant_person"),  # meetings with a person
            models.Index(fields=["country", "meeting"], name="participant_country"),  # meetings with a country
        ]


class MeetingIssue(models.Model):
    """An issue on a meeting's agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda", help_text="Of which meeting.")
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
    joined_by = models.CharField(
        max_length=300, blank=True, help_text="Why it was taken for the same meeting as the others."
    )

    objects = querysets.AccountQuerySet.as_manager()

    class Meta:
        ordering = ["document", "order"]
        constraints = [confidence_constraint("account_confidence"), date_constraint("account_date")]

    def __str__(self) -> str:
        return f"{self.meeting} in {self.document}"


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
    resolved_by = models.CharField(max_length=300, blank=True, help_text="Why this person, or why nobody.")

    class Meta(Participation.Meta):
        pass


class AccountIssue(models.Model):
    """An issue in an account's own words."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="issues", help_text="Which account mentions it."
    )
    issue = models.ForeignKey(
        Issue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentions",
        help_text="In the topic tree; empty when the tree lacks it.",
    )
    name = models.CharField(max_length=200, help_text="The issue's name, or the mention where the tree lacks it.")
    mention = models.CharField(max_length=300, help_text="In the document's words.")
    order = models.PositiveIntegerField(default=0, help_text="Position in the list.")

    class Meta:
        ordering = ["order", "pk"]

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
        Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="statements", help_text="On which issue."
    )
    kind = models.CharField(
        max_length=10,
        choices=choices(StatementKind),
        help_text="Direct: the speaker's own words. Reported: the document's.",
    )
    text = models.TextField(help_text="What was said, as the document gives it.")
    order = models.PositiveIntegerField(default=0, help_text="Position in the document.")

    objects = querysets.StatementQuerySet.as_manager()

    class Meta:
        ordering = ["document", "order"]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text[:60]}"


class Evidence(models.Model):
    """The passage behind one claim, and what made the claim."""

    FIELDS = choices(Field)

    revision = models.ForeignKey(
        DocumentRevision, on_delete=models.CASCADE, related_name="evidence", help_text="Into which text it points."
    )
    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which account's value it supports.",
    )
    participant = models.ForeignKey(
        AccountParticipant,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which participant it supports.",
    )
    issue = models.ForeignKey(
        AccountIssue,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which issue it supports.",
    )
    statement = models.ForeignKey(
        Statement,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="Which statement it supports.",
    )
    field = models.CharField(max_length=12, choices=FIELDS, help_text="What it supports.")
    start = models.PositiveIntegerField(help_text="Offset of its first character in the text.")
    end = models.PositiveIntegerField(help_text="Offset after its last character.")
    quote = models.TextField(help_text="The passage, verbatim.")
    prefix = models.CharField(
        max_length=60, blank=True, help_text="What stands before it, to find it again in another revision."
    )
    suffix = models.CharField(max_length=60, blank=True, help_text="What stands after it.")
    rule = models.CharField(max_length=100, help_text="Rule or model that made the claim, and its version.")
    confidence = confidence_field()

    objects = querysets.EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="evidence_not_empty"),
            models.CheckConstraint(condition=~Q(account=None) | ~Q(statement=None), name="evidence_of_something"),
            confidence_constraint("evidence_confidence"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]


class Judgement(models.Model):
    """A person's decision. It names what it is about by things that last, so that it outlives every re-ingest."""

    VERBS = [
        ("set", "Set a value"),
        ("add", "Added"),
        ("remove", "Removed"),
        ("confirm", "Confirmed"),
        ("reject", "Rejected"),
        ("same", "The same"),
        ("different", "Different"),
        ("unsure", "Unsure"),
    ]

    verb = models.CharField(max_length=10, choices=VERBS, help_text="What was decided.")
    subject = models.CharField(max_length=20, help_text="What it is about: meeting, participant, issue, person, …")
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="Hash of the original file of the account that it was made on."
    )
    part = models.CharField(max_length=200, blank=True, help_text="Which document of that file.")
    anchor = models.TextField(blank=True, help_text="The passage that tells of the meeting, verbatim.")
    key = models.CharField(max_length=300, blank=True, help_text="Which participant or issue: its folded name.")
    field = models.CharField(max_length=30, blank=True, help_text="Which value, of a verb that sets one.")
    value = models.JSONField(null=True, blank=True, help_text="The value decided on.")
    previous = models.JSONField(null=True, blank=True, help_text="The value before.")
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="judgements",
        help_text="The meeting as it was then, for the record; the decision itself holds on to the passage.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="judgements",
        help_text="Who decided.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When.")
    reason = models.TextField(blank=True, help_text="Why.")

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["sha256", "part"], name="judgement_document")
        ]  # what was decided on a document, on ingest

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.subject} {self.field} {self.key}".strip()
