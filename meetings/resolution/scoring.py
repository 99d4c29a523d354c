"""Whether two accounts tell of one encounter: a score with its reasons, and what follows from it. Pure: no database.

A linear score after Fellegi and Sunter (1969): each comparison of what both tell adds log2(m/u), where m is how often true pairs
compare so and u how often other pairs do that share a country or a person and lie close in time. The
weights are estimates in bits, set by hand and checked on pairs of known truth (bench/meeting_pairs.py). What one account leaves
untold adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import product
from math import asin, cos, radians, sin, sqrt

from .. import dates
from ..authorities import countries, places, titles
from ..derivation import Party, Spot, Values
from ..records import Attendance, Kind, Medium, Status
from .names import fold, same_name, sounded, tokens, whole

SAME, SUGGEST = 8.5, 5.5  # bits from which two accounts are taken for one encounter, and from which a person is asked
NEVER = -30.0  # bits: outweighs all that can agree

DAYS = 4  # talks may last so long and their date still count as told to the day
APART = 3  # days between two dates beyond which nothing speaks for one encounter
SAME_DAY = 4.8
ZONES = 60.0  # degrees of longitude, four hours, across which the day may differ from one side to the other
NEAR = 60.0  # kilometres between a building or suburb and its city
UNIQUE = frozenset({"head of state", "head of government", "foreign minister"})  # one holder a country and day


class Decision(StrEnum):
    SAME = "same"
    SUGGEST = "suggest"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison, as a reader may be shown it, and its weight in bits."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sides`` is how many delegations agree: fewer than two never make one encounter for certain."""

    reasons: tuple[Reason, ...]
    sides: int

    @property
    def score(self) -> float:
        return sum(reason.weight for reason in self.reasons)

    @property
    def decision(self) -> Decision:
        if self.score >= SAME and self.sides >= 2:
            return Decision.SAME
        return Decision.SUGGEST if self.score >= SUGGEST else Decision.DIFFERENT

    def __str__(self) -> str:
        """What speaks for one encounter, then what speaks against it."""
        favour = "; ".join(reason.text for reason in self.reasons if reason.weight > 0)
        against = "; ".join(reason.text for reason in self.reasons if reason.weight <= 0)
        return f"{favour}, although {against}" if favour and against else favour or against


def compare(one: Values, other: Values) -> Verdict:
    """How much speaks for two accounts, of two documents, telling of one encounter."""
    when = of_dates(one, other)
    if when.weight <= NEVER:
        return Verdict((when,), 0)
    reasons, sides = of_people(one.participants, other.participants)
    reasons += [
        when,
        *of_statuses(one, other, to_the_day=when.weight == SAME_DAY),
        *of_places(one.place, other.place, same_day=when.weight == SAME_DAY),
        *of_media(one, other),
        *of_times(one, other),
        *of_issues(one, other),
    ]
    return Verdict(tuple(reasons), sides)


# When


def of_dates(one: Values, other: Values) -> Reason:
    if not (one.date or other.date):
        days = days_since(one.written, other.written)
        near = days is not None and abs(days) <= 3
        return Reason("neither tells a date", 0.0 if near else -4.0)
    if not (one.date and other.date):
        vague, exact = (one, other) if not one.date else (other, one)
        return of_a_vague_date(vague, exact, "no date")
    (first, last), (start, end) = dates.bounds(one.date), dates.bounds(other.date)
    gap = max((start - last).days, (first - end).days)
    if gap <= 0:
        if max((last - first).days, (end - start).days) <= DAYS:
            return Reason(
                "their dates overlap" if first < last or start < end else f"both on {dates.in_words(one.date)}",
                SAME_DAY,
            )
        vague, exact = (one, other) if last - first > end - start else (other, one)
        return of_a_vague_date(vague, exact, dates.in_words(vague.date))
    told = f"different dates: {dates.in_words(one.date)}, {dates.in_words(other.date)}"
    if max((last - first).days, (end - start).days) > DAYS:
        return Reason(told, -7.0 if gap <= APART else NEVER)
    if gap == 1 and across_zones(one, other) and {one.kind, other.kind} != {Kind.MEMCON}:
        remote = {one.medium, other.medium} & {Medium.PHONE, Medium.VIDEO}
        return Reason(f"{told}, as may be across time zones", 2.0 if remote else 0.0)
    return Reason(told, {1: -3.5, 2: -5.0, 3: -7.0}.get(gap, NEVER))


