"""Pictures in a real browser: drawn under the policy, narrowed by brush and by keyboard, taken home, and readable without JavaScript."""

import csv
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from meetings.models import Person
from tests.factories import CountryFactory, PersonFactory, PlaceFactory, UserFactory, told


@pytest.fixture
def world(transactional_db):
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia)
    kerry = PersonFactory(name="John Kerry", country=states)
    sochi = PlaceFactory(name="Sochi", country=russia, latitude=43.6, longitude=39.7)
    for year in (1991, 1995, 2007, 2013, 2015):
        told(lavrov, kerry, date=f"{year}-05-12", title=f"Talks of {year}", place=sochi)
    told(
        lavrov,
        kerry,
        title="In the country",
        date="",
        place=PlaceFactory(name="Russia", country=russia, precision="country"),
    )
    return {"sochi": sochi}


@pytest.fixture
def complaints(page):
    """What the browser complained of: scripts that failed, content that the policy refused."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def drawn(page, view: str):
    page.goto(f"/meetings/?q=country:RU&view={view}")
    canvas = page.locator(".canvas canvas")
    expect(canvas).to_be_visible()
    return canvas.bounding_box()


@pytest.mark.parametrize("view", ["timeline", "map", "network"])
def test_a_picture_is_drawn_under_the_policy_and_folds_its_table_away(world, page, complaints, view):
    drawn(page, view)
    expect(page.locator("details.as-table table").first).to_be_hidden()
    page.locator("details.as-table summary").click()
    expect(page.locator("details.as-table table").first).to_be_visible()
    ink = "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"
    assert page.locator(".canvas canvas").evaluate(ink) > 5, "nothing was drawn"
    assert complaints == []


def test_dragging_across_the_bars_narrows_the_question_and_a_new_brush_replaces_the_last(world, page, complaints):
    box = drawn(page, "timeline")
    middle = box["y"] + box["height"] / 2

    def drag(start: float, end: float) -> None:
        page.mouse.move(box["x"] + box["width"] * start, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (start + end) / 2, middle)
        page.mouse.move(box["x"] + box["width"] * end, middle)
        page.mouse.up()

    drag(0.55, 0.97)
    expect(page.locator("h1")).to_have_text(re.compile(r"3 meetings with Russia, from 200\d to 201\d"))
    expect(page).to_have_url(re.compile(r"q=country:RU\+after:200\d\+before:201\d&view=timeline"))
    expect(page.locator(".canvas canvas")).to_be_visible()
    drag(0.5, 0.995)
    expect(page.locator("h1")).to_have_text(re.compile("^2 meetings with Russia"))
    assert page.url.count("after:") == page.url.count("before:") == 1
    assert complaints == []


def test_the_same_is_done_by_keyboard(world, page):
    drawn(page, "timeline")
    page.get_by_label("From", exact=True).last.focus()
    page.keyboard.type("2007")
    page.keyboard.press("Tab")
    page.keyboard.type("2013")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("2 meetings with Russia, from 2007 to 2013")
    page.locator("details.as-table summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("^1 meeting with Russia"))


def test_a_mark_on_the_map_leads_to_its_meetings_and_the_map_comes_closer(world, page, complaints):
    box = drawn(page, "map")
    closer = page.get_by_role("button", name="Closer")
    closer.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Farther").click()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("h1")).to_have_text("5 meetings with Russia, in Sochi")
    assert complaints == []


@pytest.mark.parametrize("view", ["timeline", "calendar"])
def test_a_picture_is_taken_home_as_png_as_svg_and_as_its_table(world, page, complaints, view):
    page.goto(f"/meetings/?q=country:RU&view={view}")
    files = {}
    for name in ("PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[name] = download.value
    with page.expect_download() as download:
        page.locator(".picture").get_by_role("link", name="CSV of its table").click()
    files["CSV"] = download.value
    for name, file in files.items():
        assert re.fullmatch(rf"diplomacy-{view}-with-russia-\d{{4}}-\d\d-\d\d\.{name.lower()}", file.suggested_filename)
    assert files["PNG"].path().read_bytes().startswith(b"\x89PNG")
    picture = files["SVG"].path().read_text()
    assert ElementTree.fromstring(picture).tag.endswith("svg") and "Meetings with Russia" in picture
    rows = list(csv.reader(files["CSV"].path().open(encoding="utf-8-sig", newline="")))
    assert rows[0] == ["date", "meetings"] and (["2015", "1"] in rows or ["2015-05-12", "1"] in rows)
    assert complaints == []


def test_the_list_itself_is_taken_home(world, page):
    page.goto("/meetings/?q=country:RU+after:2000")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(download.value.path().open(encoding="utf-8-sig", newline="")))
    assert [row["title"] for row in rows] == ["Talks of 2015", "Talks of 2013", "Talks of 2007"]


def test_a_search_is_saved_and_opened_again(world, page):
    UserFactory(username="reader")
    page.goto("/meetings/?q=country:RU")
    page.get_by_role("link", name="Save").click()
    page.get_by_label("User name").fill("reader")
    page.get_by_label("Password").fill("a-long-pass-phrase")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Name for").fill("Moscow")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("Saved: Moscow")
    page.get_by_role("link", name="Moscow", exact=True).click()
    expect(page.locator("h1")).to_have_text("6 meetings with Russia")
    page.get_by_role("link", name="Searches").click()
    page.get_by_role("button", name="Delete Moscow").click()
    expect(page.locator("main")).to_contain_text("You keep no search yet.")


def test_dark_and_light_are_redrawn_when_the_reader_changes_them(world, page):
    drawn(page, "timeline")
    corner = "canvas => canvas.toDataURL().length && getComputedStyle(document.body).backgroundColor + canvas.toDataURL().slice(-400)"
    before = page.locator(".canvas canvas").evaluate(corner)
    page.emulate_media(color_scheme="dark")
    assert page.locator(".canvas canvas").evaluate(corner) != before


class TestWithoutJavaScript:
    @pytest.fixture
    def plain(self, browser, live_server):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
        yield context.new_page()
        context.close()

    @pytest.mark.parametrize("view", ["timeline", "map", "network", "calendar"])
    def test_the_table_says_all_and_leads_on(self, world, plain, view):
        plain.goto("/meetings/?q=country:RU")
        plain.get_by_role("link", name=view.capitalize(), exact=True).click()
        table = plain.locator(".picture table").first
        expect(table).to_be_visible()
        expect(plain.locator(".canvas:visible")).to_have_count(0)
        expect(plain.get_by_role("button", name="PNG")).to_have_count(0)
        table.get_by_role("link").first.click()
        expect(plain.locator("h1")).to_contain_text("meeting")
        expect(plain.locator(".meetings .title").first).to_be_visible()

    def test_a_period_is_typed(self, world, plain):
        plain.goto("/meetings/?q=country:RU&view=timeline")
        plain.locator("form.brush").get_by_label("From").fill("2013")
        plain.get_by_role("button", name="Narrow").click()
        expect(plain.locator("h1")).to_have_text("2 meetings with Russia, since 2013")


@pytest.mark.parametrize("view", ["timeline", "map", "network", "calendar"])
def test_no_picture_is_wider_than_a_telephone(world, page, view):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/meetings/?view={view}")
    if view != "calendar":
        expect(page.locator(".canvas canvas")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


WRITTEN = """window.written = [];
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, ...rest) {
  const width = this.measureText(text).width, from = { center: width / 2, right: width, end: width }[this.textAlign] ?? 0;
  window.written.push([text, this.getTransform().e + x - from, this.getTransform().e + x - from + width]);
  return fill.call(this, text, x, ...rest);
};"""


def test_the_names_of_a_network_are_whole_on_a_telephone(world, page):
    lavrov = Person.objects.filter(name="Sergey Lavrov", participants__isnull=False).first()
    for n, name in enumerate(("Condoleezza Rice", "Madeleine Albright", "Hillary Clinton", "Warren Christopher")):
        told(lavrov, PersonFactory(name=name, country_id="US"), date=f"2009-0{n + 1}-01", title=name)
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(WRITTEN)
    drawn(page, "network")
    page.wait_for_function("window.written.length > 4")
    people = {f"{person.name} {person.country_id}" for person in Person.objects.all()}
    written = page.evaluate("window.written")
    width = page.locator(".canvas").evaluate("canvas => canvas.clientWidth")
    assert {name for name, *_ in written} <= people
    assert all(left >= 0 and right <= width for _, left, right in written), written
