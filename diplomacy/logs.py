"""What is written down while the app runs: a line an event, as text or as JSON, and among them a line a request.

A line has no question, form, password or document in it: of a request the path alone, of an error the kind, its first line and
where it happened. (PostgreSQL repeats values on the lines after the first.)
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import escape_uri_path

from diplomacy.database import Unreachable

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9_.-]{8,64}")  # an id that a proxy in front gives, to follow a request through both logs
LONGEST = 300  # characters of an error's own words

log = logging.getLogger("diplomacy.request")
current: ContextVar[str] = ContextVar("current", default="")  # the id of the request that is being answered


class Lines(logging.Formatter):
    """A line an event, for people; an error's way through the code follows it."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, error: tuple) -> str:
        return told(*error)


class Json(logging.Formatter):
    """A JSON object a line: time, level, logger, message, request (its id), what the event adds, and error."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": current.get() or None,
            **getattr(record, "event", {}),
            "error": told(*record.exc_info) if record.exc_info and record.exc_info[0] else None,
        }
        return json.dumps({name: value for name, value in event.items() if value is not None}, ensure_ascii=False)


def told(kind: type[BaseException], error: BaseException, way: TracebackType | None) -> str:
    """An error without the values that it was about."""
    words = (str(error).splitlines() or [""])[0][:LONGEST]
    return "".join([*traceback.format_tb(way), f"{kind.__module__}.{kind.__qualname__}: {words}"])


class Known(logging.Filter):
    """Changes how known errors are told: that the database is away is a sentence, to which the way through the code adds nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], Unreachable):
            record.msg, record.args, record.exc_info = f"{record.getMessage()}: {record.exc_info[1]}", (), None
        return True


class RequestLog:
    """Outermost of all: gives every request an id, which the answer bears too, and writes a line when it was answered.

    Static files and a health that is good are not worth a line.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "") if settings.PROXIES else ""
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token, started = current.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            quiet = request.path.startswith((settings.STATIC_URL, "/health/")) and response.status_code < 400
            if not quiet:
                write(request, response, round((time.perf_counter() - started) * 1000))
        finally:
            current.reset(token)
        return response


def write(request: HttpRequest, response: HttpResponseBase, ms: int) -> None:
    event = {
        "method": request.method,
        "path": escape_uri_path(request.path),
        "status": response.status_code,
        "ms": ms,
        "user": user_number(request, response),
    }
    who = f" user {event['user']}" if event["user"] else ""
    words = f"{event['method']} {event['path']} {event['status']} {ms} ms{who}"
    log.info("%s", words, extra={"event": event})


def user_number(request: HttpRequest, response: HttpResponseBase) -> int | None:
    """Who asked, where answering found out; nothing is read for it. While the database is away, nobody can be told."""
    session = getattr(request, "session", None)
    known = session is not None and session.accessed and response.status_code != 503
    number = session.get(SESSION_KEY) if known else None
    return int(number) if number else None
