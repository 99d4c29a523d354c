"""Two people are merged in the browser; everything is read again; the merge is as it was left, and can be undone."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from meetings.models import AccountParticipant, Document, Meeting, Participant, Person
from tests.browser.test_accessibility import violations
from tests.factories import EditorFactory

READOUT = """THE WHITE HOUSE
Office of the Press Secretary

For Immediate Release
March 4, {year}

Readout of the President's Meeting with Minister {name} of Norway

President Bill Clinton met with Minister {name} of Norway in Washington on March 3, {year}. They discussed Kosovo.
"""


@pytest.fixture
def folder(tmp_path):
    for year, name in ((1998, "Ulrikke Brandvoll"), (1999, "Ulla Brandvold")):
        (tmp_path / f"{year}.txt").write_text(READOUT.format(year=year, name=name))
    return tmp_path


@pytest.fixture
def editing(page, live_server):
    """Signed in as an editor; what the security policy refuses is collected in ``refused``."""
    page.refused = []
    page.on("console", lambda message: "Content Security Policy" in message.text and page.refused.append(message.text))
    EditorFactory(username="editor")
    page.goto("/accounts/login/?next=/merge/people/")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill("a-long-pass-phrase")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Merge people").wait_for()
    return page


def state() -> tuple:
    return (
        list(Meeting.objects.order_by("pk").values_list("public_id", "title", "merged_into")),
        list(Participant.objects.order_by("meeting", "order").values_list("meeting", "person", "name", "role")),
        sorted(AccountParticipant.objects.values_list("account", "name", "person", "person_read"), key=repr),
        list(Person.objects.order_by("pk").values_list("pk", "name", "merged_into")),
    )


def test_two_people_merged_in_the_browser_are_one_after_everything_is_read_again(editing, folder):
    page = editing
    call_command("ingest", folder)
    gone, stays = Person.objects.get(name="Ulrikke Brandvoll"), Person.objects.get(name="Ulla Brandvold")
    unmerged = state()

    page.goto(stays.get_absolute_url())
    page.get_by_role("link", name="Merge with …").click()
    page.get_by_label("Merge with").press_sequentially("ulrike brandv")
    page.locator("#found").get_by_role("link", name="Ulrikke Brandvoll").click()
    assert violations(page) == []
    page.get_by_role("heading", name="What would move to Ulla Brandvold").wait_for()
    page.get_by_label("this record stays").nth(1).check()
    page.get_by_role("heading", name="What would move to Ulrikke Brandvoll").wait_for()
    page.get_by_label("this record stays").nth(1).check()
    page.get_by_role("heading", name="What would move to Ulla Brandvold").wait_for()
    page.get_by_label("Why").fill("One signature.")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_text("Ulrikke Brandvoll is now one with Ulla Brandvold").wait_for()
    assert violations(page) == []

    merged = state()
    Document.objects.update(extracted_digest="", pipeline="an earlier one")  # so that all is stored anew
    call_command("ingest", folder, force=True)
    assert state() == merged
    page.goto(f"/people/{gone.pk}/")
    expect(page.get_by_role("heading", name="Ulla Brandvold", exact=True)).to_be_visible()
    assert Meeting.objects.with_person(stays).count() == 2

    page.get_by_role("link", name="Merge with …").click()
    page.get_by_role("button", name="Undo the merge").click()
    page.get_by_text("stands for itself again").wait_for()
    assert state() == unmerged
    page.goto("/merge/people/")
    assert violations(page) == []
    assert page.refused == []
