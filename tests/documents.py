"""Files of formats that are not plain text, made on the spot."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF with one line of Helvetica for every string; a page without lines has no text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        rows = "".join(f"1 0 0 1 60 {780 - 14 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines))
        stream = f"BT /F1 10 Tf\n{rows}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return pdf_file(objects)


def pdf_file(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def word(title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    document.add_heading("Fish", level=1)
    document.add_paragraph("The two ministers spoke of fish for an hour and agreed on nothing at all.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Herring", "40 tons"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(attachments: dict[str, bytes], html: str = "") -> bytes:
    """A mail of plain text, or of HTML alone where that is given."""
    message = EmailMessage()
    message["From"], message["To"] = "desk@example.org", "archive@example.org"
    message["Subject"], message["Date"] = "Fwd: Talks on fish", "Tue, 05 Mar 2013 23:30:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content("Please find the papers of the talks attached.\n\nThe desk\n")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
