"""The topic tree: large enough, each word in one place, and found by the words that documents use."""

from collections import Counter

import pytest

from meetings.authorities import countries, issues


def test_the_tree_is_wide_and_deep_enough_for_a_historian():
    assert len(issues.all()) >= 300
    assert len(issues.themes()) >= 20
    assert all(len(issues.by_theme(theme.key)) >= 4 for theme in issues.themes())


def test_keys_and_words_stand_in_one_place_only():
    keys = Counter(issue.key for issue in issues.all())
    words = Counter(alias.text.casefold() for issue in issues.all() for alias in issue.aliases)
    assert not [key for key, count in keys.items() if count > 1]
    assert not [word for word, count in words.items() if count > 1]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("missile defence", "missile-defense"),
        ("the ABM Treaty", "missile-defense"),
        ("CFE", "cfe"),
        ("Jackson-Vanik", "mfn"),
        ("Iran’s nuclear programme", "iran-nuclear"),
        ("non-proliferation", "npt"),
        ("Kosovo", "kosovo"),
        ("reunification of Germany", "germany"),
        ("Copenhagen Accord", "climate-change"),
        ("coronavirus", "covid-19"),
        ("apartheid", "apartheid"),
        ("Minsk agreements", "minsk"),
        ("double taxation", "taxation"),
        ("rule of law", "judicial-reform"),
        ("cease-fire", "ceasefire"),
        ("coup d’état", "coups"),
        ("territorial integrity", "sovereignty"),
        ("Olympic boycott", "sport"),
    ],
)
def test_an_issue_is_found_by_the_words_of_documents(text, key):
    assert issues.lookup(text).key == key


def test_acronyms_count_in_capitals_only():
    assert issues.lookup("START").key == "start"
    assert issues.lookup("start") is None


def test_a_country_s_name_alone_is_marked_as_broad():
    broad = {alias.text for issue in issues.all() for alias in issue.aliases if alias.broad}
    assert {"Iran", "Syria", "budget", "Berlin"} <= broad
    assert not {"Jackson-Vanik", "missile defense", "Nagorno-Karabakh", "Kosovo status"} & broad
    assert countries.lookup("Syria")


def test_issues_are_found_by_tags_in_the_order_of_the_tree():
    assert issues.by_tag("KTIP")[0].key == "trafficking"
    assert "arms-control" in {issue.key for issue in issues.by_tag("PARM")}
    assert issues.by_tag("NONE") == ()


def test_an_unknown_issue_is_an_error():
    with pytest.raises(KeyError):
        issues.get("weather")
