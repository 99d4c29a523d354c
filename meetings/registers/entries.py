"""What an official list holds."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from ..records import Extraction, SourceDocument


class RegisterError(ValueError):
    """A file that is no official list of a known kind."""


def key_of(*parts: str) -> str:
    """What names an entry whatever file it stands in: SHA-256 of the parts, in hexadecimal."""
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody's term in a post of one state. Dates are EDTF, "" when not known."""

    name: str
    title: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Journey:
    """One entry of a list of journeys or visits as a document, and what it tells. ``key`` names it for good."""

    key: str
    source: SourceDocument
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that cannot be taken. ``key`` names it for good; ``content`` is the row as it stands."""

    key: str
    where: str
    reason: str
    content: str


Entry = Official | Journey | Unreadable
