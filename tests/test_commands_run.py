"""`make run` on a fresh copy of the checkout: from nothing to a page, again, and to a clean end."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from diplomacy import database

SAMPLE = """---
title: Joint statement on trade
date: 1996-04-22
kind: readout
---
President Carlos Menem received Prime Minister Jean Chretien in Buenos Aires on April 22, 1996. They discussed trade.
"""


class Checkout:
    """A copy of the app in a folder of its own, and so with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("diplomacy", "meetings", "templates", "static"):
            shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("manage.py", "Makefile"):
            shutil.copy(settings.BASE_DIR / name, folder)
        (folder / "samples").mkdir()
        (folder / "samples" / "statement.txt").write_text(SAMPLE)
        self.state = Path(self.python("-c", "from diplomacy import state; print(state.path())").stdout.strip())
        self.database = database.Server(self.state / "postgresql")
        self.log = folder / "serve.log"

    @property
    def environment(self) -> dict:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BIND", "DEBUG"}}
        return {**kept, "PORT": str(self.port)}

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        self.port = free_port()
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )

    @contextmanager
    def served(self, ending: signal.Signals, **environment: str) -> Iterator[subprocess.Popen]:
        """The app, once it has said where it is; afterwards it must end cleanly on the signal `ending`."""
        self.port = free_port()
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=self.folder,
                env={**self.environment, **environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # a process group of its own, as a terminal gives it
            )
        self.output = ""
        try:
            for line in process.stdout:
                self.output += line
                if "Serving on" in line:
                    break
            else:
                pytest.fail(f"serve ended early:\n{self.output}\n{self.log.read_text()}")
            yield process
        finally:
            process.send_signal(ending)
            rest, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        said = rest + self.log.read_text()
        assert "Traceback" not in said and "Exception ignored" not in said, said
        assert not self.database.runs()

    def sql(self, statement: str) -> str:
        code = (
            f"from django.db import connection as c; k = c.cursor(); k.execute({statement!r}); print(k.fetchone()[0])"
        )
        return self.python("manage.py", "shell", "--verbosity=0", "-c", code).stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    yield checkout
    shutil.rmtree(checkout.state, ignore_errors=True)


@pytest.fixture(scope="module")
def first_run(checkout):
    """What the first run printed, after a page was fetched and it was ended with Ctrl-C."""
    with checkout.served(signal.SIGINT) as process:
        assert urllib.request.urlopen(f"http://127.0.0.1:{checkout.port}/admin/login/").status == 200
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if children.exists():  # Linux
            workers = children.read_text().split()
            assert workers
            for worker in workers:
                if b"serve" in Path(f"/proc/{worker}/cmdline").read_bytes():  # the other is the worker
                    assert "/spacy/" not in Path(f"/proc/{worker}/maps").read_text(), "the web never loads spaCy"
    return checkout.output


def test_the_first_run_serves_on_loopback_and_says_where(checkout, first_run):
    assert re.search(r"Serving on http://127\.0\.0\.1:\d+ ", first_run)


def test_the_first_run_makes_an_editor_who_can_sign_in_and_is_no_superuser(checkout, first_run):
    password = re.search(r"password +(\w+)", first_run)[1]
    assert "changepassword editor" in first_run
    code = (
        "from django.contrib.auth.models import User; u = User.objects.get(username='editor'); "
        f"print(u.check_password({password!r}), u.is_staff, u.is_superuser, u.has_perm('meetings.change_meeting'), u.has_perm('auth.change_user'))"
    )
    shell = checkout.python("manage.py", "shell", "--verbosity=0", "-c", code)
    assert shell.stdout.strip() == "True True False True False"


def test_the_first_run_reads_the_samples(checkout, first_run):
    assert checkout.sql("SELECT count(*) FROM meetings_document") == "1"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_second_run_loses_nothing_repeats_nothing_and_ends_cleanly(checkout, first_run, ending):
    key = (checkout.state / "secret_key").read_text()
    document = checkout.sql("SELECT max(id) FROM meetings_document")
    with checkout.served(ending):
        assert "password" not in checkout.output
        assert "sample" not in checkout.output
    assert (checkout.state / "secret_key").read_text() == key
    assert checkout.sql("SELECT max(id) FROM meetings_document") == document


@pytest.mark.parametrize("pause", [0, 0.01, 0.12])
def test_impatience_in_the_terminal_ends_it_as_cleanly(checkout, first_run, pause):
    with checkout.served(signal.SIGINT) as process:
        for _ in range(8):  # so that each of the server's processes has a connection to the database
            assert urllib.request.urlopen(f"http://127.0.0.1:{checkout.port}/").status == 200
        for impatience in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, impatience)
            time.sleep(pause)


def test_a_command_that_is_told_to_end_stops_the_database(checkout, first_run):
    code = "from django.db import connection as c; c.cursor(); print('ready', flush=True); import time; time.sleep(600)"
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", code]
    process = subprocess.Popen(
        command,
        cwd=checkout.folder,
        env=checkout.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    assert checkout.database.runs()
    process.terminate()
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert not checkout.database.runs()


def test_a_port_in_use_is_said_in_one_sentence(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = checkout.python("manage.py", "serve", PORT=str(port))
    assert result.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}: address already in use" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_database_of_ones_own_gets_no_samples_and_no_account_unasked(checkout):
    host, name = str(database.server().join()), f"test_diplomacy_{os.getpid()}_own"
    with psycopg.connect(host=host, user=database.ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            with checkout.served(signal.SIGINT, DATABASE_URL=f"postgresql://{database.ROLE}@/{name}?host={host}"):
                assert "password" not in checkout.output
            with psycopg.connect(host=host, user=database.ROLE, dbname=name) as own:
                assert own.execute("SELECT count(*) FROM auth_user").fetchone() == (0,)
                assert own.execute("SELECT count(*) FROM meetings_document").fetchone() == (0,)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_unreachable_database_ends_the_start_in_one_sentence(checkout):
    result = checkout.python("manage.py", "serve", DATABASE_URL="postgresql://ann:s3cret@127.0.0.1:1/archive")
    assert result.returncode == 1
    assert result.stderr.startswith("The database postgresql://ann@127.0.0.1:1/archive cannot be reached")
    assert result.stderr.count("\n") == 1


def test_make_alone_lists_the_targets(checkout):
    listing = subprocess.run(["make"], cwd=checkout.folder, capture_output=True, text=True, check=True).stdout
    targets = {line.split()[0] for line in listing.splitlines()}
    wanted = "install run test lint ingest shell train evaluate bench soak"
    assert set(wanted.split()) <= targets
