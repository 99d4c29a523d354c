"""Queries that are put together once, and then run with other values.

Of a page that asks for one thing Django takes longer to write the queries than the database to answer them. For a query that
takes a millisecond to write, on a page that many ask for or for each document stored; others are better left as they are, as
what stands here relies on how query sets and compilers work within Django (``QuerySet._query``, ``SQLCompiler.as_sql``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, wraps
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from meetings.roles import EDIT, is_editor

# Values have stand-ins while a query is written: numbers from here on, which no row has, and days from the first on.
FIRST, FIRST_DAY = 2_147_400_000, date(1, 1, 1)
DIGITS = re.compile(r"21474\d{5}")
ASKED_FOR = {int, str, date, list}
MOST = 100  # shapes of one query that are kept, those last asked for: tuples may have any length


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """The rows of the query that ``build`` makes of some values, as a list.

    Values are numbers, texts, dates, tuples of these, and lists of numbers for ``among``. ``build`` is given stand-ins for them, and
    only passes them on to be compared with as they are; a text that others are to begin with or contain must be free of ``%``,
    ``_`` and ``\\``. It reads no row and nothing else that changes while the server runs, as what it makes is kept. What is asked
    may depend on the length of a tuple and on any other kind of value, such as None or a truth value; on a user who is signed in
    as far as ``Member`` tells of them. Raises ValueError when a value is compared with nothing.
    """

    @lru_cache(MOST)
    def written(shape: tuple) -> Written | None:
        try:
            return Written(build, shape)
        except EmptyResultSet:  # nothing is in an empty tuple
            return None

    @wraps(build)
    def rows(*values: object) -> list:
        values = tuple(map(without_account, values))
        query = written(shape_of(values))
        return query.rows(values) if query else []

    return rows


def first(rows: list) -> Any:
    """The first of the rows; None when there is none."""
    return rows[0] if rows else None


@dataclass(frozen=True)
class Member:
    """A user who is signed in, as far as a query may depend on them: whether they are an editor, and who they are if not."""

    pk: int | None
    editor: bool
    is_anonymous = False

    def has_perm(self, permission: str) -> bool:
        return self.editor and permission == EDIT


def without_account(value: object) -> object:
    """A user without what a page's own would keep: the request, the account's row."""
    if isinstance(value, AnonymousUser):
        return AnonymousUser()
    if getattr(value, "is_authenticated", False):
        return Member(None, True) if is_editor(value) else Member(value.pk, False)
    return value


class Written:
    """A query as the database takes it, with stand-ins for values."""

    def __init__(self, build: Callable[..., QuerySet], shape: tuple):
        numbers = count(FIRST)
        self.queryset = build(*stand_in(shape, numbers))
        self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = self.compiler.as_sql()
        self.compiler.connection = None  # which would stay open for longer than its thread lives
        if any(filled(self.params, {number: "value"}) == self.params for number in range(FIRST, next(numbers))):
            raise ValueError(f"{build.__name__} asks for nothing with one of its values.")

    def rows(self, values: tuple) -> list:
        params = filled(self.params, dict(enumerate(each(values), FIRST)))
        rows = self.queryset.all()
        rows._query = Ready(self.queryset.query, self.compiler, self.sql, params)
        return list(rows)


class Ready:
    """In the place of a query: one that is written already."""

    def __init__(self, query: Any, compiler: SQLCompiler, sql: str, params: tuple):
        self.query, self.compiler = query, copy(compiler)
        self.compiler.connection = connections[DEFAULT_DB_ALIAS]
        self.compiler.as_sql = lambda *_, **__: (sql, params)

    def get_compiler(self, *_: object, **__: object) -> SQLCompiler:
        return self.compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.query, name)


def shape_of(value: object) -> Any:
    """What the text of a query depends on: of a value that has a stand-in, its type."""
    if isinstance(value, tuple):
        return tuple(map(shape_of, value))
    if isinstance(value, Member):
        return value if value.editor else Member
    return type(value) if type(value) in ASKED_FOR else value


def each(values: tuple) -> Iterator[object]:
    """The values that have stand-ins, in their order."""
    for value in values:
        if isinstance(value, tuple):
            yield from each(value)
        elif isinstance(value, Member) and not value.editor:
            yield value.pk
        elif type(value) in ASKED_FOR:
            yield value


def stand_in(shape: Any, numbers: Iterator[int]) -> Any:
    if isinstance(shape, tuple):
        return tuple(stand_in(part, numbers) for part in shape)
    if shape is not Member and shape not in ASKED_FOR:
        return shape
    number = next(numbers)
    if shape is Member:
        return Member(number, False)
    return {int: number, str: str(number), date: FIRST_DAY + timedelta(number - FIRST), list: [number]}[shape]


def filled(param: Any, values: dict[int, Any]) -> Any:
    """A parameter of the query, or several, with values for their stand-ins."""
    if isinstance(param, tuple | list):
        return type(param)(filled(part, values) for part in param)
    if type(param) is int:
        return values.get(param, param)
    if type(param) is date:
        return values.get(FIRST + (param - FIRST_DAY).days, param)
    if type(param) is str:
        return DIGITS.sub(lambda found: text(values.get(int(found[0]), found[0])), param)
    return param


def text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
