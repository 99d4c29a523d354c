"""Streaming documents through the pipeline: order, processes, and a document that it fails on."""

from __future__ import annotations

import pytest
from spacy.language import Language

from meetings import readers
from meetings.nlp import pipeline
from meetings.nlp.apart import Analysts
from meetings.nlp.extract import BATCH, extract
from meetings.records import Kind
from tests.extraction import nlp

TEXT = "Canadian Foreign Minister Anne Leclerc met with German Chancellor Karl Brandt in Berlin on {day} May 2016."


def documents(count: int) -> list:
    return [
        readers.read(TEXT.format(day=n + 1).encode(), f"{n}.txt", readers.Options(kind=Kind.NEWS))[0]
        for n in range(count)
    ]


@Language.component("fails_on_the_third_of_may")
def fails(doc):
    if "on 3 May" in doc.text:
        raise ValueError("no such day")
    return doc


def test_a_document_that_the_pipeline_fails_on_costs_no_other_its_meetings():
    breaking = pipeline.load()
    breaking.add_pipe("fails_on_the_third_of_may", first=True)
    found = [result for _, result in extract(documents(5), breaking)]
    assert [isinstance(each, Exception) for each in found] == [False, False, True, False, False]
    assert str(found[2]) == "ValueError: no such day"
    assert all(each.meetings for each in found if not isinstance(each, Exception))


@pytest.mark.parametrize("count", [0, 3, BATCH + 1])
def test_processes_find_the_same_in_the_same_order(count):
    read = documents(count)
    with Analysts(nlp(), 2) as analysts:
        assert list(extract(iter(read), nlp(), analysts)) == list(extract(read, nlp()))


def test_words_that_are_forgotten_leave_no_room_behind():
    """The tables of strings and words grew with every new word, however few they held."""
    pipe, found, rooms = nlp(), [], []
    for turn in range(3):
        with pipe.memory_zone():
            for n in range(15_000):
                pipe.vocab[f"Name{turn}x{n}"]
        pipeline.compact(pipe.vocab)
        rooms.append(pipe.vocab.strings._map.capacity)
        found.append([result for _, result in extract(documents(2), pipe)])
    assert len(set(rooms)) == 1
    assert found[0] == found[1] == found[2]
    assert all(each.meetings for each in found[0])
