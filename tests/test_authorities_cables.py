"""What the headers of cables say: posts by name and routing indicator, TAGS."""

import pytest

from meetings.authorities import countries, issues, posts, tags


@pytest.mark.parametrize(
    ("indicator", "name"),
    [
        ("RUEHMO", "MOSCOW"),
        ("RUEHLO", "LONDON"),
        ("RUEHRI", "RIODEJANEIRO"),
        ("RUCNDT", "USUNNEWYORK"),
        ("RUEHC", "STATE"),
    ],
)
def test_a_routing_indicator_names_its_post(indicator, name):
    assert posts.by_indicator(indicator).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MOSCOW", "MOSCOW"),
        ("Amembassy Moscow", "MOSCOW"),
        ("Embassy Kyiv", "KYIV"),
        ("AMCONSUL MUNICH", "MUNICH"),
        ("AMEMBASSY RIO DE JANEIRO", "RIODEJANEIRO"),
        ("USMISSION USNATO", "USNATO"),
        ("SECSTATE WASHDC", "STATE"),
        ("São Paulo", "SAOPAULO"),
        ("Saigon", "HOCHIMINHCITY"),
        ("Rome", "ROME"),
    ],
)
def test_a_post_is_known_however_cables_write_it(text, name):
    assert posts.by_name(text).name == name


def test_what_is_no_post_is_none():
    assert posts.by_indicator("RUEHXX") is None
    assert posts.by_name("Gotham") is None
    assert posts.by_name("") is None


def test_posts_are_well_formed():
    names = [post.name for post in posts.all()]
    indicators = [indicator for post in posts.all() for indicator in post.indicators]
    assert len(set(names)) == len(names) and len(names) >= 150
    assert len(set(indicators)) == len(indicators)
    assert all(countries.get(post.country) and post.latitude is not None for post in posts.all())


def test_tags_say_what_they_mean_and_which_country():
    assert tags.get("PARM").meaning == "Arms controls and disarmament"
    assert tags.get("RS").country == "RU"
    assert tags.get("UK").country == "GB"
    assert tags.lookup("prel ").kind == "subject"
    assert tags.lookup("NOSUCH") is None


def test_tags_are_well_formed_and_issues_use_no_other():
    codes = [tag.code for tag in tags.all()]
    assert len(set(codes)) == len(codes)
    assert all(countries.get(tag.country) for tag in tags.all() if tag.kind == "country")
    assert {code for issue in issues.all() for code in issue.tags} <= set(codes)
