"""Countries, topics, organisations and places by every form of their names: one query for the former, one for places."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from ..models import Country, Issue, Meeting, Organisation, Place
from ..resolution.names import fold

if TYPE_CHECKING:
    from ..querysets import User

TEXTS = ArrayField(TextField())
EMPTY, NONE = Value("", output_field=TextField()), Value([], output_field=TEXTS)


BEGINNING = 2  # letters in which a name typed and the one meant agree
READ = 500  # places that begin so

folded = lru_cache(maxsize=1 << 14)(fold)  # the same few thousand names are compared with each question


@dataclass(frozen=True, slots=True)
class Entry:
    """One country, topic, organisation or place. ``full``: a country's official name, an organisation's acronym; ``former``: a state that ended; ``within``: a place's country, a topic's theme;
    ``others``: demonyms of a country, TAGS of a topic, row numbers of what was merged into a place; ``before``: keys of the
    states that a country succeeded.
    A place's ``aliases`` are the folded names under which its point is known.
    """

    sort: str
    id: str
    key: str
    name: str
    full: str
    within: str
    former: bool
    aliases: tuple[str, ...]
    others: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def row(self) -> int:
        return int(self.id)

    @property
    def described(self) -> str:
        return f"{self.name}, {self.within}" if self.within and self.within != self.name else self.name


class World:
    """Countries by key, topics and organisations."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        entries = list(entries)
        self.countries = {each.key: each for each in entries if each.sort == "country"}
        self.topics = [each for each in entries if each.sort == "topic"]
        self.organisations = [each for each in entries if each.sort == "organisation"]

    @cached_property
    def forms_of_organisations(self) -> list[dict[str, list[Entry]]]:
        return _by_form(self.organisations)

    @cached_property
    def forms_of_countries(self) -> list[dict[str, list[Entry]]]:
        return _by_form(self.countries.values())

    @cached_property
    def forms_of_topics(self) -> list[dict[str, list[Entry]]]:
        return _by_form(self.topics)


def _world(*wanted: str) -> World:
    if not wanted:
        return World()
    with connection.cursor() as cursor:
        cursor.execute(*_telling(wanted))
        return _read(cursor.fetchone()[0])


@lru_cache(maxsize=4)
def _read(told: str) -> World:
    """What is told as JSON; what is told again, as most of the time, is not read again."""
    return World(_entry(tuple(row.values())) for row in json.loads(told))


@cache
def _telling(wanted: tuple[str, ...]) -> tuple[str, tuple]:
    """The query that tells of all countries, topics or organisations, put together once."""
    first, *others = (TOLD[sort]() for sort in wanted)
    sql, values = first.union(*others, all=True).query.sql_with_params()
    return f"SELECT coalesce(json_agg(entry)::text, '[]') FROM ({sql}) entry", values  # noqa: S608 - made of no text from outside


class Gazetteer:
    """What is asked for of the four; ``places`` are the names and row numbers of those that are wanted."""

    def __init__(
        self,
        user: User,
        countries: bool = False,
        topics: bool = False,
        organisations: bool = False,
        places: tuple[Iterable[str], Iterable[int]] = ((), ()),
    ) -> None:
        names, rows = ({fold(name) for name in places[0]}, set(places[1]))
        self.user, self.names = user, names
        wanted = {"country": countries or names, "topic": topics, "organisation": organisations}
        self.world = _world(*(sort for sort, asked in wanted.items() if asked))
        self.places = [_entry(row) for row in _places(names, rows, user)] if names or rows else []

    @property
    def countries(self) -> dict[str, Entry]:
        return self.world.countries

    @property
    def topics(self) -> list[Entry]:
        return self.world.topics

    def countries_called(self, text: str) -> list[Entry]:
        """Those of this key or name; else those of this other name; else those whose people are called so.

        Of states that followed one another under one name, those that exist.
        """
        found = _called(text, self.world.forms_of_countries)
        return [state for state in found if not state.former] or found

    def topics_called(self, text: str) -> list[Entry]:
        return _called(text, self.world.forms_of_topics)

    def organisations_called(self, text: str) -> list[Entry]:
        return _called(text, self.world.forms_of_organisations)

    def places_called(self, text: str) -> list[Entry]:
        """Those of this very name, or of this name before a comma: the White House is in Washington; else those at the same point."""
        wanted = fold(text)
        found = [place for place in self.places if wanted in {place.key, _parts(place)[0]}]
        return found or [place for place in self.places if wanted in place.aliases]

    @cached_property
    def places_like(self) -> list[Entry]:
        """Those that begin as one of the names does; in a query of its own, for where nothing is called so."""
        begin = reduce(or_, (Q(folded__startswith=name[:BEGINNING]) for name in self.names), Q())
        return [_entry(row) for row in _held_at(Place.objects.filter(begin).order_by("pk")[:READ], self.user)]

    def places_at(self, called: list[Entry]) -> list[Entry]:
        """The places themselves, what else their points are called, and the buildings in them."""
        points = {name for place in called for name in (place.key, *place.aliases)}
        towns = {(name, place.within) for place in called for name in (place.key, *place.aliases)}
        return [place for place in self.places if place.key in points or (_parts(place)[1], place.within) in towns]

    def before(self, state: Entry) -> list[Entry]:
        """The states that it succeeded."""
        return [self.countries[key] for key in state.before if key in self.countries]


