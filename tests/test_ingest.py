"""From files to meetings in the database, through the real readers and the real pipeline."""

import contextlib
import os
import zipfile
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meetings import limits
from meetings.ingest import Ingest
from meetings.models import Account, Collection, Document, Evidence, Meeting, Participant, Passage, Person, Statement

pytestmark = pytest.mark.django_db

READOUT = """Readout of Foreign Minister Ana Duarte's Meeting with Foreign Minister Jonas Lind of Sweden

March 4, 1995

Portuguese Foreign Minister Ana Duarte met with Swedish Foreign Minister Jonas Lind in Lisbon on March 3, 1995. They discussed fisheries and migration. Minister Lind said that the quotas were too low.
"""
LETTRE = """Le ministre des affaires étrangères a rencontré hier son homologue suédois à Lisbonne. Les deux ministres ont parlé de la pêche,
des migrations et de la situation en Europe. Ils sont convenus de se revoir au printemps prochain à Stockholm.
"""


def ingest(*paths, **options) -> str:
    out = StringIO()
    call_command("ingest", *paths, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def readout(tmp_path):
    path = tmp_path / "readout.txt"
    path.write_text(READOUT)
    return path


def test_a_file_becomes_a_document_with_its_meeting(readout):
    ingest(readout)
    document, meeting = Document.objects.get(), Meeting.objects.get()
    assert (document.kind, document.date, document.state) == ("readout", "1995-03-04", "processed")
    assert meeting.date == "1995-03-03"
    assert {(row.name, row.role, row.country_id) for row in meeting.participants.all()} == {
        ("Ana Duarte", "Foreign Minister", "PT"),
        ("Jonas Lind", "Foreign Minister", "SE"),
    }
    assert str(meeting.place) == "Lisbon, Portugal"
    assert document.pipeline.startswith("en_diplomacy")


def test_a_second_ingest_changes_no_row_and_no_id(readout):
    ingest(readout)
    before = snapshot()
    assert "unchanged" in ingest(readout)
    assert snapshot() == before


def test_force_extracts_again_and_changes_nothing_when_nothing_is_new(readout):
    ingest(readout)
    before = snapshot()
    assert "Extracted again, as --force asks, with the same result: 1" in ingest(readout, force=True)
    assert snapshot() == before


def test_a_dry_run_stores_nothing_and_says_so(readout):
    assert "Nothing was stored" in ingest(readout, dry_run=True)
    assert not Document.objects.exists()
    assert not Collection.objects.exists()


def test_a_file_that_cannot_be_read_is_kept_with_its_reason_and_the_rest_goes_on(readout):
    broken = readout.with_name("a-broken.pdf")
    broken.write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    with pytest.raises(CommandError, match="1 of 2 documents failed") as failure:
        ingest(readout.parent)
    assert failure.value.returncode == 1
    failed = Document.objects.get(state="failed")
    assert (failed.file_name.endswith("a-broken.pdf"), bool(failed.reason)) == (True, True)
    assert Meeting.objects.exists()


def test_what_no_database_can_hold_fails_by_itself(readout):
    (readout.parent / "a-title.txt").write_text('---\ntitle: "a\\0b"\n---\n' + READOUT)
    (readout.parent / "b-collection.txt").write_text(f"---\ncollection: {'x' * 600}\n---\n{READOUT}")
    (readout.parent / os.fsdecode(b"c-name-\xff.txt")).write_text(LETTRE)
    with contextlib.suppress(CommandError):
        ingest(readout.parent)
    assert Document.objects.filter(file_name__endswith="readout.txt", state="processed").exists()
    assert Document.objects.count() == 4


def test_an_attachment_that_cannot_be_read_is_kept_with_its_reason_beside_its_mail(tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"] = "desk@example.org", "archive@example.org"
    mail["Subject"], mail["Date"] = "The Lisbon talks", "Sat, 04 Mar 1995 10:00:00 +0000"
    mail.set_content(READOUT)
    mail.add_attachment(b"%PDF-1.7 junk", maintype="application", subtype="pdf", filename="annex.pdf")
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(mail))
    for _ in range(2):
        with pytest.raises(CommandError, match="1 of 2 documents failed"):
            ingest(path)
        assert dict(Document.objects.values_list("part", "state")) == {"": "processed", "annex.pdf": "failed"}


def test_a_text_too_long_for_the_pipeline_is_stored_and_says_so(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(READOUT + "\nThe ministers spoke of nets, boats and harbours for a long time.\n" * 16_000)
    assert "Split it" in ingest(path)
    assert Document.objects.get().state == "not_extracted"


def test_a_failed_file_is_tried_again_and_leaves_one_row(readout):
    broken = readout.with_name("a-broken.pdf")
    broken.write_bytes(b"%PDF-1.7\n")
    for _ in range(2):
        with pytest.raises(CommandError):
            ingest(broken)
    assert Document.objects.count() == 1


def test_folders_and_archives_are_read_to_the_bottom(readout, tmp_path):
    with zipfile.ZipFile(tmp_path / "talks.zip", "w") as archive:
        archive.write(readout, "1995/march/readout.txt")
    readout.unlink()
    ingest(tmp_path)
    assert Document.objects.get().file_name.endswith("1995/march/readout.txt")


def test_another_language_is_stored_and_searchable_and_says_why_it_has_no_meetings(tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_text(LETTRE)
    assert "Only English" in ingest(path)
    assert Document.objects.get().state == "not_extracted"
    assert not Meeting.objects.exists()
    assert Passage.objects.filter(search="lisbonne").exists()


def test_options_give_what_the_text_does_not_say(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(
        "Foreign Minister Ana Duarte met Swedish Foreign Minister Jonas Lind in Lisbon yesterday. They spoke of fisheries."
    )
    ingest(path, kind="news", date="1995-03-04", source_url="https://example.org/note", collection="Press")
    document = Document.objects.get()
    assert (document.kind, document.date, document.source_url, str(document.collection)) == (
        "news",
        "1995-03-04",
        "https://example.org/note",
        "Press",
    )
    assert Meeting.objects.get().date == "1995-03-03"


def test_a_sidecar_added_later_updates_the_document(readout):
    ingest(readout)
    before = Document.objects.get()
    readout.with_name("readout.txt.meta.yaml").write_text("title: The Lisbon talks\n")
    assert "updated" in ingest(readout)
    after = Document.objects.get()
    assert (after.pk, after.title) == (before.pk, "The Lisbon talks")


@pytest.mark.parametrize(
    ("options", "hint"),
    [({"kind": "telegram"}, "Use one of cable"), ({"date": "yesterday"}, "is not a date")],
)
def test_a_bad_option_is_one_clear_sentence(readout, options, hint):
    with pytest.raises(CommandError, match=hint):
        ingest(readout, **options)


def test_a_path_that_is_not_there_is_one_clear_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no"):
        ingest(tmp_path / "nothing")


def test_the_same_file_in_two_collections_is_two_documents_and_one_of_them_a_copy(readout):
    ingest(readout, collection="One")
    ingest(readout, collection="Two")
    assert set(Document.objects.values_list("copy_of__collection__name", flat=True)) == {None, "One"}
    assert set(Meeting.objects.values_list("account_count", flat=True)) == {1}


def snapshot() -> dict:
    models = (Document, Meeting, Participant, Account, Person, Evidence, Statement, Passage)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_a_paragraph_of_more_words_than_can_be_indexed_costs_no_other_document(readout, tmp_path):
    (tmp_path / "a.txt").write_text(LETTRE + " ".join(f"mot{n}" for n in range(120_000)))
    with pytest.raises(CommandError) as failure:
        ingest(tmp_path)
    assert failure.value.returncode == 1
    assert "tsvector" in Document.objects.get(state="failed").reason
    assert Meeting.objects.exists()


def test_a_text_that_the_database_takes_too_long_over_fails_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "STORING", 1)
    (tmp_path / "endless.txt").write_text("<!--" * 400_000)
    (tmp_path / "good.txt").write_text("Nobody met anybody.")
    endless, good = Ingest().run([tmp_path])
    assert (endless.change, good.change) == ("failed", "created")
    assert "statement timeout" in endless.reason
