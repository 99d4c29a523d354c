"""How the meetings found divide: values with their numbers, each a link that chooses it or drops it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from .. import dates
from ..alternatives import Alternatives, alternatives
from ..hits import Hits
from ..terms import NAMES
from ..terms import Facet as Facet_
from .asked import Asked
from .fields import FIELDS, UNDATED
from .labels import Label, labels
from .language import Clause, Term
from .links import Links, toggled
from .resolving import numbered

SHOWN = 8  # values of a facet that stand open
OFFERED = 24  # values of a facet altogether; the box and its suggestions reach the others
SINGLE_YEARS = 12  # up to so many years are listed one by one, more of them by decade


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, which ``count`` meetings have; choosing a chosen one drops it."""

    id: str
    label: str
    count: int
    url: str
    code: str = ""  # a country's
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """``least``: the numbers are lower bounds."""

    name: str
    title: str
    choices: list[Choice]
    least: bool = False

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
    """Facets that offer something; of each the chosen values first, then the most frequent. Three queries at most beside those of the hits.

    Of what a meeting has one of, the values beside the chosen ones are those that could be chosen with them.
    """
    beside = _beside(links.asked)
    counts = {
        facet: dict(islice((beside[facet].counts if facet in beside else values).items(), OFFERED))
        for facet, values in hits.facets.items()
    }
    named = labels(counts)
    alike = Counter((facet, label.name) for (facet, _), label in named.items())

    def values(
        facet: Facet_, term: Callable[[str, Label], Term], keep: Callable[[Label], bool] = bool
    ) -> Iterator[Value]:
        for key, n in counts[facet].items():
            label = named.get((facet, key))
            if label and keep(label):
                if facet is Facet_.COUNTRY:
                    yield Value(key, label.name, n, term(key, label), code=label.key)
                    continue
                # Two of one name are told apart by their countries: Moscow of Russia, and of the Soviet Union.
                apart = facet in NAMES and alike[facet, label.name] > 1 and label.key
                yield Value(int(key), f"{label.name}, {label.key}" if apart else label.name, n, term(key, label))

    def exactly(field: str) -> Callable[[str, Label], Term]:
        return lambda key, label: Term(field, numbered(label.name, int(key)))

    def about(key: str, label: Label) -> Term:
        return Term("about", label.key)

    def among(field: str, facet: Facet_) -> Iterator[Value]:
        return _choices(field, {key or "unknown": n for key, n in counts[facet].items()})

    def facet(name: str, of: Facet_, title: str, values: Iterable[Value], field: str = "") -> Facet:
        least = beside[of].more if of in beside else hits.more
        return Facet(name, title, list(_facet(links, name, field or name, values, hits.total)), least)

    country = values(Facet_.COUNTRY, lambda key, label: Term("country", label.name))
    everything = [
        facet("country", Facet_.COUNTRY, "Country", country),
        facet("with", Facet_.PERSON, "Person", values(Facet_.PERSON, exactly("with"))),
        facet("theme", Facet_.ISSUE, "Theme", values(Facet_.ISSUE, about, lambda label: not label.within), "about"),
        facet("about", Facet_.ISSUE, "Topic", values(Facet_.ISSUE, about, lambda label: bool(label.within))),
        _years(links, beside.get(Facet_.YEAR, Alternatives(hits.facets[Facet_.YEAR], hits.more)), hits.total),
        facet("in", Facet_.PLACE, "Place", values(Facet_.PLACE, exactly("in"))),
        facet("medium", Facet_.MEDIUM, "Form", among("medium", Facet_.MEDIUM)),
        facet("kind", Facet_.KIND, "Told in", among("kind", Facet_.KIND)),
        facet("status", Facet_.STATUS, "Status", among("status", Facet_.STATUS)),
    ]
    offering = lambda choice: choice.chosen or choice.count < hits.total  # noqa: E731
    return [facet for facet in everything if any(map(offering, facet.choices))]


ONE = {"in": Facet_.PLACE, "medium": Facet_.MEDIUM, "status": Facet_.STATUS, "date": Facet_.YEAR}  # single fields


def _beside(asked: Asked) -> dict[Facet_, Alternatives]:
    """By facet of which a meeting has one value and the question names some: its values without that condition."""
    wider = {}
    for name, facet in ONE.items():
        naming = [clause for clause in asked.question.clauses if _names(clause, name)]
        if naming:
            wider[facet] = asked.without(*naming)
    return alternatives(wider, asked.user)


def _names(clause: Clause, field: str) -> bool:
    """Whether the clause is a choice among values of the field."""
    return all(term.field == field and not term.negated for term in clause)


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
        label = value.label if value else FIELDS[field].choices.get(term.value) or links.asked.answers.label(term)
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


# When


def _years(links: Links, found: Alternatives, total: int) -> Facet:
    """Years, or decades when there are many years, oldest first; within a decade of which something is chosen its years; the undated last."""
    years = {f"{int(year):04}": n for year, n in found.counts.items() if year}
    chosen = {term.value for clause in links.asked.question.clauses if _names(clause, "date") for term in clause}
    spans: Counter[str] = Counter()
    for year, n in years.items():
        spans[f"{year[:3]}X"] += n
    if len(years) <= SINGLE_YEARS:
        spans = years
    else:
        opened = {f"{value[:3]}X" for value in chosen}
        spans |= {year: n for year, n in years.items() if f"{year[:3]}X" in opened}
    # Months and days are chosen in the box alone, and stand here as long as they are.
    spans = {value: total for value in chosen - {UNDATED}} | spans
    choices = [
        Choice(f"date-{value}", dates.in_words(value), n, _within(links, value), chosen=value in chosen)
        for value, n in sorted(spans.items(), key=lambda span: span[0].replace("X", " "))
    ]
    if undated := found.counts.get(""):
        term = Term("date", UNDATED)
        choices.append(Choice("date-none", "Undated", undated, links.toggled(term), chosen=UNDATED in chosen))
    return Facet("date", "Year", choices, found.more)


def _within(links: Links, value: str) -> str:
    """A year takes the place of the decade that was chosen, and a decade that of its years."""
    question, term = links.asked.question, Term("date", value)
    for clause in question.clauses:
        if term not in clause and _names(clause, "date"):
            apart = tuple(other for other in clause if other.value == UNDATED or not _nested(other.value, value))
            return links.to(question.replacing(clause, (*apart, term)))
    return links.to(toggled(question, term))


def _nested(one: str, other: str) -> bool:
    """Whether one of two dates lies within the other."""
    (first, last), (begin, end) = dates.bounds(one), dates.bounds(other)
    return (first <= begin and end <= last) or (begin <= first and last <= end)
