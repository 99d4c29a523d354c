"""The spaCy pipeline: the trained model that the app ships, with our components on top."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from meetings.nlp import annotations, components
from meetings.nlp.rulers import RULERS

MODEL = Path(__file__).parent / "model"
VERSION = "1"  # of the components together


def load(model: str | Path | None = None) -> Language:
    """The pipeline on ``model``: a folder or the name of an installed pipeline; the shipped one without it.

    Raises OSError when there is no such pipeline.
    """
    annotations.register()
    nlp = spacy.load(model or MODEL)
    for name, key, attribute, patterns in RULERS:
        ruler = nlp.add_pipe(
            "span_ruler", name=name, config={"spans_key": key, "phrase_matcher_attr": attribute}, last=True
        )
        with nlp.select_pipes(enable=[]):
            ruler.add_patterns(patterns())
    for name in components.ORDER:
        nlp.add_pipe(name, last=True)
    return nlp


def name(nlp: Language) -> str:
    """What evidence says of the pipeline: its model with version, and the version of the components."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}, components {VERSION}"
