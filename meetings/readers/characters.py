"""Characters that texts from outside hold and that no name, no database and no page should get."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")  # halves of pairs: no encoding has them
DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # turn the writing, and let a name look like another
# In a value of one line: control characters of both sets, and halves of surrogate pairs.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# In a file's name, also what ends a line in some places.
UNPRINTABLE = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029]|{DIRECTION.pattern}")


def clean(text: str | None) -> str:
    """A title or a name on one line, with nothing in it that cannot be seen."""
    return " ".join(DIRECTION.sub("", CONTROL.sub(" ", writable(text or ""))).split())


def writable(text: str) -> str:
    """The text with halves of surrogate pairs replaced, one by one, so that offsets stay."""
    return SURROGATE.sub("\ufffd", text)


def printable(name: str) -> str:
    """A file's name as it can be shown and stored: bytes that are no UTF-8 and control characters replaced."""
    return UNPRINTABLE.sub("\ufffd", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
