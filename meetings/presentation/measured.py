"""How well the extraction finds what is there, as measured on annotated documents: the figures of docs/results/, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "docs" / "results" / "extraction.json"

# What the measures are called where people read them.
NAMES = {
    "meeting": "Meetings",
    "participant": "Participants",
    "country": "Countries of participants",
    "role": "Roles of participants",
    "attendance": "How they took part",
    "date": "Dates",
    "place": "Places",
    "medium": "In person, by phone, by video",
    "status": "Held, planned, cancelled",
    "issue": "Topics",
    "evidence": "Passages given as evidence",
    "statement": "Statements",
    "speaker": "Speakers of statements",
    "document date": "Dates of documents",
}
GENRES = {"cable": "Cables", "memcon": "Memoranda", "news": "News", "readout": "Readouts"}


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from 0 to 1, with the 95 % interval of F1 and F1 by genre in the order of ``GENRES``."""

    name: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    genres: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Meetings of about one confidence: how sure the extraction was on average, and the share that is right."""

    meetings: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Measured:
    made: str
    documents: int
    genres: tuple[str, ...]
    measures: tuple[Measure, ...]
    bins: tuple[Bin, ...]
    errors: tuple[tuple[str, int], ...]


@cache
def measured() -> Measured:
    """The figures of the last measurement. Raises FileNotFoundError where the data is missing."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    gold = data["gold"]
    return Measured(
        made=data["made"],
        documents=gold["documents"],
        genres=tuple(f"{label} ({gold['genres'][genre]['documents']})" for genre, label in GENRES.items()),
        measures=tuple(_measure(gold, key, label) for key, label in NAMES.items() if key in gold["measures"]),
        bins=tuple(Bin(each["meetings"], each["confidence"], each["right"]) for each in data["confidence"]),
        errors=tuple((each["kind"], each["count"]) for each in gold["errors"][:10]),
    )


def _measure(gold: dict[str, Any], key: str, label: str) -> Measure:
    found = gold["measures"][key]
    by_genre = (gold["genres"][genre]["measures"].get(key) for genre in GENRES)
    genres = tuple(each["f"] if each else None for each in by_genre)
    return Measure(label, found["p"], found["r"], found["f"], *found["interval"], genres)