FORMS: tuple[Callable[[Entry], Iterable[str]], ...] = (
    lambda entry: (entry.key,),
    lambda entry: (entry.name, entry.full),
    lambda entry: entry.aliases,
    lambda entry: entry.others,
)


def _by_form(entries: Iterable[Entry]) -> list[dict[str, list[Entry]]]:
    """For each of ``FORMS``, in their order, the entries by folded name."""
    found: list[dict[str, list[Entry]]] = [defaultdict(list) for _ in FORMS]
    for entry in entries:
        for names, forms in zip(found, FORMS, strict=True):
            for form in forms(entry):
                names[folded(form)].append(entry)
    return found


def _called(text: str, found: list[dict[str, list[Entry]]]) -> list[Entry]:
    wanted = fold(text).removeprefix("the ")
    return list(dict.fromkeys(next((names[wanted] for names in found if wanted in names), []))) if wanted else []


def _parts(place: Entry) -> tuple[str, str]:
    """A building and its town, folded; the second is empty for what has no comma in its name."""
    first, _, last = place.name.rpartition(",")
    return (folded(first), folded(last)) if first else (place.key, "")


def _text(expression: str) -> Cast:
    return Cast(expression, TextField())


def _values(rows: QuerySet, sort: str, **columns) -> QuerySet:
    empty = {"full": EMPTY, "within": EMPTY, "until": EMPTY, "aka": NONE, "others": NONE, "before": NONE}
    named = {
        "sort": Value(sort, output_field=TextField()),
        "row": _text("pk"),
        "known": _text("key"),
        "called": _text("name"),
    }
    columns = {**named, **empty, **columns}
    return (
        rows.order_by()
        .annotate(**{f"{name}_": value for name, value in columns.items()})
        .values_list(*(f"{name}_" for name in columns))
    )


def _entry(row: tuple) -> Entry:
    sort, id, key, name, full, within, until, aliases, others, before = row
    return Entry(sort, id, key, name, full, within, bool(until), tuple(aliases), tuple(others), tuple(before))


def _countries() -> QuerySet:
    links = Country.predecessors.through.objects.filter(from_country=OuterRef("pk")).order_by("to_country")
    return _values(
        Country.objects.all(),
        "country",
        full=_text("official_name"),
        until=_text("exists_to"),
        aka=Cast("aliases", TEXTS),
        others=Cast("demonyms", TEXTS),
        before=Cast(ArraySubquery(links.values("to_country")), TEXTS),
    )


def _topics() -> QuerySet:
    """A topic that was merged into another stands for that one, under its own names."""
    return _values(
        Issue.objects.all(),
        "topic",
        row=Cast(Coalesce("merged_into", "pk"), TextField()),
        called=Cast(Coalesce("merged_into__name", "name"), TextField()),
        within=Coalesce(_text("theme__name"), EMPTY),
        aka=Func(Cast("aliases", TEXTS), _text("name"), function="array_append", output_field=TEXTS),
        others=Cast("tags", TEXTS),
    )


def _organisations() -> QuerySet:
    return _values(Organisation.objects.all(), "organisation", full=_text("acronym"), aka=Cast("aliases", TEXTS))


TOLD = {"country": _countries, "topic": _topics, "organisation": _organisations}


class EndsLike(Func):
    """Whether a text is like any of an array."""

    template = "%(expressions)s)"
    arg_joiner = " LIKE ANY ("
    output_field = BooleanField()


def _places(names: set[str], rows: set[int], user: User) -> QuerySet:
    """Places of these names or numbers; with a town its buildings under whichever of its names, and what else its point is called.

    A place that was merged into another is found as that one.
    """
    point = {name: OuterRef(name) for name in ("latitude", "longitude", "precision")}
    merged = Place.objects.filter(merged_into=OuterRef("pk")).order_by("pk")
    same = Place.objects.filter(Q(**point) | Q(merged_into=OuterRef("pk"))).order_by("pk")
    wanted = Q(folded__in=names) | Q(pk__in=rows) | Q(Exists(same.filter(folded__in=names)))
    wanted |= Q(Exists(merged.filter(pk__in=rows)))
    for name in names:
        inside = Q(folded__startswith=f"{name} ") | Q(folded__endswith=f" {name}")
        wanted |= Q(inside, precision="building")
    if names:
        towns = Place.objects.filter(Exists(same.filter(folded__in=names))).exclude(precision="building")
        ends = ArraySubquery(towns.order_by().values(end=Concat(Value("% "), "folded", output_field=TextField())))
        wanted |= Q(EndsLike("folded", ends), precision="building")
    return _held_at(
        Place.objects.filter(wanted),
        user,
        aka=Cast(ArraySubquery(same.values("folded")), TEXTS),
        others=Cast(ArraySubquery(merged.values("pk")), TEXTS),
    )


def _held_at(places: QuerySet, user: User, **columns) -> QuerySet:
    """Of the places those where a meeting was held that the user may see."""
    held = Meeting.objects.visible_to(user).filter(place=OuterRef("pk")).order_by()
    within = Coalesce(_text("country__name"), EMPTY)
    seen = Place.objects.filter(pk__in=places.values("pk")) if places.query.is_sliced else places
    return _values(seen.filter(Exists(held)), "place", known=_text("folded"), within=within, **columns)
