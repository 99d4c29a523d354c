"""What is suggested while one types a value: each with the condition that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from ..models import Country, Issue, Meeting, Person, PersonName, Place
from ..resolution.names import fold, sounded
from ..wording import number
from . import fields
from .fields import FIELDS, Takes
from .language import Term
from .resolving import identified, numbered

if TYPE_CHECKING:
    from ..querysets import User

MOST = 8  # suggestions of one field
FEW = 3  # of each sort where no field was typed
READ = 200  # names that are looked at


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``term`` is the condition as text, ``value`` what stands behind its colon; a field's name alone has no value."""

    label: str
    term: str
    value: str = ""
    detail: str = ""


def suggestions(field: str, text: str, user: User) -> list[Suggestion]:
    """The best for what was typed so far of a field's value; for a bare word, the fields and the values that begin so."""
    typed = fold(text)
    if field:
        known = fields.called(field)
        if not known or (not typed and known.takes is not Takes.CHOICE):
            return []
        name = "with" if known.name == "without" else known.name
        found = list(islice(_values(name, typed, user), MOST))
        return [_of_field(each, known.name) for each in found]
    if len(typed) < 2:
        return []
    sorts = (islice(_values(name, typed, user), FEW) for name in ("with", "country", "about", "in"))
    return [*_names(typed), *chain.from_iterable(sorts)]


def _of_field(found: Suggestion, field: str) -> Suggestion:
    if field != "without":
        return found
    return Suggestion(found.label, str(Term("with", found.value, True)), found.value, found.detail)


def _values(name: str, typed: str, user: User) -> Iterator[Suggestion]:
    lookup: dict[str, Callable[[str, User], Iterable[Suggestion]]] = {
        "with": _people,
        "country": _countries,
        "about": _topics,
        "in": _places,
    }
    if name in lookup:
        yield from lookup[name](typed, user)
        return
    for value, label in FIELDS[name].choices.items():
        if fold(label).startswith(typed) or fold(value).startswith(typed):
            yield _suggestion(label, Term(name, str(value)))


def _suggestion(label: str, term: Term, detail: str = "") -> Suggestion:
    return Suggestion(label, str(term), term.value, detail)


def _names(typed: str) -> Iterator[Suggestion]:
    for field in FIELDS.values():
        if field.name and field.name.startswith(typed):
            yield Suggestion(f"{field.name}:", f"{field.name}:", detail=field.label)


def _people(typed: str, user: User) -> Iterator[Suggestion]:
    """Who took part in a meeting that the user may see, by the beginnings of the words of a name in any spelling.

    Those whose name begins so come first, and of them those of the most meetings.
    """
    pieces = {piece for word in typed.split() for piece in beginnings(word)}
    names = PersonName.objects.filter(Q(trigrams__contains=sorted(pieces)) | Q(folded__startswith=typed)).order_by()
    numbers = Coalesce("person__merged_into", "person")
    near: dict[int, bool] = {}
    for pk, folded in names.annotate(pk_=numbers).values_list("pk_", "folded")[:READ]:
        near[pk] = near.get(pk, False) or folded.startswith(typed)
    people = Person.objects.visible_to(user).filter(pk__in=near).select_related("country")
    for person in sorted(people, key=lambda person: (not near[person.pk], -person.meeting_count, person.name)):
        detail = (
            f"{person.country.name} · {number(person.meeting_count)}"
            if person.country
            else number(person.meeting_count)
        )
        yield _suggestion(person.name, Term("with", identified(person)), detail)


def beginnings(word: str) -> list[str]:
    """The three-letter pieces of a word whose end is not typed yet, as the index has them."""
    padded = f"  {sounded(word)}"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _begins(typed: str, *names: str) -> bool:
    """Whether one of the names, or a word of it, begins so."""
    return any(f" {fold(name)}".find(f" {typed}") >= 0 for name in names)


def _countries(typed: str, user: User) -> Iterator[Suggestion]:
    states = Country.objects.only("key", "name", "official_name", "aliases", "demonyms", "exists_to")
    found = [each for each in states if _begins(typed, each.name, each.key, *each.aliases, *each.demonyms)]
    for state in sorted(
        found, key=lambda state: (not fold(state.name).startswith(typed), bool(state.exists_to), state.name)
    ):
        yield _suggestion(state.name, Term("country", state.name), state.key)


def _topics(typed: str, user: User) -> Iterator[Suggestion]:
    topics = Issue.objects.select_related("theme")
    found = [each for each in topics if _begins(typed, each.name, *each.aliases)]
    for topic in sorted(found, key=lambda topic: (not fold(topic.name).startswith(typed), topic.name)):
        yield _suggestion(topic.name, Term("about", topic.key), topic.theme.name if topic.theme else "theme")


def _places(typed: str, user: User) -> Iterator[Suggestion]:
    held = Meeting.objects.visible_to(user).filter(place=OuterRef("pk"))
    places = Place.objects.filter(Q(folded__startswith=typed) | Q(folded__contains=f" {typed}")).filter(Exists(held))
    for place in places.select_related("country").order_by("folded")[:MOST]:
        yield _suggestion(
            place.name, Term("in", numbered(place.name, place.pk)), place.country.name if place.country else ""
        )
    for country in islice(_countries(typed, user), 3):
        yield _suggestion(country.label, Term("in", country.label), "country")
