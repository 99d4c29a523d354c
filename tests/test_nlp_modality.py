"""Whether a meeting took place, is to come, was only proposed or was called off; what is denied or supposed is none."""

from __future__ import annotations

import pytest

from meetings.nlp.triggers import matching, modality
from meetings.records import Kind, Status
from tests.extraction import meetings

A, B = "\ue000", "\ue001"


def status(text: str) -> Status | None:
    hit = max(matching.hits(text), key=lambda hit: hit.rule.strength)
    return modality.status(text, hit.told_start, hit.told_end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{A} met with {B} on tuesday.", Status.HELD),
        (f"{A} will meet with {B} on tuesday.", Status.PLANNED),
        (f"the palace said that {A} would meet with {B}.", Status.PLANNED),
        (f"{A} is scheduled to meet with {B}.", Status.PLANNED),
        (f"{A} to meet with {B} in may.", Status.PLANNED),
        (f"a meeting of {A} with {B} is fixed for may.", Status.PLANNED),
        (f"{A} is looking forward to a meeting with {B}.", Status.PLANNED),
        (f"{A} said that he would be talking to {B}.", Status.PLANNED),
        (f"the notes were about the meeting of {A} with {B} next tuesday.", Status.PLANNED),
        (f"all will be signed by the time {A} meet {B}.", Status.PLANNED),
        (f"you will have seen reports of the interview between {A} and {B}.", Status.HELD),
        (f"as you will know, {A} met {B}.", Status.HELD),
        (f"a meeting of {A} with {B} would seem desirable.", Status.PROPOSED),
        (f"{A} proposed a meeting with {B}.", Status.PROPOSED),
        (f"{A} asked for a meeting with {B}.", Status.PROPOSED),
        (f"he asked {A} to pay a call on {B}.", Status.PROPOSED),
        (f"{A} expressed willingness to meet with {B}.", Status.PROPOSED),
        (f"{A} is hopeful of a meeting with {B}.", Status.PROPOSED),
        (f"{A} cancelled a meeting with {B}.", Status.CANCELLED),
        (f"{A} postponed his talks with {B}.", Status.CANCELLED),
        (f"{A} did not meet with {B}.", None),
        (f"{A} never met with {B}.", None),
        (f"{A} refused to meet with {B}.", None),
        (f"if {A} met with {B}, the tariff would go.", None),
        (f"he supports a resumption of peace talks between {A} and {B}.", None),
    ],
)
def test_the_words_before_say_how_real_a_meeting_is(text, told):
    assert status(text) is told


def test_a_meeting_that_was_refused_is_not_recorded():
    text = "President Paul Girard of France refused to meet with Chancellor Karl Brandt of Germany."
    assert not meetings(text, Kind.NEWS, "2016-03-10")


def test_people_of_one_government_among_themselves_are_no_meeting():
    text = "President Paul Girard of France met with French Foreign Minister Anne Petit in Paris on Tuesday."
    assert not meetings(text, Kind.NEWS, "2016-03-10")


def test_a_planned_meeting_stands_beside_the_one_that_was_held():
    text = (
        "President Paul Girard of France met Chancellor Karl Brandt of Germany in Berlin on Tuesday. "
        "President Girard will meet Chancellor Brandt again in Paris in June."
    )
    assert {each.status for each in meetings(text, Kind.NEWS, "2016-03-10")} == {Status.HELD, Status.PLANNED}


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no meeting between Canadian Foreign Minister Anne Leclerc and German Chancellor Karl Brandt in Geneva.",
        "The ministry denied reports that Canadian Foreign Minister Anne Leclerc had held talks with German Chancellor Karl Brandt.",
        "He dismissed as false a report that Canadian Foreign Minister Anne Leclerc met German Chancellor Karl Brandt.",
    ],
)
def test_a_meeting_that_is_denied_is_none(sentence):
    assert not meetings(sentence, Kind.NEWS, "2016-03-10")


def test_what_is_denied_in_a_meeting_leaves_the_meeting():
    told = (
        "Canadian Foreign Minister Anne Leclerc denied the charge when she met German Chancellor Karl Brandt in Bonn."
    )
    assert len(meetings(told, Kind.NEWS, "2016-03-10")) == 1
