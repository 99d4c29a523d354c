"""What browsers are told on every answer, what production settings are worth, and that no secret lies in the repository."""

import os
import re
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from tests.addresses import ask, filled, lines, pages, visitor
from tests.factories import CountryFactory, PersonFactory, PlaceFactory, told
from tests.restricted import open_world, users

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
FILE_POLICY = {"sandbox", "default-src 'none'"}  # of a file that somebody handed in
NAMES = (
    "act at by collection day do document field from ids issue item judgement kind list meeting name off order page past person q query "
    "find reason said scope seen sort stays start state text to verb view year"
)
NULS = dict.fromkeys(NAMES.split(), "a\0")
MARKUP = "\"'><"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def lacking(response) -> list[str]:
    """What an answer ought to tell browsers and does not."""
    policy = {part.strip() for part in response.get("Content-Security-Policy", "").split(";")}
    found = [f"{name}: {response.get(name)}" for name, value in FIXED.items() if response.get(name) != value]
    if policy not in (POLICY, FILE_POLICY):
        found.append(f"policy {sorted(policy)}")
    if "camera=()" not in response.get("Permissions-Policy", ""):
        found.append("permissions")
    if response["Content-Type"].startswith("text/") and "charset=utf-8" not in response["Content-Type"]:
        found.append(response["Content-Type"])
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["stranger", "administrator"])
def test_every_answer_is_guarded_by_the_same_strict_headers(role):
    """Pages, fragments, files, refusals and failures; of the admin some."""
    world = open_world(users())
    made_of = filled(world)
    first = [addresses[0].format(**made_of) for _, _, addresses in lines()]
    admin = [address for address in first if address.startswith("/admin/")]
    client = visitor(role, world)
    addresses = [address for address in first if address not in admin and "POST" not in address] + admin[::11]
    found = {address: lacking(ask(client, address)) for address in [*addresses, "/nowhere/", "POST /help/"]}
    assert {address: missing for address, missing in found.items() if missing} == {}


