"""Whether two accounts tell of one encounter, with the reasons. Pure: no database."""

from __future__ import annotations

from dataclasses import dataclass

from .. import dates
from ..derivation import Values
from ..records import Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """``same``: one encounter. ``reasons`` say why, or why not, as a reader may be shown them."""

    same: bool
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.reasons)


def compare(one: Values, other: Values) -> Verdict:
    """Two accounts are one encounter when nothing told conflicts and enough agrees.

    Enough: two people from two sides are in both, and the dates overlap, both to the day; where one is less exact than a day,
    the place must agree too. Under-merging is the lesser evil, so silence is never counted as agreement.
    """
    if not one.date or not other.date:
        return Verdict(False, ("a date is missing",))
    if not dates.overlap(one.date, other.date):
        return Verdict(False, (f"different dates: {dates.in_words(one.date)}, {dates.in_words(other.date)}",))
    if one.medium and other.medium and one.medium != other.medium:
        return Verdict(False, (f"different form: {one.medium}, {other.medium}",))
    if Status.CANCELLED in {one.status, other.status} and one.status != other.status:
        return Verdict(False, ("one was called off",))
    shared = [(a, b) for a in one.participants for b in other.participants if (a.name or a.person) and a.is_same(b)]
    sides = {a.side or b.side for a, b in shared}
    if len(shared) < 2 or len(sides) < 2:
        return Verdict(False, (f"{len(shared)} participants in common, of {len(sides)} sides",))
    stated = [values.place for values in (one, other) if values.place and not values.place.inferred]
    cities = [spot for spot in stated if spot.exactness == 1]
    if len(cities) == 2 and cities[0].place != cities[1].place:
        return Verdict(False, ("different cities",))
    same_place = len(stated) == 2 and stated[0].place == stated[1].place
    if not (to_the_day(one.date) and to_the_day(other.date)) and not same_place:
        return Verdict(False, ("a date is less exact than a day, and the place does not settle it",))
    names = ", ".join(a.name or b.name for a, b in shared[:3])
    reasons = [
        f"both name {names}",
        f"both on {dates.in_words(one.date)}" if one.date == other.date else "their dates overlap",
    ]
    if same_place:
        reasons.append("at the same place")
    return Verdict(True, tuple(reasons))


def to_the_day(date: str) -> bool:
    """At most three days long, as talks are."""
    first, last = dates.bounds(date)
    return (last - first).days <= 3
