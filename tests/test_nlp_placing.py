"""The place of each meeting: told beside it, the post of those who wrote, or where the meeting told before it was."""

from __future__ import annotations

import pytest

from meetings.nlp.circumstances import Page
from meetings.nlp.components.placing import candidates
from meetings.records import Kind
from tests.extraction import meetings, nlp, read

CABLE = """UNCLASSIFIED OSLO 000123

E.O. 12958: N/A
TAGS: PREL, NO
SUBJECT: FISHERIES

1. (U) On March 9 the Ambassador met with Norwegian Foreign Minister Lars Berg to discuss fisheries. Berg said that quotas
were too low.
"""


def _places(text: str, kind: Kind = Kind.NEWS, date: str = "2011-03-09") -> list[str | None]:
    return [each.place and each.place.name for each in meetings(text, kind, date)]


def test_it_declares_what_it_reads_and_writes():
    meta = nlp().get_pipe_meta("placing")
    assert "doc._.places" in meta.requires
    assert meta.assigns == ["doc._.encounters"]


def test_the_city_beside_the_telling_words_is_the_place():
    story = "Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg in Lisbon on Monday."
    assert _places(story) == ["Lisbon"]


def test_an_embassy_s_city_is_inferred():
    (talks,) = meetings(CABLE, Kind.CABLE, "2010-03-10")
    assert (talks.place.name, talks.place.inferred) == ("Oslo", True)


def test_a_call_has_no_place():
    story = (
        "Portuguese Prime Minister Rui Sousa spoke by phone with Norwegian President Lars Berg from Lisbon on Monday."
    )
    assert _places(story) == [None]


def test_a_city_keeps_the_name_that_the_document_gives_it():
    story = "British Foreign Secretary Alan Webb met Chinese Premier Liu Ping in Peking on Monday."
    assert _places(story, date="1975-03-12") == ["Peking"]


def test_a_city_is_introduced_by_what_stands_before_its_kind():
    story = "Portuguese Prime Minister Rui Sousa met Norwegian President Lars Berg in the southern port city of Faro on Monday."
    assert _places(story) == ["Faro"]


def test_a_memorandum_is_written_where_its_line_of_date_says_after_the_kind_of_paper():
    text = (
        "12 Hale to Berg\n\nMemorandum WASHINGTON, 5 June 1940\n\nI called on the Under Secretary of State, Mr. Lund, this morning"
        " about the cables to Canberra.\n\n_[AA: A981, USA 78, v]_"
    )
    assert read(text, Kind.OTHER, "1940-06-05")._.setting.post.name == "Washington"


@pytest.mark.parametrize("building", ["the Department of State", "the State Department", "the White House"])
def test_a_seat_of_government_at_which_people_meet_is_the_place(building):
    (meeting,) = meetings(
        f"Secretary Ann Reed met Norwegian Foreign Minister Kari Lund today at {building}.", Kind.READOUT
    )
    assert meeting.place.country == "US" and "Washington" in meeting.place.name


def test_where_a_participants_post_is_is_not_where_they_met():
    text = (
        "MEMORANDUM OF CONVERSATION\n\nPARTICIPANTS:\n\n  President Ann Hale\n  John Reed, Chief of the U.S. Liaison Office, Oslo\n"
        "  Norwegian Foreign Minister Kari Vik\n\nDATE:     May 3, 1979\n\nThe President welcomed the Foreign Minister. They spoke of fish.\n"
    )
    doc = read(text, Kind.MEMCON)
    assert not candidates(Page(doc), doc._.encounters[0], None)
