"""Documents through the pipeline with a bound on memory: the trained components take a few thousand tokens at a time.

What they hold while they read goes with the tokens that they are given at once (40 kB each with the shipped model). So short
documents go through together as far as the bound allows, and of a long one they get piece after piece, cut between paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import components
from meetings.nlp.recogniser import RELABEL
from meetings.nlp.rulers import RULERS

LONGEST = 5000  # tokens
OURS = frozenset({RELABEL, *components.ORDER, *(ruler[0] for ruler in RULERS)})
# What the trained components write: entities and sentences, then, in the sentences that our components leave, their syntax.
RECOGNISED = (ENT_IOB, ENT_TYPE, SENT_START)
SYNTAX = (TAG, POS, MORPH, LEMMA, DEP, HEAD)


def read(docs: Iterable[Doc], nlp: Language) -> Iterator[Doc]:
    """Each Doc with what the pipeline's components write on it, in order."""
    for together in portions(docs):
        if len(together[0]) > LONGEST:
            yield in_pieces(together[0], nlp)
        else:
            yield from nlp.pipe(together)


def portions(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """The Docs in order, those together that have no more than `LONGEST` tokens in all."""
    portion: list[Doc] = []
    for doc in docs:
        if portion and sum(map(len, portion)) + len(doc) > LONGEST:
            yield portion
            portion = []
        portion.append(doc)
    if portion:
        yield portion


def in_pieces(doc: Doc, nlp: Language) -> Doc:
    for ours, group in groupby(nlp.pipeline, key=lambda each: each[0] in OURS):
        if ours:
            for _, component in group:
                doc = component(doc)
        else:
            _annotate(doc, [component for _, component in group])
    return doc


def _annotate(doc: Doc, trained: Sequence) -> None:
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    again = doc.has_annotation("SENT_START")
    starts = [bool(token.is_sent_start) for token in doc] if again else None
    written = SYNTAX if again else RECOGNISED
    rows = []
    for start, end in pairwise(cuts(words, starts)):
        piece = Doc(doc.vocab, words[start:end], spaces[start:end], sent_starts=starts and starts[start:end])
        for component in trained:
            piece = component(piece)
        rows.append(piece.to_array(written))
    doc.from_array(written, numpy.concatenate(rows))


def cuts(words: Sequence[str], starts: Sequence[bool] | None = None) -> list[int]:
    """Where pieces begin and the last one ends: before a sentence where ``starts`` tells them, best before a paragraph.

    Without ``starts``, a paragraph without end is cut after a full stop, or in the end anywhere.
    """
    found = [0]
    while len(words) - found[-1] > LONGEST:
        first, last = found[-1] + 1, found[-1] + LONGEST
        backwards = range(last, first + LONGEST // 2, -1)
        found.append(
            next((at for at in backwards if "\n\n" in words[at - 1]), None)
            or next((at for at in backwards if (starts[at] if starts else words[at - 1] in {".", "?", "!"})), last)
        )
    return [*found, len(words)]
