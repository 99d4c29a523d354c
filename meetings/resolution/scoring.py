"""Whether two accounts tell of one encounter: a score with its reasons, and what follows from it. Pure: no database.

A linear score after Fellegi and Sunter (1969): each comparison of what both tell adds log2(m/u), where m is how often true pairs
compare so and u how often other pairs do that share a country or a person and lie close in time. The
weights are estimates in bits, set by hand and checked on pairs of known truth (bench/meeting_pairs.py). What one account leaves
untold adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from .. import dates
from ..authorities import countries, places
from ..derivation import Spot, Values
from ..records import Kind, Medium, Status
from .company import of_people
from .names import fold, sounded
from .reasons import Reason, Verdict

NEVER = -30.0  # bits: outweighs all that can agree

DAYS = 4  # talks may last so long and their date still count as told to the day
APART = 3  # days between two dates beyond which nothing speaks for one encounter
SAME_DAY = 4.8
ZONES = 60.0  # degrees of longitude, four hours, across which the day may differ from one side to the other
BEHIND = 120.0  # degrees, eight hours: a clock so far behind still shows yesterday when people meet in the morning
NEAR = 60.0  # kilometres between a building or suburb and its city


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
    """Whether the parties and the place lie so far apart that one encounter has two dates.

    Where both tell one town, its clock counts, and at home it shows another day only far enough behind it, or ahead.
    """
    keys = {party.country for values in (one, other) for party in values.participants if party.country}
    town = town_of(one, other)
    if town is not None:
        shifts = [longitude - town for key in keys if (longitude := longitude_of(key)) is not None]
        return any(shift <= -BEHIND or shift >= ZONES for shift in shifts)
    keys |= {values.place.country for values in (one, other) if values.place and values.place.country}
    east = [longitude for key in keys if (longitude := longitude_of(key)) is not None]
    return bool(east) and max(east) - min(east) >= ZONES


def town_of(one: Values, other: Values) -> float | None:
    """The longitude of the one town in which both say that the parties met."""
    here, there = one.place, other.place
    if here is None or there is None or here.inferred or there.inferred or max(here.exactness, there.exactness) > 1:
        return None
    apart = kilometres(here, there)
    same = here.place == there.place or (alike(here, there) if apart is None else apart <= NEAR)
    at = here.at or there.at
    return at[1] if same and at else None


@lru_cache(maxsize=1024)
def longitude_of(country: str) -> float | None:
    try:
        return countries.get(country).longitude
    except KeyError:
        return None


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
