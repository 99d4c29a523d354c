"""The day of each meeting: told beside it, in the heading, by the document's own date, or by the meeting told before it."""

from __future__ import annotations

import pytest

from meetings.records import Kind, Status
from tests.extraction import meetings, nlp, who

RECORD = """Note of Conversation between Mr Holm and the Ambassador of Chile on 14 March 1966

OSLO, 17 March 1966

I received the Ambassador of Chile, Mr Pablo Reyes, at his request. Mr Reyes said that copper prices were too low.
"""
NEWS = "LISBON, March 9 (Wire) — {}"


def _dates(text: str, kind: Kind = Kind.NEWS, date: str = "2011-03-09") -> list[str | None]:
    return [each.date for each in meetings(text, kind, date)]


def test_it_declares_what_it_reads_and_writes():
    meta = nlp().get_pipe_meta("dating")
    assert "doc._.times" in meta.requires
    assert meta.assigns == ["doc._.encounters", "doc._.parties"]


def test_the_day_in_the_heading_of_a_record_is_the_conversation_s():
    found = meetings(RECORD, Kind.MEMCON)
    assert [each.date for each in found][:1] == ["1966-03-14"]


def test_a_readout_tells_of_the_day_on_which_it_was_given_out():
    text = """Readout of the Secretary's Meeting with Foreign Minister Sousa

March 9, 2011

Office of the Spokesperson

Secretary Ann Reed met with Portuguese Foreign Minister Rui Sousa. They discussed fisheries.
"""
    assert _dates(text, Kind.READOUT, "") == ["2011-03-09"]


def test_the_part_of_a_day_is_no_thing_that_the_day_belongs_to():
    text = """THE WHITE HOUSE

Readout of the Secretary's Meeting with Foreign Minister Sousa

2011-03-09

On the afternoon of 8 March local time, Secretary Ann Reed met with Portuguese Foreign Minister Rui Sousa in Lisbon.
"""
    assert _dates(text, Kind.READOUT, "") == ["2011-03-08"]


def test_a_weekday_counts_back_from_the_day_of_the_news():
    story = NEWS.format("Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg in Lisbon on Monday.")
    assert _dates(story) == ["2011-03-07"]


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("the day before yesterday", "2016-06-08"),
        ("on Tuesday last week", "2016-05-31"),
        ("at the weekend", "2016-06-04"),
        ("on the third of June", "2016-06-03"),
        ("on the 9th", "2016-06-09"),
        ("a week ago", "2016-06"),
        ("three months ago", "2016-03"),
    ],
)
def test_a_day_told_in_several_words_is_not_taken_for_what_one_of_them_means(told, date):
    text = f"Norwegian Prime Minister Karl Dahl met Danish Prime Minister Mette Holm in Oslo {told}."
    (meeting,) = meetings(text, Kind.NEWS, "2016-06-10")
    assert meeting.date == date


def test_the_day_of_something_else_is_not_the_meeting_s():
    story = NEWS.format(
        "Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg on Monday to discuss the treaty signed on"
        " 4 May 1998."
    )
    assert _dates(story) == ["2011-03-07"]


def test_the_next_meeting_goes_on_from_the_day_of_the_one_told_before():
    story = NEWS.format(
        "Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg in Lisbon on Monday."
        " Mr Sousa then met Finnish Foreign Minister Aino Salo."
    )
    assert _dates(story) == ["2011-03-07", "2011-03-07"]


def test_a_meeting_that_nothing_dates_has_no_date():
    story = "Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg in Lisbon."
    assert _dates(story, date="") == [None]


def test_a_record_s_heading_tells_where_and_when_its_conversation_was_and_the_line_below_when_it_was_written():
    text = """Note by Mr Holm of Conversation with Mr Reyes in Bergen on 14 March 1966

OSLO, 17 March 1966

I received the Ambassador of Chile, Mr Pablo Reyes, at his request. Mr Reyes said that copper prices were too low.
"""
    talk = meetings(text, Kind.MEMCON)[0]
    assert (talk.date, talk.place.name) == ("1966-03-14", "Bergen")


