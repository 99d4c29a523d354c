"""Bodies are known by names and acronyms, and by the day where a name passed from one to the next."""

from collections import Counter
from datetime import date

import pytest

from meetings.authorities import organisations


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NATO", "nato"),
        ("the United Nations", "un"),
        ("UN Security Council", "unsc"),
        ("EEC", "ec"),
        ("European Commission", "european-commission"),
        ("Organisation of African Unity", "oau"),
        ("P5+1", "p5-plus-1"),
        ("South Pacific Forum", "pif"),
        ("Southern African Development Community", "sadc"),
        ("GATT", "gatt"),
        ("the Quad", "quad"),
        ("League of Nations", "league-of-nations"),
    ],
)
def test_a_body_is_known_by_its_names(text, key):
    assert organisations.lookup(text).key == key


def test_acronyms_count_in_their_case_only():
    assert organisations.lookup("who") is None
    assert organisations.lookup("World Health Organization").key == "who"


def test_bodies_existed_in_their_time():
    assert organisations.get("gatt").existed(date(1986, 9, 20))
    assert not organisations.get("au").existed(date(1986, 9, 20))
    assert organisations.lookup("Red Cross", date(1946, 5, 1)).key == "icrc"


def test_the_table_is_well_formed():
    every = organisations.all()
    assert len(every) >= 150
    assert not [key for key, count in Counter(body.key for body in every).items() if count > 1]
    assert all(organisations.get(body.parent) for body in every if body.parent)
    assert all(organisations.earliest(body.exists_from) <= organisations.latest(body.exists_to) for body in every)


def test_a_body_acts_through_its_organs():
    assert organisations.lookup("ECOWAS Commission").key == "ecowas"
    assert organisations.lookup("Forestry Commission") is None
