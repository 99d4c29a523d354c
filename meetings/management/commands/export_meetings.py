"""Write the meetings for other programs."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from meetings.taking import meetings
from meetings.taking.formats import json_lines


def named(text: str) -> str:
    """A file's name. Raises ArgumentTypeError when it is empty."""
    if not text:
        raise ArgumentTypeError("name a file")
    return text


class Command(BaseCommand):
    help = "Write every meeting that everybody, or one user, may see: one JSON object a line, oldest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")
        parser.add_argument(
            "--output", type=named, metavar="FILE", help="a file to write instead of the standard output"
        )
        parser.add_argument("--user", metavar="NAME", help="write what this user may see, not only what everybody may")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["user"])
        if options["output"] is None:
            try:
                self._write(self.stdout, user)
            except BrokenPipeError:
                # Whoever read has enough. What is left in the buffer must not be written at exit either.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            except OSError as error:
                raise CommandError(f"The meetings cannot be written: {error.strerror}") from error
            return
        path = Path(options["output"])
        try:
            count = self._replace(path, user) if path.is_file() or not path.exists() else self._into(path, user)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
        self.stderr.write(f"{count} meetings written to {path}")

    def _replace(self, path: Path, user) -> int:
        """Whoever reads the file meanwhile sees the former export, never half of this one."""
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                count = self._write(file, user)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return count

    def _into(self, path: Path, user) -> int:
        """A device or a named pipe is written to, not replaced."""
        with path.open("w", encoding="utf-8") as file:
            return self._write(file, user)

    def _user(self, name: str | None):
        if name is None:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(name)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"There is no user {name!r}.") from error

    def _write(self, file: TextIO, user) -> int:
        count = 0
        for line in json_lines(meetings.everything(user)):
            file.write(line)
            count += 1
        return count
