"""Whole documents of each kind, written for these tests, through the shipped pipeline."""

from __future__ import annotations

import pytest

from meetings.records import Attendance, Kind, Medium, StatementKind, Status
from tests.extraction import extracted, meetings, who

READOUT = """Readout of President Biden’s Call with President Andrzej Duda of Poland

March 3, 2022

President Joseph R. Biden, Jr. spoke today by phone with President Andrzej Duda of Poland. The leaders discussed humanitarian assistance and energy security.
"""

CABLE = """R 141530Z MAR 08
FM AMEMBASSY OSLO
TO SECSTATE WASHDC
UNCLAS OSLO 000141

E.O. 12958: N/A
TAGS: PREL, ETRD, NO
SUBJECT: AMBASSADOR'S MEETING WITH TRADE MINISTER SOLBERG

1. (SBU) Summary: The Ambassador met March 12 with Norwegian Trade Minister Kari Solberg,
accompanied by Econoff, to discuss fisheries and arms sales. End summary.

2. (SBU) Solberg said that Norway would keep its quotas. She welcomed the Ambassador's visit to Bergen.
"""

RECORD = """31 RECORD OF CONVERSATION BETWEEN HALL AND MARTIN


Canberra, 4 May 1961

Confidential

Mr Martin said that the British Government was anxious about wool. Mr Hall replied that there was no reason for concern.

[NAA: A1838, 727/4/2]
"""

NEWS = """OTTAWA — Canadian Foreign Minister Anne Leclerc met with German Chancellor Karl Brandt in Berlin on Tuesday.

The two discussed Ukraine. "We need more time," Ms. Leclerc said after the talks.

She will meet French President Paul Girard in Paris next week. Prime Minister John Doyle, who stayed in Ottawa, praised the visit.
"""


def test_a_readout_tells_one_call_of_its_day():
    (call,) = meetings(READOUT, Kind.READOUT)
    assert who(call) == {"Joseph R. Biden, Jr.", "Andrzej Duda"}
    assert {each.country for each in call.participants} == {"US", "PL"}
    assert (call.date, call.medium, call.status, call.place) == ("2022-03-03", Medium.PHONE, Status.HELD, None)
    assert {"humanitarian-aid", "energy-security"} <= {issue.key for issue in call.issues}


def test_a_cable_tells_a_meeting_at_its_post():
    (meeting,) = meetings(CABLE, Kind.CABLE)
    assert "Kari Solberg" in who(meeting)
    assert "Ambassador" in who(meeting)
    assert (meeting.date, meeting.medium) == ("2008-03-12", Medium.IN_PERSON)
    assert (meeting.place.name, meeting.place.inferred) == ("Oslo", True)
    company = next(each for each in meeting.participants if each.name is None and each.role != "Ambassador")
    assert company.attendance is Attendance.ACCOMPANYING


def test_a_record_of_conversation_is_the_meeting_of_its_title():
    (talk,) = meetings(RECORD, Kind.MEMCON)
    assert who(talk) == {"Hall", "Martin"}
    assert (talk.date, talk.place.name) == ("1961-05-04", "Canberra")


def test_news_tell_meetings_held_and_planned_and_leave_bystanders_out():
    held, planned = meetings(NEWS, Kind.NEWS, "2016-03-10")
    assert who(held) == {"Anne Leclerc", "Karl Brandt"}
    assert (held.date, held.place.name, held.place.country) == ("2016-03-08", "Berlin", "DE")
    assert {each.role for each in held.participants} == {"Foreign Minister", "Chancellor"}
    assert (planned.status, who(planned)) == (Status.PLANNED, {"Anne Leclerc", "Paul Girard"})


def test_quotations_have_their_speaker():
    (quote,) = (each for each in extracted(NEWS, Kind.NEWS).statements if each.kind is StatementKind.DIRECT)
    assert (quote.speaker, quote.text) == ("Anne Leclerc", "We need more time")


def test_reported_speech_has_its_speaker_and_goes_on():
    said = extracted(CABLE, Kind.CABLE).statements
    assert any(each.speaker == "Kari Solberg" and each.text.startswith("Norway would keep") for each in said)


@pytest.mark.parametrize(
    "text",
    [
        "The Foreign Ministry said on Monday that talks between governments are useful.",
        "Canadian Foreign Minister Anne Leclerc did not meet German Chancellor Karl Brandt in Berlin.",
        "Canadian Prime Minister John Doyle met Canadian Foreign Minister Anne Leclerc in Ottawa.",
    ],
)
def test_what_is_denied_general_or_internal_is_no_meeting(text):
    assert meetings(text + "\n\nThe weather was fine that day, and nothing else of note happened.\n", Kind.NEWS) == ()


def test_a_cancelled_meeting_says_so():
    text = "French President Paul Girard cancelled a meeting with German Chancellor Karl Brandt in Bonn.\n"
    (meeting,) = meetings(text, Kind.NEWS)
    assert meeting.status is Status.CANCELLED


@pytest.mark.parametrize(
    ("text", "kind"), [(READOUT, Kind.READOUT), (CABLE, Kind.CABLE), (RECORD, Kind.MEMCON), (NEWS, Kind.NEWS)]
)
def test_every_claim_has_evidence_inside_the_document(text, kind):
    found = extracted(text, kind, "2016-03-10")
    for meeting in found.meetings:
        claims = [*meeting.participants, *meeting.issues]
        evidence = [*meeting.evidence, *(each for claim in claims for each in claim.evidence)]
        assert meeting.evidence
        assert all(claim.evidence for claim in claims)
        for each in evidence:
            assert 0 <= each.start < each.end <= len(text)
            assert each.rule.count("/") == 1
            assert 0 <= each.confidence <= 1


def test_another_language_gives_an_empty_extraction():
    text = (
        "Der Außenminister traf am Dienstag in Berlin seinen französischen Kollegen zu einem Gespräch über Europa. Beide Seiten lobten die Zusammenarbeit. "
        * 3
    )
    assert extracted(text, Kind.NEWS).meetings == ()
