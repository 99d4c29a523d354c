"""The main ways through the pages, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Evidence
from tests.factories import CountryFactory, IssueFactory, PersonFactory, told

TEXT = "Minister Lavrov met Secretary Kerry in Sochi on May 12. They spoke of Syria.\n\nThey will meet again."


@pytest.fixture
def world(transactional_db):
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia, aliases=["Сергей Лавров"])
    kerry, rice = (
        PersonFactory(name="John Kerry", country=states),
        PersonFactory(name="Condoleezza Rice", country=states),
    )
    syria = IssueFactory(key="syria", name="Syria")
    sochi = told(lavrov, kerry, about=(syria,), date="2015-05-12", title="Sochi talks", text=TEXT)
    told(lavrov, rice, date="2007-05-29", title="A call", medium="phone")
    told(kerry, date="2014-01", title="Kerry alone")
    for n in range(26):
        told(PersonFactory(name=f"Envoy {n}"), date="1955", title=f"Talks {n}")
    return {"sochi": sochi, "lavrov": lavrov, "kerry": kerry}


@pytest.fixture
def complaints(page):
    """What the browser complained of: scripts that failed, content that the policy refused."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def titles(page):
    return page.locator(".meetings .title").all_inner_texts()


def test_a_country_is_chosen_in_place_and_the_browser_goes_back_and_forward(world, page, complaints):
    page.goto("/")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name=re.compile("^United States")).first.click()
    expect(page.locator("h1")).to_have_text("3 meetings with the United States")
    expect(page).to_have_url(re.compile(r"/\?q=country:%22United\+States%22$"))
    assert page.evaluate("window.kept"), "the page was loaded anew"
    assert page.title() == "3 meetings with the United States · Diplomacy"
    page.get_by_role("link", name=re.compile("^Russia")).first.click()
    expect(page.locator("h1")).to_have_text("2 meetings between the United States and Russia")
    page.go_back()
    expect(page.locator("h1")).to_have_text("3 meetings with the United States")
    expect(page.locator(".masthead")).to_have_count(1)
    expect(page.get_by_role("combobox", name="Search the meetings")).to_have_count(1)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("2 meetings between the United States and Russia")
    page.get_by_role("link", name="Drop “with the United States”").click()
    expect(page.locator("h1")).to_have_text("2 meetings with Russia")
    assert complaints == []


def test_a_claims_passage_opens_beside_the_meeting_and_leads_into_the_document(world, page, complaints):
    page.goto(world["sochi"].get_absolute_url())
    date = page.get_by_role("link", name=re.compile("12 May 2015")).first
    date.focus()
    page.keyboard.press("Enter")
    card = page.locator("#card .claim-card")
    expect(card.locator("mark")).to_have_text("Minister Lavrov met Secretary Kerry in Sochi on May 12.")
    expect(card).to_be_focused()
    expect(page).to_have_url(re.compile("sochi-talks/$"))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(date).to_be_focused()
    date.click()
    card.get_by_role("link", name="Read on in the document").click()
    expect(page).to_have_url(re.compile(r"/documents/.*#c\d+$"))
    expect(page.locator("#p1")).to_be_in_viewport()
    assert complaints == []


def test_pages_turn_in_place(world, page):
    page.goto("/")
    page.get_by_role("link", name="older ›").click()
    expect(page.locator(".toolbar .range")).to_contain_text("26–29 of 29")
    expect(page).to_have_url(re.compile(r"/\?page=2$"))


def test_an_error_in_place_is_shown_as_the_page_that_it_is(world, page):
    page.goto("/")
    broken = "<h1>Something went wrong here</h1>"
    page.route(
        re.compile("country:%22United"), lambda route: route.fulfill(status=500, content_type="text/html", body=broken)
    )
    page.locator("#choose-country-US").click()
    expect(page.locator("h1")).to_have_text("Something went wrong here")


def test_a_person_pages_through_their_meetings_and_leads_to_those_shared(world, page):
    page.goto(world["lavrov"].get_absolute_url())
    page.get_by_title("What there was between Sergey Lavrov and John Kerry").click()
    expect(page.locator("h1")).to_contain_text("Sergey Lavrov")
    expect(page.locator(".sentence")).to_contain_text("1 meeting")


class TestWithoutJavaScript:
    @pytest.fixture
    def plain(self, browser, live_server):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_searching_narrowing_and_reading_work(self, world, plain):
        plain.goto("/")
        plain.get_by_label("Search the meetings").fill("with:Lawrow")
        plain.get_by_role("button", name="Search").first.click()
        expect(plain.locator("h1")).to_have_text("2 meetings with Sergey Lavrov")
        expect(plain.get_by_text("“Lawrow” was taken for Sergey Lavrov (Russia).")).to_be_visible()
        plain.get_by_role("link", name=re.compile("^Syria")).first.click()
        plain.get_by_role("link", name="Sochi talks").click()
        plain.get_by_role("link", name=re.compile("12 May 2015")).first.click()
        assert f"/claims/{Evidence.objects.get(field='date', account__meeting=world['sochi']).pk}/" in plain.url
        expect(plain.locator("mark")).to_contain_text("May 12")
        plain.get_by_role("link", name="Read on in the document").click()
        expect(plain.locator("#p1")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1280, 1600])
def test_no_page_is_wider_than_the_window(world, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    sochi, lavrov = world["sochi"], world["lavrov"]
    things = [sochi, lavrov, lavrov.country, sochi.accounts.get().document]
    lists = ["/", "/?q=country:US+talks", "/people/", "/countries/", "/topics/", "/documents/", "/help/", "/sources/"]
    for address in [*lists, "/accounts/login/", "/nowhere/", *(thing.get_absolute_url() for thing in things)]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
