"""What leaves the pipeline: the passages that show a meeting, and the meeting that each statement was made in."""

from __future__ import annotations

from meetings.records import Field, Kind
from tests.extraction import extracted, meetings

TWO_TALKS = (
    "Finnish President Liisa Korhonen met with Peruvian President Rosa Quispe in Helsinki on May 4, 2015. Korhonen said that"
    " timber exports would grow.\n\nFinnish Defence Minister Pekka Laine met with Peruvian Defence Minister Luis Vargas on May 5."
    "\n\nLaine said that coastal radar was a priority for both navies. Vargas warmly thanked Laine for the sonar.\n"
)


def test_a_passage_that_speaks_of_two_who_took_part_shows_their_meeting():
    _, second = meetings(TWO_TALKS, Kind.NEWS, "2015-05-06")
    passages = [TWO_TALKS[each.start : each.end] for each in second.evidence if each.field is Field.MEETING]
    assert any("met with Peruvian Defence Minister" in passage for passage in passages)
    assert any("sonar" in passage for passage in passages)
    assert not any("timber" in passage for passage in passages)


def test_a_statement_was_made_in_the_meeting_of_whom_its_paragraph_names():
    found = extracted(TWO_TALKS, Kind.NEWS, "2015-05-06")
    by_text = {each.text: each.meeting for each in found.statements}
    assert {text: n for text, n in by_text.items() if "timber" in text or "radar" in text}.keys() == by_text.keys()
    assert [n for text, n in by_text.items() if "timber" in text] == [0]
    assert [n for text, n in by_text.items() if "radar" in text] == [1]
