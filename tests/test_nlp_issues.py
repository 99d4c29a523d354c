"""What a meeting was about, and what each statement is about."""

from __future__ import annotations

import pytest

from meetings.nlp.annotations import IssueMention
from meetings.nlp.forms import SAYS, Form, stems
from meetings.nlp.nounphrases import head, noun_phrases
from meetings.nlp.stretches import stretches
from meetings.nlp.subjects import LEAST, boosted, chosen, model, pairs, standing
from meetings.records import Kind
from tests.extraction import extracted, meetings, read

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
    assert {"kosovo", "missile-defense"} <= {issue.key for issue in meeting.issues}
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


def form(text: str, at: int, chance: float, key: str = "", named: bool = False) -> Form:
    shown = IssueMention(at, at + len(text), text, text, key)
    return Form(text, shown, named, frozenset(stems(text)), [(0, None, shown)], {}, chance)


def test_an_issue_has_the_two_likeliest_forms_that_speak_of_it():
    forms = [
        form("export ban on timber", 10, 0.7, "export-controls"),
        form("Export controls", 10, 0.4, "export-controls", named=True),
        form("timber", 24, 0.3),
        form("ferry traffic", 90, 0.6),
    ]
    assert [(each.name, each.shown.mention, each.key) for each in chosen(forms, 10)] == [
        ("Export controls", "export ban on timber", "export-controls"),
        ("ferry traffic", "ferry traffic", ""),
    ]


def test_two_unlikely_forms_of_one_subject_make_a_likely_one():
    low = 0.8 * LEAST
    assert pairs([form("pilot fees", 10, low)]) == []
    (pair,) = pairs([form("pilot fees", 10, low), form("level of pilot fees", 0, low)])
    assert {pair.first.text, pair.other.text} == {"pilot fees", "level of pilot fees"}
    assert low < pair.either < 2 * low


def test_a_subject_is_less_likely_among_many_surer_ones():
    alone = [form("pilot fees", 0, 0.5)]
    words = "herring timber ferries radar visas tariffs".split()
    among = alone + [form(word, 20 * n, 0.8) for n, word in enumerate(words, 1)]
    scores = [{each.name: each.score for each in chosen(forms, 10)} for forms in (alone, among)]
    assert scores[0]["pilot fees"] > scores[1].get("pilot fees", 0.0)


@pytest.mark.parametrize("other", [0.0, 0.5, 1.0])
def test_a_form_that_is_certain_has_a_subject(other):
    forms = [form("pilot fees", 10, 1.0), form("level of pilot fees", 0, other)]
    assert [each.name for each in chosen(forms, 10)] == ["pilot fees"]


def test_a_meeting_mentioned_in_passing_does_not_take_over_what_the_other_was_about():
    text = (
        "Danish Foreign Minister Mette Dahl met with Chilean Foreign Minister Pablo Soto in Copenhagen on May 4, 2015. They"
        " reviewed the priorities named by President Ana Rojas and Prime Minister Lars Holm at their summit meeting in"
        " April. Both welcomed cooperation on wind energy and human rights.\n"
    )
    first = meetings(text, Kind.NEWS, "2015-05-04")[0]
    assert "human-rights" in {issue.key for issue in first.issues}


def test_a_meeting_of_which_little_is_told_is_about_what_the_document_is_surely_about():
    text = (
        "Danish Foreign Minister Mette Dahl met with Chilean Foreign Minister Pablo Soto in Copenhagen on May 4, 2015 to"
        " discuss human rights and climate change.\n\nOn May 6, 2015 Mr. Soto met with Norwegian Foreign Minister Kari"
        " Solberg in Oslo.\n"
    )
    first, second = meetings(text, Kind.READOUT, "2015-05-07")
    assert "Human rights" in {issue.name for issue in first.issues}
    assert {issue.name for issue in second.issues} <= {issue.name for issue in first.issues}
    assert second.issues[0].evidence[0].confidence < first.issues[0].evidence[0].confidence


@pytest.mark.parametrize("table", ["words", "names"])
def test_the_weights_are_few_enough_to_read(table):
    words = [name for name in model()[table] if name.startswith(SAYS)]
    assert 20 <= len(words) <= 160
    assert 50 <= len(model()[table]) - len(words) <= 200


def test_words_that_no_annotator_was_seen_with_count_as_any_other():
    known = boosted()
    for table, means in known.means.items():
        assert known.mean(table, "unheard-of") == means[""]
        assert all(0 < mean < 1 for mean in means.values())


def test_a_form_stands_where_its_mentions_stand():
    doc = read(CABLE, Kind.CABLE)
    found = next(standing(doc, stretches(doc)))
    kosovo = next(each for each in found if each.text == "Kosovo")
    herring = next(each for each in found if each.text == "herring quotas")
    assert herring.standing["rank by mentions"] > kosovo.standing["rank by mentions"]
    assert kosovo.standing["share of sentences"] > herring.standing["share of sentences"] > 0
    assert all(each.standing["in the first paragraph"] for each in (kosovo, herring))


def test_a_paragraph_that_names_who_met_is_about_their_meeting():
    text = (
        "Finnish President Liisa Korhonen met with Peruvian President Rosa Quispe in Helsinki on May 4, 2015. They discussed"
        " timber exports.\n\nFinnish Defence Minister Pekka Laine met with Peruvian Defence Minister Luis Vargas on May 5.\n\n"
        "Laine said that coastal radar was a priority for both navies.\n"
    )
    doc = read(text, Kind.NEWS, "2015-05-06")
    told = stretches(doc)
    first, second = ([doc.text[each.start : each.end] for each in found] for found in told)
    assert not any("radar" in sentence for sentence in first)
    assert any("radar" in sentence for sentence in second)
