"""Learns which forms of words say what a meeting was about: `issues.toml` and `issue_trees.toml` of `meetings/nlp/weights/`.

    python training/scripts/fit_issues.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

The meetings that the extraction finds are aligned with the annotated ones; every form that may name an issue is right or
wrong. Fitted are two logistic regressions, over the documents' words and over the topic tree's names; boosted trees, which
also ask what the regressions say and how often annotators gave such words; and a regression that weighs the subjects of a
meeting against each other. Each learns from what the one before says of documents that it was fitted without.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy
from annotated import FOLDS, arguments, documents, fold, scorer
from scipy.sparse import csr_array
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from spacy.tokens import Doc

from meetings.nlp import pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.extract import prepared
from meetings.nlp.forms import SAYS, Form
from meetings.nlp.habits import Mean, sayings
from meetings.nlp.stretches import stretches
from meetings.nlp.subjects import Boosted, compared, linearly, pairs, questions, standing, weigh
from meetings.nlp.trees import Tree

RARE = 5  # documents that a feature must occur in
STRENGTH = 0.12  # inverse of the penalty on the weights' squares
SUBJECT_STRENGTH = 0.1  # likewise, of the regression over subjects
THRESHOLD = 0.25  # of a subject's probability; F1 hardly changes from 0.22 to 0.28
SLIGHT = 0.05  # a word's weight below which it is left out
OPTIONAL = 0.5  # weight of a meeting that annotators called a bare mention
SAID_IN = 3  # documents that a word must occur in for its mean to be kept
SMOOTHING = 8.0  # forms, right as often as any, that are added to those that have the word
SMALLEST_LEAF = 40  # forms


@dataclass
class Meeting:
    """One meeting found in a document that annotators found too, with every form that may name an issue of it."""

    document: str
    sentences: int
    found: list[Form]
    right: list[bool]
    weight: float
    issues: list[Any]


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
    belonging = stretches(doc)
    found = list(standing(doc, belonging))
    for n, m in score.align(gold["meetings"], told):
        meeting = gold["meetings"][n]
        if issues := meeting.get("issues"):
            right = [any(score.same_issue(issue, form.text) for issue in issues) for form in found[m]]
            weight = OPTIONAL if meeting.get("optional") else 1.0
            yield Meeting(name, len(belonging[m]), found[m], right, weight, issues)


def rows(data: Sequence[Meeting]) -> Iterator[tuple[Meeting, Form, bool]]:
    for meeting in data:
        for form, right in zip(meeting.found, meeting.right, strict=True):
            yield meeting, form, right


def matrix(found: Sequence[dict[str, float]], names: Sequence[str]) -> numpy.ndarray:
    column = {name: n for n, name in enumerate(names)}
    values = numpy.zeros((len(found), len(names)))
    for n, features in enumerate(found):
        for name in features.keys() & column.keys():
            values[n, column[name]] = features[name]
    return values


def regression(data: Sequence[Meeting], named: bool) -> dict[str, float]:
    """The weights of the tree's names (``named``) or of the documents' words."""
    own = [each for each in rows(data) if each[1].named is named]
    seen: dict[str, set[str]] = defaultdict(set)
    for meeting, form, _ in own:
        for name in form.features:
            seen[name].add(meeting.document)
    names = sorted(name for name, told in seen.items() if len(told) >= RARE and name != "constant")
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        csr_array(matrix([form.features for _, form, _ in own], names)),
        [right for *_, right in own],
        sample_weight=[meeting.weight for meeting, *_ in own],
    )
    fitted = {"constant": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))
    return {name: value for name, value in fitted.items() if not name.startswith(SAYS) or abs(value) >= SLIGHT}


def regressions(data: Sequence[Meeting]) -> dict[str, dict[str, float]]:
    return {"words": regression(data, False), "names": regression(data, True)}


class Means:
    """Of each table's words: how many of the forms with them were right, of how many, and in how many documents."""

    def __init__(self, data: Sequence[Meeting]) -> None:
        self.sums: dict[tuple[str, str], numpy.ndarray] = defaultdict(lambda: numpy.zeros(3))
        self.own: dict[tuple[str, str, str], numpy.ndarray] = defaultdict(lambda: numpy.zeros(3))
        totals: dict[str, numpy.ndarray] = defaultdict(lambda: numpy.zeros(3))
        for meeting, form, right in rows(data):
            for table, word in sayings(form):
                self.own[table, word, meeting.document] += [meeting.weight * right, meeting.weight, 0.0]
        for (table, word, _), told in self.own.items():
            told[2] = 1.0
            self.sums[table, word] += told
            totals[table] += told
        self.usual = {table: float(told[0] / told[1]) for table, told in totals.items()}

    def without(self, document: str) -> Mean:
        """The means of the other documents: what is known of a document's words that is not from itself."""
        nothing = numpy.zeros(3)

        def mean(table: str, word: str) -> float:
            return self._mean(table, self.sums[table, word] - self.own.get((table, word, document), nothing))

        return mean

    def tables(self) -> dict[str, dict[str, float]]:
        told = {table: {"": usual} for table, usual in self.usual.items()}
        for (table, word), sums in self.sums.items():
            if word and sums[2] >= SAID_IN:
                told[table][word] = self._mean(table, sums)
        return told

    def _mean(self, table: str, sums: numpy.ndarray) -> float:
        usual = self.usual[table]
        return float((sums[0] + SMOOTHING * usual) / (sums[1] + SMOOTHING)) if sums[2] >= SAID_IN else usual


