"""What is known of the world: countries, organisations, places and the topic tree."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from .. import querysets
from ..addresses import leading_to
from ..resolution.names import fold
from .base import Mergeable, merge_constraint
from .history import Edits


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
    region = models.CharField(max_length=60, blank=True, help_text="Part of the world that it lies in: Western Europe.")
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
    demonyms = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="What its people and things are called: Russian, Russians.",
    )
    aliases = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, help_text="Other names: Burma, USSR, GOI."
    )

    objects = querysets.CountryQuerySet.as_manager()
    history = Edits(m2m_fields=[predecessors])

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return leading_to("country", self.key.lower(), slugify(self.name))

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
    acronym = models.CharField(max_length=30, blank=True, help_text="What it is called for short: UN, NATO, IAEA.")
    kind = models.CharField(
        max_length=40, blank=True, help_text="What kind of body it is: alliance, court, bank, agency, …"
    )
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="Other names.")
    folded = models.CharField(max_length=200, editable=False, db_index=True, help_text="The name folded, for look-ups.")

    history = Edits(excluded=("folded",))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Place(Mergeable):
    """Where meetings happen. Coordinates are those of the place itself, never of something larger that holds it."""

    PRECISIONS = [("building", "Building"), ("city", "City"), ("region", "Region"), ("country", "Country")]

    name = models.CharField(
        max_length=200, help_text="Name of a building, city, region or country: Spaso House, Geneva."
    )
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

    history = Edits(excluded=("folded", "merged_into"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["folded", "country", "precision"], nulls_distinct=False, name="place_once"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_on_earth",
            ),
            merge_constraint("place_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country.name}" if self.country and self.country.name != self.name else self.name

    def clean(self) -> None:
        """The form knows nothing of the folded name, and so does not ask for this by itself."""
        alike = Place.objects.filter(folded=fold(self.name), country=self.country_id, precision=self.precision)
        if alike.exclude(pk=self.pk).exists():
            raise ValidationError("There is a place of this name, country and precision already.")

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Issue(Mergeable):
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
    plover = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Codes that it has as a context in PLOVER."
    )

    objects = querysets.IssueQuerySet.as_manager()
    history = Edits(excluded=("merged_into",))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(theme__isnull=False), name="issue_name_once"),
            merge_constraint("issue_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return leading_to("topic", self.key)
