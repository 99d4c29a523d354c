"""What the values of a question stand for in the database: people, countries, topics, places, posts.

One query for each sort of value however many there are, and none for what the question lacks. Whom or what a value was
taken for is said where it is not plain, with the others that it may mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from rapidfuzz import fuzz, process

from ..authorities import titles
from ..models import Country, Issue, Meeting, Person, Place
from ..resolution.names import fold
from ..wording import listed, with_article
from .language import Clause, Question, Term
from .naming import Closeness, bearers

if TYPE_CHECKING:
    from ..querysets import User

TAKEN = 50  # people whom one name may stand for together
OFFERED = 6  # other meanings that are offered
OFFICES = frozenset({"head of state", "head of government", "foreign minister", "vice president", "secretary-general"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one condition stands for. ``rows`` are row numbers of people, topics or places, ``words`` what is looked for as written."""

    label: str
    rows: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something else that a condition may mean: ``clause`` in the place of the one asked."""

    label: str
    asked: Clause
    clause: Clause


@dataclass(frozen=True, slots=True)
class Note:
    """How a value was taken, in a sentence, and what else it may mean."""

    text: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """A question with what its conditions stand for. Conditions on what is unknown here are left out, and said.

    ``off`` are conditions that are set aside: they are named on the page, and nothing more.
    """

    question: Question
    off: Question = field(default_factory=Question)
    meanings: dict[Term, Meaning] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def label(self, term: Term) -> str:
        return self.meanings[term].label if term in self.meanings else term.value


class Unknown(Exception):
    """A value that nothing here has; the message is a sentence for whoever asked."""


def resolve(question: Question, off: Question, user: User, exact: bool = False) -> Answers:
    """What the conditions stand for. ``exact``: names of people are taken as they are written."""
    meanings: dict[Term, Meaning] = {}
    mistakes: list[str] = []
    notes: list[tuple[Term, Note]] = []
    unknown: set[Term] = set()
    for fields, lookup in LOOKUPS:
        asked = [term for term in dict.fromkeys((*question, *off)) if term.field in fields]
        meaning_of = lookup(asked, user, exact) if asked else None
        for term in asked:
            try:
                # A negated condition stands for what the plain one does.
                meanings[term], note = meaning_of(replace(term, negated=False))
            except Unknown as error:
                unknown.add(term)
                mistakes.append(str(error))
            else:
                notes += [(term, note)] if note else []
    known = question.kept(lambda term: term not in unknown)
    placed = (_placed(note, term, known) for term, note in notes if term in set(known))
    return Answers(
        known,
        off.kept(lambda term: term not in unknown).lacking(*known.clauses),
        meanings,
        tuple(dict.fromkeys(mistakes)),
        tuple(dict.fromkeys(placed)),
    )


Found = Callable[[Term], tuple[Meaning, Note | None]]


def _placed(note: Note, term: Term, question: Question) -> Note:
    """The offers of a note on one term, each as the whole clause in which it stands."""
    clause = next(clause for clause in question.clauses if term in clause)
    offers = []
    for offer in note.offers:
        others = tuple(replace(other, negated=term.negated) for other in offer.clause)
        at = clause.index(term)
        offers.append(Offer(offer.label, clause, (*clause[:at], *others, *clause[at + 1 :])))
    return Note(note.text, tuple(offers))


# People


def _people(terms: list[Term], user: User, exact: bool) -> Found:
    known = Person.objects.known_to(user)
    by_id = known.in_bulk({term.id for term in terms if term.id})
    named = bearers(known, {term.name for term in terms if not term.id}, exact)

    def found(term: Term) -> tuple[Meaning, Note | None]:
        if term.id:
            if term.id not in by_id:
                raise Unknown(f"“{term.value}” is not known here, or no meeting that you may see has them.")
            person = survivor(by_id[term.id])
            return Meaning(person.name, (person.pk,)), None
        near = named[term.name]
        best = min((each.closeness for each in near), default=None)
        taken = list(
            {survivor(each.person).pk: survivor(each.person) for each in near if each.closeness == best}.values()
        )
        taken = taken[:TAKEN] if best is not Closeness.LIKE else []
        others = [person for each in near if (person := survivor(each.person)) not in taken]
        offers = tuple(
            Offer(described(person), (), (Term("with", identified(person)),))
            for person in dict.fromkeys([*(taken if len(taken) > 1 else ()), *others])
        )[:OFFERED]
        label = taken[0].name if len(taken) == 1 else term.name
        meaning = Meaning(label, tuple(person.pk for person in taken), words=(fold(term.name),))
        if not taken:
            return meaning, Note(f"Nobody called “{term.name}” is known here.", offers)
        if len(taken) > 1:
            names = (
                listed(described(person) for person in taken[:3]) if len(taken) <= 3 else f"any of {len(taken)} people"
            )
            return meaning, Note(f"“{term.name}” may be {names}.", offers)
        if best is Closeness.SAME:
            return meaning, Note(f"“{term.name}” was taken for the one so called.", offers) if offers else None
        return meaning, Note(f"“{term.name}” was taken for {described(taken[0])}.", offers)

    return found


def survivor(person: Person) -> Person:
    return person.merged_into or person


def identified(person: Person) -> str:
    """As the language names this person and nobody else: ``Sergey Lavrov #417``."""
    return f"{person.name.replace(chr(34), '')} #{person.pk}"


def described(person: Person) -> str:
    return f"{person.name} ({person.country.name})" if person.country else person.name


# Countries and places


