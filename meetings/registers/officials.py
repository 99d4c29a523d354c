"""Officials and their terms, as a TSV: forename, surname, suffix, role, territory, from, to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from .. import dates
from .entries import Entry, Official, RegisterError, Unreadable, key_of

COLUMNS = ("forename", "surname", "suffix", "role", "territory", "from", "to")
LOWER = frozenset("and of the".split())
LONGEST = 200  # characters of a name, and of a title


def entries(file: BinaryIO, name: str) -> Iterator[Entry]:
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise RegisterError(f"{name} is no list of officials: its first line lacks {', '.join(missing)}.")
    for number, row in enumerate(rows, start=2):
        where = f"{name}, line {number}"
        content = "\t".join(flat(row))
        try:
            yield official(row)
        except ValueError as error:
            yield Unreadable(key_of(content), where, str(error), content)


def flat(row: dict[str | None, str | list[str] | None]) -> list[str]:
    """The fields as they stand in the file: a short row lacks some, a long one has more than the first line names."""
    return [
        each for value in row.values() if value is not None for each in ([value] if isinstance(value, str) else value)
    ]


def official(row: dict[str, str]) -> Official:
    """Raises ValueError, which says what is wrong with the row."""
    if None in row or None in row.values():
        raise ValueError(
            f"it has {len(flat(row))} columns, and the first line names {len([c for c in row if c is not None])}"
        )
    said = {column: " ".join(row[column].replace("\x00", " ").split()) for column in COLUMNS}
    name = " ".join(filter(None, (said["forename"], said["surname"], said["suffix"])))
    if not said["surname"] or not said["role"]:
        raise ValueError("the surname or the role is missing")
    title = said["role"]
    if said["territory"] not in ("", "united-states"):
        title += f" to {territory(said['territory'])}"
    if "\ufffd" in name + title:
        raise ValueError("it is not UTF-8")
    if max(len(name), len(title)) > LONGEST:
        raise ValueError(f"the name or the title has more than {LONGEST} characters")
    check_term(said["from"], said["to"])
    return Official(name, title, said["from"], said["to"])


def check_term(begins: str, ends: str) -> None:
    """Raises ValueError when a date is none, or the end lies before the beginning."""
    first = dates.bounds(begins)[0] if begins else None
    last = dates.bounds(ends)[1] if ends else None
    if first and last and last < first:
        raise ValueError(f"the term ends ({ends}) before it begins ({begins})")


def territory(slug: str) -> str:
    """``"trinidad-and-tobago"`` → ``"Trinidad and Tobago"``."""
    return " ".join(word if word in LOWER else word.capitalize() for word in slug.split("-"))
