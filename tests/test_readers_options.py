"""Front matter, sidecars and options: checked, and the nearest to the text wins."""

import logging

import pytest

from meetings.readers import Options, ReadError, read
from meetings.records import Kind

BODY = "The Minister met the Ambassador, and they spoke for an hour about fish.\n"


def test_front_matter_is_read_and_cut_off():
    text = f"---\ntitle: Talks on fish\ndate: 1999-05-04\nkind: readout\ntags: [prel, efis]\nnotice: An exercise\ncollection: Fish\n---\n{BODY}"
    (document,) = read(text.encode(), "n.md")
    assert document.text == BODY
    assert (document.title, document.date, document.kind) == ("Talks on fish", "1999-05-04", Kind.READOUT)
    assert (document.tags, document.notice, document.collection) == (("PREL", "EFIS"), "An exercise", "Fish")
    assert document.text[document.passages[0].start : document.passages[0].end] == BODY.strip()


def test_options_stand_above_front_matter_and_front_matter_above_the_text():
    options = Options(title="From outside", collection="Private")
    (document,) = read(f"---\ndate: 1999\ncollection: Fish\n---\n{BODY}".encode(), "n.md", options)
    assert (document.date, document.title, document.collection) == ("1999", "From outside", "Private")


def test_a_line_of_dashes_is_no_front_matter():
    text = f"---\n{BODY}---\nMore.\n"
    assert read(text.encode(), "n.txt")[0].text == text


def test_unknown_keys_are_ignored_with_a_note(caplog):
    with caplog.at_level(logging.WARNING):
        (document,) = read(f"---\ntitel: x\ntitle: y\n---\n{BODY}".encode(), "n.md")
    assert document.title == "y"
    assert "titel" in caplog.text


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("date: last Tuesday", "not a date"),
        ("date: 2001-02-30", "not a date"),
        ("kind: novel", "Use one of cable"),
        ("title: [a, b]", "one value"),
        ("title: 'open", "not valid YAML"),
        ("title: !!python/object/apply:os.system [ls]", "not valid YAML"),
        ('title: "a\\0b"', "control characters"),
        ('title: "a\\ud800b"', "broken Unicode"),
        ('tags: ["a\\eb"]', "control characters"),
        (f"collection: {'x' * 201}", "'collection' has 201 characters and may have 200"),
        (f"title: {'x' * 501}", "may have 500"),
        ("source_url: javascript:alert(1)", "is no web address"),
        ("source_url: ftp://example.org/x", "is no web address"),
        ("source_url: 'https://'", "is no web address"),
        ("a: &x [1]\nb: *x", "aliases"),
    ],
)
def test_bad_values_are_refused_with_the_place(front, says):
    with pytest.raises(ReadError, match=says) as caught:
        read(f"---\n{front}\n---\n{BODY}".encode(), "n.md")
    assert "n.md, front matter" in str(caught.value)


@pytest.mark.parametrize("date", ["2001", "2001-02", "2001-02-03", "2001-02~", "1990/1995", "199X"])
def test_edtf_dates_are_taken(date):
    assert read(f"---\ndate: '{date}'\n---\n{BODY}".encode(), "n.md")[0].date == date


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/a", "https://example.org/" + "x" * 1000])
def test_addresses_in_a_page_that_are_none_of_the_web_are_left_out(url):
    page = f"<html><head><link rel=canonical href='{url}'><meta property=og:url content='{url}'></head><body><p>{BODY * 9}</p></body></html>"
    assert read(page.encode(), "p.html")[0].source_url == ""
