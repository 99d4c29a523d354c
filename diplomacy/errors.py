"""What is answered when answering failed."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY = 30  # seconds after which a program may ask again


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, 500 for what is our fault. Neither page needs the database."""
    if is_away(sys.exc_info()[1]):
        headers = {"Retry-After": str(RETRY), "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return defaults.server_error(request)


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, or the connection broke. It is made anew with the next request."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return connection.connection is None or connection.connection.closed
