"""What is enqueued, and what becomes of it: files and stored documents, through the real readers and pipeline."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from meetings import decisions, ingest, queue, worker
from meetings.locking import ONE_WRITER
from meetings.models import Account, Document, Evidence, Meeting, StoredFile, WorkItem
from meetings.storage import source_of

pytestmark = pytest.mark.django_db

READOUT = """Readout of Foreign Minister Ana Duarte's Meeting with Foreign Minister Jonas Lind of Sweden

March 4, 1995

Portuguese Foreign Minister Ana Duarte met with Swedish Foreign Minister Jonas Lind in Lisbon on March 3, 1995. They discussed fisheries and migration.
"""
CABLE = """CONFIDENTIAL LISBON 00412

SUBJECT: LIND CALLS ON DUARTE

1. (C) Swedish Foreign Minister Jonas Lind called on Foreign Minister Ana Duarte on 3 March 1995 in Lisbon. They
spoke of fisheries.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "readout.txt").write_text(READOUT)
    (tmp_path / "cable.txt").write_text(CABLE)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    return tmp_path


def enqueue(*paths, **options) -> str:
    out = StringIO()
    call_command("ingest", *paths, stdout=out, **({"enqueue": True} | options))
    return out.getvalue()


def do_jobs(attempts: int = 0) -> None:
    """What a worker does with the jobs that wait; ``attempts`` is how often they were tried before."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        context = SimpleNamespace(job=SimpleNamespace(attempts=attempts, worker_id=1))
        worker.work.func(context, **job.args)


def states() -> dict[str, str]:
    return {item.name.rpartition("/")[2]: item.state for item in WorkItem.objects.all()}


def test_enqueued_files_are_stored_and_not_yet_read(folder):
    assert "Enqueued 3 files" in enqueue(folder)
    assert bytes(StoredFile.objects.get(items__name__endswith="readout.txt").content) == READOUT.encode()
    assert set(states().values()) == {"queued"}
    assert not Document.objects.exists()


def test_a_job_settles_all_its_files_whatever_one_of_them_holds(folder):
    enqueue(folder)
    do_jobs()
    assert states() == {"broken.pdf": "failed", "cable.txt": "done", "readout.txt": "done"}
    assert "broken.pdf" in WorkItem.objects.get(state="failed").reason
    assert Meeting.objects.count() == 1 and Account.objects.count() == 2
    assert Document.objects.get(state="failed").file_name.endswith("broken.pdf")


def test_while_another_worker_stores_a_job_analyses_more_instead_of_waiting(folder, monkeypatch):
    enqueue(folder / "readout.txt", folder / "cable.txt")
    other, real, analysed = connection.copy(), worker.analysed, []
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_WRITER])

    def watched(readings):
        analysed.append(Document.objects.count())
        if len(analysed) == 2:
            other.close()
        return real(readings)

    monkeypatch.setattr(worker, "analysed", watched)
    monkeypatch.setattr(worker, "AT_HAND", 1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
    do_jobs()
    assert analysed == [0, 0]
    assert states() == {"cable.txt": "done", "readout.txt": "done"}


def test_files_tried_one_by_one_end_as_those_of_a_batch(folder):
    enqueue(folder)
    do_jobs(attempts=1)
    assert states() == {"broken.pdf": "failed", "cable.txt": "done", "readout.txt": "done"}
    assert Meeting.objects.count() == 1


def test_the_same_bytes_are_stored_once(folder):
    (folder / "again.txt").write_text(READOUT)
    enqueue(folder)
    assert (WorkItem.objects.count(), StoredFile.objects.count()) == (4, 3)


def test_a_job_done_twice_changes_nothing(folder):
    enqueue(folder)
    do_jobs()
    before = list(Evidence.objects.order_by("pk").values())
    WorkItem.objects.update(state="queued", settled=None)  # the worker died before it could say that it was done
    do_jobs(attempts=1)
    assert list(Evidence.objects.order_by("pk").values()) == before
    assert states()["cable.txt"] == "done"


def test_options_travel_with_the_file(folder):
    enqueue(folder / "readout.txt", collection="Press", kind="news", date="1995-03-05")
    do_jobs()
    document = Document.objects.get()
    assert (str(document.collection), document.kind, document.date) == ("Press", "news", "1995-03-05")


def test_large_files_make_small_jobs(folder, monkeypatch):
    monkeypatch.setattr(queue, "BYTES", 500)
    enqueue(folder)
    assert ProcrastinateJob.objects.filter(status="todo").count() == 2


def test_a_file_that_fails_its_worker_again_and_again_is_set_aside_with_the_reason(folder, monkeypatch):
    enqueue(folder / "readout.txt")

    def fail(*_):
        raise MemoryError("no more")

    monkeypatch.setattr(ingest.Ingest, "concluded", fail)
    for _ in range(worker.TRIES - 1):
        with pytest.raises(worker.Unsettled):
            do_jobs(attempts=1)
        assert states() == {"readout.txt": "queued"}
    do_jobs(attempts=1)
    assert states() == {"readout.txt": "failed"}
    assert "MemoryError: no more" in WorkItem.objects.get().reason == Document.objects.get(state="failed").reason


def test_a_file_that_ended_its_worker_each_time_is_set_aside_unread(folder):
    enqueue(folder / "readout.txt")
    WorkItem.objects.update(state="working", tries=worker.TRIES, reason=worker.DIED)
    do_jobs(attempts=worker.TRIES)
    assert states() == {"readout.txt": "failed"}
    assert Document.objects.get().reason == worker.DIED


def test_what_was_set_aside_can_be_tried_again(folder, monkeypatch):
    test_a_file_that_ended_its_worker_each_time_is_set_aside_unread(folder)
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert queue.retry(WorkItem.objects.all()) == 1
    do_jobs()
    assert states() == {"readout.txt": "done"}
    assert Document.objects.get().state == "processed"


def test_a_database_that_went_away_is_waited_for(folder, monkeypatch):
    enqueue(folder / "readout.txt")
    real, calls = worker.settle, []

    def settle(outcomes):
        calls.append(outcomes)
        if len(calls) == 1:
            raise OperationalError("terminating connection")
        real(outcomes)

    monkeypatch.setattr(worker, "settle", settle)
    monkeypatch.setattr(worker, "await_database", lambda: None)
    do_jobs()
    assert states() == {"readout.txt": "done"}


def test_stored_documents_are_extracted_again_and_stay_as_they_are(folder):
    enqueue(folder)
    do_jobs()
    ProcrastinateJob.objects.all()._raw_delete("default")
    before = snapshot()
    assert "Enqueued 2 documents" in enqueue(enqueue=False, again=True)
    do_jobs()
    assert snapshot() == before
    assert set(WorkItem.objects.exclude(document=None).values_list("state", flat=True)) == {"done"}


def test_extracting_again_finds_anew_what_was_lost_and_keeps_what_a_person_decided(folder, django_user_model):
    enqueue(folder / "readout.txt")
    do_jobs()
    ProcrastinateJob.objects.all()._raw_delete("default")
    meeting = Meeting.objects.get()
    before = decisions.State.of(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(title="The Lisbon talks")
    decisions.decide(django_user_model.objects.create(username="ed"), meeting, before)
    Account.objects.get().issues.all().delete()
    Document.objects.update(extracted_digest="of an older pipeline")
    enqueue(enqueue=False, again=True)
    do_jobs()
    assert Meeting.objects.get().title == "The Lisbon talks"
    assert Account.objects.get().issues.exists()


def test_again_can_be_asked_of_one_collection(folder):
    for name in ("One", "Two"):
        enqueue(folder / "readout.txt", collection=name)
    do_jobs()
    assert "Enqueued 1 document." in enqueue(enqueue=False, again=True, collection="two")
    assert WorkItem.objects.get(state="queued").document.collection.name == "Two"


def test_a_stored_document_reads_as_its_file_did(folder):
    from meetings import readers

    enqueue(folder / "readout.txt", folder / "cable.txt")
    do_jobs()
    for document in Document.objects.all():
        (read,) = readers.read((folder / document.file_name).read_bytes(), document.file_name)
        stored = source_of(document)
        assert stored.passages == read.passages
        assert (stored.text, stored.kind, stored.title, stored.date) == (read.text, read.kind, read.title, read.date)


@pytest.mark.parametrize(
    ("paths", "options", "said"),
    [
        ([], {}, "Name files or folders"),
        (["."], {"again": True}, "not both"),
        ([], {"again": True, "enqueue": False, "collection": "None such"}, "no documents in a collection"),
        (["."], {"dry_run": True}, "--dry-run stores nothing"),
    ],
)
def test_what_cannot_be_enqueued_is_said_in_one_sentence(paths, options, said):
    with pytest.raises(CommandError, match=said):
        enqueue(*paths, **options)


@pytest.mark.parametrize(("keep", "left"), [(False, 1), (True, 3)])
def test_what_was_done_long_ago_is_forgotten_and_originals_are_kept_if_wanted(folder, settings, keep, left):
    settings.KEEP_ORIGINALS = keep
    enqueue(folder)
    do_jobs()
    WorkItem.objects.update(settled="2001-01-01T00:00Z")
    StoredFile.objects.update(stored="2001-01-01T00:00Z")
    queue.forget()
    assert states() == {"broken.pdf": "failed"}
    assert StoredFile.objects.count() == left


def snapshot() -> dict:
    models = (Document, Meeting, Account, Evidence)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_chosen_documents_are_extracted_again_from_the_admin(folder, admin_client):
    enqueue(folder)
    do_jobs()
    chosen = {"action": "extract_again", "_selected_action": list(Document.objects.values_list("pk", flat=True))}
    page = admin_client.post("/admin/meetings/document/", chosen, follow=True).content.decode()
    assert "Enqueued to be extracted again: 2. 1 have no text" in page
    assert WorkItem.objects.filter(state="queued").exclude(document=None).count() == 2
