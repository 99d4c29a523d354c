"""Addresses of lists, without empty values and readable, and of what a page has a hundred of."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote_plus

from django.http import QueryDict
from django.urls import get_script_prefix, reverse

from .resolution.names import fold


def cleaned(query: QueryDict) -> QueryDict:
    """The same question without empty values."""
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        if kept := [value for value in dict.fromkeys(values) if value.strip()]:
            clean.setlist(name, kept)
    return clean


def encoded(query: QueryDict | dict[str, list[str]]) -> str:
    """``q=country:RU+oil&page=2``: what stands behind the "?", with colons and spaces that one can read."""
    lists = query.lists() if isinstance(query, QueryDict) else query.items()
    return "&".join(part(name, value) for name, values in lists for value in values)


def part(name: str, value: str) -> str:
    return f"{quoted(name)}={quoted(value)}"


def quoted(text: str) -> str:
    return quote_plus(text, safe=":")


def leading_to(name: str, *values: object) -> str:
    """As ``reverse``, of values that need no quoting: numbers, ids and slugs. The form of each address is worked out once."""
    return _form(name, len(values), get_script_prefix()).format(*values)


@cache
def _form(name: str, places: int, prefix: str) -> str:
    """``/people/{}-{}/``"""
    holes = [str(10**9 + place) for place in range(places)]
    address = reverse(name, args=holes)
    for hole in holes:
        address = address.replace(hole, "{}")
    return address


def slug(text: str, longest: int | None = None) -> str:
    """The words of a text as an address has them: ``Лавров in Genève`` → ``lavrov-in-geneve``."""
    return fold(text).replace(" ", "-")[:longest].strip("-")
