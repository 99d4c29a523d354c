"""Write the meetings for other programs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from meetings import export


class Command(BaseCommand):
    help = "Write every meeting that everybody, or one user, may see: one JSON object a line, oldest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")
        parser.add_argument("--output", metavar="FILE", help="a file to write instead of the standard output")
        parser.add_argument("--user", metavar="NAME", help="write what this user may see, not only what everybody may")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["user"])
        if options["output"] is None:
            self._write(self.stdout, user)
            return
        path = Path(options["output"])
        # Whoever reads the file meanwhile sees the former export, never half of this one.
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                count = self._write(file, user)
            part.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)
        self.stderr.write(f"{count} meetings written to {path}")

    def _user(self, name: str | None):
        if name is None:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(name)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"There is no user {name!r}.") from error

    def _write(self, file: TextIO, user) -> int:
        count = 0
        for meeting in export.meetings(user):
            file.write(json.dumps(meeting, ensure_ascii=False) + "\n")
            count += 1
        return count
