"""Later mentions mean those who were named before."""

from __future__ import annotations

import pytest

from meetings.records import Kind
from tests.extraction import meetings, read, who


def mentioned(text: str, words: str, kind: Kind = Kind.NEWS, date: str = "2011-04-05") -> set[str | None]:
    """Names of the parties that these words mean."""
    doc = read(text, kind, date)
    return {doc._.parties[each.party].name for each in doc._.mentions if doc[each.start : each.end].text == words}


def test_a_surname_and_a_post_mean_whom_the_text_named():
    text = "Chilean Foreign Minister Ana Rojas arrived in Lima on Monday. Rojas spoke first. The Foreign Minister left later."
    assert mentioned(text, "Rojas") == {"Ana Rojas"}
    assert mentioned(text, "The Foreign Minister") == {"Ana Rojas"}


def test_two_of_one_surname_stay_two():
    text = "President Kim Dong-su met Ambassador Kim Ha-neul in Seoul on Tuesday. President Kim thanked Ambassador Kim."
    assert mentioned(text, "President Kim") == {"Kim Dong-su"}
    assert mentioned(text, "Ambassador Kim") == {"Kim Ha-neul"}


def test_a_post_that_only_the_tables_know_is_meant_in_its_own_country_alone():
    text = "Note of Conversation with Smuts\n\nLONDON, 3 June 1943\n\nI saw Smuts this morning. He had seen the Prime Minister at noon, and they spoke of the war in Africa."
    assert "Smuts" not in mentioned(text, "the Prime Minister", Kind.MEMCON, "1943-06-03")


def test_foreign_ministers_of_a_title_are_those_whom_the_text_names():
    text = "Meeting with Foreign Ministers of Egypt and Jordan\n\nEgyptian Foreign Minister Karim Nasser met Secretary Whitfield in Washington on Friday."
    assert mentioned(text, "Foreign Ministers of Egypt", Kind.READOUT) == {"Karim Nasser"}


def test_the_president_of_a_release_is_its_issuers():
    text = "THE WHITE HOUSE\n\nReadout of President Whitfield's Call with President Karim Nasser of Egypt\n\nPresident Whitfield spoke today with President Karim Nasser of Egypt. The President said that he was alarmed by the fighting. President Nasser had asked for wheat. The President promised it."
    assert mentioned(text, "The President", Kind.READOUT) == {"Whitfield"}


def test_a_title_alone_of_the_embassy_is_whom_its_cable_names_with_it():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: GHANA: PEACEKEEPERS\n\n1. (C) Foreign Minister Kojo Amankwah received Charge d'Affaires Peter Lindqvist on May 19.\n\n2. (C) The Charge will meet Defense Minister Grace Owusu on May 26."
    assert mentioned(text, "The Charge", Kind.CABLE, "2008-05-21") == {"Peter Lindqvist"}


SIGNED = """Record of Conversation with the New Zealand Minister for Defence

Wellington, 9 August 1956

I called on the Minister for Defence, Mr. A. G. Rutherford, this morning.

2. Rutherford asked about the supply of aircraft. I said the matter would come before Cabinet on the 20th.

[J. P. WHITTAKER]
Australian High Commissioner
"""


def test_i_is_whoever_signed_the_paper():
    doc = read(SIGNED, Kind.MEMCON, "1956-08-09")
    (author,) = {each.party for each in doc._.mentions if doc[each.start : each.end].text == "I"}
    party = doc._.parties[author]
    assert (party.name.title(), party.role, party.country) == ("J. P. Whittaker", "High Commissioner", "AU")


def test_what_a_speaker_says_first_is_not_his_name():
    text = "Memorandum of Telephone Conversation\n\nPARTICIPANTS: The President\nPrime Minister Astrid Lindgren\n\nThe President: Hello, Astrid. Thank you for taking my call.\n\nPrime Minister Lindgren: Good morning."
    doc = read(text, Kind.MEMCON, "1994-06-08")
    assert "Hello" not in {party.name for party in doc._.parties}


