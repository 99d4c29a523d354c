"""Whose press an agency or a page is."""

from __future__ import annotations

import pytest

from meetings.authorities import countries, press
from meetings.authorities.tables import rows


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.dawn.com/news/1/visit", "PK"),
        ("http://english.ahram.org.eg/News/1.aspx", "EG"),
        ("https://www.unknown-paper.co.ke/visit", "KE"),
        ("https://www.example.uk/visit", "GB"),
        ("https://example.tv/visit", None),  # anyone may buy such an address
        ("https://www.reuters.com/world/visit", None),  # writes for the world
        ("no address", None),
    ],
)
def test_a_page_is_of_its_houses_country(url, country):
    assert press.of_page(url) == country


def test_agencies_are_known_by_what_datelines_call_them():
    assert (press.of_agency("KUNA"), press.of_agency("Bernama"), press.of_agency("AFP")) == ("KW", "MY", None)


def test_every_house_is_listed_once_with_a_country_that_exists():
    table = list(rows("press.csv"))
    assert len({row["form"] for row in table}) == len(table)
    assert all(countries.get(row["country"]).iso == row["country"] for row in table)
