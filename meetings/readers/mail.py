"""E-mails (EML): the message itself, and every attachment as a document of its own."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage

from meetings import limits
from meetings.readers import encoding, web
from meetings.readers.characters import CONTROL, clean
from meetings.readers.options import ReadError
from meetings.readers.reading import RawText

REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg):\s{0,3}){1,5}", re.IGNORECASE)
SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}


def parts(data: bytes, name: str) -> Iterator[tuple[RawText | bytes | ReadError, str]]:
    """The message's text, then ``(bytes, name)`` of each attachment, or why it cannot be read. Raises ReadError."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        found = list(_leaves(message))
        if len(found) > limits.PARTS:
            raise ReadError(f"{name} has more than {limits.PARTS} parts. Save its attachments as files.")
        body = message.get_body(preferencelist=("plain", "html"))
        yield from _body(message, body, name)
        names: set[str] = set()
        for number, part in enumerate(found, 1):
            if part is body or not _is_attachment(part):
                continue
            label = clean(part.get_filename()).replace("/", "_").replace("\\", "_")[:150] or f"attachment {number}"
            label = label if label not in names else f"{number} {label}"
            names.add(label)
            if part.get_content_type() == "message/rfc822":
                yield nested(name, label), label
            else:
                yield part.get_payload(decode=True) or b"", label
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # the standard library's parser fails on some malformed headers with various errors
        raise ReadError(f"{name} is a damaged e-mail. Save its text as a .txt file.") from error


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something; a mail inside the mail is one of them, whatever it holds itself."""
    for part in message.iter_parts() if message.is_multipart() else [message]:
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            yield from _leaves(part)
        else:
            yield part


def _is_attachment(part: EmailMessage) -> bool:
    """Something sent along to be read: neither a picture shown within the text nor a signature."""
    if part.get_content_type() in SIGNATURES:
        return False
    if part.get_content_maintype() == "image" and not part.is_attachment():
        return False
    return bool(part.get_filename()) or part.is_attachment() or part.get_content_type() == "message/rfc822"


def nested(name: str, part: str) -> ReadError:
    """Why a mail inside a mail is not read; if it were, an attacker could nest without end."""
    return ReadError(f"{name}/{part} is an e-mail inside an e-mail. Save it as a file of its own.", part)


def _body(message: EmailMessage, body: EmailMessage | None, name: str) -> Iterator[tuple[RawText, str]]:
    if body is None:
        return
    subject, date = clean(str(message["subject"] or "")), _date(message)
    content = body.get_payload(decode=True) or b""
    if body.get_content_subtype() == "html":
        text = web.visible_text(content, name, body.get_content_charset())
    else:
        text = _decoded(content, body.get_content_charset())
    if text.strip():
        yield RawText(text, title=REPLY.sub("", subject), date=date), ""


def _decoded(content: bytes, charset: str | None) -> str:
    text = encoding.declared(content, charset or "utf-8")
    if text is None:
        text = content.decode("cp1252", errors="replace")
    return CONTROL.sub(" ", encoding.universal_newlines(text)).strip("\n")


def _date(message: EmailMessage) -> str | None:
    """The day on which it was sent, in the sender's own time zone."""
    try:
        sent = email.utils.parsedate_to_datetime(str(message["date"]))
        return sent.date().isoformat() if sent.year >= 1970 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
