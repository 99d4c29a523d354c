"""States, territories and former states: their names, demonyms, shorthand, capitals and days of existence.

A state that only changed its name or government keeps one key (Zaire is CD, Burma MM, West Germany DE); a state that
ended has a key of its own (SU, YU, CS, DD, …). What a form of words means can depend on the day ("Russian" in 1956 is
the Soviet Union's) and, for cable shorthand such as GOI, on the post that writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from .tables import earliest, items, latest, number, rows


class Kind(StrEnum):
    """In what way a form of words stands for a country."""

    NAME = "name"  # "France", "French Republic"
    ABBREVIATION = "abbreviation"  # "USSR", "USG": matched in exactly this case
    SHORTHAND = "shorthand"  # "GOB": shared by several countries, matched in exactly this case
    ADJECTIVE = "adjective"  # "French"
    PEOPLE = "people"  # "Frenchmen"
    CAPITAL = "capital"  # "Paris", when its government is meant
    SEAT = "seat"  # "Quai d'Orsay": a building or street that stands for a government


NAMING = frozenset({Kind.NAME, Kind.ABBREVIATION, Kind.SHORTHAND, Kind.ADJECTIVE, Kind.PEOPLE})
METONYMS = frozenset({Kind.CAPITAL, Kind.SEAT})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of words for one country; ``exact``: only in this case (US is not us). Days are EDTF, empty when unbounded."""

    text: str
    key: str
    kind: Kind
    exact: bool = False
    valid_from: str = ""
    valid_to: str = ""

    def holds(self, on: date) -> bool:
        return earliest(self.valid_from) <= on <= latest(self.valid_to)


@dataclass(frozen=True, slots=True)
class Country:
    """A state, territory or former state. ``exists_from`` and ``exists_to`` are EDTF, empty when unbounded."""

    key: str
    iso: str  # nearest ISO 3166 alpha-2 code: what the record format prints. Equals key but for RVN, AUH, SCG
    alpha3: str
    name: str
    official: str
    status: str  # state, territory, former state, former territory
    cow: str  # Correlates of War abbreviation; empty for non-members of that list
    cow_number: str
    exists_from: str
    exists_to: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    shorthand: tuple[str, ...]
    capitals: tuple[str, ...]  # today's or last first, then former names and seats
    metonyms: tuple[str, ...]
    continent: str
    latitude: float | None  # of the capital, degrees
    longitude: float | None
    forms: tuple[Form, ...]

    def existed(self, on: date) -> bool:
        return earliest(self.exists_from) <= on <= latest(self.exists_to)

    @property
    def capital(self) -> str:
        return self.capitals[0] if self.capitals else ""


@cache
def all() -> tuple[Country, ...]:
    return tuple(_country(row) for row in rows("countries.csv"))


def get(key: str) -> Country:
    """The country of a key. Raises KeyError when there is none."""
    return _by_key()[key]


@cache
def forms() -> tuple[Form, ...]:
    """Every form of words for every country: what a matcher is built from."""
    return tuple(form for country in all() for form in country.forms)


def lookup(text: str, on: date | None = None, near: Collection[str] = ()) -> Country | None:
    """The country that a name, abbreviation or demonym stands for, or None.

    Of several ("Congolese", "GOI") it is, in this order: one in ``near`` (say, the country of the post that writes),
    one that existed on the day, one that still exists, the first of the table. Shorthand that several countries
    share and of which none is the usual bearer is known only by ``near``.
    """
    return _choose(text, NAMING, on, near)


def by_seat(text: str, on: date | None = None, near: Collection[str] = ()) -> Country | None:
    """The country whose government a capital or seat stands for ("Moscow", "the Kremlin"), or None."""
    return _choose(text, METONYMS, on, near)


def as_of(key: str, on: date) -> str:
    """The key of the state that held the place of ``key`` on that day.

    RU in 1970 is SU; SU in 2000 stays SU, having many successors; DD in 1995 is DE. A key whose state existed, or for
    which the table has no other that did, is given back as it is. Raises KeyError for an unknown key.
    """
    country = get(key)
    if country.existed(on):
        return key
    if on < earliest(country.exists_from):
        return next((before for before in country.predecessors if get(before).existed(on)), key)
    after = country.successors
    return after[0] if len(after) == 1 and get(after[0]).existed(on) else key


