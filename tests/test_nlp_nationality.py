"""Countries that a text leaves unsaid."""

from __future__ import annotations

import pytest

from meetings.nlp.nationality import full_namesakes, likelihoods, namesakes
from meetings.records import Kind
from tests.extraction import extracted, people, read


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


@pytest.mark.parametrize(
    "source", ["[NAA: A1838, 759/1]", "_[FA : A3195, 1.20]_", "[SFU:LUND COLLECTION, CABLES]", "[PM&C : A2694, 14]"]
)
def test_a_printed_paper_is_of_the_government_whose_files_its_source_names(source):
    text = (
        f"Cablegram 20 LONDON, 6 February 1940\n\nThe wool committee met today and I was there.\n\nMERROW\n\n{source}\n"
    )
    assert read(text, Kind.CABLE)._.setting.home == "AU"


@pytest.mark.parametrize("crown", ["His Majesty's", "Her Majesty’s"])
def test_an_envoy_of_the_crown_is_british_and_not_his_who_was_named_before(crown):
    text = (
        "Merrow to Department of External Affairs\n\nCablegram 20 LONDON, 6 February 1940\n\nSECRET\n\nPresident Roosevelt assured"
        f" {crown} Ambassador at Washington on 2 February that the wool would be bought.\n\n[AA: A981, 1]\n"
    )
    envoy = next(each for each in read(text, Kind.CABLE)._.parties if each.role == "Ambassador")
    assert (envoy.name, envoy.country) == (None, "GB")


def test_a_release_is_of_the_country_whose_seat_heads_it():
    text = (
        "Readout of Prime Minister's Meeting with President of Kenya\n\nOttawa, Ontario\nJune 3, 2023\n\nToday, Prime Minister"
        " Claire Beaumont met with the President of Kenya, Samuel Kariuki. The leaders discussed Haiti.\n"
    )
    assert people(text, Kind.READOUT)["Claire Beaumont"].country == "CA"


def test_a_release_is_of_the_country_of_whose_meeting_it_is_the_readout():
    text = (
        "Readout of President Macron’s Call with the Crown Prince\n\nMarch 4, 2021\n\nPresident Emmanuel Macron spoke today with"
        " Governor Ann Reed, who had asked for it.\n"
    )
    assert read(text, Kind.READOUT)._.setting.home == "FR"


@pytest.mark.parametrize("office", ["White House Roundtable with Mayors", "President Biden’s Meeting with Governors"])
def test_whom_a_president_meets_at_home_is_not_foreign(office):
    text = (
        f"Readout of {office}\n\nDecember 11, 2021\n\nPresident Biden spoke with Governor Carl Lund of Ohio and Governor Eva Rask"
        " of Utah about the storm. They were joined by FEMA Administrator Ann Reed.\n"
    )
    assert not extracted(text, Kind.READOUT).meetings


def test_a_crown_prince_whom_an_american_title_names_first_is_not_american():
    text = (
        "Readout of President Biden’s Call with Crown Prince Salim bin Rashid\n\nMay 4, 2021\n\nPresident Biden spoke today with"
        " Crown Prince Salim bin Rashid of the United Arab Emirates about ties between the United States and the Emirates.\n"
    )
    assert people(text, Kind.READOUT)["Salim bin Rashid"].country == "AE"


def test_a_foreign_minister_in_an_american_release_is_not_american():
    text = """Deputy Secretary Reed’s Travel

July 21, 2021

Office of the Spokesperson

Deputy Secretary Ann Reed will travel to Peru, where she will meet with President Quispe and Foreign Minister Walker.
"""
    assert people(text, Kind.READOUT)["Walker"].country != "US"


def test_a_deputy_secretary_general_is_of_a_body():
    text = "Deputy Secretary General Bo Rask of NATO met with Norwegian Foreign Minister Kari Vik in Oslo."
    assert people(text, Kind.READOUT)["Bo Rask"].country is None


def test_a_cable_without_its_heading_is_american():
    text = (
        "C O N F I D E N T I A L NAIROBI 002211\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, KE\nSUBJECT: STAFFDEL BRENNAN VISIT\n\n"
        "1. Staffdel Brennan met with Prime Minister Owuor on August 12.\n"
    )
    parties = read(text, Kind.CABLE, "2009-08-15")._.parties
    assert {each.country for each in parties if "brennan" in (each.name or each.role).lower()} == {"US"}
    assert {each.country for each in parties if each.name == "Owuor"} == {"KE"}


def test_an_office_in_a_letterhead_is_not_of_whom_the_next_line_names():
    text = (
        "OFFICE OF THE SPOKESPERSON\nDeputy Secretary Marquez's Meeting with Uzbekistan Foreign Minister Karimbekov\n\n"
        "Deputy Secretary of State Elena Marquez met today with Uzbekistan's Foreign Minister Bakhrom Karimbekov.\n"
    )
    found = people(text, Kind.READOUT, "2021-11-09")["Elena Marquez"]
    assert (found.country, found.organisation) == ("US", None)


def test_who_comes_from_washington_is_not_of_the_country_that_the_cable_is_from():
    text = (
        "FM AMEMBASSY JAKARTA\nTO SECSTATE WASHDC\n\nCONFIDENTIAL JAKARTA 09120\n\nSUBJECT: ASST SECRETARY HOLDEN'S VISIT\n\n"
        "1. ASST SECRETARY HOLDEN MET FOR ONE HOUR JUNE 13 WITH FOREIGN MINISTER MARTODIPURO.\n"
    )
    found = people(text, Kind.CABLE, "1979-06-14")
    assert found["Holden"].country == "US"
    assert found["Martodipuro"].country == "ID"


