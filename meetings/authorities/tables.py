"""Reading of the shipped tables, and the two things every table needs: lists in a cell, and days in EDTF."""

from __future__ import annotations

import calendar
import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file in this folder. Lines that begin with "#" say where its facts come from."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def toml(name: str) -> dict:
    """A TOML file in this folder."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def items(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds a list parted by "|"."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def earliest(edtf: str) -> date:
    """The first day of a year, month or day in EDTF; the beginning of time when it is empty or open ("..").

    Raises ValueError when it is none of these.
    """
    if edtf in ("", ".."):
        return date.min
    year, month, day = _parts(edtf)
    return date(year, month or 1, day or 1)


def latest(edtf: str) -> date:
    """The last day of a year, month or day in EDTF; the end of time when it is empty or open ("..")."""
    if edtf in ("", ".."):
        return date.max
    year, month, day = _parts(edtf)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(edtf: str) -> tuple[int, int | None, int | None]:
    numbers = [int(part) for part in edtf.rstrip("~?%").split("-")]
    year, month, day = (*numbers, None, None)[:3]
    return year, month, day
