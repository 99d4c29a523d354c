"""From files to meetings in the database: read, extract, resolve, save.

The one place where readers, nlp, resolution and models meet. Each document is one transaction; one that fails is kept
with its reason, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import tee
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from spacy.language import Language

from . import rollups
from .nlp import pipeline
from .nlp.extract import extract, workers
from .readers import Options, ReadError, SourceFile, apart, discover
from .records import Extraction, SourceDocument
from .storage import Change, save, save_failure, unchanged

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; ``reason`` says why it failed or was not extracted."""

    file: str
    change: Change
    meetings: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Ingest:
    """One run. ``force`` extracts again what is unchanged; ``dry_run`` stores nothing and says what would be.

    ``processes`` analyse texts; reading and storing stay in this one.
    """

    options: Options = field(default_factory=Options)
    force: bool = False
    dry_run: bool = False
    processes: int = 1

    @cached_property
    def nlp(self) -> Language:
        return pipeline.load(settings.SPACY_MODEL)

    def run(self, paths: Iterable[Path]) -> Iterator[Outcome]:
        """One outcome a document. Texts are analysed in batches, and stored one document at a time."""
        apart.start()  # gets ready while the pipeline is loaded
        settled: deque[Outcome] = deque()
        wanted, texts = tee(self.wanted(paths, settled))
        with workers(self.nlp, self.processes) as pool:
            results = extract((source for _, source in texts), self.nlp, pool)
            for (file, source), (_, result) in zip(wanted, results, strict=True):
                yield from drained(settled)
                if isinstance(result, Exception):
                    reason = f"Its text could not be analysed ({result})."
                    yield self.failed(file, reason, source.collection, source.part, source.title)
                else:
                    yield self.saved(file, source, result)
        yield from drained(settled)
        if not self.dry_run:
            rollups.refresh_if_stale()

    def wanted(self, paths: Iterable[Path], settled: deque[Outcome]) -> Iterator[tuple[SourceFile, SourceDocument]]:
        """The documents to analyse; what can't be read or has not changed is ``settled`` at once."""
        for file in discover(paths):
            if file.error:
                sources, failures = [], [ReadError(file.error)]
            else:
                sources, failures = apart.read_all(file.content, file.name, self.options.over(file.options))
            for failure in failures:
                settled.append(self.failed(file, str(failure), part=failure.part))
            for source in sources:
                document = None if self.force else unchanged(file, source, pipeline.name(self.nlp))
                if document:
                    settled.append(Outcome(file.name, Change.UNCHANGED, document.accounts.count()))
                else:
                    yield file, source

    def saved(self, file: SourceFile, source: SourceDocument, extraction: Extraction) -> Outcome:
        def write() -> Outcome:
            document, change = save(file, source, extraction)
            return Outcome(file.name, change, document.accounts.count(), document.reason)

        try:
            return self.stored(write)
        except (DataError, IntegrityError, UnicodeEncodeError) as error:
            log.exception("%s could not be stored", file.name)
            reason = f"It could not be stored ({str(error).splitlines()[0]})."
            return self.failed(file, reason, source.collection, source.part, source.title)

    def failed(self, file: SourceFile, reason: str, collection: str = "", part: str = "", title: str = "") -> Outcome:
        home = collection or self.options.over(file.options).collection
        return self.stored(lambda: Outcome(file.name, save_failure(file, reason, home, part, title), reason=reason))

    def stored(self, write: Callable[[], Outcome]) -> Outcome:
        """The outcome of writing one document, in a transaction of its own."""
        with transaction.atomic():
            outcome = write()
            if self.dry_run:
                transaction.set_rollback(True)
        return outcome


def drained(settled: deque[Outcome]) -> Iterator[Outcome]:
    while settled:
        yield settled.popleft()
