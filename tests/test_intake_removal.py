"""A document is deleted by an editor: what goes with it, what stays, and how it comes back with all that was decided on it."""

from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command

from meetings import decisions, removal
from meetings.models import Account, Document, Evidence, Judgement, Meeting, Person, Statement, StoredFile, WorkItem
from tests.factories import EditorFactory, UserFactory
from tests.test_queue import CABLE, READOUT, do_jobs

pytestmark = pytest.mark.django_db
ALONE = (
    READOUT.replace("Lisbon", "Porto")
    .replace("March 3", "October 9")
    .replace("Lind", "Berg")
    .replace("fisheries", "trade")
)


@pytest.fixture
def editor(client):
    user = EditorFactory(username="ed")
    client.force_login(user)
    return user


@pytest.fixture
def archive(tmp_path):
    """A readout and a cable that tell of one meeting, and another readout that alone tells of its own."""
    for name, text in (("readout.txt", READOUT), ("cable.txt", CABLE), ("alone.txt", ALONE)):
        (tmp_path / name).write_text(text)
    call_command("ingest", tmp_path, collection="Press", stdout=StringIO())
    return {document.file_name.rpartition("/")[2]: document for document in Document.objects.all()}


def delete(client, document: Document, reason: str = "") -> str:
    return client.post(f"/documents/{document.public_id}/delete", {"reason": reason}).url


def test_only_editors_delete_and_looking_changes_nothing(client, archive):
    address = f"/documents/{archive['alone.txt'].public_id}/delete"
    assert client.post(address).status_code == 302
    client.force_login(UserFactory())
    assert client.post(address).status_code == 403 == client.get(address).status_code
    client.force_login(EditorFactory())
    client.get(address)
    assert Document.objects.count() == 3


def test_it_is_said_what_hangs_on_it(client, editor, archive):
    alone = client.get(f"/documents/{archive['alone.txt'].public_id}/delete").content.decode()
    assert "Go with it" in alone and "Jonas Berg" in alone and "Stay, as" not in alone
    assert "The original file is kept for 7 days" in alone
    shared = client.get(f"/documents/{archive['cable.txt'].public_id}/delete").content.decode()
    assert "Stay, as the other documents tell them" in shared and "Go with it" not in shared


def test_what_it_alone_supports_goes_and_what_others_tell_stays_as_they_tell_it(client, editor, archive):
    meeting = Meeting.objects.get(account_count=2)
    delete(client, archive["cable.txt"])
    meeting.refresh_from_db()
    assert (meeting.account_count, set(meeting.agenda.values_list("name", flat=True))) == (
        1,
        told(archive["readout.txt"]),
    )
    delete(client, archive["alone.txt"])
    assert list(Meeting.objects.all()) == [meeting]
    for model in (Evidence, Statement, Account):
        of = (
            {"revision__document": archive["readout.txt"]}
            if model is Evidence
            else {"document": archive["readout.txt"]}
        )
        assert model.objects.count() == model.objects.filter(**of).count()
    assert not Person.objects.filter(name="Jonas Berg").exists()


def told(document: Document) -> set[str]:
    return set(document.accounts.get().issues.values_list("name", flat=True))


def test_it_is_on_record_who_deleted_it_and_why(client, editor, archive):
    page = client.get(delete(client, archive["alone.txt"], "Not ours <b>")).content.decode()
    made = Judgement.objects.get(verb="remove", subject="document")
    assert (made.made_by, made.reason, made.sha256) == (editor, "Not ours <b>", archive["alone.txt"].sha256)
    assert "was deleted by ed" in page and "“Not ours &lt;b&gt;”" in page


def test_the_activity_says_which_document_was_deleted(client, editor, archive):
    delete(client, archive["alone.txt"])
    page = unescape(client.get("/activity/").content.decode())
    assert f"Removed document “{archive['alone.txt']}”: " in page
    assert "alone.txt, Press" in page


def test_it_comes_back_from_its_file_with_its_addresses_and_all_that_was_decided(client, editor, archive):
    document, meeting = archive["alone.txt"], archive["alone.txt"].accounts.get().meeting
    before = decisions.State.of(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(title="The Porto talks")
    decisions.decide(editor, meeting, before)
    page = delete(client, document)
    assert not Document.objects.filter(public_id=document.public_id).exists()
    assert "Bring it back" in client.get(page).content.decode()
    client.post(f"{page}/back")
    assert "reads its file again" in client.get(page).content.decode()
    do_jobs()
    again = Document.objects.get(public_id=document.public_id)
    assert (again.collection.name, again.kind, again.date) == ("Press", document.kind, document.date)
    assert again.accounts.get().meeting.title == "The Porto talks"
    assert again.accounts.get().meeting.public_id == meeting.public_id
    assert again.get_absolute_url() in client.get(page).content.decode()
    assert client.post(f"{page}/back").status_code == 404  # once is enough


def test_the_same_file_in_another_collection_is_not_taken_for_the_document_that_comes_back(
    client, editor, archive, tmp_path
):
    call_command("ingest", tmp_path / "alone.txt", collection="Papers", stdout=StringIO())
    page = delete(client, archive["alone.txt"])
    client.post(f"{page}/back")
    assert "reads its file again" in client.get(page).content.decode()


def test_what_is_no_longer_here_cannot_come_back_and_the_page_says_what_to_do(client, editor, archive):
    page = delete(client, archive["alone.txt"])
    StoredFile.objects.all().delete()
    assert "hand it in again" in client.get(page).content.decode()
    assert "Hand it in again" in client.post(f"{page}/back", follow=True).content.decode()
    assert not WorkItem.objects.exists()


def test_the_first_copy_takes_the_place_of_what_was_deleted(client, editor, tmp_path):
    for name in ("One", "Two", "Three"):
        (tmp_path / "readout.txt").write_text(READOUT)
        call_command("ingest", tmp_path, collection=name, stdout=StringIO())
    one, two, three = Document.objects.order_by("pk")
    assert (two.copy_of, three.copy_of) == (one, one)
    meeting = Meeting.objects.get()
    delete(client, one)
    two.refresh_from_db()
    three.refresh_from_db()
    assert (two.copy_of, three.copy_of) == (None, two)
    meeting.refresh_from_db()
    assert meeting.account_count == 1


def test_the_admin_deletes_in_the_same_way(client, archive, admin_client):
    admin_client.post(f"/admin/meetings/document/{archive['alone.txt'].pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [archive["cable.txt"].pk], "post": "yes"}
    admin_client.post("/admin/meetings/document/", chosen)
    assert Judgement.objects.filter(verb="remove", subject="document").count() == 2
    assert set(Document.objects.all()) == {archive["readout.txt"]}
    assert Meeting.objects.filter(account_count__gt=0).get().account_count == 1


def test_the_activity_can_take_it_back_too(client, editor, archive):
    from meetings import history

    made = removal.remove(editor, archive["alone.txt"])
    history.undo(editor, made)
    do_jobs()
    assert Document.objects.count() == 3
