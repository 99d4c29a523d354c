"""Fits the weights by which `meetings/nlp/components/confidence.py` says how likely a record is a meeting.

A record is an example: a meeting when it aligns with one of the document's gold file; one that aligns with a bare mention, which
annotators left open, teaches nothing. The probabilities in the file's ``[[calibration]]`` are those of five folds by document,
each predicted by weights that were fitted without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from annotated import FOLDS, Annotated, arguments, documents, fold, scorer
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from meetings.nlp import logistic, pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.extract import prepared
from meetings.records import Extraction

REGULARISATION = 0.2  # scikit-learn's C
RARE = 4  # examples that a feature needs
BINS = 10
THRESHOLD = 0.45  # where F1 is highest in folds lies between 0.4 and 0.5
PRINTED = 0.3  # of other governments' papers, on documents that no weights were fitted on


@dataclass(frozen=True, slots=True)
class Example:
    features: dict[str, float]
    meeting: bool
    fold: int


def main() -> None:
    given = arguments(__doc__)
    nlp = pipeline.load()
    component = nlp.get_pipe("confidence")
    component.threshold = component.printed = 0.0
    score = scorer(given.evaluation)
    examples: list[Example] = []
    for each in documents(given.evaluation, given.folders, given.without):
        doc = nlp(prepared(each.document, nlp))
        examples += labelled(each, doc, score)
    (given.out / "confidence.toml").write_text(as_toml(examples), encoding="utf-8")


def labelled(each: Annotated, doc: Doc, score: ModuleType) -> Iterator[Example]:
    """The document's records with what gold says of them; ``doc`` went through the pipeline with nothing dropped."""
    aligned = {n: each.gold["meetings"][m] for m, n in score.align(each.gold["meetings"], plain(extraction(doc, "")))}
    for n, told in enumerate(doc._.encounters):
        if not aligned.get(n, {}).get("optional"):
            yield Example(told.features, n in aligned, fold(each.name))


def plain(found: Extraction) -> list[dict]:
    """The records as the scorer reads them."""
    return [
        {
            "date": meeting.date,
            "place": meeting.place and {"name": meeting.place.name, "country": meeting.place.country},
            "participants": [
                {"name": one.name, "role": one.role, "country": one.country, "organisation": one.organisation}
                for one in meeting.participants
            ],
        }
        for meeting in found.meetings
    ]


def as_toml(examples: Sequence[Example]) -> str:
    crossed = in_folds(examples)
    bias, weights = fitted(examples)
    lines = [
        "# Written by training/scripts/fit_confidence.py. Records below the threshold are dropped.",
        f"bias = {bias:.3f}",
        f"threshold = {THRESHOLD}",
        f"printed = {PRINTED}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items())),
        "",
        "# In five folds by document: of so many records that were given a probability in this tenth, so many were meetings.",
    ]
    for low, chance, records, meetings in calibration(examples, crossed):
        lines += [
            "[[calibration]]", f"from = {low:.1f}", f"probability = {chance:.3f}", f"records = {records}", f"meetings = {meetings}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def fitted(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression."""
    seen = Counter(name for each in examples for name in each.features)
    rows = [{name: value for name, value in each.features.items() if seen[name] >= RARE} for each in examples]
    names = DictVectorizer()
    model = LogisticRegression(C=REGULARISATION, max_iter=2000)
    model.fit(names.fit_transform(rows), [each.meeting for each in examples])
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0], strict=True))
    return float(model.intercept_[0]), {name: float(weight) for name, weight in weights.items() if abs(weight) > 0.0005}


def in_folds(examples: Sequence[Example]) -> list[float]:
    """Each example's probability by weights that were fitted without its fold."""
    models = {}
    for left_out in range(FOLDS):
        models[left_out] = fitted([each for each in examples if each.fold != left_out])
    return [probability(*models[each.fold], each.features) for each in examples]


def probability(bias: float, weights: dict[str, float], of: dict[str, float]) -> float:
    return logistic.probability(bias + sum(weights.get(name, 0.0) * value for name, value in of.items()))


def calibration(examples: Sequence[Example], chances: Sequence[float]) -> Iterable[tuple[float, float, int, int]]:
    """Of each tenth: where it begins, the mean probability, the number of records, and how many of them were meetings."""
    for n in range(BINS):
        inside = [i for i, chance in enumerate(chances) if min(int(chance * BINS), BINS - 1) == n]
        if inside:
            mean = sum(chances[i] for i in inside) / len(inside)
            yield n / BINS, mean, len(inside), sum(examples[i].meeting for i in inside)


if __name__ == "__main__":
    main()
