"""How much one file, and one document, may ask for. Each limit can be set in the environment; README.md lists them in its table.

Sizes are in bytes (settings in MB), times in seconds.
"""

from __future__ import annotations

import os

MB = 1_000_000


def _limit(name: str, default: int) -> int:
    """A setting that is a whole number above zero. Raises ValueError for anything else, rather than be without a limit."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or len(value) > 12 or int(value) == 0:
        raise ValueError(f"{name}={value!r} is no limit: set it to a whole number above zero.")
    return int(value)


FILE = _limit("LIMIT_FILE_MB", 50) * MB  # a file, and a file in an archive
UNPACKED = _limit("LIMIT_UNPACKED_MB", 500) * MB  # all files of an archive together
FILES = _limit("LIMIT_FILES", 20_000)  # in an archive
PAGES = _limit("LIMIT_PAGES", 5000)  # of a PDF
CHARACTERS = _limit("LIMIT_CHARACTERS", 10_000_000)  # of a document's text
PARAGRAPHS = _limit("LIMIT_PARAGRAPHS", 50_000)  # of a document
SECONDS = _limit("LIMIT_SECONDS", 8)  # of computing, to read one file: a busy machine changes nothing
MEMORY = _limit("LIMIT_MEMORY_MB", 512) * MB  # of the process that reads
ANALYSIS = _limit("LIMIT_ANALYSIS_SECONDS", 8)  # of computing, to look for meetings in a text; and besides
# Of a process that analyses texts, beyond the pipeline itself.
ANALYSIS_MEMORY = _limit("LIMIT_ANALYSIS_MEMORY_MB", 3000) * MB
# Of one statement of the database: its parser of words takes the square of some texts' length.
STORING = _limit("LIMIT_STORING_SECONDS", 10)
PACE = 10_000  # characters a second: a fifth of what running text is read at
PARTS = 200  # of a mail
WORD = 200 * MB  # a Word file unpacked: it is an archive, and a small one can unpack to anything
RATIO = 200  # unpacked to packed size of a file in an archive; text packs at most twentyfold
SIDECAR = 100_000
LIST = 10 * MB  # an official list: XML parsers take the square of a tag's length in time
YAML_DEPTH = 20  # lists in lists of front matter and sidecars, which need one level
