"""Looking at records in a real browser: a meeting, its document, people, and what was between two."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import CountryFactory, EvidenceFactory, IssueFactory, PersonFactory, StatementFactory, told

TEXT = (
    "1. (C) Lavrov met Kerry in Sochi on May 12.\n\n"
    + "\n\n".join(f"{n}. (C) Other business of the day, at length. " + "More of it. " * 30 for n in range(2, 12))
    + "\n\n12. (C) They agreed to speak of Syria again."
)


@pytest.fixture
def world(transactional_db):
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia, aliases=["Сергей Лавров"])
    kerry = PersonFactory(name="John Kerry", country=states)
    syria = IssueFactory(key="syria", name="Syria")
    sochi = told(lavrov, kerry, about=(syria,), date="2015-05-12", title="Sochi talks", text=TEXT)
    account = sochi.accounts.get()
    StatementFactory(account=account, document=account.document, person=lavrov, country=russia, issue=syria)
    told(lavrov, kerry, about=(syria,), date="2013-09-12", title="Geneva talks")
    told(lavrov, kerry, date="2016-02-01", title="A call", medium="phone")
    return {"sochi": sochi, "lavrov": lavrov, "kerry": kerry, "document": account.document}


@pytest.fixture
def plain(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_meeting_is_cited_and_copied(world, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(world["sochi"].get_absolute_url())
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator("#announcement")).to_have_text("Copied")
    assert "“Sochi talks,” record of a meeting" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_text("BibTeX").click()
    with page.expect_download() as download:
        page.locator(".cite").get_by_role("link", name="Download").first.click()
    assert download.value.suggested_filename.endswith(".bib")


def test_before_and_after_lead_on_by_keyboard(world, page):
    page.goto(world["sochi"].get_absolute_url())
    after = page.locator(".beside").get_by_role("link", name="A call")
    after.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("A call")
    expect(page.locator(".beside").get_by_role("link")).to_have_text(["Sochi talks"])


def test_a_note_in_the_margin_leads_to_the_words_of_its_value(world, page):
    page.goto(world["document"].get_absolute_url())
    page.locator(".meeting-notes").get_by_role("link", name=re.compile("^date")).click()
    expect(page).to_have_url(re.compile(r"#c\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("link", name="its marks alone").click()
    expect(page.get_by_text("Marked: only what tells of Sochi talks")).to_be_visible()


def test_the_marks_of_a_document_are_one_stop_of_the_keyboard_and_arrows_lead_through_them(world, page):
    revision, account = world["document"].revisions.get(), world["sochi"].accounts.get()
    EvidenceFactory(revision=revision, account=account, quote="speak of Syria", field="issue")
    page.goto(world["document"].get_absolute_url())
    marks = page.locator(".text mark")
    expect(page.locator(".text mark[tabindex='0']")).to_have_count(1)
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(marks.first).to_be_focused()
    expect(marks.first).to_have_attribute("tabindex", "0")


def test_somebody_is_added_to_a_person_by_typing(world, page):
    page.goto(world["lavrov"].get_absolute_url())
    box = page.get_by_role("combobox", name="Seen together with")
    box.press_sequentially("kerr")
    expect(page.get_by_role("option", name="John Kerry")).to_be_visible()
    for key in ("ArrowDown", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(
        re.compile(r"Sergey Lavrov\s+–\s+John Kerry|John Kerry\s+–\s+Sergey Lavrov")
    )
    expect(page.locator(".lanes li svg.track")).to_have_count(4)


def test_without_javascript_the_whole_way_works(world, plain):
    plain.goto(world["lavrov"].get_absolute_url())
    plain.get_by_label("Seen together with").fill("Kerry")
    plain.get_by_role("button", name="Show").click()
    expect(plain.locator(".sentence")).to_contain_text("3 meetings: the first known 12 September 2013")
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
    plain.get_by_text("As a table").click()
    expect(plain.get_by_role("row", name=re.compile("^2016"))).to_be_visible()
    plain.get_by_role("link", name="Sochi talks").first.click()
    plain.get_by_role("link", name=re.compile("12 May 2015")).first.click()
    plain.get_by_role("link", name="Read on in the document").click()
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download the text").click()
    assert download.value.suggested_filename.endswith(".txt")


def test_paper_has_the_record_and_nothing_to_click(world, page):
    page.goto(world["sochi"].get_absolute_url())
    page.emulate_media(media="print")
    for what in (".masthead", ".actions", ".card-slot", ".cite details"):
        expect(page.locator(what).first).to_be_hidden()
    expect(page.locator(".chicago")).to_be_visible()


def test_what_is_folded_away_on_the_page_is_on_paper(world, page):
    account = world["sochi"].accounts.get()
    said = {"person": world["lavrov"], "country": world["lavrov"].country, "issue": account.statements.get().issue}
    for n in range(1, 6):
        StatementFactory(account=account, document=account.document, order=n, **said)
    page.goto(world["sochi"].get_absolute_url())
    folded = page.locator(".more-said .turn").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_be_visible()


def test_the_pictures_of_a_person_are_drawn_once_they_are_seen_and_their_library_is_fetched_then(world, page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(world["lavrov"].get_absolute_url())
    page.set_viewport_size({"width": 1280, "height": 300})
    page.reload()
    page.wait_for_load_state("networkidle")
    fetched.clear()
    page.get_by_role("link", name="network").click()
    canvas = page.locator("#network canvas").first
    expect(canvas).to_be_visible()
    assert sum("echarts" in url for url in fetched) == 1
    page.get_by_text("The same as tables").click()
    expect(page.locator("#network table").first).to_contain_text("John Kerry")


def test_a_picture_that_comes_by_itself_takes_nobody_past_the_beginning_of_the_page(world, page):
    page.goto(world["lavrov"].get_absolute_url())
    page.evaluate("document.querySelector('#network').scrollIntoView()")
    page.locator("#network .picture").wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()


def test_the_library_is_left_where_nothing_is_drawn(world, page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    for address in ("/", "/people/", "/countries/", "/topics/", world["sochi"].get_absolute_url(), "/coverage/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "echarts" in url]
