"""Who held a post on a day, and by what names."""

from datetime import date
from itertools import pairwise

import pytest

from meetings.authorities import countries, offices, organisations


@pytest.mark.parametrize(
    ("office", "country", "on", "person"),
    [
        ("foreign minister", "RU", date(2015, 5, 12), "Sergey Lavrov"),
        ("foreign minister", "US", date(2015, 5, 12), "John Kerry"),
        ("head of state", "US", date(2007, 5, 29), "George W. Bush"),
        ("head of state", "RU", date(2009, 7, 6), "Dmitry Medvedev"),
        ("head of government", "GB", date(1943, 11, 28), "Winston Churchill"),
        ("head of government", "SU", date(1943, 11, 28), "Joseph Stalin"),
        ("foreign minister", "DE", date(1975, 8, 1), "Hans-Dietrich Genscher"),
        ("head of government", "CN", date(1972, 2, 21), "Zhou Enlai"),
        ("head of state", "EG", date(1978, 9, 17), "Anwar Sadat"),
        ("foreign minister", "AU", date(1947, 10, 1), "H. V. Evatt"),
    ],
)
def test_the_holder_of_an_office_on_a_day(office, country, on, person):
    assert [term.person for term in offices.holders(office, on, country=country)] == [person]


def test_bodies_have_holders_too():
    assert offices.holders("secretary-general", date(1962, 10, 28), organisation="un")[0].person == "U Thant"


def test_both_hold_the_post_on_the_day_of_handover_and_nobody_in_a_vacancy():
    assert {term.person for term in offices.holders("foreign minister", date(2005, 1, 26), country="US")} == {
        "Colin Powell",
        "Condoleezza Rice",
    }
    assert offices.holders("vice president", date(1964, 6, 1), country="US") == ()


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Сергей Лавров", "Sergey Lavrov"),
        ("CHOU EN-LAI", "Zhou Enlai"),
        ("Muammar Qadhafi", "Muammar Gaddafi"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Mao Tse-tung", "Mao Zedong"),
    ],
)
def test_a_holder_is_known_in_other_spellings_and_scripts(name, person):
    assert offices.lookup(name) == (person,)


def test_two_persons_of_one_name_stay_two():
    assert len(offices.lookup("Gerhard Schroeder")) == 2
    assert offices.lookup("Nobody Known") == ()


def test_a_career_is_told_in_order():
    assert [term.office for term in offices.terms("Colin Powell")] == ["national security advisor", "foreign minister"]


def test_terms_are_well_formed():
    assert len(offices.all()) >= 600
    for term in offices.all():
        assert offices.earliest(term.begins) <= offices.latest(term.ends), term
        assert bool(term.country) != bool(term.organisation), term
        assert countries.get(term.country) if term.country else organisations.get(term.organisation)
    assert set(offices.aliases()) <= set(offices.persons())


def test_the_main_powers_and_the_states_asked_for_are_covered():
    assert len(offices.all()) >= 2900
    foreign = {term.country for term in offices.all() if term.office == "foreign minister"}
    assert {*"US SU RU GB FR DE CN JP IN PK IT ES PL TR EG IL ID BR CA AU".split()} <= foreign
    for country in "JP IN IT ES PL CA TR BR".split():
        assert offices.holders("foreign minister", date(1965, 9, 1), country=country), country
    assert len({term.country for term in offices.all()}) >= 150


def test_the_dead_died_after_they_held_office():
    for person, died in offices.deaths().items():
        for term in offices.terms(person):
            assert offices.earliest(term.begins) <= offices.latest(died), term
            assert not term.ends or offices.earliest(term.ends) <= offices.latest(died), term


@pytest.mark.parametrize("office", ["head of government", "foreign minister"])
def test_an_office_has_one_holder_at_a_time_whatever_its_title(office):
    for country in {term.country for term in offices.all() if term.office == office}:
        held = sorted(
            (term for term in offices.all() if (term.office, term.country) == (office, country)),
            key=lambda term: offices.earliest(term.begins),
        )
        for before, after in pairwise(held):
            assert offices.earliest(before.ends) <= offices.latest(after.begins), (before, after)


def test_a_country_s_office_has_one_holder_at_a_time_but_for_the_day_of_handover():
    posts = {(term.office, term.title, term.country, term.organisation) for term in offices.all()}
    for post in posts:
        held = sorted(
            (term for term in offices.all() if (term.office, term.title, term.country, term.organisation) == post),
            key=lambda term: offices.earliest(term.begins),
        )
        for before, after in pairwise(held):
            assert offices.earliest(before.ends) <= offices.latest(after.begins), (before, after)