def test_a_name_in_full_goes_before_its_initial():
    text = "Ambassador Ellen Price met Chilean Foreign Minister Ana Rojas in Lima on Monday. E. Price wrote the report."
    assert mentioned(text, "E. Price") == {"Ellen Price"}


def test_the_president_of_a_release_is_no_foreign_one_who_is_named_later():
    text = (
        "Statement on the Call\n\nMarch 7, 2022\n\nTHE WHITE HOUSE\n\n"
        "The President spoke today with President Anne Martin of France and Prime Minister Rui Costa of Portugal."
    )
    assert mentioned(text, "The President", Kind.READOUT, "2022-03-07") == {None}


def test_a_possessive_before_a_counterpart_is_no_second_party():
    text = "Norwegian Foreign Minister Kari Lund met his Portuguese counterpart, Rui Costa, in Lisbon on Monday."
    (talk,) = meetings(text, Kind.NEWS, "2011-04-05")
    assert who(talk) == {"Kari Lund", "Rui Costa"}


def test_a_telegrams_ambassador_is_its_own_not_one_whom_it_names_in_passing():
    head = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nCONFIDENTIAL OSLO 1187\n\nSUBJECT: FISHERIES\n\n"
    text = "1. The Ambassador met Foreign Minister Knut Dahl on May 3.\n\n2. The Ambassador asked Ambassador Ann Reed to tell Brussels. EU Ambassador Piet Maas was told too.\n\n3. The Ambassador will report.\n"
    assert mentioned(head + text + "WHITLOCK\n", "The Ambassador", Kind.CABLE, "2004-05-05") == {None}
    assert mentioned(head + text + "REED\n", "The Ambassador", Kind.CABLE, "2004-05-05") == {"Ann Reed"}


def test_whoever_says_i_in_a_telegram_is_the_head_of_the_post():
    text = "FM {}\nTO SECSTATE WASHDC\n\nCONFIDENTIAL LIMA 1187\n\nSUBJECT: FISHERIES\n\n1. I called on Foreign Minister Ana Rojas on May 3.\n\nWHITLOCK\n"

    def roles(post: str) -> set[str]:
        doc = read(text.format(post), Kind.CABLE, "1974-05-05")
        return {doc._.parties[n].role for each in doc._.encounters for n in each.parties}

    assert roles("AMEMBASSY LIMA") == {"Ambassador", "Foreign Minister"}
    assert roles("AMCONSUL LIMA") == {"Consul General", "Foreign Minister"}


LETTER = """75 LETTER, TREMAYNE TO WHITLOCK

London, 16 June 1967

Secret

As you know, I ended our meeting on Tuesday by asking you about the brigade. I have since seen Mr. Lee of Singapore.

1 Tremayne, Australian Minister for Defence.

2 Whitlock, British Secretary of State for Defence.
"""


def test_you_and_our_of_a_letter_are_who_wrote_it_and_to_whom():
    text = LETTER.replace("TREMAYNE TO WHITLOCK", "TREMAYNE[1] TO WHITLOCK[2]")
    told = meetings(text, Kind.OTHER, "1967-06-16")
    talk = next(each for each in told if who(each) == {"Tremayne", "Whitlock"})
    assert talk.date == "1967-06-13"
    assert {"Whitlock"} == {name and name.title() for name in mentioned(text, "you", Kind.OTHER, "1967-06-16")}


def test_i_of_a_letter_is_whose_name_stands_after_yours_sincerely():
    text = (
        "Thursday, 20th September 1928\n\nMy dear P.M.,\n\nSir Ralph Hart of the British Treasury came to see me today about the loan."
        "\n\nI am, Yours sincerely, B.K. MERROW\n\n[NAA: A1, 2]\n"
    )
    assert {name and name.title() for name in mentioned(text, "me", Kind.OTHER, "1928-09-20")} == {"B.K. Merrow"}


