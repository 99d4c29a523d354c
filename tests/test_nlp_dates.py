from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.nlp.dates import MONTHS, counted, duration_of, resolve, time_of
from meetings.records import Kind
from tests.extraction import meetings

WRITTEN = "2009-12-21"  # a Monday


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("January, 2014", "2014-01"),
        ("3rd May, 1949", "1949-05-03"),
        ("14 Nov", "2009-11-14"),
        ("May 29", "2009-05-29"),
        ("AUG. 17", "2009-08-17"),
        ("Thursday, 24 September", "2009-09-24"),
        ("1/18", "2009-01-18"),
        ("6/30/08", "2008-06-30"),
        ("2005", "2005"),
        ("early June", "2009-06"),
        ("today", "2009-12-21"),
        ("yesterday evening", "2009-12-20"),
        ("on Friday", "2009-12-18"),
        ("last Monday", "2009-12-14"),
        ("two months ago", "2009-10"),
        ("the 11th", "2009-12-11"),
        ("19th inst.", "2009-12-19"),
        ("4th ult.", "2009-11-04"),
        ("two nights ago", "2009-12-19"),
        ("the day before yesterday", "2009-12-19"),
        ("Friday last week", "2009-12-18"),
        ("Tuesday of next week", "2009-12-29"),
        ("Wednesday this week", "2009-12-23"),
        ("June the 3rd", "2009-06-03"),
        ("the twenty-first of May, 1950", "1950-05-21"),
        ("a fortnight ago", "2009-12"),
        ("16 July '08", "2008-07-16"),
        ("16.7.2008", "2008-07-16"),
        ("2008/07/16", "2008-07-16"),
        ("23/7/2008", "2008-07-23"),
        ("5 or 6 December", "2009-12-05"),
    ],
)
def test_a_date_is_read_from_the_day_of_writing(text, date):
    assert resolve(text, WRITTEN).date == date


@pytest.mark.parametrize(
    ("text", "date"), [("May 29", "2010-05-29"), ("on Friday", "2009-12-25"), ("tomorrow", "2009-12-22")]
)
def test_what_is_to_come_lies_ahead(text, date):
    assert resolve(text, WRITTEN, future=True).date == date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("March 1 to 4, 2006", "2006-03-01", "2006-03-04"),
        ("8-10 February 1966", "1966-02-08", "1966-02-10"),
        ("September 14-18", "2009-09-14", "2009-09-18"),
        ("May 25–June 4, 2021", "2021-05-25", "2021-06-04"),
        ("November 16, 17 and 18, 1933", "1933-11-16", "1933-11-18"),
        ("from 4 to 10 January 1966", "1966-01-04", "1966-01-10"),
        ("29 December to 3 January", "2009-12-29", "2010-01-03"),
        ("4-5 and 11-12 April 1983", "1983-04-04", "1983-04-12"),
        ("Sept 29th & 30th", "2009-09-29", "2009-09-30"),
        ("last weekend", "2009-12-19", "2009-12-20"),
    ],
)
def test_a_range_has_a_first_and_a_last_day(text, first, last):
    when = resolve(text, WRITTEN)
    assert (when.date, when.end) == (first, last)


@pytest.mark.parametrize(
    ("text", "written", "date"),
    [
        ("several months ago", "2009-12-21", "2009"),
        ("several months ago", "2010-03-21", None),
        ("a few days ago", "2009-12-21", "2009-12"),
        ("some weeks ago", "2009-12-21", "2009"),
    ],
)
def test_some_time_ago_is_the_month_or_the_year_that_surely_holds_it(text, written, date):
    when = resolve(text, written)
    assert (when and when.date) == date


@pytest.mark.parametrize("text", ["several years ago", "30 February", "99/99/9999", "the talks", ""])
def test_what_names_no_day_stays_unknown(text):
    assert resolve(text, WRITTEN) is None


