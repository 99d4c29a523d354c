"""Names as the text means them: cut names completed, titles and headline words taken out, places told from people."""

from __future__ import annotations

import pytest

from meetings.records import Kind
from tests.extraction import meetings, people, read, who


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Canadian Prime Minister Pierre Roy met Chinese Premier Liu En-wei in Ottawa on Tuesday.", {"Pierre Roy", "Liu En-wei"}),
        ("President Harold R. Reed met British Prime Minister John Hall in London on Tuesday.", {"Harold R. Reed", "John Hall"}),
        ("French President Paul Girard met in Warsaw with Polish Prime Minister Jan Nowak on Tuesday.", {"Paul Girard", "Jan Nowak"}),
    ],
)  # fmt: skip
def test_names_are_whole_and_cities_are_no_people(text, names):
    (talk,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert who(talk) == names


def test_a_side_or_a_leader_is_nobody_by_itself():
    text = "British Foreign Secretary John Hall met French Foreign Minister Paul Girard in Paris on Tuesday. Hall met the French side again."
    assert all("side" not in who(each) for each in meetings(text, Kind.NEWS, "2016-03-10"))


def test_a_town_that_somebody_visits_is_no_person():
    told = meetings(
        "Summary: The Ambassador met March 12 with Norwegian Trade Minister Kari Solberg. "
        "She welcomed the Ambassador's visit to Bergen.",
        Kind.CABLE,
    )
    assert [who(each) for each in told] == [{"Ambassador", "Kari Solberg"}]


def test_words_that_a_headline_capitalises_are_no_part_of_a_name():
    told = meetings(
        "Tokyo Calls Off Lindqvist Visit\n\nOSLO, 3 May 2011 - Japan called off the visit of Swedish Foreign Minister Per Lindqvist "
        "on Tuesday. Lindqvist met Norwegian Foreign Minister Kari Solberg in Oslo instead.",
        Kind.NEWS,
    )
    assert all(name.split()[0] not in {"Off", "Calls"} for each in told for name in who(each) if name)


def test_names_that_the_recogniser_cuts_in_two_are_one():
    assert "Hossein Amir Rostami" in people("Iranian Foreign Minister Hossein Amir Rostami arrived in Oslo on Monday.")


def test_a_name_after_an_honorific_is_a_persons_whatever_town_bears_it():
    assert "Halifax" in people("The British Foreign Secretary, Lord Halifax, received Mr Lund in London on Monday.")


def test_a_ruler_is_no_part_of_his_land():
    told = meetings(
        "The Sultan of Johore received Ambassador Ann Reed at his palace on Tuesday.", Kind.NEWS, "2016-03-10"
    )
    assert [who(each) for each in told] == [{"Sultan", "Ann Reed"}]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Karl Brandt flew home from Addis Ababa on Monday.", "Addis Ababa"),
        ("Karl Brandt landed at Ben Gurion on Monday.", "Ben Gurion"),
    ],
)
def test_towns_and_airports_that_are_named_like_people_are_none(sentence, place):
    assert people(f"German Chancellor {sentence}").keys() == {"Karl Brandt"}


def test_a_sultan_whom_the_text_calls_by_one_name_is_a_person():
    assert "Qaboos" in people("Ambassador Ann Reed was received by Sultan Qaboos in Muscat on Tuesday.")


def test_a_korean_given_name_is_whole():
    assert "Pak Jae-in" in people("South Korean President Pak Jae-in met Norwegian Prime Minister Kari Lund in Seoul.")


def test_talks_that_bear_two_names_are_no_person():
    found = people(
        "The Lund-Rojas Talks of the 1980s showed that rivals can speak, Norwegian Prime Minister Kari Dahl said."
    )
    assert not any("Talks" in name for name in found)


def test_a_name_between_commas_behind_a_post_is_a_persons():
    found = people("He said that the Soviet Ambassador, Vasily Groshin, had come to see him in Ankara on March 3.")
    assert "Vasily Groshin" in found


def test_an_embassys_shorthand_for_a_post_is_no_name():
    text = "1. FONMIN ROJAS TOLD CHARGE THAT HE WOULD GO TO OSLO. FONMIN SAID THAT TALKS WOULD BE BRIEF.\n"
    assert "Fonmin" not in {name.title() for name in people(text, Kind.CABLE)}


