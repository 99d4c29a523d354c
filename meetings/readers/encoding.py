"""Bytes to text: the encoding found by content, line ends made ``\\n``, nothing else changed."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from meetings import limits
from meetings.readers.characters import CONTROL
from meetings.readers.options import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "koi8_r",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
]
SAMPLE = 100_000  # bytes looked at when the encoding has to be guessed
# Share of bytes above 127 up to which a text is Western: English with curly quotes and a few accents has some, Cyrillic or
# Chinese text has mostly such. Below it a statistical guess has too little to go by.
WESTERN_SHARE = 0.1
WIDEST = 4  # bytes of a character
# Codecs of Python that are no encodings of documents: they read escapes, or take the square of a text's length in time.
NOT_FOR_TEXT = {
    "idna",
    "punycode",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "undefined",
    "unicode-escape",
    "unicode_escape",
}
CONTROL_SHARE = 0.005  # more control characters than this, and it is no text


def decode(data: bytes, name: str) -> str:
    """The text of a plain text file. Raises ReadError when the bytes are no text."""
    if len(data) > WIDEST * limits.CHARACTERS:
        raise ReadError(f"{name} holds more than {limits.CHARACTERS:,} characters. Split it into its documents.")
    text = universal_newlines(_decoded(data, name))
    if "\0" in text or CONTROL.subn("", text)[1] > CONTROL_SHARE * len(text):
        raise ReadError(f"{name} is not text: it holds control characters. Save it as text, PDF, DOCX, HTML or EML.")
    return text


def declared(data: bytes, charset: str | None) -> str | None:
    """The text as a mail or a page says that it is encoded; None when that is unknown, or wrong."""
    try:
        codec = codecs.lookup(charset or "")
        return None if codec.name in NOT_FOR_TEXT else data.decode(codec.name)
    except (LookupError, ValueError):
        return None


def universal_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((codec for mark, codec in _BOMS if data.startswith(mark)), None) or _wide(data) or "utf-8"
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise ReadError(f"{name} begins like {encoding.upper()} but is not. Save it as UTF-8.") from None
    high = sum(byte > 127 for byte in data[:SAMPLE])
    if high <= WESTERN_SHARE * len(data[:SAMPLE]):
        return data.decode("cp1252", errors="replace")
    best = from_bytes(data[:SAMPLE], cp_isolation=CANDIDATES).best()
    if best is None:
        raise ReadError(f"The encoding of {name} is not known. Save it as UTF-8.")
    return data.decode(best.encoding, errors="replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Western text every other byte is zero."""
    sample = data[:1000]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None
