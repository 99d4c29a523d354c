"""Cables: header, paragraphs, page marks, and what a reprinting site adds."""

from pathlib import Path

import pytest

from meetings.readers import Options, read
from meetings.records import Kind, Label

DATA = Path(__file__).parent / "data"


def quoted(document, **wanted):
    """Texts of the passages whose fields have these values."""
    return [
        document.text[p.start : p.end]
        for p in document.passages
        if all(getattr(p, name) == value for name, value in wanted.items())
    ]


@pytest.fixture(scope="module")
def cable():
    return read(DATA / "cable.txt")[0]


@pytest.fixture(scope="module")
def reprint():
    return read(DATA / "cable_reprint.txt")[0]


def test_header_gives_the_document_its_metadata(cable):
    assert cable.kind is Kind.CABLE
    assert cable.date == "2006-05-03"
    assert cable.identifier == "06ATHENS731"
    assert cable.origin == "Athens"
    assert cable.classification == "SBU"
    assert cable.tags == ("PREL", "PGOV", "ENRG", "GR")
    assert cable.references == ("ATHENS 655", "05 ANKARA 6120")
    assert cable.language == "en"


def test_subject_that_wraps_is_one_title(cable):
    assert cable.title == "GAS LINES AND GOOD NEIGHBORS: THE AMBASSADOR CALLS ON THE DEVELOPMENT MINISTER"


def test_numbered_paragraphs_keep_number_and_section_mark(cable):
    numbered = [(p.number, p.marking) for p in cable.passages if p.number and not p.continues]
    assert numbered == [("1", "SBU"), ("2", "SBU"), ("3", "U"), ("4", "SBU")]


def test_page_marks_are_taken_out_of_the_flow(cable):
    assert quoted(cable, label=Label.CLUTTER)[0] == "ATHENS 00000731  001.2 OF 002"
    assert not any("002 OF 002" in body for body in quoted(cable, label=Label.BODY))


def test_paragraph_cut_by_a_page_mark_goes_on_under_its_number(cable):
    (second,) = [p for p in cable.passages if p.continues]
    assert second.number == "2"
    assert cable.text[second.start : second.end] == "ten years, with the first part due in 2008."


def test_headings_are_found_between_rules_and_below_a_paragraph(cable):
    assert quoted(cable, label=Label.HEADING) == ["THE LINE TO ITALY", "A Word on Turkey"]


def test_signature_is_no_part_of_the_last_paragraph(cable):
    assert quoted(cable, field="signature") == ["RIES"]
    assert quoted(cable, number="4") == ["4. (SBU) COMMENT: The Minister knows his brief. END COMMENT."]


def test_reprint_is_told_by_its_routing_indicator(reprint):
    assert reprint.identifier == "05MOSCOW42"
    assert reprint.origin == "Moscow"
    assert reprint.date == "2005-01-10"
    assert reprint.title == "Deputy Minister Looks Ahead to Trade Round"


def test_reprint_without_message_line_is_classified_as_its_highest_paragraph(reprint):
    assert reprint.classification == "CONFIDENTIAL"
    assert [p.marking for p in reprint.passages if p.number] == ["C", "C/NF", "U"]


def test_headlines_below_a_reprint_are_clutter(reprint):
    after = reprint.text.index("©")
    assert {p.label for p in reprint.passages if p.start >= after} == {Label.CLUTTER}
    assert all(p.label is not Label.CLUTTER for p in reprint.passages if p.start < after)


def test_heading_glued_to_a_paragraph_is_cut_off(reprint):
    assert "Tariffs" in quoted(reprint, label=Label.HEADING)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("C O N F I D E N T I A L SECTION 01 OF 02 ATHENS 000731", "CONFIDENTIAL"),
        ("S E C R E T ATHENS 000731", "SECRET"),
        ("UNCLAS ATHENS 000731", "UNCLASSIFIED"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY ATHENS 000731", "SBU"),
        ("LIMITED OFFICIAL USE ATHENS 731", "SBU"),
    ],
)
def test_classification_is_normalised(line, level):
    text = f"R 221145Z DEC 72\nFM AMEMBASSY ATHENS\nTO SECSTATE WASHDC\n\n{line}\n\nSUBJECT: PORTS\n\n1. NOTHING NEW TO REPORT FROM THE PORT.\n"
    document = read(text.encode(), "telegram.txt")[0]
    assert document.classification == level
    assert document.identifier == "72ATHENS731"
    assert document.date == "1972-12-22"


