"""What the log tells, and what it never does."""

import json
import logging
import re

import pytest
from django.db import IntegrityError, connection

from diplomacy.logs import Json, Lines, RequestLog, current
from tests.factories import CollectionFactory, UserFactory

pytestmark = pytest.mark.django_db


def record(error: Exception | None = None, **event) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("a", logging.INFO, "", 0, "Happened to %s", ("it",), info)
    if event:
        made.event = event
    return made


@pytest.fixture
def requests(caplog):
    caplog.set_level(logging.INFO, "diplomacy")
    return lambda: [each for each in caplog.records if each.name == "diplomacy.request"]


def test_a_request_is_one_line_with_who_asked_what_and_how_it_went(client, requests):
    reader = UserFactory()
    client.force_login(reader)
    client.get("/people/?q=Lavrov")
    (line,) = requests()
    assert line.event == {"method": "GET", "path": "/people/", "status": 200, "ms": line.event["ms"], "user": reader.pk}
    assert "Lavrov" not in line.getMessage()


def test_strangers_static_files_and_good_health_are_not_told_of(client, requests):
    client.get("/")
    assert requests()[0].event["user"] is None
    client.get("/health/")
    client.get("/health/ready/")
    assert len(requests()) == 1


def test_a_line_break_in_an_address_makes_no_second_line(client, requests):
    client.get("/people/%0A2026-01-01 INFO forged/")
    (line,) = requests()
    assert "\n" not in line.getMessage()


def test_every_answer_bears_the_number_of_its_request_and_a_proxys_is_kept(client, settings):
    numbers = {client.get("/help/")["X-Request-ID"] for _ in range(2)}
    assert len(numbers) == 2 and all(re.fullmatch("[0-9a-f]{32}", number) for number in numbers)
    assert client.get("/help/", headers={"X-Request-ID": "abcd-1234"})["X-Request-ID"] != "abcd-1234"
    settings.PROXIES = 1
    assert client.get("/help/", headers={"X-Request-ID": "abcd-1234"})["X-Request-ID"] == "abcd-1234"
    assert client.get("/help/", headers={"X-Request-ID": "forged\x1b[31m"})["X-Request-ID"] != "forged\x1b[31m"


def test_json_has_the_request_and_what_the_event_adds():
    token = current.set("abc")
    try:
        event = json.loads(Json().format(record(user=3, address=None)))
    finally:
        current.reset(token)
    assert event.pop("time").endswith("+00:00")
    assert event == {"level": "info", "logger": "a", "message": "Happened to it", "request": "abc", "user": 3}


@pytest.mark.parametrize("formatter", [Json(), Lines()])
def test_an_error_is_told_without_the_values_that_it_was_about(formatter):
    name = "A secret name"
    CollectionFactory(name=name)
    with pytest.raises(IntegrityError) as raised, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meetings_collection (name, slug, description, public) VALUES (%s, 'x', '', true)", [name]
        )
    assert "A secret name" in str(raised.value)
    line = formatter.format(record(raised.value))
    assert "A secret name" not in line
    assert "duplicate key value" in line and "test_logs.py" in line


def test_signing_in_and_failing_to_are_told_without_names_and_passwords(client, caplog):
    caplog.set_level(logging.INFO, "diplomacy")
    reader = UserFactory(username="annabel")
    for password in ("wrong-secret", "a-long-pass-phrase"):
        client.post("/accounts/login/", {"username": "annabel", "password": password})
    said = [(each.getMessage(), each.event) for each in caplog.records if each.name == "diplomacy.signing_in"]
    assert said == [
        ("Wrong name or password, address 127.0.0.1", {"user": None, "address": "127.0.0.1"}),
        (f"Signed in, user {reader.pk}, address 127.0.0.1", {"user": reader.pk, "address": "127.0.0.1"}),
    ]
    assert not {"annabel", "wrong-secret", "a-long-pass-phrase"} & set(re.split(r"\W ", caplog.text))
    assert "secret" not in caplog.text and "phrase" not in caplog.text


def test_a_failure_of_ours_is_logged_once_with_its_request(client, caplog, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("meetings.views.site.render", broken)
    client.raise_request_exception = False
    response = client.get("/help/")
    assert response.status_code == 500 and "It is our fault" in response.content.decode()
    assert [each.levelname for each in caplog.records if each.exc_info] == ["ERROR"]


def test_the_requests_number_is_forgotten_afterwards():
    def failing(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestLog(failing)(type("Request", (), {"headers": {}})())
    assert current.get() == ""