def _world(terms: list[Term], user: User, exact: bool) -> Found:
    atlas = Atlas()
    places = _places([term for term in terms if term.field == "in"], user)

    def country(term: Term) -> tuple[Meaning, Note | None]:
        states = atlas.called(term.value)
        if not states:
            raise Unknown(f"“{term.value}” is no country known here.{did_you_mean(term.value, atlas.names)}")
        label = listed_or(state.name for state in states)
        note = None
        if len(states) > 1:
            offers = tuple(Offer(state.name, (), (Term("country", state.key),)) for state in states)
            note = Note(f"“{term.value}” may be {label}.", offers[:OFFERED])
        elif former := [each for each in atlas.before(states[0]) if each not in states]:
            named = (Term("country", states[0].key), *(Term("country", each.key) for each in former))
            note = Note(
                f"{states[0].name} is taken by itself.",
                (Offer(f"also {listed(with_article(each.name) for each in former)}", (), named),),
            )
        return Meaning(label, countries=tuple(state.key for state in states)), note

    def place(term: Term) -> tuple[Meaning, Note | None]:
        found = [each for each in places if each.pk == term.id or (not term.id and each.folded == fold(term.name))]
        states = () if term.id else atlas.called(term.name)
        if not found and not states:
            raise Unknown(f"“{term.value}” is no place known here, or no meeting that you may see was held there.")
        label = found[0].name if found and len(found) == 1 and not states else term.name if found else states[0].name
        note = None
        if len(found) > 1 and not states:
            offers = tuple(Offer(str(each), (), (Term("in", f"{each.name} #{each.pk}"),)) for each in found)
            note = Note(f"“{term.name}” may be {listed_or(str(each) for each in found)}.", offers[:OFFERED])
        return Meaning(label, tuple(each.pk for each in found), tuple(state.key for state in states)), note

    return lambda term: place(term) if term.field == "in" else country(term)


class Atlas:
    """The countries by every form of their names; read in two queries."""

    def __init__(self) -> None:
        self.states = {state.key: state for state in Country.objects.all()}
        self.names = [state.name for state in self.states.values()]
        self._before: dict[str, list[str]] | None = None

    def called(self, text: str) -> list[Country]:
        """Those of this key or name; else those of this other name; else those whose people are called so.

        Of states that followed one another under one name, those that exist.
        """
        wanted = fold(text).removeprefix("the ")
        forms: tuple[Callable[[Country], Iterable[str]], ...] = (
            lambda state: (state.key,),
            lambda state: (state.name, state.official_name),
            lambda state: state.aliases,
            lambda state: state.demonyms,
        )
        for names in forms:
            found = [
                state for state in self.states.values() if any(fold(name) == wanted for name in names(state) if name)
            ]
            if found:
                return [state for state in found if not state.exists_to] or found
        return []

    def before(self, state: Country) -> list[Country]:
        """The states that it succeeded."""
        if self._before is None:
            self._before = {}
            for later, earlier in Country.predecessors.through.objects.values_list("from_country_id", "to_country_id"):
                self._before.setdefault(later, []).append(earlier)
        return [self.states[key] for key in self._before.get(state.key, ()) if key in self.states]


def _places(terms: list[Term], user: User) -> list[Place]:
    if not terms:
        return []
    wanted = Q(pk__in={term.id for term in terms if term.id}) | Q(folded__in={fold(t.name) for t in terms if not t.id})
    held = Meeting.objects.visible_to(user).filter(place=OuterRef("pk"))
    return list(Place.objects.filter(wanted).filter(Exists(held)).select_related("country"))


# Topics


def _topics(terms: list[Term], user: User, exact: bool) -> Found:
    topics = list(Issue.objects.only("key", "name", "aliases", "tags", "theme"))

    def found(term: Term) -> tuple[Meaning, Note | None]:
        wanted = fold(term.value)
        ways: tuple[Callable[[Issue], Iterable[str]], ...] = (
            lambda topic: (topic.key,),
            lambda topic: (topic.name,),
            lambda topic: topic.aliases,
            lambda topic: topic.tags,
        )
        for names in ways:
            if same := [topic for topic in topics if any(fold(name) == wanted for name in names(topic))]:
                label = listed_or(dict.fromkeys(topic.name for topic in same))
                return Meaning(label, tuple(topic.pk for topic in same)), None
        words = set(wanted.split())
        near = [topic for topic in topics if words & set(fold(" ".join((topic.name, *topic.aliases))).split())]
        near.sort(key=lambda topic: -fuzz.token_sort_ratio(wanted, fold(topic.name)))
        offers = tuple(Offer(topic.name, (), (Term("about", topic.key),)) for topic in near[:OFFERED])
        text = f"No topic is called “{term.value}”: these words were looked for in the agendas."
        return Meaning(f"“{term.value}”", words=(term.value,)), Note(text, offers)

    return found


# Posts


def _posts(terms: list[Term], user: User, exact: bool) -> Found:
    def found(term: Term) -> tuple[Meaning, Note | None]:
        title = titles.lookup(term.value) or titles.lookup(term.value.title())
        plain = title and title.branch in OFFICES and not title.deputy and not title.past
        name = title.name if title and title.exact else term.value
        return Meaning(name, offices=(title.branch,) if plain else (), words=(name,)), None

    return found


LOOKUPS = ((("with",), _people), (("country", "in"), _world), (("about",), _topics), (("role",), _posts))


# Wording


def listed_or(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def did_you_mean(text: str, names: Iterable[str]) -> str:
    """`` Did you mean Romania?``, or "" when nothing is near."""
    near = process.extract(text, list(names), scorer=fuzz.WRatio, limit=2, score_cutoff=80)
    return f" Did you mean {listed_or(name for name, _, _ in near)}?" if near else ""
