"""Registered components of the pipeline, one subject each. Importing this package registers them all."""

from meetings.nlp.components import (
    conversation,
    encounters,
    grouping,
    issues,
    parties,
    places,
    sentences,
    statements,
    times,
)

ORDER = ("sentences", "times", "places", "parties", "issues", "statements", "encounters", "conversation", "grouping")

__all__ = [
    "ORDER",
    "conversation",
    "encounters",
    "grouping",
    "issues",
    "parties",
    "places",
    "sentences",
    "statements",
    "times",
]
