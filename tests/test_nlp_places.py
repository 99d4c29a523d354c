"""Which place a name means: by what else the text says, then by size; never a header's label."""

from __future__ import annotations

import pytest

from meetings import readers
from meetings.nlp.cities import city, place
from meetings.nlp.setting import setting
from meetings.records import Kind
from tests.extraction import meetings, read


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Melbourne", {"US"}, "AU"),
        ("Alexandria", {"US", "EG"}, "EG"),
        ("Panama City", {"US", "PA"}, "PA"),
        ("Birmingham", {"US"}, "US"),
        ("Birmingham", set(), "GB"),
        ("Bali", {"IN"}, "ID"),
        ("Crimea", set(), "UA"),
    ],
)
def test_a_namesake_is_chosen_by_the_countries_of_the_text_and_by_size(name, near, country):
    assert place(name, near).country == country


def test_a_small_town_needs_its_country_in_the_text():
    assert city("Nadi") is None
    assert city("Nadi", {"FJ"}).country == "FJ"


def test_a_building_is_named_with_its_city():
    assert place("the Kremlin").name == "Kremlin, Moscow"
    assert place("the Kremlin").precision == "building"


def _setting(text: str):
    [document] = readers.read(text.encode(), "memo.txt", readers.Options(kind=Kind.MEMCON))
    return setting(document)


RECORD = """MEMORANDUM OF CONVERSATION

DATE:  June 3, 1964
PLACE: Residence of the Ambassador, Oslo, Norway

PARTICIPANTS:
    Mr. Hall, Under Secretary
    Mr. Lund, Foreign Minister of Norway

SUBJECT: Fisheries

Mr. Lund said that quotas were too low.
"""


def test_a_label_of_the_header_is_no_city():
    assert _setting(RECORD).post.name == "Oslo"
    assert _setting(RECORD.replace("PLACE: Residence of the Ambassador, Oslo, Norway\n", "")).post is None


def test_a_city_of_a_state_that_is_gone_was_in_that_state():
    text = "MOSCOW, 4 May 1966 — Soviet Premier Ivan Orlov met Indian Prime Minister Ravi Mehta in Tashkent on Tuesday."
    (talks,) = meetings(text, Kind.NEWS, "1966-05-04")
    assert (talks.place.name, talks.place.country) == ("Tashkent", "SU")


def test_the_town_of_a_venue_is_not_another_place():
    text = """Readout of the President's Meeting with Prime Minister Berg

March 3, 2022

President Ann Reed met today at the White House with Prime Minister Lars Berg of Norway.

In Washington, President Reed and Prime Minister Berg discussed fisheries during their meeting.
"""
    assert len(meetings(text, Kind.READOUT)) == 1


def test_a_name_after_at_the_is_a_building_though_nobody_lists_it():
    doc = read("President Lars Berg of Norway hosted Ann Reed for breakfast at the Maritime Observatory.", Kind.READOUT)
    assert ("Maritime Observatory", "building") in [(each.name, each.precision) for each in doc._.places]


def test_a_venue_that_sounds_like_a_firm_is_a_building():
    doc = read("President Lars Berg of Norway received Ann Reed at Kirribilli House, Sydney, on Monday.", Kind.READOUT)
    assert "Kirribilli House, Sydney" in [each.name for each in doc._.places]


def test_a_state_that_stands_before_a_name_is_a_state_and_no_town():
    doc = read("PARIS — Ana Duarte met Per Lind on Monday. A crowd had gathered at the U.S. Capitol the week before.")
    assert not [place.name for place in doc._.places if place.name == "U.S" and place.precision != "country"]
