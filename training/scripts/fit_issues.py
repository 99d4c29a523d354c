"""Learns which forms of words say what a meeting was about: `meetings/nlp/weights/issues.toml`.

    python training/scripts/fit_issues.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

The meetings that the extraction finds are aligned with the annotated ones; every form that may name an issue is right or
wrong, and two logistic regressions are fitted: over the documents' words, and over the topic tree's names.
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

from meetings.nlp import pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.extract import prepared
from meetings.nlp.forms import SAYS, Form
from meetings.nlp.stretches import stretches
from meetings.nlp.subjects import weighed

RARE = 5  # documents that a feature must occur in
STRENGTH = 0.12  # inverse of the penalty on the weights' squares
THRESHOLD = 0.28  # of a subject's probability; F1 hardly changes from 0.25 to 0.31
SLIGHT = 0.05  # a word's weight below which it is left out
OPTIONAL = 0.5  # weight of a meeting that annotators called a bare mention


@dataclass
class Meeting:
    """One meeting found in a document that annotators found too, with every form that may name an issue of it."""

    document: str
    found: list[Form]
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
    found = list(weighed(doc, stretches(doc)))
    for n, m in score.align(gold["meetings"], told):
        meeting = gold["meetings"][n]
        if issues := meeting.get("issues"):
            right = [any(score.same_issue(issue, form.text) for issue in issues) for form in found[m]]
            yield Meeting(name, found[m], right, OPTIONAL if meeting.get("optional") else 1.0)


def vocabulary(data: Sequence[Meeting], named: bool) -> list[str]:
    seen: dict[str, set[str]] = defaultdict(set)
    for meeting in data:
        for form in meeting.found:
            if form.named is named:
                for name in form.features:
                    seen[name].add(meeting.document)
    return sorted(name for name, told in seen.items() if len(told) >= RARE and name != "constant")


def matrix(found: Sequence[Form], names: Sequence[str]) -> numpy.ndarray:
    column = {name: n for n, name in enumerate(names)}
    values = numpy.zeros((len(found), len(names)))
    for n, form in enumerate(found):
        for name in form.features.keys() & column.keys():
            values[n, column[name]] = form.features[name]
    return values


def fit(data: Sequence[Meeting], named: bool) -> dict[str, float]:
    """The weights of the tree's names (``named``) or of the documents' words."""
    names = vocabulary(data, named)
    rows = [
        (form, right, meeting.weight)
        for meeting in data
        for form, right in zip(meeting.found, meeting.right, strict=True)
        if form.named is named
    ]
    found, right, weight = zip(*rows, strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(matrix(found, names), right, sample_weight=weight)
    return {"constant": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))


def written(data: Sequence[Meeting]) -> str:
    lines = [
        "# How much each feature says that one would say in this form what a meeting was about (log-odds); forms.py gives their",
        "# meaning. Made by fit_issues.py.",
        f"threshold = {THRESHOLD}",
    ]
    for table, named in (("words", False), ("names", True)):
        ordered = sorted(fit(data, named).items(), key=lambda item: -item[1])
        ordered = [(name, value) for name, value in ordered if not name.startswith(SAYS) or abs(value) >= SLIGHT]
        lines += ["", f"[{table}]", *(f'"{name}" = {value:.3f}' for name, value in ordered)]
    return "\n".join(lines) + "\n"


def main() -> None:
    asked = arguments(__doc__)
    score, nlp = scorer(asked.evaluation), pipeline.load()
    data = [
        meeting
        for each in documents(asked.evaluation, asked.folders, asked.without)
        for meeting in aligned(nlp(prepared(each.document, nlp)), each.gold, each.name, score)
    ]
    (asked.out / "issues.toml").write_text(written(data), encoding="utf-8")
    print(f"{len(data)} meetings, {sum(len(meeting.found) for meeting in data)} forms")


if __name__ == "__main__":
    main()
