"""The spaCy pipeline: the trained model that the app ships, or another's entities on it, with our components among it."""

from __future__ import annotations

from pathlib import Path

import spacy
from preshed.maps import PreshMap
from spacy.language import Language
from spacy.vocab import Vocab

from meetings.nlp import annotations, components, recogniser
from meetings.nlp.rulers import RULERS

MODEL = Path(__file__).parent / "model"
VERSION = "1"  # of the components together
SYNTAX = "tok2vec_syntax"  # the first component of the syntax, which keeps to the sentences that it is given
LEMMAS = 20_000  # words whose lemmas are remembered
BEFORE_SYNTAX = frozenset({"entities", "sentences"})
FORGOTTEN = 1.5  # entries in the table of strings for each that still holds one, above which it is made anew


class Unusable(Exception):
    """The pipeline asked for is not installed, cannot be loaded, or finds no entities; the message says what to do."""


class Remembered(dict):
    """A dictionary that starts afresh when it is full: the lemmatizer's would hold every new word for good."""

    def __setitem__(self, key: object, value: object) -> None:
        if len(self) >= LEMMAS:
            self.clear()
        super().__setitem__(key, value)


def load(model: str | Path | None = None) -> Language:
    """The pipeline on ``model``: a folder or the name of an installed pipeline; the shipped one without it.

    A pipeline with other labels than ours gives its entities, and the shipped model the rest. Raises Unusable.
    """
    annotations.register()
    nlp = _other(model) if model else spacy.load(MODEL)
    ours = recogniser.is_ours(nlp)
    if not ours:
        try:
            recogniser.adopted(nlp, MODEL)
        except ValueError as error:
            raise Unusable(_advice(model, error)) from error
    for name, key, attribute, patterns in RULERS:
        ruler = nlp.add_pipe(
            "span_ruler", name=name, config={"spans_key": key, "phrase_matcher_attr": attribute}, before=SYNTAX
        )
        with nlp.select_pipes(enable=[]):
            ruler.add_patterns(patterns())
    if not ours:
        nlp.add_pipe(recogniser.RELABEL, before=SYNTAX)
    for name in components.ORDER:
        nlp.add_pipe(name, before=SYNTAX if name in BEFORE_SYNTAX else None)
    nlp.get_pipe("lemmatizer").cache = Remembered()
    return nlp


def compact(vocab: Vocab) -> None:
    """Gives back the room of strings and words that a memory zone has forgotten; not to be called within one.

    Their entries stay in the hash tables, marked as deleted, and the tables grow with every new word (preshed has no way to
    shrink one). Words that are left out here are made again when they are met.
    """
    strings = vocab.strings
    if len(strings._map) < FORGOTTEN * len(strings):  # the map's length counts what is deleted, the store's does not
        return
    kept = PreshMap()
    for key, address in strings._map.items():
        kept[key] = address
    strings._map = kept
    getters = dict(vocab.lex_attr_getters)
    everything = ("strings", "vectors", "lookups")
    vocab.from_bytes(vocab.to_bytes(exclude=everything), exclude=everything)  # empties the table of words
    vocab.lex_attr_getters.update(getters)  # which it would wrap once more each time


def _other(model: str | Path) -> Language:
    try:
        return spacy.load(model)
    except (OSError, ValueError, ImportError) as error:  # not there; made for other versions; needs another package
        raise Unusable(_advice(model, error)) from error


def _advice(model: str | Path | None, error: Exception) -> str:
    reason = str(error).split(". ")[0].rstrip(".")
    return (
        f"The spaCy pipeline {str(model)!r} (SPACY_MODEL) cannot be used: {reason}. Install one that recognises entities,"
        f" for example with `.venv/bin/python -m spacy download en_core_web_sm`, or leave SPACY_MODEL empty for the one"
        " that the app ships."
    )


def name(nlp: Language) -> str:
    """What evidence says of the pipeline: its model with version, and the version of the components."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}, components {VERSION}"
