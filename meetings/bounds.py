"""Bounds that the system keeps a process to: what it may compute, and what it may have in memory."""

from __future__ import annotations

import math
import resource
from pathlib import Path

OUT_OF_MEMORY = 75  # exit status of a process that wanted more than it may have


def bound_memory(more: int) -> None:
    """Lets this process have so many bytes more. Where the system does not tell how many it has, there is no bound."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    addresses, _ = size()
    if addresses:
        resource.setrlimit(resource.RLIMIT_AS, (addresses + more, addresses + more))


def size() -> tuple[int, int]:
    """Bytes of this process's addresses, which the system bounds, and of those in memory; 0 where it does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return 0, 0
    addresses, resident, *_ = (int(pages) * resource.getpagesize() for pages in status.read_text().split())
    return addresses, resident


def bound_time(seconds: float) -> None:
    """The system ends this process (SIGXCPU) when it computes for longer; it counts whole seconds since the process began."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds), hard))
