"""In what part people took part: principals, those who accompany them, interpreters, notetakers."""

from __future__ import annotations

import pytest

from meetings.records import Kind
from tests.extraction import meetings

TALK = (
    "LISBON, 4 May 2011 - Norwegian Foreign Minister Kari Lund met Portuguese Foreign Minister Rui Costa in Lisbon on "
    "Wednesday.\n\n{}\n"
)


def parts(sentence: str) -> dict[str, str]:
    (talk,) = meetings(TALK.format(sentence), Kind.NEWS, "2011-05-04")
    return {each.name: each.attendance.value for each in talk.participants}


@pytest.mark.parametrize(
    "sentence",
    [
        "Lund was accompanied by Norwegian Ambassador Nils Dahl.",
        "Norwegian Ambassador Nils Dahl also attended the meeting.",
        "Also present was Norwegian Ambassador Nils Dahl.",
    ],
)
def test_companions_accompany(sentence):
    assert parts(sentence) == {"Kari Lund": "principal", "Rui Costa": "principal", "Nils Dahl": "accompanying"}


def test_advisers_of_both_sides_who_attended_make_no_meeting_of_their_own():
    found = parts("Norwegian Ambassador Nils Dahl and Portuguese State Secretary Ines Melo attended the talks.")
    assert found == dict.fromkeys(("Kari Lund", "Rui Costa"), "principal") | dict.fromkeys(
        ("Nils Dahl", "Ines Melo"), "accompanying"
    )


def test_who_chairs_is_a_principal():
    assert parts("The meeting was chaired by Portuguese President Ana Silva.")["Ana Silva"] == "principal"


def test_principals_stand_first():
    found = list(parts("Lund was accompanied by Norwegian Ambassador Nils Dahl.").values())
    assert found == ["principal", "principal", "accompanying"]


def test_a_delegation_is_led_by_its_first():
    text = """MEMORANDUM OF CONVERSATION

DATE: May 3, 1964

PARTICIPANTS:

Norway
Prime Minister Berg
Mr. Lund, Foreign Minister
Mr. Dahl, Interpreter

United States
The Secretary
Mr. Ames, notetaker

The Prime Minister said that quotas were too low.
"""
    (talk,) = meetings(text, Kind.MEMCON)
    found = {each.name or each.role: each.attendance.value for each in talk.participants}
    assert found == {
        "Berg": "principal", "Lund": "accompanying", "Dahl": "interpreter", "Secretary": "principal", "Ames": "notetaker",
    }  # fmt: skip
