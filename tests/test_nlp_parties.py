"""Whom a text speaks of without a name: groups, an embassy's own people."""

from __future__ import annotations

import pytest

from meetings.records import Kind
from tests.extraction import meetings, people, read


def unnamed(text: str, kind: Kind = Kind.NEWS) -> set[tuple[str, str | None]]:
    return {(party.role, party.country) for party in read(text, kind, "2011-04-05")._.parties if not party.name}


def test_officials_of_two_countries_are_two_parties():
    found = unnamed("Chilean and Peruvian officials met in Quito on Tuesday to settle the text of the treaty.")
    assert {("officials", "CL"), ("officials", "PE")} <= found


def test_the_leaders_of_two_countries_are_one_each():
    found = unnamed("The President met the foreign ministers of Chile and Peru in Quito on Tuesday.")
    assert {country for role, country in found if "minister" in role.lower()} >= {"CL", "PE"}


def test_a_word_that_only_ends_like_a_group_is_none():
    assert not any(role == "and side" for role, _ in unnamed("The New Zealand side spoke first in the talks on trade."))


def test_the_country_at_the_end_of_a_list_is_all_its_peoples():
    text = "US Secretary of State Ann Reed met with Foreign Minister Kari Lund, State Secretary Arne Dahl and Ambassador Bo Rask of Norway."
    found = people(text)
    assert {found[name].country for name in ("Kari Lund", "Arne Dahl", "Bo Rask")} == {"NO"}


def test_a_former_president_is_no_holder_of_the_office_today():
    found = people(
        "Former President Clinton met Danish Prime Minister Mette Holm in Copenhagen.", Kind.NEWS, "2014-03-10"
    )
    assert (found["Clinton"].role, found["Clinton"].country) == ("former President", "US")


def test_counterparts_of_several_countries_are_those_whom_the_text_names_after_them():
    text = "Foreign Minister Kari Lund of Norway met her Chilean and Peruvian counterparts, Ana Rojas and Luis Vargas, in Oslo."
    found = people(text)
    assert (found["Ana Rojas"].country, found["Luis Vargas"].country) == ("CL", "PE")


def test_an_opposite_number_is_of_the_country_before_it():
    found = people(
        "Kenya's Foreign Minister, Alice Mutua, and her Norwegian opposite number, Kari Lund, agreed to meet again."
    )
    assert found["Kari Lund"].country == "NO"


def test_a_headline_that_says_who_will_meet_has_no_author():
    doc = read(
        "Lund, Rojas to meet in Oslo\n\nOSLO, 4 May - Norwegian Foreign Minister Kari Lund will receive Ana Rojas."
    )
    assert not any(party.own for party in doc._.parties)


@pytest.mark.parametrize(
    "subject",
    [
        "The presidents of Norway and Chile, Kari Lund and Pablo Reyes,",
        "The Norwegian and Chilean presidents, Kari Lund and Pablo Reyes,",
        "The Presidents of Norway, Kari Lund, and Chile, Pablo Reyes,",
        "Presidents Kari Lund of Norway and Pablo Reyes of Chile",
    ],
)
def test_holders_of_one_post_in_several_countries_are_named_in_their_order(subject):
    found = people(f"{subject} met in Oslo on Monday.")
    assert {name: (each.role.lower(), each.country) for name, each in found.items()} == {
        "Kari Lund": ("president", "NO"),
        "Pablo Reyes": ("president", "CL"),
    }


@pytest.mark.parametrize("word", ["counterpart, Takeo Mori,", "counterpart Takeo Mori", "colleague, Takeo Mori,"])
def test_a_counterpart_holds_the_post_of_the_other(word):
    found = people(f"Norwegian Fisheries Minister Kari Lund met her Japanese {word} in Oslo on Monday.")
    assert (found["Takeo Mori"].role, found["Takeo Mori"].country) == ("Fisheries Minister", "JP")


def test_whoever_has_a_counterpart_in_a_country_is_of_another():
    found = people("Defense Minister Takeo Mori and his U.S. counterpart, John Hale, met at the Pentagon on Tuesday.")
    assert (found["Takeo Mori"].country, found["John Hale"].country) == (None, "US")


def test_an_envoy_is_not_of_the_country_that_the_envoy_is_sent_for():
    found = people(
        "The UN Special Envoy for Libya, Kari Lund, met Libyan Prime Minister Omar Salem in Tripoli on Monday."
    )
    assert (found["Kari Lund"].country, found["Omar Salem"].country) == (None, "LY")


def test_a_post_whose_words_end_in_a_state_s_long_name_is_of_that_state():
    found = people("H.E. Kari Lund, Minister of Foreign Affairs of the Kingdom of Norway, spoke in Oslo on Monday.")
    assert [each.country for each in found.values()] == ["NO"]


def test_a_footnote_that_tells_a_post_shows_who_stands_before_it_to_be_somebody():
    text = (
        "12 Hale to Berg\n\nMemorandum WASHINGTON, 5 June 1940\n\nI spoke about the fleet with Corvane [1] on Thursday.\n\n"
        "1 U.K. Ambassador to the United States.\n\n_[AA: A981, USA 78, v]_"
    )
    found = people(text, Kind.OTHER, "1940-06-05")["Corvane"]
    assert (found.role, found.country) == ("U.K. Ambassador to the United States", "GB")


def test_officials_met_on_a_journey_are_of_the_country_that_the_paragraph_goes_to():
    text = """Assistant Secretary Reed's Travel to Chile

March 4, 2022

Office of the Spokesperson

Assistant Secretary Ann Reed will travel to Santiago, Chile March 7-9. Assistant Secretary Reed will meet with senior government \
officials on migration.
"""
    found = [(each.role, each.country) for each in read(text, Kind.READOUT)._.parties if each.group]
    assert ("senior government officials", "CL") in found


def test_a_list_of_governments_is_a_group_of_each():
    text = "Director Ann Reed met with officials from the Governments of Norway, the Netherlands, and Chile on March 4."
    groups = {each.country for each in read(text, Kind.READOUT)._.parties if each.group}
    assert groups == {"NO", "NL", "CL"}


def test_the_next_group_of_a_list_is_of_the_country_of_the_first():
    text = """Assistant Secretary Reed's Travel to Chile

March 4, 2022

Office of the Spokesperson

In Santiago, Assistant Secretary Ann Reed will meet with government officials and civil society representatives.
"""
    groups = {each.country for each in read(text, Kind.READOUT)._.parties if each.group}
    assert groups == {"CL"}
    assert sum(each.group for each in read(text, Kind.READOUT)._.parties) == 2


def test_in_remarks_that_a_release_gives_i_is_the_speaker():
    text = """Secretary Reed’s Remarks

March 27, 2022

Office of the Spokesperson

SECRETARY REED:  I met with President Lund of Norway in Oslo this afternoon. Thank you for coming.
"""
    (told,) = meetings(text, Kind.READOUT)
    assert {each.name for each in told.participants} == {"Reed", "Lund"}
