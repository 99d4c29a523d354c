from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from diplomacy.backup import BackupError, dump


class Command(BaseCommand):
    help = "Write the whole database into a file: documents, records, decisions, accounts. The app may go on meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        connection.ensure_connection()
        try:
            dump(connection.settings_dict, file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Written: {file} ({file.stat().st_size:,} bytes). It holds everything: keep it as safe as the app."
        )
