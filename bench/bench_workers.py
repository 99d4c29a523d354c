"""What workers gain from a second process beside bare spaCy, and what share of an ingest the database has.

    python bench/bench_workers.py [--documents 200] [--rounds 3]

The documents are those of bench_extract.py. A worker of one process and one of two take the same files from the queue, alternating
with bare ``nlp.pipe`` of the trained components over their texts in one process and two; the ratios of the medians are the figures.
Workers have done some files before the clock starts; the processes of ``nlp.pipe`` are forked from one that has, too. The
database's share is the time in which an ingest by one process waits for its answers. Other work on the machine makes every wait longer:
beside it stands, where the server is this machine's, its share of the processor's time, which other work leaves alone; and what resolving,
grouping and storing take with it.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench_extract import LEAST_GAIN, documents, seconds
from scratch import ROOT, database

FEW = 48  # files that are enough for each process of a worker to get some
MOST_SHARE = 0.10  # of an ingest's time


@dataclass
class Storing:
    """What it takes to store: the whole time, that of waiting for the database's answers, and the number of statements."""

    seconds: float = 0.0
    waiting: float = 0.0
    statements: int = 0

    def __call__(self, execute, *arguments):
        self.statements += 1
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.waiting += time.perf_counter() - start

    @contextmanager
    def watched(self) -> Iterator[None]:
        from django.db import connection

        from meetings.ingest import Ingest

        real = Ingest.stored

        def stored(ingest, write):
            start = time.perf_counter()
            try:
                return real(ingest, write)
            finally:
                self.seconds += time.perf_counter() - start

        Ingest.stored = stored
        try:
            with connection.execute_wrapper(self):
                yield
        finally:
            Ingest.stored = real


def processed() -> float:
    """Seconds of processor time that the server's end of the connection has had; NaN where it is another machine's."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    try:
        return int(Path(f"/proc/{number}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return math.nan


def share(folder: Path) -> None:
    from meetings.ingest import Ingest

    Ingest().nlp  # noqa: B018 - loaded before the clock starts
    storing = Storing()
    count = 0

    def ingest() -> None:
        nonlocal count
        with storing.watched():
            count = sum(1 for _ in Ingest().run([folder]))

    ours, theirs = time.process_time(), processed()
    whole = seconds(ingest)
    ours, theirs = time.process_time() - ours, processed() - theirs
    print(
        f"database: {storing.waiting / whole:.1%} of an ingest of {count} documents waits for it (at most {MOST_SHARE:.0%}),"
        f" which is {theirs / (ours + theirs):.1%} of the processor's time,"
        f" {storing.statements / count:.0f} statements a document; resolving, grouping and storing take {storing.seconds / whole:.1%},"
        f" {storing.seconds / count * 1000:.0f} ms a document"
    )


@contextmanager
def worker(processes: int) -> Iterator[None]:
    """A worker that is ready to take up jobs."""
    from django.db import connection
    from procrastinate.contrib.django.models import ProcrastinateWorker

    given = connection.get_connection_params()
    host, user, name = given["host"], given["user"], given["dbname"]
    environment = {**os.environ, "DATABASE_URL": f"postgresql:///?host={host}&user={user}&dbname={name}"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", f"--processes={processes}"], cwd=ROOT, env=environment
    )
    try:
        while ProcrastinateWorker.objects.count() < processes:
            assert process.poll() is None
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def worked(paths: list[Path]) -> None:
    """Has files done by whoever works."""
    from meetings import queue, readers

    queue.enqueue_files(readers.discover(paths), readers.Options(), force=True)
    while queue.busy():
        time.sleep(0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    read = documents(args.documents)
    with tempfile.TemporaryDirectory() as made, database():
        from meetings import ingest
        from meetings.models import Document
        from meetings.nlp.components import ORDER
        from meetings.nlp.flow import flow
        from meetings.nlp.rulers import RULERS
        from meetings.storage import delete_documents

        folder = Path(made)
        for number, document in enumerate(read):
            (folder / f"{number:05}.txt").write_text(document.text)
        share(folder)
        nlp = ingest.loaded("")
        ours = [*ORDER, *(ruler[0] for ruler in RULERS)]
        texts = [flow(document).text for document in read]
        words = sum(len(text.split()) for text in texts)

        def bare(processes: int) -> None:
            with nlp.select_pipes(disable=ours):
                for _ in nlp.pipe(texts, n_process=processes, batch_size=16):
                    pass

        speeds: dict[tuple[str, int], list[float]] = {}
        for _ in range(args.rounds):
            for processes in (1, 2):
                speeds.setdefault(("bare spaCy", processes), []).append(words / seconds(lambda n=processes: bare(n)))
                with worker(processes):
                    worked(sorted(folder.iterdir())[:FEW])
                    delete_documents(Document.objects.all())
                    speeds.setdefault(("workers", processes), []).append(words / seconds(lambda: worked([folder])))
    speed = {each: statistics.median(values) for each, values in speeds.items()}
    for (name, processes), value in speed.items():
        print(f"{name:10} {processes} process{'es'[: 2 * (processes - 1)]:2} {value:8.0f} words/s")
    gains = [speed[name, 2] / speed[name, 1] for name in ("bare spaCy", "workers")]
    print(
        f"second process: {gains[0]:.2f}× and {gains[1]:.2f}×, ratio {gains[1] / gains[0]:.2f} (at least {LEAST_GAIN})"
    )


if __name__ == "__main__":
    main()
