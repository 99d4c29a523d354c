"""Long documents, and many at once, within a bound of memory: the same is found as if they were read at one go."""

from __future__ import annotations

import pytest
from spacy.language import Language

from meetings import readers
from meetings.nlp import pieces, pipeline
from meetings.nlp.extract import extract, prepared
from meetings.records import Kind
from tests.extraction import nlp

PARAGRAPH = (
    "Canadian Foreign Minister Anne Leclerc met with {who} in {city} on {day} May 2016. They discussed fisheries. "
    "Both governments want new rules. Catches have fallen for years."
)
PEOPLE = (("German Chancellor Karl Brandt", "Berlin"), ("Danish Foreign Minister Mette Holm", "Copenhagen"))
LENGTHS: list[int] = []


@Language.component("measures")
def measures(doc):
    LENGTHS.append(len(doc))
    return doc


def document(paragraphs: int, between: str = "\n\n"):
    told = (PARAGRAPH.format(who=PEOPLE[n % 2][0], city=PEOPLE[n % 2][1], day=n + 1) for n in range(paragraphs))
    options = readers.Options(kind=Kind.NEWS, date="2016-06-10")
    return readers.read(between.join(told).encode(), "long.txt", options)[0]


def found(read, pipe: Language) -> list:
    return [result.meetings for _, result in extract(read, pipe)]


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_a_long_text_is_read_in_pieces_and_the_same_is_found(monkeypatch, between):
    at_once = found([document(6, between)], nlp())
    assert len(at_once[0]) == 6
    measured = pipeline.load()
    measured.add_pipe("measures", first=True)
    LENGTHS.clear()
    monkeypatch.setattr(pieces, "LONGEST", 120)
    (in_pieces,) = found([document(6, between)], measured)
    assert len(LENGTHS) > 1
    assert max(LENGTHS) <= 120
    assert [each.date for each in in_pieces] == [each.date for each in at_once[0]]
    assert [each.participants for each in in_pieces] == [each.participants for each in at_once[0]]
    assert [each.place for each in in_pieces] == [each.place for each in at_once[0]]


def test_short_texts_go_through_together_as_far_as_the_bound_allows(monkeypatch):
    docs = [prepared(document(n), nlp()) for n in (1, 1, 3, 1)]
    monkeypatch.setattr(pieces, "LONGEST", 2 * len(docs[0]))
    assert [[len(doc) for doc in portion] for portion in pieces.portions(docs)] == [
        [len(docs[0]), len(docs[1])],
        [len(docs[2])],
        [len(docs[3])],
    ]


def test_pieces_end_with_a_paragraph_else_with_a_sentence_and_never_after_the_bound(monkeypatch):
    monkeypatch.setattr(pieces, "LONGEST", 10)
    words = ["word"] * 40
    words[7] = "\n\n"
    words[15] = "."
    assert pieces.cuts(words) == [0, 8, 16, 26, 36, 40]
    begins = [n in {0, 8, 17, 25, 33} for n in range(40)]
    assert pieces.cuts(words, begins) == [0, 8, 17, 25, 33, 40]
