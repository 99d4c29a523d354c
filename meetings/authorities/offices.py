"""Who held which post when, and under what other names the holders are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from anyascii import anyascii

from .tables import earliest, items, latest, rows


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one post. ``begins`` and ``ends`` are EDTF, both inclusive; an empty end means not known to have ended."""

    person: str
    office: str  # head of state, head of government, foreign minister, vice president, secretary-general, …
    title: str  # as written: "External Affairs Minister"
    country: str  # key in countries, or empty for an international body
    organisation: str  # key in organisations, or empty
    begins: str
    ends: str

    def held(self, on: date) -> bool:
        return earliest(self.begins) <= on <= latest(self.ends)


@cache
def all() -> tuple[Term, ...]:
    return tuple(
        Term(
            row["person"],
            row["office"],
            row["title"],
            row["country"],
            row["organisation"],
            row["from"],
            row["to"],
        )
        for table in ("offices.csv", "leaders.csv")
        for row in rows(table)
    )


def holders(office: str, on: date, *, country: str = "", organisation: str = "") -> tuple[Term, ...]:
    """Terms in a country's or body's office that held on a day: two on a day of handover, none where the table is silent."""
    return tuple(term for term in _by_office().get((office, country, organisation), ()) if term.held(on))


def terms(person: str) -> tuple[Term, ...]:
    """Every term of one person, by the name used in the table, in the order of time."""
    return tuple(sorted((term for term in all() if term.person == person), key=lambda term: earliest(term.begins)))


def persons() -> tuple[str, ...]:
    """The names of all holders, as the table writes them."""
    return tuple(dict.fromkeys(term.person for term in all()))


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Other spellings of holders' names, by the name used in the table."""
    return {row["name"]: items(row["aliases"]) for row in rows("persons.csv")}


@cache
def deaths() -> dict[str, str]:
    """Days on which holders died (EDTF), by the name used in the table; nobody of whom the table does not say."""
    return {row["name"]: row["died"] for row in rows("persons.csv") if row["died"]}


def are_two(one: str, other: str) -> bool:
    """Whether two names are of different holders for certain: offices.csv, which is kept by hand, names both."""
    return one != other and {one, other} <= _kept_by_hand()


def lookup(name: str) -> tuple[str, ...]:
    """The persons whom a whole name stands for, in any accent, case or known spelling; several where two share it."""
    return _by_name().get(_folded(name), ())


def _folded(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in anyascii(name).casefold()).split())


@cache
def _kept_by_hand() -> frozenset[str]:
    return frozenset(row["person"] for row in rows("offices.csv"))


@cache
def _by_office() -> dict[tuple[str, str, str], tuple[Term, ...]]:
    index: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for term in all():
        index[term.office, term.country, term.organisation].append(term)
    return {post: tuple(found) for post, found in index.items()}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for person in persons():
        for name in (person, *aliases().get(person, ())):
            index[_folded(name)][person] = None
    return {name: tuple(found) for name, found in index.items()}