@pytest.mark.parametrize(
    ("told", "date"), [("in two weeks", "2016-06"), ("in three days", "2016-06-13"), ("in a month", "2016-07")]
)
def test_what_is_to_come_in_two_weeks_is_counted_from_the_day_of_the_news(told, date):
    text = f"Norwegian Prime Minister Karl Dahl will meet Danish Prime Minister Mette Holm in Oslo {told}."
    assert _dates(text, date="2016-06-10") == [date]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "The spokesman said on Tuesday that Norwegian Prime Minister Karl Dahl had met Danish Prime Minister Mette Holm in Oslo"
            " on Sunday.",
            "2016-06-05",
        ),
        (
            "The spokesman said on Tuesday that Norwegian Prime Minister Karl Dahl would meet Danish Prime Minister Mette Holm in"
            " Oslo on Sunday.",
            "2016-06-12",
        ),
    ],
)
def test_the_day_on_which_something_was_said_is_not_the_meeting_s(text, date):
    assert _dates(text, date="2016-06-10") == [date]


@pytest.mark.parametrize(
    ("text", "date", "status"),
    [
        (
            "Norwegian Prime Minister Karl Dahl, who will visit Rome in autumn, met Danish Prime Minister Mette Holm on Monday.",
            "2016-06-06",
            Status.HELD,
        ),
        (
            "The spokesman said Norwegian Prime Minister Karl Dahl would instead receive Danish Prime Minister Mette Holm in Oslo"
            " on Monday.",
            "2016-06-13",
            Status.PLANNED,
        ),
        (
            "The ministries announced a meeting of Norwegian Prime Minister Karl Dahl and Danish Prime Minister Mette Holm in Oslo"
            " on 20 June 2016.",
            "2016-06-20",
            Status.PLANNED,
        ),
    ],
)
def test_what_news_dates_after_itself_is_to_come_and_what_it_tells_as_past_lies_before_it(text, date, status):
    assert [(each.date, each.status) for each in meetings(text, Kind.NEWS, "2016-06-10")] == [(date, status)]


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("ended three days of talks in Rome on Thursday", "2016-06-07", "2016-06-09"),
        ("opened a two-day summit in Rome on Thursday", "2016-06-09", "2016-06-10"),
        ("held three rounds of talks in Rome on Thursday", "2016-06-09", None),
    ],
)
def test_talks_that_end_or_open_on_a_day_take_as_many_as_are_told(told, first, last):
    text = f"Norwegian Prime Minister Karl Dahl and Danish Prime Minister Mette Holm {told}."
    assert [(each.date, each.date_end) for each in meetings(text, Kind.NEWS, "2016-06-10")] == [(first, last)]


def test_a_release_tells_of_talks_on_a_journey_that_is_over_by_the_journeys_days():
    text = """Assistant Secretary Reed's Travel to Lisbon

March 14, 2011

Office of the Spokesperson

Assistant Secretary Ann Reed traveled to Lisbon, Portugal from March 9-11. While in Lisbon, Assistant Secretary Reed met with \
Portuguese Foreign Minister Rui Sousa.
"""
    assert _dates(text, Kind.READOUT, "") == ["2011-03-09"]


def test_what_a_schedule_tells_is_planned_for_its_day():
    text = """Public Schedule – June 25, 2012

June 25, 2012

Office of the Spokesperson

Secretary Reed is on travel to Norway from June 22-26, 2012.

10:30 a.m. Secretary Ann Reed meets with Norwegian Foreign Minister Kari Lund, in Oslo, Norway.
"""
    assert [(each.date, each.status) for each in meetings(text, Kind.READOUT, "")] == [("2012-06-25", Status.PLANNED)]


