"""EDTF dates: their bounds, and how they read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import dates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2007-05-29", "29 May 2007"),
        ("2014-01", "January 2014"),
        ("2014", "2014"),
        ("2015-05~", "about May 2015"),
        ("1956?", "perhaps 1956"),
        ("2007-07-01/2007-07-02", "1–2 July 2007"),
        ("2007-06-30/2007-07-02", "30 June – 2 July 2007"),
        ("1955-12-30/1956-01-02", "30 December 1955 – 2 January 1956"),
        ("2014-01/2014-03", "January – March 2014"),
        ("1939/1945", "1939 – 1945"),
        ("196X", "1960s"),
        ("", ""),
    ],
)
def test_dates_read_as_a_person_writes_them(text, words):
    assert dates.in_words(text) == words


def test_bounds_are_the_first_and_last_day():
    assert dates.bounds("2014-02") == (date(2014, 2, 1), date(2014, 2, 28))
    assert dates.bounds("2007-07-01/2007-07-02") == (date(2007, 7, 1), date(2007, 7, 2))


@pytest.mark.parametrize(
    "text, said",
    [
        ("last Tuesday", "is not a date. Write 2007-05-29"),
        ("../1985", "is not a date"),
        ("x" * 500, "is not a date"),
        ("2007-13", "There is no 2007-13 in the calendar"),
        ("2007-02-30", "There is no 2007-02-30 in the calendar"),
        ("2008/2007", "ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused_with_a_hint(text, said):
    with pytest.raises(ValueError, match=said):
        dates.bounds(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_its_own_bounds(day):
    assert dates.bounds(day.isoformat()) == (day, day)
    assert dates.overlap(day.isoformat(), day.isoformat()[:7])


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text):
    try:
        first, last = dates.bounds(text)
    except ValueError:
        return
    assert first <= last
    assert dates.in_words(text)