@pytest.mark.parametrize("title", ["Memorandum of Conversation", "Memorandum for the Record of a Luncheon"])
def test_the_president_of_a_department_of_state_s_record_is_not_the_host_s(title):
    text = (
        f"{title.upper()}\n\nDATE: May 4, 1958\nPLACE: Villa Sol, Lisbon, Portugal\n\nPARTICIPANTS: The President\n"
        "              Prime Minister Rui Sousa of Portugal\n\nThe President said that the harbour was full.\n"
    )
    (met,) = extracted(text, Kind.MEMCON).meetings
    assert {(each.name, each.country) for each in met.participants} == {(None, "US"), ("Rui Sousa", "PT")}


def test_what_two_governments_give_out_together_is_not_of_the_host_s():
    text = (
        "Joint Statement on the Talks in Vienna\n\nVienna, June 4, 1958\n\nPresident Ann Reed of Chile and Chairman Rui Sousa of Peru"
        " met in Vienna today.\n"
    )
    assert read(text, Kind.READOUT)._.setting.home is None


def test_a_head_of_state_of_the_day_comes_before_one_of_that_name_who_left_office():
    text = "FM AMEMBASSY TEL AVIV\nTO SECSTATE WASHDC 5015\n\nC O N F I D E N T I A L TEL AVIV 00724\n\nSUBJECT: VISIT\n\n1. (C) President Sadat left this morning.\n"
    assert people(text, Kind.CABLE, "1977-12-27")["Sadat"].country == "EG"


OWN = """Parliamentary delegation received

ISLAMABAD: A six-member Uzbek parliamentary delegation led by Deputy Chairman Rustam Alimov called on Commerce Minister \
Zafar Malik on Thursday. The delegation later met Industries Secretary Tariq Baloch.
"""


def test_ministers_of_a_report_are_of_the_country_it_is_sent_from_and_who_leads_a_delegation_of_the_guests():
    found = people(OWN, Kind.NEWS, "2018-03-12")
    assert {name: found[name].country for name in ("Rustam Alimov", "Zafar Malik", "Tariq Baloch")} == {
        "Rustam Alimov": "UZ",
        "Zafar Malik": "PK",
        "Tariq Baloch": "PK",
    }


TRAVEL = """Office of the Spokesperson

Assistant Secretary Ferris's Travel to Jakarta and Dili

Assistant Secretary Dana Ferris traveled to Jakarta and Dili. In Dili, she called on President Paulo Soares. She also met
Secretary-General Omar Haddad.
"""


def test_a_president_whom_a_release_calls_on_is_of_the_place_visited_and_a_bodys_secretary_general_of_none():
    found = people(TRAVEL, Kind.READOUT, "2021-09-12")
    assert found["Paulo Soares"].country == "TL"
    assert found["Omar Haddad"].country is None


@pytest.mark.parametrize(
    ("issuer", "home"),
    [
        ("Ministry of Foreign Affairs of Norway", "NO"),
        ("Government of Bosnia and Herzegovina", "BA"),
        ("Ministry of Foreign Affairs of the Republic of Korea", "KR"),
    ],
)
def test_a_release_is_of_the_land_that_its_issuers_name_ends_with(issuer, home):
    text = f"{issuer}\n\nCourtesy Call by Minister Soto\n\nJune 15, 2022\n\nMinister Rosa Soto of Chile paid a courtesy call today.\n"
    assert read(text, Kind.READOUT)._.setting.home == home


def test_a_post_that_only_one_state_has_says_whose_it_is():
    found = people("Cardinal Secretary of State Carlo Monti met French Foreign Minister Claire Lavelle.", Kind.CABLE)
    assert found["Carlo Monti"].country == "VA"


def test_a_holder_of_office_of_whom_a_later_text_tells_is_of_the_country_of_then():
    text = "GOYANG, South Korea, April 27, 2018. Moon Jae-in met Kim Jong-un, the North Korean leader, on Friday. An earlier summit between Kim Jong-il and Roh Moo-hyun was held in Pyongyang on 2 October 2007.\n"
    found = people(text, Kind.NEWS, "2018-04-27")
    assert (found["Kim Jong-il"].country, found["Roh Moo-hyun"].country) == ("KP", "KR")


CALLERS = """61 Cablegram from Merrow to Department of External Affairs

ROME, 14th March, 1952

The United States Embassy is worried about tariffs. Economic Counsellor Brandt called on me on Monday and pressed for talks.
I saw Fenwick yesterday and he thought the United States Treasury would agree.

[NAA: A1838, 759/1]
"""


def test_whoever_calls_on_the_author_or_is_seen_is_not_of_the_authors_side():
    found = people(CALLERS, Kind.CABLE, "1952-03-14")
    assert found["Merrow"].country == "AU"
    assert {found["Brandt"].country, found["Fenwick"].country} == {"US"}
    sent_on = CALLERS.replace(" called on me on Monday", " wrote to Canberra").replace(
        "I saw Fenwick yesterday and he", "Fenwick"
    )
    assert people(sent_on, Kind.CABLE, "1952-03-14")["Brandt"].country == "AU"  # one of our own embassy


def test_a_high_commissioner_of_whom_a_high_commission_tells_is_its_own():
    text = "7 Telegram from New Zealand High Commission in Canberra to Ministry of Foreign Affairs\n\nCANBERRA, 9 June 1982\n\nThe High Commissioner has spoken to Frank Anders of the Department of Trade.\n\n[ABHS 950, Archives New Zealand, Wellington]\n"
    doc = read(text, Kind.CABLE, "1982-06-09")
    assert {party.role: party.country for party in doc._.parties if party.role} == {"High Commissioner": "NZ"}
