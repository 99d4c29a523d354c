"""gunicorn's settings, for `manage.py serve` and for `gunicorn --config python:diplomacy.gunicorn diplomacy.wsgi`."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import ThreadWorker

from diplomacy import database, settings

host = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
bind = f"{host}:{settings.PORT}"
workers = settings.WEB_CONCURRENCY
threads = 4
worker_class = f"{__name__}.Threads"
limit_request_line = 8190  # bytes, the most that gunicorn takes: a long question sent from the form's fields
timeout = 60  # seconds in which a process must show signs of life; an answer may take longer
graceful_timeout = 30
control_socket_disable = True
loglevel = "warning"
logconfig_dict = settings.LOGGING


class TooLong(LimitRequestLine):
    def __str__(self) -> str:
        return (
            f"This question is too long to be an address: {self.size:,} of at most {self.max_size:,} characters. "
            "Go back, and ask with fewer or shorter conditions."
        )


class Threads(ThreadWorker):
    """Says in words that can be acted upon why a long address is refused, which happens before the app sees it."""

    def handle_error(self, req, client, addr, exc) -> None:
        too_long = isinstance(exc, LimitRequestLine)
        super().handle_error(req, client, addr, TooLong(exc.size, exc.max_size) if too_long else exc)


def worker_exit(arbiter: Arbiter, worker: Worker) -> None:
    """The last steps of a worker are the interpreter's and the database's; gunicorn calls this in the arbiter too."""
    if worker.pid == os.getpid():
        database.ignore_endings()
