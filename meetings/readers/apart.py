"""Reading in a process apart: a file that crashes a parser, or asks for too much time or memory, ends that process alone.

The process lives on from file to file, so that its start is paid once. What it sends back is believed: it guards against
files that exhaust or crash a parser, not against one that takes it over.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler

from meetings import bounds, limits
from meetings.readers.options import Options, ReadError
from meetings.records import SourceDocument

log = logging.getLogger(__name__)

Found = tuple[list[SourceDocument], list[ReadError]]

PATIENCE = 10  # times the limit of computing: by the clock, for what waits rather than computes
START = 120  # seconds within which the process has to be ready
FILES = 500  # read by one process; parsers leak
# Read once before the first file, so that what readers load on demand counts for none.
FIRST = b"The two ministers met in the capital on Monday, 6 May 1991, and spoke of ports and of fish for an hour."


class ReaderProcess:
    """One process at a time, started when there is something to read; threads take turns."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection
        self._owner = 0
        self._read = 0  # files read by this process

    def start(self) -> None:
        """Begin to start the process, unless there is one: it gets ready while its caller does something else."""
        with self._turn:
            self._start()

    def stop(self) -> None:
        with self._turn:
            if self._process and self._owner == os.getpid():
                self._end()

    def process_id(self) -> int:
        """Of the process that read last, or 0."""
        return self._process.pid if self._process else 0

    def read_all(self, data: bytes, name: str, options: Options | None = None) -> Found:
        """As `readers.read_all`. What ends the process is the failure of this file, with its reason."""
        with self._turn:
            self._start()
            used = self._read > 0
            found = self._asked(data, name, options)
            # Files before it may have left the process larger: a file is judged by what it needs alone.
            if found == bounds.OUT_OF_MEMORY and used:
                self._start()
                found = self._asked(data, name, options)
        if isinstance(found, int):
            found = [], [ReadError(_why(name, found))]
        return found

    def _start(self) -> None:
        if self._process and self._owner == os.getpid() and self._process.is_alive() and self._read < FILES:
            return
        if self._process and self._owner == os.getpid():
            self._end()
        # Started afresh: a forked process would have the database's connections, and perhaps another thread's locks.
        afresh = multiprocessing.get_context("spawn")
        self._pipe, theirs = afresh.Pipe()
        self._process = afresh.Process(target=_serve, args=(theirs,), name="reader", daemon=True)
        self._process.start()
        theirs.close()
        self._owner, self._read = os.getpid(), 0

    def _end(self) -> int:
        """The exit status of the process, which is killed if it has not ended."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        status, self._process = self._process.exitcode, None
        return status

    def _asked(self, data: bytes, name: str, options: Options | None) -> Found | int:
        """What the process answers, or its exit status when it has ended."""
        try:
            if not self._read and not (self._pipe.poll(START) and self._pipe.recv()):
                raise EOFError
        except EOFError:
            raise RuntimeError(f"The process that reads files did not start (exit status {self._end()}).") from None
        self._read += 1
        try:
            self._pipe.send((name, options))
            self._pipe.send_bytes(data)
            if self._pipe.poll(PATIENCE * limits.SECONDS):
                found, large = self._pipe.recv()
                if large:
                    self._read = FILES  # the next file gets another process
                return found
        except (EOFError, OSError):
            self._process.join(1)
            return self._end()
        self._end()
        return -signal.SIGXCPU


def _why(name: str, status: int) -> str:
    if status == bounds.OUT_OF_MEMORY:
        return (
            f"{name} takes more than {limits.MEMORY // limits.MB} MB of memory to read (LIMIT_MEMORY_MB)."
            " Split it, or save it as text."
        )
    if status == -signal.SIGXCPU:
        return f"{name} takes more than {limits.SECONDS} seconds of computing to read (LIMIT_SECONDS). Split it, or save it as text."
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return f"{name} crashed the program that reads it ({how}), or wants more than {limits.MEMORY // limits.MB} MB of memory. Save it as text."


_reader = ReaderProcess()
start, read_all, process_id = _reader.start, _reader.read_all, _reader.process_id
atexit.register(_reader.stop)


# In the process apart


def _serve(pipe: Connection) -> None:
    from meetings import readers

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked, whose end closes the pipe
    readers.read_all(FIRST)
    _, resident = bounds.size()
    bounds.bound_memory(limits.MEMORY - resident)
    pipe.send(True)
    while True:
        try:
            name, options = pipe.recv()
            data = pipe.recv_bytes()
            bounds.bound_time(limits.SECONDS)
            found = _answer(data, name, options)
            del data
            pipe.send_bytes(ForkingPickler.dumps((found, bounds.size()[1] > limits.MEMORY // 2)))
            del found
        except EOFError:
            return
        except MemoryError:
            os._exit(bounds.OUT_OF_MEMORY)  # there may be too little left for anything else


def _answer(data: bytes, name: str, options: Options | None) -> Found:
    from meetings import readers

    try:
        return readers.read_all(data, name, options)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours, which may not end the run
        log.exception("%s could not be read", name)
        return [], [ReadError(f"{name} cannot be read ({type(error).__name__}: {error}). Save it again, or as text.")]
