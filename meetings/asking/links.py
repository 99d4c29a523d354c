"""Addresses of questions that differ from the present one in one condition, and the chips that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from ..addresses import encoded, part, quoted
from .asked import Asked
from .describing import said
from .fields import FIELDS
from .language import Question, Term, inverse
from .resolving import Note

TRANSIENT = ("page",)  # what a changed question starts afresh


@dataclass(frozen=True, slots=True)
class Chip:
    """One clause of the question, with the addresses of the question without it, with its inverse, and with it switched off or on."""

    label: str
    drop: str
    invert: str
    switch: str
    off: bool = False


class Links:
    """Addresses of the questions next to the one that ``query`` asks; everything else in the address stays, but for the page."""

    def __init__(self, query: QueryDict, asked: Asked) -> None:
        self.asked = asked
        # Written once: a page has some two hundred links.
        kept = {name: encoded({name: values}) for name, values in query.lists() if name not in TRANSIENT}
        off = str(asked.answers.off)
        self.kept = kept | {"q": "", "off": off and part("off", off)}
        # What stands around a further term: most links are of the question with one more.
        names = list(self.kept)
        at = names.index("q")
        before = [*filter(None, map(self.kept.get, names[:at])), part("q", str(asked.question))]
        self.before = f"?{'&'.join(before)}{'+' * bool(asked.question)}"
        self.after = "".join(f"&{each}" for each in map(self.kept.get, names[at + 1 :]) if each)

    def to(self, question: Question, **values: str | None) -> str:
        """``?q=…``, with other values beside it; None drops one. A lone "?" for no question at all."""
        changed = {"q": str(question), **values}
        parts = self.kept | {name: value and part(name, value) for name, value in changed.items()}
        return f"?{'&'.join(filter(None, parts.values()))}"

    def with_values(self, **values: str | None) -> str:
        """The same question with other values beside it."""
        return self.to(self.asked.question, **values)

    def toggled(self, term: Term) -> str:
        question = self.asked.question
        other = toggled(question, term)
        if other.clauses == (*question.clauses, (term,)):
            return f"{self.before}{quoted(str(term))}{self.after}"
        return self.to(other)

    def chips(self) -> list[Chip]:
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        question, off = self.asked.question, self.asked.answers.off
        for clause in question.clauses:
            rest = question.lacking(clause)
            yield Chip(
                label=said(clause, self.asked.answers),
                drop=self.to(rest),
                invert=self.to(question.replacing(clause, *inverse(clause))),
                switch=self.to(rest, off=str(off.having(clause))),
            )
        for clause in off.clauses:
            rest = off.lacking(clause)
            yield Chip(
                label=said(clause, self.asked.answers),
                drop=self.to(question, off=str(rest)),
                invert="",
                switch=self.to(question.having(clause), off=str(rest)),
                off=True,
            )

    def notes(self) -> Iterator[tuple[Note, list[tuple[str, str]]]]:
        """How values were taken, and what else they may mean with the address of that question."""
        for note in self.asked.answers.notes:
            yield note, [(offer.label, self.to(offer.question)) for offer in note.offers]


def toggled(question: Question, term: Term) -> Question:
    """With a facet's value chosen, or dropped where it was.

    Of what a meeting has one of, a second value stands beside the first as its alternative; of anything else both must hold.
    """
    for clause in question.clauses:
        if term in clause:
            return question.replacing(clause, tuple(other for other in clause if other != term))
    if FIELDS[term.field].single:
        for clause in question.clauses:
            if all(other.field == term.field and not other.negated for other in clause):
                return question.replacing(clause, (*clause, term))
    return question.having((term,))
