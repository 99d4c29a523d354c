"""People by a name in any spelling, accent, order of words or script: for conditions, and while one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce

from django.db.models import CharField, F, Value
from rapidfuzz import fuzz

from ..models import Person, PersonName
from ..querysets import PersonQuerySet, SharedPieces
from ..resolution.names import fold, sounded, tokens, trigrams

READ = 200  # names that are compared with one typed
LIKE = 75  # likeness, of 100, from which a name is offered for one that nobody bears


class Closeness(IntEnum):
    """How near a name is to the one typed; the smaller the nearer."""

    SAME = 0  # the same words, in any order
    SOUNDED = 1  # the same words in another spelling
    PART = 2  # every word typed is a word of the name, as sounded
    LIKE = 3  # it resembles the one typed


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody whose name is near the one typed."""

    person: Person
    closeness: Closeness


def bearers(
    people: PersonQuerySet, texts: Iterable[str], exact: bool = False, ids: Iterable[int] = ()
) -> tuple[dict[str, list[Bearer]], dict[int, Person]]:
    """Who may be called so, of ``people``, by text typed, the nearest first; and all of them and those of ``ids`` by row number.

    Two queries, three where a name is unknown. ``exact``: only who bears the very name, in whatever case.
    """
    texts = list(texts)
    ranked = _exact(texts) if exact else _ranked(texts, _containing)
    if not exact and (unknown := [text for text in texts if not ranked[text]]):
        ranked |= _ranked(unknown, _resembling)
    rows = people.in_bulk({*ids, *(pk for each in ranked.values() for pk in each)})
    found = {}
    for text in texts:
        near = sorted((close, rows[pk].name, pk) for pk, close in ranked[text].items() if pk in rows)
        found[text] = [Bearer(rows[pk], close[0]) for close, _, pk in near]
    return found, rows


def _exact(texts: Sequence[str]) -> dict[str, dict[int, tuple[Closeness, float]]]:
    names = PersonName.objects.filter(folded__in={fold(text) for text in texts}).values_list("name", "person_id")
    borne = [(name.casefold(), person) for name, person in names] if texts else []
    return {text: {pk: (Closeness.SAME, 0) for name, pk in borne if name == text.casefold()} for text in texts}


def _ranked(texts: Sequence[str], candidates) -> dict[str, dict[int, tuple[Closeness, float]]]:
    """By text, the people whose names are candidates for it, with how near they come."""
    ranked: dict[str, dict[int, tuple[Closeness, float]]] = {text: {} for text in texts}
    wanted = [rows for text in texts if (rows := candidates(text)) is not None]
    if not wanted:
        return ranked
    for text, person, folded in reduce(lambda one, other: one.union(other, all=True), wanted):
        if close := closeness(text, folded):
            ranked[text][person] = min(close, ranked[text].get(person, close))
    return ranked


def _containing(text: str):
    """Names with every word typed: they have all of its three-letter pieces (GIN index)."""
    pieces = trigrams(" ".join(word for word in tokens(text) if len(word) > 1))
    return _asked(text).filter(trigrams__contains=pieces)[:READ] if pieces else None


def _resembling(text: str):
    """Names that share the most three-letter pieces with the one typed."""
    pieces = trigrams(text)
    if not pieces:
        return None
    shared = SharedPieces(F("trigrams"), Value(pieces, output_field=PersonName._meta.get_field("trigrams")))
    return _asked(text).filter(trigrams__overlap=pieces).order_by(shared.desc(), "folded")[:READ]


def _asked(text: str):
    typed = Value(text, output_field=CharField())
    return PersonName.objects.order_by().annotate(typed=typed).values_list("typed", "person_id", "folded")


def closeness(text: str, folded: str) -> tuple[Closeness, float] | None:
    """How near a folded name is to the text, and of names that resemble it how unlike they are, of 100; None for another name."""
    typed, name = tokens(text), folded.split()
    if sorted(typed) == sorted(name):
        return Closeness.SAME, 0
    typed, name = [sounded(word) for word in typed], [sounded(word) for word in name]
    if sorted(typed) == sorted(name):
        return Closeness.SOUNDED, 0
    if all(word in name or (len(word) == 1 and any(other[0] == word for other in name)) for word in typed):
        return Closeness.PART, 0
    likeness = sum(max(fuzz.ratio(word, other) for other in name) for word in typed) / len(typed)
    return (Closeness.LIKE, 100 - likeness) if likeness >= LIKE else None
