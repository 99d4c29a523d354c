"""What the values of a question stand for in the database: people, countries, organisations, topics, places, posts.

One query for each sort of value however many there are, and none for what the question lacks. Whom or what a value was
taken for is said where it is not plain, with the others that it may mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from .. import dates
from ..authorities import titles
from ..models import Person
from ..resolution.names import fold
from ..wording import listed, with_article
from .fields import WORDS
from .gazetteer import Entry, Gazetteer, folded
from .language import Clause, Question, Term, cleaned
from .naming import LIKE, Bearer, Closeness, Known, known
from .stopwords import searched, unsearched

if TYPE_CHECKING:
    from ..querysets import User

TAKEN = 50  # people whom one name may stand for together
OFFERED = 6  # other meanings that are offered
NEAR = 3  # names that are offered for one that nothing here has


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one condition stands for. ``rows`` are row numbers of people, organisations, topics or places, ``words`` what is looked for as written."""

    label: str
    rows: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something else that a question may mean. ``terms``, any of which may hold, take the place of the condition asked."""

    label: str
    terms: Clause
    question: Question = field(default_factory=Question)


@dataclass(frozen=True, slots=True)
class Note:
    """How a value was taken, in a sentence, and what else it may mean, after words that lead to it."""

    text: str
    lead: str = ""
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
    remarks: tuple[str, ...] = ()  # on words that nothing could be found by
    notes: tuple[Note, ...] = ()

    def label(self, term: Term) -> str:
        return self.meanings[term].label if term in self.meanings else term.value


class Unknown(Exception):
    """A value that nothing here has, in a sentence for whoever asked, and what may have been meant."""

    def __init__(self, text: str, offers: tuple[Offer, ...] = ()) -> None:
        super().__init__(text)
        self.offers = offers


def resolve(question: Question, off: Question, user: User, exact: bool = False) -> Answers:
    """What the conditions stand for. ``exact``: names of people are taken as they are written."""
    meanings: dict[Term, Meaning] = {}
    mistakes: list[str] = []
    notes: list[tuple[Term, Note]] = []
    unsaid = [term for term in dict.fromkeys(question) if term.field == WORDS and not searched(term.value)]
    remarks = _unsearched([term.value for term in unsaid])
    unknown = set(unsaid)
    question = question.kept(lambda term: term not in unknown)
    guess = Guess(question)
    named: dict[str, list[Offer]] = {}
    for fields, lookup in LOOKUPS:
        asked = [term for term in dict.fromkeys((*question, *off)) if term.field in fields]
        guessed = [Term(name, text) for name in fields if name in GUESSED for text in guess.names]
        if not asked and not guessed:
            continue
        meaning_of = lookup(asked, guessed, user, exact)
        for term in asked:
            try:
                # A negated condition stands for what the plain one does.
                meanings[term], note = meaning_of(replace(term, negated=False))
            except Unknown as error:
                unknown.add(term)
                mistakes.append(str(error))
                notes += [(term, Note("", "Did you mean", error.offers))] if error.offers else []
            else:
                notes += [(term, note)] if note else []
        for term in guessed:
            if offers := _guess(term, meaning_of):
                guess.found(term, offers)
                rest = question.lacking(*((word,) for word in guess.names[term.value]))
                named.setdefault(term.value, []).extend(
                    replace(offer, question=rest.having(offer.terms)) for offer in offers
                )
    known = question.kept(lambda term: term not in unknown)
    placed = [
        _placed(note, term, question.kept(lambda other, term=term: other == term or other not in unknown))
        for term, note in notes
        if term in set(question)
    ]
    together = guess.together()
    if named or together:
        apart = named.get(guess.name) or [offer for text in guess.names for offer in named.get(text, ())]
        offers: dict[str, Offer] = {}
        for offer in (*together, *apart):
            offers.setdefault(offer.label, offer)
        placed.append(Note(f"“{guess.text}” was looked for as words.", "Or", tuple(offers.values())[:OFFERED]))
    return Answers(
        known,
        off.kept(lambda term: term not in unknown).lacking(*known.clauses),
        meanings,
        tuple(dict.fromkeys(mistakes)),
        tuple(dict.fromkeys(remarks)),
        tuple(dict.fromkeys(placed)),
    )


NAMES = 4  # words that may be a name, or names
YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:(?:-|–|/|\.\.)(?:1[5-9]|20)\d\d)?")
# Of a question in plain words, what asks for no meeting in particular.
IDLE = frozenset(
    "say says said tell told talk talks talked speak spoke discuss discussed meet met meeting meetings".split()
)
GUESSED = {"with": "with", "country": "with", "about": "about"}  # what words may name, and how it is offered


IN_CAPITALS = {
    "or": "For either of two conditions, write OR between them, in capitals.",
    "not": "To rule a condition out, write NOT before it, in capitals, or a minus.",
}


def _unsearched(words: list[str]) -> list[str]:
    """Sentences that say why words were not looked for, and how what joins conditions is written."""
    reasons: dict[str, list[str]] = {}
    for word in words:
        reasons.setdefault(unsearched(word), []).append(f"“{word}”")
    return [
        f"{listed(alike)} {'each ' if len(alike) > 1 else ''}{reason}, so {'they were' if len(alike) > 1 else 'it was'} not looked for."
        for reason, alike in reasons.items()
    ] + [said for word, said in IN_CAPITALS.items() if word in {each.casefold() for each in words}]


class Guess:
    """What the words typed without a field may name: people, countries and topics, and the years of a question.

    ``names`` are texts with the words that they are made of: all words together, two side by side, and each.
    """

    def __init__(self, question: Question) -> None:
        self.question, words = question, question.plain(WORDS)
        self.years = [word for word in words if YEARS.fullmatch(word.value)]
        self.idle = [word for word in words if word.value.casefold() in IDLE]
        naming = [word for word in words if word not in self.years and word not in self.idle]
        naming = naming if len(naming) <= NAMES else []
        runs = [tuple(naming[at : at + n]) for n in (len(naming), 2, 1) for at in range(len(naming) - n + 1) if n]
        self.names = {" ".join(word.value for word in run): run for run in runs}
        self.name = next(iter(self.names), "")
        self.text = " ".join(word.value for word in words)
        self.meant: dict[str, dict[str, Offer]] = {}

    def found(self, term: Term, offers: list[Offer]) -> None:
        """A text names these: one by one, or any of them."""
        anyone = Offer(f"{GUESSED[term.field]} {term.value}", (term,))
        self.meant.setdefault(term.value, {})[term.field] = offers[0] if len(offers) == 1 else anyone

    def together(self) -> list[Offer]:
        """The question with every word that names something read so; what names a country and a topic, as either."""
        readings = {}
        for preferred in ("country", "about"):
            terms, read, labels = [], set(self.idle), []
            for text, words in self.names.items():
                if (fields := self.meant.get(text)) and read.isdisjoint(words):
                    offer = fields.get("with") or fields.get(preferred) or next(iter(fields.values()))
                    terms.append(offer.terms)
                    labels.append(offer.label)
                    read.update(words)
            if self.years:
                offer = _within(*(word.value for word in self.years))
                terms.append(offer.terms)
                labels.append(offer.label)
                read.update(self.years)
            if len(labels) > 1 or self.years:
                rest = self.question.lacking(*((word,) for word in read))
                label = ", ".join(dict.fromkeys(labels))
                readings[label] = Offer(label, (), rest.having(*terms))
        return list(readings.values())


def _within(*years: str) -> Offer:
    """From the first year told to the last: of 1959 and 1961–1963, the five years."""
    told = sorted(year for text in years for year in re.findall(r"\d{4}", text))
    asked = Term("date", dates.span(told[0], told[-1]))
    return Offer(f"in {dates.in_words(asked.value)}", (asked,))


def _guess(term: Term, meaning_of: Found) -> list[Offer]:
    """The people, country or topic of which the words are the name."""
    try:
        meaning, note = meaning_of(term)
    except Unknown:
        return []
    if not meaning.rows and not meaning.countries:
        return []
    several = len(meaning.rows) + len(meaning.countries) > 1
    offers = note.offers if several and note else (Offer(meaning.label, (_exactly(term, meaning),)),)
    return [Offer(f"{GUESSED[term.field]} {offer.label}", offer.terms) for offer in offers]


def _exactly(term: Term, meaning: Meaning) -> Term:
    return Term("with", numbered(meaning.label, meaning.rows[0])) if term.field == "with" else term


Found = Callable[[Term], tuple[Meaning, Note | None]]


def _placed(note: Note, term: Term, question: Question) -> Note:
    """The offers of a note on one term, each as the whole question."""
    clause = next(clause for clause in question.clauses if term in clause)
    at = clause.index(term)
    offers = []
    for offer in note.offers:
        others = tuple(replace(other, negated=term.negated) for other in offer.terms)
        offers.append(replace(offer, question=question.replacing(clause, (*clause[:at], *others, *clause[at + 1 :]))))
    return replace(note, offers=tuple(offers))


# People


def _people(asked: list[Term], guessed: list[Term], user: User, exact: bool) -> Found:
    names = {term.name for term in asked if not term.id}
    perhaps = {term.value for term in guessed} - names
    bearers, people = known(user, names, perhaps, {term.id for term in asked if term.id}, exact)

    def found(term: Term) -> tuple[Meaning, Note | None]:
        if term.id:
            if term.id not in people:
                raise Unknown(f"“{term.value}” is not known here, or no meeting that you may see has them.")
            person = people[term.id]
            return Meaning(person.name, (person.pk,)), None
        return _named(term, bearers[term.name])

    return found


def _named(term: Term, near: list[Bearer]) -> tuple[Meaning, Note | None]:
    best = near[0].closeness if near else None
    taken = [each.person for each in near if each.closeness == best and best is not Closeness.LIKE][:TAKEN]
    others = [each.person for each in near if each.person not in taken]
    offered = [*(taken if len(taken) > 1 else ()), *others][:OFFERED]
    offers = tuple(Offer(str(person), (Term("with", identified(person)),)) for person in offered)
    label = taken[0].name if len(taken) == 1 else term.name
    # Somebody who is not resolved to a known person may be called so too.
    meaning = Meaning(label, tuple(person.pk for person in taken), words=(fold(term.name),))
    if not taken:
        return meaning, Note(f"Nobody called “{term.name}” is known here.", "Did you mean", offers)
    if len(taken) > 1:
        names = listed(map(str, taken)) if len(taken) <= 3 else f"any of {len(taken)} people"
        return meaning, Note(f"“{term.name}” may be {names}.", "Only", offers)
    if best is not Closeness.SAME:
        return meaning, Note(f"“{term.name}” was taken for {taken[0]}.", "Or", offers)
    return meaning, Note(f"{taken[0].name} was found by the very name.", "Or", offers) if offers else None


def identified(person: Person | Known) -> str:
    """As the language names this person and nobody else: ``Sergey Lavrov #417``."""
    return numbered(person.name, person.pk)


