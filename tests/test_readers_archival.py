"""Memoranda and records of conversation, as typed and as printed in editions."""

from pathlib import Path

import pytest

from meetings.readers import read
from meetings.records import Kind, Label

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def typed():
    return read(DATA / "memcon.txt")[0]


@pytest.fixture(scope="module")
def printed():
    return read(DATA / "memcon_edition.txt")[0]


def of_field(document, field):
    return [document.text[p.start : p.end] for p in document.passages if p.field == field]


def test_typed_memorandum_is_recognised_and_dated_by_its_date_block(typed):
    assert typed.kind is Kind.MEMCON
    assert typed.date == "1964-06-09"
    assert typed.title == "MEMORANDUM OF CONVERSATION: Cotton textile quotas"


def test_every_participant_is_a_passage_of_its_own(typed):
    assert of_field(typed, "participants") == [
        "PARTICIPANTS:",
        "Dr. Vasco Garin, Ambassador",
        "Mr. Joao Themido, Counselor",
        "The Secretary",
        "Mr. William Tyler, EUR",
        "Mrs. Anne Swift, Interpreter",
    ]


def test_delegations_are_told_from_participants(typed):
    assert of_field(typed, "delegation") == ["Portugal", "United States"]


def test_delegations_may_be_marked_as_headings_of_the_list():
    text = """12 Record of Talk between Hale and Berg

Oslo, 4 May 1983

CONFIDENTIAL

## Record of a talk between the Prime Minister, Mr Hale, and the Prime Minister of Norway, Mr Berg, at Oslo

Also present:

### Kenya

Mr P. Stone - Secretary, Department of Fisheries
HE Mr A. Reed - High Commissioner

### Norway

Mr K. Lund - Secretary, Prime Minister's Office

The discussion began at 3 p.m.

### Fisheries

Mr Hale said that the quotas of the last two years had been far too low for the smaller ports.
"""
    document = read(text.encode(), "talk.txt")[0]
    assert of_field(document, "delegation") == ["### Kenya", "### Norway"]
    assert len(of_field(document, "participants")) == 4
    body = [document.text[p.start : p.end] for p in document.passages if p.label is Label.BODY]
    assert body[0] == "The discussion began at 3 p.m."


def test_place_and_subject_are_header_fields(typed):
    assert of_field(typed, "place") == ["PLACE: The Secretary's Office"]
    assert of_field(typed, "subject") == ["SUBJECT: Cotton textile quotas"]


@pytest.mark.parametrize("quote", ["'", "’"])
def test_origin_in_words_is_written_as_a_name_is(quote):
    text = f"Memorandum of Conversation\n\nDATE: May 5, 1971\n\nPLACE: Chairman Hale{quote}s residence, Djakarta\n\nPARTICIPANTS: Ambassador Sample\nMr. Other\n\nThe Ambassador said that the harvest in the south had been a poor one this year.\n"
    assert read(text.encode(), "m.txt")[0].origin == f"Chairman Hale{quote}s Residence"


def test_text_begins_after_the_participants(typed):
    body = [p for p in typed.passages if p.label is Label.BODY]
    assert len(body) == 2
    assert typed.text[body[0].start :].startswith("The Ambassador opened")


@pytest.mark.parametrize(
    "order",
    [("DATE", "PARTICIPANTS", "SUBJECT"), ("SUBJECT", "PARTICIPANTS", "DATE"), ("PARTICIPANTS", "DATE", "SUBJECT")],
)
def test_blocks_may_come_in_any_order(order):
    values = {"DATE": "May 5, 1971", "SUBJECT": "Wheat", "PARTICIPANTS": "Ambassador Sample\nMr. Other"}
    head = "\n\n".join(f"{name}: {values[name]}" for name in order)
    text = f"Memorandum of Conversation\n\n{head}\n\nThe Ambassador said that the harvest in the south had been a poor one this year.\n"
    document = read(text.encode(), "m.txt")[0]
    assert document.date == "1971-05-05"
    assert of_field(document, "subject") == ["SUBJECT: Wheat"]
    assert len(of_field(document, "participants")) == 2


