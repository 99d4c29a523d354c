"""Who is who in two accounts, and whether they tell of one company: sides, their leaders, those with them. Pure: no database."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from itertools import product

from ..authorities import countries, titles
from ..derivation import Party
from ..records import Attendance
from ..wording import with_article
from .names import fold, same_name, tokens, whole
from .reasons import Reason

UNIQUE = frozenset({"head of state", "head of government", "foreign minister"})  # one holder a country and day


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
    """With the side that only the other account tells of a participant; of two for one person, the first account's."""
    one, other = list(ours), list(theirs)
    for _, a, b in pairs:
        if not one[a].side:
            one[a] = replace(one[a], country=other[b].country, organisation=other[b].organisation, body=other[b].body)
        elif not other[b].side or not kin(one[a].side, other[b].side):
            other[b] = replace(other[b], country=one[a].country, organisation=one[a].organisation, body=one[a].body)
    return tuple(one), tuple(other)


def match_of(one: Party, other: Party) -> Match | None:
    if one.side and other.side and not kin(one.side, other.side):
        return Match.SURNAME if of_one_post(one, other) else None
    if one.person is not None and one.person == other.person:
        return Match.NAME
    if one.name and other.name:
        if same_name(one.name, other.name):
            if one.person is not None and other.person is not None:  # known as two people of one name
                return Match.SURNAME
            return Match.NAME if min(len(whole(tokens(party.name))) for party in (one, other)) > 1 else Match.SURNAME
        if min(len(whole(tokens(party.name))) for party in (one, other)) > 1:
            return None  # two full names that differ are two people, whatever their post
        unique = office(one.role) in UNIQUE and office(one.role) == office(other.role)
        return Match.OFFICE if unique else None
    if one.role and other.role:
        if not (one.side or other.side):
            return None
        if fold(one.role) == fold(other.role) or (office(one.role) and office(one.role) == office(other.role)):
            return Match.ROLE if one.side and other.side else Match.OPEN
        return Match.OPEN if one.side and other.side and shortened(one.role, other.role) else None
    if not (one.side and other.side):
        return None
    return Match.OPEN if told(one) and told(other) else Match.COUNTRY


def of_one_post(one: Party, other: Party) -> bool:
    """Whether both name one whole name and one post that a country has once: then one of the countries was misread."""
    post = office(one.role)
    whole_names = bool(one.name and other.name) and min(len(whole(tokens(each.name))) for each in (one, other)) > 1
    return post in UNIQUE and post == office(other.role) and whole_names and same_name(one.name, other.name)


@lru_cache(maxsize=4096)
def title_of(role: str) -> titles.Title | None:
    return titles.lookup(role) if role else None


def office(role: str) -> str:
    """The sort of post; "" for one that is not known, and for deputies."""
    title = title_of(role)
    return title.branch if title and not title.deputy and not title.past else ""


def shortened(one: str, other: str) -> bool:
    """Whether one post is the other as its own service calls it: the Secretary, the Secretary of State."""
    short, long = sorted((fold(one).split(), fold(other).split()), key=len)
    extended = long[: len(short)] == short and long[len(short) :][:1] in (["of"], ["for"])
    return bool(short) and extended and office(min(one, other, key=len)) not in UNIQUE


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
        return max(told, key=len, default=one.label or other.label or one.role)
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
    bodies = {party.side: party.body or "an organisation" for party in (*ours, *theirs) if not party.country}
    only_one = {side for side in one if not any(kin(side, another) for another in other)}
    only_other = {side for side in other if not any(kin(side, another) for another in one)}
    if only_one and only_other:
        yield Reason(f"other parties: {listed(only_one, bodies)}, {listed(only_other, bodies)}", OTHER_SIDES)
    elif (only_one or only_other) and min(len(one), len(other)) >= 2:
        more = only_one or only_other
        yield Reason(f"only one names {listed(more, bodies)}", MORE_SIDES[min(len(more), len(MORE_SIDES)) - 1])


def listed(sides: Iterable[Hashable], bodies: dict[Hashable, str] | None = None) -> str:
    """Countries by their names, other sides by what ``bodies`` has for them."""
    return ", ".join(sorted((bodies or {}).get(side) or with_article(called(str(side))) for side in sides))


def called(side: str) -> str:
    try:
        return countries.get(side).name
    except KeyError:
        return side
