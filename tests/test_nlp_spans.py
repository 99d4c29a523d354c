"""Entities of a stretch of a document."""

from __future__ import annotations

from itertools import combinations_with_replacement

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from meetings.nlp.spans import entities_in

WORDS = "Ann Reed met Lund in New York City".split()


def test_entities_of_a_stretch_are_those_that_lie_wholly_in_it():
    doc = Doc(Vocab(), words=WORDS)
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "PERSON"), Span(doc, 5, 8, "GPE")]
    for start, end in combinations_with_replacement(range(len(doc) + 1), 2):
        assert entities_in(doc, start, end) == list(doc[start:end].ents)
    assert entities_in(doc, 0, len(doc)) == list(doc.ents)


def test_names_side_by_side_are_two():
    doc = Doc(Vocab(), words=WORDS)
    doc.ents = [Span(doc, 0, 1, "PERSON"), Span(doc, 1, 2, "PERSON")]
    assert [each.text for each in entities_in(doc, 0, 2)] == ["Ann", "Reed"]


def test_a_document_without_words_has_none():
    assert entities_in(Doc(Vocab()), 0, 0) == []
