"""Probabilities and their log-odds."""

from __future__ import annotations

import pytest

from meetings.nlp.logistic import LEAST, log_odds, probability


@pytest.mark.parametrize("chance", [LEAST, 0.12, 0.5, 0.93])
def test_log_odds_and_probability_undo_each_other(chance):
    assert probability(log_odds(chance)) == pytest.approx(chance)


@pytest.mark.parametrize("odds", [-1e6, -40.0, 40.0, 1e6])
def test_no_log_odds_are_beyond_a_probability_nor_any_probability_beyond_log_odds(odds):
    chance = probability(odds)
    assert 0 <= chance <= 1
    assert log_odds(chance) == pytest.approx(log_odds(float(odds > 0)))
    assert log_odds(chance) * odds > 0
