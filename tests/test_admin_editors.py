"""Editors correct records. They manage no users, and nobody rewrites the record of decisions."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from told import store

from meetings import judgements, models
from meetings.members import editors_group

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
    call_command("create_account", "somebody")
    somebody = get_user_model().objects.get(username="somebody")
    client.force_login(somebody)
    assert client.get(reverse("admin:meetings_meeting_changelist")).status_code == 200
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_an_editor_sees_their_own_searches_only_and_an_administrator_all(client, editor, admin_user):
    models.SavedSearch.objects.create(user=editor, name="Mine", query="q=country:RU")
    theirs = models.SavedSearch.objects.create(user=admin_user, name="Theirs", query="q=country:US")
    listed = reverse("admin:meetings_savedsearch_changelist")
    assert [row.name for row in client.get(listed).context["cl"].result_list] == ["Mine"]
    assert client.get(reverse("admin:meetings_savedsearch_change", args=[theirs.pk])).status_code == 302
    assert (
        client.post(reverse("admin:meetings_savedsearch_delete", args=[theirs.pk]), {"post": "yes"}).status_code == 302
    )
    assert models.SavedSearch.objects.filter(pk=theirs.pk).exists()
    client.force_login(admin_user)
    assert len(client.get(listed).context["cl"].result_list) == 2


def act(client, model, action: str, *rows):
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"admin:meetings_{model._meta.model_name}_changelist"), sent)


def test_what_may_be_one_is_merged_on_the_page_that_shows_what_would_move(client, editor):
    store()
    one, other = models.Person.objects.filter(name__in=("Ana Duarte", "Jonas Lind")).order_by("name")
    topics = list(models.Issue.objects.exclude(theme=None)[:2])
    places = [models.Place.objects.create(name=name) for name in ("Sintra", "Cintra")]
    for rows, name in (
        ((one, other), "people"),
        (topics, "topics"),
        (places, "places"),
        ([models.Meeting.objects.get()], "meetings"),
    ):
        answer = act(client, type(rows[0]), "merge", *rows)
        assert answer.url.startswith(f"/merge/{name}/?ids=")
        assert client.get(answer.url).status_code == 200


def test_many_meetings_are_reviewed_or_read_again_at_once(client, editor):
    store()
    meeting = models.Meeting.objects.get()
    for action, review in (("confirm", "confirmed"), ("reject", "rejected"), ("doubt", "unsure")):
        act(client, models.Meeting, action, meeting)
        meeting.refresh_from_db()
        assert meeting.review == review
    act(client, models.Meeting, "extract_again", meeting)
    item = models.WorkItem.objects.get()
    assert item.document == meeting.accounts.get().document
    models.WorkItem.objects.update(state="failed", reason="No", settled="2007-05-29T14:30:00Z")
    act(client, models.WorkItem, "retry", item)
    assert models.WorkItem.objects.get().state == "queued"


def test_a_meetings_history_is_what_was_decided_on_it(client, editor):
    store()
    meeting = models.Meeting.objects.get()
    answer = client.get(reverse("admin:meetings_meeting_history", args=[meeting.pk]))
    assert answer.url == f"/meetings/{meeting.public_id}/history/"
    assert answer.url in client.get(meeting.get_absolute_url()).content.decode()
