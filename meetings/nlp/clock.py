"""A limit of computing for what is analysed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 5.0  # seconds after which it is said again, in case that something took it for a fault of its own


class OutOfTime(Exception):
    """The limit has passed."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises OutOfTime within what is done here once that has computed for so long; a busy machine changes nothing.

    Only the main thread can be stopped so; any other goes without a limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"it takes more than {seconds:.0f} seconds of computing")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
