"""Sittings of committees and conferences, at which states' delegations speak."""

from __future__ import annotations

from meetings.nlp.components.encounters import States, readings, sat
from meetings.nlp.sessions import SITTING, speakers
from meetings.records import Kind
from tests.extraction import read

CABLE = """212 Norwegian Delegation, Fisheries Conference, to Department of Fisheries

Cablegram 31 GENEVA, 4 May 1961

CONFIDENTIAL

1. Committee Two met today to discuss mesh sizes. Chile and Peru opposed the Danish draft.

2. Portugal argued that the small ports would suffer, and France proposed a further study.
"""


def sittings(text: str) -> list[set[str | None]]:
    doc = read(text, Kind.CABLE, "1961-05-04")
    return [{doc._.parties[n].country for n in told.parties} for told in sat(doc, States(doc), readings(doc))]


def test_the_states_that_spoke_in_a_committee_took_part():
    found = sittings(CABLE)
    assert any({"CL", "PE", "PT", "FR"} <= countries for countries in found)


def test_two_states_that_agree_on_something_make_no_sitting():
    assert not sittings(
        "Cablegram 31 GENEVA, 4 May 1961\n\nChile and Peru opposed the Danish draft in their replies.\n"
    )


def test_only_states_before_a_verb_of_speech_have_spoken():
    first, second = "\uf400", "\uf401"
    assert speakers(f"{first} supported the proposal of {second}.") == first
    assert speakers(f"new drafts from {first} and {second} were read.") == first + second


def test_a_committee_that_only_exists_does_not_sit():
    assert SITTING.search("the sub-committee on mesh sizes met today")
    assert not SITTING.search("the chairman of the committee is a farmer")
