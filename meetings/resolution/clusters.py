"""Accounts, by number, brought together to encounters by what was found of each pair of them. Pure: no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts that tell of one encounter: the stronger, the earlier it counts. ``rank`` 0 comes before rank 1."""

    one: int
    other: int
    strength: float
    rank: int = 0


def clusters(
    accounts: Iterable[int],
    links: Iterable[Link],
    apart: Callable[[Link, set[int], set[int]], bool],
    order: Callable[[int], tuple],
) -> list[set[int]]:
    """Groups of accounts, by the strongest links first, never across what is ``apart``.

    ``order`` is a lasting key of an account: with equal links it decides, so that the groups depend on what is told and not
    on the order in which it came.
    """
    group = {account: {account} for account in accounts}

    def key(link: Link) -> tuple:
        return link.rank, -link.strength, *sorted((order(link.one), order(link.other)))

    for link in sorted(links, key=key):
        ours, theirs = group[link.one], group[link.other]
        if ours is theirs or apart(link, ours, theirs):
            continue
        ours |= theirs
        for account in theirs:
            group[account] = ours
    return sorted({id(each): each for each in group.values()}.values(), key=lambda each: min(map(order, each)))
