"""On a telephone: what is pressed is large enough for a finger, and a table that goes on beside the screen says so."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.addresses import filled, visitor
from tests.browser.test_accessibility import AXE
from tests.restricted import open_world, users

# WCAG 2.2, 2.5.8: 24 pixels, or room around it; fields and the buttons that do something are 44 high (2.5.5).
TOO_CLOSE = """async () => {
  const { violations } = await axe.run(document, { runOnly: { type: "rule", values: ["target-size"] } });
  return violations.flatMap(({ nodes }) => nodes.map((node) => node.html.slice(0, 120)));
}"""
TOO_LOW = """() => [...document.querySelectorAll(`main :is(input, select, button, .button), #content-main .submit-row :is(input, a)`)]
  .filter((each) => !each.matches(".quiet, .selector *, [type=hidden], [type=checkbox], [type=radio]") && each.checkVisibility())
  .filter((each) => each.offsetWidth > 1 && each.offsetHeight < 44)
  .map((each) => `${each.outerHTML.slice(0, 120)}: ${each.offsetHeight} px`)"""
PAGES = (
    "{meeting_url}", "{document_url}", "/review/", "/review/who/{participant}/", "/activity/", "/upload/{upload}/", "/merge/people/",
    "/meetings/{meeting}/participant/add/", "/admin/", "/admin/meetings/meeting/", "/admin/meetings/meeting/{meeting_row}/change/",
    "/admin/meetings/person/import/", "/admin/auth/user/{user_row}/change/",
)  # fmt: skip
OPENED = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"


@pytest.fixture
def telephone(transactional_db, browser, live_server):
    """Pages of an administrator on a telephone, and what the addresses are made of."""
    world = open_world(users())
    made_of = filled(world)
    session = visitor("administrator", world).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": live_server.url}])
    context.route("**/*.png", lambda route: route.abort())
    yield context.new_page(), made_of
    context.close()


def test_what_is_pressed_is_large_enough_for_a_finger(telephone):
    page, made_of = telephone
    small = {}
    for address in (one.format(**made_of) for one in PAGES):
        page.goto(address)
        page.evaluate(OPENED)
        page.evaluate(AXE)
        if found := page.evaluate(TOO_CLOSE) + page.evaluate(TOO_LOW):
            small[address] = found[:4]
    assert small == {}


def fades(table, before: str, after: str) -> None:
    expect(table).to_have_css("--after", after)
    expect(table).to_have_css("--before", before)


def test_a_table_that_goes_on_beside_the_screen_fades_there_and_nowhere_else(telephone):
    page, _ = telephone
    for address in ("/coverage/", "/admin/meetings/meeting/"):
        page.goto(address)
        table = page.locator(".scroll, .results").filter(has=page.locator("table")).first
        table.evaluate("frame => { frame.querySelector('table').style.minWidth = '70rem'; }")
        fades(table, before="0px", after="48px")
        table.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
        fades(table, before="48px", after="0px")
        table.evaluate("frame => { frame.style.width = '70rem'; }")  # as a telephone is turned
        fades(table, before="0px", after="0px")
