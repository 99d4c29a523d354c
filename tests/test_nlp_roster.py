"""Lists of participants: each person listed is read with delegation, post and part."""

from __future__ import annotations

import pytest

from meetings.authorities import countries
from meetings.nlp.roster import Line, Roster
from meetings.records import Attendance, Kind
from tests.extraction import meetings, who


def nation(name: str) -> str | None:
    found = countries.lookup(name)
    return found.iso if found else None


def read(*lines: str):
    start, placed = 0, []
    for line in lines:
        placed.append(Line(start, line))
        start += len(line) + 1
    return Roster(nation).read(placed)


def short(entries) -> list[tuple]:
    return [(each.name, each.role, each.country, each.attendance.value) for each in entries]


def test_delegations_as_headings_with_their_first_as_principal():
    found = read(
        "PARTICIPANTS:", "U.S.", "The President", "Dr. Ann M. Reed, Secretary of State", "Mr. Hall (interpreting)",
        "USSR", "Chairman Orlov", "Mr. Petrov, Interpreter, USSR Ministry of Foreign Affairs",
    )  # fmt: skip
    assert short(found) == [
        ("", "President", "US", "principal"),
        ("Ann M. Reed", "Secretary of State", "US", "accompanying"),
        ("Hall", "", "US", "interpreter"),
        ("Orlov", "Chairman", "SU", "principal"),
        ("Petrov", "", "SU", "interpreter"),
    ]


def test_a_country_before_its_people_on_each_line():
    found = read("Belgium: Mr. A. Peeters", "France – M. Marc Doré", "Netherlands (Mr. J. Bakker, Mr. K. Visser)")
    assert short(found) == [
        ("A. Peeters", "", "BE", "principal"),
        ("Marc Doré", "", "FR", "principal"),
        ("J. Bakker", "", "NL", "principal"),
        ("K. Visser", "", "NL", "accompanying"),
    ]


@pytest.mark.parametrize("line", ["Ann Jordan (US)", "Jordan – Political Officer", "Jordan (Political Officer)"])
def test_a_person_before_brackets_or_a_dash_is_no_country(line):
    assert [each.name for each in read("Participants:", line)] == [line.split(" (")[0].split(" –")[0]]


def test_delegations_as_columns():
    found = read("US\tUK", "The President\tPrime Minister Martin", "Secretary Hall\tLord Barrow, Foreign Secretary")
    assert short(found) == [
        ("", "President", "US", "principal"),
        ("Martin", "Prime Minister", "GB", "principal"),
        ("Hall", "Secretary", "US", "accompanying"),
        ("Lord Barrow", "Foreign Secretary", "GB", "accompanying"),
    ]


def test_delegations_told_in_a_sentence():
    found = read("Present: for the Japanese side, T. Mori, K. Abe and S. Ono. Interpreters: N. Tani and L. Berg.")
    assert [each.name for each in found] == ["T. Mori", "K. Abe", "S. Ono", "N. Tani", "L. Berg"]
    assert {each.country for each in found} == {"JP"}
    assert [each.attendance for each in found[3:]] == [Attendance.INTERPRETER] * 2


def test_several_people_of_one_line():
    found = read("- for the German side: Chancellor Dr. Vogt; Ministerial Director Lang; Mr. Weber (interpreter)")
    assert [(each.name, each.role) for each in found] == [
        ("Vogt", "Chancellor"), ("Lang", "Ministerial Director"), ("Weber", ""),
    ]  # fmt: skip


def test_people_whose_lines_an_edition_has_run_together():
    found = read(
        "PRESENT",
        "Paul Hale, Secretary of State for Trade M. J. Stone, High Commissioner for Kenya Ann Reed, High Commissioner for "
        "Ghana The Duke of Barset, Under-Secretary of State Sir Henry Ross, Permanent Head, Trade Office",
    )
    assert [(each.name, each.country) for each in found] == [
        ("Paul Hale", None), ("M. J. Stone", "KE"), ("Ann Reed", "GH"), ("Duke of Barset", None), ("Henry Ross", None),
    ]  # fmt: skip


def test_a_post_after_a_name_without_a_comma():
    found = read(
        "Also present: Sir Paul Hale New Zealand High Commissioner Mr T. Stone, Adviser to Mr Lund Sir Henry Ross1"
    )
    assert [(each.name, each.role, each.country) for each in found] == [
        ("Paul Hale", "High Commissioner", "NZ"), ("T. Stone", "Adviser to Mr Lund", None), ("Henry Ross", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("James A. Hall III, Secretary of State", "James A. Hall III", "Secretary of State"),
        ("Walter J. Stone, Jr., Ambassador to Norway", "Walter J. Stone, Jr.", "Ambassador to Norway"),
        ("Colonel William Ames, U.S.M.C., Minister to Chile", "William Ames", "Minister to Chile"),
        ("the Prime Minister, Mr E. G. Walsh", "E. G. Walsh", "Prime Minister"),
        ("Secretary of State Ann Reed", "Ann Reed", "Secretary of State"),
        ("General Secretary Mikhail Orlov", "Mikhail Orlov", "General Secretary"),
        ("The Rt Hon Mary Turner MP, Prime Minister", "Mary Turner", "Prime Minister"),
        ("Mr. Petrov, adviser", "Petrov", "adviser"),
    ],
)
def test_a_name_is_told_from_title_suffix_and_decoration(line, name, role):
    (entry,) = read(line)
    assert (entry.name, entry.role) == (name, role)


