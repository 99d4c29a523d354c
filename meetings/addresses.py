"""Addresses of lists: without empty values, and readable."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict


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
    return urlencode([(name, value) for name, values in lists for value in values], safe=":")
