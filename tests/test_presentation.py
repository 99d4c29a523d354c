"""Marks in a text, and a question's wording: no database."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from meetings.addresses import cleaned
from meetings.presentation.marking import Mark, segments
from meetings.wording import counted, listed, with_article

marks = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from("abc")).map(
        lambda drawn: Mark(drawn[0], drawn[0] + drawn[1], drawn[2])
    )
)


@given(st.text(max_size=40), st.integers(0, 20), marks)
def test_the_pieces_are_the_text_and_each_knows_exactly_its_marks(text, offset, marks):
    pieces = segments(text, offset, marks)
    assert "".join(piece.text for piece in pieces) == text
    at = offset
    for piece in pieces:
        assert piece.text
        for position in range(at, at + len(piece.text)):
            assert piece.kinds == {mark.kind for mark in marks if mark.start <= position < mark.end}
        at += len(piece.text)


def test_marks_may_overlap():
    pieces = segments("abcdef", 10, [Mark(11, 14, "x"), Mark(13, 99, "y")])
    assert [(piece.text, set(piece.kinds)) for piece in pieces] == [
        ("a", set()),
        ("bc", {"x"}),
        ("d", {"x", "y"}),
        ("ef", {"y"}),
    ]


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_in_words(items, words):
    assert listed(items) == words


def test_numbers_in_words():
    assert [counted(n, "meeting") for n in (0, 1, 1204)] == ["no meetings", "1 meeting", "1,204 meetings"]
    assert counted(2, "country", "countries") == "2 countries"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("United States", "the United States"),
        ("Russia", "Russia"),
        ("Soviet Union", "the Soviet Union"),
        ("Dominican Republic", "the Dominican Republic"),
        ("Solomon Islands", "the Solomon Islands"),
    ],
)
def test_some_countries_take_an_article(name, words):
    assert with_article(name) == words


def test_empty_and_repeated_values_are_cleaned_away():
    assert cleaned(QueryDict("q=&country=RU&country=RU&after=%20")).urlencode() == "country=RU"
