"""Documents as plain values: what they are, what became of them, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from .formats import CHUNK, at

if TYPE_CHECKING:
    from ..models import Document
    from ..querysets import DocumentQuerySet


def values(documents: DocumentQuerySet, site: str = "") -> Iterator[dict[str, Any]]:
    """Some documents, counted, in their order."""
    for document in documents.select_related("collection").iterator(chunk_size=CHUNK):
        yield as_json(document, site)


def as_json(document: Document, site: str) -> dict[str, Any]:
    """``meetings`` counts those that the document tells of; ``sha256`` is of the original file."""
    return {
        "id": document.public_id,
        "url": site + reverse("document", args=[document.public_id]),
        "title": document.title or None,
        "kind": document.kind,
        "identifier": document.identifier or None,
        "date": document.date or None,
        "earliest": document.earliest.isoformat() if document.earliest else None,
        "latest": document.latest.isoformat() if document.latest else None,
        "origin": document.origin or None,
        "classification": document.classification or None,
        "tags": document.tags,
        "references": document.references,
        "language": document.language,
        "collection": document.collection.name,
        "state": document.state,
        "reason": document.reason or None,
        "meetings": document.meeting_count,
        "copy": document.copy_of_id is not None,
        "notice": document.notice or None,
        "file": document.file_name,
        "part": document.part or None,
        "sha256": document.sha256,
        "source": document.source_url or None,
        "published_by": document.site or None,
        "reader": document.reader or None,
        "pipeline": document.pipeline or None,
    }


NAMES = """id url title kind identifier date earliest latest origin classification tags references language collection
state reason meetings copy notice file part sha256 source published_by reader pipeline""".split()
COLUMNS = {name: at(name) for name in NAMES}
