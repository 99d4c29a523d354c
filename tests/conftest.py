import os
import re
import shutil
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from diplomacy import database
from tests.restoring import Shipped

TEST_DATABASE = "test_diplomacy_"
# Fixtures of tests of pages, which need no trial on a second kind of server; no more do the patient ones below.
PAGES = {"live_server", "browser", "client", "admin_client"}
# Files whose tests take long, mostly waiting for other programs: begun first, so that none is left alone at the end.
PATIENT = {"test_worker.py", "test_commands_run.py", "test_outage.py", "test_edits_outlive.py"}


def pytest_configure():
    # Static files as they lie: no test should depend on collectstatic having run.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick, and of throwaway accounts only
    # Speed is shown by benchmarks; a busy machine makes no example wrong.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    # Playwright keeps an event loop in the thread of the test, which Django takes for a view's.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    for item in items:
        fixtures = set(item.fixturenames)
        uses_database = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if uses_database and not fixtures & PAGES and item.path.name not in PATIENT:
            item.add_marker("data")
    yield
    items.sort(key=lambda item: item.path.name not in PATIENT)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """A test database of this run's own, so that runs do not meet; those of runs that were killed are removed."""
    default = settings.DATABASES["default"]
    default.setdefault("TEST", {})["NAME"] = f"{TEST_DATABASE}{os.getpid()}"
    if default["EMBEDDED"]:
        drop_abandoned_databases(default)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit leave the database as it was; at the end nobody else is connected, as a thread of the live server
    may still be, so that the database can be dropped."""
    with django_db_blocker.unblock():
        shipped = Shipped()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: shipped.restore())
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def drop_abandoned_databases(default: dict) -> None:
    host = str(database.server().join())
    with psycopg.connect(host=host, user=default["USER"], dbname="postgres", autocommit=True) as server:
        names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEST_DATABASE])
        for (name,) in names.fetchall():
            if not alive(int(re.search(r"\d+", name)[0])):
                # Another run may be removing it as well.
                drop = psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                server.execute(drop.format(psycopg.sql.Identifier(name)))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of evaluation documents; tests that need it are skipped, and say so, where it is missing."""
    folder = Path(os.environ.get("DIPLOMACY_DATA", settings.BASE_DIR.parent / "shared"))
    if not (folder / "eval").is_dir():
        pytest.skip(f"needs the evaluation documents: {folder}/eval is missing (set DIPLOMACY_DATA)")
    return folder


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, driven by playwright."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium is missing. Install it: sudo apt-get install --no-install-recommends chromium")
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root.
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, live_server):
    """A page in a fresh browser profile; addresses are relative to the served app."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
