"""From a file's bytes to documents: ``read`` and ``read_all`` for one file, ``discover`` for what a person names on the command line.

A file format (text, HTML, PDF, …) gives raw text; its kind (cable, memorandum, readout, news) is found by content; the kind's
reader says which passage is what and what the document says about itself. No Django, no spaCy.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from meetings import limits
from meetings.readers import archival, cable, formats, kinds, news, release
from meetings.readers.characters import clean, writable
from meetings.readers.files import SourceFile, discover
from meetings.readers.language import language_of
from meetings.readers.options import LONGEST, Options, ReadError, is_web_address
from meetings.readers.reading import RawText
from meetings.records import Kind, SourceDocument

__all__ = ["Options", "ReadError", "SourceFile", "discover", "read", "read_all"]

_READERS = {Kind.CABLE: cable, Kind.MEMCON: archival, Kind.READOUT: release, Kind.NEWS: news, Kind.OTHER: archival}


def read(path_or_bytes: str | Path | bytes, name: str = "", options: Options | None = None) -> list[SourceDocument]:
    """The documents of one file. ``name`` is what messages call it. Raises ReadError when there is nothing to read.

    ``options`` stand above the file's own front matter, and that above what the text says: whoever names a collection for a
    folder of documents must find them all in it.
    """
    documents, failures = read_all(path_or_bytes, name, options)
    if not documents:
        raise failures[0]
    return documents


def read_all(
    path_or_bytes: str | Path | bytes, name: str = "", options: Options | None = None
) -> tuple[list[SourceDocument], list[ReadError]]:
    """The documents of one file, as ``read`` gives them, and why others of its parts cannot be read.

    Never raises ReadError: a file without any document has at least one failure. A failure's ``part`` is the attachment's
    name, or empty when it is the file itself.
    """
    documents, failures = [], []
    name = name or ("the file" if isinstance(path_or_bytes, bytes) else str(path_or_bytes))
    try:
        data = path_or_bytes if isinstance(path_or_bytes, bytes) else formats.load(Path(path_or_bytes), name)
        for found in formats.texts(data, name):
            if isinstance(found, ReadError):
                failures.append(found)
                continue
            raw, said = found
            try:
                documents.append(_document(raw, name, (options or Options()).over(said)))
            except ReadError as error:
                failures.append(ReadError(str(error), raw.part))
    except ReadError as error:
        failures.append(error)
    if not documents and not failures:
        failures.append(ReadError(f"{name} holds no text. Check that it is the right file."))
    return documents, failures


def _document(raw: RawText, name: str, options: Options) -> SourceDocument:
    if len(raw.text) > limits.CHARACTERS:
        raise ReadError(f"{name} holds more than {limits.CHARACTERS:,} characters. Split it into its documents.")
    too_many = f"{name} has more than {limits.PARAGRAPHS:,} paragraphs or empty lines. Split it into its documents."
    if raw.text.count("\n\n") > limits.PARAGRAPHS:  # told before the work is done
        raise ReadError(too_many)
    raw = replace(raw, text=writable(raw.text), source_url=options.source_url or raw.source_url)
    kind = options.kind or kinds.kind_of(raw)
    reader = release if kind is Kind.OTHER and release.is_release(raw) else _READERS[kind]
    reading = reader.read(raw, name)
    if len(reading.passages) > limits.PARAGRAPHS:
        raise ReadError(too_many)
    address = reading.source_url if len(reading.source_url) <= LONGEST["source_url"] else ""
    return options.apply(
        SourceDocument(
            text=raw.text,
            kind=kind,
            passages=reading.passages,
            reader=reader.READER,
            title=clean(reading.title),
            date=reading.date,
            identifier=reading.identifier,
            origin=clean(reading.origin),
            classification=reading.classification,
            tags=reading.tags,
            references=reading.references,
            language=language_of(raw.text),
            source_url=address if is_web_address(address) else "",
            site=reading.site,
            part=raw.part,
        )
    )
