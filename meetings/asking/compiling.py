"""A question with its answers, as one condition over meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from .. import conditions, dates
from .fields import UNDATED, WORDS
from .language import Clause, Term
from .posts import in_post
from .resolving import Answers, Meaning

if TYPE_CHECKING:
    from ..querysets import User


def compiled(answers: Answers, user: User) -> list[tuple[set[Clause], Q]]:
    """The conditions that meetings meet, all of them: each with the clauses of the question that it stands for, of each clause any term."""
    alone = {clause for clause in answers.question.clauses if len(clause) == 1 and clause[0].field == WORDS}
    bounds = {clause for clause in answers.question.clauses if len(clause) == 1 and _is_bound(*clause)}
    rest = [clause for clause in answers.question.clauses if clause not in alone | bounds]
    parts = [({clause}, reduce(or_, _terms(clause, answers, user))) for clause in rest]
    parts.append((bounds, _period([term for (term,) in bounds])))
    wanted = {clause for clause in alone if not clause[0].negated}
    if wanted:
        # Words typed side by side stand in one paragraph.
        parts.append((wanted, conditions.matching(phrases(_in_order(answers, wanted)), user)))
    if unwanted := alone - wanted:
        parts.append((unwanted, _lacking(phrases(_in_order(answers, unwanted), " OR "), user)))
    return parts


def _in_order(answers: Answers, clauses: set[Clause]) -> Iterable[Term]:
    return (clause[0] for clause in answers.question.clauses if clause in clauses)


def words(answers: Answers) -> str:
    """All words that are looked for, in the form of ``conditions.words_query``: any of them is worth marking; "" for none."""
    return phrases((term for term in answers.question if term.field == WORDS and not term.negated), " OR ")


def phrases(terms: Iterable[Term], between: str = " ") -> str:
    return between.join(f'"{term.value}"' for term in terms)


def _terms(clause: Clause, answers: Answers, user: User) -> Iterator[Q]:
    words = [term for term in clause if term.field == WORDS and not term.negated]
    if words:
        yield conditions.matching(phrases(words, " OR "), user)
    for term in clause:
        if term.field == WORDS and term.negated:
            yield _lacking(phrases([term]), user)
        elif term.field != WORDS:
            condition = _plain(term, answers.meanings.get(term, Meaning(term.value)), user)
            yield ~condition if term.negated else condition


def _is_bound(term: Term) -> bool:
    return term.field in {"after", "before"} and not term.negated


def _period(terms: Iterable[Term]) -> Q:
    """All bounds as one period, for which there is an index."""
    days = [(term.field, dates.bounds(term.value)) for term in terms]
    first = max((first for field, (first, _) in days if field == "after"), default=None)
    last = min((last for field, (_, last) in days if field == "before"), default=None)
    if first and last and first > last:
        return conditions.between(first=first) & conditions.between(last=last)
    return conditions.between(first, last)


def _lacking(words: str, user: User) -> Q:
    """Neither the meeting's own words nor a passage that tells of it has any of these; asked of one meeting after another."""
    query = conditions.words_query(words)
    return ~(Q(search=query) | Q(Exists(conditions.telling(query, user).filter(meeting=OuterRef("pk")))))


def _plain(term: Term, meaning: Meaning, user: User) -> Q:
    match term.field:
        case "with":
            known = conditions.with_people(meaning.rows)
            return known | conditions.with_unresolved(meaning.words) if meaning.words else known
        case "country":
            return conditions.with_countries(meaning.countries)
        case "organisation":
            return conditions.for_organisations(meaning.rows) if meaning.rows else conditions.for_body(*meaning.words)
        case "in":
            where = [conditions.in_places(meaning.rows)] if meaning.rows else []
            where += [conditions.in_countries(meaning.countries)] if meaning.countries else []
            return reduce(or_, where)
        case "about":
            return conditions.about(meaning.rows) if meaning.rows else conditions.agenda_words(*meaning.words)
        case "role":
            return in_post(*meaning.words)
        case "medium":
            return conditions.medium([term.value])
        case "status":
            return conditions.status([term.value])
        case "kind":
            return conditions.told_by([term.value], user)
        case "review":
            return conditions.review([term.value])
        case "after":
            return conditions.between(first=dates.bounds(term.value)[0])
        case "before":
            return conditions.between(last=dates.bounds(term.value)[1])
        case "date" if term.value == UNDATED:
            return conditions.undated()
        case "date":
            return conditions.between(*dates.bounds(term.value))
    raise ValueError(term.field)
