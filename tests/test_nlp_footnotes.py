"""An editor's footnotes say who somebody is."""

from __future__ import annotations

import pytest

from meetings.nlp.flow import flow
from meetings.nlp.footnotes import Described, described
from meetings.records import Kind, Label, Passage, SourceDocument
from tests.extraction import people

NATIONS = {"Chilean": "CL", "U.K.": "GB", "Portugal": "PT", "Canada": "CA"}


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Rui Costa, Chilean Foreign Minister.", Described("Rui Costa", "Chilean Foreign Minister", "CL")),
        ("Sir Ann Reed, U.K. Ambassador to Portugal.", Described("Ann Reed", "U.K. Ambassador to Portugal", "GB")),
        ("R. G. Hall.", Described("R. G. Hall", "", None)),
        ("High Commissioner for Canada until 1951.", Described("", "High Commissioner for Canada", "CA")),
        ("Rui Costa, Minister for Trade. He had left on 3 May.", Described("Rui Costa", "Minister for Trade", None)),
    ],
)
def test_a_note_gives_name_post_and_country(note, found):
    assert described(note, NATIONS.get) == found


@pytest.mark.parametrize(
    "note", ["See Document 12.", "Not printed.", "On 3 May the Chilean Government asked for more.", "Dated 4 June."]
)
def test_a_note_on_something_else_describes_nobody(note):
    assert described(note, NATIONS.get) is None


def test_notes_are_kept_with_the_place_that_refers_to_them():
    text = "Mr Hall [1] spoke.\n\n1 R. G. Hall, Minister\n\nfor Trade."
    note, rest = text.index("1 R."), text.index("for Trade")
    passages = (Passage(0, note - 2), Passage(note, rest - 2, Label.NOTE), Passage(rest, len(text), Label.NOTE))
    running = flow(SourceDocument(text, Kind.MEMCON, passages, "test/1"))
    assert [(running.text[: each.at], each.text) for each in running.notes] == [
        ("Mr Hall", "R. G. Hall, Minister for Trade.")
    ]


def test_a_note_that_begins_within_the_paragraph_of_the_one_before_is_one_of_its_own():
    text = "Mr Hall [1] saw the Ambassador [2] and the Consul [3].\n\n1 Not printed. 2 Ann Reed. 3 Document 3."
    note = text.index("1 Not")
    passages = (Passage(0, note - 2), Passage(note, len(text), Label.NOTE))
    running = flow(SourceDocument(text, Kind.MEMCON, passages, "test/1"))
    assert [each.text for each in running.notes] == ["Not printed.", "Ann Reed.", "Document 3."]


RECORD = """Record of Conversation between Lund and Costa

LONDON, 3 May 1949

PRESENT: Mr Lund and the High Commissioners

Mr Lund [1] told the High Commissioners for Canada [2] and South Africa [3] that the talks would go on. The
Prime Minister [4] had agreed. Mr Lund thanked them for their patience and hoped that they would come again in June.

1 Erik Lund, Danish Minister of Trade.

2 Paul Girard.

3 J. P. Steyn.

4 Karl Holm.
"""


def test_whom_only_a_note_names_is_a_party_with_post_and_country():
    found = people(RECORD, Kind.MEMCON, "1949-05-03")
    assert (found["Erik Lund"].role, found["Erik Lund"].country) == ("Danish Minister of Trade", "DK")
    assert found["Paul Girard"].country == "CA"
    assert found["J. P. Steyn"].country == "ZA"
    assert found["Karl Holm"].role == "Prime Minister"


def test_a_note_behind_where_a_post_is_held_says_who_holds_it():
    text = (
        "12 Hart to Merrow\n\n\nCablegram 63 CANBERRA, 24 January 1940\n\nSECRET\n\nThe matter was put to the Chilean Ambassador in London [1]"
        " by the Minister, who said that the ships would leave in May.\n\n1 Rui Costa.\n\n[AA: A1, 2]\n"
    )
    found = people(text, Kind.CABLE, "1940-01-24")
    assert found["Rui Costa"].role == "Ambassador" and found["Rui Costa"].country == "CL"
