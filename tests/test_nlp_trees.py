"""Sums of regression trees."""

from __future__ import annotations

import pytest

from meetings.nlp.trees import Trees

DEEP = ["mentions", 1.5, -0.5, ["words", 3.0, 0.25, ["mentions", 9.0, 1.0, 2.0]]]


@pytest.mark.parametrize(
    ("row", "leaf"),
    [
        ({"mentions": 1.5}, -0.5),  # at most the threshold
        ({"mentions": 2, "words": 3}, 0.25),
        ({"mentions": 2, "words": 4}, 1.0),
        ({"mentions": 10, "words": 4}, 2.0),
        ({"words": 4}, -0.5),  # a feature that a row lacks is 0
        ({}, -0.5),
    ],
)
def test_a_row_goes_down_to_one_leaf(row, leaf):
    assert Trees([DEEP], 0.0)([row]).tolist() == [leaf]


def test_trees_and_the_constant_add_up():
    rows = [{"mentions": 2, "words": 3}, {"mentions": 0}]
    assert Trees([DEEP, 0.125, ["words", 0.0, 1.0, 0.0]], 10.0)(rows).tolist() == [10.375, 10.625]


def test_no_rows_give_nothing():
    assert Trees([DEEP], 1.0)([]).tolist() == []
