"""Web pages: their main text with title, date and site, by trafilatura."""

from __future__ import annotations

import logging
import re

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from meetings.readers import encoding
from meetings.readers.characters import CONTROL, clean
from meetings.readers.options import ReadError, is_edtf
from meetings.readers.reading import RawText

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s?([\w-]{2,40})", re.IGNORECASE)
# lxml refuses decoded text that declares an encoding.
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
# A <pre> of this many characters is the document (a cable on an archive's page) and keeps its lines.
PREFORMATTED = 800
EARLIEST = "1900-01-01"  # archives' pages bear the day of the document; left alone, htmldate believes none before 1995
UNSHOWN = ("head", "script", "style", "template", "noscript")
BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
)  # fmt: skip
# They report every page without an article or date as an error of theirs; here that is an ordinary page.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def read(data: bytes, name: str) -> RawText:
    page = _decoded(data, name)
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True, "min_date": EARLIEST},
        )
        # What is no article, such as a page of one sentence, is given whole.
        text = _preformatted(page) or _paragraphs(found.text if found else "") or _visible(page)
    except MemoryError:
        raise
    except Exception as error:  # parsers of untrusted markup fail in many ways; none of them may end the run
        raise ReadError(f"{name} is a web page that cannot be parsed. Save its text as a .txt file.") from error
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


def visible_text(data: bytes, name: str, charset: str | None = None) -> str:
    """All that a page shows, one paragraph a block: of a mail, which has no menus, every line counts. Raises ReadError.

    ``charset`` is what the mail declares.
    """
    try:
        return _visible(_decoded(data, name, charset))
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(f"{name} holds a page that cannot be parsed. Save its text as a .txt file.") from error


def _paragraphs(text: str | None) -> str:
    """One paragraph a line is what trafilatura gives; stored with an empty line between."""
    lines = (line.strip() for line in encoding.universal_newlines(CONTROL.sub(" ", text or "")).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _tree(page: str) -> lxml_html.HtmlElement:
    try:
        return lxml_html.fromstring(_XML_DECLARATION.sub("", page))
    except etree.ParserError:  # there is nothing in it
        return lxml_html.Element("html")


def _visible(page: str) -> str:
    tree = _tree(page)
    etree.strip_elements(tree, *UNSHOWN, with_tail=False)
    for block in tree.iter(*BLOCKS):
        block.text, block.tail = f"\n{block.text or ''}", f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return _paragraphs("\n".join(lines))


def _preformatted(page: str) -> str:
    blocks = [block.text_content() for block in _tree(page).iter("pre")]
    longest = max(blocks, key=len, default="")
    return CONTROL.sub(" ", encoding.universal_newlines(longest)).strip("\n") if len(longest) >= PREFORMATTED else ""


def _decoded(data: bytes, name: str, charset: str | None = None) -> str:
    """As ``charset`` says, by byte order mark, UTF-8, the page's own declaration, then by content."""
    declared = _META_CHARSET.search(data[:4096])
    for codec in (charset, "utf-8-sig", declared[1].decode("ascii", "ignore") if declared else None):
        if (text := encoding.declared(data, codec)) is not None:
            return text
    return encoding.decode(data, name)
