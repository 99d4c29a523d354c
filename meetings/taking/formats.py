"""Plain values as lines of a file: CSV that a spreadsheet may open, and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.timezone import localdate

from ..resolution.names import fold

MOST = 50_000  # rows of a file that is asked for on a page, which says so
CHUNK = 500  # rows in memory at a time; each chunk takes the same few queries

# With these a spreadsheet takes a cell for a formula and runs it (OWASP, "CSV Injection"; the last four are their wide forms).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the system's own encoding


def json_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def csv_lines(records: Iterable[Any], columns: Mapping[str, Callable[[Any], Any]]) -> Iterator[str]:
    """The columns' names, then a line a record."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[Any]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([cell(value) for value in cells])
        return buffer.getvalue()

    yield BYTE_ORDER_MARK + line(columns)
    for record in records:
        yield line(value(record) for value in columns.values())


def cell(value: Any) -> Any:
    """A value as a cell: numbers stay numbers, several texts share it; a text that would be taken for a formula is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = joined(value)
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return f"'{value}" if value.startswith(FORMULA) else value
    return value


def at(*path: str) -> Callable[[Mapping[str, Any]], Any]:
    """A column: the value at a path of keys, None where something on the way is."""

    def value(record: Any) -> Any:
        for key in path:
            record = record[key] if record is not None else None
        return record

    return value


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, each once."""
    return "; ".join(dict.fromkeys(value for value in values if value))


def file_name(what: str, words: str = "", cut: int = 0) -> str:
    """A file's name, less its ending: the site, the list, the question, the day, and to how many rows it is cut."""
    parts = [
        settings.SITE_NAME,
        what,
        slugify(fold(words))[:80],
        f"first {cut}" if cut else "",
        localdate().isoformat(),
    ]
    return "-".join(slugify(part).strip("-") for part in parts if part)
