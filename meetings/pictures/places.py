"""Where the meetings were, and how exactly that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from ..models import Place

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

MOST = 300  # places on a map

# How exact a place is, in words, and what its mark stands for.
PRECISION = {
    "building": ("building", "the building"),
    "city": ("city", "the city"),
    "region": ("region", "the middle of the region"),
    "country": ("country only", "the whole country"),
}


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


def places(meetings: MeetingQuerySet) -> Places:
    """In three queries."""
    inferred = Count("pk", filter=Q(place_inferred=True))
    totals = meetings.aggregate(all=Count("pk"), placed=Count("place"))
    placed = meetings.exclude(place=None).values_list("place").annotate(n=Count("pk"), inferred=inferred)
    counted = list(placed.order_by("-n", "place")[:MOST])
    known = Place.objects.select_related("country").in_bulk([pk for pk, *_ in counted])
    spots = tuple(Spot(known[pk], n, guessed) for pk, n, guessed in counted)
    drawn = sum(spot.meetings for spot in spots)
    return Places(spots, totals["all"] - totals["placed"], totals["placed"] - drawn)