def numbered(name: str, row: int) -> str:
    """A value that names one row exactly."""
    return f"{cleaned(name)} #{row}"


# Countries, places and topics


def _world(asked: list[Term], guessed: list[Term], user: User, exact: bool) -> Found:
    terms = [*asked, *guessed]
    places = [term for term in terms if term.field == "in"]
    known = Gazetteer(
        user,
        countries=any(term.field == "country" for term in terms),
        topics=any(term.field == "about" for term in terms),
        organisations=any(term.field == "organisation" for term in terms),
        places=([term.name for term in places if not term.id], [term.id for term in places if term.id]),
    )
    lookups = {"country": _country, "in": _place, "about": _topic, "organisation": _organisation}
    called = {"country": known.countries_called, "about": known.topics_called}
    perhaps = set(guessed).difference(asked)

    def found(term: Term) -> tuple[Meaning, Note | None]:
        if term in perhaps and not called[term.field](term.value):
            raise Unknown(f"“{term.value}” is the name of nothing here.")  # what resembles it is not looked for
        return lookups[term.field](term, known)

    return found


def _country(term: Term, known: Gazetteer) -> tuple[Meaning, Note | None]:
    states = known.countries_called(term.value)
    if not states:
        offers = near(term, known.countries.values())
        raise Unknown(f"“{term.value}” is no country known here.", offers)
    label = listed_or(state.name for state in states)
    note = None
    if len(states) > 1:
        offers = tuple(Offer(state.name, (Term("country", state.name),)) for state in states)
        note = Note(f"“{term.value}” may be {label}.", "Only", offers[:OFFERED])
    elif former := [each for each in known.before(states[0]) if each not in states]:
        either = (term, *(Term("country", each.name) for each in former))
        names = listed(with_article(each.name) for each in former)
        note = Note(f"{states[0].name} stands for itself alone.", "", (Offer(f"Include {names}", either),))
    return Meaning(label, countries=tuple(state.key for state in states)), note


