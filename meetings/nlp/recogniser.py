"""Another installed pipeline as the recogniser of entities, its labels turned into ours.

Only its entities are taken. Sentences, tags, trees and lemmas stay the shipped model's, since the components read Universal
Dependencies and other pipelines mostly give another scheme (spaCy's own ClearNLP labels).
"""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from meetings.authorities import countries
from meetings.nlp.cities import city

LABELS = frozenset({"PERSON", "TITLE", "NORP", "GPE", "ORG", "LOC", "FAC", "DATE", "TIME", "EVENT", "LAW"})
OURS = {label: label for label in LABELS} | {"PER": "PERSON"}  # OntoNotes names the others as we do; CoNLL 2003 has PER
# Components whose place the shipped model's take.
REPLACED = frozenset(
    {
        "tagger",
        "morphologizer",
        "parser",
        "senter",
        "sentencizer",
        "attribute_ruler",
        "lemmatizer",
        "trainable_lemmatizer",
    }
)
EMBEDDING = ("tok2vec", "transformer", "curated_transformer")
RELABEL = "relabel"  # name of the component


def adopted(other: Language, shipped: Path) -> Language:
    """``other`` with the shipped model's sentences and syntax in place of its own.

    Raises ValueError when it names no persons, in whatever way.
    """
    found = {OURS.get(label) for labels in other.pipe_labels.values() for label in labels}
    if "PERSON" not in found:
        raise ValueError("it recognises no persons")
    for name in [name for name in other.pipe_names if other.get_pipe_meta(name).factory in REPLACED]:
        other.remove_pipe(name)
    for name in [name for name in other.pipe_names if other.get_pipe_meta(name).factory in EMBEDDING]:
        if not other.get_pipe(name).listening_components:  # it served those that are gone
            other.remove_pipe(name)
    source = spacy.load(shipped, exclude=["tok2vec", "ner"])
    for name in source.pipe_names:
        other.add_pipe(name, source=source)
    return other


def is_ours(nlp: Language) -> bool:
    """Whether the pipeline has our labels and our components, as `make train` writes it."""
    return "TITLE" in nlp.pipe_labels.get("ner", ())


@Language.component(RELABEL, requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def relabel(doc: Doc) -> Doc:
    """Our labels for another pipeline's; what we have no label for is no entity. The lexicon finds the titles."""
    named = [Span(doc, ent.start, ent.end, label) for ent in doc.ents if (label := _label(ent))]
    taken = {i for span in named for i in range(span.start, span.end)}
    titles = [span for span in doc.spans["titles"] if not taken.intersection(range(span.start, span.end))]
    doc.ents = filter_spans([*named, *titles])
    return doc


def _label(ent: Span) -> str | None:
    """A place that another scheme does not tell from a state (CoNLL's LOC) is a state where the tables know it as one."""
    label = OURS.get(ent.label_)
    known = label == "LOC" and (countries.lookup(ent.text) or city(ent.text))
    return "GPE" if known else label
