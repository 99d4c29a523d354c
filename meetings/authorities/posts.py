"""United States diplomatic posts, as cables name their origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from .tables import items, number, rows


@dataclass(frozen=True, slots=True)
class Post:
    name: str  # as in cable identifiers: "RIODEJANEIRO"
    city: str
    country: str  # key in countries
    indicators: tuple[str, ...]  # routing indicators: "RUEHRI"
    aliases: tuple[str, ...]  # written as the name is
    latitude: float | None  # degrees
    longitude: float | None


@cache
def all() -> tuple[Post, ...]:
    return tuple(
        Post(
            row["name"],
            row["city"],
            row["country"],
            items(row["indicators"]),
            items(row["aliases"]),
            number(row["latitude"]),
            number(row["longitude"]),
        )
        for row in rows("posts.csv")
    )


def by_indicator(indicator: str) -> Post | None:
    """The post of a routing indicator ("RUEHMO"), or None."""
    return _by_indicator().get(indicator.strip().upper())


def by_name(name: str) -> Post | None:
    """The post of a name as cables write it ("MOSCOW", "Amembassy Moscow", "AMCONSUL RIO DE JANEIRO"), or None."""
    name = anyascii(name).upper()
    return _by_name().get(_letters(name)) or _by_name().get(_letters(_KIND.sub("", name.strip(), count=1)))


_KIND = re.compile(
    r"^(?:THE )?(?:(?:AM|US|U\.S\. |US |AMERICAN )?(?:EMBASSY|CONSULATE GENERAL|CONSULATE|CONGEN|CONSUL|EMB|INT|MISSION|DEL|LEGATION)|USLO)\s+"
    r"(?:IN |TO |THE )?"
)


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z]", "", text)


@cache
def _by_indicator() -> dict[str, Post]:
    return {indicator: post for post in all() for indicator in post.indicators}


@cache
def _by_name() -> dict[str, Post]:
    return {
        spelling: post
        for post in all()
        for spelling in (*post.aliases, _letters(anyascii(post.city).upper()), post.name)
    } | {post.name: post for post in all()}
