"""axe-core finds nothing to complain of on any page, light and dark, wide and narrow."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import (
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    UserFactory,
    told,
)

AXE = (Path(__file__).parents[1] / "data" / "axe-core" / "axe.min.js").read_text()
LOOKS = [("light", 1280), ("dark", 1280), ("light", 390)]
TEXT = (
    "1. (SBU) Minister Lavrov met Secretary Kerry in Sochi on May 12.\n\nThey spoke of Syria.\n\nThey will meet again."
)


@pytest.fixture
def world(transactional_db):
    """One of everything that a page can show."""
    russia = CountryFactory(key="RU", name="Russia", capital="Moscow", latitude=55.75, longitude=37.6)
    states = CountryFactory(key="US", name="United States")
    theme = IssueFactory(key="theme-security", name="Security")
    syria = IssueFactory(key="syria", name="Syria", theme=theme)
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia, aliases=["Сергей Лавров"])
    kerry = PersonFactory(name="John Kerry", country=states)
    PositionFactory(person=lavrov, title="Foreign Minister", start="2004-03-09", country=russia)
    sochi = PlaceFactory(name="Sochi", country=russia, latitude=43.6, longitude=39.7)
    meeting = told(lavrov, kerry, about=(syria,), date="2015-05-12", title="Sochi talks", text=TEXT, place=sochi)
    account = meeting.accounts.get()
    StatementFactory(document=account.document, account=account, person=lavrov, country=russia, issue=syria)
    told(
        lavrov,
        kerry,
        about=(syria,),
        date="2007-05",
        title="A call",
        medium="phone",
        status="planned",
        place_inferred=True,
        place=sochi,
        confidence=0.4,
    )
    told(kerry, date="", title="Kerry alone", place=PlaceFactory(name="Russia", country=russia, precision="country"))
    for n in range(26):
        told(PersonFactory(name=f"Envoy {n}", country=states), date=str(1950 + n), title=f"Talks {n}")
    DocumentFactory(title="Broken", state="failed", reason="It is no PDF.", date="", collection=CollectionFactory())
    return {"meeting": meeting, "lavrov": lavrov, "kerry": kerry, "syria": syria, "theme": theme, "russia": russia}


def addresses(world) -> list[str]:
    meeting, lavrov, kerry = world["meeting"], world["lavrov"], world["kerry"]
    account = meeting.accounts.get()
    lists = [
        "/",
        "/?page=2",
        "/meetings/?q=with:Lawrow+country:US+about:Syria+after:2005&sort=oldest",
        "/meetings/?q=after:2100+colour:blue",
        "/meetings/?q=Syria+with:Lavrov&off=medium:phone&sort=relevance",
    ]
    pictures = [f"/meetings/?q=country:RU&view={view}" for view in ("timeline", "map", "network", "calendar")]
    things = [meeting, lavrov, world["russia"], world["syria"], world["theme"], account.document]
    return [
        *lists,
        *pictures,
        *(thing.get_absolute_url() for thing in things),
        f"/meetings/{meeting.public_id}/claims/{account.evidence.first().pk}/",
        "/relations/ru-us/",
        f"/people/{lavrov.pk}/with/{kerry.pk}/",
        "/people/",
        "/people/?q=Lawrow",
        "/countries/",
        "/topics/",
        "/documents/",
        "/documents/?q=Syria",
        "/coverage/",
        "/sources/",
        "/help/",
        "/accounts/login/",
        "/accounts/forgotten/",
        "/nowhere/",
    ]


def violations(page) -> list[str]:
    if not barriers(page):
        return []
    page.wait_for_load_state("networkidle")  # a panel may have been replaced while it was looked at
    return barriers(page)


def barriers(page) -> list[str]:
    expect(page.locator(".htmx-request")).to_have_count(0)  # panels that change meanwhile lose their names
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{each['id']}: {each['help']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


@pytest.fixture
def look(request, browser, live_server):
    scheme, width = request.param
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: "-".join(map(str, look)))
def test_no_page_has_a_barrier(world, look):
    found = {}
    for address in addresses(world):
        look.goto(address)
        if "view=" in address and "calendar" not in address:
            look.locator(".canvas canvas").wait_for()
            assert violations(look) == [], address
            look.locator(".as-table summary").click()
        if complaints := violations(look):
            found[address] = complaints
    assert found == {}


@pytest.mark.parametrize("look", LOOKS[:2], indirect=True, ids=lambda look: "-".join(map(str, look)))
def test_nor_has_what_opens_on_a_page_or_waits_behind_a_door(world, look, live_server):
    reader = UserFactory(username="reader")
    reader.searches.create(name="Moscow", query="q=country:RU")
    look.goto("/accounts/login/?next=/searches/%3Fq%3Dcountry:RU")
    look.get_by_label("User name").fill("reader")
    look.get_by_label("Password").fill("a-long-pass-phrase")
    look.get_by_role("button", name="Sign in").click()
    look.get_by_label("Name for").wait_for()
    assert violations(look) == []
    for address in ("/accounts/password/", "/queue/"):  # the latter is not for readers, and says so
        look.goto(address)
        assert violations(look) == [], address
    look.goto(world["meeting"].get_absolute_url())
    look.locator("a.claim").first.click()
    look.locator("#card .claim-card").wait_for()
    assert violations(look) == []
    look.goto("/")
    for summary in look.locator("main summary").all():
        summary.click()
    assert violations(look) == []
