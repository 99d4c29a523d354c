"""Learns who took part in a meeting: the weights of `meetings/nlp/weights/presence.toml`.

    python training/scripts/fit_presence.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

Every meeting that the extraction finds is compared with the annotated one that it is; each party of the document that may have
been there was or was not; a logistic regression with a quadratic penalty tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy
from annotated import arguments, documents, scorer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from meetings.nlp import pipeline
from meetings.nlp.annotations import Party
from meetings.nlp.assembly import extraction
from meetings.nlp.components.presence import Scene
from meetings.nlp.extract import prepared

RARE = 3  # documents that a feature must occur in
STRENGTH = 0.5  # inverse of the penalty


@dataclass(frozen=True, slots=True)
class Example:
    """A party that may have taken part in one meeting of a document."""

    document: str
    features: frozenset[str]
    present: bool
    weight: float


def _values(party: Party) -> dict[str, Any]:
    return {"name": party.name, "role": party.role, "country": party.country, "organisation": party.organisation}


def examples(doc: Doc, name: str, gold: dict[str, Any], score: ModuleType) -> Iterator[Example]:
    """Of a Doc as the components before `presence` leave it. A person whom two parties stand for is the one told first."""
    found = [
        {
            "date": meeting.date,
            "place": meeting.place and {"name": meeting.place.name, "country": meeting.place.country},
            "participants": [
                {"name": each.name, "role": each.role, "country": each.country, "organisation": each.organisation}
                for each in meeting.participants
            ],
        }
        for meeting in extraction(doc, "").meetings
    ]
    scene = Scene(doc)
    for n in range(len(found)):
        scene.join(n)
    for at, n in score.align(gold["meetings"], found):
        meeting = gold["meetings"][at]
        candidates = list(scene.candidates(n))
        told = doc._.encounters[n].parties
        order = sorted(range(len(candidates)), key=lambda k: candidates[k][0] not in told)
        pairs = score.pair(
            meeting["participants"], [_values(doc._.parties[candidates[k][0]]) for k in order], score.same_person
        )
        present = {order[k] for _, k in pairs}
        for k, (_, features) in enumerate(candidates):
            if k not in present and meeting.get("participants_partial"):
                continue
            yield Example(name, features, k in present, 0.5 if meeting.get("optional") else 1.0)


def fitted(lessons: list[Example]) -> dict[str, float]:
    """Weight of each feature that enough documents have."""
    seen = defaultdict(set)
    for each in lessons:
        for feature in each.features:
            seen[feature].add(each.document)
    names = sorted(feature for feature, where in seen.items() if len(where) >= RARE)
    column = {name: k for k, name in enumerate(names)}
    table = numpy.zeros((len(lessons), len(names)))
    for row, each in zip(table, lessons, strict=True):
        for feature in each.features & column.keys():
            row[column[feature]] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(table, [each.present for each in lessons], sample_weight=[each.weight for each in lessons])
    return {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}


def main() -> None:
    given = arguments(__doc__)
    score = scorer(given.evaluation)
    nlp = pipeline.load()
    lessons: list[Example] = []
    for each in documents(given.evaluation, given.folders, given.without):
        with nlp.select_pipes(disable=["presence"]):
            lessons += examples(nlp(prepared(each.document, nlp)), each.name, each.gold, score)
    given.out.mkdir(parents=True, exist_ok=True)
    with (given.out / "presence.toml").open("w", encoding="utf-8") as file:
        file.write(
            "# Weights of the features of someone who may have taken part in a meeting; made by fit_presence.py.\n\n[presence]\n"
        )
        file.writelines(f'"{name}" = {weight}\n' for name, weight in fitted(lessons).items() if weight)
    print(f"{len(lessons)} candidates, {sum(each.present for each in lessons)} of them present")


if __name__ == "__main__":
    main()
