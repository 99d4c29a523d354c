"""One record for one encounter told in many sentences; separate records for separate ones."""

from __future__ import annotations

import pytest

from meetings.nlp.annotations import Encounter, Party
from meetings.nlp.components.grouping import grouped
from meetings.nlp.dates import When
from meetings.records import Attendance, Kind, Medium, Status
from tests.extraction import meetings, who

GIRARD = Party("Paul Girard", "President", "FR")
BRANDT = Party("Karl Brandt", "Chancellor", "DE")
SILVA = Party("Ana Silva", "Prime Minister", "PT")
FRANCE, GERMANY = Party(country="FR", group=True), Party(country="DE", group=True)


def told(sentence: int, *parties: int, strength: float = 0.9, **more) -> Encounter:
    attending = dict.fromkeys(parties, Attendance.PRINCIPAL)
    return Encounter("triggers.met/1", [sentence], attending, strength=strength, **more)


def test_two_sentences_on_the_same_two_people_are_one_record():
    (record,) = grouped([told(0, 0, 1), told(3, 1, 0)], [GIRARD, BRANDT])
    assert record.sentences == [0, 3]


def test_the_same_two_people_of_one_state_are_not_recorded_twice():
    parties = [Party("Paul Girard", "", "FR"), Party("Anne Petit", "", "FR")]
    assert len(grouped([told(0, 0, 1), told(3, 0, 1)], parties)) == 1


def test_another_partner_is_another_encounter():
    assert len(grouped([told(0, 0, 1), told(1, 0, 2)], [GIRARD, BRANDT, SILVA])) == 2


def test_a_delegation_meets_its_hosts_one_after_the_other():
    reed, orr = Party("Ann Reed", "Senator", "US"), Party("Carl Orr", "Senator", "US")
    parties = [reed, orr, GIRARD, Party("Anne Petit", "Foreign Minister", "FR")]
    assert len(grouped([told(0, 0, 1, 2), told(2, 0, 1, 3)], parties)) == 2
    assert len(grouped([told(0, 0, 1, 2), told(2, 0, 1, 2, 3)], parties)) == 1


def test_a_call_is_not_the_visit():
    call, visit = told(0, 0, 1, medium=Medium.PHONE), told(1, 0, 1, medium=Medium.IN_PERSON)
    assert len(grouped([call, visit], [GIRARD, BRANDT])) == 2


def test_what_is_planned_is_not_what_was_held():
    planned = told(1, 0, 1, status=Status.PLANNED)
    assert len(grouped([told(0, 0, 1), planned], [GIRARD, BRANDT])) == 2


def test_talks_of_their_two_states_are_the_talks_of_the_two():
    (record,) = grouped([told(0, 0, 1), told(1, 2, 3, strength=0.4)], [GIRARD, BRANDT, FRANCE, GERMANY])
    assert set(record.parties) == {0, 1}


def test_two_holders_of_different_posts_without_names_are_two():
    author = Party(None, "", "FR", own=True)
    minister, secretary = Party(None, "Foreign Minister", "DE"), Party(None, "Secretary General", "DE")
    assert len(grouped([told(0, 0, 1), told(4, 0, 2)], [author, minister, secretary])) == 2


def test_those_who_talk_do_so_face_to_face_unless_they_may_have_telephoned():
    spoke = told(1, 0, 2)
    spoke.rule = "triggers.spoke_with/1"
    met, talked = grouped([told(0, 0, 1), spoke], [GIRARD, BRANDT, SILVA])
    assert (met.medium, talked.medium) == (Medium.IN_PERSON, None)


def test_the_same_two_people_on_another_day_are_another_encounter():
    story = (
        "French President Paul Girard met German Chancellor Karl Brandt in Paris on 3 March 2015."
        " Mr Girard met Mr Brandt again in Berlin on 9 March 2016."
    )
    assert [each.date for each in meetings(story, Kind.NEWS, "2016-03-10")] == ["2015-03-03", "2016-03-09"]