def of_a_vague_date(vague: Values, exact: Values, told: str) -> Reason:
    """A date that one account tells only roughly or not at all: reports of what was held follow it within days, plans precede it."""
    days = days_since(exact.date, vague.written)
    if days is None:
        return Reason(f"one tells {told}", -1.2)
    if vague.status != Status.HELD:
        return Reason(f"one tells {told}", 0.0 if days <= 0 else -6.0)
    if days < -1:
        return Reason("one was written before the date of the other", -8.0)
    for limit, weight in ((3, 2.5), (14, 0.0), (45, -2.0), (400, -3.5)):
        if days <= limit:
            return Reason(f"one tells {told} and was written within {limit} days of the other's", weight)
    return Reason(f"one tells {told} and was written long after the other's", -5.0)


def days_since(event: str, written: str) -> int | None:
    """Days from the end of one date to the end of another; None where one is not told to the week."""
    if not event or not written:
        return None
    (first, last), (start, end) = dates.bounds(event), dates.bounds(written)
    if max((last - first).days, (end - start).days) > 7:
        return None
    return (end - last).days


def across_zones(one: Values, other: Values) -> bool:
    """Whether the parties and the place lie so far apart that one encounter has two dates."""
    keys = {party.country for values in (one, other) for party in values.participants if party.country}
    keys |= {values.place.country for values in (one, other) if values.place and values.place.country}
    east = [longitude for key in keys if (longitude := longitude_of(key)) is not None]
    return bool(east) and max(east) - min(east) >= ZONES


@lru_cache(maxsize=1024)
def longitude_of(country: str) -> float | None:
    try:
        return countries.get(country).longitude
    except KeyError:
        return None


# Who


class Match(IntEnum):
    """How surely two participants are one."""

    COUNTRY = 1  # a party that is told only by its country
    OPEN = 2  # a name against a post that may be theirs
    OFFICE = 3  # one post that has one holder, under names that do not agree: a transliteration, most often
    ROLE = 4
    SURNAME = 5
    NAME = 6


WEIGHTS = {Match.COUNTRY: 1.0, Match.OPEN: 1.5, Match.OFFICE: 1.5, Match.ROLE: 3.0, Match.SURNAME: 3.5, Match.NAME: 4.5}
FURTHER, FURTHER_AT_MOST = 1.0, 3.0  # for more people of one side
OTHER_LEADER = -5.0  # each names somebody else at the head of a side
OTHER_RANK = -7.0  # of another rank
NO_LEADER = -4.0  # one does not name whom the other has at the head of a side,
NO_HIGHER = -9.0  # though they are above all whom it names,
DEMOTED = -11.0  # or it has at the head whom the other names in their company
OTHER_SIDES = -5.0  # each names a side that the other lacks
MORE_SIDES = (
    -2.0,
    -5.0,
    -10.0,
)  # one, two or more sides that only one names: a conference and a meeting in its margins


