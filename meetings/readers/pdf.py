"""PDF files with a text layer, by PDFium."""

from __future__ import annotations

import re

import pypdfium2

from meetings import limits
from meetings.readers import pages as printed
from meetings.readers.characters import CONTROL
from meetings.readers.encoding import universal_newlines
from meetings.readers.layout import SENTENCE_END
from meetings.readers.options import ReadError
from meetings.readers.reading import RawText, titled

# Of the usual line length: a line that ends a sentence and is shorter than the one, or any line shorter than the other, ends a paragraph.
SHORT_SENTENCE, SHORT_LINE = 0.9, 0.6
# What PDFium gives for a hyphen at a line's end that only breaks the word.
BROKEN_WORD = re.compile("[\ufffe\x02\u00ad]\n?")


def read(data: bytes, name: str) -> RawText:
    pages, title = _pages(data, name)
    if not any(line.strip() for page in pages for line in page):
        raise ReadError(
            f"{name} has no text layer: its pages are pictures. Run OCR on it first, for example with ocrmypdf, and hand in the result."
        )
    text, furniture = _flow(pages)
    return RawText(text=text, title=title, furniture=furniture)


def _pages(data: bytes, name: str) -> tuple[list[list[str]], str]:
    """Lines of every page, and the title in the file's properties."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        reason = (
            "is protected by a password. Save it without one." if protected else "is damaged. Save it again as PDF."
        )
        raise ReadError(f"{name} {reason}") from error
    try:
        if len(document) > limits.PAGES:
            raise ReadError(f"{name} has more than {limits.PAGES} pages. Split it into its documents.")
        pages, characters = [], 0
        for page in document:
            raw = universal_newlines(page.get_textpage().get_text_bounded())
            raw = BROKEN_WORD.sub("", raw)
            characters += len(raw)
            if characters > limits.CHARACTERS:
                raise ReadError(
                    f"{name} holds more than {limits.CHARACTERS:,} characters. Split it into its documents."
                )
            pages.append([line.rstrip() for line in CONTROL.sub(" ", raw).split("\n")])
        return pages, titled(document.get_metadata_dict().get("Title"))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name} is damaged. Save it again as PDF.") from error
    finally:
        document.close()


def _flow(pages: list[list[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One text with paragraphs parted by empty lines, and where the page furniture stands in it."""
    heads = printed.repeated([[line.strip() for line in page if line.strip()] for page in pages])
    lengths = sorted(len(line) for page in pages for line in page if line.strip())
    usual = lengths[int(len(lengths) * 0.75)] if lengths else 0
    pieces: list[str] = []
    furniture: list[tuple[int, int]] = []
    length, before, was_furniture = 0, "", False
    for page in pages:
        filled = [line.strip() for line in page if line.strip()]
        for i, line in enumerate(filled):
            at_edge = i < printed.EDGE_LINES or i >= len(filled) - printed.EDGE_LINES
            is_furniture = at_edge and (printed.shape(line) in heads or bool(printed.NUMBER.fullmatch(line)))
            share = SHORT_SENTENCE if SENTENCE_END.search(before[-40:]) else SHORT_LINE
            parted = is_furniture or was_furniture or len(before) < share * usual
            gap = ("\n\n" if parted else "\n") if pieces else ""
            if is_furniture:
                furniture.append((length + len(gap), length + len(gap) + len(line)))
            pieces.append(gap + line)
            length += len(gap) + len(line)
            before, was_furniture = line, is_furniture
    return "".join(pieces), tuple(furniture)
