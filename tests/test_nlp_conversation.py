"""The meeting that a whole document is the record of: who took part by its lists, its title, or by speaking in it."""

from __future__ import annotations

from meetings.records import Kind, Medium
from tests.extraction import meetings, who


def test_a_records_title_names_who_talked():
    text = """Record of Conversation between Lund and Costa

Oslo, 4 May 1961

CONFIDENTIAL

Mr Lund said that the quotas of the last two years had been far too low for the smaller ports.

Mr Costa replied that Portugal would look into it.
"""
    (talk,) = meetings(text, Kind.MEMCON)
    assert who(talk) == {"Lund", "Costa"}
    assert talk.medium is Medium.IN_PERSON


def test_without_list_and_names_in_the_title_those_who_speak_took_part():
    text = """Minutes of meeting of fisheries ministers

Oslo, 4 May 1961

CONFIDENTIAL

MR LUND said that the quotas of the last two years had been far too low for the smaller ports.

MR COSTA replied that Portugal would look into it. He thought that the paper by Mr Hale went too far.
"""
    talk = meetings(text, Kind.MEMCON)[0]
    assert who(talk) == {"Lund", "Costa"}


def test_a_paragraph_above_the_list_names_the_principals():
    text = """Note of Conversation

London, 4 May 1961

SECRET

Note of Conversation between Mr. Lund, Norwegian Minister of Fisheries, and Mr. Costa, at the Ministry, on Thursday, 4th May, at 10 a.m.

In attendance: Sir Henry Ross.

Mr. Lund said that the quotas of the last two years had been far too low for the smaller ports.
"""
    talk = meetings(text, Kind.MEMCON)[0]
    assert {each.name: each.attendance.value for each in talk.participants} == {
        "Lund": "principal", "Costa": "principal", "Henry Ross": "accompanying",
    }  # fmt: skip


CABLE = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC 5015

UNCLAS OSLO 000724

SUBJECT: FISHERIES TALKS

1. (U) Participants:

United States:
Under Secretary Ann Reed
Mr. Stone (notetaker)

Norway:
Minister Kari Lund
Ms. Dahl (interpreter)

2. (SBU) Lund said that quotas had been far too low for the smaller ports of the north.
"""


def test_a_cable_with_two_delegations_is_the_record_of_their_meeting():
    talk = meetings(CABLE, Kind.CABLE)[0]
    assert {each.name: each.attendance.value for each in talk.participants} == {
        "Ann Reed": "principal", "Kari Lund": "principal", "Stone": "notetaker", "Dahl": "interpreter",
    }  # fmt: skip
    assert {each.country for each in talk.participants} == {"US", "NO"}


DRAFTED_LATER = """41. Memorandum of Conversation

Washington, May 9, 1969.

SUBJECT
Fisheries

DATE
May 8, 1969

PARTICIPANTS
Portugal
Foreign Minister Alberto Seixas
Ambassador Rui Carvalho

US
The Secretary
Under Secretary Harold Bates
Mrs. Anna Wirth, Interpreter

Foreign Minister Seixas said that the quotas had been far too low for the smaller ports. The Secretary agreed.

Ambassador Carvalho told Under Secretary Bates that a paper would follow.
"""


def test_a_talk_took_place_on_the_day_labelled_its_date_whatever_the_papers_dateline():
    talk = meetings(DRAFTED_LATER, Kind.MEMCON)[0]
    assert talk.date == "1969-05-08"


def test_the_secretary_of_a_list_is_not_the_under_secretary_on_it():
    talk = meetings(DRAFTED_LATER, Kind.MEMCON)[0]
    assert {each.name or each.role for each in talk.participants} == {
        "Alberto Seixas", "Rui Carvalho", "Secretary", "Harold Bates", "Anna Wirth",
    }  # fmt: skip


def test_we_in_a_record_of_a_conversation_are_those_who_talk():
    text = """MEMORANDUM OF TELEPHONE CONVERSATION

SUBJECT: Telephone Conversation with Prime Minister Lindgren of Sweden

PARTICIPANTS: The President
Prime Minister Astrid Lindgren

DATE: June 8, 1994

The President: I wanted to talk about the embargo.

Prime Minister Lindgren: We have just finished the debate on it.
"""
    (talk,) = meetings(text, Kind.MEMCON, "1994-06-08")
    assert who(talk) == {"President", "Astrid Lindgren"}


def test_the_place_of_which_they_talk_makes_no_second_meeting():
    text = """Note by Hale of Conversation with Lund

