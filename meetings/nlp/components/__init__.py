"""Registered components of the pipeline, one subject each. Importing this package registers them all."""

from meetings.nlp.components import (
    conversation,
    dating,
    encounters,
    entities,
    grouping,
    issues,
    nationality,
    parties,
    places,
    placing,
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
    "nationality",
    "issues",
    "statements",
    "encounters",
    "conversation",
    "grouping",
    "dating",
    "placing",
)

__all__ = [
    "ORDER",
    "conversation",
    "dating",
    "encounters",
    "entities",
    "grouping",
    "issues",
    "nationality",
    "parties",
    "places",
    "placing",
    "sentences",
    "statements",
    "times",
]
