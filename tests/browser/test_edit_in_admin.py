"""An editor corrects a meeting in the browser; the documents are read again; the correction stays."""

from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from meetings.members import Role, create_account
from meetings.models import Document, Issue, Judgement, Meeting, Person

READOUT = """THE WHITE HOUSE
Office of the Press Secretary

For Immediate Release
March 4, 1999

Readout of the President's Meeting with Prime Minister Massimo D'Alema of Italy

President Bill Clinton met with Prime Minister Massimo D'Alema of Italy in Washington on March 3, 1999. They discussed Kosovo.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "readout.txt").write_text(READOUT)
    return tmp_path


@pytest.fixture
def editing(page, live_server):
    """The admin, signed in as an editor; what the security policy refuses is collected in ``refused``."""
    page.refused = []
    page.on("console", lambda message: "Content Security Policy" in message.text and page.refused.append(message.text))
    password = create_account("editor", Role.EDITOR)
    page.goto("/admin/")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    return page


def choose(page, field: str, typed: str, choice: str) -> None:
    """Pick from a type-ahead field as a person does."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").last.press_sequentially(typed)
    page.locator(".select2-results__option", has_text=choice).first.click()


def test_a_correction_made_in_the_browser_outlives_reading_the_documents_again(editing, folder):
    page = editing
    Person.objects.get_or_create(name="Lamberto Dini", country_id="IT")
    call_command("ingest", folder)
    meeting = Meeting.objects.get()
    assert meeting.date == "1999-03-03"

    page.locator(".model-meeting").get_by_role("link", name="Meetings").click()
    page.locator("#result_list tbody th a").first.click()
    page.get_by_label("Date:", exact=True).fill("1999-03-05")
    page.get_by_label("Reason:").fill("The daily diary has the fifth.")
    page.get_by_text("Add another Participant").click()
    row = meeting.participants.count()
    choose(page, f"id_participants-{row}-person", "Lambert Dini", "Lamberto Dini")
    choose(page, "id_agenda-0-issue", "NATO enlarg", "NATO")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_text("was changed successfully").wait_for()
    expect(page.get_by_text("Set date: 5 March 1999, instead of 3 March 1999")).to_be_visible()

    assert {made.reason for made in Judgement.objects.all()} == {"The daily diary has the fifth."}
    saved = state()
    Document.objects.update(extracted_digest="", pipeline="an earlier one")  # so that all is stored anew
    call_command("ingest", folder, force=True)
    assert state() == saved
    page.reload()
    expect(page.get_by_label("Date:", exact=True)).to_have_value("1999-03-05")
    expect(page.get_by_text("Lamberto Dini").first).to_be_visible()
    assert page.refused == []


def state() -> tuple:
    meeting = Meeting.objects.get()
    return (
        meeting.pk,
        meeting.date,
        meeting.title,
        [(row.pk, str(row), row.role, row.attendance) for row in meeting.participants.all()],
        [(item.pk, item.name, item.issue_id) for item in meeting.agenda.all()],
    )


def test_every_page_of_the_admin_obeys_the_security_policy(editing, folder):
    page = editing
    call_command("ingest", folder)
    for address in page.locator("#content-main th a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        first = page.locator("#result_list tbody th a, #result_list tbody td a").first
        if first.count():
            page.goto(first.get_attribute("href"))
    assert page.refused == []


def test_so_do_histories_and_tables(editing, tmp_path):
    page = editing
    issue = Issue.objects.exclude(theme=None).first()
    page.goto(f"/admin/meetings/issue/{issue.pk}/change/")
    page.get_by_label("Aliases:").fill("nets\n=quotas")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_text("was changed successfully").wait_for()
    page.goto(f"/admin/meetings/issue/{issue.pk}/history/")
    page.locator("#change-history tbody a").last.click()
    page.get_by_role("button", name="Revert").first.click()
    page.get_by_text("was changed successfully").wait_for()
    issue.refresh_from_db()
    assert "nets" not in issue.aliases

    page.goto("/admin/meetings/issue/export/")
    page.get_by_label("Format:").select_option(label="csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit").click()
    table = tmp_path / "issues.csv"
    table.write_text(
        Path(download.value.path()).read_text().replace(",".join([issue.key, issue.name]), f"{issue.key},", 1)
    )
    page.goto("/admin/meetings/issue/import/")
    page.get_by_label("File to import:").set_input_files(table)
    page.get_by_label("Format:").select_option(label="csv")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="Preview").wait_for()
    page.get_by_role("button", name="Confirm import").click()
    page.get_by_text("Import finished").wait_for()
    assert page.refused == []
