"""Who said what: the speakers of reported and quoted words."""

from __future__ import annotations

from meetings.records import Kind
from tests.extraction import extracted

RECORD = """RECORD OF CONVERSATION WITH THE DANISH AMBASSADOR

The Ambassador called at his own request. I asked whether his Government had decided on the herring quota.

Mr. Sorensen said that the Cabinet would meet on Friday.

The Ambassador added that he expected a favourable decision. I replied that we should be glad of it.
"""


def speakers(text: str, kind: Kind) -> dict[str, str | None]:
    """The speaker by the first word of what was said."""
    return {each.text.split()[0]: each.speaker for each in extracted(text, kind, "1957-03-04").statements}


def test_the_one_other_person_of_a_record_is_named_wherever_he_speaks():
    found = speakers(RECORD, Kind.MEMCON)
    assert found["the"] == found["he"] == "Sorensen"
    assert found["we"] != "Sorensen"


def test_a_post_stays_without_a_name_when_two_others_speak():
    text = RECORD + "\nMr. Lindqvist said that Sweden had no objection.\n"
    found = speakers(text, Kind.MEMCON)
    assert found["he"] is None
    assert found["Sweden"] == "Lindqvist"


def test_reported_speech_goes_on_with_its_speaker_inside_a_paragraph():
    text = "RECORD OF CONVERSATION\n\nMr. Lindqvist said that Sweden had no objection. The nets were another matter.\n"
    found = speakers(text, Kind.MEMCON)
    assert found["The"] == "Lindqvist"
