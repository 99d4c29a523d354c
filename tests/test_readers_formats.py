"""File formats: found by content, read to text, refused with a sentence that says what to do."""

import codecs
import email
import email.policy
from pathlib import Path

import pytest

from meetings.readers import ReadError, read, read_all
from meetings.records import Kind, Label
from tests import documents

DATA = Path(__file__).parent / "data"
TEXT = (
    "The Minister of Économie met the Ambassador – “a useful talk” – on Monday, he said.\n\nThey spoke for an hour.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encoding_is_found_by_content(encoding):
    assert read(TEXT.encode(encoding), "note.txt")[0].text == TEXT


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_become_newlines(newline):
    assert read(TEXT.replace("\n", newline).encode(), "note.txt")[0].text == TEXT


def test_stored_text_is_the_files_text():
    for path in DATA.glob("*.txt"):
        assert read(path)[0].text == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (codecs.BOM_UTF8, "no text"),
        (b"\0\1\2\3" * 50, "not text"),
        (b"abc\0def", "not text"),
        (b"\x89PNG\r\n\x1a\n....", "Supported are"),
        (b"{\\rtf1 hello}", "RTF"),
        (b'{"a": 1}', "JSON"),
        (b"%PDF-1.4 nothing more", "damaged"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, says):
    with pytest.raises(ReadError, match=says):
        read(data, "thing")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b"name,post\nAnn Sample,minister\n"),
        ("t.tsv", b"name\tpost\n"),
        ("t.jsonl", b'{"a": 1}\n{"a": 2}\n'),
        ("t.txt", b"<?xml version='1.0'?><talks/>"),
    ],
)
def test_data_is_no_document(name, data):
    with pytest.raises(ReadError, match=f"{name} is .*, not a document. Supported are plain text"):
        read(data, name)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReadError, match="no file"):
        read(tmp_path / "missing.txt")


def test_web_page_of_an_archive_bears_the_day_of_its_document():
    meta = '<meta property="article:published_time" content="1974-02-10">'
    page = f"<html><head><title>Talks</title>{meta}</head><body><article><p>The Foreign Ministers of Peru and Chile met in Lima yesterday.</p></article></body></html>"
    (document,) = read(page.encode(), "talks.html")
    assert document.date == "1974-02-10"


def test_web_page_gives_its_article_with_title_date_and_site():
    (document,) = read(DATA / "page.html")
    assert (document.title, document.date, document.site) == (
        "Ministers agree on ferries",
        "2011-03-04",
        "The Example Courier",
    )
    assert document.source_url == "https://courier.example.org/2011/03/04/ferries"
    assert document.kind is Kind.NEWS
    body = [document.text[p.start : p.end] for p in document.passages if p.label is Label.BODY]
    assert len(body) == 3
    assert "four hours" in body[1]
    assert "cats" not in document.text and "Home" not in document.text


def test_cable_on_a_web_page_keeps_its_lines():
    cable = (DATA / "cable.txt").read_text()
    page = f"<html><head><title>x</title></head><body><p>Archive</p><pre>{cable}</pre></body></html>"
    (document,) = read(page.encode(), "page.html")
    assert (document.kind, document.identifier) == (Kind.CABLE, "06ATHENS731")


def test_pdf_gives_paragraphs_without_running_heads():
    days = ["Monday", "Tuesday", "Wednesday"]
    pages = [
        [
            "Ministry of Ports",
            f"On {day} the minister received the ambassador and spoke with him about the harbour of",
            "the capital, which both sides want to see opened before the winter.",
            "He then drove to the airport and took the evening plane home, as the weather was bad.",
            f"So ended {day}.",
            str(number),
        ]
        for number, day in enumerate(days, 1)
    ]
    (document,) = read(documents.pdf(pages), "talks.pdf")
    clutter = [document.text[p.start : p.end] for p in document.passages if p.label is Label.CLUTTER]
    assert clutter == ["Ministry of Ports", "1", "Ministry of Ports", "2", "Ministry of Ports", "3"]
    body = [document.text[p.start : p.end] for p in document.passages if p.label is not Label.CLUTTER]
    assert body[0] == "\n".join(pages[0][1:3])


def test_pdf_without_text_asks_for_ocr():
    with pytest.raises(ReadError, match="OCR"):
        read(documents.pdf([[], []]), "scan.pdf")


def test_word_file_gives_headings_paragraphs_and_tables():
    (document,) = read(documents.word(title="Talks on fish"), "fish.docx")
    assert document.title == "Talks on fish"
    assert document.text.split("\n\n") == [
        "Fish",
        "The two ministers spoke of fish for an hour and agreed on nothing at all.",
        "Herring\t40 tons",
    ]
    assert document.passages[0].label is Label.HEADING


@pytest.mark.parametrize(
    "filled_in", ["about:blank", "Microsoft Word - fish.doc", "Untitled-1", "https://example.org/p", "notes_v2.docx"]
)
def test_title_that_a_program_filled_in_is_not_the_documents(filled_in):
    (document,) = read(documents.word(title=filled_in), "fish.docx")
    assert document.title == "Fish"


