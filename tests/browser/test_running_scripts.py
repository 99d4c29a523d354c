"""In a real browser: whatever records say, no script of theirs runs, and the policy has nothing to refuse."""

import pytest

from tests.addresses import filled
from tests.restricted import open_world, users
from tests.test_scripts import TEXT, rotated

LOOKED_AT = (
    "/", "/?view=timeline", "/?view=network", "{meeting_url}", "{open_url}", "{document_url}", "{person_url}", "/documents/?state=failed", "/review/",
    "/merge/people/?ids={person},{shared}", "/activity/", "/queue/", "/admin/meetings/meeting/{meeting_pk}/change/",
)  # fmt: skip


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.soak) for start in range(7, 70, 7))])
def test_nothing_that_a_record_says_is_run(page, transactional_db, client, start):
    world = open_world(users())
    world.filling = rotated(start)
    made_of = filled(world, TEXT)
    client.force_login(world.users["administrator"])
    page.context.add_cookies(
        [{"name": "session", "value": client.cookies["session"].value, "domain": "localhost", "path": "/"}]
    )
    ran, refused = [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    for address in LOOKED_AT:
        page.goto(address.format(**made_of))
        assert page.get_by_role("button", name="out").count()  # it is shown to whoever is signed in
    assert ran == []
    assert refused == []
