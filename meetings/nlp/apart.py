"""Analysis in a process apart: a text that asks for too much time or memory, or crashes a component, ends that process alone.

    who asks → a process that waits, with the pipeline in memory → its fork, which analyses from text to text

A fork has the pipeline at once, but only a process without threads may fork: the one in between has none, and puts another fork
in the place of one that died.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import struct
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from multiprocessing.connection import Connection
from queue import SimpleQueue

from spacy.language import Language

from meetings import bounds, limits
from meetings.nlp.extract import analysed, budget, reason, together
from meetings.records import Extraction, Kind, Passage, SourceDocument

PATIENCE = 10  # times the limit of computing: by the clock, for what waits rather than computes
SPARE = 3.0  # seconds of computing after the limit, within which Python can end what it does by itself
# Analysed once before the first fork, so that what components load on demand is shared, and counts for no text.
FIRST = "The Norwegian Foreign Minister, Kari Vik, met with her Chilean counterpart in Oslo on 2 May 2011. They spoke of ports."
# How a process ends by what it analysed. Whatever else ends it may have come from outside.
OWN_FAULTS = {-getattr(signal, each) for each in ("SIGXCPU", "SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL")}

ENOUGH = signal.SIGUSR1  # ends the process that waits, and with it the one that analyses

fork = multiprocessing.get_context("fork")


class Died(Exception):
    """The process that analysed was ended, perhaps from outside."""


class Gone(Exception):
    """The process that waits was ended, and nothing can be analysed any more."""


class Analyst:
    """Analyses in a process apart. To be made while the process has no threads yet; ``stop`` ends what it started."""

    def __init__(self, nlp: Language) -> None:
        warm(nlp)
        self._pipe, theirs = fork.Pipe()
        self._process = fork.Process(target=_wait, args=(theirs, self._pipe, nlp), name="analyst")
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        self._pipe.close()
        self._process.join()

    def kill(self) -> None:
        """For whoever waits for no answer any more: what is asked at present ends with Gone."""
        os.kill(self._process.pid, ENOUGH)

    def analysed(self, batch: list[SourceDocument]) -> list[Extraction | Exception]:
        """As `extract.analysed`. Raises Died when that cannot be laid to one of these texts, or Gone."""
        found = self._asked(batch)
        if isinstance(found, list):
            return found
        if len(batch) == 1:
            return [RuntimeError(found)]
        return [found for document in batch for found in self.analysed([document])]

    def _asked(self, batch: list[SourceDocument]) -> list[Extraction] | str:
        """What is found in each text; the reason when it fails on any."""
        seconds = budget(batch)
        try:
            self._pipe.send_bytes(struct.pack("d", seconds) + pickle.dumps(batch))
            found, status = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError) as error:
            raise Gone(str(error)) from error
        if status is None:
            return found
        if status != bounds.OUT_OF_MEMORY and status not in OWN_FAULTS:
            raise Died(f"exit status {status}")
        return why(status, seconds)


class Analysts:
    """Several side by side, as a context. To be made while the process has no threads yet: each is asked by one."""

    def __init__(self, nlp: Language, count: int) -> None:
        self._all = [Analyst(nlp) for _ in range(count)]
        self._idle: SimpleQueue[Analyst] = SimpleQueue()
        for each in self._all:
            self._idle.put(each)
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Analysts:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_) -> None:
        if kind:  # nobody waits for what is under way
            for each in self._all:
                each.kill()
        self._threads.shutdown(cancel_futures=True)
        for each in reversed(self._all):  # each has been forked with the pipes of those before it
            each.stop()

    def submit(self, batch: list[SourceDocument]) -> Future[list[Extraction | Exception]]:
        """What `extract.analysed` would give, once it is there. The future raises Gone."""
        return self._threads.submit(self._analysed, batch)

    def _analysed(self, batch: list[SourceDocument]) -> list[Extraction | Exception]:
        analyst = self._idle.get()
        try:
            return one_by_one(analyst, batch)
        finally:
            self._idle.put(analyst)


def one_by_one(analyst: Analyst, batch: list[SourceDocument]) -> list[Extraction | Exception]:
    """What is found in each, where something may end the process from outside: then in each by itself."""
    try:
        return analyst.analysed(batch)
    except Died as error:
        if len(batch) == 1:
            said = f"the process that analysed it was ended from outside ({error}): there may be too little memory"
            return [RuntimeError(said)]
    return [found for document in batch for found in one_by_one(analyst, [document])]


@cache
def warm(nlp: Language) -> None:
    analysed([SourceDocument(FIRST, Kind.NEWS, (Passage(0, len(FIRST)),), "first/1")], nlp)


def why(status: int, seconds: float) -> str:
    if status == bounds.OUT_OF_MEMORY:
        return f"it takes more than {limits.ANALYSIS_MEMORY // limits.MB:,} MB of memory (LIMIT_ANALYSIS_MEMORY_MB)"
    if status == -signal.SIGXCPU:
        return f"it takes more than {seconds:.0f} seconds of computing"
    return f"it ended the program ({signal.Signals(-status).name}), or wants more memory than there is"


# In the process that waits


def _wait(pipe: Connection, of_who_asks: Connection, nlp: Language) -> None:
    of_who_asks.close()  # so that the pipe ends with who asks
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # who asks ends in good order, and this with it
    signal.signal(ENOUGH, lambda *_: sys.exit())
    gc.freeze()  # what is loaded stays shared with the forks
    child: _Child | None = None
    try:
        while True:
            asked = pipe.recv_bytes()
            child = child or _Child(nlp, pipe)
            answer = child.answer(asked)
            if answer.status == bounds.OUT_OF_MEMORY and child.used > 1:
                # Texts before it may have left the process larger: a text is judged by what it needs alone.
                child = _Child(nlp, pipe)
                answer = child.answer(asked)
            if answer.last:
                child = None
            pipe.send_bytes(answer.data)
    except (EOFError, OSError):
        pass
    finally:
        if child:
            child.end()


class _Answer:
    """``data`` as it came, or the exit status in its place; ``last`` when the process that gave it is no more."""

    def __init__(self, data: bytes = b"", status: int | None = None, last: bool = False) -> None:
        self.data, self.status, self.last = data or pickle.dumps((None, status)), status, last


class _Child:
    def __init__(self, nlp: Language, of_who_asks: Connection) -> None:
        self.used = 0
        self.pipe, theirs = fork.Pipe()
        self.process = fork.Process(target=_serve, args=(theirs, (self.pipe, of_who_asks), nlp), daemon=True)
        self.process.start()
        theirs.close()

    def answer(self, asked: bytes) -> _Answer:
        (seconds,) = struct.unpack_from("d", asked)
        self.used += 1
        try:
            self.pipe.send_bytes(asked)
            if not self.pipe.poll(PATIENCE * (seconds + SPARE)):
                self.end()
                return _Answer(status=-signal.SIGXCPU, last=True)
            data = self.pipe.recv_bytes()
        except (EOFError, OSError):
            self.process.join(1)
            return _Answer(status=self.end(), last=True)
        if large := data[:1] == b"L":
            self.end()
        return _Answer(data[1:], last=large)

    def end(self) -> int:
        """The exit status of the process, which is killed if it has not ended."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


# In the process that analyses


def _serve(pipe: Connection, others: tuple[Connection, ...], nlp: Language) -> None:
    for other in others:
        other.close()
    _, before = bounds.size()
    bounds.bound_memory(limits.ANALYSIS_MEMORY)
    while True:
        try:
            asked = pipe.recv_bytes()
            (seconds,) = struct.unpack_from("d", asked)
            bounds.bound_time(seconds + SPARE)
            found = pickle.dumps((_found(pickle.loads(asked[8:]), nlp), None))  # noqa: S301 - from our own process
            _, resident = bounds.size()
            pipe.send_bytes((b"L" if resident - before > limits.ANALYSIS_MEMORY // 2 else b" ") + found)
        except (EOFError, OSError):  # nobody asks any more
            return
        except MemoryError:
            os._exit(bounds.OUT_OF_MEMORY)  # there may be too little left for anything else


def _found(batch: list[SourceDocument], nlp: Language) -> list[Extraction] | str:
    try:
        return together(batch, nlp)
    except MemoryError:
        raise
    except Exception as error:
        return reason(error)
