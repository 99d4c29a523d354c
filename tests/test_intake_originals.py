"""Original files: kept with their documents, and given back byte for byte to whoever may see these."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meetings import queue
from meetings.models import Collection, Document, StoredFile
from tests.factories import EditorFactory, UserFactory
from tests.test_queue import READOUT

pytestmark = pytest.mark.django_db
PAGE = (
    b"<html><body><script>alert(1)</script><p>Foreign Minister Ana Duarte met Jonas Lind in Lisbon.</p></body></html>"
)


def ingest(path, **options) -> None:
    call_command("ingest", path, stdout=StringIO(), **options)


def address(document: Document) -> str:
    return f"/documents/{document.public_id}/original"


def test_a_file_comes_back_byte_for_byte_and_is_never_shown_as_a_page(tmp_path, client):
    (tmp_path / 'talks "1".html').write_bytes(PAGE)
    ingest(tmp_path)
    document = Document.objects.get()
    answer = client.get(address(document))
    assert answer.content == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert f'href="{address(document)}"' in client.get(document.get_absolute_url()).content.decode()


def test_a_file_that_could_not_be_read_is_kept_too(tmp_path, client):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    with pytest.raises(CommandError):
        ingest(tmp_path)
    assert client.get(address(Document.objects.get())).content == b"%PDF-1.7\nbroken"


def test_only_who_may_see_the_collection_gets_the_file(tmp_path, client):
    (tmp_path / "a.txt").write_text(READOUT)
    ingest(tmp_path, collection="Closed")
    closed = Collection.objects.get()
    Collection.objects.update(public=False)
    document = Document.objects.get()
    reader, allowed = UserFactory(), UserFactory()
    closed.readers.add(allowed)
    for user, status in ((None, 404), (reader, 404), (allowed, 200), (EditorFactory(), 200)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(address(document)).status_code == status
        assert client.head(address(document)).status_code == status


def test_the_same_file_elsewhere_opens_no_door_to_a_closed_collection(tmp_path, client):
    (tmp_path / "a.txt").write_text(READOUT)
    ingest(tmp_path, collection="Open")
    ingest(tmp_path, collection="Closed")
    Collection.objects.filter(name="Closed").update(public=False)
    assert StoredFile.objects.count() == 1
    open_, closed = (Document.objects.get(collection__name=name) for name in ("Open", "Closed"))
    assert client.get(address(open_)).status_code == 200
    assert client.get(address(closed)).status_code == 404


def test_files_are_not_kept_where_that_is_switched_off(tmp_path, client, settings):
    settings.KEEP_ORIGINALS = False
    (tmp_path / "a.txt").write_text(READOUT)
    ingest(tmp_path)
    document = Document.objects.get()
    assert client.get(address(document)).status_code == 404
    assert address(document) not in client.get(document.get_absolute_url()).content.decode()


def test_what_a_document_needs_is_never_forgotten_and_what_none_needs_is(tmp_path):
    (tmp_path / "a.txt").write_text(READOUT)
    ingest(tmp_path)
    StoredFile.objects.create(sha256="0" * 64, content=b"of nobody")
    StoredFile.objects.update(stored="2001-01-01T00:00Z")
    queue.forget()
    assert StoredFile.objects.get().sha256 == Document.objects.get().sha256
