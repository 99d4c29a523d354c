"""Records as plain JSON and back, equal to what they were: what waits in the database for a person's word."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def as_json(record: Any) -> Any:
    """A record, or a value of one, as JSON can hold it; fields at their defaults are left out."""
    if is_dataclass(record):
        said = {field.name: (getattr(record, field.name), field.default) for field in fields(record)}
        return {name: as_json(value) for name, (value, default) in said.items() if value != default}
    if isinstance(record, tuple):
        return [as_json(each) for each in record]
    return record.value if isinstance(record, Enum) else record


def from_json(kind: type[T], value: Any) -> T:
    """The record of a class that ``as_json`` made this of. Raises TypeError or ValueError for anything else."""
    if value is None:
        return None
    if is_dataclass(kind):
        types = hints(kind)
        return kind(**{name: from_json(types[name], each) for name, each in value.items()})
    if get_origin(kind) is tuple:
        (item, _) = get_args(kind)
        return tuple(from_json(item, each) for each in value)
    if isinstance(kind, UnionType):  # of one type and None
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
        return from_json(kind, value)
    return kind(value)


@cache
def hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