LONDON, 2 February 1940

I saw Lund and we discussed the forthcoming meeting at Lisbon on the herring quota.

Lund said that the quotas of the last two years had been far too low for the smaller ports.
"""
    (talk,) = meetings(text, Kind.MEMCON)
    assert who(talk) == {"Hale", "Lund"}
    assert talk.place.name == "London"


def test_a_cables_sentence_of_participants_says_who_took_part():
    text = """R 141530Z MAR 94
FM AMEMBASSY OSLO
TO SECSTATE WASHDC 8123

C O N F I D E N T I A L OSLO 001123

E.O. 12356: DECL: OADR
TAGS: PREL, NO
SUBJECT: FISHERIES

1. This message is based on an uncleared memcon. Participants: Secretary Hale, Ambassador Ann Reed, Peter Rodd (notetaker); Norwegian Foreign Minister Kari Lund, Norwegian State Secretary Arne Dahl.

2. Lund said that the visit was important.
"""
    talk = meetings(text, Kind.CABLE)[0]
    assert {"Hale", "Ann Reed", "Peter Rodd", "Kari Lund", "Arne Dahl"} <= who(talk)


def test_a_subject_that_speaks_of_the_telephone_says_the_medium():
    text = """THE WHITE HOUSE

MEMORANDUM OF CONVERSATION

SUBJECT: Telephone Call to Prime Minister Karl Dahl of Norway

PARTICIPANTS: The President
Prime Minister Karl Dahl of Norway

DATE: March 4, 1990

The President: Hello Karl. How are you? I hear that you have had a long winter in the north of your country.

Prime Minister Dahl: The quotas of the last two years have been far too low for the smaller ports.
"""
    (talk,) = meetings(text, Kind.MEMCON)
    assert talk.medium is Medium.PHONE
    assert who(talk) == {"President", "Karl Dahl"}


INTERNAL = """MEMORANDUM FOR THE RECORD

SUBJECT: Special Actions Group Meeting, 12 August 1970

Present: Mr. Merrill (Chairman), Under Secretary Johnstone, Mr. Pickard (Defense), General Ashby (JCS), Mr. Karlin (CIA)

Mr. Merrill opened the meeting by asking for an assessment of the fighting in Amman. Mr. Karlin said that the King retained the
loyalty of the army. General Ashby reported that the carrier would be on station by Friday.
"""


def test_what_officials_of_one_government_talk_over_is_no_meeting():
    assert not meetings(INTERNAL, Kind.MEMCON, "1970-08-12")


GUESTS = """77. Memorandum of Conversation

Washington, September 21, 1977

PARTICIPANTS
President Holloway
Secretary of State Vaughn
Alfred Atwood, Assistant Secretary
Foreign Minister Ismail Tawfiq of Egypt
Osama el-Bassiouni, Director of Cabinet

The President welcomed the Foreign Minister. Tawfiq said that the harvest had been good.
"""


def test_whom_an_american_list_names_below_a_guest_came_with_him():
    (talk,) = meetings(GUESTS, Kind.MEMCON, "1977-09-21")
    assert {each.name: each.country for each in talk.participants}["Osama el-Bassiouni"] == "EG"


def test_who_wrote_a_memorandum_says_i_in_it():
    text = (
        "118. Memorandum From the President's Assistant for National Security Affairs (Merrill) to President Dalton\n\n"
        "Washington, June 9, 1971.\n\nI met with Soviet Ambassador Yuri Golovanov for an hour on June 8. He said that he had just"
        " returned from Moscow.\n"
    )
    assert {"Merrill", "Yuri Golovanov"} in [who(each) for each in meetings(text, Kind.OTHER, "1971-06-09")]


def test_a_callers_company_is_of_the_talk_recorded():
    text = (
        "Record of Conversation between Hartnell and Okabe\n\nCanberra, 11 July 1961\n\nThe Japanese Ambassador, Mr T. Okabe,"
        " called on the Secretary this morning. He was accompanied by Mr Nomura, First Secretary.\n\nMr Hartnell replied that"
        " the matter was one for the Department of Trade.\n\n[NAA: A1838, 759/1/7]\n"
    )
    (talk,) = meetings(text, Kind.MEMCON, "1961-07-11")
    assert {each.name: each.country for each in talk.participants} == {
        "Hartnell": "AU",
        "T. Okabe": "JP",
        "Nomura": "JP",
    }
