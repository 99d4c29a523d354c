"""The embedded server: private, shared by processes, and unharmed by crashes."""

import os
import pwd
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from diplomacy import database, state
from diplomacy.database import Server

ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(
    not ROOT, reason="only root can become another user: run the tests as root for this one"
)

HOLDER = """
import sys
from pathlib import Path
from diplomacy import database
server = database.Server(Path(sys.argv[1]), database.unprivileged_account() if sys.argv[2] == "root" else None)
print(server.join(), flush=True)
sys.stdin.readline()
"""


def new_server(folder: Path) -> Server:
    return Server(folder, database.unprivileged_account() if ROOT else None)


@pytest.fixture(scope="module")
def place():
    """A short folder outside the checkout, which root's server can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="dip"))
    if ROOT:
        state.passable(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def folder(place):
    return place / "postgresql"


@pytest.fixture
def server(folder):
    server = new_server(folder)
    server.join()
    yield server
    server.leave()


def holder(folder: Path) -> subprocess.Popen:
    """A process that uses the server until it is told to end."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder, "root" if ROOT else "user"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ready(process: subprocess.Popen) -> Path:
    return Path(process.stdout.readline().strip())


def end(process: subprocess.Popen) -> None:
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def connect(server: Server) -> psycopg.Connection:
    return psycopg.connect(host=str(server.join()), user=database.ROLE, dbname=database.NAME, autocommit=True)


