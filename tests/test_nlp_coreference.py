"""Later mentions mean those who were named before."""

from __future__ import annotations

from meetings.records import Kind
from tests.extraction import read


def mentioned(text: str, words: str, kind: Kind = Kind.NEWS, date: str = "2011-04-05") -> set[str | None]:
    """Names of the parties that these words mean."""
    doc = read(text, kind, date)
    return {doc._.parties[each.party].name for each in doc._.mentions if doc[each.start : each.end].text == words}


def test_a_surname_and_a_post_mean_whom_the_text_named():
    text = "Chilean Foreign Minister Ana Rojas arrived in Lima on Monday. Rojas spoke first. The Foreign Minister left later."
    assert mentioned(text, "Rojas") == {"Ana Rojas"}
    assert mentioned(text, "The Foreign Minister") == {"Ana Rojas"}


def test_two_of_one_surname_stay_two():
    text = "President Kim Dong-su met Ambassador Kim Ha-neul in Seoul on Tuesday. President Kim thanked Ambassador Kim."
    assert mentioned(text, "President Kim") == {"Kim Dong-su"}
    assert mentioned(text, "Ambassador Kim") == {"Kim Ha-neul"}


def test_a_post_that_only_the_tables_know_is_meant_in_its_own_country_alone():
    text = "Note of Conversation with Smuts\n\nLONDON, 3 June 1943\n\nI saw Smuts this morning. He had seen the Prime Minister at noon, and they spoke of the war in Africa."
    assert "Smuts" not in mentioned(text, "the Prime Minister", Kind.MEMCON, "1943-06-03")