def test_damaged_word_file_is_refused():
    data = documents.word()
    with pytest.raises(ReadError):
        read(data[: len(data) // 2], "fish.docx")


def test_mail_and_its_attachments_are_documents_of_one_file():
    data = documents.mail({"cable.txt": (DATA / "cable.txt").read_bytes(), "fish.docx": documents.word()})
    found = read(data, "talks.eml")
    assert [document.part for document in found] == ["", "cable.txt", "fish.docx"]
    assert (found[0].title, found[0].date) == ("Talks on fish", "2013-03-05")
    assert found[1].kind is Kind.CABLE


def test_attachments_that_cannot_be_read_are_told_and_the_mail_is_read():
    data = documents.mail({"scan.pdf": documents.pdf([[]]), "t.csv": b"a,b\n", "fish.docx": documents.word()})
    found, failures = read_all(data, "talks.eml")
    assert [document.part for document in found] == ["", "fish.docx"]
    assert [failure.part for failure in failures] == ["scan.pdf", "t.csv"]
    assert "talks.eml/scan.pdf has no text layer" in str(failures[0])


def test_pictures_within_a_mail_are_no_attachments():
    message = email.message_from_bytes(documents.mail({}, html="<p>Talks.</p>"), policy=email.policy.default)
    message.add_related(b"\x89PNG\r\n", "image", "png", filename="logo.png", disposition="inline", cid="<logo>")
    found, failures = read_all(message.as_bytes(), "talks.eml")
    assert ([document.text for document in found], failures) == (["Talks."], [])


def test_mail_inside_a_mail_is_left_alone_and_told():
    inner = documents.mail({"cable.txt": (DATA / "cable.txt").read_bytes()})
    outer = email.message_from_bytes(documents.mail({"inner.eml": inner}), policy=email.policy.default)
    outer.add_attachment(email.message_from_bytes(inner, policy=email.policy.default))
    found, failures = read_all(outer.as_bytes(), "outer.eml")
    assert [document.part for document in found] == [""]
    assert ["e-mail inside an e-mail" in str(failure) for failure in failures] == [True, True]


def test_file_without_a_document_has_a_failure():
    found, (failure,) = read_all(b"", "empty.txt")
    assert (found, str(failure)) == ([], "empty.txt is empty.")


@pytest.mark.parametrize("sentence", ["The Minister met the Ambassador.", "Économie: “fish”."])
def test_short_mail_in_html_is_read_whole(sentence, capfd):
    page = f"<html><head><style>p {{}}</style></head><body><p>Hello,</p><div>{sentence}<br>The&nbsp;desk</div></body></html>"
    (document,) = read(documents.mail({}, html=page), "talks.eml")
    assert document.text == f"Hello,\n\n{sentence}\n\nThe desk"
    assert document.title == "Talks on fish"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("page", [" ", "<!-- -->", "<html><body><img src='x.png'></body></html>"])
def test_mail_that_says_nothing_is_its_attachments(page):
    found, failures = read_all(documents.mail({"fish.docx": documents.word()}, html=page), "talks.eml")
    assert ([document.part for document in found], failures) == (["fish.docx"], [])


def test_part_that_only_claims_to_be_several_is_passed_over():
    data = documents.mail({"fish.docx": documents.word()}).replace(b"text/plain", b"multipart/mixed")
    assert [document.part for document in read(data, "talks.eml")][-1] == "fish.docx"


def test_xhtml_page_is_read():
    page = b"<?xml version='1.0' encoding='utf-8'?><html><body><p>The Minister met the Ambassador.</p></body></html>"
    assert read(page, "p.html")[0].text == "The Minister met the Ambassador."


def test_page_of_one_sentence_is_read_whole(capfd):
    (document,) = read(b"<html><title>T</title><body><b>The Minister</b> met the Ambassador.</body></html>", "p.html")
    assert document.text == "The Minister met the Ambassador."
    assert capfd.readouterr() == ("", "")


def test_page_that_shows_nothing_is_refused():
    with pytest.raises(ReadError, match="holds no text"):
        read(b"<html><head><script>talks()</script></head><body></body></html>", "p.html")


def test_cable_with_colons_is_no_mail():
    text = b"From: the embassy\nSubject: ports\nDate: unknown\n\nThe minister met the ambassador on Monday, he said.\n"
    assert read(text, "note.txt")[0].text == text.decode()


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr("meetings.limits.FILE", 10)
    with pytest.raises(ReadError, match="larger than"):
        read(b"x" * 11, "big.txt")


def test_language_is_told():
    french = "Le ministre des affaires étrangères a reçu l'ambassadeur à Paris pour parler de la pêche et du prix de l'électricité dans les deux pays."
    assert read(french.encode(), "n.txt")[0].language == "fr"
    assert read(b"Fish.", "n.txt")[0].language == "en"
