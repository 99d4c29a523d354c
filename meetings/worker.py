"""What a worker does: it takes jobs from the queue, reads and analyses their files, and stores what was found.

    job → its items together → one by one, when that did not go well → set aside, when that did not go well several times

Whatever happens to a worker, every item is done at least once, and to do one twice changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import psycopg
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection, connections, transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.psycopg_connector import PsycopgConnector

from . import queue, rollups
from .ingest import Ingest, Outcome, Reading
from .locking import nobody_stores
from .models import WorkItem
from .nlp import extract
from .nlp.apart import Analyst, Died, Gone
from .readers import Options, SourceFile
from .records import Extraction, Kind
from .staging import Confirmed, Stage
from .storage import Change, one_at_a_time, save_failure, source_of

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 5  # of an item by itself: a worker may also be killed by chance while it is at one
AT_HAND = (
    4  # documents analysed together; more would be quicker by a fortieth, and keep a worker longer that is told to end
)
LONGEST_PAUSE = 60  # seconds before a job is tried again; those whose worker was killed count as tries, too
DIED = "It ended the worker that analysed it: it may need too much memory. Split it, or save it as text."
DATABASE_GONE = (OperationalError, InterfaceError)

ending = threading.Event()  # set when this process was told to end
# Number of this process as a worker in the queue, once it had a job; the supervisor reads it when the process has died.
seat = multiprocessing.Value("q", 0)
analyst: Analyst | None = None  # analyses in a process apart; none where this one does it


class Stopped(Exception):
    """The worker was told to end; what is left of its job is for another."""


class Unsettled(Exception):
    """Some items of a job did not go well, and are tried again."""


class Backoff(BaseRetryStrategy):
    """Jobs are tried for ever, ever more seldom: it is their items that are set aside."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        seconds = 0 if isinstance(exception, Stopped) else min(2 ** min(job.attempts, 16), LONGEST_PAUSE)
        return RetryDecision(retry_in={"seconds": seconds})


# A job


@app.task(name=queue.TASK, queue=queue.QUEUE, pass_context=True, retry=Backoff())
def work(context: JobContext, items: list[int]) -> None:
    """Settle those of the items that are not. Raises Stopped, Unsettled, or what befell the whole batch."""
    seat.value = context.job.worker_id
    try:
        if context.job.attempts == 0:
            steadily(lambda: together(items))
        else:
            left = [item for item in items if not steadily(lambda item=item: by_itself(item))]
            if left:
                raise Unsettled(f"{len(left)} of {len(items)} are left")
    except Exception:
        steadily(lambda: WorkItem.objects.unsettled().filter(pk__in=items).update(state="queued"))
        raise
    if not queue.busy():
        rollups.refresh_if_stale()


def together(items: list[int]) -> None:
    """Settle them as one batch, which is quickest."""
    waiting = list(unsettled().filter(pk__in=items))
    WorkItem.objects.filter(pk__in=[item.pk for item in waiting]).update(state="working")
    outcomes: dict[WorkItem, list[Outcome]] = {item: [] for item in waiting}
    readings: list[tuple[WorkItem, Reading]] = []
    for item in waiting:
        go_on()
        readings += [(item, reading) for reading in readings_of(item, outcomes[item])]
    found: deque[tuple[WorkItem, Reading, Extraction | Exception]] = deque()  # not stored yet
    for start in range(0, len(readings), AT_HAND):
        some = readings[start : start + AT_HAND]
        found.extend((*each, what) for each, what in zip(some, analysed([each for _, each in some]), strict=True))
        # Rather than wait for another worker that stores, there is more to analyse.
        while found and (start + AT_HAND >= len(readings) or nobody_stores()):
            item, reading, what = found.popleft()
            outcomes[item].append(ingest_of(item).concluded(reading, what))
            go_on()
    settle(outcomes)


def by_itself(key: int) -> bool:
    """Settle one item, whatever it does to the worker; returns False when it did not go well and is to be tried again."""
    item = unsettled().filter(pk=key).first()
    if item is None:
        return True
    go_on()
    if item.tries >= TRIES:
        set_aside(item, item.reason)
        return True
    outcomes: list[Outcome] = []
    try:
        readings = list(readings_of(item, outcomes))
        # The reason stands from now on, in case that nobody is left to write it.
        WorkItem.objects.filter(pk=key).update(state="working", tries=item.tries + 1, reason=DIED)
        outcomes += [
            ingest_of(item).concluded(reading, found)
            for reading, found in zip(readings, analysed(readings), strict=True)
        ]
        settle({item: outcomes})
    except DATABASE_GONE:
        raise
    except Exception as error:
        log.exception("%s could not be dealt with", item.name)
        reason = DIED if isinstance(error, Died) else f"It could not be dealt with ({type(error).__name__}: {error})."
        if item.tries + 1 >= TRIES:
            set_aside(item, reason)
            return True
        WorkItem.objects.filter(pk=key).update(state="queued", tries=item.tries + 1, reason=reason)
        return False
    return True


