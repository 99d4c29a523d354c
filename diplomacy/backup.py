"""The whole database in one file, and back, by PostgreSQL's own pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from diplomacy import database
from diplomacy.postgresql.base import DatabaseClient


class BackupError(Exception):
    """Nothing was written, or nothing restored; the message is a sentence for whoever asked."""


def dump(settings: dict, path: Path) -> None:
    """Write the database of ``settings``, a DATABASES entry, into the new file ``path``, which its owner alone can read.

    The app may go on meanwhile: the file has what was there when it was begun.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        target = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise BackupError(f"{draft} cannot be written: {error.strerror.lower()}.") from error
    try:
        with os.fdopen(target, "wb") as written:
            run(settings, "pg_dump", "--format=custom", stdout=written)
        os.link(draft, path)  # which, unlike to rename it, puts it over no other
    except FileExistsError as error:
        raise BackupError(f"{path} is there already: choose another name.") from error
    finally:
        draft.unlink()


def restore(settings: dict, path: Path) -> None:
    """Fill the empty database of ``settings`` from a file of ``dump``: all of it, or where that fails, nothing."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    run(settings, "pg_restore", "--single-transaction", "--exit-on-error", stdin=path.open("rb"))


def run(settings: dict, program: str, *options: str, **files) -> None:
    (_, *where, name), given = DatabaseClient.settings_to_cmd_args_env(settings, [])
    found = shutil.which(program) if not settings["EMBEDDED"] else None
    command = [
        found or database.programs(copied=False) / program,
        *where,
        "--dbname",
        name,
        "--no-owner",
        "--no-privileges",
        *options,
    ]
    ended = subprocess.run(  # noqa: S603 - our own list of arguments, no shell
        command, env={**os.environ, **(given or {})}, stderr=subprocess.PIPE, text=True, **files
    )
    if ended.returncode:
        said = ended.stderr.strip().splitlines()
        raise BackupError(next((line for line in said if "error:" in line), f"{program} failed: {said[-1:]}"))
