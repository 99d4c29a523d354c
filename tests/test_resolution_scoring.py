"""Which accounts tell of one encounter."""

from dataclasses import replace

import pytest

from meetings.derivation import Party, Spot, Values
from meetings.resolution.scoring import compare

ONE = Values(
    date="1995-03-03",
    place=Spot("Lisbon"),
    medium="in_person",
    participants=(Party("Ana Duarte", country="PT"), Party("Jonas Lind", country="SE")),
)


def test_the_other_side_s_account_of_one_day_is_the_same_encounter():
    other = replace(
        ONE, place=None, medium="", participants=(Party("J. Lind", country="SE"), Party("Duarte", country="PT"))
    )
    verdict = compare(ONE, other)
    assert verdict.same
    assert "3 March 1995" in str(verdict)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"date": "1995-03-24"}, "different dates"),
        ({"date": ""}, "date is missing"),
        ({"medium": "phone"}, "different form"),
        ({"place": Spot("Stockholm")}, "different cities"),
        ({"status": "cancelled"}, "called off"),
        (
            {"participants": (Party("Rui Alves", country="PT"), Party("Jonas Lind", country="SE"))},
            "1 participants in common",
        ),
        ({"date": "1995-03", "place": None}, "less exact than a day"),
    ],
)
def test_decoys_stay_apart(change, why):
    verdict = compare(ONE, replace(ONE, **change))
    assert not verdict.same
    assert why in str(verdict)


def test_a_month_is_enough_where_the_place_agrees():
    assert compare(ONE, replace(ONE, date="1995-03")).same


def test_a_building_does_not_contradict_its_city():
    assert compare(ONE, replace(ONE, place=Spot("Necessidades Palace", exactness=0))).same


def test_two_people_of_one_side_are_not_enough():
    side = (Party("Ana Duarte", country="PT"), Party("Rui Alves", country="PT"))
    assert not compare(replace(ONE, participants=side), replace(ONE, participants=side)).same