def value(server: Server, query: str):
    with connect(server) as connection:
        return connection.execute(query).fetchone()[0]


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refused_as(account: str, socket_folder: Path) -> str:
    """What the driver says to a connection attempt by another account's process; empty when it connects."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            entry = pwd.getpwnam(account)
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            psycopg.connect(host=str(socket_folder), user=database.ROLE, dbname=database.NAME).close()
        except psycopg.OperationalError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def test_only_its_user_can_enter_the_folder(server):
    # Root's folder can be passed through by the group that its server alone is in.
    assert mode(server.folder) == (0o710 if ROOT else 0o700)
    assert server.folder.stat().st_gid == (state.SERVER_GROUP if ROOT else server.folder.stat().st_gid)
    assert mode(server.data) == mode(server.run) == 0o700
    for name in ("lock", "users", "alive"):
        assert mode(server.folder / name) == 0o600
    assert (server.run / database.SOCKET).is_socket()


@needs_root
def test_the_server_cannot_change_its_own_configuration(server):
    for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"):
        assert (server.folder / name).stat().st_uid == 0
        assert mode(server.folder / name) == 0o640


def test_there_is_no_tcp_port(server):
    assert value(server, "SHOW listen_addresses") == ""


def test_the_app_is_no_superuser_of_its_database(server):
    assert value(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    with connect(server) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("COPY (SELECT 1) TO PROGRAM 'true'")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(server.join()), user="postgres", dbname="postgres")


def test_case_is_unicode_and_time_is_utc(server):
    assert value(server, "SELECT lower('ÉÖЖ')") == "éöж"
    assert value(server, "SHOW timezone") == "UTC"
    assert value(server, "SHOW fsync") == "on"


@needs_root
def test_another_local_user_cannot_connect(server):
    for account in {"nobody", server.account.pw_name}:
        assert "Permission denied" in refused_as(account, server.join())


@needs_root
def test_another_local_user_is_refused_even_where_the_folder_is_open(server, place):
    paths = (place, server.folder, server.run)
    before = [mode(path) for path in paths]
    try:
        for path in paths:
            path.chmod(0o755)
        (server.run / database.SOCKET).chmod(0o777)
        assert "authentication failed" in refused_as("nobody", server.run)
        assert "authentication failed" in refused_as(server.account.pw_name, server.run)
        assert refused_as("root", server.run) == ""
    finally:
        for path, old in zip(paths, before, strict=True):
            path.chmod(old)


def test_the_last_process_to_leave_stops_the_server(folder):
    processes = [holder(folder) for _ in range(3)]  # all at once: one of them starts it
    assert {ready(process) for process in processes} == {folder / "run"}
    server = new_server(folder)
    for process in processes:
        assert server.runs()
        end(process)
    assert not server.runs()
    assert not (folder / "run" / database.SOCKET).exists()


def test_a_killed_process_does_not_lock_out_the_next_one(folder):
    killed = holder(folder)
    ready(killed)
    killed.kill()
    killed.communicate()
    following = holder(folder)
    ready(following)
    end(following)
    assert not new_server(folder).runs()


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.soak)])
def test_processes_killed_at_random_moments_leave_a_server_that_the_next_one_can_use(folder, kills):
    moments = random.Random(7)
    for _ in range(kills):
        doomed = holder(folder)
        time.sleep(moments.uniform(0, 1.5))
        doomed.kill()
        doomed.communicate()
    server = new_server(folder)
    assert value(server, "SELECT 1") == 1
    server.leave()
    assert not server.runs()


def test_a_killed_server_starts_again_and_has_lost_nothing(folder):
    server = new_server(folder)
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS it")
    # The note of a killed server outlives it, and its number may since belong to another process, such as this one.
    note = (server.data / "postmaster.pid").read_text().splitlines()
    os.kill(postmaster(server), signal.SIGKILL)
    while server.runs():
        time.sleep(0.01)
    for stale in (server.data / "postmaster.pid", server.run / f"{database.SOCKET}.lock"):
        stale.write_text("\n".join([str(os.getpid()), *note[1:]]))
    assert value(server, "SELECT it FROM kept") == 1
    server.leave()
    assert not server.runs()


def test_a_forked_child_neither_stops_the_server_nor_keeps_it(server):
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        server.leave()
        os.write(writing, b".")
        time.sleep(600)
    os.read(reading, 1)
    assert server.runs()
    server.leave()
    try:
        assert not server.runs()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_deep_folder_with_an_odd_name_works_and_leaves_the_rest_as_it_was(place):
    deep = place / "a 'quoted' $(false) \"name\" % é" / ("deep" * 25)
    for path in (deep.parent, deep):
        path.mkdir()
        if ROOT:
            state.passable(path)
    package = database.programs(copied=False)
    outside = {*deep.parents, *package.parents, *package.iterdir(), Path.home(), deep}
    before = {path: (mode(path), path.stat().st_uid, path.stat().st_gid) for path in outside}
    (deep / "postgresql").mkdir()
    (deep / "postgresql" / "draft").mkdir()
    (deep / "postgresql" / "draft" / "PG_VERSION").write_text("what an interrupted start left")

    server = new_server(deep / "postgresql")
    sockets = server.join()
    assert value(server, "SELECT 1") == 1
    assert mode(sockets) == 0o700
    assert len(os.fsencode(sockets / database.SOCKET)) <= database.LONGEST_SOCKET_PATH
    server.leave()
    assert not server.runs()
    assert not sockets.exists()
    assert {path: (mode(path), path.stat().st_uid, path.stat().st_gid) for path in outside} == before


def test_data_of_another_postgresql_version_is_refused_in_a_sentence(place, folder, server):
    server.leave()
    version = server.data / "PG_VERSION"
    version.write_text("17\n")
    try:
        with pytest.raises(database.ServerError, match="was made by PostgreSQL 17"):
            server.join()
    finally:
        version.write_text(f"{database.MAJOR}\n")
        server.leave()


def python(code: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "diplomacy.settings", **environment},
        capture_output=True,
        text=True,
    )


def test_with_database_url_nothing_embedded_starts(server):
    url = f"postgresql://{database.ROLE}@/{database.NAME}?host={server.join()}"
    code = """
from django.db import connection
from diplomacy import database
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print(database.server.cache_info().currsize)
"""
    assert python(code, DATABASE_URL=url).stdout == "0\n"


def test_a_command_that_needs_no_database_starts_none():
    code = """
from django.core.management import call_command
from diplomacy import database
call_command("check", verbosity=0)
print(database.server.cache_info().currsize)
"""
    assert python(code, DATABASE_URL="").stdout.endswith("0\n")


@pytest.mark.parametrize("command", [["migrate"], ["shell", "-c", "from django.db import connection as c; c.cursor()"]])
def test_an_unreachable_database_is_one_sentence(command):
    environment = {**os.environ, "DATABASE_URL": "postgresql://reader:s3cret@127.0.0.1:1/archive"}
    result = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "postgresql://reader@127.0.0.1:1/archive cannot be reached: " in result.stderr
    assert "Check DATABASE_URL" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "s3cret" not in result.stderr + result.stdout
