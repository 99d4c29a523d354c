"""Asking: by keyboard alone, in the box and in the fields, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import CountryFactory, IssueFactory, OrganisationFactory, ParticipantFactory, PersonFactory, told


@pytest.fixture
def world(transactional_db):
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia, aliases=["Сергей Лавров"])
    kerry = PersonFactory(name="John Kerry", country=states)
    syria = IssueFactory(key="syria", name="Syria")
    told(lavrov, kerry, about=(syria,), date="2015-05-12", title="Sochi talks", text="They spoke of missile defense.")
    told(lavrov, date="2007-05-29", title="A call", medium="phone")
    told(kerry, date="2014-01", title="Kerry alone")
    return {"lavrov": lavrov, "kerry": kerry}


@pytest.fixture
def complaints(page):
    """What the browser complained of: scripts that failed, content that the policy refused."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_a_question_is_asked_in_the_box_by_keyboard_alone(world, page, complaints):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    box = page.get_by_role("combobox", name="Search the meetings")
    expect(box).to_be_focused()
    page.keyboard.type("with:Лавр")
    option = page.get_by_role("option", name=re.compile("Sergey Lavrov"))
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    lavrov = f'with:"Sergey Lavrov #{world["lavrov"].pk}" '
    expect(box).to_have_value(lavrov)
    page.keyboard.type("kerr")
    page.get_by_role("option", name=re.compile("John Kerry")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(f'{lavrov}with:"John Kerry #{world["kerry"].pk}" ')
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("1 meeting with Sergey Lavrov and John Kerry")
    expect(page.locator("#announcement")).to_have_text("1 meeting with Sergey Lavrov and John Kerry")
    assert complaints == []


def test_suggestions_can_be_sent_away_and_what_was_typed_is_asked(world, page):
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the meetings")
    box.press_sequentially("with:kerr")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box.press_sequentially("y")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("2 meetings with John Kerry")


def test_the_box_and_the_fields_stay_in_step(world, page, complaints):
    page.goto("/?q=missile")
    page.get_by_text("Search by field").click()
    page.get_by_label("About").press_sequentially("syr")
    page.get_by_role("option", name=re.compile("^Syria")).click()
    page.get_by_label("Form").select_option("In person")
    page.get_by_label("Role").press("Enter")
    expect(page.locator("h1")).to_have_text("1 meeting about Syria, in person, matching “missile”")
    box = page.get_by_role("combobox", name="Search the meetings")
    expect(box).to_have_value("missile about:syria medium:in_person")
    box.fill("about:syria")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("1 meeting about Syria")
    expect(page.locator("#field-medium-1")).to_have_value("")
    assert complaints == []


def test_conditions_are_turned_round_set_aside_and_dropped(world, page):
    page.goto("/?q=country:US+medium:phone")
    expect(page.locator("h1")).to_have_text("No meetings with the United States, by telephone")
    page.get_by_role("link", name=re.compile("^not: .*“by telephone”")).click()
    expect(page.locator("h1")).to_have_text("2 meetings with the United States, not by telephone")
    page.get_by_role("link", name=re.compile("^off: .*“with the United States”")).click()
    expect(page.locator("h1")).to_have_text("2 meetings not by telephone")
    page.get_by_role("link", name=re.compile("^on: ")).click()
    expect(page.locator("h1")).to_have_text("2 meetings with the United States, not by telephone")
    page.get_by_role("link", name="Drop “not by telephone”").click()
    expect(page.locator("h1")).to_have_text("2 meetings with the United States")
    page.go_back()
    expect(page.locator("h1")).to_have_text("2 meetings with the United States, not by telephone")


def test_the_keyboard_gets_past_what_narrows_the_list_in_one_step(world, page):
    page.goto("/")
    page.get_by_text("Search by field").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="On to the meetings")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()


@pytest.fixture
def alliance(world):
    nato = OrganisationFactory(key="nato", name="North Atlantic Treaty Organization", acronym="NATO")
    ParticipantFactory(meeting=told(world["kerry"], title="In Brussels"), name="An official", organisation=nato)


def test_an_organisation_is_chosen_in_its_field_and_stands_in_the_box(alliance, page, complaints):
    page.goto("/")
    page.get_by_text("Search by field").click()
    field = page.get_by_role("combobox", name="Organisation", exact=True)
    field.press_sequentially("nato")
    page.get_by_role("option", name=re.compile("North Atlantic Treaty Organization")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("North Atlantic Treaty Organization")
    field.press("Enter")
    expect(page.locator("h1")).to_have_text("1 meeting with somebody for the North Atlantic Treaty Organization")
    expect(page.locator("#q")).to_have_value('organisation:"North Atlantic Treaty Organization"')
    expect(page.locator("#field-organisation-1")).to_have_value("North Atlantic Treaty Organization")
    assert complaints == []


class TestWithoutJavaScript:
    @pytest.fixture
    def plain(self, browser, live_server):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_the_box_the_fields_and_the_facets_work(self, world, plain):
        plain.goto("/")
        plain.get_by_text("Search by field").click()
        plain.locator("#field-with-1").fill("Lawrow")
        plain.locator("#field-after-1").fill("2010")
        plain.locator("#field-after-1").press("Enter")
        expect(plain.locator("h1")).to_have_text("1 meeting with Sergey Lavrov, since 2010")
        expect(plain.locator("#q")).to_have_value("with:Lawrow after:2010")
        plain.get_by_role("link", name="Drop “since 2010”").click()
        plain.locator("#choose-about-" + str(IssueFactory(key="syria").pk)).click()
        expect(plain.locator("h1")).to_have_text("1 meeting with Sergey Lavrov, about Syria")

    def test_an_organisation_is_asked_for_by_its_acronym(self, alliance, plain):
        plain.goto("/")
        plain.get_by_text("Search by field").click()
        plain.locator("#field-organisation-1").fill("nato")
        plain.locator("#field-organisation-1").press("Enter")
        expect(plain.locator("h1")).to_have_text("1 meeting with somebody for the North Atlantic Treaty Organization")
        expect(plain.locator("#q")).to_have_value("organisation:nato")
        plain.locator("#q").fill("organisation:nato with:Kerry")
        plain.locator("#q").press("Enter")
        expect(plain.locator("#field-with-1")).to_have_value("Kerry")
