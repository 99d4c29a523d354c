"""From files to meetings in the database: read, extract, resolve, save.

The one place where readers, nlp, resolution and models meet. Each document is one transaction; one that fails is kept
with its reason, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import tee
from pathlib import Path

from django.conf import settings
from django.db import DataError, Error, IntegrityError, OperationalError, transaction
from spacy.language import Language

from . import limits, rollups
from .locking import on_disk, one_at_a_time
from .models import Document, StagedDocument
from .nlp import pipeline
from .nlp.apart import Analysts
from .nlp.extract import extract
from .readers import Options, ReadError, SourceFile, apart, discover
from .records import Extraction, SourceDocument
from .storage import Change, Origin, keep_file, save, save_again, save_failure, unchanged

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; ``reason`` says why it failed or was not extracted."""

    file: str
    change: Change
    meetings: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to analyse, and the file that it came from.

    ``document`` is the stored one, when that is extracted again; ``staged`` is what an editor chose of an upload.
    """

    file: Origin
    source: SourceDocument
    document: Document | None = None
    staged: StagedDocument | None = None


@cache
def loaded(model: str) -> Language:
    """The pipeline that the setting SPACY_MODEL names, loaded once a process."""
    return pipeline.load(model)


@dataclass(frozen=True)
class Ingest:
    """One run. ``force`` extracts again what is unchanged; ``dry_run`` stores nothing and says what would be.

    ``keep`` stores the files too, as the setting KEEP_ORIGINALS has it.
    """

    options: Options = field(default_factory=Options)
    force: bool = False
    dry_run: bool = False
    keep: bool = True

    @property
    def nlp(self) -> Language:
        return loaded(settings.SPACY_MODEL)

    def run(self, paths: Iterable[Path], analysts: Analysts | None = None) -> Iterator[Outcome]:
        """One outcome a document. Texts are analysed in batches, by ``analysts`` or here, and stored one document at a time."""
        settled: deque[Outcome] = deque()
        for outcome in self.finished(self.read(discover(paths), settled), analysts):
            yield from drained(settled)
            yield outcome
        yield from drained(settled)
        if not self.dry_run:
            rollups.refresh_if_stale()
            on_disk()

    def read(self, files: Iterable[SourceFile], settled: deque[Outcome]) -> Iterator[Reading]:
        """The documents to analyse; what can't be read or has not changed is ``settled`` at once."""
        for file in files:
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
                    yield Reading(file, source)

    def finished(self, readings: Iterable[Reading], analysts: Analysts | None = None) -> Iterator[Outcome]:
        """Analyse and store; one outcome a reading, in their order."""
        readings, texts = tee(readings)
        results = extract((reading.source for reading in texts), self.nlp, analysts)
        for reading, (_, result) in zip(readings, results, strict=True):
            yield self.concluded(reading, result)

    def concluded(self, reading: Reading, result: Extraction | Exception) -> Outcome:
        """What becomes of a document with what was found in it, or with the reason why nothing could be looked for."""
        if isinstance(result, Exception):
            return self.given_up(reading, f"Its text could not be analysed ({result}).")
        return self.saved(reading, result)

    def saved(self, reading: Reading, extraction: Extraction) -> Outcome:
        try:
            return self.stored(lambda: self.write(reading, extraction))
        except (DataError, IntegrityError, OperationalError, UnicodeEncodeError) as error:
            if isinstance(error, OperationalError) and not too_much(error):
                raise  # the database is away: no document's fault
            log.exception("%s could not be stored", reading.file.name)
            return self.given_up(reading, f"It could not be stored ({str(error).splitlines()[0]}).")

    def write(self, reading: Reading, extraction: Extraction) -> Outcome:
        if reading.document:
            document = reading.document
            change = save_again(document, reading.source, extraction)
        else:
            self.kept(reading.file)
            document, change = save(reading.file, reading.source, extraction)
        return Outcome(reading.file.name, change, len(extraction.meetings), document.reason)

    def given_up(self, reading: Reading, reason: str) -> Outcome:
        """What was found in a document before stays; one that is not stored yet is kept with the reason."""
        source = reading.source
        if reading.document:
            return Outcome(reading.file.name, Change.FAILED, reason=reason)
        return self.failed(reading.file, reason, source.collection, source.part, source.title)

    def failed(self, file: SourceFile, reason: str, collection: str = "", part: str = "", title: str = "") -> Outcome:
        home = collection or self.options.over(file.options).collection

        def write() -> Outcome:
            self.kept(file)
            return Outcome(file.name, save_failure(file, reason, home, part, title), reason=reason)

        return self.stored(write)

    def kept(self, file: SourceFile) -> None:
        if self.keep and settings.KEEP_ORIGINALS:
            keep_file(file.sha256, file.content)

    def stored(self, write: Callable[[], Outcome]) -> Outcome:
        """The outcome of writing one document, in a transaction of its own."""
        with transaction.atomic():
            one_at_a_time(at_once=False, limit=limits.STORING)
            outcome = write()
            if self.dry_run:
                transaction.set_rollback(True)
        return outcome


def too_much(error: Error) -> bool:
    """Whether a limit was passed: of PostgreSQL (SQLSTATE class 54: more different words in a paragraph than it can index), or of time (57014)."""
    return (getattr(error.__cause__, "sqlstate", None) or "").startswith(("54", "57014"))


def drained(settled: deque[Outcome]) -> Iterator[Outcome]:
    while settled:
        yield settled.popleft()
