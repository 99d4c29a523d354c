"""Where diplomacy takes place besides cities: regions, islands, resorts, and the buildings that everybody knows by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from .tables import items, rows


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates are in degrees; ``country`` is the key of today's state."""

    name: str
    kind: str  # building, town, region
    city: str  # where a building stands, or the town nearest; empty for a region without one
    country: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...]


@cache
def all() -> tuple[Place, ...]:
    return tuple(
        Place(
            row["name"],
            row["kind"],
            row["city"],
            row["country"],
            float(row["latitude"]),
            float(row["longitude"]),
            items(row["aliases"]),
        )
        for row in rows("places.csv")
    )


def lookup(name: str) -> Place | None:
    """The place of a name in any accent or case, with or without its article ("the Kremlin"), or None."""
    return _by_name().get(_folded(name))


def _folded(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in anyascii(name).casefold().replace("'", "")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _by_name() -> dict[str, Place]:
    return {_folded(name): place for place in reversed(all()) for name in (*place.aliases, place.name)}