@pytest.mark.parametrize(
    "line", ["Notetaker", "Interpreters", "Oslo, November 28, 1943.", "SUBJECTS: Policy toward Japan", "After an exchange of greetings the following questions were discussed."]
)  # fmt: skip
def test_what_is_no_person_is_left_out(line):
    assert read("PRESENT", line) == []


def test_also_present_are_those_who_accompany():
    (entry,) = read("Also present: Sir Henry Ross")
    assert entry.attendance is Attendance.ACCOMPANYING


def test_who_acted_as_interpreter_is_told_below_the_list():
    entries = read(
        "The President\tMarshal Orlov", "Mr. Hall\tMr. Petrov", "Mr. Hall and Mr. Petrov acted as interpreters."
    )
    assert [each.attendance.value for each in entries] == ["principal", "principal", "interpreter", "interpreter"]


RECORD = """MEMORANDUM OF CONVERSATION

DATE:  May 3, 1964
PLACE: The White House

PARTICIPANTS:

U.S.                              NORWAY
The President                     Prime Minister Berg
Secretary Hall                    Mr. Lund, Foreign Minister
Mr. Ames, notetaker               Mr. Dahl, Interpreter

SUBJECT: Fisheries

The Prime Minister said that quotas were too low. The President replied that he would look into it.
"""


def test_a_record_is_one_meeting_of_all_who_are_listed():
    (talk,) = meetings(RECORD, Kind.MEMCON)
    assert who(talk) == {"President", "Berg", "Hall", "Lund", "Ames", "Dahl"}
    assert {each.name: each.country for each in talk.participants if each.name} == {
        "Berg": "NO", "Hall": "US", "Lund": "NO", "Ames": "US", "Dahl": "NO",
    }  # fmt: skip
    assert talk.place.name == "White House, Washington"


def test_people_who_follow_by_commas_each_with_a_title_are_several():
    found = read("Kenya: Prime Minister Odinga, Foreign Minister Wetangula, Ambassador Ogego, Robert Kamau (notetaker)")
    assert [(each.name, each.attendance.value) for each in found] == [
        ("Odinga", "principal"), ("Wetangula", "accompanying"), ("Ogego", "accompanying"), ("Robert Kamau", "notetaker"),
    ]  # fmt: skip


def test_a_post_after_a_comma_is_still_the_persons_before_it():
    (entry,) = read("Ann Reed, Minister of Trade, Industry and Fisheries")
    assert (entry.name, entry.role) == ("Ann Reed", "Minister of Trade, Industry and Fisheries")


def test_a_title_before_an_honorific_is_of_the_same_person():
    found = read(
        "PARTICIPANTS:", "Honduras", "Foreign Minister Dr. Julio Reyes", "Lic. Tomas Vega, Minister of Economy"
    )
    assert short(found) == [
        ("Julio Reyes", "Foreign Minister", "HN", "principal"),
        ("Tomas Vega", "Minister of Economy", "HN", "accompanying"),
    ]


PRESIDENTS = """MEMORANDUM OF TELEPHONE CONVERSATION

THE WHITE HOUSE

SUBJECT: Telephone call to President Rui Tavares of Mozambique

PARTICIPANTS: The President
President Tavares
Notetaker: Carol Weiss

DATE: August 21, 1990

The President: Good morning. I saw President Jane Koech of Kenya here in Washington in June.

President Tavares: Thank you. I told her as much by telephone. I met President Peter Banda of Malawi in Lilongwe on August 3.
"""


def test_the_president_of_a_list_is_another_than_the_one_who_is_named_below_and_speaks_for_himself():
    told = meetings(PRESIDENTS, Kind.MEMCON, "1990-08-21")
    call = next(each for each in told if each.medium and each.medium.value == "phone")
    assert {(each.name, each.role, each.country) for each in call.participants if each.attendance.value == "principal"} == {
        (None, "President", "US"), ("Rui Tavares", "President", "MZ"),
    }  # fmt: skip
    assert {each.country for each in call.participants if each.name == "Carol Weiss"} == {"US"}
    assert {"Rui Tavares", "Peter Banda"} in [who(each) for each in told]
    assert any({each.country for each in meeting.participants} == {"US", "KE"} for meeting in told)
