"""What is suggested while one types a value: each with the condition that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Country, Issue, Meeting, Organisation, Person, PersonName, Place
from ..prepared import prepared
from ..querysets import meeting_count
from ..resolution.names import fold
from ..terms import Facet
from ..wording import counted
from . import fields
from .fields import FIELDS, Takes
from .gazetteer import folded
from .language import Term
from .naming import LONGEST, pieces
from .resolving import identified, numbered

if TYPE_CHECKING:
    from ..querysets import User

MOST = 8  # suggestions of one field
FEW = 3  # of each sort where no field was typed
LEAST = 2  # letters


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``term`` is the condition as text, ``value`` what stands behind its colon; a field's name alone has no value."""

    label: str
    term: str
    value: str = ""
    detail: str = ""


def suggestions(field: str, text: str, user: User) -> list[Suggestion]:
    """The best for what was typed so far of a field's value; for a bare word, the fields and the values that begin so."""
    typed = fold(text[:LONGEST])
    if field:
        known = fields.called(field)
        if not known or (len(typed) < LEAST and known.takes is not Takes.CHOICE):
            return []
        name = "with" if known.name == "without" else known.name
        found = list(islice(_values(name, typed, user), MOST))
        return [_of_field(each, known.name) for each in found]
    if len(typed) < LEAST:
        return []
    sorts = (islice(_values(name, typed, user), FEW) for name in ("with", "country", "about"))
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
        "organisation": _organisations,
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
    """Who took part in a meeting that the user may see, by the beginnings of the words of a name in any spelling; the most met first."""
    begun = sorted({piece for word in typed.split() for piece in pieces(word, ended=False)})
    for person in _most_met(tuple(begun), typed, user):
        if not person.meeting_count:
            break
        n = counted(person.meeting_count, "meeting")
        detail = f"{person.state} · {n}" if person.state else n
        yield _suggestion(person.name, Term("with", identified(person)), detail)


@prepared
def _most_met(begun: tuple[str, ...], typed: str, user: User) -> QuerySet:
    names = PersonName.objects.filter(Q(trigrams__contains=begun) | Q(folded__startswith=typed)).order_by()
    named = names.annotate(pk_=Coalesce("person__merged_into", "person")).values("pk_")
    # Counted once for each: to leave out in the database those without any would count them twice.
    count = meeting_count(user, Facet.PERSON, "participants__person")
    people = Person.objects.filter(merged_into=None, pk__in=named).annotate(meeting_count=count)
    # The country is looked up for those alone that are shown.
    state = Country.objects.filter(pk=OuterRef("country")).values("name")
    return people.annotate(state=Subquery(state)).order_by("-meeting_count", "name").only("name")[:MOST]


def _begins(typed: str, *names: str) -> bool:
    """Whether one of the names, or a word of it, begins so."""
    return any(f" {typed}" in f" {folded(name)}" for name in names)


def _countries(typed: str, user: User) -> Iterator[Suggestion]:
    states = Country.objects.order_by("name").values_list("name", "key", "exists_to", "aliases", "demonyms")
    found = [each for each in states if _begins(typed, each[0], each[1], *each[3], *each[4])]
    for name, key, *_ in sorted(found, key=lambda state: (not folded(state[0]).startswith(typed), bool(state[2]))):
        yield _suggestion(name, Term("country", name), key)


def _topics(typed: str, user: User) -> Iterator[Suggestion]:
    topics = (
        Issue.objects.filter(merged_into=None).order_by("name").values_list("name", "key", "theme__name", "aliases")
    )
    found = [each for each in topics if _begins(typed, each[0], *each[3])]
    for name, key, theme, _ in sorted(found, key=lambda topic: not folded(topic[0]).startswith(typed)):
        yield _suggestion(name, Term("about", key), theme or "theme")


def _organisations(typed: str, user: User) -> Iterator[Suggestion]:
    bodies = Organisation.objects.order_by("name").values_list("name", "acronym", "aliases")
    found = [each for each in bodies if _begins(typed, each[0], each[1], *each[2])]
    # Whose acronym it is comes first, then whose acronym or name begins so.
    order = lambda body: (folded(body[1]) != typed, not any(folded(name).startswith(typed) for name in body[:2]))  # noqa: E731
    for name, acronym, _ in sorted(found, key=order):
        yield _suggestion(name, Term("organisation", name), acronym)


def _places(typed: str, user: User) -> Iterator[Suggestion]:
    held = Meeting.objects.visible_to(user).filter(place=OuterRef("pk"))
    places = Place.objects.filter(Q(folded__startswith=typed) | Q(folded__contains=f" {typed}")).filter(Exists(held))
    for place in places.select_related("country").order_by("folded")[:MOST]:
        yield _suggestion(
            place.name, Term("in", numbered(place.name, place.pk)), place.country.name if place.country else ""
        )
    for country in islice(_countries(typed, user), 3):
        yield _suggestion(country.label, Term("in", country.label), "country")
