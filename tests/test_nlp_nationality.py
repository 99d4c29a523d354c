"""Countries that a text leaves unsaid."""

from __future__ import annotations

from meetings.nlp.nationality import full_namesakes, likelihoods, namesakes
from meetings.records import Kind
from tests.extraction import people


def test_a_name_tells_which_of_several_peoples_is_likelier():
    found = likelihoods("Takahashi", {"JP", "AU", "FR"})
    assert max(found, key=found.get) == "JP"
    assert all(value <= 0 for value in found.values())


def test_people_of_an_archive_are_known_by_surname_and_by_whole_name():
    assert set(namesakes("Gromyko")) == {"SU"}
    assert full_namesakes("A. A. Gromyko") == {"SU"}
    assert full_namesakes("Nobody Known") == set()


RECORD = """Record of Conversation with Nakamura

TOKYO, 18 October 1956

I had lunch with Mr Nakamura, who had come from the Japanese Ministry of Finance. Mr Nakamura said that Japan would send a
delegation to Canberra. The Japanese Government wished to begin in November.

[NAA: A1838, 759/1]
"""


def test_a_foreigner_in_an_archives_record_is_of_the_country_that_stands_beside_the_name():
    assert people(RECORD, Kind.MEMCON, "1956-10-18")["Nakamura"].country == "JP"


def test_a_holder_of_office_has_post_and_country_of_the_day():
    found = people("Chifley spoke to Bevin in London on Tuesday about the conference.", Kind.NEWS, "1948-07-13")
    assert (found["Chifley"].role, found["Chifley"].country) == ("Prime Minister", "AU")
    assert (found["Bevin"].role, found["Bevin"].country) == ("Foreign Secretary", "GB")


def test_somebody_of_an_international_body_has_no_country():
    found = people(
        "Secretary-General Ana Rojas of the United Nations met Chilean Foreign Minister Rui Costa in Santiago."
    )
    assert found["Ana Rojas"].country is None


def test_a_secretary_in_an_embassys_cable_is_of_its_own_government():
    text = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC 5015\n\nUNCLAS OSLO 000724\n\nSUBJECT: VISIT\n\n1. (U) President Kari Lund received Secretary Hale on July 1."
    found = people(text, Kind.CABLE)
    assert (found["Hale"].country, found["Kari Lund"].country) == ("US", "NO")
