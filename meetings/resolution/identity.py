"""Whether two records of people, or of places, are of one: a score with its reasons. Pure: no database.

A linear score as for accounts (``scoring.py``): each comparison of what both records tell adds its weight in bits, estimates set by
hand. What one record leaves untold adds nothing. Nothing is merged by it: it orders what a person is asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from .. import dates
from ..authorities import countries, offices
from ..derivation import Spot
from .company import UNIQUE, listed
from .names import fold, likeness, parse, sounded
from .persons import Office
from .reasons import Reason, Verdict
from .scoring import kilometres

ASKED = 3.0  # bits from which a person is asked
LIFE = 60  # years of public life
NAMES = ((1.0, 6.0), (0.96, 5.0), (0.9, 4.0), (0.8, 2.5), (0.55, 1.0))  # likeness from which names weigh so much
TOGETHER = -7.0  # two who were in one meeting are two
KNOWN_TWO = -12.0  # whatever else speaks for it
RATIO = 85  # rapidfuzz ratio, of 100, from which two place names are alike


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of somebody: names (the one that is shown first), countries, offices, death (EDTF), first and last year of
    their meetings.
    """

    key: Hashable
    names: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    offices: tuple[Office, ...] = ()
    died: str = ""
    first: int | None = None
    last: int | None = None


def of_people(one: Profile, other: Profile, together: int = 0) -> Verdict:
    """How much speaks for two people being one; ``together`` is in how many meetings both took part."""
    reasons = [
        of_names(one.names, other.names),
        *of_countries(one, other),
        *of_offices(one, other),
        *of_lives(one, other),
    ]
    if offices.are_two(one.names[0], other.names[0]):
        reasons.append(Reason("the table of office holders has them as two people", KNOWN_TWO))
    if together:
        meetings = f"{together} meetings" if together > 1 else "one meeting"
        reasons.append(Reason(f"both took part in {meetings}", TOGETHER))
    return Verdict(tuple(reasons), 0)


def of_names(ours: Iterable[str], theirs: Iterable[str]) -> Reason:
    """By the two that are most alike. The first of each are those that a reader is shown the people by, and are not said again."""
    ours, theirs = tuple(ours), tuple(theirs)
    best, full, a, b = max(
        ((likeness(a, b), parse(a).full and parse(b).full, a, b) for a in ours for b in theirs),
        key=lambda found: (found[0].score, found[1]),
    )
    weight = next((weight for least, weight in NAMES if best.score >= least), -8.0)
    if not full:
        weight = min(weight, 1.0)
    same, whole = fold(a) == fold(b), best.score == 1
    if (a, b) == (ours[0], theirs[0]):
        told = "both are called so" if same else "one name written in two ways" if whole else str(best)
    else:
        told = f"both are called {a}" if same else f"{a} is {b}" if whole else f"{a} and {b}: {best}"
    return Reason(told, weight)


def of_countries(one: Profile, other: Profile) -> Iterator[Reason]:
    if not (one.countries and other.countries):
        return
    if shared := one.countries & other.countries:
        yield Reason(f"both of {listed(shared)}", 2.0)
    elif any(lineage(key) & other.countries for key in one.countries):
        yield Reason("their countries followed one another", 1.5)
    else:
        yield Reason(f"different countries: {listed(one.countries)}, {listed(other.countries)}", -4.0)


def of_offices(one: Profile, other: Profile) -> Iterator[Reason]:
    """The same post at the same time, or leading posts of two states at once."""
    pairs = [(ours, theirs) for ours in one.offices for theirs in other.offices if at_once(ours, theirs)]
    if same := next((ours for ours, theirs in pairs if same_post(ours, theirs)), None):
        yield Reason(f"both were {same}", 4.0)
    conflict = next(
        ((a, b) for a, b in pairs if {a.kind, b.kind} <= UNIQUE and a.country != b.country and a.country and b.country),
        None,
    )
    if conflict:
        yield Reason("at one time in different offices: {}, {}".format(*conflict), -8.0)


def same_post(ours: Office, theirs: Office) -> bool:
    if ours.country != theirs.country:
        return False
    return bool(ours.kind and ours.kind == theirs.kind) or fold(ours.title) == fold(theirs.title)


