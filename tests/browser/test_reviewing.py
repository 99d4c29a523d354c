"""The review queue by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from meetings.models import Judgement, Meeting
from tests.browser.test_accessibility import LOOKS, violations
from tests.factories import CountryFactory, EditorFactory, IssueFactory, PersonFactory, told

TEXT = "Minister Lind met Minister Duarte in Lisbon on 3 March.\n\nThey spoke of fish."


@pytest.fixture
def waiting(transactional_db):
    """Three meetings that nobody has looked at, the least sure first."""
    EditorFactory(username="ed")
    lind = PersonFactory(name="Jonas Lind", country=CountryFactory(key="SE"))
    fish = IssueFactory(theme=IssueFactory())
    meetings = [told(lind, about=(fish,), text=TEXT, date=f"199{n}", confidence=n / 10) for n in (2, 5, 8)]
    for meeting in meetings:
        meeting.accounts.update(confidence=meeting.confidence)  # from which it is derived anew
    return meetings


def sign_in(page) -> None:
    page.goto("/accounts/login/?next=/review/")
    page.get_by_label("User name").fill("ed")
    page.get_by_label("Password").fill("a-long-pass-phrase")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 of 3 waiting").wait_for()
    page.wait_for_load_state()  # a key pressed before the script runs is lost


def review(meeting: Meeting) -> str:
    return Meeting.objects.get(pk=meeting.pk).review


def test_every_decision_is_one_key(waiting, page):
    refused = []
    page.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))
    sign_in(page)
    page.keyboard.press("s")
    page.get_by_role("heading", name="2 of 3 waiting").wait_for()
    page.keyboard.press("x")
    page.get_by_role("heading", name="2 of 2 waiting").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Taken back").first.wait_for()
    assert [review(meeting) for meeting in waiting] == ["unreviewed"] * 3
    assert "at=" in page.url  # what was taken back is looked at again
    page.keyboard.press("d")
    page.get_by_role("heading", name="2 of 2 waiting").wait_for()
    page.keyboard.press("a")
    page.get_by_text("You have come to the end").wait_for()
    page.keyboard.press("s")
    page.get_by_role("heading", name="1 of 1 waiting").wait_for()
    assert [review(meeting) for meeting in waiting] == ["unreviewed", "unsure", "confirmed"]
    page.keyboard.press("e")
    page.wait_for_url(f"**{waiting[0].get_absolute_url()}")
    assert refused == []


def test_an_impatient_key_decides_once_and_a_lost_session_leads_back_to_the_queue(waiting, page):
    sign_in(page)
    for _ in range(3):
        page.keyboard.press("a")
    page.get_by_role("heading", name="1 of 2 waiting").wait_for()
    assert [review(meeting) for meeting in waiting] == ["confirmed", "unreviewed", "unreviewed"]
    expect(page.get_by_text("Meanwhile")).to_have_count(0)
    page.context.clear_cookies()
    page.keyboard.press("a")
    page.wait_for_url("**/accounts/login/?next=/review/")


def test_keys_rest_while_one_types_and_with_a_modifier_and_when_switched_off(waiting, page):
    sign_in(page)
    page.keyboard.press("r")
    page.keyboard.type("a sad axe")
    page.keyboard.press("Enter")
    expect(page.get_by_placeholder("Reason, if you like")).to_have_value("a sad axe")
    page.keyboard.press("Escape")
    for chord in ("Control+a", "Alt+x", "Meta+d"):
        page.keyboard.press(chord)
    assert not Judgement.objects.exists()
    page.keyboard.press("?")
    page.get_by_label("Listen to single keys").uncheck()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert not Judgement.objects.exists()


def test_a_value_leads_to_its_passage(waiting, page):
    sign_in(page)
    page.get_by_role("link", name="passage for Date").click()
    expect(page.locator(":target ~ mark").first).to_be_visible()


def test_everything_works_without_javascript(waiting, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.get_by_placeholder("Reason, if you like").fill("The diary says so.")
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("heading", name="1 of 2 waiting").wait_for()
    assert (review(waiting[0]), Judgement.objects.get().reason) == ("rejected", "The diary says so.")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back:").wait_for()
    page.goto("/review/")
    page.get_by_role("link", name="Skip s").click()
    page.get_by_role("heading", name="2 of 3 waiting").wait_for()
    page.get_by_role("link", name="all like this").first.click()
    page.get_by_label("Here and in 2 other meetings").check()
    page.get_by_label("Nobody known here").check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Decided in 3 meetings").wait_for()
    page.goto("/activity/")
    expect(page.get_by_text("In 3 meetings")).to_be_visible()
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_text("Taken back:").wait_for()
    context.close()


@pytest.mark.parametrize("scheme, width", LOOKS)
def test_no_page_of_it_has_a_barrier(waiting, browser, live_server, scheme, width):
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    sign_in(page)
    page.keyboard.press("x")
    page.get_by_role("heading", name="1 of 2 waiting").wait_for()
    met = waiting[1]
    found = {}
    for address in (
        "/review/",
        "/review/?q=country:NO",
        f"/review/who/{met.participants.get().pk}/",
        f"/review/what/{met.agenda.get().pk}/",
        "/activity/",
        f"/meetings/{waiting[0].public_id}/history/",
    ):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        if complaints := violations(page):
            found[address] = complaints
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == {}
    context.close()