def _choose(text: str, kinds: frozenset[Kind], on: date | None, near: Collection[str]) -> Country | None:
    found = [form for form in _spelled(text) if form.kind in kinds]
    if close := [form for form in found if form.key in near]:
        found = close
    else:
        found = [form for form in found if form.kind is not Kind.SHORTHAND]
    if not found:
        return None

    def fit(form: Form) -> tuple[bool, bool]:
        country = get(form.key)
        today = not country.exists_to and not form.valid_to
        return (form.holds(on) and country.existed(on) if on else today, today)

    return get(max(found, key=fit).key)


def _spelled(text: str) -> list[Form]:
    """Forms that are written this way; names need a capital letter, since "turkey" and "pole" are no countries."""
    text = _plain(text)
    if not text or text[0].islower():
        return []
    if inverted := re.fullmatch(r"([^,]+), ([^,]+)", text):  # "Korea, South", "Germany, Federal Republic of"
        text = f"{inverted[2]} {inverted[1]}" if text.casefold() not in _by_text() else text
    return [form for form in _by_text().get(text.casefold(), ()) if not form.exact or form.text == text]


def _plain(text: str) -> str:
    """Without article, possessive ending, curly apostrophes and line wraps."""
    text = " ".join(text.replace("’", "'").split())
    text = re.sub(r"^the (?=\S)", "", text, flags=re.IGNORECASE)
    return re.sub(r"(?<=s)'$|'s$", "", text, flags=re.IGNORECASE)


@cache
def _by_key() -> dict[str, Country]:
    return {country.key: country for country in all()}


@cache
def _by_text() -> dict[str, tuple[Form, ...]]:
    index: dict[str, list[Form]] = defaultdict(list)
    for form in forms():
        index[_plain(form.text).casefold()].append(form)
    return {text: tuple(found) for text, found in index.items()}


def _country(row: dict[str, str]) -> Country:
    lists = {
        column: items(row[column])
        for column in (
            "predecessors",
            "successors",
            "adjectives",
            "people",
            "abbreviations",
            "shorthand",
            "capitals",
            "metonyms",
        )
    }
    aliases = tuple(_dated(row["key"], alias) for alias in items(row["aliases"]))
    return Country(
        **{column: row[column] for column in ("key", "iso", "alpha3", "name", "official", "status")},
        **{column: row[column] for column in ("cow", "cow_number", "exists_from", "exists_to", "continent")},
        **lists,
        aliases=tuple(alias.text for alias in aliases),
        latitude=number(row["latitude"]),
        longitude=number(row["longitude"]),
        forms=(
            *_forms(row["key"], (row["name"], row["official"]), Kind.NAME),
            *aliases,
            *_forms(row["key"], lists["abbreviations"], Kind.ABBREVIATION),
            *_forms(row["key"], lists["shorthand"], Kind.SHORTHAND),
            *_forms(row["key"], lists["adjectives"], Kind.ADJECTIVE),
            *_forms(row["key"], lists["people"], Kind.PEOPLE),
            *_forms(row["key"], lists["capitals"], Kind.CAPITAL),
            *_forms(row["key"], lists["metonyms"], Kind.SEAT),
        ),
    )


def _forms(key: str, texts: Iterable[str], kind: Kind) -> Iterable[Form]:
    in_case = kind in (Kind.ABBREVIATION, Kind.SHORTHAND)
    return (Form(text, key, kind, exact=in_case or text.isupper()) for text in dict.fromkeys(texts))


def _dated(key: str, alias: str) -> Form:
    """An alias, with the days for which it holds: ``name@from/to``."""
    text, _, days = alias.partition("@")
    valid_from, _, valid_to = days.partition("/")
    return Form(text, key, Kind.NAME, exact=text.isupper(), valid_from=valid_from, valid_to=valid_to)
