"""State Department TAGS: what the codes in a cable's header stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .tables import rows


@dataclass(frozen=True, slots=True)
class Tag:
    code: str
    meaning: str
    kind: str  # subject, program, organisation, region, country
    country: str  # key in countries, of a geographic tag


@cache
def all() -> tuple[Tag, ...]:
    return tuple(Tag(**row) for row in rows("tags.csv"))


def get(code: str) -> Tag:
    """The tag of a code. Raises KeyError when there is none."""
    return _by_code()[code]


def lookup(code: str) -> Tag | None:
    """The tag of a code as written ("prel "), or None."""
    return _by_code().get(code.strip().upper())


@cache
def _by_code() -> dict[str, Tag]:
    return {tag.code: tag for tag in all()}
