"""Learns which of a document's dates and places are a meeting's: the weights of `meetings/nlp/weights/circumstances.toml`.

    python training/scripts/fit_circumstances.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

Every annotated meeting is looked for in its document by the passage that annotators gave as its evidence, so that those which
the extraction misses teach as well; each date and place that may be the meeting's is right or wrong; two logistic regressions
with a quadratic penalty tell them apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy
from annotated import arguments, documents, scorer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from meetings.nlp import circumstances, pipeline
from meetings.nlp.annotations import Encounter, PlaceMention
from meetings.nlp.assembly import extraction
from meetings.nlp.circumstances import Page
from meetings.nlp.components import dating, placing
from meetings.nlp.dates import When
from meetings.nlp.extract import prepared
from meetings.nlp.triggers.phrases import NOUN
from meetings.records import Attendance, Medium, Status

RARE = 3  # documents that a feature must occur in
STRENGTH = {"date": 0.2, "place": 0.2}  # inverse of the penalty
AFTER = ("dating", "placing")  # the components that the weights are for
# The words of a passage that tell of a meeting.
TELLING = re.compile(
    rf"\b(?:met|meets?|spoke|talked|called|saw|received|hosted|welcomed|visit(?:ed|s)?|lunched|dined|told|briefed|{NOUN})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of one meeting of a document, and whether it is right."""

    document: str
    meeting: int
    features: frozenset[str]
    right: bool
    weight: float


def told(page: Page, gold: dict[str, Any], score: ModuleType) -> Encounter | None:
    """An annotated meeting as the components would tell it: its passage, its parties, what sort of meeting it is."""
    doc = page.doc
    words = re.findall(r"\w+", gold.get("evidence") or "")[:14]
    passage = words and re.search(r"\W+(?:\[\d+\]\W+)?".join(map(re.escape, words)), doc._.flow.text, re.IGNORECASE)
    if not passage:
        return None
    span = doc.char_span(passage.start(), passage.end(), alignment_mode="expand")
    telling = TELLING.search(passage[0])
    words = telling and doc.char_span(
        passage.start() + telling.start(), passage.start() + telling.end(), alignment_mode="expand"
    )
    parties = {}
    for person in gold["participants"]:
        for n, party in enumerate(doc._.parties):
            mine = {
                "name": party.name,
                "role": party.role,
                "country": party.country,
                "organisation": party.organisation,
            }
            if n not in parties and score.same_person(person, mine):
                parties[n] = Attendance.PRINCIPAL
                break
    found = Encounter(
        rule="gold",
        sentences=[page.sentence(span.start)],
        parties=parties,
        status=Status(gold["status"]),
        medium=Medium(gold["medium"]) if gold.get("medium") else None,
        span=(span.start, span.end),
        tellings=[(words.start, words.end) if words else (span.start, span.end)],
    )
    dating.state(page, found)
    placing.state(page, found)
    return found


def meetings(doc: Doc, gold: dict[str, Any], score: ModuleType) -> Iterator[tuple[Encounter, dict[str, Any]]]:
    """The meetings that the extraction finds with their gold, and the gold meetings that it does not find."""
    found = [
        {
            "date": each.date,
            "participants": [
                {"name": p.name, "role": p.role, "country": p.country, "organisation": p.organisation}
                for p in each.participants
            ],
        }
        for each in extraction(doc, "").meetings
    ]
    pairs = dict(score.align(gold["meetings"], found))
    page = Page(doc)
    for n, meeting in enumerate(gold["meetings"]):
        if n in pairs:
            yield doc._.encounters[pairs[n]], meeting
        elif each := told(page, meeting, score):
            yield each, meeting


def examples(doc: Doc, name: str, gold: dict[str, Any], score: ModuleType) -> tuple[list[Example], list[Example]]:
    page = Page(doc)
    dates, places = [], []
    mine = {id(encounter): (n, encounter, meeting) for n, (encounter, meeting) in enumerate(meetings(doc, gold, score))}
    for each, last in circumstances.in_order(encounter for _, encounter, _ in mine.values()):
        n, encounter, meeting = mine[id(each)]
        leader = last and as_annotated(last, mine[id(last)][2])
        weight = 0.5 if meeting.get("optional") else 1.0
        accepted = {meeting["date"], *meeting.get("date_alternatives", [])} - {None}
        for found in dating.candidates(page, encounter, leader):
            if meeting["date"] or found.when.date not in accepted:  # where nothing is told a guess is no lesson
                dates.append(Example(name, n, found.features, found.when.date in accepted, weight))
        for found in placing.candidates(page, encounter, leader):
            given = {"place": {"name": found.place.name, "country": found.place.country}}
            if meeting.get("place"):
                places.append(Example(name, n, found.features, score.same_place(meeting, given), weight))
            elif not found.inferred:
                places.append(Example(name, n, found.features, False, weight))
    return dates, places


def as_annotated(encounter: Encounter, meeting: dict[str, Any]) -> Encounter:
    """An encounter with the date and the place that annotators gave it."""
    place = meeting.get("place")
    return replace(
        encounter,
        when=When(meeting["date"], meeting.get("date_end")) if meeting["date"] else None,
        place=PlaceMention(0, 0, place["name"], place.get("country"), "city") if place and place.get("name") else None,
        place_inferred=bool(place and place.get("inferred")),
    )


def fit(data: list[Example], strength: float) -> dict[str, float]:
    seen: dict[str, set[str]] = defaultdict(set)
    for each in data:
        for name in each.features:
            seen[name].add(each.document)
    column = {name: n for n, name in enumerate(sorted(name for name in seen if len(seen[name]) >= RARE))}
    x = numpy.zeros((len(data), len(column)))
    for row, each in enumerate(data):
        for name in each.features & column.keys():
            x[row, column[name]] = 1
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(x, [each.right for each in data], sample_weight=[each.weight for each in data])
    found = dict(zip(column, model.coef_[0], strict=True))
    return {"bias": float(model.intercept_[0])} | {
        name: float(value) for name, value in found.items() if abs(value) >= 0.005
    }


def write(models: dict[str, dict[str, float]], path: Path) -> None:
    lines = ["# Weights of the features of a date or a place that may be a meeting's; made by fit_circumstances.py."]
    for name, table in models.items():
        lines += ["", f"[{name}]", *(f'"{feature}" = {value:.3f}' for feature, value in sorted(table.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def annotated_docs(evaluation: Path, folders: Iterable[str], without: int | None) -> Iterator[tuple[str, Doc, dict]]:
    nlp = pipeline.load()
    for name in AFTER:
        nlp.disable_pipe(name)
    for each in documents(evaluation, folders, without):
        yield each.name, nlp(prepared(each.document, nlp)), each.gold


def main() -> None:
    asked = arguments(__doc__)
    score = scorer(asked.evaluation)
    dates: list[Example] = []
    places: list[Example] = []
    for name, doc, gold in annotated_docs(asked.evaluation, asked.folders, asked.without):
        a, b = examples(doc, name, gold, score)
        dates += a
        places += b
    models = {"date": fit(dates, STRENGTH["date"]), "place": fit(places, STRENGTH["place"])}
    write(models, asked.out / "circumstances.toml")
    print(f"{len(dates)} dates, {len(places)} places")


if __name__ == "__main__":
    main()
