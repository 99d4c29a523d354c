"""Where the meetings were, and how exactly that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q, QuerySet

from ..conditions import among
from ..models import Place
from ..prepared import prepared

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

MOST = 150  # places on a map

# How exact a place is, in words, and what its mark stands for.
PRECISION = {
    "building": ("building", "the building"),
    "city": ("city", "the city"),
    "region": ("region", "the middle of the region"),
    "country": ("country only", "the whole country"),
}

# What is read of them, in the order of `Spot`.
DRAWN = (
    "pk",
    "name",
    "precision",
    "latitude",
    "longitude",
    "country",
    "country__name",
    "country__latitude",
    "country__longitude",
)


class Spot(NamedTuple):
    """A place with its meetings; ``inferred`` of them were put there by inference. ``country`` is a key. Coordinates are degrees."""

    pk: int
    name: str
    exactness: str
    latitude: float | None
    longitude: float | None
    country: str | None
    country_name: str | None
    capital_latitude: float | None
    capital_longitude: float | None
    meetings: int
    inferred: int

    @classmethod
    def of(cls, place: Place, inferred: bool) -> Spot:
        """Of a single meeting."""
        at, country = (place.latitude, place.longitude), place.country
        home = (country.key, country.name, country.latitude, country.longitude) if country else (None,) * 4
        return cls(place.pk, place.name, place.precision, *at, *home, 1, int(inferred))

    @property
    def precision(self) -> str:
        return PRECISION[self.exactness][0]

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Latitude and longitude of the mark, None where no point stands for it; a country's is its capital's, for where it has no outline."""
        whole = self.exactness == "country" and self.country
        at = (self.capital_latitude, self.capital_longitude) if whole else (self.latitude, self.longitude)
        return None if None in at else at

    @property
    def stands_for(self) -> str:
        return PRECISION[self.exactness][1]


@dataclass(frozen=True, slots=True)
class Places:
    """Places with meetings, the most frequent first. ``unplaced`` meetings have no place, ``rest`` are at places beyond the first."""

    spots: tuple[Spot, ...]
    unplaced: int
    rest: int

    columns = ("place", "country", "precision", "latitude", "longitude", "meetings", "of which inferred")

    def rows(self) -> Iterator[tuple]:
        for spot in self.spots:
            at = (spot.latitude, spot.longitude)
            yield (spot.name, spot.country, spot.exactness, *at, spot.meetings, spot.inferred)


@prepared
def drawn(numbers: list[int]) -> QuerySet:
    return Place.objects.filter(among(numbers)).order_by().values_list(*DRAWN)


def places(meetings: MeetingQuerySet) -> Places:
    """In two queries."""
    inferred = Count("pk", filter=Q(place_inferred=True))
    grouped = meetings.order_by().values_list("place").annotate(n=Count("pk"), inferred=inferred)
    counted = {place: numbers for place, *numbers in grouped.order_by("-n", "place")}
    unplaced, _ = counted.pop(None, (0, 0))
    shown = list(counted)[:MOST]
    known = {row[0]: row for row in drawn(shown)}
    spots = tuple(Spot(*known[place], *counted[place]) for place in shown)
    return Places(spots, unplaced, sum(counted[place][0] for place in list(counted)[MOST:]))
