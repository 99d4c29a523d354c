"""`make run`: everything between a fresh checkout and pages in the browser."""

import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from diplomacy import database, gunicorn, state

PATIENCE = 60.0  # seconds to wait for the worker to finish the document at hand


class Command(BaseCommand):
    help = (
        "Prepare the database and serve the app until Ctrl-C. The first time, with the embedded database, this also "
        "makes an editor's account and reads the sample collection."
    )

    def add_arguments(self, parser):
        parser.add_argument("--account", action="store_true", help="make an editor's account in DATABASE_URL too")
        parser.add_argument("--samples", action="store_true", help="read the sample collection into DATABASE_URL too")

    def handle(self, *, account, samples, **options):
        # Whole lines in order, though child processes write to the same place.
        sys.stdout.reconfigure(line_buffering=True)
        require_free_port(settings.BIND, settings.PORT)
        self.stdout.write("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        embedded = settings.DATABASES["default"]["EMBEDDED"]
        if (account or embedded) and not get_user_model().objects.exists():
            call_command("create_account", stdout=self.stdout)
        if not settings.DEBUG and static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        samples_read = state.path() / "samples-read"
        wanted = samples or (embedded and not samples_read.exists())
        if wanted and self.read_samples() and embedded:
            samples_read.touch()  # so that a collection which was removed since stays removed
        connections.close_all()  # the workers are forked from here and must not share one
        with worker_beside(settings.WORKERS):
            WebServer(Application()).run()

    def read_samples(self) -> bool:
        """Whether all were read. In a process of its own: the one that serves never loads the language models."""
        self.stdout.write("Reading the sample collection …")
        command = [sys.executable, "manage.py", "ingest", "samples"]
        complete = subprocess.run(command, cwd=settings.BASE_DIR).returncode == 0  # noqa: S603 - our own arguments
        if not complete:
            self.stderr.write("Not every sample could be read, as said above; the next start tries again.")
        return complete


def require_free_port(address: str, port: int) -> None:
    """Raise CommandError, before anything slow begins, when nothing can listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except socket.gaierror as error:
            raise CommandError(f"BIND={address!r} is no address of this machine: {error.strerror.lower()}.") from error
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise CommandError(
                    f"BIND={address!r} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all its networks."
                ) from error
            raise CommandError(
                f"Cannot listen on {address} port {port}: {error.strerror.lower()}. "
                f"Stop what uses it or choose another port, such as: make run PORT={port % 65535 + 1}"
            ) from error


def static_files_changed() -> bool:
    """Whether some static file is newer than the collected ones, or not among them."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = json.loads(manifest.read_text())["paths"]
    made = manifest.stat().st_mtime
    return any(
        name not in collected or os.path.getmtime(storage.path(name)) > made  # noqa: PTH204 - a path as text
        for finder in get_finders()
        for name, storage in finder.list([])
    )


@contextmanager
def worker_beside(processes: int) -> Iterator[None]:
    """A worker that does what is enqueued meanwhile, and ends with this process."""
    if not processes:
        yield
        return
    me = os.getpid()
    command = [sys.executable, "manage.py", "worker", f"--processes={processes}", f"--beside={me}"]
    # In a session of its own, so that Ctrl-C in the terminal is for this process, which then ends it in good order.
    worker = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603 - our own arguments
    try:
        yield
    finally:
        if os.getpid() == me:  # the server's processes are forked in here, and leave this way too
            database.ignore_endings()
            worker.terminate()
            try:
                worker.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                worker.kill()  # what it was at is done again


class Application(BaseApplication):
    """The app under gunicorn."""

    def load_config(self):
        for name, value in vars(gunicorn).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda _: print(f"Serving on http://{gunicorn.bind}  (Ctrl-C ends it)"))

    def load(self):
        return import_string(settings.WSGI_APPLICATION)


class WebServer(Arbiter):
    # A closed terminal ends the app; gunicorn by itself would reload and live on unseen.
    handle_hup = Arbiter.handle_term