def test_shorthand_for_a_post_means_whom_the_telegram_names_with_it():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: COCOA\n\n1. (C) Foreign Minister Kojo Amankwah met PolCouns Peter Lindqvist on May 19.\n\n2. (C) He telephoned polcouns on May 20.\n"
    assert mentioned(text, "polcouns", Kind.CABLE, "2008-05-21") == {"Peter Lindqvist"}


def test_the_president_of_a_telegram_is_its_own_when_it_names_two():
    text = (
        "FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nSUBJECT: THE PRESIDENT'S MEETING WITH PABLO SOTO\n\n"
        "1. (C) Peruvian President Pablo Soto Vega received U.S. President Ann Hale on May 19.\n\n2. (C) Soto thanked the President for coming."
    )
    assert mentioned(text, "the President", Kind.CABLE, "2008-05-21") == {"Ann Hale"}
    assert mentioned(text, "Pablo Soto", Kind.CABLE, "2008-05-21") <= {"Pablo Soto Vega"}


def test_a_mothers_name_at_the_end_makes_no_second_person():
    text = "Chilean Foreign Minister Diego Rojas Valdes arrived in Lima on Monday. Diego Rojas spoke first."
    assert mentioned(text, "Diego Rojas") == {"Diego Rojas Valdes"}


def test_a_telegrams_i_is_not_the_ambassador_of_another_country():
    head = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nCONFIDENTIAL OSLO 1187\n\nSUBJECT: FISHERIES\n\n"
    doc = read(head + "1. The Indian Ambassador met me at the club on May 3.\n\nWHITLOCK\n", Kind.CABLE, "1974-05-05")
    assert {(party.role, party.country) for party in doc._.parties if party.role} == {
        ("Ambassador", "IN"),
        ("Ambassador", "US"),
    }


def test_the_charge_of_a_telegram_from_the_capital_is_the_visitor():
    head = "FM SECSTATE WASHDC\nTO AMEMBASSY LOME\n\nCONFIDENTIAL STATE 1187\n\nSUBJECT: FISHERIES\n\n"
    text = "1. Togolese Charge called on Assistant Secretary Ann Reed on May 3.\n\n2. The Charge read from a paper.\n\nWHITLOCK\n"
    doc = read(head + text, Kind.CABLE, "1974-05-05")
    assert {(party.role, party.country) for party in doc._.parties if party.role and not party.name} == {
        ("Charge", "TG")
    }


@pytest.mark.parametrize("end", ["\nWHITLOCK\nBT\n#1187\n", " WHITLOCK\n", " WHITLOCK\nBT\n"])
def test_whoever_signs_a_telegram_in_its_last_line_is_its_ambassador(end):
    text = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nCONFIDENTIAL OSLO 1187\n\nSUBJECT: FISHERIES\n\n1. AMBASSADOR PAID CALL ON FOREIGN MINISTER DAHL MAY 3. HE WILL SEE AMBASSADOR BENNETT IN BRUSSELS."
    doc = read(text + end, Kind.CABLE, "1974-05-05")
    assert (None, "Ambassador", True) in {(party.name, party.role, party.own) for party in doc._.parties}


def test_a_post_alone_is_whoever_holds_just_that_one_before_a_deputy():
    text = "1. Meeting with the Assistant Secretary.\n\n2. Deputy Assistant Secretary Pablo Reyes was away. Assistant Secretary Ann Reed was in.\n"
    assert mentioned(text, "the Assistant Secretary", Kind.CABLE, "1974-05-05") == {"Ann Reed"}


def test_where_another_signs_for_the_post_its_ambassador_is_who_is_named_so():
    head = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nCONFIDENTIAL OSLO 1187\n\nSUBJECT: AMBASSADOR'S MEETING WITH DAHL\n\nClassified By: DCM Paul Whitlock; reasons 1.4(b)/(d)\n\n"
    text = "1. (C) Ambassador Ann Reed met Foreign Minister Knut Dahl on May 3.\n\n2. (C) The Ambassador told Dahl that whales mattered.\n\nWHITLOCK\n"
    (talk,) = meetings(head + text, Kind.CABLE, "2004-05-08")
    assert who(talk) == {"Ann Reed", "Knut Dahl"} and talk.date == "2004-05-03"


