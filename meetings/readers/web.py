"""Web pages: their main text with title, date and site, by trafilatura."""

from __future__ import annotations

import re

import trafilatura
from lxml import html as lxml_html

from meetings.readers import encoding
from meetings.readers.options import ReadError, is_edtf
from meetings.readers.reading import RawText

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s?([\w-]{2,40})", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# A <pre> of this many characters is the document (a cable on an archive's page) and keeps its lines.
PREFORMATTED = 800


def read(data: bytes, name: str) -> RawText:
    page = _decoded(data, name)
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        text = _preformatted(page) or _paragraphs(found.text if found else "")
    except Exception as error:  # parsers of untrusted markup fail in many ways; none of them may end the run
        raise ReadError(f"{name} is a web page that cannot be parsed. Save its text as a .txt file.") from error
    if not text.strip():
        raise ReadError(f"No article was found in the web page {name}. Save its text as a .txt file.")
    if found is None:
        return RawText(text=text, web=True)
    return RawText(
        text=text,
        title=clean(found.title),
        date=found.date if found.date and is_edtf(found.date) else None,
        site=clean(found.sitename),
        source_url=clean(found.url),
        web=True,
    )


def clean(text: str | None) -> str:
    return " ".join(CONTROL.sub(" ", text or "").split())


def _paragraphs(text: str | None) -> str:
    """One paragraph a line is what trafilatura gives; stored with an empty line between."""
    lines = (line.strip() for line in encoding.universal_newlines(CONTROL.sub(" ", text or "")).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _preformatted(page: str) -> str:
    blocks = [block.text_content() for block in lxml_html.fromstring(page).iter("pre")]
    longest = max(blocks, key=len, default="")
    return CONTROL.sub(" ", encoding.universal_newlines(longest)).strip("\n") if len(longest) >= PREFORMATTED else ""


def _decoded(data: bytes, name: str) -> str:
    """By byte order mark, UTF-8, the page's own declaration, then by content."""
    declared = _META_CHARSET.search(data[:4096])
    for codec in ("utf-8-sig", declared[1].decode("ascii", "ignore") if declared else None):
        try:
            if codec:
                return data.decode(codec)
        except (LookupError, ValueError):
            continue
    return encoding.decode(data, name)
