"""What the fields of the models say of themselves, and that the database has them all."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command

FIELDS = [
    pytest.param(field.help_text, id=f"{model.__name__}.{field.name}")
    for model in apps.get_app_config("meetings").get_models()
    for field in model._meta.get_fields()
    if getattr(field, "help_text", "")
]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("told", FIELDS)
def test_a_field_says_what_it_is_before_it_gives_examples(told):
    words = re.split(r"[:;.,…]", told, maxsplit=1)[0].split()
    assert len(words) > 1 and not words[0].isnumeric(), told