def test_two_leaders_joined_by_a_hyphen_before_their_talks_are_two():
    text = "1. The Kekkonen-Kosygin meeting of May 3 went well, Finnish Foreign Minister Ahti Karjalainen told the Ambassador."
    assert {"Kekkonen", "Kosygin"} <= set(people(text, Kind.CABLE, "1972-05-10"))


def test_a_double_name_before_talks_is_one():
    text = "Norwegian Prime Minister Kari Lund-Dahl met Prime Minister Paul Roy of Canada. The Lund-Dahl talks failed."
    assert set(people(text)) == {"Kari Lund-Dahl", "Paul Roy"}


def test_a_surname_in_high_office_that_day_is_no_place():
    text = "SUBJECT: CHANCELLERY ON BRANDT'S TALKS WITH BREZHNEV\n\n1. (C) Brandt's aides say that Brezhnev read from a paper. They expect Brezhnev in Bonn."
    assert "Brezhnev" in people(text, Kind.CABLE, "1972-05-10")


def test_a_hotel_called_after_somebody_is_a_place():
    text = "Norwegian Foreign Minister Arne Dahl met Israeli Foreign Minister Dov Katz at the King David Hotel, where the press waited, on Tuesday."
    (talk,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert who(talk) == {"Arne Dahl", "Dov Katz"}


def test_a_verb_before_a_name_in_capitals_is_no_part_of_it():
    text = "1. (U) STOPH WAVED FROM THE HOTEL. THE CROWDS BEFORE IT WERE CHEERING STOPH ALL DAY."
    assert not any("Cheering" in name for name in people(text, Kind.CABLE, "1970-03-20"))


@pytest.mark.parametrize("day", ["June 3", "3 June", "June 3-5", "June 3, 1974"])
def test_a_day_after_a_name_is_no_part_of_it(day):
    doc = read(f"1. Ambassador called on Minister Kwabena Asante {day} to discuss cocoa.", Kind.CABLE, "1974-06-05")
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("Kwabena Asante", "PERSON"), (day, "DATE")} <= found


def test_a_name_that_begins_like_a_pronoun_is_whole():
    found = people(
        "Chinese Vice Premier He Weimin met Norwegian Prime Minister Kari Lund in Beijing. He spoke of fish."
    )
    assert "He Weimin" in found


def test_what_stands_before_a_name_like_a_post_is_that_persons():
    text = "Norwegian Prime Minister Kari Lund met the senior North Korean official Pak Yong-su in Oslo on Monday."
    (meeting,) = meetings(text)
    assert {(each.name, each.role) for each in meeting.participants} == {
        ("Kari Lund", "Prime Minister"),
        ("Pak Yong-su", "official"),
    }


def test_a_demonym_is_no_part_of_a_post():
    found = people("China's Wang Weimin met Kazakh President Serik Abenov in Beijing on Wednesday.")
    assert (found["Serik Abenov"].role, found["Serik Abenov"].country) == ("President", "KZ")


def test_the_name_of_a_province_is_no_persons():
    text = "1. (SBU) Embassy officers visited Huong Son and Dak Nam provinces on May 3."
    assert not people(text, Kind.CABLE, "2006-05-05")


def test_a_party_before_its_officers_post_is_no_person():
    text = "1. (C) The Ambassador met Trade Minister Farid Hossain and Awami League General Secretary Abdul Karim on May 3."
    assert set(people(text, Kind.CABLE, "2006-05-05")) == {"Farid Hossain", "Abdul Karim"}


def test_whom_a_post_makes_a_person_is_one_wherever_a_text_in_capitals_has_the_name():
    text = "1. HIGH COMMISSIONER HALDE OPENED MEETING MAY 3. FONMIN ROVIRA SPOKE.\n\n2. AMBASSADOR WILL HOST HALDE MAY 20. ROVIRA TOLD HALDE THAT HE WOULD COME.\n"
    doc = read(text, Kind.CABLE, "1974-05-05")
    assert {ent.label_ for ent in doc.ents if ent.text in {"Halde", "Rovira"}} == {"PERSON"}
    assert sum(ent.text in {"Halde", "Rovira"} for ent in doc.ents) == 5


def test_the_word_behind_a_post_is_a_name_in_a_text_in_capitals():
    text = "1. AT DINNER GIVEN BY NORWEGIAN AMB HAUGEN MARCH 19, SOVIET SECOND SECRETARY KOPYLOV MARCH 20 CALLED ON ASSISTANT SECRETARY MOOSE. DESK OFFICER FOSTER SAT IN. CHARGE ASKED FOR FOSTER PARENTS' PAPERS.\n"
    doc = read(text, Kind.CABLE, "1974-05-05")
    persons = {ent.text for ent in doc.ents if ent.label_ == "PERSON"}
    assert {"Haugen", "Kopylov", "Moose", "Foster"} <= persons
    assert "foster parents" in doc.text.lower() and "Foster parents" not in doc.text


