"""Whatever is called whatever, no page of the app is wider than the smallest telephone."""

import pytest
from django.conf import settings

from tests.addresses import filled, pages, visitor
from tests.restricted import WORD, open_world, users

WIDTH = 320  # CSS pixels, to which 1280 are brought by a zoom of 400 % (WCAG 2.2, 1.4.10)
LONGEST = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SCROLLED = "document.scrollingElement.scrollWidth - innerWidth"


def unbroken(row, longest: int | None) -> str:
    return f"{WORD}{LONGEST}"[:longest]


@pytest.fixture
def editor(transactional_db, browser, live_server):
    """A page of an editor in a narrow window, and what the addresses are made of."""
    world = open_world(users())
    world.filling = unbroken
    made_of = filled(world, f"{WORD}passage in a first paragraph of {LONGEST}.\n\n{WORD}passage in another.")
    session = visitor("editor", world).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": WIDTH, "height": 600}, java_script_enabled=False
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": live_server.url}])
    context.route("**/*.{png,js}", lambda route: route.abort())
    yield context.new_page(), made_of
    context.close()


def test_no_page_is_wider_than_the_smallest_telephone(editor):
    page, made_of = editor
    wide = {}
    for address in pages("editor", made_of):
        page.goto(address)
        if (more := page.evaluate(SCROLLED)) > 0:
            wide[address] = f"{more} px"
    assert wide == {}
