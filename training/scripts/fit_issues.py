"""Learns which words that may name an issue are what a meeting was about: `meetings/nlp/weights/issues.toml`.

    python training/scripts/fit_issues.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

The meetings that the extraction finds are aligned with the annotated ones; every word that may name an issue is right or
wrong, and a logistic regression is fitted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy
from annotated import arguments, documents, scorer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from meetings.nlp import pipeline, subjects
from meetings.nlp.assembly import extraction, owners
from meetings.nlp.extract import prepared

RARE = 8  # documents that a feature must occur in
STRENGTH = 0.06  # inverse of the penalty on the weights' squares
THRESHOLD = 0.2  # of the probability; F1 hardly changes from 0.15 to 0.3
OPTIONAL = 0.5  # weight of a meeting that annotators called a bare mention


@dataclass
class Meeting:
    """One meeting found in a document that annotators found too, with every word that may name an issue of it."""

    document: str
    found: list[subjects.Subject]
    right: list[bool]
    weight: float


def aligned(doc: Doc, gold: dict[str, Any], name: str, score: ModuleType) -> Iterator[Meeting]:
    told = [
        {
            "date": each.date,
            "place": {"name": each.place.name, "country": each.place.country} if each.place else None,
            "participants": [
                {"name": p.name, "role": p.role, "country": p.country, "organisation": p.organisation}
                for p in each.participants
            ],
        }
        for each in extraction(doc, "").meetings
    ]
    sentences = [(span.start_char, span.end_char) for span in doc.sents]
    scored = list(subjects.scored(doc, sentences, owners(doc, sentences)))
    for n, m in score.align(gold["meetings"], told):
        meeting = gold["meetings"][n]
        if issues := meeting.get("issues"):
            right = [any(score.same_issue(issue, form(each)) for issue in issues) for each in scored[m]]
            yield Meeting(name, scored[m], right, OPTIONAL if meeting.get("optional") else 1.0)


def form(subject: subjects.Subject) -> dict[str, str]:
    return {"name": subject.shown.name, "mention": subject.shown.mention}


def vocabulary(data: Sequence[Meeting]) -> list[str]:
    seen: dict[str, set[str]] = defaultdict(set)
    for meeting in data:
        for subject in meeting.found:
            for name in subject.features:
                seen[name].add(meeting.document)
    return sorted(name for name, told in seen.items() if len(told) >= RARE and name != "constant")


def matrix(found: Sequence[subjects.Subject], names: Sequence[str]) -> numpy.ndarray:
    column = {name: n for n, name in enumerate(names)}
    values = numpy.zeros((len(found), len(names)))
    for n, subject in enumerate(found):
        for name in subject.features.keys() & column.keys():
            values[n, column[name]] = subject.features[name]
    return values


def fit(data: Sequence[Meeting]) -> dict[str, float]:
    names = vocabulary(data)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(
        matrix([subject for meeting in data for subject in meeting.found], names),
        [right for meeting in data for right in meeting.right],
        sample_weight=[meeting.weight for meeting in data for _ in meeting.found],
    )
    return {"constant": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))


def written(weights: dict[str, float]) -> str:
    lines = [
        "# How much each feature says that a phrase is what a meeting was about (log-odds); subjects.py gives their meaning.",
        "# Made by fit_issues.py.",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
    ]
    ordered = sorted(weights.items(), key=lambda item: -item[1])
    return "\n".join([*lines, *(f'"{name}" = {value:.3f}' for name, value in ordered)]) + "\n"


def main() -> None:
    asked = arguments(__doc__)
    score, nlp = scorer(asked.evaluation), pipeline.load()
    data = [
        meeting
        for each in documents(asked.evaluation, asked.folders, asked.without)
        for meeting in aligned(nlp(prepared(each.document, nlp)), each.gold, each.name, score)
    ]
    (asked.out / "issues.toml").write_text(written(fit(data)), encoding="utf-8")
    print(f"{len(data)} meetings, {sum(len(meeting.found) for meeting in data)} phrases")


if __name__ == "__main__":
    main()
