"""Finding people by a name in any spelling, accent or script."""

from __future__ import annotations

from django.db.models import Case, QuerySet, Value, When

from .querysets import PersonQuerySet

MOST = 200  # people whose name begins with or resembles a text


def by_name(people: PersonQuerySet, text: str) -> QuerySet:
    """People whose name begins with or resembles the text, the best first."""
    ranked = [person.pk for person in people.named_like(text, MOST)]
    order = Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(ranked)), default=Value(len(ranked)))
    return people.filter(pk__in=ranked).order_by(order)
