"""E-mails (EML): the message itself, and every attachment as a document of its own."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage

from meetings.readers import encoding, web
from meetings.readers.options import ReadError
from meetings.readers.reading import RawText
from meetings.readers.web import CONTROL, clean

MAX_PARTS = 200


def parts(data: bytes, name: str) -> Iterator[tuple[RawText | bytes, str]]:
    """The message's text, then ``(bytes, name)`` of each attachment. Raises ReadError."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        found = [part for part in message.walk() if not part.is_multipart()]
        if len(found) > MAX_PARTS:
            raise ReadError(f"{name} has more than {MAX_PARTS} parts. Save its attachments as files.")
        body = message.get_body(preferencelist=("plain", "html"))
        yield from _body(message, body, name)
        names: set[str] = set()
        for number, part in enumerate(found, 1):
            if part is body or not (part.get_filename() or part.is_attachment()):
                continue
            content = part.get_payload(decode=True) or b""
            label = clean(part.get_filename()).replace("/", "_").replace("\\", "_")[:150] or f"attachment {number}"
            label = label if label not in names else f"{number} {label}"
            names.add(label)
            yield content, label
    except ReadError:
        raise
    except Exception as error:  # the standard library's parser fails on some malformed headers with various errors
        raise ReadError(f"{name} is a damaged e-mail. Save its text as a .txt file.") from error


def _body(message: EmailMessage, body: EmailMessage | None, name: str) -> Iterator[tuple[RawText | bytes, str]]:
    if body is None:
        return
    subject, date = clean(str(message["subject"] or "")), _date(message)
    content = body.get_payload(decode=True) or b""
    if body.get_content_subtype() == "html":
        raw = web.read(content, name)
        yield RawText(raw.text, title=subject or raw.title, date=date), ""
        return
    text = _decoded(content, body.get_content_charset())
    if text.strip():
        yield (
            RawText(
                text, title=re.sub(r"^(?:(?:re|fwd?|aw|wg):\s{0,3}){1,5}", "", subject, flags=re.IGNORECASE), date=date
            ),
            "",
        )


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        text = content.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text = content.decode("cp1252", errors="replace")
    return CONTROL.sub(" ", encoding.universal_newlines(text)).strip("\n")


def _date(message: EmailMessage) -> str | None:
    """The day on which it was sent, in the sender's own time zone."""
    try:
        sent = email.utils.parsedate_to_datetime(str(message["date"]))
        return sent.date().isoformat() if sent.year >= 1970 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
