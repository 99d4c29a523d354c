"""Registered components of the pipeline, one subject each. Importing this package registers them all."""

from meetings.nlp.components import (
    conversation,
    encounters,
    entities,
    grouping,
    issues,
    parties,
    places,
    sentences,
    statements,
    times,
)

ORDER = (
    "entities",
    "sentences",
    "times",
    "places",
    "parties",
    "issues",
    "statements",
    "encounters",
    "conversation",
    "grouping",
)

__all__ = [
    "ORDER",
    "conversation",
    "encounters",
    "entities",
    "grouping",
    "issues",
    "parties",
    "places",
    "sentences",
    "statements",
    "times",
]
