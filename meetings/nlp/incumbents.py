"""Whose a well-known office holder is, when the text leaves it unsaid: "Presidents Bush and Putin" in May 2007."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from meetings.authorities import countries, offices
from meetings.authorities.offices import Term
from meetings.authorities.tables import earliest, latest
from meetings.nlp.names import same, tokens

GRACE = timedelta(days=3 * 365)  # a text also speaks of those who held the post shortly before or after its day
# Offices whose holders a text names without a word of who they are.
HIGHEST = frozenset(
    {"head of state", "head of government", "party leader", "foreign minister", "vice president", "secretary-general"}
)
LEAST_SURNAME = 5  # letters of a surname that stands alone, without a post


def country_of(name: str, role: str, on: date | None) -> str | None:
    """The ISO code, when all holders whom the name and post fit are of one country, those on that very day before those
    about it; else None.

    A surname without a post must be long and its holder in office on the very day; a name of two words needs no post.
    """
    terms = _fitting(name, role, on)
    then = [term for term in terms if term.held(on)]
    fitting = {term.country for term in then or terms}
    if len(fitting) != 1:
        return None
    key = fitting.pop()
    return countries.get(key).iso if key else None


def post_of(name: str, country: str | None, on: date | None) -> str:
    """The post that someone of that name and country held on that very day, when only one person's fits; else nothing."""
    held = [
        term
        for term in _fitting(name, "", on)
        if on is not None and term.held(on) and term.country and countries.get(term.country).iso == country
    ]
    return held[0].title if len({term.person for term in held}) == 1 else ""


def _fitting(name: str, role: str, on: date | None) -> list[Term]:
    form = tokens(name)
    if not form or on is None:
        return []
    bare = len(form) == 1 and not role
    if bare and len(form[0]) < LEAST_SURNAME:
        return []
    grace = timedelta(0) if bare else GRACE
    past = role.lower().startswith("former ")
    return [
        term
        for known, term in _by_word().get(form[-1], ())
        if same(form, known)
        and (latest(term.ends) <= on if past else _about(term, on, grace))
        and (len(form) > 1 or _same_post(role, term.title))
    ]


def has_head(country: str, title: str, on: date | None) -> bool | None:
    """Whether a head of state or government of the country (ISO code) was called so on the day; None where none is known."""
    heads = [term.title for term in _heads().get(country, ()) if on and term.held(on)]
    return any(title in each for each in heads) if heads else None


@cache
def _heads() -> dict[str, tuple[Term, ...]]:
    """Terms of heads of state and government by the country's ISO code."""
    index: dict[str, list[Term]] = defaultdict(list)
    for term in offices.all():
        if term.country and term.office in {"head of state", "head of government"}:
            index[countries.get(term.country).iso].append(term)
    return {code: tuple(terms) for code, terms in index.items()}


def in_office(surname: str, on: date) -> bool:
    """Whether somebody of that surname held one of the highest offices on that day."""
    form = tokens(surname)
    return len(form) == 1 and any(
        name[-1] == form[0] and term.office in HIGHEST and term.held(on) for name, term in _by_word().get(form[0], ())
    )


def _about(term: Term, on: date, grace: timedelta) -> bool:
    first, last = earliest(term.begins), latest(term.ends)
    return first - min(grace, first - date.min) <= on <= last + min(grace, date.max - last)


def _same_post(role: str, title: str) -> bool:
    return not role or bool(set(role.lower().split()) & set(title.lower().split()) - {"of", "the", "for", "and"})


@cache
def _by_word() -> dict[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    """Terms by each word of their holders' names in every known spelling, with the spelling."""
    index: dict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
    for term in offices.all():
        for name in dict.fromkeys(tokens(form) for form in (term.person, *offices.aliases().get(term.person, ()))):
            for word in set(name):
                index[word].append((name, term))
    return {word: tuple(terms) for word, terms in index.items()}
