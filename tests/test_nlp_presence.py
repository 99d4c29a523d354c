"""Who took part in a meeting, and who is only talked about."""

from __future__ import annotations

from meetings.nlp.components.presence import probability
from meetings.records import Attendance, Kind
from tests.extraction import meetings, who

CABLE = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC 5015

UNCLAS OSLO 000724

SUBJECT: AMBASSADOR MEETS FISHERIES MINISTER

1. (U) The Ambassador met with Norwegian Fisheries Minister Kari Lund on July 1 to discuss quotas.

2. (U) Minister Lund was accompanied by Director General Nils Dahl. Deputy Secretary Ivar Holm, she said, would travel to Lisbon in autumn.
"""


def test_those_who_accompanied_are_added_from_a_later_paragraph():
    (talk,) = meetings(CABLE, Kind.CABLE)
    assert {each.name: each.attendance for each in talk.participants if each.name} == {
        "Kari Lund": Attendance.PRINCIPAL, "Nils Dahl": Attendance.ACCOMPANYING,
    }  # fmt: skip


def test_those_with_somebody_who_is_named_were_there_too():
    text = CABLE.replace("Minister Lund was accompanied by Director", "With Minister Lund were Director")
    (talk,) = meetings(text.replace("Nils Dahl", "Nils Dahl and Legal Adviser Jan Orre"), Kind.CABLE)
    assert {each.name: each.attendance for each in talk.participants if each.name} == {
        "Kari Lund": Attendance.PRINCIPAL, "Nils Dahl": Attendance.ACCOMPANYING, "Jan Orre": Attendance.ACCOMPANYING,
    }  # fmt: skip


def test_who_is_only_talked_about_did_not_take_part():
    text = (
        "LISBON, 4 May 2011 - Norwegian Foreign Minister Kari Lund met Portuguese Foreign Minister Rui Costa in Lisbon on "
        "Wednesday.\n\nThey discussed the proposal of French President Anne Martin for a fund for the smaller ports.\n"
    )
    (talk,) = meetings(text, Kind.NEWS, "2011-05-04")
    assert who(talk) == {"Kari Lund", "Rui Costa"}


def test_those_also_present_are_found_in_a_news_reports_next_paragraph():
    text = (
        "LISBON, 4 May 2011 - Norwegian Foreign Minister Kari Lund met Portuguese Foreign Minister Rui Costa in Lisbon on "
        "Wednesday.\n\nThe meeting was also attended by Norwegian Ambassador Nils Dahl.\n"
    )
    (talk,) = meetings(text, Kind.NEWS, "2011-05-04")
    assert who(talk) == {"Kari Lund", "Rui Costa", "Nils Dahl"}


def test_a_list_below_the_text_names_participants():
    text = (
        "LISBON, 4 May 2011 - Norwegian Foreign Minister Kari Lund met Portuguese Foreign Minister Rui Costa in Lisbon on "
        "Wednesday.\n\nParticipants in the meeting included:\n\nNils Dahl, Ambassador of Norway\n\n"
        "Ana Silva, Portuguese Minister of Fisheries\n\nThe catch of the last two years had been far too low for the smaller "
        "ports of the north, which French President Anne Martin has often said in public, and nobody expects that to change.\n"
    )
    (talk,) = meetings(text, Kind.NEWS, "2011-05-04")
    assert who(talk) == {"Kari Lund", "Rui Costa", "Nils Dahl", "Ana Silva"}


def test_who_was_absent_is_not_added():
    text = (
        "LISBON, 4 May 2011 - Norwegian Foreign Minister Kari Lund met Portuguese Foreign Minister Rui Costa in Lisbon on "
        "Wednesday.\n\nNorwegian Ambassador Nils Dahl was not present.\n"
    )
    (talk,) = meetings(text, Kind.NEWS, "2011-05-04")
    assert who(talk) == {"Kari Lund", "Rui Costa"}


def test_each_participant_has_a_confidence():
    (talk,) = meetings(CABLE, Kind.CABLE)
    sure = [each.evidence[0].confidence for each in talk.participants]
    assert all(0.0 < each <= 1.0 for each in sure)


def test_a_probability_lies_between_none_and_one_and_grows_with_what_speaks_for_it():
    assert 0.0 < probability(frozenset()) < 1.0
    named = {"told: bias", "told: called=name"}
    assert probability(frozenset({*named, "told: possessive"})) < probability(frozenset(named))


def test_leaders_give_way_to_those_who_are_named_as_taking_part():
    text = (
        "Readout of the President's Video Call\n\nJanuary 24, 2022\n\nTHE WHITE HOUSE\n\n"
        "President Joseph R. Biden, Jr. held a secure video call today with European leaders. Participants in the call "
        "were Prime Minister Rui Costa of Portugal, President Anne Martin of France and Chancellor Karl Weber of Germany."
    )
    talk = meetings(text, Kind.READOUT, "2022-01-24")[0]
    assert who(talk) == {"Joseph R. Biden, Jr.", "Rui Costa", "Anne Martin", "Karl Weber"}


def cable(subject: str, body: str) -> str:
    return f"FM AMEMBASSY OSLO\nTO SECSTATE WASHDC 5015\n\nUNCLAS OSLO 000724\n\nSUBJECT: {subject}\n\n{body}\n"


def test_guests_named_after_an_embassys_unnamed_ones_took_part():
    text = cable(
        "ROUNDTABLE",
        "1. (U) The Ambassador held a roundtable with civil society leaders on July 1. Guests included Joseph Kamau of the Law "
        "Society, Peter Otieno of Peace Net, and Grace Wanjiru of the Federation of Women Lawyers.",
    )
    (talk,) = meetings(text, Kind.CABLE, "2009-07-02")
    assert {"Joseph Kamau", "Peter Otieno", "Grace Wanjiru"} <= who(talk)


def test_members_of_a_congressional_delegation_stand_for_it():
    text = cable(
        "VISIT",
        "1. (U) Codel members met with Norwegian Foreign Minister Kari Lund on July 1. Senator George Miller and Senator John "
        "Larson told Lund that quotas mattered.",
    )
    talk = meetings(text, Kind.CABLE, "2009-07-02")[0]
    assert {"George Miller", "John Larson", "Kari Lund"} <= who(talk)
    assert not any("codel" in each.lower() for each in who(talk))


def test_named_ministers_stand_for_the_counterparts_of_the_title():
    text = (
        "Readout of National Security Advisor Ann Reed's Meeting with Quad Counterparts\n\nMarch 7, 2022\n\nNational Security "
        "Advisor Ann Reed met today in Tokyo with her Japanese counterpart Akiba Takeo, Indian National Security Advisor Ajit Doval, "
        "and Australian Foreign Minister Marise Payne. They discussed fisheries.\n"
    )
    (talk,) = meetings(text, Kind.READOUT, "2022-03-07")
    assert who(talk) == {"Ann Reed", "Akiba Takeo", "Ajit Doval", "Marise Payne"}


def test_who_attended_the_talks_told_before_joins_them():
    text = (
        "NAIROBI, 7 March 2022 - President Uhuru Kenyatta hosted Presidents Yoweri Museveni of Uganda and Paul Kagame of Rwanda for "
        "talks in Nairobi on Monday.\n\nThe meeting was also attended by Congolese Foreign Minister Christophe Lutundula.\n"
    )
    (talk,) = meetings(text, Kind.NEWS, "2022-03-07")
    assert "Christophe Lutundula" in who(talk)


def test_the_sentences_below_a_list_are_none_of_its_lines():
    text = (
        "Memorandum of Conversation\n\nDATE: March 14, 1969\n\nPARTICIPANTS:\nTurkey\nIhsan Aksoy, Minister of Foreign Affairs\n"
        "United States\nThe Secretary\nMr. Harlan Whitcomb, Assistant Secretary\n\nThe Foreign Minister opened by thanking the"
        " Secretary. He said that he had called on Vice President Carver that morning.\n"
    )
    talk, _ = meetings(text, Kind.MEMCON, "1969-03-14")
    assert who(talk) == {"Ihsan Aksoy", "Secretary", "Harlan Whitcomb"}


def test_who_joins_a_recorded_talk_later_is_of_that_talk_and_of_no_other():
    text = (
        "Memorandum of Conversation\n\nDATE: March 14, 1969\n\nPARTICIPANTS:\nTurkey\nIhsan Aksoy, Minister of Foreign Affairs\n"
        "United States\nHarlan Whitcomb, Secretary of State\n\nThe Minister said that Turkish Ambassador Orhan Demir had discussed the"
        " bases with Under Secretary Leland Price in Washington on February 9.\n\n(At this point Colonel Cemal Ates of Turkey,"
        " chief of the planning staff, joined the meeting.)\n\nThe Secretary thanked him.\n"
    )
    told = {frozenset(who(each)) for each in meetings(text, Kind.MEMCON, "1969-03-14")}
    assert told == {
        frozenset({"Ihsan Aksoy", "Harlan Whitcomb", "Cemal Ates"}),
        frozenset({"Orhan Demir", "Leland Price"}),
    }
