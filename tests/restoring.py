"""The database between tests that commit: what they left is removed, and the shipped tables are as they were.

Django would truncate every table and load all that is shipped anew, which took longer than most tests.
"""

from django.db import connection, transaction


class Shipped:
    """The rows of a database that has just been migrated, as PostgreSQL's COPY writes them, by table."""

    def __init__(self) -> None:
        self.tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self.rows = {table: rows for table in self.tables if (rows := copied(table))}

    @transaction.atomic
    def restore(self) -> None:
        """Foreign keys are looked at when all is back: Django makes them deferrable."""
        changed = [table for table in self.tables if table not in self.rows or copied(table) != self.rows[table]]
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in changed))
            for table in changed:
                if table in self.rows:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                        into.write(self.rows[table])


def copied(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as out:
        return b"".join(map(bytes, out))
