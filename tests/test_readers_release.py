"""Readouts: title, date line, rubric and text."""

from pathlib import Path

from meetings.readers import Options, read
from meetings.records import Kind, Label

DATA = Path(__file__).parent / "data"


def test_readout_has_title_date_and_issuer():
    document = read(DATA / "readout.txt")[0]
    assert document.kind is Kind.READOUT
    assert document.title == "Readout of the Minister’s Call with Foreign Minister Example of Iceland"
    assert (document.date, document.origin) == ("2020-03-03", "The White House")


def test_furniture_is_header_and_list_items_are_passages():
    document = read(DATA / "readout.txt")[0]
    labelled = [(p.label, document.text[p.start : p.end][:14]) for p in document.passages]
    assert labelled == [
        (Label.HEADER, "March 3, 2020"),
        (Label.HEADING, "Readout of the"),
        (Label.HEADER, "Briefing Room "),
        (Label.BODY, "The Minister s"),
        (Label.BODY, "-   Fisheries"),
        (Label.BODY, "-   Air routes"),
        (Label.CLUTTER, "###"),
    ]


def test_spokespersons_statement_of_a_call_is_a_readout():
    text = (
        "Secretary Sample’s Call with Foreign Minister Other\n\nPress Statement\n\nMay 4, 2019\n\nOffice of the Spokesperson\n\n"
        "The below is attributable to Spokesperson Pat Doe:\n\nSecretary Sample spoke with Foreign Minister Other about the floods and the aid that both sides will send.\n"
    )
    document = read(text.encode(), "s.txt")[0]
    assert (document.kind, document.date, document.origin) == (Kind.READOUT, "2019-05-04", "Department of State")


def test_statement_that_tells_of_no_meeting_is_no_readout():
    text = "On the Anniversary of the Treaty\n\nPress Statement\n\nMay 4, 2019\n\nThe United States marks fifty years of the treaty, which made the world safer than it had been.\n"
    document = read(text.encode(), "s.txt")[0]
    assert (document.kind, document.date) == (Kind.OTHER, "2019-05-04")


def test_call_told_on_a_governments_web_page_is_a_readout():
    page = (
        "<html><head><title>Minister’s call with Foreign Minister Other</title><link rel='canonical' href='https://www.mfa.gov.xy/call'>"
        "<meta property='og:site_name' content='Ministry of Sample'><meta property='article:published_time' content='2016-02-03'></head><body><article>"
        "<h1>Minister’s call with Foreign Minister Other</h1><p>The Minister spoke today with Foreign Minister Other about the floods in the south and the aid that both sides will send there.</p>"
        "<p>They agreed to stay in touch and to meet in the spring, when the new bridge is to be opened by both of them.</p></article></body></html>"
    )
    document = read(page.encode(), "call.html")[0]
    assert (document.kind, document.date) == (Kind.READOUT, "2016-02-03")


def test_opening_lines_that_stand_below_each_other_are_told_apart():
    text = (
        "Meeting with the Foreign Ministers of Egypt and\nJordan\n\nMedia Note\nOffice of the Spokesperson\nWashington, DC\n"
        "February 22, 2020\n\nThe Secretary hosted the two ministers on February 21 at the Department to discuss Gaza and the Red Sea."
    )
    (document,) = read(text.encode(), "note.txt", Options(kind=Kind.READOUT))
    assert (document.date, document.origin) == ("2020-02-22", "Department of State")
    assert document.title == "Meeting with the Foreign Ministers of Egypt and Jordan"


LETTERHEAD = """Ministry of Foreign Affairs of Norlandia

Courtesy Call on Foreign Minister Vik by Foreign Minister Soto of Chile

June 15, 2022

On June 15, Foreign Minister Vik received a courtesy call from Ms. Rosa Soto, Foreign Minister of Chile, who is visiting Oslo.
"""


def test_a_ministrys_letterhead_is_no_title():
    (document,) = read(LETTERHEAD.encode(), "release.txt", Options())
    assert document.kind is Kind.READOUT
    assert (document.title.split(" by ")[0], document.date) == ("Courtesy Call on Foreign Minister Vik", "2022-06-15")
    assert document.origin == "Ministry of Foreign Affairs of Norlandia"


PUBLISHED = """Press release

Trade Secretary calls with counterparts: 4 January 2021

Trade Secretary Ann Reed spoke to ministers of Chile and Norway.

From: Department of Trade and The Rt Hon Ann Reed MP

Published 4 January 2021

The Trade Secretary, Ann Reed, spoke to Chilean Trade Minister Rosa Soto this morning about wine.
"""


def test_a_standfirst_and_who_gives_a_release_out_stand_above_its_text():
    (document,) = read(PUBLISHED.encode(), "release.txt", Options(kind=Kind.READOUT))
    assert document.title == "Trade Secretary calls with counterparts: 4 January 2021"
    assert (document.origin, document.date) == ("Department of Trade", "2021-01-04")
    bodies = [document.text[p.start : p.end] for p in document.passages if p.label is Label.BODY]
    assert len(bodies) == 1 and bodies[0].startswith("The Trade Secretary, Ann Reed")
