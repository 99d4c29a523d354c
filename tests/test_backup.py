"""What was backed up is restored as it was, to the last value."""

import stat
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from diplomacy import backup
from meetings.members import Role, create_account
from tests.factories import PersonFactory, told

EVERYTHING = "SELECT count(*), md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) FROM {} AS row"


@pytest.fixture
def other(transactional_db):
    """The settings of a second database, new and empty."""
    name = f"{connection.settings_dict['NAME']}_other"
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    yield {**connection.settings_dict, "NAME": name}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def contents(settings: dict) -> dict[str, tuple]:
    """Of every table the number of rows and a digest of them all."""
    wanted = {"host", "port", "user", "password"}
    where = {key: value for key, value in connection.get_connection_params().items() if key in wanted}
    with psycopg.connect(**where, dbname=settings["NAME"]) as other:
        tables = other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return {
            table: other.execute(sql.SQL(EVERYTHING).format(sql.Identifier(table))).fetchone() for (table,) in tables
        }


def test_a_new_database_has_everything_that_was_backed_up(other, tmp_path):
    told(PersonFactory(name="Sergey Lavrov"), title="Sochi talks")
    create_account("ann", Role.EDITOR)
    file = tmp_path / "all.backup"
    call_command("backup", file, stdout=StringIO())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [file]
    damaged = tmp_path / "damaged"
    for content, reason in ((None, "There is no file"), (b"no backup", "pg_restore: error")):
        if content:
            damaged.write_bytes(content)
        with pytest.raises(backup.BackupError, match=reason):
            backup.restore(other, damaged)
    backup.restore(other, file)
    before = contents(connection.settings_dict)
    assert contents(other) == before
    assert before["meetings_meeting"][0] == before["auth_user"][0] == 1
    with pytest.raises(backup.BackupError, match="already exists"):
        backup.restore(other, file)


def test_nothing_is_put_over_what_is_there(transactional_db, tmp_path):
    file = tmp_path / "all.backup"
    file.write_text("another")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", file)
    assert file.read_text() == "another" and [*tmp_path.iterdir()] == [file]
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", file)
