"""The terms of a meeting: what it can be found by and is counted under, as short texts in two indexed arrays.

The database keeps ``Meeting.terms`` and ``Meeting.names`` in line with the rows that they come from (triggers, migration 0005), as
it keeps a generated column; nothing else writes them. A term is the letter of its facet, a colon and a value that lasts as long
as its row. The names of people and places lie apart: a meeting can have hundreds, too many for the index that the list is read
from to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


class Facet(StrEnum):
    PERSON = "p"  # row number of a known person
    UNRESOLVED = "n"  # folded name of somebody not resolved to a known person
    COUNTRY = "c"  # key of a country that somebody acted for
    OFFICE = "o"  # kind of office that somebody held on the day: Position.office
    ISSUE = "i"  # row number of an issue on the agenda, and of its theme
    KIND = "k"  # kind of document that tells of it, where everybody may see that; else the collection's row number, a colon, the kind
    PLACE = "l"  # row number of the place
    HOST = "h"  # key of the country of the place
    MEDIUM = "m"  # empty when untold
    STATUS = "s"
    REVIEW = "r"
    YEAR = "y"  # first year of the date; empty for the undated
    COUNTERPART = "d"  # no meeting's term, but counted ahead: of a country's meetings those with another one, by its key and decade: RU:1970


NAMES = frozenset({Facet.PERSON, Facet.UNRESOLVED, Facet.PLACE})
RECORDS = {"person": Facet.PERSON, "country": Facet.COUNTRY, "issue": Facet.ISSUE, "place": Facet.PLACE}


def facet_of(record: Model) -> Facet:
    """The facet whose terms name a person, country, issue or place."""
    return RECORDS[record._meta.model_name]


def column(facet: Facet) -> str:
    """The array that holds the facet's terms."""
    return "names" if facet in NAMES else "terms"


def term(facet: Facet, value: object) -> str:
    return f"{facet}:{value}"


def terms(facet: Facet, values: Iterable[object]) -> list[str]:
    return [term(facet, value) for value in values]
