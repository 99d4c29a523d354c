"""Which file format the bytes are in, and the texts that lie in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from meetings import limits
from meetings.readers import encoding, mail, pages, pdf, sittings, web, word
from meetings.readers.options import Options, ReadError, split_front_matter
from meetings.readers.reading import RawText

SUPPORTED = "plain text, Markdown, HTML, PDF with a text layer, DOCX and EML; folders and ZIP archives of these"
_TEXT, _HTML, _PDF = "text/plain", "text/html", "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EML, _ZIP, _OTHER = "message/rfc822", "application/zip", "application/octet-stream"

_HTML_START = re.compile(
    rb"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>){0,20}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_FIELD = re.compile(
    rb"^(from|received|return-path|mime-version|date|subject|to|message-id|delivered-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURES = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"II*\0": "a TIFF picture", b"MM\0*": "a TIFF picture",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls) or an Outlook message", b"{\\rtf": "an RTF file", b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"\x7fELF": "a program", b"SQLite format": "an SQLite database", b"BZh": "a bzip2 archive",
    b"PK": "a spreadsheet, a presentation, an OpenDocument file or an e-book", b"ID3": "a sound file", b"OggS": "a sound file", b"RIFF": "a sound or video file",
}  # fmt: skip
# Members that make an archive one file: of Office's and OpenDocument's formats and e-books.
_PACKAGE = {"[Content_Types].xml", "mimetype"}
_DATA = {
    ".csv": "a table", ".tsv": "a table", ".json": "JSON data", ".jsonl": "JSON data", ".ndjson": "JSON data",
    ".xml": "XML data", ".yaml": "YAML data", ".yml": "YAML data", ".toml": "TOML data", ".ics": "a calendar entry", ".vcf": "an address card",
}  # fmt: skip


def load(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises ReadError when it is too large or cannot be opened."""
    try:
        if not path.is_file():
            raise ReadError(_no_file(path, name))
        if path.stat().st_size > limits.FILE:
            raise ReadError(f"{name} is larger than {limits.FILE // limits.MB} MB. Split it into its documents.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ReadError(
            f"{name} cannot be opened: {getattr(error, 'strerror', None) or error}. Check the path and its permissions."
        ) from error


def _no_file(path: Path, name: str) -> str:
    if path.is_symlink() and not path.exists():
        return f"{name} is a link that leads nowhere. Mend it or hand in the file itself."
    if path.exists():
        return f"{name} is no ordinary file but a pipe, a socket or a device. Save what it gives as a file."
    return f"There is no file {name}. Check the path."


def media_type(data: bytes, name: str = "") -> str:
    """By content; the name only decides between formats that are both plain text."""
    start = data[:4096]
    if start.lstrip()[:5] == b"%PDF-":
        return _PDF
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        packed = word.members(data)
        return _DOCX if "word/document.xml" in packed else _OTHER if packed & _PACKAGE else _ZIP
    if any(start.startswith(signature) for signature in _SIGNATURES):
        return _OTHER
    if _HTML_START.match(start.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")):
        return _HTML
    if _is_mail(start, name):
        return _EML
    return _TEXT


def _is_mail(start: bytes, name: str) -> bool:
    head = re.split(rb"\r?\n\r?\n", start.lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    known = {field.lower() for field in _MAIL_FIELD.findall(head)}
    begins = bool(re.match(rb"[A-Za-z][A-Za-z-]{1,60}:|From ", head))
    transport = known & {b"message-id", b"mime-version", b"received", b"return-path"}
    return begins and b"from" in known and (len(transport) >= 1 or name.lower().endswith(".eml"))


def _data_format(data: bytes, name: str) -> str:
    """What sort of data a text is that is no document; empty for a document."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "XML data"
    return "JSON data" if _is_json(data) else _DATA.get(PurePath(name).suffix.lower(), "")


def _is_json(data: bytes) -> bool:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def texts(data: bytes, name: str) -> Iterator[tuple[RawText, Options] | ReadError]:
    """Each document's raw text with what its front matter says; the reason in place of an attachment that cannot be read.

    Raises ReadError when the file itself cannot be read.
    """
    if len(data) > limits.FILE:
        raise ReadError(f"{name} is larger than {limits.FILE // limits.MB} MB. Split it into its documents.")
    if not data.strip():
        raise ReadError(f"{name} is empty.")
    kind = media_type(data, name)
    if kind == _TEXT:
        if what := _data_format(data, name):
            raise ReadError(f"{name} is {what}, not a document. Supported are {SUPPORTED}.")
        text, options = split_front_matter(encoding.decode(data, name), name)
        if not text.strip():
            raise ReadError(f"{name} holds no text.")
        for part, body in list(sittings.parts(text)) or [("", text)]:
            yield RawText(body, part=part, furniture=pages.marked(body)), options
    elif kind == _EML:
        for part, attachment in mail.parts(data, name):
            if isinstance(part, RawText):
                yield part, Options()
            elif isinstance(part, ReadError):
                yield part
            else:
                yield from _attachment(part, name, attachment)
    elif kind in _FORMATS:
        raw = _FORMATS[kind](data, name)
        if not raw.text.strip():
            raise ReadError(f"{name} holds no text. Check that it is the right file.")
        yield raw, Options()
    elif kind == _ZIP:
        raise ReadError(f"{name} is an archive inside another file. Unpack it and hand in its files.")
    else:
        what = next(
            (what for signature, what in _SIGNATURES.items() if data.startswith(signature)), "of an unknown format"
        )
        raise ReadError(f"{name} is {what}, which cannot be read. Supported are {SUPPORTED}.")


def _attachment(data: bytes, mail_name: str, part: str) -> Iterator[tuple[RawText, Options] | ReadError]:
    """An attachment's documents. One that cannot be read does not keep the mail from being read."""
    name = f"{mail_name}/{part}"
    if media_type(data, part) == _EML:
        yield mail.nested(mail_name, part)
        return
    try:
        for raw, options in texts(data, name):
            yield replace(raw, part=part), options
    except ReadError as error:
        yield ReadError(str(error), part)


_FORMATS: dict[str, Callable[[bytes, str], RawText]] = {_HTML: web.read, _PDF: pdf.read, _DOCX: word.read}
