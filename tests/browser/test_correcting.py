"""An editor corrects a meeting in its page: by keyboard, with the mouse in a document's text, and without a script."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from meetings.models import Evidence, Meeting
from tests.browser.test_accessibility import AXE, LOOKS
from tests.factories import CountryFactory, EditorFactory
from tests.told import document, meeting, store


@pytest.fixture
def found(transactional_db):
    for key, name in (("PT", "Portugal"), ("SE", "Sweden")):
        CountryFactory(key=key, name=name)
    store(document(), meeting())
    return Meeting.objects.get()


def signed_in(context, client, live_server) -> None:
    client.force_login(EditorFactory(username="ann"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


@pytest.fixture
def editor(page, client, live_server, found):
    signed_in(page.context, client, live_server)
    page.refused = []
    page.on("console", lambda message: message.type == "error" and page.refused.append(message.text))
    return page


def test_a_date_is_corrected_and_the_correction_taken_back_by_keyboard(editor, found):
    editor.goto(found.get_absolute_url())
    editor.locator("#amend-value-date").focus()
    editor.keyboard.press("Enter")
    editor.wait_for_selector("#editing")
    expect(editor.locator("#id_date")).to_be_focused()
    editor.keyboard.press("Control+a")
    editor.keyboard.type("soon")
    editor.keyboard.press("Enter")
    editor.get_by_text("is not a date").wait_for()
    expect(editor.locator("#id_date")).to_be_focused()
    expect(editor.locator("#id_date")).to_have_value("soon")
    editor.keyboard.press("Control+a")
    editor.keyboard.type("1995-03-02")
    editor.keyboard.press("Tab")
    editor.keyboard.type("So says the diary.")
    editor.keyboard.press("Enter")
    editor.locator("#value-date").get_by_text("2 March 1995").wait_for()
    expect(editor.locator("#value-date").get_by_text("corrected by ann")).to_have_count(1)
    expect(editor.locator("#amend-value-date")).to_be_focused()
    expect(editor.locator("#announcement")).to_have_text("Date: saved")
    editor.locator("#value-date .undo button").focus()
    editor.keyboard.press("Enter")
    editor.locator("#value-date").get_by_text("3 March 1995").wait_for()
    assert editor.refused == []


def test_escape_leaves_everything_as_it_was(editor, found):
    editor.goto(found.get_absolute_url())
    editor.locator("#amend-value-place").click()
    editor.locator("#id_name").fill("Sintra")
    editor.keyboard.press("Escape")
    editor.locator("#value-place").get_by_text("Lisbon").wait_for()
    expect(editor.locator("#amend-value-place")).to_be_focused()
    expect(editor.locator("#editing")).to_have_count(0)


def test_escape_that_sends_suggestions_away_keeps_the_form(editor, found):
    editor.goto(found.get_absolute_url())
    editor.locator("#amend-add-participant").click()
    editor.get_by_label("Name, as written").fill("Rui Alves")
    editor.get_by_label("Acted for the country").press_sequentially("Port")
    editor.get_by_role("option", name="Portugal").wait_for()
    editor.keyboard.press("Escape")
    expect(editor.locator("[aria-expanded=true]")).to_have_count(0)
    expect(editor.get_by_label("Name, as written")).to_have_value("Rui Alves")
    editor.keyboard.press("Escape")
    expect(editor.locator("#editing")).to_have_count(0)


def test_who_was_signed_out_meanwhile_loses_nothing_that_was_typed(editor, found):
    editor.goto(found.get_absolute_url())
    editor.locator("#amend-value-place").click()
    editor.locator("#id_name").fill("Sintra")
    editor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    editor.get_by_role("button", name="Save").click()
    editor.get_by_text("You are not signed in any more").wait_for()
    expect(editor.locator("#id_name")).to_have_value("Sintra")


def test_words_that_are_selected_in_a_document_become_a_participant(editor, found):
    editor.goto(found.accounts.get().document.get_absolute_url())
    editor.evaluate(
        """() => {
            const text = [...document.querySelectorAll("[data-start]")].find((p) => p.textContent.includes("Foreign Minister"));
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (!node.data.includes("Minister")) node = walker.nextNode();
            const at = node.data.indexOf("Minister");
            getSelection().setBaseAndExtent(node, at, node, at + 8);
        }"""
    )
    editor.locator("#mark-bar").wait_for()
    editor.keyboard.press("m")
    expect(editor.locator("#mark-bar [data-do=participant]")).to_be_focused()
    editor.keyboard.press("Enter")
    editor.get_by_label("Name, as written").fill("Rui Alves")
    editor.get_by_role("button", name="Add a participant").click()
    editor.get_by_role("heading", name="Who took part").wait_for()
    claim = Evidence.objects.get(rule="editor")
    assert (claim.quote, claim.start, claim.participant.name) == (
        "Minister",
        claim.revision.text.index("Minister"),
        "Rui Alves",
    )
    assert editor.refused == []


def test_without_a_script_the_same_addresses_give_whole_pages(browser, client, live_server, found):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    signed_in(context, client, live_server)
    page = context.new_page()
    page.goto(found.get_absolute_url())
    page.locator("#amend-value-status").click()
    page.get_by_label("Whether it took place").select_option("cancelled")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#value-status").get_by_text("corrected by ann")).to_have_count(1)
    page.get_by_role("link", name="split this meeting").click()
    page.get_by_role("button", name="Split off or move").click()
    assert page.get_by_role("alert").inner_text().startswith("Choose the accounts")
    page.goto(found.accounts.get().document.get_absolute_url())
    page.get_by_role("link", name="Mark a passage").click()
    page.get_by_label("The words").fill("quotas were too low")
    page.get_by_role("button", name="Mark this passage").click()
    page.get_by_role("link", name="Use as evidence").click()
    page.get_by_label("It is evidence of").select_option("meeting")
    page.get_by_role("button", name="Use as evidence").click()
    assert Evidence.objects.get(rule="editor").quote == "quotas were too low"
    context.close()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_nothing_of_it_keeps_anybody_out(editor, found, scheme, width):
    editor.emulate_media(color_scheme=scheme)
    editor.set_viewport_size({"width": width, "height": 900})
    stored = found.accounts.get().document
    add = f"/documents/{stored.public_id}/mark/?quote=quotas"
    for address in (
        f"/meetings/{found.public_id}/participant/add/",
        f"/meetings/{found.public_id}/split/",
        add,
        f"{add}&do=meeting",
        f"{add}&do=evidence",
        found.get_absolute_url(),
    ):
        editor.goto(address)
        if address == found.get_absolute_url():
            editor.locator("#amend-value-place").click()
            editor.wait_for_selector("#editing")
        editor.evaluate(AXE)
        found_wrong = editor.evaluate(
            "axe.run().then((results) => results.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))"
        )
        assert (address, found_wrong) == (address, [])
        assert editor.evaluate("document.documentElement.scrollWidth") <= width