def test_without_a_day_of_writing_only_whole_dates_are_known():
    assert resolve("on Friday", None) is None
    assert resolve("May 29", None) is None
    assert resolve("May 29, 2007", None).date == "2007-05-29"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("at 9.30 p.m.", "21:30"),
        ("12 a.m.", "00:00"),
        ("11:30 am", "11:30"),
        ("noon", "12:00"),
        ("2:00–4:30 p.m.", "14:00"),
    ],
)
def test_the_hour_of_a_meeting_is_read(text, time):
    assert time_of(text) == time


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("the same day", "2009-03-31"),
        ("that evening", "2009-03-31"),
        ("the following day", "2009-04-01"),
        ("the previous evening", "2009-03-30"),
        ("two days later", "2009-04-02"),
        ("on Friday", None),
    ],
)
def test_some_days_are_counted_from_the_day_told_before(text, date):
    when = counted(text, datetime.date(2009, 3, 31))
    assert (when.date if when else None) == date
    assert counted(text, None) is None


def test_the_day_told_before_dates_the_next_sentence():
    text = "Canadian Foreign Minister Anne Leclerc met German Chancellor Karl Brandt in Bonn on March 3. The following day she met French President Paul Girard in Paris.\n"
    first, second = meetings(text, Kind.NEWS, "2016-03-10")
    assert (first.date, second.date) == ("2016-03-03", "2016-03-04")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("They talked for four hours.", 240),
        ("The call lasted about 90 minutes.", 90),
        ("a two-hour meeting", 120),
        ("They met for an hour and a half.", 90),
        ("for half an hour", 30),
        ("It lasted about a quarter of an hour.", 15),
        ("9:55 p.m. to 11:25 p.m.", 90),
        ("2:00-4:30 p.m.", 150),
        ("They met two hours earlier than planned.", None),
        ("They talked for 48 hours.", None),
        ("They talked.", None),
    ],
)
def test_how_long_it_lasted_is_read_in_minutes(text, minutes):
    assert duration_of(text) == minutes


def test_a_meeting_has_its_hour_and_length():
    text = "Canadian Foreign Minister Anne Leclerc met German Chancellor Karl Brandt in Bonn on March 3 at 10 a.m. for two hours.\n"
    (meeting,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert (meeting.time, meeting.duration) == ("10:00", 120)


words = st.sampled_from(
    [*MONTHS, "monday", "last", "next", "the", "of", "to", "-", ",", "/", "ago", "weeks", "31", "29", "0", "2023", "1"]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(words, max_size=7).map(" ".join)),
    st.sampled_from(["2023-02-28", "0001-01-01", "9999-12-31", "2014", "", "not a date", None]),
)
def test_any_text_gives_a_date_or_nothing(text, anchor):
    when = resolve(text, anchor)
    assert when is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", when.date)
    assert duration_of(text) is None or duration_of(text) > 0
    assert time_of(text) is None or re.fullmatch(r"\d\d:\d\d", time_of(text))


@given(st.dates(), st.dates())
def test_a_full_date_means_the_same_whenever_it_was_written(day, written):
    text = f"{day.day} {day.strftime('%B')} {day.year:04}"
    if 1500 <= day.year < 2100:
        assert resolve(text, written.isoformat()).date == day.isoformat()


def test_a_plan_in_the_sentence_before_does_not_put_a_weekday_into_the_future():
    text = (
        "Canadian Foreign Minister Anne Leclerc will fly home on Friday.\n\n"
        "On Monday, Leclerc spoke by telephone with German Chancellor Karl Brandt."
    )
    assert [each.date for each in meetings(text, Kind.NEWS, "2011-02-03") if each.medium == "phone"] == ["2011-01-31"]


def test_a_rough_date_is_what_the_commas_after_it_say():
    text = "President Paul Girard of France met Chancellor Karl Brandt of Germany in Dresden last week, 2-4 March."
    (talk,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert (talk.date, talk.date_end) == ("2016-03-02", "2016-03-04")