def test_a_telegram_may_begin_a_sentence_with_a_post_and_tell_the_hour_as_a_number():
    text = "FM AMEMBASSY DOHA\nTO SECSTATE WASHDC\n\nCONFIDENTIAL DOHA 1187\n\nSUBJECT: FISHERIES\n\n1. AMIR RECEIVED ME AT 1830 LOCAL APRIL 10. AMIR WAS WELL.\n\nWHITLOCK\n"
    (talk,) = meetings(text, Kind.CABLE, "1979-04-11")
    assert who(talk) == {"Amir", "Ambassador"} and talk.date == "1979-04-10"


def test_a_name_right_before_a_day_is_no_part_of_the_date():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\n1. Ambassador Ann Marlow arrived. Finance Minister Grace Owusu called on Marlow September 24.\n"
    (held,) = meetings(text, Kind.CABLE, "2008-09-28")
    assert (held.date, {each.name for each in held.participants}) == ("2008-09-24", {"Ann Marlow", "Grace Owusu"})


def test_a_telegrams_words_for_an_embassys_people_are_no_part_of_a_name():
    text = "FM AMEMBASSY DOHA\nTO SECSTATE WASHDC\n\nSUBJECT: FISHERIES\n\n1. ECON COUNSELOR AND AGATT MET MAY 8 WITH BOARD DIRECTOR OMAR HADDAD.\n"
    (held,) = meetings(text, Kind.CABLE, "1973-05-09")
    assert {(each.role, each.country) for each in held.participants if not each.name} == {
        ("Econ Counselor", "US"),
        ("Agatt", "US"),
    }


def test_a_sentence_of_a_text_in_capitals_does_not_end_with_a_rank():
    text = "1. GENERALS ROCHA AND PINTO WERE PRESENT. ALSO ON HAND WAS COL. MEECH OF THE ATTACHE'S OFFICE, WHO TOOK NOTES FOR THE AMBASSADOR.\n"
    doc = read(text, Kind.CABLE, "1974-05-05")
    assert any(sentence.text.startswith("Also") and "Meech" in sentence.text for sentence in doc.sents)


def test_a_common_word_in_capitals_that_stands_once_is_nobody():
    text = "OSLO, 3 May 2011 - Crowds called for Chancellor Otto Weiss of Germany. He met King Harald Lund of Norway, and the two men spoke again."
    assert [who(each) for each in meetings(text, Kind.NEWS, "2011-05-03")] == [{"Otto Weiss", "Harald Lund"}]


def test_what_a_post_is_for_goes_with_it_when_the_name_follows_at_once():
    text = "FM AMEMBASSY LISBON\nTO SECSTATE WASHDC\n\nSUBJECT: MEETINGS IN LISBON\n\n1. (C) The Ambassador met May 9 with Diplomatic Advisor Rui Costa, MFA DG for Political Affairs Ines Melo, and MFA Deputy Director for European and Asian Affairs Luis Dias."
    roles = {each.name: each.role for each in read(text, Kind.CABLE, "2006-05-11")._.parties if each.name}
    assert roles == {
        "Rui Costa": "Diplomatic Advisor",
        "Ines Melo": "Director General",
        "Luis Dias": "Deputy Director for European and Asian Affairs",
    }


@pytest.mark.parametrize("name", ["Valenzuela", "O'Dell", "McAra"])
@pytest.mark.parametrize("post", ["A/S", "Treasury DAS"])
def test_a_name_behind_an_abbreviated_post_is_a_persons_whatever_town_bears_it(post, name):
    doc = read(f"1. (C) {post} {name} met Foreign Minister Ortega on May 11 in Lima.", Kind.CABLE, "2009-05-14")
    assert {each.name for each in doc._.parties if each.name} == {name, "Ortega"}
    assert all(each.role for each in doc._.parties if each.name)


def test_an_agency_called_like_an_abbreviated_post_is_none():
    doc = read("1. (C) DAS Director Noguera met Polcouns in Bogota on May 11.", Kind.CABLE, "2005-05-14")
    assert {each.name: each.role for each in doc._.parties if each.name} == {"Noguera": "Director"}
