"""What a form of words says about a country, on a day and at a post."""

from datetime import date

import pytest

from meetings.authorities import countries


def key(text, *args, **kwargs):
    found = countries.lookup(text, *args, **kwargs)
    return found and found.key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soviet", "SU"),
        ("Soviets", "SU"),
        ("USSR", "SU"),
        ("Russian", "RU"),
        ("the French", "FR"),
        ("Frenchmen", "FR"),
        ("United Kingdom", "GB"),
        ("HMG", "GB"),
        ("Holland", "NL"),
        ("West German", "DE"),
        ("FRG", "DE"),
        ("East German", "DD"),
        ("Burma", "MM"),
        ("Persia", "IR"),
        ("Ceylon", "LK"),
        ("Rhodesia", "ZW"),
        ("Ivory Coast", "CI"),
        ("ROKG", "KR"),
        ("DPRK", "KP"),
        ("Kosovar", "XK"),
        ("Palestinian", "PS"),
        ("Dominican", "DO"),
        ("America’s", "US"),
        ("UKRAINE", "UA"),
        ("Korea, South", "KR"),
        ("Germany, Federal Republic of", "DE"),
    ],
)
def test_names_demonyms_and_abbreviations_are_known(text, expected):
    assert key(text) == expected


@pytest.mark.parametrize("text", ["us", "turkey", "pole", "it", "", "Atlantis"])
def test_common_words_are_no_countries(text):
    assert key(text) is None


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Russian", date(1956, 5, 1), "SU"),
        ("Russian", date(2007, 6, 1), "RU"),
        ("Czech", date(1968, 8, 21), "CS"),
        ("Czech", date(1999, 3, 12), "CZ"),
        ("Serbian", date(2005, 1, 1), "SCG"),
        ("Republic of China", date(1943, 11, 25), "CN"),
        ("Republic of China", date(1958, 9, 1), "TW"),
        ("Ukrainian", date(1970, 1, 1), "UA"),
    ],
)
def test_the_day_decides_between_states_of_one_name(text, on, expected):
    assert key(text, on) == expected


def test_the_post_decides_what_shared_shorthand_means():
    assert key("GOI", near={"IR"}) == "IR"
    assert key("GOI", near={"ES"}) == "IN"
    assert key("ROC", near={"CY"}) == "CY"


def test_capitals_and_seats_stand_for_their_government_and_not_for_the_country_by_name():
    assert countries.by_seat("the Kremlin", date(1961, 6, 3)).key == "SU"
    assert countries.by_seat("Downing Street").key == "GB"
    assert countries.by_seat("Tokyo").key == "JP"
    assert key("Tokyo") is None


@pytest.mark.parametrize(
    ("known_as", "on", "expected"),
    [
        ("RU", date(1970, 1, 1), "SU"),
        ("RU", date(2010, 1, 1), "RU"),
        ("CZ", date(1968, 1, 1), "CS"),
        ("DD", date(1995, 1, 1), "DE"),
        ("SU", date(2000, 1, 1), "SU"),
        ("DE", date(1965, 1, 1), "DE"),
        ("EE", date(1970, 1, 1), "EE"),
    ],
)
def test_a_state_is_found_as_of_a_day(known_as, on, expected):
    assert countries.as_of(known_as, on) == expected


def test_every_country_is_well_formed():
    every = countries.all()
    assert len(every) >= 250
    assert len({country.key for country in every}) == len(every)
    for country in every:
        assert country.name and country.official and country.continent, country.key
        assert len(country.iso) == 2
        assert countries.earliest(country.exists_from) <= countries.latest(country.exists_to)
        for other in (*country.predecessors, *country.successors):
            assert countries.get(other).key == other
        if country.latitude is not None:
            assert -90 <= country.latitude <= 90 and -180 <= country.longitude <= 180


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        countries.get("QQ")
