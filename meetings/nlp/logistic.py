"""Probabilities and their log-odds, as logistic regression has them. Pure."""

from __future__ import annotations

import math

LEAST = 1e-9  # a probability's distance from 0 and 1, below which rounding may take it for them
MOST = 700.0  # log-odds whose exponential a float still holds


def probability(odds: float) -> float:
    """The probability of these log-odds (0 to 1)."""
    return 1 / (1 + math.exp(min(-odds, MOST)))


def log_odds(chance: float) -> float:
    """Finite for every probability: 0 and 1 are taken for what is next to them."""
    bounded = min(max(chance, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))
