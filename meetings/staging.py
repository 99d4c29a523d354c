"""What was found in an upload, kept until an editor says what becomes of it; and then stored as it was shown.

file of an upload → Stage → StagedDocument rows → an editor's word (intake.py) → Confirmed → the archive
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db import transaction

from . import dates, derivation, queue
from .derivation import Party
from .ingest import Ingest, Outcome, Reading
from .jsonrecords import as_json, from_json
from .models import StagedDocument, WorkItem
from .nlp import pipeline
from .readers import Options, SourceFile
from .readers.files import archive_members
from .readers.formats import media_type
from .records import ExtractedMeeting, Extraction, Field, SourceDocument, fallback_title, why_not_extracted
from .storage import DEFAULT_COLLECTION, Change, already, storable

ARCHIVE = "application/zip"
QUOTES, QUOTE = 3, 400  # passages of a meeting that the preview shows, and characters of each


@dataclass(frozen=True)
class Stage(Ingest):
    """Keeps what is found in a file of an upload beside the archive. An archive's files become items of their own."""

    item: WorkItem | None = None

    def read(self, files: Iterable[SourceFile], settled: deque[Outcome]) -> Iterator[Reading]:
        self.item.staged.all().delete()  # of a try before this one
        for file in files:
            if media_type(file.content, file.name) == ARCHIVE:
                queue.enqueue_upload(self.item.upload, self.handed(file, settled))
            else:
                yield from super().read([file], settled)

    def handed(self, archive: SourceFile, settled: deque[Outcome]) -> Iterator[queue.Handed]:
        for file in archive_members(archive.content, archive.name, Options()):
            if file.error:
                settled.append(self.failed(file, file.error, part=file.name))
            else:
                yield queue.Handed(file.name, file.content, queue.as_json(archive.options.over(file.options)))

    def stored(self, write):
        with transaction.atomic():
            return write()

    def write(self, reading: Reading, extraction: Extraction) -> Outcome:
        source = reading.source
        StagedDocument.objects.create(
            item=self.item,
            part=source.part,
            title=storable(source.title or fallback_title(source) or source.identifier, 500),
            kind=source.kind,
            date=source.date or "",
            collection=storable(source.collection, 200) or DEFAULT_COLLECTION,
            reason=why_not_extracted(source),
            preview=[shown(meeting, source) for meeting in extraction.meetings],
            source=as_json(source),
            extraction=as_json(extraction),
            pipeline=extraction.pipeline,
            same_as=already(reading.file.sha256, source),
        )
        return Outcome(reading.file.name, Change.CREATED, len(extraction.meetings))

    def failed(self, file: SourceFile, reason: str, collection: str = "", part: str = "", title: str = "") -> Outcome:
        StagedDocument.objects.create(
            item=self.item,
            part=storable(part, 200),
            title=storable(title or PurePosixPath(part or file.name).name, 500),
            collection=storable(collection, 200),
            reason=storable(reason, 2000),
            failed=True,
        )
        return Outcome(file.name, Change.FAILED, reason=reason)


@dataclass(frozen=True)
class Confirmed(Ingest):
    """Stores what an editor chose of a file, as it was found; anew only where another pipeline is in use by now."""

    item: WorkItem | None = None

    def read(self, files: Iterable[SourceFile], settled: deque[Outcome]) -> Iterator[Reading]:
        (file,) = files
        version = pipeline.name(self.nlp)
        for staged in self.item.staged.filter(decision="store"):
            reading = Reading(file, from_json(SourceDocument, staged.source), staged=staged)
            if staged.pipeline == version:
                settled.append(self.saved(reading, from_json(Extraction, staged.extraction)))
            else:
                yield reading

    def write(self, reading: Reading, extraction: Extraction) -> Outcome:
        outcome = super().write(reading, extraction)
        reading.staged.document = already(reading.file.sha256, reading.source)
        reading.staged.decision = "stored"
        reading.staged.save(update_fields=["document", "decision"])
        return outcome


def shown(meeting: ExtractedMeeting, source: SourceDocument) -> dict:
    """A meeting in the words of its document, for the page that asks what becomes of it."""
    parties = [
        Party(
            each.name or "",
            role=each.role,
            country=each.country,
            body=each.organisation or "",
            attendance=each.attendance,
        )
        for each in meeting.participants
    ]
    spans = {(claim.start, claim.end) for claim in meeting.evidence if claim.field == Field.MEETING}
    told = sorted(span for span in spans if not any(within(span, other) for other in spans - {span}))
    return {
        "title": derivation.title(parties),
        "status": meeting.status.value,
        "medium": meeting.medium.value if meeting.medium else "",
        "date": dates.span(meeting.date, meeting.date_end),
        "place": meeting.place.name if meeting.place else "",
        "parties": [
            {"name": party.name or party.role, "role": party.role if party.name else "", "country": party.country or ""}
            for party in parties
        ],
        "issues": [issue.name for issue in meeting.issues],
        "quotes": [" ".join(source.text[start:end].split())[:QUOTE] for start, end in told[:QUOTES]],
        "confidence": meeting.confidence,
    }


def within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]
