"""Documents in, records out: streams through the pipeline and turns what its components wrote into plain records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.flow import flow
from meetings.nlp.setting import setting
from meetings.records import Extraction, SourceDocument, why_not_extracted

BATCH = 32  # documents in memory at a time


def extract(documents: Iterable[SourceDocument], nlp: Language) -> Iterator[tuple[SourceDocument, Extraction]]:
    """Each document with what was found in it, in order; nothing is found in one that is not in English or too long.

    Strings that only these texts hold are forgotten after each batch (a memory zone), so memory does not grow.
    """
    version = pipeline.name(nlp)
    batch: list[SourceDocument] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            yield from _batch(batch, nlp, version)
            batch = []
    yield from _batch(batch, nlp, version)


def _batch(batch: list[SourceDocument], nlp: Language, version: str) -> list[tuple[SourceDocument, Extraction]]:
    suitable = [document for document in batch if not why_not_extracted(document)]
    with nlp.memory_zone():
        pairs = nlp.pipe(((prepared(document, nlp), document) for document in suitable), as_tuples=True)
        found = {id(document): extraction(doc, version) for doc, document in pairs}
    return [(document, found.get(id(document), Extraction(pipeline=version))) for document in batch]


def prepared(document: SourceDocument, nlp: Language) -> Doc:
    running = flow(document)
    doc = nlp.make_doc(running.text)
    doc._.flow = running
    doc._.setting = setting(document)
    return doc
