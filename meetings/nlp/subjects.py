"""What each meeting was about: the forms of words that most likely say so, two for each subject.

The weights (`weights/issues.toml`) are learned from annotated meetings by `training/scripts/fit_issues.py`: two logistic
regressions, one over the document's words and one over the tree's names.
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
from meetings.nlp.stretches import Stretch

MOST = 14  # subjects of one meeting
MOST_WEIGHED = 60  # forms that are compared with each other
FEW = 30  # forms in what belongs to an encounter of which little is told
SURE = 0.6
MOST_BORROWED = 2
MOST_PLACES = 12  # mentions of one form that are compared with another's
LEADING = 1 / 3  # of the threshold that the better form of a subject reaches by itself


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
    """``words`` and ``names``: weights by feature, in log-odds; the ``threshold`` of a subject's probability."""
    return weights.load("issues")


def of_meetings(doc: Doc, belonging: Sequence[Sequence[Stretch]]) -> list[list[Subject]]:
    """The subjects of each encounter of a document, the surest first, none of which says what another says.

    An encounter of which few words are told is also about what others of the document are surely about.
    """
    told = list(weighed(doc, belonging))
    about = [list(chosen(found)) for found in told]
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
    context = Context(doc)
    for told, parts in zip(doc._.encounters, belonging, strict=True):
        found = forms(context, parts, {doc._.parties[n].country for n in told.parties} - {None})
        for form in found:
            known = model()["names" if form.named else "words"]
            total = sum(value * known.get(name, 0.0) for name, value in form.features.items())
            form.chance = 1 / (1 + math.exp(-total))
        yield found


def chosen(found: Iterable[Form]) -> Iterator[Subject]:
    """The likeliest form, then the likeliest other one of the same subject; and so on with what is left of the others.

    Forms are of the same subject when they share the tree's issue, a place in the text, or most of their words. That either
    form is right is taken to be as likely as if they were independent.
    """
    ranked = [_Placed(form) for form in sorted(found, key=lambda form: -form.chance)[:MOST_WEIGHED]]
    threshold, number = model()["threshold"], 0
    while ranked and number < MOST and ranked[0].form.chance >= LEADING * threshold:
        first, *ranked = ranked
        alike = [each for each in ranked if first.alike(each)]
        other = next((each for each in alike if first.complements(each)), None)
        score = 1 - (1 - first.form.chance) * (1 - (other.form.chance if other else 0.0))
        if score < threshold:
            continue
        number += 1
        yield _subject(first.form, (other or first).form, score)
        ranked = [each for each in ranked if each not in alike and not (other and other.touches(each))]


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
