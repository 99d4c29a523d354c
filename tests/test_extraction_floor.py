"""The extraction as a whole does not fall below what it has reached on a small annotated collection of our own."""

from __future__ import annotations

import pytest

from meetings.nlp.extract import extract
from tests import annotated
from tests.extraction import nlp

# F1. Not a yardstick of quality (docs/results.md is): a fall below shows that a change broke something.
FLOORS = {
    "meeting": 0.77,
    "participant": 0.84,
    "country": 0.85,
    "role": 0.86,
    "attendance": 0.88,
    "date": 0.79,
    "place": 0.75,
    "medium": 0.94,
    "status": 0.92,
    "issue": 0.6,
    "document date": 0.9,
}


@pytest.fixture(scope="module")
def counts():
    _, documents, gold = zip(*annotated.collection(), strict=True)
    found = [result for _, result in extract(documents, nlp())]
    return annotated.scored(zip(documents, found, gold, strict=True))


@pytest.mark.parametrize("measure", FLOORS)
def test_the_extraction_keeps_what_it_has_reached(counts, measure):
    assert counts[measure].f1 >= FLOORS[measure], counts[measure]
