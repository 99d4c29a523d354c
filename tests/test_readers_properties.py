"""Promises that hold for any input."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.readers import Options, ReadError, read
from meetings.records import READ_KINDS, Kind

PIECES = st.sampled_from(
    [
        "DE RUEHMO #2590/01 1521312", "O 011312Z JUN 07", "FM AMEMBASSY ATHENS", "UNCLAS ATHENS 000731", "TAGS: PREL", "SUBJECT: PORTS", "REF: ATHENS 1",
        "1. (SBU) Summary: he said.", "2. (C) More", "ATHENS 00000731  002 OF 003", "MEMORANDUM OF CONVERSATION", "PARTICIPANTS:", "Mr. Sample", "U.S.",
        "DATE: May 4, 1964", "140 Record of Conversation", "Canberra, 4 May 1956", "SECRET", "1 A note.", "_[NAA: A1]_", "Press Statement", "May 21, 2021",
        "Skip to main content", "Related", "© Media", "-----", "_", "#", "---", "https://example.org/2012/01/02/a-b-c-d", "In this May 6, 2015 file photo, he waits.",
        "A long sentence that runs on for more than a dozen words, as the press likes to write.", "", "", " ", "\t", "\x0c", "\u2028", "\xa0", "e\u0301", "𝔐",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=30).map("\n".join))
KINDS = st.one_of(st.none(), st.sampled_from(READ_KINDS))


def documents_of(data: bytes, kind: Kind | None = None):
    try:
        return read(data, "any", Options(kind=kind))
    except ReadError as error:
        assert str(error).endswith((".", "…"))
        return []


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"From: a\nMIME-Version: 1.0\n\n"]).flatmap(
            lambda start: st.binary(max_size=200).map(lambda rest: start + rest)
        ),
    )
)
def test_any_bytes_give_documents_or_a_reason(data):
    for document in documents_of(data):
        assert document.text.strip()


@settings(max_examples=300)
@given(TEXTS, KINDS)
def test_passages_are_ordered_and_cover_the_text(text, kind):
    for document in documents_of(text.encode(), kind):
        position = 0
        for passage in document.passages:
            assert position <= passage.start < passage.end <= len(document.text)
            assert not document.text[position : passage.start].strip()
            quote = document.text[passage.start : passage.end]
            assert quote == quote.strip() != ""
            position = passage.end
        assert not document.text[position:].strip()


@settings(max_examples=50)
@given(TEXTS, KINDS)
def test_reading_twice_gives_the_same(text, kind):
    assert documents_of(text.encode(), kind) == documents_of(text.encode(), kind)


@pytest.mark.parametrize("kind", [None, *READ_KINDS])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " x",
        "A B C ",
        "1. (SBU) x. ",
        "12 May 2015 ",
        "SECRET ",
        "(",
        "https://a/",
        "three days after the U.S. ",
        "- ",
        "_",
        "record note ",
        "MOSCOW 0000 ",
    ],
)
def test_one_endless_line_is_read_in_seconds(piece, kind):
    data = ("SUBJECT: " + piece * (500_000 // len(piece))).encode()
    started = time.monotonic()
    documents_of(data, kind)
    assert time.monotonic() - started < 5


def test_deeply_nested_page_is_read_or_refused():
    documents_of(b"<html><body>" + b"<div>" * 50_000 + b"The end of the talks.")