def test_year_of_an_undated_extract_is_taken_from_a_file_name_that_fits():
    text = (
        b"UNCLAS ATHENS 000731\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: PORTS\n\n1. Nothing new to report.\n"
    )
    fits, other = read(text, "05ATHENS731.txt")[0], read(text, "05ATHENS732.txt")[0]
    assert (fits.identifier, fits.date) == ("05ATHENS731", "2005")
    assert (other.identifier, other.date) == ("", None)


def test_telegram_printed_in_an_edition_is_dated_by_its_place_line():
    text = "14. Telegram From the Embassy in Norway to the Department of State\n\nOslo, May 4, 1961, 2 p.m.\n\n812. Embassy believes Secretary should see the Minister before the session opens in the fall.\n"
    document = read(text.encode(), "d14.txt")[0]
    assert (document.kind, document.date, document.origin) == (Kind.CABLE, "1961-05-04", "Oslo")
    assert document.identifier == "812"


def test_kind_asked_for_stands_above_content():
    assert read(DATA / "cable.txt", options=Options(kind=Kind.OTHER))[0].kind is Kind.OTHER


def test_cable_of_the_smart_system_is_read_by_its_labels():
    text = (
        "UNCLASSIFIED\nSBU\n\nMRN:         12 ATHENS 412\nDate/DTG:    Apr 12, 2012 / 121940Z APR 12\nFrom:        AMEMBASSY ATHENS\nAction:      WASHDC, SECSTATE ROUTINE\n"
        "E.O.:        13526\nTAGS:        PREL, ECON\nSubject:     PORTS\n\n1. (SBU) The Minister spoke of ports.\n"
    )
    document = read(text.encode(), "c.txt")[0]
    assert (document.kind, document.identifier, document.date) == (Kind.CABLE, "12ATHENS412", "2012-04-12")
    assert (document.title, document.tags, document.classification) == ("PORTS", ("PREL", "ECON"), "SBU")


def test_page_lines_of_the_archives_are_no_part_of_the_text():
    text = """O 131840Z OCT 86
FM AMEMBASSY LISBON
TO SECSTATE WASHDC 5104

C O N F I D E N T I A L LISBON 05871

SUBJECT: FISHERIES TALKS

1. (C) THE MINISTER SAID THAT THE QUOTAS WERE TOO LOW AND THAT HE WOULD

                    CONFIDENTIAL

CONFIDENTIAL

PAGE 02        LISBON 05871  02 OF 02  131852Z

RAISE THEM AGAIN IN OCTOBER, WHEN THE COMMISSION WOULD MEET IN LISBON TO SET THE NEXT ONES.

NNNN
"""
    (document,) = read(text.encode(), "talks.txt")
    body = [passage for passage in document.passages if passage.label == Label.BODY]
    assert [(passage.number, passage.continues) for passage in body] == [("1", False), ("1", True)]
    clutter = [text[p.start : p.end].split()[0] for p in document.passages if p.label == Label.CLUTTER]
    assert clutter == ["CONFIDENTIAL", "CONFIDENTIAL", "PAGE", "NNNN"]


def test_a_list_of_participants_stands_line_by_line_in_the_header():
    text = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC 5015

UNCLAS OSLO 000724

SUBJECT: U/S REED DISCUSSES FISHERIES

1. (U) Participants:

United States:
U/S Reed
Mr. Stone (notetaker)

Norway:
Minister Lund

