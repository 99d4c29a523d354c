"""What is found in an upload waits beside the archive, and is stored as it was shown once an editor says so."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from meetings import queue, readers, staging, worker
from meetings.ingest import Ingest
from meetings.jsonrecords import as_json, from_json
from meetings.models import Collection, Document, Meeting, StagedDocument, StoredFile, Upload, WorkItem
from meetings.nlp.extract import analysed
from meetings.records import Extraction, SourceDocument
from tests.documents import mail
from tests.extraction import nlp
from tests.factories import UserFactory
from tests.test_queue import CABLE, READOUT, do_jobs

pytestmark = pytest.mark.django_db
BROKEN = b"%PDF-1.7\n" + bytes(range(256))


def uploaded(*files: tuple[str, bytes | str], **options) -> Upload:
    upload = Upload.objects.create(by=UserFactory(), options=options)
    contents = [(name, content if isinstance(content, bytes) else content.encode()) for name, content in files]
    queue.enqueue_upload(upload, [queue.Handed(name, content, options) for name, content in contents])
    return upload


def work() -> None:
    while ProcrastinateJob.objects.filter(status="todo").exists():
        before = list(ProcrastinateJob.objects.filter(status="todo").values_list("pk", flat=True))
        do_jobs()
        ProcrastinateJob.objects.filter(pk__in=before)._raw_delete("default")


def staged(upload: Upload):
    return StagedDocument.objects.filter(item__upload=upload).order_by("item", "pk")


def test_what_is_found_is_shown_and_not_stored():
    upload = uploaded(("talks/readout.txt", READOUT), ("broken.pdf", BROKEN), collection="Press", kind="readout")
    work()
    readout, broken = staged(upload)
    assert (readout.kind, readout.date, readout.collection) == ("readout", "1995-03-04", "Press")
    (meeting,) = readout.preview
    assert (meeting["date"], meeting["place"], meeting["status"]) == ("1995-03-03", "Lisbon", "held")
    assert {party["name"] for party in meeting["parties"]} == {"Ana Duarte", "Jonas Lind"}
    assert "met with Swedish Foreign Minister" in " ".join(meeting["quotes"])
    assert broken.failed and "broken.pdf" in broken.reason
    assert not Document.objects.exists() and not Meeting.objects.exists()
    assert not Collection.objects.filter(name="Press").exists()


def test_records_come_back_from_json_as_they_were():
    for text in (READOUT, CABLE, mail({"a.txt": READOUT.encode()}).decode()):
        for source in readers.read(text.encode(), "x.eml" if "Message-ID" in text else "x.txt"):
            (found,) = analysed([source], nlp())
            for record in (source, found):
                again = from_json(type(record), as_json(record))
                assert again == record and repr(again) == repr(record)


def test_what_was_confirmed_is_stored_as_shown_without_another_extraction(monkeypatch):
    upload = uploaded(("readout.txt", READOUT), ("cable.txt", CABLE))
    work()
    monkeypatch.setattr(worker.extract, "analysed", lambda *_: pytest.fail("extracted again"))
    assert queue.confirm(upload, staged(upload).filter(title__contains="LIND CALLS")) == 1
    work()
    document = Document.objects.get()
    cable = staged(upload).get(decision="stored")
    assert cable.document == document and document.accounts.count() == 1
    assert staged(upload).get(decision="").title.startswith("Readout")


def test_what_was_confirmed_is_what_the_command_would_have_stored(tmp_path):
    upload = uploaded(("readout.txt", READOUT))
    work()
    queue.confirm(upload, staged(upload))
    work()
    (tmp_path / "readout.txt").write_text(READOUT)
    (outcome,) = Ingest().run([tmp_path / "readout.txt"])
    assert outcome.change == "unchanged"


def test_a_newer_pipeline_extracts_anew_what_was_confirmed():
    upload = uploaded(("readout.txt", READOUT))
    work()
    staged(upload).update(pipeline="older", extraction=as_json(Extraction(pipeline="older")))
    queue.confirm(upload, staged(upload))
    work()
    assert Document.objects.get().accounts.count() == 1


def test_an_archive_is_unpacked_by_the_worker_and_its_files_wait_one_by_one():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/readout.txt", READOUT)
        archive.writestr("b/twice.txt", READOUT)
        archive.writestr("cable.txt", CABLE)
        archive.writestr("cable.txt.meta.yaml", "collection: Cables")
        archive.writestr("inner.zip", packed.getvalue() or b"PK\x05\x06" + bytes(18))
    upload = uploaded(("talks.zip", packed.getvalue()))
    work()
    assert {each.item.name for each in staged(upload).filter(failed=False)} == {
        "talks.zip/a/readout.txt",
        "talks.zip/cable.txt",
    }
    assert staged(upload).get(item__name="talks.zip/cable.txt").collection == "Cables"
    assert "archive inside an archive" in staged(upload).get(failed=True).reason
    assert set(upload.items.exclude(name="talks.zip").values_list("state", flat=True)) == {"done"}


def test_each_document_of_a_file_is_decided_on_by_itself():
    upload = uploaded(("talks.eml", mail({"readout.txt": READOUT.encode(), "broken.pdf": BROKEN})))
    work()
    letter, readout = staged(upload).filter(failed=False)
    assert staged(upload).get(failed=True).part == "broken.pdf"
    queue.confirm(upload, staged(upload).filter(pk=readout.pk))
    work()
    assert Document.objects.get().part == "readout.txt"
    queue.confirm(upload, staged(upload))
    work()
    assert Document.objects.count() == 2
    assert letter.decision == ""


def test_what_is_here_already_is_said():
    for _ in range(2):
        upload = uploaded(("readout.txt", READOUT))
        work()
        queue.confirm(upload, staged(upload))
        work()
    assert Document.objects.count() == 1
    assert staged(upload).get().same_as == Document.objects.get()


def test_a_worker_that_dies_over_it_leaves_it_to_the_next():
    upload = uploaded(("readout.txt", READOUT))
    do_jobs()
    WorkItem.objects.update(state="working", settled=None)
    do_jobs(attempts=1)
    assert staged(upload).count() == 1
    assert upload.items.get().state == "done"


def test_a_file_that_ended_its_worker_each_time_is_told_of_in_the_upload_alone():
    upload = uploaded(("readout.txt", READOUT))
    WorkItem.objects.update(state="working", tries=worker.TRIES, reason=worker.DIED)
    do_jobs(attempts=worker.TRIES)
    assert (upload.items.get().state, upload.items.get().reason) == ("failed", worker.DIED)
    assert not Document.objects.exists()


def test_nothing_is_confirmed_twice_nor_of_another_upload_nor_what_failed():
    upload, other = uploaded(("readout.txt", READOUT), ("broken.pdf", BROKEN)), uploaded(("cable.txt", CABLE))
    work()
    everything = StagedDocument.objects.all()
    assert queue.confirm(upload, everything) == 1
    assert queue.confirm(upload, everything) == 0
    work()
    assert Document.objects.count() == 1
    assert staged(other).get().decision == ""


def test_an_upload_that_nobody_decides_on_expires_with_its_files(settings):
    upload = uploaded(("readout.txt", READOUT))
    work()
    kept = uploaded(("cable.txt", CABLE))
    queue.forget()
    assert Upload.objects.count() == 2
    Upload.objects.update(made=timezone.now() - timedelta(days=settings.STAGED_DAYS + 1))
    StoredFile.objects.update(stored="2001-01-01T00:00Z")
    queue.forget()
    assert list(Upload.objects.all()) == [kept]  # still waits for a worker
    assert not staged(upload).exists()
    assert StoredFile.objects.count() == 1


def test_staged_records_are_whole():
    upload = uploaded(("readout.txt", READOUT))
    work()
    document = staged(upload).get()
    assert from_json(SourceDocument, document.source).text == READOUT
    assert len(from_json(Extraction, document.extraction).meetings) == len(document.preview)
    assert staging.Stage().keep