def at_once(ours: Office, theirs: Office) -> bool:
    """Whether two terms, both with a known beginning, share more than the days of a handover."""
    if not (ours.start and theirs.start):
        return False
    begin = max(dates.bounds(ours.start)[0], dates.bounds(theirs.start)[0])
    ends = [dates.bounds(term.end)[1] for term in (ours, theirs) if term.end]
    return not ends or (min(ends) - begin).days > 31


def of_lives(one: Profile, other: Profile) -> Iterator[Reason]:
    """Whether one died before the other's meetings, and whether they were active at one time."""
    for a, b in ((one, other), (other, one)):
        if a.died and b.last and dates.bounds(a.died)[1].year < b.last:
            yield Reason(f"{a.names[0]} died {dates.in_words(a.died)}, and {b.names[0]} met others in {b.last}", -8.0)
    if one.died and other.died and dates.bounds(one.died)[0].year != dates.bounds(other.died)[0].year:
        yield Reason("they died in different years", -8.0)
    if None not in (one.first, one.last, other.first, other.last):
        apart = max(one.first - other.last, other.first - one.last)
        if apart > LIFE:
            yield Reason(f"their meetings lie {apart} years apart", -6.0)
        elif apart <= 0:
            yield Reason("active at the same time", 0.5)


def lineage(key: str) -> set[str]:
    try:
        known = countries.get(key)
    except KeyError:
        return {key}
    return {key, *known.predecessors, *known.successors}


# Places


def of_places(one: Spot, other: Spot) -> Verdict:
    """How much speaks for two places being one."""
    reasons = [of_place_names(one, other)]
    apart = kilometres(one, other)
    if apart is not None:
        weight = 4.0 if apart <= 2 else 2.0 if apart <= 10 else -1.0 if apart <= 60 else -8.0
        reasons.append(Reason("at one point" if apart <= 2 else f"{apart:,.0f} km apart", weight))
    if one.country and other.country:
        if one.country == other.country:
            reasons.append(Reason(f"both in {listed([one.country])}", 1.0))
        else:  # of two states that followed one another, too: where a meeting was held depends on its day
            told = f"in different countries: {listed([one.country])}, {listed([other.country])}"
            reasons.append(Reason(told, -8.0))
    if one.exactness != other.exactness:
        reasons.append(Reason("one is more exact than the other", -3.0))
    return Verdict(tuple(reasons), 0)


def of_place_names(one: Spot, other: Spot) -> Reason:
    a, b = fold(one.name), fold(other.name)
    if a == b:
        return Reason("both are called so", 5.0)
    if sounded(a.replace(" ", "")) == sounded(b.replace(" ", "")):
        return Reason("their names sound alike", 4.0)
    if set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return Reason("one name within the other", 2.0)
    if fuzz.ratio(a, b) >= RATIO:
        return Reason("nearly the same name", 3.0)
    # Two buildings may share the point of their town; a town has one point and, over time, several names.
    return Reason("different names", -4.0 if 0 in (one.exactness, other.exactness) else 0.0)


# Topics


def of_topics(one: tuple[str, ...], other: tuple[str, ...], same_theme: bool) -> Verdict:
    """How much speaks for two topics being one; each is told by its names, its own first."""
    ours, theirs = ({fold(name): name for name in names} for names in (one, other))
    reasons = []
    if shared := ours.keys() & theirs.keys():
        reasons.append(Reason(f"both are called {ours[min(shared)]}", 5.0))
    a, b = (set(fold(names[0]).split()) for names in (one, other))
    share = len(a & b) / len(a | b)
    if share > 0.6:
        reasons.append(Reason(f"words in common: {', '.join(sorted(a & b))}", 5 * share))
    elif not shared:
        best = max(fuzz.token_sort_ratio(x, y) for x in ours for y in theirs)
        reasons.append(Reason("names somewhat alike", 1.5) if best >= RATIO else Reason("different names", 0.0))
    if same_theme:
        reasons.append(Reason("in the same theme", 1.0))
    return Verdict(tuple(reasons), 0)
