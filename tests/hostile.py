"""Files made to harm whoever reads them, by kind of attack. Each is made on the spot; none is kept."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests import documents

TEXT = "The Minister of Ports met the Ambassador in Lisbon on Monday, he said. They spoke of fish for an hour.\n"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
LAUGHS = '<!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MILLION = 1_000_000


@dataclass(frozen=True)
class Hostile:
    """A file by ``name``; ``says`` is a pattern that the reason of its refusal has, "" when it is read and does no harm."""

    name: str
    content: Callable[[], bytes]
    says: str = ""


# Archives


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def by_hand(entries: list[tuple[str, int]], blobs: list[bytes], size: int, crc: int = 0, flags: int = 0) -> bytes:
    """An archive whose directory says what we like: ``(name, index of its blob)``, each blob deflated, all of one size."""
    out, offsets = bytearray(), []
    names = {index: name for name, index in reversed(entries)}
    for index, blob in enumerate(blobs):
        offsets.append(len(out))
        fields = (20, flags, 8, 0, 33, crc, len(blob), size, len(names[index]), 0)
        out += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + names[index].encode() + blob
    start = len(out)
    for name, index in entries:
        fields = (20, 20, flags, 8, 0, 33, crc, len(blobs[index]), size, len(name), 0, 0, 0, 0, 0, offsets[index])
        out += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *fields) + name.encode()
    ends = (0, 0, min(len(entries), 65535), min(len(entries), 65535), len(out) - start, start, 0)
    return bytes(out + struct.pack("<4s4H2LH", b"PK\x05\x06", *ends))


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo("note.txt")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return out.getvalue()


def fat() -> bytes:
    """Many files, each within its own limits."""
    numbers = b"".join(b"%07d " % number * 11 for number in range(500_000))
    return by_hand([(f"{n}.txt", n) for n in range(13)], [deflated(numbers)] * 13, len(numbers), zlib.crc32(numbers))


def archives() -> Iterator[Hostile]:
    zeros = b"0" * 60 * MILLION
    yield Hostile("bomb.zip", lambda: packed({"a.txt": zeros}), "unpacks to more than")
    yield Hostile("lying.zip", lambda: by_hand([("a.txt", 0)], [deflated(zeros)], 1000), "cannot be unpacked")
    yield Hostile(
        "overlap.zip",
        lambda: by_hand([(f"{n}.txt", 0) for n in range(9000)], [deflated(TEXT.encode() * 99)], len(TEXT) * 99),
        "overlap",
    )
    yield Hostile(
        "crowd.zip",
        lambda: by_hand([(f"{n}.txt", 0) for n in range(300_000)], [b"\x03\x00"], 0),
        "more than 20,000 files",
    )
    yield Hostile(
        "nested.zip", lambda: packed({"a.zip": packed({"b.zip": packed({"c.txt": b"c"})})}), "archive inside an archive"
    )
    yield Hostile("link.zip", link, "is a link")
    yield Hostile(
        "encrypted.zip", lambda: by_hand([("a.txt", 0)], [deflated(TEXT.encode())], len(TEXT), flags=1), "is encrypted"
    )
    yield Hostile("bzip2.zip", lambda: packed({"a.txt": zeros}, zipfile.ZIP_BZIP2), "method that is not supported")
    yield Hostile("lzma.zip", lambda: packed({"a.txt": zeros}, zipfile.ZIP_LZMA), "method that is not supported")
    yield Hostile("truncated.zip", lambda: packed({"a.txt": TEXT.encode() * 99})[:-30], "damaged archive")
    yield Hostile(
        "climbing.zip",
        lambda: packed(
            {
                "../../etc/cron.d/a.txt": TEXT.encode(),
                "/etc/b.txt": b"b",
                "C:\\Windows\\..\\c.txt": b"c",
                "\\\\host\\share\\d.txt": b"d",
            }
        ),
    )
    yield Hostile(
        "names.zip",
        lambda: packed(
            {
                "n" * 60_000 + ".txt": b"a",
                "new\nline\x1b[31m.txt": b"b",
                "\u202egpj.txt": b"c",
                f"{SCRIPT.replace('/', '')}.txt": b"d",
            }
        ),
    )
    yield Hostile("sidecar.zip", lambda: packed({"a.txt": b"a", "a.txt.meta.yaml": zeros}), "unpacks to more than")
    yield Hostile("fat.zip", fat, "unpacks to more than 500 MB")


# PDF


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def page(content: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842", more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page: objects 1 catalogue, 2 pages, 3 font, 4 content, 5 page, 6 and on ``more``."""
    fonts = b"/Font << /F1 3 0 R >> " + resources
    return documents.pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            content,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, fonts),
            *more,
        ]
    )


