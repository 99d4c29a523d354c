"""The shipped tables in the database."""

import pytest
from factories import EditorFactory

from meetings import overrides, reference
from meetings.authorities import countries, issues, offices, organisations
from meetings.models import Country, Issue, Organisation, Person, PersonName, Position

pytestmark = pytest.mark.django_db


def test_every_country_organisation_and_issue_of_the_tables_is_there_after_migration():
    assert Country.objects.count() == len(countries.all())
    assert Organisation.objects.count() == len(organisations.all())
    assert Issue.objects.exclude(theme=None).count() == len(issues.all())
    assert Issue.objects.filter(theme=None).count() == len(issues.themes())


def test_former_states_are_linked_with_what_came_after():
    assert "RU" in Country.objects.get(pk="SU").successors.values_list("pk", flat=True)


def test_loading_again_changes_nothing():
    tables = (Country, Organisation, Issue, Person, PersonName, Position)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    reference.load()
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def test_a_fact_that_was_changed_in_the_database_is_the_table_s_again():
    Country.objects.filter(pk="RU").update(name="Muscovy")
    reference.load()
    assert Country.objects.get(pk="RU").name == "Russia"


# What an older version of the tables said


@pytest.fixture
def annan():
    return Person.objects.get(name="Kofi Annan")


def as_older(person: Person, **values) -> None:
    """As an older table had the person's name, and their one term."""
    Person.objects.filter(pk=person.pk).update(**values)
    person.names.all().delete()
    Person.objects.get(pk=person.pk).save()


def test_a_name_that_was_spelt_otherwise_is_the_table_s_again_and_one_person_s(annan):
    count = Person.objects.count()
    as_older(annan, name="Kofi ANNAN")
    reference.load()
    annan.refresh_from_db()
    assert annan.name == "Kofi Annan"
    assert not annan.names.filter(name="Kofi ANNAN").exists()
    assert Person.objects.count() == count


@pytest.mark.parametrize("known_already", [True, False])
def test_so_is_another_name_that_the_table_still_has(monkeypatch, annan, known_already):
    monkeypatch.setattr(offices, "aliases", lambda: {"Kofi Annan": ("Kwame Annan",)})
    count = Person.objects.count()
    as_older(annan, name="Kwame Annan")
    if known_already:
        annan.names.create(name="Kofi Annan")
    reference.load()
    annan.refresh_from_db()
    assert annan.name == "Kofi Annan" and annan.positions.exists()
    assert {"Kofi Annan", "Kwame Annan"} <= set(annan.names.values_list("name", flat=True))
    assert Person.objects.count() == count


def test_whom_documents_alone_call_so_is_not_taken_for_them(monkeypatch):
    monkeypatch.setattr(offices, "aliases", lambda: {"Kofi Annan": ("Kwame Annan",)})
    other = Person.objects.create(name="Kwame Annan")
    Person.objects.get(name="Kofi Annan").delete()
    reference.load()
    other.refresh_from_db()
    assert other.name == "Kwame Annan" and Person.objects.filter(name="Kofi Annan").exists()


def test_a_day_of_death_and_the_bounds_of_a_term_are_the_table_s_again(annan):
    died, terms = annan.died, list(annan.positions.values("title", "start", "end"))
    Person.objects.filter(pk=annan.pk).update(died="2017")
    annan.positions.update(start="1996", end="")
    reference.load()
    annan.refresh_from_db()
    assert annan.died == died
    assert list(annan.positions.values("title", "start", "end")) == terms


def test_whom_only_an_older_table_knew_goes():
    someone = Person.objects.create(name="Ada Fictitious")
    someone.positions.create(title="Secretary-General", source=reference.SOURCE)
    other = Person.objects.create(name="Bo Fictitious")
    other.positions.create(title="Secretary-General", source="another list")
    reference.load()
    assert list(Person.objects.filter(name__endswith="Fictitious")) == [other]


def decide(person: Person, **values) -> None:
    """As when an editor saves the person."""
    before = Person.objects.get(pk=person.pk)
    for name, value in values.items():
        setattr(person, name, value)
    person.save()
    overrides.record_values(EditorFactory(), before, person, values)


def test_what_an_editor_said_of_a_name_a_death_or_a_term_stays_beside_another_table(annan):
    editor, names = EditorFactory(), ("title", "office", "country", "organisation", "start", "end", "source")
    decide(annan, name="Kofi ANNAN", died="2018-08")
    term = annan.positions.get()
    told = overrides.values_of(term, names)
    term.end = "2007"
    term.save()
    overrides.record_row(editor, annan, "set", term, overrides.values_of(term, names), told)
    reference.load()
    annan.refresh_from_db()
    assert (annan.name, annan.died, annan.positions.get().end) == ("Kofi ANNAN", "2018-08", "2007")


@pytest.mark.parametrize("renamed", ["Kofi Atta Annan", "Kofi ANNAN"])
def test_what_an_editor_said_stays_though_the_person_went_by_another_name(annan, renamed):
    as_older(annan, name="K. A. Annan")
    annan.refresh_from_db()
    annan.names.create(name="Kofi Annan")
    decide(annan, died="2018-08")
    decide(annan, name=renamed)
    reference.load()
    annan.refresh_from_db()
    assert (annan.name, annan.died) == (renamed, "2018-08")
