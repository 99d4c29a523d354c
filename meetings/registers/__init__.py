"""Official lists, as files: who held which post (TSV), who travelled where and whom they met (XML). No Django, no spaCy.

The formats are those that the Office of the Historian of the U.S. Department of State publishes (CC0): ``officials``, a TSV with
the columns forename, surname, suffix, role, territory, from, to; and ``journeys``, XML with ``<trips>``, ``<visits>`` or
``<presidents>`` as its root. An entry of a journey is a small document of its own with the encounters that it tells of.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import limits
from . import journeys, officials
from .entries import Entry, RegisterError

__all__ = ["RegisterError", "entries"]


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a file, one at a time; unreadable ones with their reason. Raises RegisterError when it is no such list."""
    try:
        with path.open("rb") as file:
            if path.stat().st_size > limits.LIST:
                raise RegisterError(f"{path.name} is larger than {limits.LIST // limits.MB} MB. Split it.")
            start = file.read(1000).lstrip(b"\xef\xbb\xbf \r\n\t")
            file.seek(0)
            yield from (journeys if start.startswith(b"<") else officials).entries(file, path.name)
    except OSError as error:
        raise RegisterError(f"{path} cannot be read: {error.strerror}.") from error
