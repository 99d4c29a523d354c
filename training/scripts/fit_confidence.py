"""Fits the weights by which `meetings/nlp/components/confidence.py` says how likely a record is a meeting.

A record is an example: a meeting when it aligns with one of the document's gold file; one that aligns with a bare mention, which
annotators left open, teaches nothing. Regularised weights say less than they know: they are stretched by what the examples turn
out to be that weights fitted without their fold are as sure of. The probabilities in the file's ``[[calibration]]`` are those
of five folds by document, each predicted by weights that were fitted and stretched without it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from annotated import Annotated, arguments, documents, fold, scorer
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from meetings.nlp import logistic, pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.extract import prepared
from meetings.records import Extraction

REGULARISATION = 0.3  # scikit-learn's C
UNREGULARISED = 1e3
RARE = 4  # examples that a feature needs
BINS = 10
DIVISIONS = 12  # ways to fold the documents
THRESHOLD = 0.4  # F1 in folds is level from 0.3 to 0.5, and more is found
PRINTED = 0.25  # of other governments' papers, on documents that no weights were fitted on


Fitted = tuple[float, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    features: dict[str, float]
    meeting: bool
    document: str  # its file name


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
            yield Example(told.features, n in aligned, each.name)


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
    bias, weights = stretched(examples)
    lines = [
        "# Written by training/scripts/fit_confidence.py. Records below the threshold are dropped.",
        f"bias = {bias:.3f}",
        f"threshold = {THRESHOLD}",
        f"printed = {PRINTED}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items())),
        "",
        f"# In five folds by document, the mean of {DIVISIONS} ways to fold them: of so many records that were given a probability in",
        "# this tenth, so many were meetings.",
    ]
    for low, chance, records, meetings in calibration(crossed(examples, stretched)):
        lines += [
            "[[calibration]]", f"from = {low:.1f}", f"probability = {chance:.3f}", f"records = {records:.1f}", f"meetings = {meetings:.1f}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def stretched(examples: Sequence[Example]) -> Fitted:
    """Bias and weights, shifted and scaled as a regression on the log-odds in folds says (Platt's calibration)."""
    told = list(crossed(examples, fitted))
    outcome = LogisticRegression(C=UNREGULARISED)
    outcome.fit([[odds] for odds, _ in told], [meeting for _, meeting in told])
    shift, scale = float(outcome.intercept_[0]), float(outcome.coef_[0, 0])
    bias, weights = fitted(examples)
    return shift + scale * bias, {name: scale * weight for name, weight in weights.items()}


def fitted(examples: Sequence[Example]) -> Fitted:
    """Bias and weights of a logistic regression."""
    seen = Counter(name for each in examples for name in each.features)
    rows = [{name: value for name, value in each.features.items() if seen[name] >= RARE} for each in examples]
    names = DictVectorizer()
    model = LogisticRegression(C=REGULARISATION, max_iter=2000)
    model.fit(names.fit_transform(rows), [each.meeting for each in examples])
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0], strict=True))
    return float(model.intercept_[0]), {name: float(weight) for name, weight in weights.items() if abs(weight) > 0.0005}


def crossed(examples: Sequence[Example], fit: Callable[[Sequence[Example]], Fitted]) -> Iterator[tuple[float, bool]]:
    """Of each example in each division, its log-odds by weights that were fitted without its fold, and whether it is a meeting."""
    for division in range(DIVISIONS):
        folds = [fold(each.document, division) for each in examples]
        for left_out in sorted(set(folds)):
            bias, weights = fit([each for each, n in zip(examples, folds, strict=True) if n != left_out])
            for each, n in zip(examples, folds, strict=True):
                if n == left_out:
                    odds = bias + sum(weights.get(name, 0.0) * value for name, value in each.features.items())
                    yield odds, each.meeting


def calibration(told: Iterable[tuple[float, bool]]) -> Iterator[tuple[float, float, float, float]]:
    """Of each tenth: where it begins, the mean probability, the number of records a division, and how many were meetings."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for odds, meeting in told:
        chance = logistic.probability(odds)
        bins[min(int(chance * BINS), BINS - 1)].append((chance, meeting))
    for n, inside in sorted(bins.items()):
        mean = sum(chance for chance, _ in inside) / len(inside)
        yield n / BINS, mean, len(inside) / DIVISIONS, sum(meeting for _, meeting in inside) / DIVISIONS


if __name__ == "__main__":
    main()
