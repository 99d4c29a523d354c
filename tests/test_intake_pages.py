"""The pages of uploads: who sees them, what they take, what they show, and what is done with it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from meetings import limits, uploading
from meetings.models import Collection, Document, StagedDocument, StoredFile, Upload, WorkItem
from tests.factories import CollectionFactory, DocumentFactory, EditorFactory, UserFactory
from tests.test_intake_staging import BROKEN, staged, uploaded, work
from tests.test_queue import CABLE, READOUT

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


def file(name: str, content: str | bytes = READOUT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_only_editors_reach_them(client):
    upload = uploaded(("readout.txt", READOUT))
    work()
    pages = [("get", "/upload/"), ("post", "/upload/"), ("get", upload.get_absolute_url())]
    pages += [("post", f"{upload.get_absolute_url()}{name}") for name in ("files", "decide", "discard")]
    for user, status in ((None, 302), (UserFactory(), 403)):
        if user:
            client.force_login(user)
        for method, address in pages:
            assert getattr(client, method)(address, {"act": "store-all", "text": READOUT}).status_code == status
    assert Upload.objects.count() == 1 and not WorkItem.objects.unsettled().exists()


def test_what_is_staged_shows_nowhere_else(client):
    upload = uploaded(("readout.txt", READOUT), collection="Hidden")
    work()
    client.force_login(UserFactory())
    addresses = ["/", "/documents/", "/people/", "/coverage/", "/meetings/feed.atom", "/meetings/export.jsonl"]
    addresses += ["/documents/export.csv", "/suggest?q=with:Duarte", "/?q=Duarte", "/countries/"]
    for address in addresses:
        page = client.get(address)
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert b"Lisbon" not in body and b"Hidden" not in body, address
    assert staged(upload).count() == 1


def test_files_and_a_pasted_text_are_taken_with_what_is_said_of_them(client, editor):
    said = {
        "collection": "Press",
        "kind": "readout",
        "date": "1995",
        "source_url": "https://example.org/a",
        "text": CABLE,
    }
    answer = client.post("/upload/", {"files": [file("a.txt"), file("b.txt", "Other words")], **said})
    upload = Upload.objects.get()
    assert answer.url == upload.get_absolute_url() and upload.by == editor
    assert set(upload.items.values_list("name", flat=True)) == {"a.txt", "b.txt", "pasted text.txt"}
    del said["text"]
    assert upload.items.first().options == said
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Choose files, or paste a text."),
        ({"text": READOUT, "date": "yesterday"}, "is not a date"),
        ({"text": READOUT, "kind": "register"}, "Select a valid choice"),
        ({"text": READOUT, "source_url": "ftp://"}, "Enter a valid URL"),
        ({"text": READOUT, "collection": "x" * 201}, "at most 200"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_kept(client, editor, data, says):
    answer = client.post("/upload/", data)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert not Upload.objects.exists() and not StoredFile.objects.exists()


def test_what_is_too_large_is_refused_by_name_and_the_rest_is_taken(client, editor, monkeypatch):
    monkeypatch.setattr(limits, "FILE", 1000)
    answer = client.post("/upload/", {"files": [file("a.txt"), file("b.txt", "x" * 1001)]}, follow=True)
    assert "b.txt is larger than" in answer.content.decode()
    assert WorkItem.objects.get().name == "a.txt"


def test_what_is_too_much_at_once_is_refused_before_it_is_read(client, editor, monkeypatch):
    monkeypatch.setattr(uploading, "TOGETHER", 100)
    answer = client.post("/upload/", {"text": READOUT})
    assert answer.status_code == 413 and "in several portions" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_form_of_another_site_is_refused(editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    upload = uploaded(("readout.txt", READOUT))
    for name in ("", "files", "decide", "discard"):
        assert strict.post(f"{upload.get_absolute_url()}{name}", {"text": READOUT}).status_code in (403, 405)
    assert strict.post("/upload/", {"text": READOUT}).status_code == 403
    assert Upload.objects.count() == 1


def test_a_script_asks_for_an_upload_and_sends_its_files_a_few_at_a_time(client, editor):
    json_please = {"Accept": "application/json"}
    to = client.post("/upload/", {"collection": "Press"}, headers=json_please).json()
    files = {"files": [file("a.txt"), file("b.txt", CABLE)], "paths": ["talks/1995/a.txt", "talks/\x1b\u202eb.txt"]}
    assert client.post(to["files"], files, headers=json_please).json() == {"taken": 2, "twice": 0, "refused": {}}
    more = {
        "files": [file("again.txt"), file("c.txt.meta.yaml", "kind: cable")],
        "paths": ["again.txt", "c.txt.meta.yaml"],
    }
    answer = client.post(to["files"], more, headers=json_please).json()
    assert (answer["taken"], answer["twice"], list(answer["refused"])) == (0, 1, ["c.txt.meta.yaml"])
    names = set(Upload.objects.get().items.values_list("name", flat=True))
    assert names == {"talks/1995/a.txt", "talks/\ufffd\ufffdb.txt"}
    assert client.get(to["page"]).status_code == 200
    mistake = client.post("/upload/", {"date": "never"}, headers=json_please)
    assert mistake.status_code == 400 and "is not a date" in json.loads(mistake.content)["error"]


def test_the_page_comes_anew_while_a_worker_reads_and_asks_when_it_has(client, editor):
    upload = uploaded(("<b>readout.txt", READOUT), ("broken.pdf", BROKEN))
    page = client.get(upload.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page and "0 of 2 files done" in page and "No worker is running" in page
    fragment = client.get(upload.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and "0 of 2 files done" in fragment
    work()
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "hx-trigger" not in page and "1 document to decide on" in page
    for told in ("4 March 1995", "3 March 1995", "Ana Duarte", "Lisbon", "Fish", "met with Swedish", "broken.pdf"):
        assert told in page
    assert "<b>readout" not in page


def test_what_is_marked_is_stored_and_the_rest_thrown_away(client, editor):
    upload = uploaded(("readout.txt", READOUT), ("cable.txt", CABLE), ("broken.pdf", BROKEN))
    work()
    readout, cable = staged(upload).filter(failed=False)
    decide = reverse("upload-decide", args=[upload.pk])
    client.post(decide, {"act": "store", "documents": [readout.pk, "x", "-1", "9" * 30]})
    assert "Storing" in client.get(upload.get_absolute_url()).content.decode()
    work()
    client.post(decide, {"act": "drop", "documents": [cable.pk]})
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "All is decided" in page and "Thrown away" in page
    assert Document.objects.get().get_absolute_url() in page


def test_everything_is_stored_at_once(client, editor):
    upload = uploaded(("readout.txt", READOUT), ("cable.txt", CABLE), ("broken.pdf", BROKEN))
    work()
    client.post(reverse("upload-decide", args=[upload.pk]), {"act": "store-all"})
    work()
    assert Document.objects.count() == 2


def test_nothing_marked_is_nothing_done(client, editor):
    upload = uploaded(("readout.txt", READOUT))
    work()
    for act in ("store", "drop"):
        page = client.post(reverse("upload-decide", args=[upload.pk]), {"act": act}, follow=True).content.decode()
        assert "Nothing was marked" in page
    for act in ("", "x", "discard"):
        said = {"act": act, "documents": [staged(upload).get().pk]}
        page = client.post(reverse("upload-decide", args=[upload.pk]), said, follow=True).content.decode()
        assert "Nothing was decided" in page
    assert staged(upload).get().decision == ""


def test_an_upload_is_thrown_away_with_what_was_not_stored(client, editor):
    upload = uploaded(("readout.txt", READOUT), ("cable.txt", CABLE))
    work()
    client.post(reverse("upload-decide", args=[upload.pk]), {"act": "store", "documents": [staged(upload)[0].pk]})
    work()
    client.post(reverse("upload-discard", args=[upload.pk]))
    assert not Upload.objects.exists() and not StagedDocument.objects.exists()
    assert Document.objects.count() == 1


def test_what_is_here_already_is_said_and_not_marked(client, editor):
    uploaded_before = uploaded(("readout.txt", READOUT))
    work()
    client.post(reverse("upload-decide", args=[uploaded_before.pk]), {"act": "store-all"})
    work()
    here, elsewhere = uploaded(("readout.txt", READOUT)), uploaded(("readout.txt", READOUT), collection="Other")
    work()
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Is already here" in page and "checked" not in page
    page = client.get(elsewhere.get_absolute_url()).content.decode()
    assert "Another copy of a document that is here" in page and "checked" in page


def test_it_is_said_who_will_see_it(client, editor):
    Collection.objects.create(name="Closed", public=False)
    for name, says in (
        ("Closed", "only its readers"),
        ("New", "which will be new"),
        ("", "for the collection Documents"),
    ):
        upload = uploaded(("readout.txt", READOUT), **({"collection": name} if name else {}))
        assert says in client.get(upload.get_absolute_url()).content.decode()


def test_pages_ask_few_questions_however_much_was_handed_in(client, editor, django_assert_max_num_queries):
    upload = uploaded(*((f"{n}.txt", f"Words {n}") for n in range(30)))
    item = upload.items.first()
    WorkItem.objects.update(state="done", settled="2001-01-01T00:00Z")
    document = DocumentFactory(collection=CollectionFactory())
    StagedDocument.objects.bulk_create(
        StagedDocument(item=item, source={}, extraction={}, same_as=document, preview=[]) for _ in range(60)
    )
    for address in (upload.get_absolute_url(), "/upload/"):
        with django_assert_max_num_queries(13):
            client.get(address)
