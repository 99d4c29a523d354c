"""manage.py ingest: read documents and store the meetings found in them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from meetings import queue
from meetings.ingest import Ingest, Outcome
from meetings.management.arguments import add_processes
from meetings.models import Document
from meetings.nlp.apart import Analysts
from meetings.nlp.pipeline import Unusable
from meetings.readers import ReadError, apart, discover
from meetings.readers.characters import printable
from meetings.readers.options import Options
from meetings.storage import Change


def add_options(parser, paths: str = "+") -> None:
    """What the text of a document may not say; the same for ingest and extract. ``paths`` says how many there may be."""
    parser.add_argument("paths", nargs=paths, metavar="PATH", help="a file, a folder or a .zip archive")
    parser.add_argument("--kind", help="cable, memcon, readout, news or other; otherwise found by content")
    parser.add_argument("--date", help="date of the documents: 2007-06-01, 2007-06 or 2007")
    parser.add_argument("--source-url", help="where the documents were published")


def checked(paths: list[str]) -> list[Path]:
    for path in paths:
        if os.path.lexists(path):
            continue
        if "://" in path:
            raise CommandError(f"{path} is an address: save what is there as a file, and name that.")
        raise CommandError(f"There is no {printable(path)}. Check the spelling of the path.")
    return [Path(path) for path in paths]


def options_from(given: dict) -> Options:
    try:
        return Options.from_mapping(
            {name: given[name] for name in ("kind", "date", "source_url", "collection") if given.get(name)},
            "the command line",
        )
    except ReadError as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    help = "Read documents (files, folders, .zip archives), find the meetings in them, and store both."

    def add_arguments(self, parser) -> None:
        add_options(parser, "*")
        parser.add_argument(
            "--collection", help="name of the collection that they belong to; made if there is none of the name"
        )
        parser.add_argument(
            "--force", action="store_true", help="extract again what is unchanged; what people decided stays"
        )
        parser.add_argument("--dry-run", action="store_true", help="store nothing, say what would be stored")
        parser.add_argument(
            "--enqueue", action="store_true", help="store the files for workers (manage.py worker) and return at once"
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="instead of files: enqueue what is stored, of --collection alone or all, to be extracted again",
        )
        add_processes(parser)

    def handle(
        self, *, paths: list[str], force: bool, dry_run: bool, enqueue: bool, again: bool, processes: int, **given
    ) -> None:
        if bool(paths) == again:
            raise CommandError("Name files or folders, or say --again for what is stored; not both.")
        if dry_run and (enqueue or again):
            raise CommandError("--dry-run stores nothing, and a queue is stored. Leave one of the two out.")
        if again:
            self.enqueue_again(given["collection"])
        elif enqueue:
            options = options_from(given)
            self.say_enqueued(queue.enqueue_files(discover(checked(paths)), options, force), "file")
        else:
            self.ingest(paths, force, dry_run, processes, given)

    def enqueue_again(self, collection: str | None) -> None:
        documents = Document.objects.all()
        if collection:
            documents = documents.filter(collection__name__iexact=collection)
            if not documents.exists():
                raise CommandError(f"There are no documents in a collection named {printable(collection)}.")
        self.say_enqueued(queue.enqueue_again(documents), "document")

    def say_enqueued(self, count: int, what: str) -> None:
        things = what if count == 1 else f"{what}s"
        self.stdout.write(f"Enqueued {count} {things}. Workers take them up: manage.py worker, or beside make run.")

    def ingest(self, paths: list[str], force: bool, dry_run: bool, processes: int, given: dict) -> None:
        ingest = Ingest(options_from(given), force=force, dry_run=dry_run)
        found = checked(paths)
        apart.start()  # gets ready while the pipeline is loaded
        try:
            nlp = ingest.nlp
        except Unusable as error:
            raise CommandError(str(error)) from error
        with Analysts(nlp, processes) as analysts:
            outcomes = self.watched(ingest.run(found, analysts), sum(1 for _ in discover(found)))
        self.summarise(outcomes, dry_run)
        if force and (same := sum(outcome.change is Change.UNCHANGED for outcome in outcomes)):
            self.stdout.write(f"Extracted again, as --force asks, with the same result: {same}")
        if failed := sum(outcome.change is Change.FAILED for outcome in outcomes):
            kept = "the reasons are above" if dry_run else "each is kept with its reason"
            raise CommandError(f"{failed} of {len(outcomes)} documents failed; {kept}.", returncode=1)
        if not outcomes:
            raise CommandError(f"There are no documents in {', '.join(map(printable, paths))}.")

    def watched(self, run: Iterable[Outcome], total: int) -> list[Outcome]:
        """A run with a progress bar on the terminal; failures are said as they come. ``total`` is how many files there are."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        outcomes = []
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("Reading documents", total=total)
            for outcome in run:
                outcomes.append(outcome)
                # A file may hold several documents, so the bar follows files only roughly.
                progress.update(task, completed=min(len(outcomes), total))
                if outcome.change is Change.FAILED:
                    named = outcome.reason if outcome.file in outcome.reason else f"{outcome.file}: {outcome.reason}"
                    console.print(f"[red]failed[/red] {escape(named)}", highlight=False)
            progress.update(task, completed=total)
        return outcomes

    def summarise(self, outcomes: list[Outcome], dry_run: bool) -> None:
        counted = Counter(outcome.change for outcome in outcomes)
        table = Table(title="Nothing was stored; this is what would be" if dry_run else None)
        for change in Change:
            table.add_column(change.value, justify="right")
        table.add_column("meetings", justify="right")
        table.add_row(*(str(counted[change]) for change in Change), str(sum(outcome.meetings for outcome in outcomes)))
        Console(file=self.stdout).print(table)
        for outcome in outcomes:
            if outcome.reason and outcome.change is not Change.FAILED:
                self.stdout.write(f"{outcome.file}: {outcome.reason}")