def test_printed_record_has_title_place_date_and_classification(printed):
    assert printed.kind is Kind.MEMCON
    assert printed.title == "Record of Conversation between Hale and Santoso"
    assert (printed.date, printed.origin, printed.classification) == ("1961-08-04", "Djakarta", "CONFIDENTIAL")


def test_notes_below_the_text_are_notes(printed):
    notes = [printed.text[p.start : p.end] for p in printed.passages if p.label is Label.NOTE]
    assert notes == ["1 Director of Economic Relations.", "2 Document 80.", "_[NAA: A1838, 1/2/3]_"]


def test_date_of_writing_is_not_the_date_in_a_title_that_goes_on():
    text = "12 Note of Meeting of Ministers\n\nand Officials on 3 May 1950\n\nLONDON, 4 May 1950\n\nMR SAMPLE said that the wool had arrived in good order and would be sold in June.\n"
    assert read(text.encode(), "n.txt")[0].date == "1950-05-04"


@pytest.mark.parametrize(
    ("line", "date", "origin"),
    [
        ("Cablegram UN87 NEW YORK, 4 May 1950, 9.12 p.m.", "1950-05-04", "New York"),
        ("Cablegram K21 BATAVIA, [4 May 1950], 6.25 p.m.", "1950-05-04", "Batavia"),
        ("Cablegram 114 GENEVA, [4] May 1950, 11.14 p.m.", "1950-05-04", "Geneva"),
        ("Letter LONDON, 2[4] [1] May 1950", "1950-05-24", "London"),
    ],
)
def test_a_telegrams_number_is_no_place_and_what_an_editor_supplied_is_read(line, date, origin):
    text = f"12 Sample to Department of Wool\n\n\n{line}\n\nSECRET\n\nThe Minister told me today that the wool had arrived in good order.\n"
    document = read(text.encode(), "n.txt")[0]
    assert (document.date, document.origin) == (date, origin)


def test_stretch_of_days_dates_a_document_to_its_month():
    text = "12 Notes of Discussions on Wool\n\nLondon, 8-10 May 1950\n\nMR SAMPLE said that the wool had arrived in good order and would be sold in June.\n"
    assert read(text.encode(), "n.txt")[0].date == "1950-05"


def test_secret_entire_text_classifies():
    text = "5. Memorandum of Conversation\n\nVienna, May 4, 1979\n\n1. Secret entire text.\n\n2. The Chancellor received the Ambassador for an hour and spoke about the talks.\n"
    assert read(text.encode(), "n.txt")[0].classification == "SECRET"


def test_values_in_a_second_column_are_read():
    text = (
        "MEMORANDUM OF TELEPHONE CONVERSATION\n\nSUBJECT:          Call to the Premier\n\nPARTICIPANTS:     The President\n                  The Premier\n\n"
        "DATE, TIME        November 3, 1988\n\nThe Premier told the President that the harvest in the south had been a poor one this year.\n"
    )
    document = read(text.encode(), "m.txt")[0]
    assert (document.kind, document.date) == (Kind.MEMCON, "1988-11-03")
    assert of_field(document, "participants") == ["PARTICIPANTS:     The President", "The Premier"]


WRAPPED = """THE WHITE HOUSE
WASHINGTON

MEMORANDUM OF CONVERSATION

SUBJECT:         Meeting with President Marcelo Henrique
                 Duarte of Brazil

PARTICIPANTS:    U.S.
                 The President
                 Alan Reed, Assistant to the President for National
                 Security Affairs
                 Joan Hale, Director for
                   Latin American Affairs
                 Brazil
                 President Duarte
                 de Castro Lima, Foreign Minister

DATE:            November 3, 1988

The two Presidents spoke about the harvest in the south, which had been a poor one this year.
"""


def test_a_line_that_goes_on_with_the_participant_or_subject_above_is_no_other():
    document = read(WRAPPED.encode(), "m.txt")[0]
    continued = [document.text[p.start : p.end] for p in document.passages if p.continues]
    assert continued == ["Duarte of Brazil", "Security Affairs", "Latin American Affairs"]
    assert of_field(document, "participants")[-1] == "de Castro Lima, Foreign Minister"
    assert document.title.endswith("Meeting with President Marcelo Henrique Duarte of Brazil")
