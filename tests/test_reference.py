"""The shipped tables in the database."""

import pytest

from meetings import reference
from meetings.authorities import countries, issues, organisations
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
