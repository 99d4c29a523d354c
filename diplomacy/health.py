"""Whether the app is well, for those who watch it. Strangers are told that it is or is not; the log says why."""

from __future__ import annotations

import functools
import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. A supervisor that gets nothing here starts it again."""
    return answer("alive")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration. A load balancer that does not get 200 here sends nobody."""
    try:
        missing = needed() - MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError as error:
        log.warning("Not ready: %s", (str(error).splitlines() or [""])[0])
        return answer("not ready", 503)
    if missing:
        log.warning(
            "Not ready: migrations are missing (manage.py migrate): %s", ", ".join(map(".".join, sorted(missing)))
        )
        return answer("not ready", 503)
    return answer("ready")


def answer(word: str, status: int = 200) -> HttpResponse:
    headers = {"Retry-After": "10"} if status == 503 else {}
    return HttpResponse(f"{word}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)


@functools.cache
def needed() -> frozenset[tuple[str, str]]:
    """All migrations of this version of the app: (app, name)."""
    return frozenset(MigrationLoader(None).disk_migrations)
