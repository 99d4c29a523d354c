"""Word files (DOCX): paragraphs, headings, tables and core properties."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from meetings import limits
from meetings.readers import packed
from meetings.readers.characters import CONTROL
from meetings.readers.options import ReadError
from meetings.readers.reading import RawText, titled

SEPARATOR = "\n\n"


def members(data: bytes) -> set[str]:
    """Names of the files packed in ``data``; none when it is a damaged archive."""
    try:
        return set(packed.opened(data, "").namelist())
    except ReadError:
        return set()


def read(data: bytes, name: str) -> RawText:
    try:
        if sum(member.file_size for member in packed.opened(data, name).infolist()) > limits.WORD:
            raise ReadError(f"{name} unpacks to more than {limits.WORD // limits.MB} MB. Split it into its documents.")
        document = docx.Document(io.BytesIO(data))
        blocks = [block for block in _blocks(document) if block[0]]
        title = titled(document.core_properties.title)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a damaged package fails in many ways; none of them may end the run
        raise ReadError(f"{name} is a damaged Word file. Save it again as .docx or as text.") from error
    headings, at = [], 0
    for block, is_heading in blocks:
        if is_heading:
            headings.append((at, at + len(block)))
        at += len(block) + len(SEPARATOR)
    return RawText(text=SEPARATOR.join(block for block, _ in blocks), title=title, headings=tuple(headings))


def _blocks(document: Document) -> list[tuple[str, bool]]:
    """``(text, whether it is a heading)`` of paragraphs, and of table rows with their cells parted by tabs."""
    found = []
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            style = (item.style.name or "").lower() if item.style is not None else ""
            found.append((_text(item.text), style.startswith(("heading", "title", "subtitle"))))
        elif isinstance(item, Table):
            for row in item.rows:
                cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
                found.append((_text("\t".join(cell for cell in cells if cell)), False))
    return found


def _text(text: str) -> str:
    return CONTROL.sub(" ", text).strip()
