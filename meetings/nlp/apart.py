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
from multiprocessing.connection import Connection

from spacy.language import Language

from meetings import bounds, limits
from meetings.nlp.extract import budget, reason, together
from meetings.nlp.pipeline import name
from meetings.records import Extraction, SourceDocument

PATIENCE = 10  # times the limit of computing: by the clock, for what waits rather than computes
SPARE = 3.0  # seconds of computing after the limit, within which Python can end what it does by itself
# How a process ends by what it analysed. Whatever else ends it may have come from outside.
OWN_FAULTS = {-getattr(signal, each) for each in ("SIGXCPU", "SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL")}

fork = multiprocessing.get_context("fork")


class Died(Exception):
    """The process that analysed was ended, perhaps from outside."""


class Gone(Exception):
    """The process that waits was ended, and nothing can be analysed any more."""


class Analyst:
    """Analyses in a process apart. To be made while the process has no threads yet; ``stop`` ends what it started."""

    def __init__(self, nlp: Language) -> None:
        self.version = name(nlp)
        self._pipe, theirs = fork.Pipe()
        self._process = fork.Process(target=_wait, args=(theirs, self._pipe, nlp), name="analyst")
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        self._pipe.close()
        self._process.join()

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
        except EOFError:
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
