"""The table of regions, venues and small towns: what a gazetteer of cities lacks or gives to a namesake."""

import pytest

from meetings.authorities import countries, places


def test_every_place_is_of_a_known_country_and_lies_on_the_globe():
    keys = {country.key for country in countries.all()}
    for place in places.all():
        assert place.country in keys, place
        assert place.kind in {"building", "town", "region"}, place
        assert -90 <= place.latitude <= 90, place
        assert -180 <= place.longitude <= 180, place
        assert place.city or place.kind == "region", place


def test_no_form_of_a_name_stands_twice():
    forms = [form.casefold() for place in places.all() for form in (place.name, *place.aliases)]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Bali", "ID", "Denpasar"),
        ("the Kremlin", "RU", "Moscow"),
        ("Elysee Palace", "FR", "Paris"),
        ("Hofdi House", "IS", "Reykjavik"),
        ("Great Hall of the People", "CN", "Beijing"),
        ("10 Downing Street", "GB", "London"),
        ("Claridge’s", "GB", "London"),
        ("CAMP DAVID", "US", "Thurmont"),
    ],
)
def test_places_are_found_in_any_accent_case_and_with_their_article(name, country, city):
    found = places.lookup(name)
    assert (found.country, found.city) == (country, city)


def test_a_part_of_a_name_is_not_the_place():
    assert places.lookup("House") is None
    assert places.lookup("the") is None