def test_a_surname_alone_is_the_husband_s_where_the_text_names_both():
    text = "Mrs Vera Orlov walked in the garden. Mr Orlov said little. President Orlov met Prime Minister Rui Sousa of Portugal in Lisbon."
    assert mentioned(text, "President Orlov") == {"Orlov"}
    alone = "Mrs Vera Orlov walked in the garden. President Orlov met Prime Minister Rui Sousa of Portugal in Lisbon."
    assert mentioned(alone, "President Orlov") == {"Vera Orlov"}


def test_a_letter_before_a_surname_may_be_that_of_the_title():
    text = "President Orlov greeted Chancellor Brandt of Germany in Bonn. P. Orlov spoke first."
    assert mentioned(text, "P. Orlov") == {"Orlov"}
    assert mentioned(text.replace("President", "President Pavel"), "P. Orlov") == {"Pavel Orlov"}
    assert mentioned(text.replace("P. Orlov", "V. Orlov"), "V. Orlov") == {"V. Orlov"}


def test_whom_somebody_met_is_whom_the_sentence_before_is_about():
    text = "Chancellor Karl Vogt came by train. Prime Minister Rui Sousa of Portugal met him on the platform. Vogt told him of the snow."
    doc = read(text, date="2011-04-05")
    him = [doc._.parties[each.party].name for each in doc._.mentions if doc[each.start].text == "him"]
    assert him == ["Karl Vogt"]


@pytest.mark.parametrize(("post", "country"), [("BRUSSELS", "US"), ("PARIS", "FR")])
def test_the_president_of_a_telegram_from_a_country_without_one_is_its_capital_s(post, country):
    text = f"FM AMEMBASSY {post}\nTO SECSTATE WASHDC\n\nSUBJECT: WHEAT\n\n1. (C) The minister asked about the President's talks on wheat.\n"
    found = {each.country for each in read(text, Kind.CABLE, "1986-10-13")._.parties if each.role == "President"}
    assert found == {country}


def test_the_president_of_a_joint_statement_is_whom_it_names_so():
    text = (
        "Joint Statement on the Talks between the President and Chairman Sousa\n\nVienna, June 4, 1958\n\nThe President of Chile, Ann Reed,"
        " and the Chairman of the Council of Peru, Rui Sousa, met in Vienna today.\n"
    )
    (met,) = meetings(text, Kind.READOUT)
    assert who(met) == {"Ann Reed", "Rui Sousa"}


@pytest.mark.parametrize(
    "title",
    [
        "41 Mr T. W. Merrow, High Commissioner in London, to Mr R. D. Hart, Prime Minister",
        "41 Sir Thomas Merrow, Minister to the United States, to Mr R. D. Hart, Prime Minister",
        "41 Beasley to Hart",
    ],
)
def test_i_of_a_telegram_is_the_sender_whom_its_title_names_however_long_the_post_and_whatever_the_name(title):
    text = (
        f"{title}\n\n\nCablegram 63 LONDON, 24 January 1940\n\nSECRET\n\nThe Minister for Shipping told me today that the ships would"
        " leave in May and that no more could be sent before the summer.\n\n[AA: A1, 2]\n"
    )
    (told,) = mentioned(text, "me", Kind.CABLE, "1940-01-24")
    assert told in {"T. W. Merrow", "Thomas Merrow", "Beasley"}


def test_the_ambassador_of_a_telegram_that_is_not_american_is_whom_it_named():
    text = (
        "41 Hart to Merrow\n\n\nCablegram 63 LONDON, 24 January 1940\n\nSECRET\n\nI called on the Japanese Ambassador in London, Mr Sato,"
        " yesterday. The Ambassador said that the ships would leave in May.\n\n[AA: A1, 2]\n"
    )
    assert mentioned(text, "The Ambassador", Kind.CABLE, "1940-01-24") == {"Sato"}
