"""How much a page weighs with all that it loads, compressed, before the library that draws pictures."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.addresses import filled, pages, visitor
from tests.factories import CountryFactory, IssueFactory, PersonFactory, PlaceFactory, told
from tests.restricted import open_world, users

pytestmark = pytest.mark.django_db
MOST = 150 * 1024  # bytes


@pytest.fixture
def world():
    """Forty long meetings of six people each."""
    people = [PersonFactory(country=CountryFactory()) for _ in range(6)]
    issues = [IssueFactory() for _ in range(8)]
    place = PlaceFactory(name="Geneva", country=people[0].country)
    text = "\n\n".join(f"{n}. They spoke of {n} things, at length and in some detail." for n in range(1, 200))
    meetings = [told(*people, about=issues, date=f"{1950 + n}", place=place, text=text) for n in range(40)]
    return {"person": people[0], "country": people[0].country, "meeting": meetings[0], "issue": issues[0]}


PAGES = (
    "/", "/?view=timeline", "/?view=map", "/?view=network", "/?view=calendar", "/people/", "/help/", "/coverage/",
)  # fmt: skip


def weight(content: bytes) -> int:
    """Bytes of the page and of what it loads. Fails when that is not what our pages load, or has the library in it."""
    loaded = set(
        re.findall(
            r'<(?:script[^>]* src|link[^>]* rel="stylesheet"[^>]* href|img[^>]* src)="/static/([^"]+)"',
            content.decode(),
        )
    )
    assert {"css/base.css", "js/page.js"} <= loaded and not any("echarts" in name for name in loaded)
    return len(gzip.compress(content)) + sum(map(of_file, loaded))


@cache
def of_file(name: str) -> int:
    return len(gzip.compress(Path(finders.find(name)).read_bytes()))


def test_no_page_weighs_more_than_150_kb(client, world):
    document = world["meeting"].accounts.get().document
    addresses = [*PAGES, *(one.get_absolute_url() for one in (*world.values(), document))]
    weights = {address: weight(client.get(address).content) for address in addresses}
    assert {address: f"{each / 1024:.0f} KB" for address, each in weights.items() if each >= MOST} == {}


def test_nor_does_any_page_that_an_editor_sees():
    world = open_world(users())
    editor, addresses = visitor("editor", world), list(pages("editor", filled(world)))
    weights = {address: weight(editor.get(address).content) for address in addresses}
    assert len(weights) > 40
    assert {address: f"{each / 1024:.0f} KB" for address, each in weights.items() if each >= MOST} == {}
