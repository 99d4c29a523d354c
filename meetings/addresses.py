"""Addresses that differ from the present one in one value: a facet's link adds it, a chip's link drops it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict

TRANSIENT = ("page", "with")  # what a changed question starts afresh


def cleaned(query: QueryDict) -> QueryDict:
    """The same question without empty values."""
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        if kept := [value for value in dict.fromkeys(values) if value.strip()]:
            clean.setlist(name, kept)
    return clean


def encoded(query: QueryDict) -> str:
    """``q=country:RU+oil&page=2``: what stands behind the "?", with colons and spaces that one can read."""
    return urlencode([(name, value) for name, values in query.lists() for value in values], safe=":")


def changed(query: QueryDict, **values: str | list[str] | None) -> str:
    """``?…`` with some values replaced (None drops one), on the first page; a lone "?" for no question at all."""
    new = query.copy()
    for name in TRANSIENT:
        new.pop(name, None)
    for name, value in values.items():
        if value:
            new.setlist(name, value if isinstance(value, list) else [value])
        else:
            new.pop(name, None)
    return f"?{new.urlencode()}"


def having(query: QueryDict, name: str, value: str) -> str:
    return changed(query, **{name: [*query.getlist(name), value]})


def lacking(query: QueryDict, name: str, value: str) -> str:
    return changed(query, **{name: [other for other in query.getlist(name) if other != value]})
