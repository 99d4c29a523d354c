"""The fields of the form beside the box: another way to write the same text.

Shown, they are filled from the question. Sent, what changed in them is written into the text, and the address that is left
has the text alone. Addresses of earlier versions, with a value for each condition, are read in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from ..addresses import cleaned
from ..models import Person
from .fields import FIELDS, UNDATED, Field
from .language import Question, Term, read, typed
from .resolving import identified

if TYPE_CHECKING:
    from ..querysets import User

BESIDE = ("q", "off", "sort", "page", "view", "exact")  # what an address of a list has
FORM = (
    "with",
    "without",
    "country",
    "organisation",
    "about",
    "in",
    "role",
    "after",
    "before",
    "medium",
    "status",
    "kind",
)
SEVERAL = frozenset({"with", "without", "country", "organisation", "about"})  # fields that take one value more
SUGGESTED = frozenset({"with", "without", "country", "organisation", "about", "in", "role"})  # fields with a type-ahead
FORMER = {"person": "with", "held_in": "in", "issue": "about", "undated": "date"}  # values of earlier addresses
SHOWN = "was"  # the question that the form was filled from


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form, with its values as the language writes them."""

    field: Field
    values: tuple[str, ...]

    @property
    def choices(self) -> Iterable[tuple[str, str]]:
        return self.field.choices.items()

    @property
    def boxes(self) -> tuple[str, ...]:
        """What stands in its boxes: the values, and an empty box where it takes one more."""
        return (*self.values, "") if self.field.name in SEVERAL or not self.values else self.values

    @property
    def suggests(self) -> bool:
        return self.field.name in SUGGESTED


def inputs(question: Question) -> list[Input]:
    return [Input(FIELDS[name], shown(question, name)) for name in FORM]


def shown(question: Question, name: str) -> tuple[str, ...]:
    """The values of a field that stand alone in the question; what has alternatives is in the box only."""
    terms = question.plain("with", negated=True) if name == "without" else question.plain(name)
    values = tuple(term.value for term in terms)
    return values if name in SEVERAL or len(values) == 1 else ()


def folded(query: QueryDict, user: User) -> QueryDict | None:
    """The address with all conditions in the text; None when they are there already."""
    query = cleaned(query)
    conditions = {name: query.pop(name, []) for name in (*FORM, *FORMER)}
    was = query.pop(SHOWN, None)
    if was is None and not any(conditions.values()):
        return None  # nothing but the text
    text = query.get("q", "")
    before = read(was[-1]).question if was else Question()
    gone, new = [], _former(conditions, user)
    for name in FORM:
        kept, given = shown(before, name), [_term(name, value) for value in conditions[name]]
        old = [_term(name, value) for value in kept]
        gone += [term for term in old if term not in given]
        new += [term for term in given if term not in old]
    if gone:
        text = str(read(text).question.lacking(*((term,) for term in gone)))
    present = set(read(text).question)
    query["q"] = " ".join(filter(None, [text, *(str(term) for term in new if term not in present)]))
    query.pop("page", None)
    return cleaned(query)


def _term(name: str, value: str) -> Term:
    return typed("with", value, negated=True) if name == "without" else typed(name, value)


def _former(conditions: Mapping[str, list[str]], user: User) -> list[Term]:
    """Conditions as addresses of earlier versions wrote them: people by number, countries and topics by key."""
    numbers = [value for value in conditions["person"] if value.isascii() and value.isdecimal() and len(value) < 13]
    people = Person.objects.known_to(user).in_bulk([int(value) for value in numbers]) if numbers else {}
    terms = []
    for value in conditions["person"]:
        person = people.get(int(value)) if value in numbers else None
        known = identified(person.merged_into or person) if person else f"#{value}" if value in numbers else value
        terms.append(typed("with", known))
    terms += [typed(FORMER[name], value) for name in ("held_in", "issue") for value in conditions[name]]
    terms += [typed("date", UNDATED) for _ in conditions["undated"]]
    return terms
