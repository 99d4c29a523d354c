"""Nothing tells of what one may not see: every address, as everybody who may ask."""

import random
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from meetings import rollups
from meetings.models import Document
from tests.addresses import ROLES, ask, content, filled, lines, routes, visitor
from tests.factories import CollectionFactory, DocumentFactory
from tests.restricted import World, open_world, users

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'(csrfmiddlewaretoken" value=")\w+')
TELLING = ("Location", "ETag", "Last-Modified", "Content-Disposition", "Content-Type", "HX-Redirect", "Link")


@pytest.fixture
def world() -> World:
    return open_world(users())


def said(response) -> tuple:
    """All that an answer tells, less what is new each time."""
    headers = {name: response[name] for name in TELLING if response.has_header(name)}
    return response.status_code, headers, TOKEN.sub(rb"\1", content(response))


def test_every_address_stands_in_the_table():
    known, configured = {route for route, _, _ in lines()}, set(routes())
    assert configured - known == set(), "new: add a line to tests/addresses.py"
    assert known - configured == set(), "gone: take the line out of tests/addresses.py"


TABLE = list(lines())
ADMIN = [line for line in TABLE if line[0].startswith("admin/")]
PAGES = [line for line in TABLE if not line[0].startswith("admin/")]
# One address a line, and of the admin, whose pages are alike, some lines.
FIRST = [(route, answers, addresses[:1]) for route, answers, addresses in PAGES]
SAMPLE = FIRST + random.Random(1968).sample(ADMIN, 20)
long = pytest.mark.soak


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(world, role):
    made_of = filled(world)
    client = visitor(role, world)
    differing = []
    for _, answers, addresses in TABLE:
        expected = int(answers.split()[ROLES.index(role)])
        for address in addresses:
            if "POST" in address:
                status = sent(role, world, address.format(**made_of)).status_code
            else:
                status = ask(client, address.format(**made_of)).status_code
            if status != expected:
                differing.append(f"{address}: {status}, expected {expected}")
    if differing:
        pytest.fail("\n".join(differing))


def sent(role: str, world: World, address: str):
    """The answer to a form, whose work is undone."""
    point = transaction.savepoint()
    try:
        return ask(visitor(role, world), address)
    finally:
        transaction.savepoint_rollback(point)


# Where a form is anybody's, or that of everybody who is signed in.
FORMS = ("/accounts/", "/searches/", "/admin/logout/", "/admin/password_change/")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", [SAMPLE, pytest.param(TABLE, marks=long)], ids=["sample", "all"])
def test_a_form_is_refused_wherever_its_page_is_and_to_readers_everywhere(world, role, table):
    made_of = filled(world)
    taken = []
    for _, answers, addresses in table:
        closed = int(answers.split()[ROLES.index(role)]) in {403, 404} or role in {"stranger", "other", "named"}
        for address in addresses if closed else ():
            if "POST" in address or address.startswith(FORMS):
                continue
            answer = sent(role, world, f"POST {address.format(**made_of)}")
            to_sign_in = answer.status_code == 302 and "/login/?next=" in answer["Location"]
            if not to_sign_in and answer.status_code not in {403, 404, 405}:
                taken.append(f"{address}: {answer.status_code} {answer.get('Location')}")
    if taken:
        pytest.fail("\n".join(taken))


OPEN_TO_ALL = ("/accounts/login/", "/accounts/forgotten/", "/accounts/new/", "/health/")


def test_of_a_site_for_members_a_stranger_sees_the_way_in_and_nothing_else(world, settings):
    settings.SITE_PUBLIC = False
    made_of = filled(world)
    client, differing = visitor("stranger", world), []
    for _, _, (address, *_) in TABLE:
        response = ask(client, address.format(**made_of))
        inside = not address.startswith(OPEN_TO_ALL)
        if inside and not (
            response.status_code == 302 and response.url.startswith(("/accounts/login/?next=", "/admin/login/?next="))
        ):
            differing.append(f"{address}: {response.status_code} {response.get('Location')}")
        words = {word for word in world.words if word.encode() in content(response)}
        if words or (not inside and response.status_code not in {200, 302}):
            differing.append(f"{address}: {response.status_code} {words}")
    if differing:
        pytest.fail("\n".join(differing))


@pytest.mark.parametrize(
    ("role", "counts"),
    [
        ("stranger", "live"),
        ("other", "ahead"),
        pytest.param("stranger", "ahead", marks=long),
        pytest.param("other", "live", marks=long),
    ],
)
def test_who_may_not_see_something_is_answered_as_if_it_were_not_there(world, role, counts, monkeypatch):
    """The same answers, to the byte, with the restricted collection and without it."""
    if counts == "ahead":
        monkeypatch.setattr(rollups, "LIVE", 0)
    client = visitor(role, world)
    point = transaction.savepoint()
    made_of = filled(world)
    asked = [address.format(**made_of) for _, _, addresses in PAGES for address in addresses if "POST" not in address]
    having = {address: answer for address, answer in told_by(client, asked)}
    transaction.savepoint_rollback(point)
    leaking = []
    for address, without in told_by(client, asked):
        if having[address] != without:
            leaking.append(f"{address}: {difference(having[address], without)}")
        words = {word for word in world.words if word.encode() in having[address][2] and word not in address}
        if words:
            leaking.append(f"{address}: {sorted(words)}")
    if leaking:
        pytest.fail("\n".join(leaking))


def told_by(client: Client, asked: list[str]) -> Iterator[tuple[str, tuple]]:
    """What the addresses answer; what is counted ahead or kept is made anew first."""
    rollups.refresh()
    cache.clear()
    for address in asked:
        yield address, said(ask(client, address))


def difference(one: tuple, other: tuple) -> str:
    """Where two answers part."""
    if one[:2] != other[:2]:
        return f"{one[:2]} / {other[:2]}"
    at = next(
        (at for at, (a, b) in enumerate(zip(one[2], other[2], strict=False)) if a != b), min(len(one[2]), len(other[2]))
    )
    return f"{one[2][at - 60 : at + 60]!r} / {other[2][at - 60 : at + 60]!r}"


def test_who_may_see_it_does(world):
    """Otherwise the tests above would pass on pages that tell nothing."""
    client = visitor("named", world)
    made_of = filled(world)
    answers = [
        content(ask(client, address.format(**made_of)))
        for _, _, addresses in PAGES
        for address in addresses
        if "POST" not in address
    ]
    untold = {word for word in world.words if not any(word.encode() in answer for answer in answers)}
    assert untold <= {"zqxjudgement", "zqxstageddocument", "zqxworkitem"}, "words that only editors see, or nobody"
    assert sum(b"zqx" in answer for answer in answers) > 60


def test_a_collection_that_is_closed_leaves_no_trace_in_copies_that_are_open(world):
    papers = CollectionFactory(name="Once open")
    document = DocumentFactory(collection=papers)
    copied = world.open.accounts.get().document
    Document.objects.filter(pk=copied.pk).update(copy_of=document)
    client = visitor("editor", world)
    client.post(f"/admin/meetings/collection/{papers.pk}/change/", {"name": papers.name, "slug": papers.slug})
    copied.refresh_from_db()
    assert copied.copy_of is None
    world.open.refresh_from_db()
    assert world.open.account_count == 1