def boosted(data: Sequence[Meeting], linear: dict[int, float]) -> dict[str, Any]:
    """The trees, their constant, and the means that they ask for; ``linear``: the regressions' log-odds by the form's id."""
    means = Means(data)
    asked = [questions(form, linear[id(form)], means.without(meeting.document)) for meeting, form, _ in rows(data)]
    # Neither single words nor a feature's copy for one kind of document, which trees make themselves.
    seen = Counter(name for each in asked for name in each if not name.startswith(SAYS) and ", " not in name)
    names = sorted(name for name, times in seen.items() if times >= SMALLEST_LEAF)
    model = HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.07,
        max_leaf_nodes=10,
        min_samples_leaf=SMALLEST_LEAF,
        l2_regularization=5.0,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    ).fit(
        matrix(asked, names),
        [right for *_, right in rows(data)],
        sample_weight=[meeting.weight for meeting, *_ in rows(data)],
    )
    # scikit-learn has no public name for the nodes of these trees.
    trees = [_tree(predictor.nodes, 0, names) for (predictor,) in model._predictors]
    return {"constant": float(model._baseline_prediction.item()), "trees": trees, "means": means.tables()}


def _tree(nodes: numpy.ndarray, at: int, names: Sequence[str]) -> Tree:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    below, above = (_tree(nodes, node[side], names) for side in ("left", "right"))
    return [names[node["feature_idx"]], float(f"{node['num_threshold']:.5g}"), below, above]


def subjects(data: Sequence[Meeting], score: ModuleType) -> dict[str, float]:
    """The weights of what a meeting's subjects are compared by."""
    told, right, weight = [], [], []
    for meeting in data:
        paired, left = pairs(meeting.found), list(meeting.issues)
        for pair, features in zip(paired, compared(paired, len(meeting.found), meeting.sentences), strict=True):
            said = {"name": pair.first.text, "mention": (pair.other or pair.first).text}
            issue = next((issue for issue in left if score.same_issue(issue, said)), None)
            if issue is not None:
                left.remove(issue)
            told.append(features)
            right.append(issue is not None)
            weight.append(meeting.weight)
    names = [name for name in told[0] if name != "constant"]
    values = matrix(told, names)
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=SUBJECT_STRENGTH, max_iter=500).fit(
        scaler.transform(values), right, sample_weight=weight
    )
    fitted = model.coef_[0] / scaler.scale_
    constant = float(model.intercept_[0] - fitted @ scaler.mean_)
    return {"constant": constant} | dict(zip(names, map(float, fitted), strict=True))


def fit(data: Sequence[Meeting], score: ModuleType) -> tuple[dict[str, dict[str, float]], dict[str, Any]]:
    """The regressions, and the trees with their means."""
    folds = [
        ([each for each in data if fold(each.document) != n], [each for each in data if fold(each.document) == n])
        for n in range(FOLDS)
    ]
    folds = [(others, own) for others, own in folds if own]
    linear: dict[int, float] = {}
    for others, own in folds:
        told = regressions(others)
        linear |= {id(form): linearly(form, told) for _, form, _ in rows(own)}
    for others, own in folds:
        trees = Boosted(boosted(others, linear))
        for meeting in own:
            weigh(meeting.found, [linear[id(form)] for form in meeting.found], trees)
    return regressions(data) | {"subjects": subjects(data, score)}, boosted(data, linear)


def table(name: str, values: dict[str, float]) -> list[str]:
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return ["", f"[{name}]", *(f"{json.dumps(word, ensure_ascii=False)} = {value:.3f}" for word, value in ordered)]


def written(told: dict[str, dict[str, float]]) -> str:
    lines = [
        "# How much each feature says that one would say in this form what a meeting was about (log-odds); forms.py gives their",
        "# meaning. Under subjects: how each subject stands to the others of its meeting (subjects.py). Made by fit_issues.py.",
        f"threshold = {THRESHOLD}",
    ]
    for name, values in told.items():
        lines += table(name, values)
    return "\n".join(lines) + "\n"


def grown(told: dict[str, Any]) -> str:
    lines = [
        "# Boosted trees over the forms in which one may say what a meeting was about; the constant and the trees' numbers add up to",
        "# log-odds. A tree is a number, or a feature, a threshold, the tree where it is at most that, the tree where it is more.",
        '# Under means: what share of the forms with a word annotators gave (habits.py), "" being any other. Made by fit_issues.py.',
        f"constant = {told['constant']:.4f}",
        "trees = [",
        *(f"  {json.dumps(tree)}," for tree in told["trees"]),
        "]",
    ]
    for name, values in sorted(told["means"].items()):
        lines += table(f'means."{name}"', values)
    return "\n".join(lines) + "\n"


def main() -> None:
    asked = arguments(__doc__)
    score, nlp = scorer(asked.evaluation), pipeline.load()
    data = [
        meeting
        for each in documents(asked.evaluation, asked.folders, asked.without)
        for meeting in aligned(nlp(prepared(each.document, nlp)), each.gold, each.name, score)
    ]
    linear, trees = fit(data, score)
    (asked.out / "issues.toml").write_text(written(linear), encoding="utf-8")
    (asked.out / "issue_trees.toml").write_text(grown(trees), encoding="utf-8")
    print(f"{len(data)} meetings, {sum(len(meeting.found) for meeting in data)} forms")


if __name__ == "__main__":
    main()
