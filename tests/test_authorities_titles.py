"""What a title says about the post, its holder's side and rank."""

import pytest

from meetings.authorities import countries, titles


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("President", "head of state"),
        ("PM", "head of government"),
        ("foreign minister", "foreign minister"),
        ("FONMIN", "foreign minister"),
        ("Minister of Foreign Affairs of Ukraine", "foreign minister"),
        ("Deputy Foreign Minister", "senior official"),
        ("Acting Assistant Secretary for European Affairs", "senior official"),
        ("Agriculture Minister", "minister"),
        ("Secretary of State for Wales", "minister"),
        ("Ambassador to France", "head of mission"),
        ("Chargé d’Affaires", "head of mission"),
        ("poloffs", "diplomat"),
        ("Special Envoy for Climate", "envoy"),
        ("Senator", "legislator"),
        ("Gen.", "military"),
        ("Crown Prince", "royal"),
        ("Mr.", "honorific"),
        ("Interpreter", "staff"),
    ],
)
def test_a_title_has_a_branch(text, branch):
    assert titles.lookup(text).branch == branch


def test_shorthand_is_known_in_its_case_only_and_given_in_full():
    assert titles.lookup("DCM").name == "Deputy Chief of Mission"
    assert titles.lookup("dcm") is None


def test_former_and_deputy_holders_are_marked():
    assert titles.lookup("former Prime Minister").past
    assert titles.lookup("ex-President").branch == "head of state"
    assert titles.lookup("Deputy Minister of Foreign Affairs of Ukraine").deputy


def test_some_titles_say_whose_they_are():
    assert titles.lookup("Secretary of State").country == "US"
    assert titles.lookup("Secretary of State for Foreign Affairs").country == "GB"
    assert titles.lookup("Taoiseach").country == "IE"
    assert all(countries.get(title.country) for title in titles.all() if title.country)


@pytest.mark.parametrize("text", ["", "of", "banana", "Kosovo", "for the"])
def test_other_words_are_no_titles(text):
    assert titles.lookup(text) is None


def test_ministers_outrank_their_attachés():
    assert titles.lookup("Foreign Minister").rank < titles.lookup("Naval Attaché").rank
    assert titles.lookup("Secretary-General").government is False


def test_a_very_long_line_is_read_in_no_time():
    assert titles.lookup("of the " * 300 + "former " * 300) is None
