"""Handing documents in through a real browser: files with their progress, what was found, and what is stored of it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from meetings.models import Document, Upload
from tests.browser.test_accessibility import violations
from tests.factories import EditorFactory
from tests.test_intake_staging import BROKEN, uploaded, work
from tests.test_queue import CABLE, READOUT

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, live_server):
    EditorFactory(username="ed")
    page.goto("/accounts/login/?next=/upload/")
    page.get_by_label("User name").fill("ed")
    page.get_by_label("Password").fill("a-long-pass-phrase")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/upload/")
    return page


@pytest.fixture
def editor(page, live_server):
    return sign_in(page, live_server)


@pytest.fixture
def plain(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield sign_in(context.new_page(), live_server)
    context.close()


@pytest.fixture
def folder(tmp_path):
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "readout.txt").write_text(READOUT)
    (talks / "cable.txt").write_text(CABLE)
    (talks / "broken.pdf").write_bytes(BROKEN)
    (talks / ".hidden").write_text("not meant")
    return talks


def test_a_folder_is_handed_in_watched_looked_at_and_stored_in_part(editor, folder):
    editor.get_by_label("Or a folder").set_input_files(folder)
    editor.get_by_label("Collection").fill("Press")
    editor.get_by_role("button", name="Hand in").click()
    editor.wait_for_url(re.compile(r"/upload/\d+/"))
    expect(editor.get_by_text("0 of 3 files done")).to_be_visible()
    work()
    expect(
        editor.get_by_role("heading", name="2 documents to decide on")
    ).to_be_visible()  # without anybody reloading it
    expect(editor.get_by_text("broken.pdf is damaged")).to_be_visible()
    editor.get_by_text("1 meeting", exact=True).first.click()
    expect(editor.get_by_text("Jonas Lind with Ana Duarte")).to_be_visible()
    assert set(Upload.objects.get().items.values_list("name", flat=True)) == {
        f"talks/{name}" for name in ("readout.txt", "cable.txt", "broken.pdf")
    }
    editor.get_by_role("checkbox", name=re.compile("^LIND CALLS")).uncheck()
    editor.get_by_role("button", name="Store the marked").click()
    expect(editor.get_by_role("heading", name="Storing …")).to_be_visible()
    assert not Document.objects.exists()
    work()
    editor.get_by_role("link", name=re.compile("^Readout of Foreign Minister")).click()
    expect(editor.locator("h1")).to_contain_text("Readout of Foreign Minister")
    assert Document.objects.get().collection.name == "Press"


def test_files_are_dropped_and_each_that_is_refused_says_why(editor):
    editor.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "readout.txt"));
            data.items.add(new File(["kind: cable"], "cable.txt.meta.yaml"));
            document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        READOUT,
    )
    expect(editor.get_by_text("2 dropped")).to_be_visible()
    editor.get_by_role("button", name="Hand in").click()
    expect(editor.get_by_text("1 of 2 could not be taken")).to_be_visible()
    expect(editor.locator(".files li")).to_contain_text(["readout.txt", "describes the document beside it"])
    expect(editor.get_by_role("progressbar", name="readout.txt")).to_have_js_property("value", 1)
    editor.get_by_role("link", name="See what was found").click()
    expect(editor.get_by_text("0 of 1 file done")).to_be_visible()


def test_a_mistake_in_the_form_is_said_without_losing_the_files(editor, folder):
    editor.get_by_label("Files or ZIP").set_input_files(folder / "readout.txt")
    editor.get_by_label("Date of the documents").fill("yesterday")
    editor.get_by_role("button", name="Hand in").click()
    expect(editor.get_by_text("is not a date")).to_be_visible()
    editor.get_by_label("Date of the documents").fill("1995")
    editor.get_by_role("button", name="Hand in").click()
    editor.wait_for_url(re.compile(r"/upload/\d+/"))
    assert Upload.objects.get().options == {"date": "1995"}


def test_without_javascript_files_and_a_text_are_handed_in_and_stored(plain, folder):
    plain.get_by_label("Files or ZIP").set_input_files([folder / "readout.txt", folder / "broken.pdf"])
    plain.get_by_label("Or paste a text").fill(CABLE)
    plain.get_by_role("button", name="Hand in").click()
    expect(plain.get_by_text("0 of 3 files done")).to_be_visible()
    work()
    plain.get_by_role("link", name="Look again").click()
    expect(plain.get_by_role("heading", name="2 documents to decide on")).to_be_visible()
    plain.get_by_role("button", name="Store the marked").click()
    work()
    plain.get_by_role("link", name="Look again").click()
    expect(plain.get_by_role("heading", name="All is decided")).to_be_visible()
    assert Document.objects.count() == 2


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_page_of_it_has_a_barrier(browser, live_server, scheme, width, tmp_path):
    (tmp_path / "readout.txt").write_text(READOUT)
    call_command("ingest", tmp_path, stdout=StringIO())
    upload = uploaded(("readout.txt", READOUT), ("cable.txt", CABLE), ("broken.pdf", BROKEN))
    address = f"/documents/{Document.objects.get().public_id}"
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = sign_in(context.new_page(), live_server)
    found = {"form": violations(page)}
    for state in ("waiting", "deciding"):
        page.goto(upload.get_absolute_url())
        for summary in page.locator("main summary").all():
            summary.click()
        found[state] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        work()
    page.goto(f"{address}/delete")
    found["delete"] = violations(page)
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("button", name="Bring it back")).to_be_visible()
    found["deleted"] = violations(page)
    context.close()
    assert found == {name: [] for name in found}