def test_a_talk_of_some_days_ago_is_not_the_one_that_is_recorded():
    record = told(0, 0, 1, main=True)
    record.rule = "conversation.record/1"
    earlier = told(1, 0, 1, when=When("1951-03"))
    assert len(grouped([record, earlier], [GIRARD, BRANDT], "1951-04-02")) == 2
    assert len(grouped([record, earlier], [GIRARD, BRANDT], "1951-03-30")) == 1


def test_places_and_days_of_what_is_spoken_of_and_agreed_make_no_second_talk():
    text = """German Chancellor Karl Brandt and French President Paul Girard met in Bonn on 4 June 2014.

The two agreed to reopen the border that was closed when a ship sank off Malta in August 2013.

Mr Brandt spoke of the war in Damascus and asked Mr Girard to use his influence."""
    (found,) = meetings(text, Kind.NEWS)
    assert (found.date, found.place.name) == ("2014-06-04", "Bonn")


def test_whom_a_telegrams_list_lacks_was_met_at_another_time():
    record = told(0, 0, 1, main=True)
    record.rule = "conversation.record_listed/1"
    assert len(grouped([record, told(1, 0, 1, 2)], [GIRARD, BRANDT, SILVA])) == 2


HEADED = """Girard, Portuguese, Greek counterparts hold talks

PARIS — French President Paul Girard met Portuguese President Ana Silva in Paris on Tuesday. He also met Greek President Nikos Pappas.
"""


def test_a_headline_without_names_is_no_meeting_besides_those_that_the_report_tells():
    found = meetings(HEADED, Kind.NEWS, "2016-03-10")
    assert [{each.name for each in one.participants} for one in found] == [
        {"Paul Girard", "Ana Silva"},
        {"Paul Girard", "Nikos Pappas"},
    ]


CAPTIONED = """Ministers differ on fishing rights

In this April 2, 2016 file photo, Belgian Foreign Minister Paul Girard meets with Swedish Foreign Minister Karin Holm at the royal castle in Stockholm, Sweden. Jan Berg/The Associated Press

BRUSSELS (AP) - Belgian Foreign Minister Paul Girard met Portuguese Foreign Minister Ana Silva in Brussels on Thursday. They spoke about fishing rights.
"""


def test_a_caption_tells_of_a_meeting_of_which_the_report_does_not_speak():
    found = meetings(CAPTIONED, Kind.NEWS, "2016-05-13")
    assert ("2016-04-02", {"Paul Girard", "Karin Holm"}) in [
        (one.date, {each.name for each in one.participants}) for one in found
    ]


def test_a_state_by_its_name_alone_gives_way_to_its_people():
    parties = [GIRARD, BRANDT, FRANCE, GERMANY]
    (record,) = grouped([told(0, 0, 1, 2, 3)], parties)
    assert set(record.parties) == {0, 1}


CALLS = """Foreign Secretary calls with counterparts

Office of the Spokesperson

The Foreign Secretary, Paul Reed, spoke to Norwegian Foreign Minister Kari Vik this morning about Belarus.
"""


def test_a_release_entitled_calls_tells_of_calls():
    assert {each.medium for each in meetings(CALLS, Kind.READOUT, "2021-01-04")} == {Medium.PHONE}


@pytest.mark.parametrize(
    ("title", "told", "status"),
    [
        ("Girard in Oslo for talks with Lund", "will be received by King Harald Lund of Norway tomorrow", Status.PLANNED),
        ("Girard calls off Oslo meeting with Lund", "has cancelled the meeting with King Harald Lund of Norway that was set for 9 May", Status.CANCELLED),
    ],
)  # fmt: skip
def test_a_headlines_noun_names_what_the_report_below_it_announces(title, told, status):
    found = meetings(
        f"{title}\n\nOSLO, 3 May 2011 - President Paul Girard of France {told}.\n", Kind.NEWS, "2011-05-03"
    )
    assert [(who(each), each.status) for each in found] == [({"Paul Girard", "Harald Lund"}, status)]
