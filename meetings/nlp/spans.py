"""Entities of a stretch of a document."""

from __future__ import annotations

from spacy.tokens import Doc, Span


def entities_in(doc: Doc, start: int, end: int) -> list[Span]:
    """Those that lie wholly within the tokens from ``start`` to ``end``, in order; `Span.ents` goes through all of the document's."""
    found: list[Span] = []
    first: int | None = None
    for at in range(start, min(end + 1, len(doc))):
        goes_on = doc[at].ent_iob_ == "I"
        if first is not None and not goes_on:
            found.append(Span(doc, first, at, doc[first].ent_type_))
            first = None
        if doc[at].ent_iob_ == "B":
            first = at
    if first is not None and end >= len(doc):
        found.append(Span(doc, first, len(doc), doc[first].ent_type_))
    return found