def _place(term: Term, known: Gazetteer) -> tuple[Meaning, Note | None]:
    at = str(term.id)
    found = (
        [each for each in known.places if at in (each.id, *each.others)] if term.id else known.places_called(term.name)
    )
    found.sort(key=lambda each: each.described)
    states = [] if term.id else known.countries_called(term.name)
    if not found and not states:
        when = (_within(term.value),) if YEARS.fullmatch(term.value) else ()
        offers = when or near(term, [*known.countries.values(), *known.places_like])
        raise Unknown(f"“{term.value}” is no place known here, or no meeting that you may see was held there.", offers)
    label = states[0].name if states else found[0].name
    note = None
    if len(found) > 1 and not states:
        offers = tuple(Offer(each.described, (Term("in", numbered(each.name, each.row)),)) for each in found)
        note = Note(f"“{term.name}” may be {listed_or(each.described for each in found)}.", "Only", offers[:OFFERED])
    there = found if term.id else known.places_at(found)
    return Meaning(label, tuple(each.row for each in there), tuple(state.key for state in states)), note


def _topic(term: Term, known: Gazetteer) -> tuple[Meaning, Note | None]:
    if same := known.topics_called(term.value):
        label = listed_or(dict.fromkeys(topic.name for topic in same))
        return Meaning(label, tuple(topic.row for topic in same)), None
    if not searched(term.value):
        raise Unknown(f"“{term.value}” is no topic known here, and has no word to look for in the agendas.")
    words = set(fold(term.value).split())
    near = [topic for topic in known.topics if words & set(folded(" ".join((topic.name, *topic.aliases))).split())]
    near.sort(key=lambda topic: -fuzz.token_sort_ratio(fold(term.value), fold(topic.name)))
    offers = tuple(Offer(topic.name, (Term("about", topic.key),)) for topic in near[:OFFERED])
    text = f"No topic is called “{term.value}”: these words were looked for in the agendas."
    return Meaning(f"“{term.value}”", words=(term.value,)), Note(text, "Topics near it:", offers)


