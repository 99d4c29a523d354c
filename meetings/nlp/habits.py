"""How a form of words stands in its meeting and document, and how readily annotators give such words.

It is what the trees of `weights/issue_trees.toml` ask of a form besides the features of `meetings.nlp.forms`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from meetings.nlp.forms import Context, Form, stems
from meetings.nlp.nounphrases import head
from meetings.nlp.stretches import Stretch

Mean = Callable[[str, str], float]  # of a table's word: the share of the forms with it that annotators gave

WORD, HEAD, PHRASE, ISSUE = "word", "head", "phrase", "issue"


def _table(form: Form, kind: str) -> str:
    return f"{kind} of {'names' if form.named else 'words'}"


def sayings(form: Form) -> Iterator[tuple[str, str]]:
    """The tables and the words in them by which annotators' habits with such a form are known."""
    words = stems(form.text)
    yield from ((_table(form, WORD), word) for word in dict.fromkeys(words))
    yield _table(form, HEAD), _head(form.text, words)
    yield _table(form, PHRASE), " ".join(words)
    if form.shown.key:
        yield _table(form, ISSUE), form.shown.key


def habits(form: Form, mean: Mean) -> dict[str, float]:
    words = stems(form.text)
    said = [mean(_table(form, WORD), word) for word in words or [""]]
    return {
        "mean of head": mean(_table(form, HEAD), _head(form.text, words)),
        "mean of first word": said[0],
        "mean of last word": said[-1],
        "mean of words": fmean(said),
        "mean of best word": max(said),
        "mean of worst word": min(said),
        "mean of phrase": mean(_table(form, PHRASE), " ".join(words)),
        "mean of issue": mean(_table(form, ISSUE), form.shown.key) if form.shown.key else -1.0,
    }


def _head(text: str, words: Sequence[str]) -> str:
    return next(reversed(stems(head(text)) or words), "")


def stand(context: Context, parts: Sequence[Stretch], found: Sequence[Form], number: int) -> Iterator[dict[str, float]]:
    """The standing of each form ``found`` in the sentences ``parts`` of the document's encounter of that ``number``."""
    paragraphs = len({part.opens for part in parts}) or 1
    body = [part for part in parts if part.part == "body"]
    first = min((part.opens for part in body), default=-1)
    begins, ends = min((part.start for part in parts), default=0), max((part.end for part in parts), default=1)
    shared = {
        f"is {context.own_kind.value}": 1.0,
        "sentences": len(parts),
        "sentences of the body": len(body),
        "forms": len(found),
        "encounters before": number,
        "encounters": context.encounters,
        "length": math.log(max(len(context.text), 1)),
        "share that tells": sum(part.telling for part in parts) / max(len(parts), 1),
        "paragraphs of the meeting": paragraphs,
    }
    ranks = {n: rank for rank, n in enumerate(sorted(range(len(found)), key=lambda n: -len(found[n].stretches)))}
    for n, form in enumerate(found):
        words, split = stems(form.text), form.text.split()
        places = [mention.start for _, _, mention in form.stretches]
        yield shared | {
            "head in the document": math.log1p(context.frequency[_head(form.text, words)]),
            "words in the document": fmean(math.log1p(context.frequency[word]) for word in words or [""]),
            "words": len(split),
            "characters": len(form.text),
            "capitalised words": sum(word[0].isupper() for word in split),
            "content words": len(words),
            "share of paragraphs": len({stretch.opens for _, stretch, _ in form.stretches}) / paragraphs,
            "share of sentences": len({rank for rank, _, _ in form.stretches}) / max(len(parts), 1),
            "first place": (min(places) - begins) / max(ends - begins, 1),
            "last place": (max(places) - begins) / max(ends - begins, 1),
            "in the first paragraph": float(any(stretch.opens == first for _, stretch, _ in form.stretches)),
            "rank by mentions": ranks[n],
        }