@pytest.mark.django_db
def test_refusals_and_failures_are_guarded_too_and_tell_nothing_of_the_inside(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("inside")

    monkeypatch.setattr("meetings.views.site.render", broken)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = {
        400: client.get("/", headers={"Host": "evil.example"}),
        403: client.post("/accounts/login/", {"username": "x", "password": "y"}),
        404: client.get("/nowhere/"),
        500: client.get("/help/"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    for status, answer in answers.items():
        assert lacking(answer) == [], status
        page = answer.content.decode()
        assert (
            "Traceback" not in page
            and "inside" not in page
            and "RuntimeError" not in page
            and "evil.example" not in page
        )


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example/people", "/\\evil.example/people", "/%2F%2Fevil.example/people"]
)
@pytest.mark.django_db
def test_no_address_leads_to_another_site(client, path):
    answer = client.get("/", PATH_INFO=path)
    assert answer.status_code == 404 or re.match(r"/(?![/\\])", answer["Location"])


@pytest.mark.django_db
def test_no_page_takes_for_markup_what_anything_is_called():
    world = open_world(users())
    world.filling = lambda row, longest: f"{MARKUP}{row._meta.model_name}"[:longest]
    made_of = filled(world)
    odd = CountryFactory(key=MARKUP)
    told(PersonFactory(country=odd), PersonFactory(), place=PlaceFactory(country=odd))
    client = visitor("editor", world)
    pictures = [f"/meetings/?view={view}" for view in ("timeline", "map", "network", "calendar")]
    answers = {address: client.get(address).content.decode() for address in [*pages("editor", made_of), *pictures]}
    assert sum("&quot;&#x27;&gt;" in page for page in answers.values()) > 30
    assert [address for address, page in answers.items() if MARKUP in page] == []


@pytest.mark.django_db
def test_a_nul_is_no_error_in_any_address_or_form():
    """PostgreSQL takes none. Every page is asked with one in all that an address or a form of ours has."""
    world = open_world(users())
    made_of = filled(world)
    client = visitor("editor", world)
    asked = [first.format(**made_of) for route, _, (first, *_) in lines() if not route.startswith("admin/")]
    answers = {}
    for address in asked:
        path = address.partition("?")[0]
        answers[path] = ask(client, f"{path}?{urlencode(NULS)}").status_code
    for path, form in {
        "/review/decide": NULS,
        "/review/who/{participant}/": NULS,
        "/review/what/{agenda}/": NULS,
        "/merge/people/": NULS | {"do": "unsure", "ids": "{person},{shared}"},
        "/documents/{document}/delete": NULS,
    }.items():
        sent = {name: value.format(**made_of) for name, value in form.items()}
        answers["POST", path] = client.post(path.format(**made_of), sent).status_code
    assert {path: status for path, status in answers.items() if status >= 500} == {}


# Production


def production(code: str = "", command: tuple[str, ...] = (), **changes: str) -> subprocess.CompletedProcess:
    """A command, or some code with a client at hand, under the settings that the production guide gives."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}}
    given = {
        "HTTPS": "true",
        "SECRET_KEY": "n0t-a-secret-but-long-enough-to-be-one-" + "abcdefghijklmnop",
        "ALLOWED_HOSTS": "meetings.example.org",
        "CSRF_TRUSTED_ORIGINS": "https://meetings.example.org",
        "PROXIES": "1",
    }
    begin = "import django; django.setup(); from django.test import Client; c = Client(headers={'Host': 'meetings.example.org'})\n"
    return subprocess.run(
        [sys.executable, *(command or ("-c", begin + code))],
        cwd=settings.BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "diplomacy.settings", **given, **changes},
        capture_output=True,
        text=True,
    )


def test_djangos_check_for_deployment_finds_nothing():
    result = production(command=("manage.py", "check", "--deploy", "--fail-level", "INFO"))
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_gunicorn_takes_its_settings_of_the_guide():
    command = ("-m", "gunicorn", "--check-config", "--config", "python:diplomacy.gunicorn", "diplomacy.wsgi")
    result = production(command=command, LOG_FORMAT="json")
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def collected():
    """Static files as in production: gathered, with their hashes in their names."""
    assert production(command=("manage.py", "collectstatic", "--noinput")).returncode == 0


def test_with_https_everything_is_sent_by_it_alone(collected):
    code = """
print(c.get('/people/?q=x')['Location'])
answer = c.get('/accounts/login/', secure=True)
print(answer['Strict-Transport-Security'])
cookie = answer.cookies['__Host-csrf']
print(bool(cookie['secure']), bool(cookie['httponly']), cookie['samesite'], cookie['path'], repr(cookie['domain']))
print(c.get('/accounts/login/', headers={'X-Forwarded-Proto': 'https'}).status_code, c.get('/health/').status_code)
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.DEBUG)
"""
    assert production(code).stdout.splitlines() == [
        "https://meetings.example.org/people/?q=x",
        "max-age=31536000; includeSubDomains; preload",
        "True True Lax / ''",
        "200 200",
        "__Host-session True True Lax False",
    ]


def test_another_host_than_the_sites_own_is_refused(collected):
    code = "print(Client(headers={'Host': 'evil.example'}).get('/accounts/login/', secure=True).status_code)"
    assert production(code).stdout.strip() == "400"


# The repository

SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "a token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|glpat-[0-9A-Za-z_-]{20}|xox[baprs]-[0-9A-Za-z-]{10,}|sk-[0-9A-Za-z]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,})",
    "a key of Django's": r"(?i)secret_key\s*=\s*[\"'][^\"']{16,}|django-insecure-",
    "a password in an address": r"(?i)\b(?:postgres(?:ql)?|mysql|amqp|smtp|https?)(?:\+\w+)?://[\w.-]+:(?!password@|tests-only|s3cret|p%40ss)[^@\s/\"'{}]{3,}@(?!host)",
}


def test_no_secret_lies_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("needs the git repository: this is a copy without it")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = settings.BASE_DIR / name
        if not path.is_file() or path.stat().st_size > 2_000_000 or name == "tests/test_security.py":
            continue
        text = path.read_bytes().decode(errors="replace")
        found += [f"{name}: {what}" for what, pattern in SECRETS.items() if re.search(pattern, text)]
        if path.suffix in {".pem", ".key", ".p12", ".env"} or path.name == ".env":
            found.append(f"{name}: a file for secrets")
    assert found == []