def test_what_was_told_recently_is_not_of_the_day_of_the_letter():
    text = (
        "Letter from Shaw to Merrow\n\nLondon, 20 September 1928\n\nSir Ralph Hart of the British Treasury called on me recently about"
        " the loan.\n\nHerr Vogt, the German Counsellor, called on me this morning about the docks.\n\n[NAA: A1, 2]\n"
    )
    told = {name: each.date for each in meetings(text, Kind.OTHER, "1928-09-20") for name in who(each)}
    assert (told["Ralph Hart"], told["Vogt"]) == (None, "1928-09-20")


def test_the_day_that_tells_which_accident_was_spoken_of_is_not_the_meeting_s():
    text = """Secretary Reed’s Call with Croatian Foreign Minister Horvat

March 15, 2022

Office of the Spokesperson

Secretary of State Ann Reed spoke today with Croatian Foreign Minister Ivo Horvat. Secretary Reed and Foreign Minister Horvat also \
discussed the March 10 train crash in Split.
"""
    assert {each.date for each in meetings(text, Kind.READOUT)} == {"2022-03-15"}


def test_a_meeting_to_which_somebody_is_invited_is_not_of_the_day_of_the_invitation():
    text = """Readout of President Biden’s Call with Prime Minister Dahl of Norway

June 28, 2021

President Biden spoke today with Prime Minister Eva Dahl of Norway. President Biden extended an invitation for Prime Minister Dahl to \
meet with him at the White House.
"""
    assert {each.status: each.date for each in meetings(text, Kind.READOUT)} == {
        Status.HELD: "2021-06-28",
        Status.PROPOSED: None,
    }


TELEGRAM = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: DEBTS\n\n"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "1. Poloff met Finance Minister Grace Owusu May 12. Same evening the Ambassador met Speaker Kwame Mensah.",
            ["2008-05-12", "2008-05-12"],
        ),
        (
            "1. Poloff met Finance Minister Grace Owusu May 12. Owusu had seen French Ambassador Paul Girard on previous day.",
            ["2008-05-12", "2008-05-11"],
        ),
        (
            "1. On May 12, Finance Minister Grace Owusu told Poloff over lunch that debts fell due in 2012.",
            ["2008-05-12"],
        ),
        (
            "1. Ambassador Ann Hale left for Lome on May 12, and will see President Kofi Ayite in Lome on May 24.",
            ["2008-05-24"],
        ),
    ],
)
def test_days_in_a_telegram_are_of_the_clause_that_tells_the_meeting(text, days):
    assert [each.date for each in meetings(TELEGRAM + text, Kind.CABLE, "2008-05-21")] == days


@pytest.mark.parametrize(
    ("told", "days"),
    [
        (
            "The talks between Portuguese Prime Minister Rui Sousa and Norwegian President Lars Berg, which opened on March 3, ended yesterday.",
            ("2011-03-03", "2011-03-08"),
        ),
        (
            "Portuguese Prime Minister Rui Sousa, who came home today, had negotiated for three days with Norwegian President Lars Berg.",
            ("2011-03-07", "2011-03-09"),
        ),
    ],
)
def test_talks_last_from_the_day_on_which_they_opened_to_that_on_which_they_ended(told, days):
    (met,) = meetings(NEWS.format(told), Kind.NEWS, "2011-03-09")
    assert (met.date, met.date_end) == days


def test_what_had_been_before_the_meeting_told_is_not_of_its_day():
    text = """Note of Conversation between Mr Holm and the Ambassador of Chile on 14 March 1966

OSLO, 14 March 1966

I received the Ambassador of Chile, Mr Pablo Reyes, at his request. Mr Reyes said that copper prices were too low.

He had discussed them with the Foreign Minister of Peru, Mr Luis Salas.
"""
    assert [each.date for each in meetings(text, Kind.MEMCON)] == ["1966-03-14", None]
