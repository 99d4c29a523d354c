from __future__ import annotations

import pytest

from meetings.nlp.names import Registry, tidy


def group(registry: Registry, name: str) -> list[str]:
    return [registry.groups[n] for n in registry.candidates(name)]


def test_a_surname_is_the_person_whose_full_name_stands_elsewhere():
    registry = Registry(["Lavrov", "Sergey Lavrov", "Lavrov's"])
    assert group(registry, "Lavrov") == ["Sergey Lavrov"]


def test_two_people_of_one_surname_stay_two():
    registry = Registry(["Kim Jong Il", "Kim Jong Un", "Anna Weber", "Karl Weber", "Weber"])
    assert len(registry.groups) == 4
    assert set(group(registry, "Weber")) == {"Anna Weber", "Karl Weber"}


def test_initials_and_other_spellings_of_the_given_name_are_one_person():
    registry = Registry(["Joseph R. Biden, Jr.", "Joe Biden", "J. Biden", "Sergei Ivanov", "Sergey Ivanov"])
    assert len(registry.groups) == 2


@pytest.mark.parametrize(
    ("written", "tidied"),
    [("LAVROV", "Lavrov"), ("McEWEN", "McEwen"), ("Merkel’s", "Merkel"), ("ST. LAURENT", "St. Laurent")],
)
def test_a_name_is_written_as_names_are(written, tidied):
    assert tidy(written).lower() == tidied.lower()
    assert tidy(written).split()[-1] == tidied.split()[-1]


def test_a_name_without_that_of_the_house_is_the_same_persons():
    registry = Registry(["Salim bin Rashid Al Mansur", "Salim bin Rashid", "Hind bint Rashid Al Mansur"])
    assert group(registry, "Salim bin Rashid") == ["Salim bin Rashid Al Mansur"]


def test_a_fathers_name_alone_is_not_the_son():
    registry = Registry(["Tariq bin Hamad", "Hamad"])
    assert group(registry, "Hamad") == ["Hamad"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ion Paetru", "Ion Pätru"), ("Sergei Kovalyov", "Sergey Kovalyev"), ("Mahmoud Sawwan", "Mahmud Sawan")],
)
def test_two_spellings_of_one_name_are_one_person(one, other):
    registry = Registry([one, other])
    assert registry.candidates(one) == registry.candidates(other) == [0]


@pytest.mark.parametrize(
    ("one", "other"), [("Ion Petru", "Ion Pavel"), ("Kim Yong Nam", "Kim Yong Chol"), ("Anna Holm", "Hanna Holm")]
)
def test_two_names_that_only_resemble_each_other_are_two_people(one, other):
    registry = Registry([one, other])
    assert registry.candidates(one) != registry.candidates(other)
