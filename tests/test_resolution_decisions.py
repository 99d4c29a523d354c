"""Whom a name is taken for among known people, and who is only suggested."""

import pytest

from meetings.resolution.persons import Candidate, Mention, Office, decide

DUARTE = Candidate(
    1,
    "Ana Duarte",
    "PT",
    ("Ana Duarte", "Ana Maria Duarte"),
    (Office("Foreign Minister", "foreign minister", "PT", "1994-01-10", "1996-04-30"),),
)
LIND = Candidate(2, "Jonas Lind", "SE", ("Jonas Lind",), died="1990-05-02")
KIM_ONE = Candidate(3, "Kim Yong-su", "KR", ("Kim Yong-su",), (Office("Ambassador", "", "KR", "1990", "1992"),))
KIM_TWO = Candidate(4, "Kim Yong-su", "KR", ("Kim Yong-su",))
EVERYBODY = (DUARTE, LIND, KIM_ONE, KIM_TWO)


def mention(name, country="PT", on="1995-03-03", **values):
    return Mention(name, country, frozenset({country} if country else ()), on=on, **values)


def test_a_known_name_is_the_person_with_the_office_of_the_day_as_a_reason():
    found = decide(mention("Ana Duarte"), EVERYBODY)
    assert (found.key, "Foreign Minister at the time" in found.reason) == (1, True)


def test_a_reason_says_how_the_spelling_differs():
    assert "anna is close to ana" not in decide(mention("Ana Duarte"), EVERYBODY).reason
    assert "sounds like" in decide(mention("Jonnas Lind", "SE", "1980-01-01"), EVERYBODY).reason


def test_two_people_of_one_name_stay_two_and_are_suggested():
    found = decide(mention("Kim Yong-su", "KR"), EVERYBODY)
    assert (found.key, found.new) == (None, False)
    assert "2 people share this name: Kim Yong-su (Ambassador 1990–1992), Kim Yong-su" in found.reason


def test_the_one_in_office_on_the_day_is_chosen_of_two():
    assert decide(mention("Kim Yong-su", "KR", "1991-06-01"), EVERYBODY).key == 3


def test_the_dead_are_not_taken_to_have_met_anybody():
    assert decide(mention("Jonas Lind", "SE", "1990-05-02"), EVERYBODY).key == 2
    found = decide(mention("Jonas Lind", "SE", "1991-01-01"), EVERYBODY)
    assert (found.key, found.new) == (None, False)
    assert "died 2 May 1990" in found.reason


@pytest.mark.parametrize(("on", "said"), [("1990-01-01", "not yet in office"), ("1999-01-01", "no longer in office")])
def test_a_post_at_another_time_is_flagged_and_nobody_is_taken(on, said):
    found = decide(mention("Ana Duarte", on=on, post="foreign minister"), EVERYBODY)
    assert (found.key, found.new) == (None, False)
    assert said in found.reason


def test_without_the_post_the_same_name_is_the_person_at_any_time():
    assert decide(mention("Ana Duarte", on="1999-01-01"), EVERYBODY).key == 1


def test_a_surname_needs_an_office_on_the_day():
    assert decide(mention("Duarte"), EVERYBODY).key == 1
    found = decide(mention("Duarte", on="1980-01-01"), EVERYBODY)
    assert found.key is None
    assert "perhaps Ana Duarte" in found.reason


def test_a_post_tells_whose_surname_it_is_where_the_country_is_untold():
    assert decide(mention("Duarte", None), EVERYBODY).key is None
    assert decide(mention("Duarte", None, post="foreign minister"), EVERYBODY).key == 1


def test_a_name_like_a_known_one_is_somebody_new_with_a_suggestion():
    found = decide(mention("Ana Duarte", "BR"), EVERYBODY)
    assert (found.key, found.new) == (None, True)
    assert "perhaps Ana Duarte" in found.reason


def test_an_unknown_name_is_somebody_new_and_an_initial_is_not_enough():
    assert decide(mention("Rui Alves"), EVERYBODY).new
    assert not decide(mention("R. Alves"), EVERYBODY).new
    assert not decide(mention("Minister"), ()).new