def of_people(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> tuple[list[Reason], int]:
    """The reasons, and how many sides agree."""
    pairs = matched(ours, theirs)
    ours, theirs = sided(ours, theirs, pairs)
    sides: dict[object, list[tuple[Match, int, int]]] = {}
    for pair in pairs:
        _, a, b = pair
        # Of people for whom no side is told each is one: those who meet are of different sides.
        sides.setdefault(ours[a].side or theirs[b].side or pair, []).append(pair)
    reasons = []
    for _, found in sides.items():
        best = max(match for match, _, _ in found)
        more = min(FURTHER_AT_MOST, FURTHER * sum(match >= Match.SURNAME for match, _, _ in found[1:]))
        names = ", ".join(named(ours[a], theirs[b], match) for match, a, b in sorted(found, reverse=True)[:3])
        reasons.append(Reason(f"both name {names}", WEIGHTS[best] + more))
    reasons += of_leaders(ours, theirs, pairs)
    reasons += of_sides(ours, theirs)
    return reasons, len(sides)


def matched(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> list[tuple[Match, int, int]]:
    """Who is who, by position: the surest matches first, each participant once."""
    found = sorted(
        (
            (match, -a, -b)
            for (a, party), (b, other) in product(enumerate(ours), enumerate(theirs))
            if (match := match_of(party, other))
        ),
        reverse=True,
    )
    pairs, taken, given = [], set(), set()
    for match, a, b in found:
        if a not in taken and b not in given:
            pairs.append((match, -a, -b))
            taken.add(a)
            given.add(b)
    return pairs


def sided(
    ours: tuple[Party, ...], theirs: tuple[Party, ...], pairs: list[tuple[Match, int, int]]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """With the side that only the other account tells of a participant."""
    one, other = list(ours), list(theirs)
    for _, a, b in pairs:
        if not one[a].side:
            one[a] = replace(one[a], country=other[b].country, organisation=other[b].organisation, body=other[b].body)
        elif not other[b].side:
            other[b] = replace(other[b], country=one[a].country, organisation=one[a].organisation, body=one[a].body)
    return tuple(one), tuple(other)


def match_of(one: Party, other: Party) -> Match | None:
    if one.side and other.side and not kin(one.side, other.side):
        return None
    if one.person is not None and one.person == other.person:
        return Match.NAME
    if one.name and other.name:
        if same_name(one.name, other.name):
            return Match.NAME if min(len(whole(tokens(party.name))) for party in (one, other)) > 1 else Match.SURNAME
        unique = office(one.role) in UNIQUE and office(one.role) == office(other.role)
        return Match.OFFICE if unique else None
    if one.role and other.role:
        agree = fold(one.role) == fold(other.role) or (office(one.role) and office(one.role) == office(other.role))
        if not agree or not (one.side or other.side):
            return None
        return Match.ROLE if one.side and other.side else Match.OPEN
    if not (one.side and other.side):
        return None
    return Match.OPEN if told(one) and told(other) else Match.COUNTRY


@lru_cache(maxsize=4096)
def title_of(role: str) -> titles.Title | None:
    return titles.lookup(role) if role else None


def office(role: str) -> str:
    """The sort of post; "" for one that is not known, and for deputies."""
    title = title_of(role)
    return title.branch if title and not title.deputy and not title.past else ""


@lru_cache(maxsize=4096)
def kin(one: str, other: str) -> bool:
    """Whether two sides are one country, or one the direct successor of the other: who acted for SU may be given as of RU."""
    if one == other:
        return True
    try:
        return other in {*countries.get(one).predecessors, *countries.get(one).successors}
    except KeyError:
        return False


def named(one: Party, other: Party, match: Match) -> str:
    told = [party.name for party in (one, other) if party.name]
    if match in (Match.NAME, Match.SURNAME):
        return max(told, key=len)
    if match == Match.OFFICE:
        return f"the {one.role} ({' or '.join(told)})"
    role = one.role or other.role
    return " or the ".join([*told, *([role] if role else [])]) or one.label or str(one.side)


def of_leaders(
    ours: tuple[Party, ...], theirs: tuple[Party, ...], pairs: list[tuple[Match, int, int]]
) -> Iterator[Reason]:
    """Sides at whose head the accounts have different people: the foreign minister's talks are not the president's."""
    known, theirs_known = {a for _, a, _ in pairs}, {b for _, _, b in pairs}
    for side in dict.fromkeys(party.side for party in ours if party.side):
        one, other = leader(ours, side), leader(theirs, side)
        if one is None or other is None or not told(ours[one]) or not told(theirs[other]):
            continue
        if one not in known and other not in theirs_known:
            ranks = {rank(party) for party in (ours[one], theirs[other]) if title_of(party.role)}
            weight = OTHER_RANK if len(ranks) > 1 else OTHER_LEADER
            yield Reason(f"{who(ours[one])} in one, {who(theirs[other])} in the other", weight)
        elif one not in known or other not in theirs_known:
            yield of_a_leader_named_once(ours, theirs, one, other, pairs)
    for parties, matches, others in ((ours, known, theirs), (theirs, theirs_known, ours)):
        best = min(map(rank, others), default=0)
        if any(not party.side and rank(party) < best and i not in matches for i, party in enumerate(parties)):
            yield Reason("only one names a leader of higher rank", NO_HIGHER)


def of_a_leader_named_once(
    ours: tuple[Party, ...], theirs: tuple[Party, ...], one: int, other: int, pairs: list[tuple[Match, int, int]]
) -> Reason:
    """One of two leaders of a side, by position, is not named by the other account."""
    there = dict((a, b) for _, a, b in pairs)
    if one in there:
        lacking, left, counterpart = theirs[other], ours[one], theirs[there[one]]
    else:
        lacking, left, counterpart = ours[one], theirs[other], ours[{b: a for a, b in there.items()}[other]]
    if counterpart.attendance != Attendance.PRINCIPAL:
        weight = DEMOTED
    else:
        weight = NO_HIGHER if rank(lacking) < rank(left) and title_of(left.role) else NO_LEADER
    return Reason(f"only one names {who(lacking)}", weight)


def leader(parties: tuple[Party, ...], side: object) -> int | None:
    """Who heads a side, by position: the highest post among its principals, the first named where posts do not tell."""
    own = [i for i, party in enumerate(parties) if party.side == side and party.attendance == Attendance.PRINCIPAL]
    return min(own, key=lambda i: rank(parties[i]), default=None)


def rank(party: Party) -> int:
    """1 leads a delegation; 5 where the post does not tell."""
    title = title_of(party.role)
    return title.rank if title else 5


def told(party: Party) -> bool:
    return bool(party.name or party.role)


def who(party: Party) -> str:
    return party.name or party.role


def of_sides(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> Iterator[Reason]:
    one, other = ({party.side for party in parties if party.side} for parties in (ours, theirs))
    only_one = {side for side in one if not any(kin(side, another) for another in other)}
    only_other = {side for side in other if not any(kin(side, another) for another in one)}
    if only_one and only_other:
        yield Reason(f"other parties: {listed(only_one)}, {listed(only_other)}", OTHER_SIDES)
    elif (only_one or only_other) and min(len(one), len(other)) >= 2:
        more = only_one or only_other
        yield Reason(f"only one names {listed(more)}", MORE_SIDES[min(len(more), len(MORE_SIDES)) - 1])


def listed(sides: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, sides)))


# Where and how


def of_places(one: Spot | None, other: Spot | None, *, same_day: bool) -> Iterator[Reason]:
    """Two places differ less where the day is the same: the same people are not in both, and a report bears its own place."""
    if one is None or other is None:
        return
    inferred = one.inferred or other.inferred
    where = f"{one.name or one.place}, {other.name or other.place}"
    if one.place == other.place or alike(one, other):
        exact = min(one.exactness, other.exactness) <= 1
        yield Reason("at the same place", 1.0 if inferred else 2.0 if exact else 1.0)
    elif one.country and other.country and one.country != other.country:
        yield Reason(f"different countries: {where}", -1.0 if inferred else -3.0 if same_day else -6.0)
    elif (apart := kilometres(one, other)) is not None and max(one.exactness, other.exactness) <= 1:
        if apart <= NEAR:
            yield Reason(f"places near each other: {where}", 1.0 if inferred else 2.0)
        else:
            yield Reason(f"different places: {where}", -0.5 if inferred else -2.5 if same_day else -4.0)
    elif one.exactness == other.exactness == 1:
        yield Reason(f"different cities: {where}", -0.5 if inferred else -2.5 if same_day else -3.0)
    elif one.country and one.country == other.country:
        yield Reason("in the same country", 0.5)


def alike(one: Spot, other: Spot) -> bool:
    """Whether the names are spellings of one, or one names the building and the other its city."""
    a, b = fold(one.name), fold(other.name)
    if not a or not b:
        return False
    if sounded(a) == sounded(b) or {fold(city_of(one)), fold(city_of(other))} & {a, b}:
        return True
    return one.exactness != other.exactness and bool(
        set(a.split()) >= set(b.split()) or set(b.split()) >= set(a.split())
    )


def city_of(spot: Spot) -> str:
    known = places.lookup(spot.name) if spot.exactness == 0 else None
    return known.city if known else ""


def kilometres(one: Spot, other: Spot) -> float | None:
    """Great-circle distance; None where a place's coordinates are not known."""
    if one.at is None or other.at is None:
        return None
    (north, east), (north_of_other, east_of_other) = (tuple(map(radians, at)) for at in (one.at, other.at))
    half = sin((north_of_other - north) / 2) ** 2
    half += cos(north) * cos(north_of_other) * sin((east_of_other - east) / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, half)))


