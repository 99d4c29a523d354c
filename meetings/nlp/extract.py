"""Documents in, records out: streams through the pipeline and turns what its components wrote into plain records."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from meetings import limits
from meetings.nlp import clock, pieces, pipeline
from meetings.nlp.assembly import extraction
from meetings.nlp.flow import flow
from meetings.nlp.setting import setting
from meetings.records import Extraction, SourceDocument, why_not_extracted

if TYPE_CHECKING:
    from meetings.nlp.apart import Analysts

log = logging.getLogger(__name__)

BATCH = 16  # documents in memory at a time, in each process
UNBROKEN = re.compile(r"\S{500}")  # no word: the tokenizer takes the square of a run of punctuation in time
AHEAD = 16  # batches under way at a time, so that no process is idle while another has a long one

Found = tuple[SourceDocument, Extraction | Exception]


def extract(documents: Iterable[SourceDocument], nlp: Language, analysts: Analysts | None = None) -> Iterator[Found]:
    """Each document with what was found in it, in order; nothing is found in one that is not in English or too long.

    The error stands in place of the extraction of a document that the pipeline fails on; the others are not touched by it.
    Strings that only these texts hold are forgotten after each batch (a memory zone), so memory does not grow. Without
    ``analysts`` the work is done here.
    """
    source = iter(documents)
    batches = iter(lambda: list(islice(source, BATCH)), [])
    if analysts is None:
        for batch in batches:
            yield from zip(batch, analysed(batch, nlp), strict=True)
        return
    waiting: deque[tuple[list[SourceDocument], Future[list[Extraction | Exception]]]] = deque()
    for batch in batches:
        waiting.append((batch, analysts.submit(batch)))
        while len(waiting) > AHEAD or (waiting and waiting[0][1].done()):
            yield from _arrived(*waiting.popleft())
    while waiting:
        yield from _arrived(*waiting.popleft())


def _arrived(batch: list[SourceDocument], found: Future[list[Extraction | Exception]]) -> Iterator[Found]:
    return zip(batch, found.result(), strict=True)


def analysed(batch: list[SourceDocument], nlp: Language) -> list[Extraction | Exception]:
    """What the pipeline finds in each; when it fails on a batch, its documents are tried one by one."""
    try:
        return together(batch, nlp)
    except Exception as error:
        if len(batch) == 1:
            return [RuntimeError(reason(error))]  # of a kind that any process can send
        log.exception("The pipeline failed on a batch; its documents are tried one by one")
    return [found for document in batch for found in analysed([document], nlp)]


def reason(error: Exception) -> str:
    return str(error) if isinstance(error, clock.OutOfTime) else f"{type(error).__name__}: {error}"


def budget(batch: list[SourceDocument]) -> float:
    """Seconds of computing that it may take to analyse these."""
    return limits.ANALYSIS + sum(len(document.text) for document in batch if suits(document)) / limits.PACE


def suits(document: SourceDocument) -> bool:
    return not why_not_extracted(document)


def together(batch: list[SourceDocument], nlp: Language) -> list[Extraction]:
    """What the pipeline finds in each. Raises whatever befalls one of them, OutOfTime among it."""
    version = pipeline.name(nlp)
    suitable = [document for document in batch if suits(document)]
    with clock.limited(budget(batch)), nlp.memory_zone():
        docs = pieces.read((prepared(document, nlp) for document in suitable), nlp)
        found = {id(document): extraction(doc, version) for document, doc in zip(suitable, docs, strict=True)}
    pipeline.compact(nlp.vocab)
    return [found.get(id(document), Extraction(pipeline=version)) for document in batch]


def _broken(run: re.Match[str]) -> str:
    return f"{run[0][:-1]} "  # of the same length: offsets stay


def prepared(document: SourceDocument, nlp: Language) -> Doc:
    running = flow(document)
    doc = nlp.make_doc(UNBROKEN.sub(_broken, running.text))
    doc._.flow = running
    doc._.setting = setting(document)
    return doc