def _organisation(term: Term, known: Gazetteer) -> tuple[Meaning, Note | None]:
    if same := known.organisations_called(term.value):
        return Meaning(listed_or(body.name for body in same), tuple(body.row for body in same)), None
    if not searched(term.value):
        raise Unknown(
            f"“{term.value}” is no organisation known here, and has no word to look for in what bodies are called."
        )
    offers = near(term, known.world.organisations)
    text = f"No organisation known here is called “{term.value}”: these words were looked for in what the documents call the bodies."
    return Meaning(f"“{term.value}”", words=(term.value,)), Note(text, "Did you mean" if offers else "", offers)


# Posts


def _posts(asked: list[Term], guessed: list[Term], user: User, exact: bool) -> Found:
    def found(term: Term) -> tuple[Meaning, Note | None]:
        title = titles.lookup(term.value)
        name = title.name if title and title.exact else term.value
        return Meaning(name, words=(name,)), None

    return found


LOOKUPS = ((("with",), _people), (("country", "in", "about", "organisation"), _world), (("role",), _posts))


# Wording


def listed_or(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def near(term: Term, entries: Iterable[Entry]) -> tuple[Offer, ...]:
    """Countries and places whose name resembles the one typed, the nearest first."""
    names = dict.fromkeys(each.name for each in entries)
    found = process.extract(term.name, names.keys(), scorer=fuzz.ratio, processor=folded, limit=NEAR, score_cutoff=LIKE)
    return tuple(Offer(name, (Term(term.field, name),)) for name, *_ in found)
