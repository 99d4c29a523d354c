"""Editors correct records. They manage no users, and nobody rewrites the record of decisions."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from told import store

from meetings import judgements, models
from meetings.editors import editors_group

pytestmark = pytest.mark.django_db

MACHINE = (
    "DocumentRevision",
    "Passage",
    "Account",
    "AccountParticipant",
    "AccountIssue",
    "Statement",
    "Evidence",
    "Judgement",
)


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.add(editors_group())
    client.force_login(user)
    return user


def test_an_editor_may_not_see_accounts(client, editor):
    for page in ("user_changelist", "user_add"):
        assert client.get(reverse(f"admin:auth_{page}")).status_code == 403
    assert client.get(reverse("admin:auth_user_change", args=[editor.pk])).status_code == 403


def test_every_list_is_open_to_an_editor(client, editor):
    for model in admin.site._registry:
        if model._meta.app_label == "meetings":
            assert client.get(reverse(f"admin:meetings_{model._meta.model_name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", MACHINE)
def test_what_the_machine_or_the_record_holds_is_only_read(client, editor, name):
    store()
    judgements.record(editor, models.Meeting.objects.get(), "confirm")
    model = getattr(models, name)
    options = admin.site.get_model_admin(model)
    request = client.get(reverse("admin:index")).wsgi_request
    assert options.has_view_permission(request)
    for right in ("add", "change", "delete"):
        assert not getattr(options, f"has_{right}_permission")(request)
    if row := model.objects.first():
        page = client.get(reverse(f"admin:meetings_{model._meta.model_name}_change", args=[row.pk])).content.decode()
        assert 'name="_save"' not in page
        assert "deletelink" not in page
        assert client.post(reverse(f"admin:meetings_{model._meta.model_name}_delete", args=[row.pk])).status_code == 403


def test_a_superuser_may_not_rewrite_decisions_either(admin_client):
    assert admin_client.get(reverse("admin:meetings_judgement_add")).status_code == 403


def test_a_reader_without_rights_is_sent_to_sign_in(client):
    client.force_login(get_user_model().objects.create_user("reader"))
    response = client.get(reverse("admin:meetings_meeting_changelist"))
    assert response.status_code == 302
    assert "login" in response.url


def test_the_account_that_the_app_makes_is_an_editors(client, capsys):
    call_command("create_editor", "somebody")
    somebody = get_user_model().objects.get(username="somebody")
    client.force_login(somebody)
    assert client.get(reverse("admin:meetings_meeting_changelist")).status_code == 200
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
