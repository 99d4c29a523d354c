"""The processes of a worker: forked from one that has loaded the pipeline, replaced when they die, ended together."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import Error, connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from diplomacy import database

from . import ingest, queue, worker
from .nlp.apart import Analyst, warm
from .readers import apart

log = logging.getLogger(__name__)

LOOK = 5.0  # seconds between looks for jobs that stand still
TIDY = 3600.0  # seconds between times when old work is forgotten
LONGEST_PAUSE = 30.0  # seconds before a process is started that keeps dying before it has a job
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # what tells a worker to end
RESCUE = 0x72657363  # number of the advisory lock of whoever gives away the jobs of the dead


@dataclass
class Place:
    """Where one process of the worker runs; ``seat`` is its number in the queue, 0 until it had a job."""

    seat: multiprocessing.sharedctypes.Synchronized = field(default_factory=lambda: multiprocessing.Value("q", 0))
    process: BaseProcess | None = None
    pause: float = 0.0
    due: float = 0.0  # when the next process may start, on the monotonic clock


class Supervisor:
    """``beside`` is the number of the process that started this one, with which it ends; None to outlive it."""

    def __init__(self, processes: int, beside: int | None = None) -> None:
        self.places = [Place() for _ in range(processes)]
        self.beside = beside
        self.ending = False

    def run(self) -> None:
        """Work until SIGTERM, SIGINT or SIGHUP; each process ends after the document at hand."""
        warm(ingest.loaded(settings.SPACY_MODEL))  # before the first fork, so that the processes share its memory
        for number in ENDS:
            signal.signal(number, self.end)
        looked = tidied = -TIDY
        while not self.ending:
            self.fill()
            now = time.monotonic()
            if now - looked > LOOK:
                looked = now
                self.attempt(rescue)
            if now - tidied > TIDY:
                tidied = now
                self.attempt(queue.forget)
            wait([place.process.sentinel for place in self.places if place.process], timeout=0.5)
            if self.beside is not None and os.getppid() != self.beside:
                self.ending = True
        for place in self.places:
            if place.process:
                place.process.terminate()
        for place in self.places:
            if place.process:
                place.process.join()

    def end(self, *_) -> None:
        self.ending = True

    def fill(self) -> None:
        """Start a process wherever there is none, and give the jobs of those that died to others."""
        for place in self.places:
            if place.process and place.process.is_alive():
                continue
            if place.process:
                self.bury(place)
            if time.monotonic() >= place.due and not self.ending:
                place.seat = multiprocessing.Value("q", 0)
                place.process = fork.Process(target=work, args=(place.seat, os.getpid()))
                # Until the fork has its own handlers, a signal to end must wait: this one's would swallow it.
                signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
                place.process.start()
                signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)

    def bury(self, place: Place) -> None:
        seat, status = place.seat.value, place.process.exitcode
        place.process = None
        log.warning("A worker process ended (exit status %s); another takes its place", status)
        # What ends it over a document is bounded by the tries of that document; what ends it earlier is bounded here.
        place.pause = 0.0 if seat else min(2 * place.pause or 1.0, LONGEST_PAUSE)
        place.due = time.monotonic() + place.pause
        if seat:
            self.attempt(lambda: rescue(seat))

    def attempt(self, do) -> None:
        try:
            do()
        except (Error, ConnectorException) as error:
            log.warning("The queue cannot be reached (%s)", str(error).splitlines()[0])
        finally:
            connections.close_all()  # a forked process must not share one


def rescue(dead: int | None = None) -> None:
    """Give the jobs of workers that show no sign of life to others; ``dead`` is one that is known to have died."""
    jobs = app.job_manager
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RESCUE])
        if dead:
            async_to_sync(jobs.unregister_worker)(dead)
        stalled = async_to_sync(jobs.get_stalled_jobs)(
            queue=queue.QUEUE, seconds_since_heartbeat=settings.WORKER_PATIENCE
        )
        for job in stalled:
            log.warning("The worker of job %s shows no sign of life; the job is given to another", job.id)
            jobs.retry_job_by_id(job.id, retry_at=timezone.now())


fork = multiprocessing.get_context("fork")


def work(seat, parent: int) -> None:
    """In the forked process."""
    for number in ENDS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    worker.seat = seat
    worker.analyst = Analyst(ingest.loaded(settings.SPACY_MODEL))  # while there are no threads yet
    apart.start()  # gets ready while the queue is being reached
    try:
        worker.run(parent)
    finally:
        worker.analyst.stop()
        if settings.DATABASES["default"]["EMBEDDED"]:
            database.server().leave()
