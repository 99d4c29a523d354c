"""What each meeting was about: the forms of words that most likely say so, two for each subject.

How likely a form says so is the mean, in log-odds, of two models learned from annotated meetings by
`training/scripts/fit_issues.py`: logistic regressions, one over the document's words and one over the tree's names
(`weights/issues.toml`), and boosted trees (`weights/issue_trees.toml`). A further regression weighs the subjects that the
forms make against each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.tokens import Doc

from meetings.nlp import weights
from meetings.nlp.annotations import IssueMention
from meetings.nlp.forms import Context, Form, forms
from meetings.nlp.habits import Mean, habits, stand
from meetings.nlp.logistic import log_odds, probability
from meetings.nlp.stretches import Stretch
from meetings.nlp.trees import Trees

MOST = 14  # subjects of one meeting
MOST_WEIGHED = 60  # forms that are compared with each other
FEW = 30  # forms in what belongs to an encounter of which little is told
SURE = 0.6
MOST_BORROWED = 2
MOST_PLACES = 12  # mentions of one form that are compared with another's
LEAST = 0.12  # chance that either form of a subject is right, for the subject to be weighed
LEADING = 1 / 3  # of that, which the better form reaches by itself
NO_OTHER = -5.0  # log-odds that stand for those of a form that is not there
LINEAR = "linear"  # the log-odds of the regressions, which the trees ask for too


@dataclass(frozen=True, slots=True)
class Subject:
    """One issue of a meeting in two forms: ``name`` is the tree's or the shorter one, ``shown`` the mention of the other.

    ``key``: of the topic tree, empty where neither is of it.
    """

    name: str
    shown: IssueMention
    key: str
    topics: frozenset[str]  # what `IssueMention.name` says of its mentions
    score: float  # probability, 0 to 1

    @property
    def said(self) -> set[str]:
        return {self.name.casefold(), self.shown.mention.casefold(), self.key or self.name.casefold()}


@cache
def model() -> dict[str, Any]:
    """``words`` and ``names``: weights by feature, in log-odds; ``subjects`` likewise; the ``threshold`` of a subject's probability."""
    return weights.load("issues")


class Boosted:
    """The trees, and for the words of forms the means that they ask for; ``told`` as `weights/issue_trees.toml` has them."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.trees = Trees(told["trees"], told["constant"])
        self.means: dict[str, dict[str, float]] = told["means"]

    def mean(self, table: str, word: str) -> float:
        known = self.means[table]
        return known.get(word, known[""])


@cache
def boosted() -> Boosted:
    return Boosted(weights.load("issue_trees"))


def of_meetings(doc: Doc, belonging: Sequence[Sequence[Stretch]]) -> list[list[Subject]]:
    """The subjects of each encounter of a document, the surest first, none of which says what another says.

    An encounter of which few words are told is also about what others of the document are surely about.
    """
    told = list(weighed(doc, belonging))
    about = [list(chosen(found, len(parts))) for found, parts in zip(told, belonging, strict=True)]
    surest = sorted((each for found in about for each in found if each.score > SURE), key=lambda each: -each.score)
    return [
        [*own, *_borrowed(own, surest[: 2 * MOST])] if len(found) <= FEW else own
        for found, own in zip(told, about, strict=True)
    ]


def _borrowed(own: Iterable[Subject], surest: Iterable[Subject]) -> Iterator[Subject]:
    said, left = set().union(*(each.said for each in own)), MOST_BORROWED
    for each in surest:
        if left and said.isdisjoint(each.said):
            said, left = said | each.said, left - 1
            yield replace(each, score=each.score / 2)


def weighed(doc: Doc, belonging: Sequence[Sequence[Stretch]]) -> Iterator[list[Form]]:
    """Every form in what belongs to each encounter, with its chance."""
    for found in standing(doc, belonging):
        weigh(found, [linearly(form, model()) for form in found], boosted())
        yield found


def standing(doc: Doc, belonging: Sequence[Sequence[Stretch]]) -> Iterator[list[Form]]:
    """Every form in what belongs to each encounter, with its features and its standing, but without its chance."""
    context = Context(doc)
    for number, (told, parts) in enumerate(zip(doc._.encounters, belonging, strict=True)):
        sides = {doc._.parties[n].country for n in told.parties} - {None}
        found = forms(context, parts, sides, told.place.name if told.place else "")
        for form, stands in zip(found, stand(context, parts, found, number), strict=True):
            form.standing = stands
        yield found


def weigh(found: Sequence[Form], linear: Sequence[float], other: Boosted) -> None:
    """Sets the forms' chances by the regressions' log-odds and the trees'."""
    asked = [questions(form, odds, other.mean) for form, odds in zip(found, linear, strict=True)]
    for form, one, two in zip(found, linear, other.trees(asked).tolist(), strict=True):
        form.chance = probability((one + two) / 2)


