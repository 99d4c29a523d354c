"""A database of its own for a measurement, gone afterwards: nothing that anybody works with is touched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def database() -> Iterator[None]:
    """Sets Django up, and makes the tables with what the app ships in them."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    # Named as the tests name theirs, which remove what a run that was killed has left behind.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_diplomacy_{os.getpid()}"
    connection.settings_dict.setdefault("TEST", {})["NAME"] = f"test_diplomacy_{os.getpid()}"
    before = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