def unsettled():
    return WorkItem.objects.unsettled().select_related("file", "document__collection", "upload__by")


def ingest_of(item: WorkItem) -> Ingest:
    """What deals with the documents of an item. Original files are kept already, by whoever enqueued them."""
    if item.upload is None:
        return Ingest(force=item.force, keep=False)
    return Confirmed(item=item, keep=False) if item.confirmed else Stage(item=item, force=True)


def analysed(readings: list[Reading]) -> list[Extraction | Exception]:
    """What is found in each; in a process apart, where there is one. Raises Died when that was ended from outside."""
    sources = [reading.source for reading in readings]
    if analyst is None:
        return extract.analysed(sources, Ingest().nlp)
    try:
        return analyst.analysed(sources)
    except Gone:
        log.exception("There is nobody left to analyse; another process takes this one's place")
        os._exit(1)  # as if it had been killed: the supervisor sees to the rest


def readings_of(item: WorkItem, outcomes: list[Outcome]) -> list[Reading]:
    """What there is to analyse; ``outcomes`` gets what needs no analysis, as it can't be read or has not changed."""
    file = file_of(item)
    if item.document:
        return [Reading(file, source_of(item.document), item.document)]
    settled: deque[Outcome] = deque()
    readings = list(ingest_of(item).read([file], settled))
    outcomes += settled
    return readings


def file_of(item: WorkItem) -> SourceFile:
    if item.document:
        return SourceFile(item.name, sha256=item.document.sha256)
    return SourceFile(item.name, bytes(item.file.content), item.file.sha256, options=options_of(item))


def options_of(item: WorkItem) -> Options:
    said = dict(item.options)
    if "kind" in said:
        said["kind"] = Kind(said["kind"])
    if "tags" in said:
        said["tags"] = tuple(said["tags"])
    return Options(**said)


def settle(outcomes: dict[WorkItem, list[Outcome]]) -> None:
    now = timezone.now()
    for item, told in outcomes.items():
        failures = [outcome.reason for outcome in told if outcome.change is Change.FAILED]
        item.state, item.settled = "failed" if failures else "done", now
        item.reason, item.meetings = " ".join(failures), sum(outcome.meetings for outcome in told)
    WorkItem.objects.bulk_update(outcomes, ["state", "settled", "reason", "meetings"])


def set_aside(item: WorkItem, reason: str) -> None:
    """An item that nothing can be done with, kept with the reason like a file that cannot be read."""
    with transaction.atomic():
        if item.file and not item.upload:
            one_at_a_time()
            save_failure(file_of(item), reason, options_of(item).collection)
        item.state, item.settled, item.reason = "failed", timezone.now(), reason
        item.save(update_fields=["state", "settled", "reason"])


# What may happen meanwhile


def go_on() -> None:
    if ending.is_set():
        raise Stopped


def steadily(do: Callable[[], T]) -> T:
    """What it returns; done anew when the database went away meanwhile, once it is back. Raises Stopped."""
    while True:
        try:
            return do()
        except DATABASE_GONE as error:
            if not gone(error):
                raise
            log.warning("The database went away (%s); waiting for it", str(error).splitlines()[0])
            await_database()


def gone(error: Exception) -> bool:
    """Whether the server ended the connection or one of two transactions that waited for each other, or gives no answer at all."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(("08", "57P", "40"))


def await_database() -> None:
    pause = 0.1
    while True:
        go_on()
        connection.close()
        try:
            return connection.ensure_connection()
        except DATABASE_GONE:
            ending.wait(pause)
            pause = min(2 * pause, 10)


# The process


def run(parent: int) -> None:
    """Take up jobs until told to end by a signal, or until the process ``parent`` is no longer this one's parent."""
    try:
        asyncio.run(take_up_jobs(parent))
    finally:
        connections.close_all()


async def take_up_jobs(parent: int) -> None:
    taking: asyncio.Task | None = None

    def end() -> None:
        ending.set()
        if taking:
            taking.cancel()

    async def watch() -> None:
        while os.getppid() == parent:
            await asyncio.sleep(1)
        end()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, end)
    watching = asyncio.create_task(watch())
    pause = 1
    while not ending.is_set():
        taking = asyncio.create_task(take_up_jobs_while_connected())
        try:
            await taking
            pause = 1
        except asyncio.CancelledError:
            break
        except (ConnectorException, psycopg.Error, Error, OSError) as error:
            log.warning("The queue cannot be reached (%s); trying again in %d s", error, pause)
            with suppress(asyncio.CancelledError):
                taking = asyncio.create_task(asyncio.sleep(pause))
                await taking
            pause = min(2 * pause, 30)
    watching.cancel()


async def take_up_jobs_while_connected() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3, timeout=10)
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                queues=[queue.QUEUE],
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=1,  # seconds; new jobs are announced, those that are tried again are not
                update_heartbeat_interval=settings.WORKER_PATIENCE / 3,
                stalled_worker_timeout=settings.WORKER_PATIENCE,
            )