def of_media(one: Values, other: Values) -> Iterator[Reason]:
    media = {one.medium, other.medium}
    if "" in media:
        return
    if len(media) == 1:
        yield Reason(f"both {wording(one.medium)}", 0.3 if one.medium == Medium.IN_PERSON else 1.0)
    elif Medium.IN_PERSON in media:
        yield Reason(f"different form: {wording(one.medium)}, {wording(other.medium)}", -8.0)
    else:
        yield Reason(f"different form: {wording(one.medium)}, {wording(other.medium)}", -2.0)


def wording(medium: str) -> str:
    return {Medium.IN_PERSON: "in person", Medium.PHONE: "by phone", Medium.VIDEO: "by video"}[Medium(medium)]


def of_statuses(one: Values, other: Values, *, to_the_day: bool) -> Iterator[Reason]:
    """What was planned for a day and held on it is one; a plan for some day to come is not what was held."""
    statuses = {one.status, other.status}
    if Status.HELD not in statuses or len(statuses) == 1:
        return
    if Status.CANCELLED in statuses:
        yield Reason("one was called off", -8.0)
    elif not to_the_day:
        yield Reason("one was only planned", -5.0)


def of_times(one: Values, other: Values) -> Iterator[Reason]:
    if one.time is None or other.time is None:
        return
    minutes = abs((one.time.hour - other.time.hour) * 60 + one.time.minute - other.time.minute)
    if minutes <= 30:
        yield Reason(f"both at {one.time:%H:%M}", 1.0)
    elif minutes >= 180 and {one.medium, other.medium} <= {"", Medium.IN_PERSON}:
        yield Reason(f"different times of day: {one.time:%H:%M}, {other.time:%H:%M}", -1.5)


def of_issues(one: Values, other: Values) -> Iterator[Reason]:
    ours, theirs = ({topic.issue or fold(topic.name) for topic in values.agenda} for values in (one, other))
    if shared := ours & theirs:
        names = [topic.name for topic in one.agenda if (topic.issue or fold(topic.name)) in shared]
        yield Reason(f"both about {', '.join(names[:3])}", 0.7 if len(shared) == 1 else 1.2)
