"""A question as a person says it, for the heading: "37 meetings with Sergey Lavrov, about missile defense, since 2005"."""

from __future__ import annotations

from collections.abc import Iterable

from .. import dates
from ..wording import listed, with_article
from . import fields
from .fields import FIELDS, UNDATED, WORDS
from .language import Clause, Term
from .resolving import Answers, listed_or

FORMS = {"in_person": "in person", "phone": "by telephone", "video": "by video", "unknown": "in a form untold"}
TOLD = {
    "cable": "a cable",
    "memcon": "a memorandum of conversation",
    "readout": "a readout",
    "news": "a news report",
    "register": "an official list",
    "other": "another document",
}
REVIEWED = {
    "confirmed": "confirmed by an editor",
    "rejected": "rejected by an editor",
    "unreviewed": "not reviewed yet",
    "unsure": "that an editor is in doubt of",
}


def in_words(answers: Answers) -> str:
    """To follow "37 meetings": "planned, between Russia and the United States, about Syria"; "" for no condition."""
    clauses = list(answers.question.clauses)
    parts: list[str] = []

    def taken(field: str) -> list[Term]:
        """The plain terms of a field; they are said together, so the clauses leave the list."""
        terms = answers.question.plain(field)
        for term in terms:
            clauses.remove((term,))
        return terms

    parts += [phrase(term, answers) for field in ("status", "review") for term in taken(field)]
    if people := taken("with"):
        parts.append(f"with {listed(answers.label(term) for term in people)}")
    if countries := taken("country"):
        names = [with_article(answers.label(term)) for term in countries]
        parts.append(f"between {listed(names)}" if len(names) > 1 else f"with {names[0]}")
    parts += [phrase(term, answers) for field in ("organisation", "role") for term in taken(field)]
    if topics := taken("about"):
        parts.append(f"about {listed(answers.label(term) for term in topics)}")
    after, before = taken("after"), taken("before")
    period = list(_period(after, before))
    words = taken(WORDS)
    parts += [said(clause, answers) for clause in clauses]
    parts += period
    if words:
        parts.append(f"matching {listed(f'“{term.value}”' for term in words)}")
    return ", ".join(parts)


def _period(after: list[Term], before: list[Term]) -> Iterable[str]:
    if len(after) == len(before) == 1:
        first, last = dates.in_words(after[0].value), dates.in_words(before[0].value)
        yield _dated(after[0].value) if first == last else f"from {first} to {last}"
    else:
        yield from (f"since {dates.in_words(term.value)}" for term in after)
        yield from (f"until {dates.in_words(term.value)}" for term in before)


def said(clause: Clause, answers: Answers) -> str:
    """One clause: "by telephone or by video"."""
    return listed_or(phrase(term, answers) for term in clause)


def phrase(term: Term, answers: Answers) -> str:
    """One condition: "with Sergey Lavrov", "not in Geneva", "without a date"."""
    label = answers.label(term)
    match term.field:
        case "with" | "country":
            name = with_article(label) if term.field == "country" else label
            return f"without {name}" if term.negated else f"with {name}"
        case "date" if term.value == UNDATED:
            return "with a date" if term.negated else "without a date"
        case "after" | "before" if term.negated:
            return f"{'before' if term.field == 'after' else 'after'} {dates.in_words(term.value)} or without a date"
        case fields.WORDS:
            return f"without “{term.value}”" if term.negated else f"matching “{term.value}”"
    words = {
        "organisation": lambda: f"with somebody for {'the ' * (' ' in label and label[0] != '“')}{label}",
        "role": lambda: f"with somebody as {label}",
        "about": lambda: f"about {label}",
        "in": lambda: f"in {with_article(label)}",
        "medium": lambda: FORMS[term.value],
        "status": lambda: FIELDS["status"].choices[term.value].lower(),
        "kind": lambda: f"told in {TOLD[term.value]}",
        "review": lambda: REVIEWED[term.value],
        "after": lambda: f"since {dates.in_words(term.value)}",
        "before": lambda: f"until {dates.in_words(term.value)}",
        "date": lambda: _dated(term.value),
    }[term.field]()
    return f"not {words}" if term.negated else words


def _dated(edtf: str) -> str:
    """ "on 29 May 2007", "in May 2007", "in the 1970s"."""
    decade = "the " * edtf.endswith("X")
    return f"{'on' if len(edtf) == 10 else 'in'} {decade}{dates.in_words(edtf)}"
