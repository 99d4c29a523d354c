"""Where the meetings were, and how exactly that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

# What is read of them.
DRAWN = ("name", "precision", "latitude", "longitude", "country__name", "country__latitude", "country__longitude")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its meetings; ``inferred`` of them were put there by inference. Coordinates are degrees, None where no point stands for it."""

    place: Place
    meetings: int
    inferred: int

    @property
    def precision(self) -> str:
        return PRECISION[self.place.precision][0]

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Latitude and longitude of the mark; a country's is its capital's, for where it has no outline."""
        at = self.place.country if self.place.precision == "country" and self.place.country else self.place
        return None if at.latitude is None or at.longitude is None else (at.latitude, at.longitude)

    @property
    def stands_for(self) -> str:
        return PRECISION[self.place.precision][1]


@dataclass(frozen=True, slots=True)
class Places:
    """Places with meetings, the most frequent first. ``unplaced`` meetings have no place, ``rest`` are at places beyond the first."""

    spots: tuple[Spot, ...]
    unplaced: int
    rest: int

    columns = ("place", "country", "precision", "latitude", "longitude", "meetings", "of which inferred")

    def rows(self) -> Iterator[tuple]:
        for spot in self.spots:
            place = spot.place
            at = (place.latitude, place.longitude)
            yield (place.name, place.country_id, place.precision, *at, spot.meetings, spot.inferred)


@prepared
def drawn(numbers: list[int]) -> QuerySet:
    return Place.objects.filter(among(numbers)).order_by().select_related("country").only(*DRAWN)


def places(meetings: MeetingQuerySet) -> Places:
    """In two queries."""
    inferred = Count("pk", filter=Q(place_inferred=True))
    grouped = meetings.order_by().values_list("place").annotate(n=Count("pk"), inferred=inferred)
    counted = {place: numbers for place, *numbers in grouped.order_by("-n", "place")}
    unplaced, _ = counted.pop(None, (0, 0))
    shown = list(counted)[:MOST]
    known = {place.pk: place for place in drawn(shown)}
    spots = tuple(Spot(known[place], *counted[place]) for place in shown)
    return Places(spots, unplaced, sum(counted[place][0] for place in list(counted)[MOST:]))