def questions(form: Form, linear: float, mean: Mean) -> dict[str, float]:
    """What the trees may ask of a form."""
    return form.features | form.standing | habits(form, mean) | {LINEAR: linear}


def linearly(form: Form, told: dict[str, dict[str, float]]) -> float:
    """The log-odds of a form by the regressions alone."""
    known = told["names" if form.named else "words"]
    return sum(value * known.get(name, 0.0) for name, value in form.features.items())


def chosen(found: Sequence[Form], size: int) -> Iterator[Subject]:
    """The subjects of a meeting told in ``size`` sentences that are likely enough, the likeliest first."""
    paired = list(pairs(found))
    of_subjects, threshold = model()["subjects"], model()["threshold"]
    ranked = []
    for pair, features in zip(paired, compared(paired, len(found), size), strict=True):
        score = probability(sum(value * of_subjects[name] for name, value in features.items()))
        if score >= threshold:
            ranked.append((score, pair))
    for score, pair in sorted(ranked, key=lambda each: -each[0])[:MOST]:
        yield _subject(pair.first, pair.other or pair.first, score)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forms of one subject, or one; ``either``: the probability that one of them is right."""

    first: Form
    other: Form | None
    either: float


def pairs(found: Iterable[Form]) -> list[Pair]:
    """The likeliest form with the likeliest other one of the same subject, and so on with what is left; the likeliest first.

    Forms are of the same subject when they share the tree's issue, a place in the text, or most of their words. That either
    form is right is taken to be as likely as if they were independent.
    """
    ranked = [_Placed(form) for form in sorted(found, key=lambda form: -form.chance)[:MOST_WEIGHED]]
    told: list[Pair] = []
    while ranked and ranked[0].form.chance >= LEADING * LEAST:
        first, *ranked = ranked
        alike = [each for each in ranked if first.alike(each)]
        other = next((each for each in alike if first.complements(each)), None)
        either = 1 - (1 - first.form.chance) * (1 - (other.form.chance if other else 0.0))
        if either < LEAST:
            continue
        told.append(Pair(first.form, other.form if other else None, either))
        ranked = [each for each in ranked if each not in alike and not (other and other.touches(each))]
    return sorted(told, key=lambda pair: -pair.either)


def compared(told: Sequence[Pair], number: int, size: int) -> Iterator[dict[str, float]]:
    """How each subject stands to the others of its meeting, of which ``number`` forms were found in ``size`` sentences."""
    for rank, pair in enumerate(told):
        yield {
            "constant": 1.0,
            "either": log_odds(pair.either),
            "first": log_odds(pair.first.chance),
            "other": log_odds(pair.other.chance) if pair.other else NO_OTHER,
            "alone": float(pair.other is None),
            "rank": math.log1p(rank),
            "below the best": log_odds(told[0].either) - log_odds(pair.either),
            "sentences": math.log1p(size),
            "forms": math.log1p(number),
        }


def _subject(first: Form, other: Form, score: float) -> Subject:
    """The tree's name goes first, else the shorter form."""
    name, mention = sorted((first, other), key=lambda form: (not form.named, len(form.text)))
    if mention.named:
        mention = name
    key = name.shown.key or mention.shown.key
    return Subject(name.text, mention.shown, key, frozenset((name.shown.name, mention.shown.name)), score)


class _Placed:
    """A form with the characters of the text where it stands."""

    __slots__ = ("form", "places")

    def __init__(self, form: Form) -> None:
        self.form = form
        self.places: set[int] = set()
        for _, _, mention in form.stretches[:MOST_PLACES]:
            self.places.update(range(mention.start, mention.end))

    def alike(self, other: _Placed) -> bool:
        return (bool(self.form.shown.key) and self.form.shown.key == other.form.shown.key) or self.touches(other)

    def touches(self, other: _Placed) -> bool:
        words, others = self.form.words, other.form.words
        return not self.places.isdisjoint(other.places) or 2 * len(words & others) > min(len(words), len(others))

    def complements(self, other: _Placed) -> bool:
        both = " and " in other.form.text and " and " not in self.form.text  # it speaks of something else besides
        return self.form.words != other.form.words and (not self.form.named if other.form.named else not both)
