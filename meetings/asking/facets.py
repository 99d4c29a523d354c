"""How the meetings found divide: values with their numbers, each a link that chooses it or drops it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from .. import dates
from ..hits import Hits, Tally
from ..terms import Facet as Facet_
from .fields import FIELDS, UNDATED
from .labels import Label, labels
from .language import Term
from .links import Links, toggled
from .resolving import numbered

SHOWN = 8  # values of a facet that stand open
OFFERED = 24  # values of a facet altogether; the box and its suggestions reach the others
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


def facets(links: Links, hits: Hits) -> list[Facet]:
    """Facets that offer something; of each the chosen values first, then the most frequent. One query beside those of the hits."""
    counts = {facet: dict(islice(values.items(), OFFERED)) for facet, values in hits.facets.items()}
    named = labels(counts)

    def values(
        facet: Facet_, term: Callable[[str, Label], Term], keep: Callable[[Label], bool] = bool
    ) -> Iterator[Value]:
        for key, n in counts[facet].items():
            label = named.get((facet, key))
            if label and keep(label):
                code = label.key if facet is Facet_.COUNTRY else ""
                yield Value(key if facet is Facet_.COUNTRY else int(key), label.name, n, term(key, label), code)

    def about(key: str, label: Label) -> Term:
        return Term("about", label.key)

    everything = [
        ("country", "country", "Country", values(Facet_.COUNTRY, lambda key, label: Term("country", label.name))),
        (
            "with",
            "with",
            "Person",
            values(Facet_.PERSON, lambda key, label: Term("with", numbered(label.name, int(key)))),
        ),
        ("theme", "about", "Theme", values(Facet_.ISSUE, about, lambda label: not label.within)),
        ("about", "about", "Topic", values(Facet_.ISSUE, about, lambda label: bool(label.within))),
        ("in", "in", "Place", values(Facet_.PLACE, lambda key, label: Term("in", numbered(label.name, int(key))))),
        (
            "medium",
            "medium",
            "Form",
            _choices("medium", {key or "unknown": n for key, n in counts[Facet_.MEDIUM].items()}),
        ),
        ("kind", "kind", "Told in", _choices("kind", counts[Facet_.KIND])),
        ("status", "status", "Status", _choices("status", counts[Facet_.STATUS])),
    ]
    found = [
        Facet(name, title, list(_facet(links, name, field, values, hits.total)))
        for name, field, title, values in everything
    ]
    found.insert(4, Facet("date", "Year", list(_years(links, hits.tally))))
    return [facet for facet in found if any(choice.chosen or choice.count < hits.total for choice in facet.choices)]


def _choices(name: str, counts: Mapping[str, int]) -> Iterator[Value]:
    labels = FIELDS[name].choices
    for value, n in counts.items():
        if value in labels:
            yield Value(value, labels[value], n, Term(name, value))


def _facet(links: Links, name: str, field: str, values: Iterable[Value], total: int) -> Iterator[Choice]:
    counted = {value.key: value for value in values}
    chosen = _chosen(links, field)
    if name != field:
        chosen = {key: term for key, term in chosen.items() if key in counted}  # themes that are not among topics
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