WORDS = b"BT /F1 10 Tf 60 700 Td (The two ministers met in Lisbon and spoke of fish.) Tj ET\n"


def with_tail(tail: bytes) -> bytes:
    """A PDF whose cross-reference table gives way to another one."""
    whole = page(stream(WORDS))
    return whole[: whole.rindex(b"xref", 0, whole.rindex(b"startxref"))] + tail


def forms(depth: int, width: int) -> bytes:
    """Forms that each draw the next one ``width`` times; the last draws the first."""
    calls = b"/X Do " * width
    return page(
        stream(calls),
        b"/XObject << /X 6 0 R >>",
        more=tuple(
            stream(WORDS + calls, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>" % (7 + n if n < depth - 1 else 6))
            for n in range(depth)
        ),
    )  # fmt: skip


def pdfs() -> Iterator[Hostile]:
    kids = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R] >>",
        b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [2 0 R 3 0 R] >>",
    )
    many = b"<< /Type /Pages /Count 1000000 /Kids [%s] >>" % (b"3 0 R " * MILLION)
    outline = b"<< /Title (a) /Parent 2 0 R /Next 3 0 R /Prev 3 0 R /First 3 0 R >>"
    yield Hostile("truncated.pdf", lambda: documents.pdf([["Fish"] * 30] * 30)[:9000], "damaged")
    yield Hostile("junk.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40_000, "damaged")
    yield Hostile("page-loop.pdf", lambda: documents.pdf_file(list(kids)), "damaged")
    yield Hostile(
        "xref-loop.pdf",
        lambda: with_tail(
            b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n"
        ),
    )
    yield Hostile("outline-loop.pdf", lambda: page(stream(WORDS), more=(outline,)))
    yield Hostile(
        "object-stream-loop.pdf",
        lambda: page(stream(WORDS), more=(stream(b"6 0 << >>", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R"),)),
    )
    yield Hostile("length-loop.pdf", lambda: page(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"), "no text layer")
    yield Hostile("form-loop.pdf", lambda: forms(1, 1))
    yield Hostile("form-bomb.pdf", lambda: forms(12, 12), "crashed")
    yield Hostile(
        "huge-box.pdf",
        lambda: page(stream(WORDS), box=b"-2147483648 -2147483648 2147483647 99999999999999"),
        "no text layer",
    )
    yield Hostile(
        "million-pages.pdf",
        lambda: documents.pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", many, b"<< /Type /Page /Parent 2 0 R >>"]),
        "more than 5000 pages",
    )
    yield Hostile(
        "lying-count.pdf",
        lambda: documents.pdf_file(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 4999 /Kids [3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R >>",
            ]
        ),
        "damaged",
    )
    yield Hostile(
        "encrypted.pdf",
        lambda: documents.pdf_file(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 0 /Kids [] >>",
                b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"41" * 32, b"42" * 32),
            ],
            b"/Encrypt 3 0 R /ID [<00> <00>]",
        ),
        "password",
    )
    yield Hostile(
        "stream-bomb.pdf",
        lambda: page(stream(zlib.compress(b" " * 900 * MILLION, 1), b"/Filter /FlateDecode")),
        "crashed",
    )
    yield Hostile(
        "filters.pdf",
        lambda: page(
            stream(
                zlib.compress(zlib.compress(zlib.compress(b" " * 600 * MILLION))),
                b"/Filter [/FlateDecode /FlateDecode /FlateDecode]",
            )
        ),
        "crashed",
    )
    yield Hostile(
        "words.pdf",
        lambda: page(
            stream(
                zlib.compress(b"BT /F1 10 Tf " + b"(fish) Tj 1 1 Td " * 3 * MILLION + b"ET"), b"/Filter /FlateDecode"
            )
        ),
        "crashed",
    )
    yield Hostile("deep-array.pdf", lambda: page(b"[" * 2 * MILLION), "no text layer")
    yield Hostile("script.pdf", lambda: page(stream(WORDS), more=(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",)))


# Word


def word(document: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A Word file with another ``document.xml``, and more parts."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(documents.word()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            if member.filename == "word/document.xml" and document:
                archive.writestr(member.filename, document)
            else:
                archive.writestr(member, source.read(member))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def body(content: str, declared: str = "") -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{space}"><w:body>{content}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def words() -> Iterator[Hostile]:
    cell = "<w:tbl><w:tr><w:tc>", paragraph("fish") + "</w:tc></w:tr></w:tbl>"
    wide = f'<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{paragraph("fish")}</w:tc></w:tr></w:tbl>'
    yield Hostile("entities.docx", lambda: word(body(paragraph("&a11;"), LAUGHS)), "damaged")
    yield Hostile("outside.docx", lambda: word(body(paragraph("fish &x;"), OUTSIDE)))
    yield Hostile(
        "pictures.docx",
        lambda: word(parts={f"word/media/{n}.png": bytes(45 * MILLION) for n in range(5)}),
        "unpacks to more than 200 MB",
    )
    yield Hostile("tables.docx", lambda: word(body(cell[0] * 5000 + cell[1] * 5000)), "damaged")
    yield Hostile("wide.docx", lambda: word(body(wide)), "512 MB of memory")
    yield Hostile("bulk.docx", lambda: word(body(paragraph("fish") * 3 * MILLION)), "damaged")
    yield Hostile("hollow.docx", lambda: packed({"word/document.xml": b"<w/>"}), "damaged")
    yield Hostile("truncated.docx", lambda: documents.word()[:-2000], "damaged")


# Web pages


def html(content: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{content}</body></html>".encode("utf-8", "surrogatepass")


def pages() -> Iterator[Hostile]:
    fields = f'<title>{SCRIPT}</title><meta name="author" content="{SCRIPT}"><meta property="og:site_name" content=\'{SCRIPT}\'><link rel="canonical" href="javascript:alert(1)">'
    yield Hostile("deep.html", lambda: html("<div>" * 400_000 + TEXT), "no text")
    yield Hostile("deep-inline.html", lambda: html("<b>" * 100_000 + TEXT), "no text")
    yield Hostile("tables.html", lambda: html("<table><tr><td>" * 50_000 + TEXT), "no text")
    yield Hostile("brackets.html", lambda: html("<" * 5 * MILLION), "")
    yield Hostile("comments.html", lambda: b"<!--" * MILLION + html(TEXT), "")
    yield Hostile(
        "attributes.html",
        lambda: html("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + f">{TEXT}</p>"),
        "8 seconds|512 MB",
    )
    yield Hostile(
        "entities.html", lambda: LAUGHS.replace("DOCTYPE l", "DOCTYPE html").encode() + html(f"<p>&a11; {TEXT}</p>")
    )
    yield Hostile("references.html", lambda: html("&#xd800;&#0;&#99999999999;&#x202e;" + TEXT))
    yield Hostile("script.html", lambda: html(f"<p>{TEXT}</p>{SCRIPT}<p>{TEXT}</p>", fields))
    yield Hostile("punycode.html", lambda: html("a" * 2 * MILLION, "<meta charset=punycode>"))
    yield Hostile("utf7.html", lambda: html(f"<p>+ADw-script+AD4-alert(1) +2AA- {TEXT}</p>", "<meta charset=utf-7>"))
    yield Hostile("paragraphs.html", lambda: html(f"<p>{TEXT}</p>" * 60_000), "8 seconds|paragraphs|512 MB")
    yield Hostile("unclosed.html", lambda: html("<p><a><table><p><form>" * 60_000 + TEXT), "no text")
    yield Hostile("long.html", lambda: html("fish " * 9_900_000), "no text")


# Mail

HEAD = b"From: a@example.org\nMIME-Version: 1.0\nMessage-ID: <1@example.org>\n"


def onion(depth: int) -> bytes:
    """Multiparts in multiparts."""
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + b"".join(levels) + b"Content-Type: text/plain\n\n" + TEXT.encode()


def mails() -> Iterator[Hostile]:
    text = b"Content-Type: text/plain\n\n" + TEXT.encode()
    yield Hostile("onion.eml", lambda: onion(5000), "damaged e-mail")
    yield Hostile("dolls.eml", lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + text, "damaged")
    yield Hostile(
        "doll.eml",
        lambda: documents.mail({"inner.eml": documents.mail({"inner.eml": documents.mail({})})}),
        "e-mail inside an e-mail",
    )
    yield Hostile(
        "subject.eml", lambda: HEAD + b"Subject: " + b"fish " * 2 * MILLION + b"\n" + text, "8 seconds|512 MB"
    )
    yield Hostile("words.eml", lambda: HEAD + b"Subject: " + b"=?utf-8?q?fish?= " * 100_000 + b"\n" + text, "512 MB")
    yield Hostile(
        "comments.eml",
        lambda: HEAD + b"Date: " + b"(" * 100_000 + b"\nContent-Type: " + b"(" * 100_000 + b"\n\n" + TEXT.encode(),
        "damaged",
    )
    yield Hostile(
        "parameters.eml",
        lambda: (
            HEAD
            + b"Content-Type: text/plain"
            + b"".join(b";\n name*%d=x" % n for n in range(100_000))
            + b"\n\n"
            + TEXT.encode()
        ),
        "8 seconds|512 MB",
    )
    yield Hostile("headers.eml", lambda: HEAD + b"X: y\n" * MILLION + text)
    yield Hostile(
        "parts.eml",
        lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nfish\n" * 100_000 + b"--b--\n",
        "more than 200 parts",
    )
    yield Hostile("punycode.eml", lambda: HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 2 * MILLION)
    yield Hostile(
        "escapes.eml",
        lambda: HEAD + b"Content-Type: text/plain; charset=unicode_escape\n\n" + TEXT.encode() + b"\\ud800\\x00",
    )
    yield Hostile(
        "utf7.eml",
        lambda: (
            HEAD
            + b"Subject: =?utf-7?q?+2AA-_fish?=\nContent-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4- +2AA- "
            + TEXT.encode()
        ),
        "damaged",
    )
    yield Hostile(
        "script.eml", lambda: HEAD + f"Subject: {SCRIPT}\nDate: {SCRIPT}\nX-{SCRIPT}: {SCRIPT}\n".encode() + text
    )
    yield Hostile(
        "zipped.eml", lambda: documents.mail({"a.zip": packed({"a.txt": b"a"})}), "archive inside another file"
    )
    yield Hostile(
        "climbing.eml",
        lambda: documents.mail({"../../etc/passwd\x00": TEXT.encode(), f"{SCRIPT}\u202e.txt": TEXT.encode()}),
    )


# Texts


def front(lines: str) -> bytes:
    return f"---\ntitle: Fish\n{lines}\n---\n{TEXT}".encode()


def texts() -> Iterator[Hostile]:
    bombs = "a: &a [x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield Hostile("line.txt", lambda: b"x" * 49_999_999, "more than 10,000,000 characters")
    yield Hostile("words.txt", lambda: b"fish " * 9_000_000, "more than 10,000,000 characters")
    yield Hostile("distinct.txt", lambda: " ".join(f"fish{n}" for n in range(400_000)).encode())
    yield Hostile("wide.txt", lambda: "😀".encode() * 2_600_000)
    yield Hostile("paragraphs.txt", lambda: b"a\n\n" * 3 * MILLION, "8 seconds|paragraphs|512 MB")
    yield Hostile("newlines.txt", lambda: b"\n" * 9 * MILLION + TEXT.encode(), "empty lines")
    yield Hostile("nul.txt", lambda: TEXT.encode() + b"\0" * 100, "control characters")
    yield Hostile("bells.txt", lambda: b"\x07\x1b[2J" * MILLION, "control characters")
    yield Hostile(
        "surrogates.txt", lambda: (TEXT + "\ud800\udc00\udfff" * 9).encode("utf-8", "surrogatepass"), "encoding"
    )
    yield Hostile("overlong.txt", lambda: TEXT.encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80")
    yield Hostile("bom-16.txt", lambda: codecs.BOM_UTF16_LE + TEXT.encode(), "begins like UTF-16")
    yield Hostile("bom-32.txt", lambda: codecs.BOM_UTF32_LE + TEXT.encode(), "begins like UTF-32")
    yield Hostile("bom-8.txt", lambda: codecs.BOM_UTF8 + TEXT.encode("utf-16-be"), "control characters")
    yield Hostile("direction.txt", lambda: ("\u202e\u2066" * 50 + TEXT).encode())
    yield Hostile("utf7.txt", lambda: b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- " + TEXT.encode())
    yield Hostile("lists.txt", lambda: b"[" * 5 * MILLION)
    yield Hostile("data.txt", lambda: b"[" + b"[]," * 3 * MILLION + b"[]]", "JSON data")
    yield Hostile("laughs.xml", lambda: f'<?xml version="1.0"?>{LAUGHS}<l>&a11;</l>'.encode(), "XML data")
    yield Hostile("aliases.md", lambda: front(bombs), "aliases")
    yield Hostile("tags.md", lambda: front("origin: !!python/object/apply:os.system [id]"), "not valid YAML")
    yield Hostile("depth.md", lambda: front("origin: " + "[" * 15_000), "lists inside lists")
    yield Hostile("number.md", lambda: front("identifier: " + "9" * 15_000), "not a date or number")
    yield Hostile("hexadecimal.md", lambda: front("identifier: 0x" + "f" * 15_000), "too long")
    yield Hostile("sixties.md", lambda: front("identifier: 1" + ":59" * 6000), "too long")
    yield Hostile("keys.md", lambda: front("? " * 6000 + "a"), "lists inside lists")
    yield Hostile("binary.md", lambda: front("origin: !!binary /////w=="))
    yield Hostile(
        "script.md",
        lambda: (
            f"---\ntitle: '{SCRIPT.replace(chr(39), '')}'\norigin: <script>\ncollection: <script>\n---\n# {SCRIPT}\n\n{TEXT}".encode()
        ),
    )
    yield Hostile("n" * 251 + ".txt", TEXT.encode)
    yield Hostile("new\nline\r\x1b[31m\u202e\udcff<script>.txt", TEXT.encode)


# What our own patterns might take the square of its length in time for

BAIT = {
    "spaces": " ", "tabs": "\t", "capitals": "A", "small": "x", "digits": "1", "dots": ".", "commas": ",", "dashes": "-",
    "brackets": "(", "quotes": '"', "underscores": "_", "stars": "*", "accents": "\u0301", "pictures": "😀", "initials": "A. ",
    "acronyms": "AB ", "numbers": "12 ", "stops": ". ", "honorifics": "Mr. ", "hyphens": "a-", "possessives": "'s ", "points": "a.",
    "names": "John Smith, ", "ministers": "Foreign Minister Ann Lee met ", "offices": "Minister of the ", "countries": "France and ",
    "dates": "May 5, 1990 ", "said": 'he said "yes" ', "notes": "[1] ", "addresses": "http://", "marks": "(SBU) ", "lines": "Ambassador Ann Lee\n",
    "paragraphs": "1. (C) He said so.\n\n", "headings": "# Fish\n", "subjects": "SUBJECT: ", "participants": "PARTICIPANTS: Mr. Lee\n",
}  # fmt: skip


def bait(piece: str, length: int) -> bytes:
    return f"{TEXT}\n{piece * (length // len(piece))}\n\n{TEXT}".encode()


def baits() -> Iterator[Hostile]:
    for name, piece in BAIT.items():
        yield Hostile(f"bait-{name}.txt", lambda piece=piece: bait(piece, 900_000))


CORPUS = [*archives(), *pdfs(), *words(), *pages(), *mails(), *texts()]
BAITS = list(baits())
