"""Dating a text by constraints: two that agree, or no date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.readers.dating import explain, infer

PHOTO = "In this April 28, 2010 file photo, the minister arrives in Riga."
PARADE = (
    "The visit came two days after Mr. Sample, of the U.S. delegation, missed the parade on May Day in the capital."
)


def test_holiday_distance_and_weekday_from_a_photo_on_date_the_text():
    assert infer([PARADE, "The two met on Monday."], [PHOTO]) == "2010-05-03"


def test_evidence_is_given():
    found = explain([PARADE, "The two met on Monday."], [PHOTO])
    assert found.evidence[0] == PHOTO
    assert found.evidence[1].startswith("two days after") and found.evidence[1].endswith("May Day")
    assert found.evidence[2] == "Monday"


@pytest.mark.parametrize(
    ("body", "captions", "why"),
    [
        ([PARADE, "The two met on Monday."], [], "no year is known"),
        ([PARADE], [PHOTO], "no weekday is told"),
        ([PARADE, "The two met on Thursday."], [PHOTO], "the weekday does not fit"),
        (["The two met on Monday."], [PHOTO], "a file photo does not date the news"),
        ([PARADE, "The two met last Monday."], [PHOTO], "another week's Monday"),
        (
            [PARADE, "It came a day after Bastille Day. They met on Monday."],
            [PHOTO.replace("April 28", "May 30")],
            "too far from the photo",
        ),
    ],
)
def test_no_date_without_constraints_that_agree(body, captions, why):
    assert infer(body, captions) is None, why


def test_picture_of_the_news_itself_dates_it_with_its_weekday():
    caption = "Ministers in Oslo on Friday, May 22, 2009. Kari Sample/Reuters"
    assert infer(["They met on Friday."], [caption]) == "2009-05-22"
    assert infer(["They met on Thursday."], [caption]) is None


def test_the_year_turns():
    body = ["It came three days after Christmas Day, and a week of rain.", "They signed on Monday."]
    assert infer(body, ["File photo: the minister on December 20, 2009"]) == "2009-12-28"
    body = ["It came two days after New Year's Day.", "They signed on Sunday."]
    assert infer(body, ["File photo: the minister on December 20, 2009"]) == "2010-01-03"


@given(st.lists(st.text(max_size=200), max_size=5), st.lists(st.text(max_size=100), max_size=3))
def test_any_text_is_dated_or_not(body, captions):
    assert infer(body, captions) is None or len(infer(body, captions)) == 10
