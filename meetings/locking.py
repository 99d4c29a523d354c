"""Writers take turns: documents and decisions that touch the same people and meetings are stored one after the other."""

from __future__ import annotations

from itertools import chain

from django.db import connection

ONE_WRITER = 0x6D656574  # number of the advisory lock of whoever stores a document or groups accounts anew


def one_at_a_time(at_once: bool = True, limit: int | None = None) -> None:
    """Wait until no other transaction stores a document, and let none begin to before this one ends.

    Unless ``at_once``, the transaction need not be on the disk when it ends. Transactions reach the disk in their order: what
    says that a document is done is lost with it if the server crashes, and the document is done again.

    ``limit`` are seconds that each statement may take from then on; the wait has no limit.

    Documents that tell of the same people and encounters could otherwise each make them, or wait for one another for good.
    Reading and analysing, nearly all of the work, goes on meanwhile.
    """
    settings = {} if at_once else {"synchronous_commit": "off"}
    if limit:
        settings["statement_timeout"] = f"{limit}s"  # counts from the next statement
    asked = ["pg_advisory_xact_lock(%s)", *("set_config(%s, %s, true)" for _ in settings)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", [ONE_WRITER, *chain(*settings.items())])


def nobody_stores() -> bool:
    """Whether whoever asks for a turn now has it at once, most likely."""
    with connection.cursor() as cursor:
        # Outside of a transaction the lock goes with the statement.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_WRITER])
        return cursor.fetchone()[0]


def on_disk() -> None:
    """Return when all that was stored so far is on the disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_logical_emit_message(true, 'meetings', 'stored')"
        )  # what is written reaches the disk in order
