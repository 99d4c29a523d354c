"""Who is who: names and offices against what the database knows."""

import pytest

from meetings.models import Person, PersonName, Position
from meetings.records import ExtractedParticipant
from meetings.resolution.persons import Office
from meetings.resolution.resolver import Resolver

pytestmark = pytest.mark.django_db


@pytest.fixture
def duarte():
    person = Person.objects.create(name="Ana Duarte", country_id="PT")
    Position.objects.create(
        person=person, title="Foreign Minister", office="foreign minister", country_id="PT", start="1994", end="1996-04"
    )
    return person


def resolved(name, country="PT", on="1995-03-03", **values):
    return Resolver(on).person(ExtractedParticipant(name, country=country, **values))


@pytest.mark.parametrize("name", ["Ana Duarte", "ana DUARTE", "A. Duarte", "Duarte, Ana", "Ана Дуарте"])
def test_a_known_name_in_any_spelling_is_the_person(duarte, name):
    assert resolved(name).person == duarte


def test_a_surname_alone_is_the_office_holder_of_that_time_and_nobody_before_or_after(duarte):
    assert resolved("Duarte").person == duarte
    assert resolved("Duarte", on="1990-01-01").person is None
    assert resolved("Duarte", on="1996-05").person is None


def test_a_surname_alone_without_a_country_stays_unresolved(duarte):
    assert resolved("Duarte", country=None).person is None


def test_an_office_alone_is_its_holder_of_that_time(duarte):
    found = resolved(None, role="Minister of Foreign Affairs")
    assert (found.person, "Foreign Affairs" in found.reason) == (duarte, True)
    assert resolved(None, role="Minister of Foreign Affairs", on="1999").person is None
    assert resolved(None, role="Minister of Foreign Affairs", on="").person is None


def test_the_office_holders_of_the_shipped_table_are_known():
    assert resolved("Lavrov", country="RU", on="2007-05-29").person.name == "Sergey Lavrov"
    assert resolved("Сергей Лавров", country="RU").person.name == "Sergey Lavrov"
    assert resolved(None, country="US", role="President", on="1961-06-03").person.name == "John F. Kennedy"


def test_an_unknown_full_name_becomes_a_person_and_the_next_time_is_the_same(duarte):
    first = resolved("Jonas Lind", country="SE").person
    assert first.pk
    assert resolved("Jonas LIND", country="SE").person == first


def test_a_namesake_of_another_country_is_another_person(duarte):
    assert resolved("Ana Duarte", country="BR").person != duarte


def test_two_people_of_one_name_and_country_stay_unresolved_unless_one_was_in_office(duarte):
    other = Person.objects.create(name="Ana Duarte", country_id="PT")
    assert resolved("Ana Duarte").person == duarte
    found = resolved("Ana Duarte", on="1980")
    assert found.person is None
    assert "2 people share this name" in found.reason
    assert PersonName.objects.filter(person=other).exists()


def test_initials_and_suffixes_do_not_make_another_person():
    assert resolved("Joseph R. Biden, Jr.", country="US", on="2022-11-14").person.name == "Joe Biden"
    assert resolved("Vladimir V. Putin", country=None).person.name == "Vladimir Putin"
    assert resolved("George Bush", country="US", on="1990-09-09").person.name == "George H. W. Bush"
    assert resolved("George Bush", country="US", on="2005-02-24").person.name == "George W. Bush"


def test_a_merged_record_is_never_found(duarte):
    other = Person.objects.create(name="Anna Duarte", country_id="PT", merged_into=duarte)
    PersonName.objects.create(person=duarte, name="Anna Duarte")
    assert resolved("Anna Duarte").person == duarte != other


def test_an_acting_for_a_state_that_ended_is_the_person_of_its_successor():
    gorbachev = resolved("Mikhail Gorbachev", country="SU", on="1989-12-02").person
    assert gorbachev.country_id in {"SU", "RU"}
    assert resolved("Mikhail Gorbachev", country="RU", on="1989-12-02").person == gorbachev


def test_an_office_says_its_years_once():
    assert str(Office("Foreign Minister", "", "SU", "1991-01-15", "1991-08-28")) == "Foreign Minister 1991"
    assert str(Office("Foreign Minister", "", "SU", "1985-07-02", "1991-01-15")) == "Foreign Minister 1985–1991"
    assert str(Office("Foreign Minister", "", "SU", "", "1991")) == "Foreign Minister ?–1991"
    assert str(Office("Foreign Minister", "", "SU", "1991")) == "Foreign Minister 1991–"
    assert str(Office("Foreign Minister", "", "SU")) == "Foreign Minister"
