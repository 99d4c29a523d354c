"""What a meeting was about, and what each statement is about."""

from __future__ import annotations

import pytest

from meetings.nlp.nounphrases import head, noun_phrases
from meetings.nlp.subjects import model
from meetings.records import Kind
from tests.extraction import extracted, meetings

CABLE = """R 141530Z MAR 08
FM AMEMBASSY OSLO
TO SECSTATE WASHDC
UNCLAS OSLO 000141

E.O. 12958: N/A
TAGS: PREL, ETRD, NO
SUBJECT: AMBASSADOR'S MEETING WITH FOREIGN MINISTER SOLBERG

1. (SBU) Summary: The Ambassador met March 12 with Norwegian Foreign Minister Kari Solberg to discuss Kosovo, missile defense and herring quotas. End summary.

2. (SBU) On Kosovo, Solberg said that Norway would wait. She added that a date had not been set.

3. (SBU) Solberg stressed that missile defense was a matter for all allies.

4. (SBU) Solberg said that she was glad to see him.
"""


def found(text: str) -> set[str]:
    return {text[start:end] for start, end in noun_phrases(text, 0, len(text))}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("They held talks on missile defense.", {"talks", "talks on missile defense", "missile defense"}),
        (
            "He said that the status of the islands was unclear.",
            {"status", "status of the islands", "islands", "unclear"},
        ),
        ("She noted Spain's fishing quotas.", {"Spain's fishing quotas", "fishing quotas"}),
        ("They met and spoke.", set()),
        ("", set()),
    ],
)
def test_noun_phrases_hold_neither_verbs_nor_loose_prepositions(text, phrases):
    assert found(text) == phrases


def test_a_phrase_is_built_on_the_noun_before_its_prepositions():
    assert head("Trade talks on steel") == "talks"
    assert head("herring quotas") == "quotas"


def test_subjects_are_issues_of_the_tree_and_the_document_s_own_words():
    (meeting,) = meetings(CABLE, Kind.CABLE)
    assert {"Kosovo status", "Missile defense"} <= {issue.name for issue in meeting.issues}
    assert "herring quotas" in {issue.mention for issue in meeting.issues}
    assert not {"Norway", "Norwegian"} & {issue.mention for issue in meeting.issues}


def test_an_issue_is_given_once_with_the_passage_that_names_it():
    (meeting,) = meetings(CABLE, Kind.CABLE)
    names = [issue.name for issue in meeting.issues]
    assert len(names) == len(set(names))
    for issue in meeting.issues:
        (evidence,) = issue.evidence
        assert " ".join(CABLE[evidence.start : evidence.end].split()) == issue.mention


def test_a_third_country_is_a_subject_where_it_is_discussed():
    text = "Canadian Foreign Minister Anne Leclerc met with German Chancellor Karl Brandt in Berlin on Tuesday. The two discussed the situation in Syria, Yemen and trade.\n"
    (meeting,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert {"Syria", "Yemen"} <= {issue.name for issue in meeting.issues}
    assert not {"Canada", "Germany"} & {issue.name for issue in meeting.issues}


def test_statements_have_the_issue_of_their_clause_or_of_their_paragraph():
    about = {each.text.split()[0]: each.issue for each in extracted(CABLE, Kind.CABLE).statements}
    assert about["Norway"] == "Kosovo status"  # the paragraph's first words
    assert about["a"] == "Kosovo status"
    assert about["missile"] == "Missile defense"  # the clause itself
    assert about["she"] == ""


def test_the_weights_are_few_enough_to_read():
    assert 50 <= len(model()["weights"]) <= 150
