from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.nlp.flow import flow
from meetings.records import Kind, Label, Passage, SourceDocument


def document(text: str, *passages: Passage) -> SourceDocument:
    return SourceDocument(text, Kind.CABLE, passages or (Passage(0, len(text)),), "test/1")


def test_printed_lines_become_running_text():
    assert flow(document("The Ambassador  met\nthe Minister.")).text == "The Ambassador met the Minister."


def test_numbers_marks_and_footnote_signs_are_no_part_of_a_sentence():
    assert flow(document("3. (SBU) The Minister [2] agreed.")).text == "The Minister agreed."


def test_a_paragraph_cut_by_a_page_break_is_one_again():
    text = "1. He said that\n\nROME 00012 002 OF 003\n\nItaly agreed."
    cut, rest = text.index("ROME"), text.index("Italy")
    running = flow(
        document(
            text,
            Passage(0, cut - 2, number="1"),
            Passage(cut, rest - 2, Label.CLUTTER),
            Passage(rest, len(text), number="1", continues=True),
        )
    )
    assert running.text == "He said that Italy agreed."
    assert len(running.segments) == 1


@pytest.mark.parametrize(
    ("printed", "running"),
    [
        ("He was in-\nstructed so.", "He was instructed so."),
        ("His Govern-\nment agreed.", "His Government agreed."),
        ("A well-\nknown port.", "A well-known port."),
        ("The Anglo-\nFrench plan.", "The Anglo-French plan."),
        ("Both short-\nand long-term loans.", "Both short- and long-term loans."),
        ("In 1953-\n1954 he fell -\nnot hard.", "In 1953- 1954 he fell - not hard."),
    ],
)
def test_a_word_that_a_line_end_breaks_is_one_again(printed, running):
    found = flow(document(printed))
    assert found.text == running
    for at, character in enumerate(running):
        assert character == " " or printed[slice(*found.to_document(at, at + 1))] == character


def test_a_word_that_a_page_break_breaks_is_one_again():
    text = "He thought the pro-\n- 2 -\nposal a good one."
    cut, rest = text.index("\n"), text.index("posal")
    passages = Passage(0, cut), Passage(cut + 1, rest - 1, Label.CLUTTER), Passage(rest, len(text), continues=True)
    assert flow(document(text, *passages)).text == "He thought the proposal a good one."


def test_a_heading_in_capitals_is_read_as_a_title():
    text = "RECORD OF CONVERSATION BETWEEN HALL AND MARTIN"
    assert flow(
        document(text, Passage(0, len(text), Label.HEADING))
    ).text == "Record of Conversation Between Hall and Martin".replace("Between", "between")


def test_every_word_is_found_again_in_the_document():
    text = "2. (C) The  Foreign\nMinister [4] received\n\n\nthe   Ambassador."
    running = flow(document(text))
    for word in ("Foreign", "Minister", "received", "Ambassador."):
        start, end = running.to_document(running.text.index(word), running.text.index(word) + len(word))
        assert text[start:end] == word


@given(st.text(alphabet=st.sampled_from("ab M.\n[1]_*\\ "), max_size=80))
def test_offsets_lead_back_to_the_same_character(text):
    running = flow(document(text))
    for at, sign in enumerate(running.text):
        start, end = running.to_document(at, at + 1)
        assert end == start + 1
        assert text[start].lower() == sign.lower() or (sign.isspace() and text[start].isspace())


def test_a_telegram_in_capitals_is_read_as_running_text_of_the_same_length():
    text = "THE AMBASSADOR TOLD FOREIGN MINISTER FRYDENBERG THAT GON COULD NOT AGREE. FRYDENBERG REPLIED."
    running = flow(document(text)).text
    assert running == ("The Ambassador told Foreign Minister Frydenberg that GON could not agree. Frydenberg replied.")


def test_the_month_of_may_is_no_verb_in_a_telegram_in_capitals():
    text = "THE AMBASSADOR MAY LEAVE ON MAY 8 OR 9TH MAY, AS HE SAID IN MAY. OFFICIALS MAY JOIN HIM."
    assert flow(document(text)).text == (
        "The Ambassador may leave on May 8 or 9th May, as he said in May. Officials may join him."
    )


def test_lines_of_a_list_stay_apart_and_those_of_a_sentence_run_on():
    people = "Karl Dahl, Prime Minister of Norway\nAnna Berg, Prime Minister of Sweden"
    assert flow(document(people)).text == people.replace("\n", "\n\n")
    assert (
        "\n" not in flow(document("Karl Dahl met the Prime Minister of Norway\nAnna Berg said so in the evening.")).text
    )


def test_a_paragraph_all_in_capitals_is_no_list_however_its_lines_begin():
    text = (
        "DURING CALL ON MARCH 3 NEW SECRETARY OF STATE FOR FISHERIES AND\nTRADE LUND ASKED FOR EMBASSY'S HELP WITH QUOTA. AMBASSADOR SAID\n"
        'ACT WAS ABOUT TO EXPIRE AND REQUEST "MIGHT COME LATE"'
    )
    assert "\n" not in flow(document(text)).text


def test_an_article_in_a_telegram_in_capitals_is_no_letter():
    text = "AMBASSADOR HAD A LONG TALK WITH DAHL ON PART A OF THE DRAFT, SEE REF A FOR TEXT."
    assert flow(document(text)).text.startswith("Ambassador had a long talk")


def test_numbers_and_past_forms_of_small_words_are_small_in_a_telegram_in_capitals():
    text = "AMBASSADOR LUNCHED WITH DAHL AND REED, WHO STAYED FOR NINETY MINUTES AND PHONED TWO DAYS LATER."
    running = flow(document(text)).text
    assert all(word in running for word in ("lunched", "ninety", "phoned", "two days", "Reed"))
