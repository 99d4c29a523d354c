"""The page of the queue: who may see it, what it says, and how something is tried again."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from meetings.members import editors_group
from meetings.models import StoredFile, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("ed", is_staff=True)
    user.groups.add(editors_group())
    client.force_login(user)
    return user


def item(number: int, state: str, **values) -> WorkItem:
    file = StoredFile.objects.create(sha256=f"{number:064}", content=b"text")
    settled = timezone.now() if state in ("done", "failed") else None
    return WorkItem.objects.create(file=file, name=f"talks/{number}.txt", state=state, settled=settled, **values)


def test_only_those_who_look_after_the_records_see_it(client):
    assert client.get("/queue/").status_code == 302
    client.force_login(get_user_model().objects.create_user("reader"))
    assert client.get("/queue/").status_code == 403
    assert client.post("/queue/retry").status_code == 403


def test_it_says_what_waits_what_runs_and_what_was_set_aside(client, editor):
    for number, state in enumerate(("queued", "queued", "working", "done")):
        item(number, state)
    item(9, "failed", reason="<b>It ended the worker</b>")
    page = client.get("/queue/").content.decode()
    assert "<dt>Waiting</dt><dd>2</dd>" in page
    assert "<dt>Set aside</dt><dd>1</dd>" in page
    assert "&lt;b&gt;It ended the worker&lt;/b&gt;" in page
    assert "No worker is running" in page
    assert 'hx-trigger="every 5s"' in page


@pytest.mark.parametrize(("done", "waits", "left"), [(5, 1, "less than a minute"), (1, 5, "about 5\xa0minutes")])
def test_it_says_how_long_the_rest_takes_at_the_rate_of_now(client, editor, done, waits, left):
    for number in range(done + waits):
        item(number, "done" if number < done else "queued")
    WorkItem.objects.update(queued=timezone.now() - timedelta(seconds=61))
    page = client.get("/queue/").content.decode()
    assert f"<dt>Left, at this rate</dt><dd>{left}</dd>" in page


def test_an_idle_queue_is_not_asked_for_again(client, editor):
    assert "hx-trigger" not in client.get("/queue/").content.decode()


def test_htmx_gets_what_changes_and_a_restored_page_is_whole(client, editor):
    item(1, "working")
    fragment = client.get("/queue/", headers={"HX-Request": "true"}).content.decode()
    assert "Under way" in fragment and "<html" not in fragment
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/queue/", headers=headers).content.decode()


def test_it_asks_few_questions_however_long_the_queue_is(client, editor, django_assert_max_num_queries):
    for number in range(60):
        item(number, ("queued", "working", "done", "failed")[number % 4], reason="" if number % 4 < 3 else "No")
    with django_assert_max_num_queries(10):
        client.get("/queue/")


def test_one_item_or_all_are_tried_again(client, editor):
    one, two, three = (item(number, "failed", reason="No", tries=3) for number in range(3))
    assert client.post("/queue/retry", {"item": one.pk}).url == reverse("queue")
    assert set(WorkItem.objects.filter(state="queued")) == {one}
    assert ProcrastinateJob.objects.get().args == {"items": [one.pk]}
    client.post("/queue/retry")
    assert set(WorkItem.objects.filter(state="queued", tries=0)) == {one, two, three}


def test_reading_the_page_changes_nothing(client, editor):
    failed = item(1, "failed", reason="No")
    assert client.get(f"/queue/retry?item={failed.pk}").status_code == 405
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 30, "²"])
def test_an_item_that_there_is_not_is_refused_or_none(client, editor, wrong):
    item(1, "failed", reason="No")
    client.post("/queue/retry", {"item": wrong})
    assert WorkItem.objects.get().state == "failed"
