"""Mends and completes the recogniser's entities with what the authorities and the rest of the document know."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from meetings.nlp.entities import boundaries, division, headings, missed, types


@Language.component("entities", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def entities(doc: Doc) -> Doc:
    named = {ent[-1].lower_ for ent in doc.ents if ent.label_ == "PERSON"}
    spans = [
        part for ent in doc.ents for piece in boundaries.whole(doc, ent) for part in division.divided(doc, piece, named)
    ]
    spans = list(boundaries.without_headline_words(doc, spans))
    spans = filter_spans([*headings.in_headings(doc), *boundaries.whole_titles(doc, spans), *spans])
    spans = list(boundaries.joined(doc, types.relabelled(doc, spans)))
    spans = filter_spans([*spans, *missed.in_lexicons(doc, spans)])
    spans = filter_spans(boundaries.with_fields(doc, spans))
    spans = filter_spans([*spans, *missed.named_by_post(doc, spans)])
    spans = filter_spans([*spans, *missed.holding_office(doc, spans)])
    doc.ents = filter_spans([*spans, *missed.repeated(doc, spans)])
    return doc
