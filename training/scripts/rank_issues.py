"""Learns which words that may name an issue are what a meeting was about: the weights of `meetings/nlp/subjects.toml`.

    python training/scripts/rank_issues.py EVAL [--dry-run]

EVAL is the data folder's ``eval``: its ``train`` holds annotated documents, its ``score.py`` says when two names are one
issue. The meetings that the extraction finds are aligned with the annotated ones, every word that may name an issue is
right or wrong, and a logistic regression with a quadratic penalty is fitted by Newton's method. Figures in five folds by
document are printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from meetings import readers  # noqa: E402
from meetings.nlp import pipeline, subjects  # noqa: E402
from meetings.nlp.assembly import extraction, owners  # noqa: E402
from meetings.nlp.extract import prepared  # noqa: E402

RARE = 8  # documents that a feature must occur in
PENALTY = 8.0
FOLDS = 5
THRESHOLD = 0.16  # of the probability; F1 hardly changes from 0.14 to 0.3, and a missed subject is harder to mend than a wrong one


@dataclass
class Meeting:
    """One meeting found in a document that annotators found too."""

    document: str
    gold: list  # its issues, each a list of accepted forms
    partial: bool
    found: list[subjects.Subject]
    right: list[bool]
    weight: float = 1.0


def scorer(folder: Path):
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def meetings(folder: Path, score) -> list[Meeting]:
    """The annotated meetings of a folder that the extraction finds, with every word that may name an issue of theirs."""
    nlp = pipeline.load()
    found: list[Meeting] = []
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text())
        for document in readers.read(path.read_bytes(), path.name, readers.Options()):
            if document.language == "en":
                found += aligned(nlp(prepared(document, nlp)), gold, path.stem, score)
    return found


def aligned(doc, gold: dict, name: str, score) -> list[Meeting]:
    told = extraction(doc, "")
    predicted = [
        {
            "date": each.date,
            "place": {"name": each.place.name, "country": each.place.country} if each.place else None,
            "participants": [
                {"name": p.name, "role": p.role, "country": p.country, "organisation": p.organisation}
                for p in each.participants
            ],
        }
        for each in told.meetings
    ]
    sentences = [(span.start_char, span.end_char) for span in doc.sents]
    scored = list(subjects.scored(doc, sentences, owners(doc, sentences)))
    found = []
    for n, m in score.align(gold["meetings"], predicted):
        meeting = gold["meetings"][n]
        if issues := meeting.get("issues"):
            right = [any(score.same_issue(issue, form(each)) for issue in issues) for each in scored[m]]
            weight = 0.5 if meeting.get("optional") else 1.0
            found.append(Meeting(name, issues, bool(meeting.get("issues_partial")), scored[m], right, weight))
    return found


def form(subject: subjects.Subject) -> dict[str, str]:
    return {"name": subject.shown.name, "mention": subject.shown.mention}


def vocabulary(data: Sequence[Meeting]) -> list[str]:
    seen: dict[str, set[str]] = defaultdict(set)
    for meeting in data:
        for subject in meeting.found:
            for name in subject.features:
                seen[name].add(meeting.document)
    return sorted(name for name, documents in seen.items() if len(documents) >= RARE)


def matrix(found: Sequence[subjects.Subject], names: Sequence[str]) -> numpy.ndarray:
    column = {name: n for n, name in enumerate(names)}
    values = numpy.zeros((len(found), len(names)))
    for n, subject in enumerate(found):
        for name, value in subject.features.items():
            if name in column:
                values[n, column[name]] = value
    return values


def fit(data: Sequence[Meeting]) -> dict[str, float]:
    names = vocabulary(data)
    x = matrix([subject for meeting in data for subject in meeting.found], names)
    y = numpy.array([right for meeting in data for right in meeting.right], dtype=float)
    weight = numpy.concatenate([numpy.full(len(meeting.found), meeting.weight) for meeting in data])
    penalty = numpy.array([0.01 if name == "constant" else PENALTY for name in names])
    w = numpy.zeros(len(names))
    for _ in range(12):
        p = 1 / (1 + numpy.exp(-(x @ w)))
        gradient = x.T @ (weight * (p - y)) + penalty * w
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + numpy.diag(penalty)
        w -= numpy.linalg.solve(curvature, gradient)
    return dict(zip(names, w.tolist(), strict=True))


def f1(
    data: Sequence[Meeting], probabilities: Sequence[numpy.ndarray], threshold: float, score
) -> tuple[float, float, float]:
    """F1, precision and recall over the meetings that count."""
    hits = wanted = given = 0
    for meeting, p in zip(data, probabilities, strict=True):
        if meeting.weight < 1:
            continue
        for subject, value in zip(meeting.found, p, strict=True):
            subject.score = float(value)
        picked = subjects.distinct([each for each in meeting.found if each.score >= threshold])
        hit = len(score.pair(meeting.gold, [form(each) for each in picked], score.same_issue))
        hits, wanted, given = hits + hit, wanted + len(meeting.gold), given + (hit if meeting.partial else len(picked))
    return 2 * hits / (wanted + given), hits / max(given, 1), hits / wanted


def in_folds(data: Sequence[Meeting]) -> list[numpy.ndarray]:
    """The probabilities of each meeting's subjects by weights learned without its document."""
    documents = sorted({meeting.document for meeting in data})
    random.Random(3).shuffle(documents)
    found: list[numpy.ndarray] = [numpy.zeros(0)] * len(data)
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        w = fit([meeting for meeting in data if meeting.document not in held])
        for n, meeting in enumerate(data):
            if meeting.document in held:
                found[n] = applied(w, meeting)
    return found


def applied(w: dict[str, float], meeting: Meeting) -> numpy.ndarray:
    return 1 / (1 + numpy.exp(-(matrix(meeting.found, list(w)) @ numpy.array(list(w.values())))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="eval/ of the data folder")
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--test", default="", help="another folder of eval/ to score the weights on")
    args = parser.parse_args()
    score = scorer(args.folder)
    data = meetings(args.folder / "train", score)
    probabilities = in_folds(data)
    report(f"train, in {FOLDS} folds", f1(data, probabilities, THRESHOLD, score))
    learned = fit(data)
    if args.test:
        other = meetings(args.folder / args.test, score)
        report(args.test, f1(other, [applied(learned, each) for each in other], THRESHOLD, score))
    if not args.dry_run:
        subjects.WEIGHTS.write_text(written(learned, len(data)))


def report(name: str, figures: tuple[float, float, float]) -> None:
    print(f"{name}: F1 {figures[0]:.3f}  P {figures[1]:.3f}  R {figures[2]:.3f}")


def written(w: dict[str, float], size: int) -> str:
    lines = [
        "# How much each feature says that a phrase is what a meeting was about (log-odds); subjects.py gives their meaning.",
        f"# Learned by training/scripts/rank_issues.py from {size} annotated meetings; do not edit by hand.",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
    ]
    ordered = sorted(w.items(), key=lambda item: -item[1])
    return "\n".join([*lines, *(f'"{name}" = {value:.2f}' for name, value in ordered)]) + "\n"


if __name__ == "__main__":
    main()
