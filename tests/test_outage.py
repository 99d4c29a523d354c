"""The database goes away and comes back: a clear page meanwhile, health that says so, and no restart. The log is JSON, a line an event."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from diplomacy import database, state
from tests.test_commands_run import free_port


@pytest.fixture(scope="module")
def away():
    """What was answered before, during and after an outage of a real PostgreSQL server, and what was logged."""
    folder = Path(tempfile.mkdtemp(prefix="dip"))
    root = os.geteuid() == 0
    if root:
        state.passable(folder)
    server = database.Server(folder / "postgresql", database.unprivileged_account() if root else None)
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{database.ROLE}@/{database.NAME}?host={server.join()}",
        **{"PORT": str(port), "WORKERS": "0", "WEB_CONCURRENCY": "1", "LOG_FORMAT": "json", "DEBUG": "false"},
    }
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
        )
    try:
        if not any("Serving on" in line for line in process.stdout):
            pytest.fail(log.read_text())
        answers = {"before": asked(port)}
        server.leave()  # nobody else uses it: it stops, and with it every connection
        answers["during"] = asked(port)
        server.join()
        answers["after"] = asked(port)
    finally:
        process.terminate()
        process.communicate(timeout=60)
        server.leave()
    yield {**answers, "log": log.read_text()}
    shutil.rmtree(folder)


def asked(port: int) -> dict[str, tuple[int, dict, str]]:
    found = {}
    for path in ("/", "/people/?q=secretword", "/searches/", "/health/", "/health/ready/", "/help/"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Cookie": "session=abcdefghijklmnopqrstuvwxyz012345"}
        )
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            answer = error
        found[path] = (answer.status, dict(answer.headers), answer.read().decode())
    return found


@pytest.mark.parametrize("when", ["before", "after"])
def test_all_is_well_before_and_again_afterwards_without_a_restart(away, when):
    assert {path: status for path, (status, _, _) in away[when].items()} == dict.fromkeys(away[when], 200)


def test_meanwhile_pages_say_so_and_when_to_come_again(away):
    for path in ("/", "/people/?q=secretword", "/searches/"):
        status, headers, page = away["during"][path]
        assert (status, headers["Retry-After"]) == (503, "30"), path
        assert "The database is away for a moment" in page
        assert "Try again" in page
        assert "no-store" in headers["Cache-Control"]
        assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_meanwhile_the_process_is_alive_and_not_ready(away):
    assert away["during"]["/health/"][::2] == (200, "alive\n")
    status, _, said = away["during"]["/health/ready/"]
    assert (status, said) == (503, "not ready\n")
    assert away["after"]["/health/ready/"][::2] == (200, "ready\n")


def test_strangers_are_not_told_where_the_database_is(away):
    for _, _, page in away["during"].values():
        assert "postgresql" not in page.lower() and "socket" not in page


def test_the_log_is_json_a_line_an_event_with_the_reason(away):
    events = [json.loads(line) for line in away["log"].splitlines()]
    asked = [event for event in events if event["logger"] == "diplomacy.request"]
    assert {(event["path"], event["status"]) for event in asked} >= {("/", 200), ("/", 503), ("/health/ready/", 503)}
    assert all(event["request"] and event["method"] == "GET" and event["ms"] >= 0 for event in asked)
    assert any("cannot be reached" in event["message"] for event in events if event["level"] == "error")
    numbers = {event["request"] for event in asked}
    assert away["during"]["/"][1]["X-Request-ID"] in numbers


def test_the_log_has_no_question_and_no_way_through_the_code_for_what_is_known(away):
    assert "secretword" not in away["log"]
    assert "site-packages" not in away["log"]
