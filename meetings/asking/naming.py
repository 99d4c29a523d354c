"""People by a name in any spelling, accent, order of words or script: for conditions, and while one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz

from ..models import Person, PersonName
from ..querysets import PersonQuerySet, SharedPieces
from ..resolution.names import sounded, tokens, trigrams

if TYPE_CHECKING:
    from ..querysets import User

READ = 200  # names that are compared with one typed
LONGEST = 200  # characters of a name: PersonName.name holds no more
LIKE = 75  # likeness, of 100, from which a name is offered for one that nobody bears


class Closeness(IntEnum):
    """How near a name is to the one typed; the smaller the nearer."""

    SAME = 0  # the same words, in any order
    SOUNDED = 1  # the same words in another spelling
    PART = 2  # every word typed is a word of the name, as sounded
    LIKE = 3  # it resembles the one typed


@dataclass(frozen=True, slots=True)
class Known:
    """A person, or the one that the record was merged into. ``row``: the number of the record itself."""

    row: int
    pk: int
    name: str
    country: str

    def __str__(self) -> str:
        return f"{self.name} ({self.country})" if self.country else self.name


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody whose name is near the one typed."""

    person: Known
    closeness: Closeness


def known(
    user: User, names: Iterable[str], perhaps: Iterable[str], ids: Iterable[int], exact: bool = False
) -> tuple[dict[str, list[Bearer]], dict[int, Known]]:
    """Who may be called so, of those whom the user may see, by name typed, the nearest first; and those of ``ids`` by number.

    One query, two where a name is unknown: then those come that resemble it, though not for texts that are only ``perhaps`` names;
    of these, a cheap query tells first which are in some name, as most words are in none.
    ``exact``: only who bears the very name, or else in whose name the words stand so, in whatever case.
    """
    names, ids, perhaps = list(names), list(ids), list(perhaps)
    texts = [*names, *perhaps]
    looked_for = texts if names or ids or exact else borne(perhaps)
    short = [text for text in looked_for if len(text) <= LONGEST]
    if not short and not ids:
        return {text: [] for text in texts}, {}
    people = Person.objects.known_to(user)
    rows = _read([*(_containing(people, text) for text in short), _numbered(people, ids)])
    numbered = {person.row: person for text, person, *_ in rows if not text}
    ranked = _ranked(texts, rows, exact)
    if not exact and (unknown := [text for text in names if text in short and not ranked[text]]):
        ranked |= _ranked(unknown, _read(_resembling(people, text) for text in unknown), exact)
    return ranked, numbered


def borne(texts: Iterable[str]) -> list[str]:
    """Those whose words some name, of whomever, may have."""
    pieces = {text: set(wanted) for text in texts if len(text) <= LONGEST and (wanted := _pieces(text))}
    if not pieces:
        return []
    alike = reduce(or_, (Q(trigrams__contains=sorted(wanted)) for wanted in pieces.values()))
    names = list(PersonName.objects.filter(alike).order_by().values_list("trigrams", flat=True)[:READ])
    return [text for text, wanted in pieces.items() if len(names) == READ or any(map(wanted.issubset, names))]


Row = tuple[str, Known, str, str]  # text typed, who, the name as written, folded


def _read(parts: Iterable[QuerySet | None]) -> list[Row]:
    wanted = [part for part in parts if part is not None]
    rows = wanted[0].union(*wanted[1:], all=True) if wanted else ()
    return [(text, Known(*person), name, folded) for text, name, folded, *person in rows]


def _ranked(texts: Sequence[str], rows: Iterable[Row], exact: bool) -> dict[str, list[Bearer]]:
    near: dict[str, dict[int, tuple[tuple[Closeness, float], Known]]] = {text: {} for text in texts}
    for text, person, name, folded in rows:
        close = as_written(text, name) if exact else closeness(text, folded)
        if text and close:
            old, _ = near[text].get(person.pk, (close, person))
            near[text][person.pk] = min(old, close), person
    return {
        text: [
            Bearer(person, close[0])
            for close, person in sorted(found.values(), key=lambda pair: (pair[0], pair[1].name))
        ]
        for text, found in near.items()
    }


def _containing(people: PersonQuerySet, text: str) -> QuerySet | None:
    """Names with every word typed: they have all of its three-letter pieces (GIN index)."""
    wanted = _pieces(text)
    return _asked(people, text).filter(trigrams__contains=wanted)[:READ] if wanted else None


def _pieces(text: str) -> list[str]:
    return trigrams(" ".join(word for word in tokens(text) if len(word) > 1))


def _resembling(people: PersonQuerySet, text: str) -> QuerySet | None:
    """Names with four letters in a row of the one typed, those first that share the most pieces with it."""
    near = reduce(or_, (Q(trigrams__contains=pair) for word in tokens(text) for pair in pairwise(pieces(word))), Q())
    if not near:
        return None
    shared = SharedPieces(F("trigrams"), Value(trigrams(text), output_field=PersonName._meta.get_field("trigrams")))
    return _asked(people, text).filter(near).order_by(shared.desc(), "folded")[:READ]


def pieces(word: str, ended: bool = True) -> list[str]:
    """The three-letter pieces of a word in their order, as the index has them; without the last where more is to be typed."""
    padded = f"  {sounded(word)}{' ' * ended}"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _numbered(people: PersonQuerySet, ids: list[int]) -> QuerySet | None:
    return _asked(people, "").filter(person__in=ids, name=F("person__name")) if ids else None


def _asked(people: PersonQuerySet, text: str) -> QuerySet:
    """Names of people as rows for ``_read``."""
    survivor = {
        "pk_": Coalesce("person__merged_into", "person"),
        "name_": Coalesce("person__merged_into__name", "person__name"),
        "country_": Coalesce("person__merged_into__country__name", "person__country__name", Value("")),
    }
    typed = Value(text, output_field=CharField())
    names = PersonName.objects.filter(person__in=people.select_related(None)).order_by()
    return names.annotate(typed=typed, **survivor).values_list("typed", "name", "folded", "person_id", *survivor)


def as_written(text: str, name: str) -> tuple[Closeness, float] | None:
    """Whether a name is the text, or has it as whole words in their order."""
    text, name = text.casefold(), name.casefold()
    if text == name:
        return Closeness.SAME, 0
    return (Closeness.PART, 0) if f" {text} " in f" {name} " else None


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
