"""Row numbers drawn ahead, so that rows that name one another are written once each, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

DRAW = "ARRAY(SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s))"


def number(*kinds: Sequence[Model]) -> None:
    """Give rows that are not written yet the numbers that they will have. Each kind is of one model."""
    kinds = [rows for rows in kinds if rows]
    if not kinds:
        return
    with connection.cursor() as cursor:
        wanted = [value for rows in kinds for value in (rows[0]._meta.db_table, len(rows))]
        cursor.execute(f"SELECT {', '.join([DRAW] * len(kinds))}", wanted)
        for rows, drawn in zip(kinds, cursor.fetchone(), strict=True):
            for row, found in zip(rows, drawn, strict=True):
                row.pk = found