2. (SBU) Minister Lund told U/S Reed that quotas had been far too low for the smaller ports of the north.
"""
    document = read(text.encode(), "c.txt")[0]
    fields = [
        (p.field, document.text[p.start : p.end])
        for p in document.passages
        if p.field in {"participants", "delegation"}
    ]
    assert fields == [
        ("participants", "1. (U) Participants:"), ("delegation", "United States:"), ("participants", "U/S Reed"),
        ("participants", "Mr. Stone (notetaker)"), ("delegation", "Norway:"), ("participants", "Minister Lund"),
    ]  # fmt: skip


def test_a_paragraph_under_the_heading_participants_is_text():
    text = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC 5015

UNCLAS OSLO 000724

SUBJECT: FISHERIES

1. (U) The Ambassador met Minister Lund on July 1.

PARTICIPANTS
------------

2. (U) The Minister was accompanied by Director General Dahl. The Ambassador was accompanied by EconOff.
"""
    document = read(text.encode(), "c.txt")[0]
    bodies = [p.number for p in document.passages if p.label is Label.BODY]
    assert bodies == ["1", "2"]


LISTS = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC 5015

UNCLAS OSLO 000724

SUBJECT: FISHERIES

1. (U) The Ambassador met Minister Lund on July 1.

2. (U) U.S. participants: Ambassador Hall; DCM Marsh; EconOff Cole,
who took notes; Jack Brown (NSC).

3. (U) Participants in the meeting were:

NORWAY

Minister Lund
Mr. Dahl

HALL
"""


def test_lists_of_participants_on_one_line_or_under_a_sentence_are_no_text():
    document = read(LISTS.encode(), "c.txt")[0]
    fields = [
        (p.field, document.text[p.start : p.end].split("\n")[0]) for p in document.passages if p.label is Label.HEADER
    ]
    assert ("participants", "2. (U) U.S. participants: Ambassador Hall; DCM Marsh; EconOff Cole,") in fields
    assert ("delegation", "NORWAY") in fields and ("participants", "Mr. Dahl") in fields


def test_the_signature_below_a_list_is_no_participant():
    document = read(LISTS.encode(), "c.txt")[0]
    assert not any(document.text[p.start : p.end] == "HALL" and p.field == "participants" for p in document.passages)


def test_a_section_name_right_above_a_numbered_paragraph_is_a_heading():
    text = (
        "R 161312Z MAY 86\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 7718\n\nCONFIDENTIAL OSLO 04471\n\nSUBJECT: VISIT\n\n"
        "1. SUMMARY. THE VISIT WENT WELL. END SUMMARY.\n\nFISHERIES\n2. DAHL SAID THAT QUOTAS WOULD NOT CHANGE THIS YEAR.\n\n3. COMMENT: NO SURPRISES.\n"
    )
    document = read(text.encode(), "oslo.txt")[0]
    assert "FISHERIES" in quoted(document, label=Label.HEADING)
    assert any(part.startswith("2. DAHL") for part in quoted(document, label=Label.BODY))


SIDES = """P 191700Z OCT 95
FM AMEMBASSY OSLO
TO SECSTATE WASHDC 4120

CONFIDENTIAL OSLO 003108

SUBJECT: TALKS

1. (C) The talks took place on October 17. Participants were as
listed here. The list is short.
PARTICIPANTS IN THIS MEETING:

U.S.: Ambassador Hall; DCM Marsh; Colonel
Reed, Defense Attache
Norway: Foreign Minister Dahl

2. (C) Dahl opened.
"""


def test_a_line_at_the_end_of_a_paragraph_opens_the_list_below():
    document = read(SIDES.encode(), "oslo.txt")[0]
    assert "PARTICIPANTS IN THIS MEETING:" in quoted(document, label=Label.HEADER)


def test_a_line_of_a_list_that_names_no_side_goes_on_with_the_one_above():
    document = read(SIDES.encode(), "oslo.txt")[0]
    assert [document.text[p.start : p.end] for p in document.passages if p.continues] == ["Reed, Defense Attache"]
