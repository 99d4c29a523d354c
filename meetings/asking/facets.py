"""How the meetings found divide: values with their numbers, each a link that chooses it or drops it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import dates
from ..querysets import MeetingQuerySet, Tally
from .fields import FIELDS, UNDATED
from .language import Term
from .links import Links, toggled
from .resolving import identified

SHOWN = 8  # values of a facet that stand open
OFFERED = 40  # values of a facet altogether
SINGLE_YEARS = 12  # up to so many years are listed one by one, more of them by decade


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: choosing it leaves ``count`` meetings; choosing a chosen one drops it."""

    id: str
    label: str
    count: int
    url: str
    code: str = ""  # a country's
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]

    @property
    def shown(self) -> list[Choice]:
        """What stands open: everything, when only a few would be hidden."""
        return self.choices if len(self.choices) <= SHOWN + 3 else self.choices[:SHOWN]

    @property
    def more(self) -> list[Choice]:
        return self.choices[len(self.shown) :]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that ``n`` of the meetings found have; ``key`` tells it apart in its field, ``term`` is the condition on it."""

    key: int | str
    label: str
    n: int
    term: Term
    code: str = ""


def facets(links: Links, meetings: MeetingQuerySet, tally: Tally) -> list[Facet]:
    """Facets that offer something; of each the chosen values first, then the most frequent."""
    user = links.asked.user
    everything = [
        ("country", "Country", (Value(c.pk, c.name, c.n, Term("country", c.name), c.key) for c in meetings.countries()[:OFFERED])),
        ("with", "Person", (Value(p.pk, p.name, p.n, Term("with", identified(p))) for p in meetings.people()[:OFFERED])),
        ("about", "Topic", (Value(i.pk, i.name, i.n, Term("about", i.key)) for i in meetings.issues()[:OFFERED])),
        ("medium", "Form", _choices("medium", {medium or "unknown": n for medium, n in tally.media.items()})),
        ("kind", "Told in", _choices("kind", meetings.kinds(user))),
        ("status", "Status", _choices("status", tally.statuses)),
    ]  # fmt: skip
    found = [Facet(name, title, list(_facet(links, name, values, tally.total))) for name, title, values in everything]
    found.insert(3, Facet("date", "Year", list(_years(links, tally))))
    return [facet for facet in found if any(choice.chosen or choice.count < tally.total for choice in facet.choices)]


def _choices(name: str, counts: dict[str, int]) -> Iterator[Value]:
    labels = FIELDS[name].choices
    for value in sorted(counts, key=lambda value: -counts[value]):
        yield Value(value, labels[value], counts[value], Term(name, value))


def _facet(links: Links, name: str, values: Iterable[Value], total: int) -> Iterator[Choice]:
    chosen = _chosen(links, name)
    counted = {value.key: value for value in values}
    for key, term in chosen.items():
        value = counted.pop(key, None)
        label = value.label if value else links.asked.answers.label(term)
        code = value.code if value else str(key) if name == "country" else ""
        count = value.n if value else total
        yield Choice(f"{name}-{key}", label, count, links.toggled(term), code, chosen=True)
    for value in counted.values():
        yield Choice(f"{name}-{value.key}", value.label, value.n, links.toggled(value.term), value.code)


def _chosen(links: Links, name: str) -> dict[int | str, Term]:
    """The question's conditions on one value of a field, by the value's key."""
    chosen: dict[int | str, Term] = {}
    for term in links.asked.question:
        if term.field == name and not term.negated:
            meaning = links.asked.answers.meanings.get(term)
            keys = (*meaning.rows, *meaning.countries) if meaning else (term.value,)
            if len(keys) == 1:
                chosen[keys[0]] = term
    return chosen


def _years(links: Links, tally: Tally) -> Iterator[Choice]:
    """Years, or decades when there are many years, oldest first; the undated last."""
    single = len(tally.years) <= SINGLE_YEARS
    spans: dict[str, int] = {}
    for year in sorted(tally.years):
        value = f"{year:04}" if single else f"{year // 10:03}X"
        spans[value] = spans.get(value, 0) + tally.years[year]
    chosen = {term.value for term in links.asked.question if term.field == "date" and not term.negated}
    for value, n in spans.items():
        yield Choice(f"date-{value}", dates.in_words(value), n, _within(links, value), chosen=value in chosen)
    if tally.undated:
        term = Term("date", UNDATED)
        yield Choice("date-none", "Undated", tally.undated, links.toggled(term), chosen=UNDATED in chosen)


def _within(links: Links, value: str) -> str:
    """A year inside a decade that was chosen takes its place."""
    question, term = links.asked.question, Term("date", value)
    first, last = dates.bounds(value)
    for clause in question.clauses:
        for other in clause:
            wider = other.field == "date" and other != term and other.value != UNDATED and not other.negated
            if wider and dates.bounds(other.value)[0] <= first and last <= dates.bounds(other.value)[1]:
                place = clause.index(other)
                return links.to(question.replacing(clause, (*clause[:place], term, *clause[place + 1 :])))
    return links.to(toggled(question, term))
