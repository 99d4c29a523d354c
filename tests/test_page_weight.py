"""How much a page weighs with all that it loads, compressed, before the library that draws pictures."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.factories import CountryFactory, IssueFactory, PersonFactory, PlaceFactory, told

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


@pytest.mark.parametrize(
    "what", ["/", "/?view=timeline", "/?view=map", "/?view=network", "/?view=calendar", "/people/", "/help/", "/coverage/",
             "person", "country", "meeting", "document", "issue"],
)  # fmt: skip
def test_no_page_weighs_more_than_150_kb(client, world, what):
    if what == "document":
        address = world["meeting"].accounts.get().document.get_absolute_url()
    else:
        address = what if what.startswith("/") else world[what].get_absolute_url()
    content = client.get(address).content
    loaded = set(
        re.findall(
            r'<(?:script[^>]* src|link[^>]* rel="stylesheet"[^>]* href|img[^>]* src)="/static/([^"]+)"',
            content.decode(),
        )
    )
    assert {"css/base.css", "js/page.js"} <= loaded and not any("echarts" in name for name in loaded)
    files = [Path(finders.find(name)).read_bytes() for name in loaded]
    weight = sum(len(gzip.compress(body)) for body in (content, *files))
    assert weight < MOST, f"{weight / 1024:.0f} KB"
