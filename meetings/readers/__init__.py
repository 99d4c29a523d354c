"""From a file's bytes to documents: ``read`` for one file, ``discover`` for what a person names on the command line.

A file format (text, HTML, PDF, …) gives raw text; its kind (cable, memorandum, readout, news) is found by content; the kind's
reader says which passage is what and what the document says about itself. No Django, no spaCy.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from meetings.readers import archival, cable, formats, kinds, news, release
from meetings.readers.files import SourceFile, discover
from meetings.readers.language import language_of
from meetings.readers.options import Options, ReadError
from meetings.readers.reading import RawText
from meetings.records import Kind, SourceDocument

__all__ = ["Options", "ReadError", "SourceFile", "discover", "read"]

_READERS = {Kind.CABLE: cable, Kind.MEMCON: archival, Kind.READOUT: release, Kind.NEWS: news, Kind.OTHER: archival}
MAX_CHARACTERS = 10_000_000


def read(path_or_bytes: str | Path | bytes, name: str = "", options: Options | None = None) -> list[SourceDocument]:
    """The documents of one file. ``name`` is what messages call it. Raises ReadError when there is nothing to read.

    ``options`` stand above the file's own front matter, and that above what the text says: whoever names a collection for a
    folder of documents must find them all in it.
    """
    if isinstance(path_or_bytes, bytes):
        data, name = path_or_bytes, name or "the file"
    else:
        name = name or str(path_or_bytes)
        data = formats.load(Path(path_or_bytes), name)
    options = options or Options()
    documents = [_document(raw, name, options.over(said)) for raw, said in formats.texts(data, name)]
    if not documents:
        raise ReadError(f"{name} holds no text. Check that it is the right file.")
    return documents


def _document(raw: RawText, name: str, options: Options) -> SourceDocument:
    if len(raw.text) > MAX_CHARACTERS:
        raise ReadError(f"{name} holds more than {MAX_CHARACTERS:,} characters. Split it into its documents.")
    raw = replace(raw, source_url=options.source_url or raw.source_url)
    kind = options.kind or kinds.kind_of(raw)
    reader = release if kind is Kind.OTHER and release.is_release(raw) else _READERS[kind]
    reading = reader.read(raw, name)
    return options.apply(
        SourceDocument(
            text=raw.text,
            kind=kind,
            passages=reading.passages,
            reader=reader.READER,
            title=reading.title,
            date=reading.date,
            identifier=reading.identifier,
            origin=reading.origin,
            classification=reading.classification,
            tags=reading.tags,
            references=reading.references,
            language=language_of(raw.text),
            source_url=reading.source_url,
            site=reading.site,
            part=raw.part,
        )
    )
