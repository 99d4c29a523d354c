"""Finding people by a name in any spelling, accent or script."""

from __future__ import annotations

from django.db.models import Case, QuerySet, Value, When

from .models import Person
from .querysets import PersonQuerySet
from .resolution.names import fold

SUGGESTED = 8


def by_name(people: PersonQuerySet, text: str, limit: int = 200) -> QuerySet:
    """People whose name begins with or resembles the text, the best first."""
    ranked = [person.pk for person in people.named_like(text, limit)]
    order = Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(ranked)), default=Value(len(ranked)))
    return people.filter(pk__in=ranked).order_by(order)


def suggestions(people: PersonQuerySet, text: str) -> list[Person]:
    """For type-ahead: the few best."""
    return people.named_like(text, SUGGESTED)


def meant(candidates: list[Person], text: str) -> Person | None:
    """The one candidate that a typed name can only mean; None when several are as likely."""
    if len(candidates) == 1:
        return candidates[0]
    exact = [person for person in candidates if fold(person.name) == fold(text)]
    return exact[0] if len(exact) == 1 else None
