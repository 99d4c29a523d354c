"""Writers take turns: documents and decisions that touch the same people and meetings are stored one after the other."""

from __future__ import annotations

from django.db import connection

ONE_WRITER = 0x6D656574  # number of the advisory lock of whoever stores a document or groups accounts anew


def one_at_a_time() -> None:
    """Wait until no other transaction stores a document, and let none begin to before this one ends.

    Documents that tell of the same people and encounters could otherwise each make them, or wait for one another for good.
    Reading and analysing, nearly all of the work, goes on meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_WRITER])
