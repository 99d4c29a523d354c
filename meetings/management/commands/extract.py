"""Print what would be stored for documents, without a database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import tee
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from meetings import readers
from meetings.management.arguments import add_processes
from meetings.readers import apart
from meetings.records import READ_KINDS, ExtractedMeeting, Extraction, SourceDocument


@dataclass(slots=True)
class Tally:
    failed: int = 0


class Command(BaseCommand):
    help = "Print the meetings found in documents: one JSON object a document, or a table. Nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or .zip archives")
        parser.add_argument("--format", choices=["jsonl", "table"], default="table")
        parser.add_argument("--kind", choices=READ_KINDS, help="read every document as this kind")
        parser.add_argument("--date", default="", help="date of documents that do not say theirs (EDTF)")
        parser.add_argument("--source-url", default="", help="where the documents come from")
        add_processes(parser)
        parser.add_argument(
            "--model", default=settings.SPACY_MODEL, help="another installed spaCy pipeline, or its folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from meetings.nlp import pipeline
        from meetings.nlp.apart import Analysts
        from meetings.nlp.extract import extract

        try:
            said = readers.Options.from_mapping(
                {name: options[name] for name in ("kind", "date", "source_url")}, "the command line"
            )
        except readers.ReadError as error:
            raise CommandError(str(error)) from error
        apart.start()  # gets ready while the pipeline is loaded
        try:
            nlp = pipeline.load(options["model"])
        except pipeline.Unusable as error:
            raise CommandError(str(error)) from error
        tally = Tally()
        show = self._line if options["format"] == "jsonl" else self._table
        named, read = tee(self._documents(options["paths"], said, tally))
        with Analysts(nlp, options["processes"]) as analysts:
            extracted = extract((document for _, document in read), nlp, analysts)
            for (name, _), (document, found) in zip(named, extracted, strict=True):
                if isinstance(found, Exception):
                    tally.failed += 1
                    self.stderr.write(f"{name}: its text could not be analysed ({found})")
                else:
                    show(name, document, found)
        if tally.failed:
            raise CommandError("Not everything could be read; see above.", returncode=1)

    def _documents(self, paths: list[str], said: readers.Options, tally: Tally) -> Iterator[tuple[str, SourceDocument]]:
        for source in readers.discover(paths):
            if source.error:
                found, failures = [], [readers.ReadError(source.error)]
            else:
                found, failures = apart.read_all(source.content, source.name, said.over(source.options))
            for failure in failures:
                tally.failed += 1
                self.stderr.write(str(failure))
            for document in found:
                yield source.name, document

    def _line(self, name: str, document: SourceDocument, found: Extraction) -> None:
        self.stdout.write(json.dumps(as_json(name, document, found), ensure_ascii=False))

    def _table(self, name: str, document: SourceDocument, found: Extraction) -> None:
        shown = escape(f"{name}/{document.part}" if document.part else name)
        table = Table(title=f"{shown}: {document.kind}, {document.date or 'no date'}", title_justify="left")
        for column in ("status", "date", "place", "medium", "participants", "issues"):
            table.add_column(column)
        for meeting in found.meetings:
            table.add_row(
                meeting.status,
                meeting.date or "",
                meeting.place.name if meeting.place else "",
                meeting.medium or "",
                "; ".join(f"{each.name or each.role} ({each.country or '?'})" for each in meeting.participants),
                ", ".join(issue.name for issue in meeting.issues),
            )
        console = Console(file=self.stdout, width=160)
        console.print(table if found.meetings else f"{shown}: no meeting found")


def as_json(name: str, document: SourceDocument, found: Extraction) -> dict[str, Any]:
    """A document's line: offsets count characters of the stored text."""
    return {
        "file": name,
        "part": document.part or None,
        "document": {
            "kind": document.kind,
            "title": document.title,
            "date": document.date,
            "identifier": document.identifier or None,
            "origin": document.origin or None,
            "classification": document.classification or None,
            "tags": list(document.tags),
        },
        "meetings": [_meeting(each) for each in found.meetings],
        "statements": [
            {
                "speaker": each.speaker,
                "country": each.country,
                "issue": each.issue or None,
                "kind": each.kind,
                "text": each.text,
                "start": each.start,
                "end": each.end,
            }
            for each in found.statements
        ],
    }


def _meeting(meeting: ExtractedMeeting) -> dict[str, Any]:
    parts = [*meeting.participants, *meeting.issues, *([meeting.place] if meeting.place else [])]
    evidence = [*meeting.evidence, *(each for part in parts for each in part.evidence)]
    return {
        "status": meeting.status,
        "date": meeting.date,
        "date_end": meeting.date_end,
        "place": meeting.place
        and {"name": meeting.place.name, "country": meeting.place.country, "inferred": meeting.place.inferred},
        "medium": meeting.medium,
        "participants": [
            {
                "name": each.name,
                "role": each.role or None,
                "country": each.country,
                "organisation": each.organisation,
                "attendance": each.attendance,
            }
            for each in meeting.participants
        ],
        "issues": [{"name": each.name, "mention": each.mention} for each in meeting.issues],
        "evidence": [{"start": each.start, "end": each.end, "supports": each.field} for each in evidence],
        "confidence": meeting.confidence,
    }
