from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from diplomacy.backup import BackupError, restore


class Command(BaseCommand):
    help = "Fill an empty database from a file of `backup`, and bring it up to this version of the app."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        if connection.introspection.table_names():
            raise CommandError(
                "This database is not empty, and nothing is put over what is there. Make a new one (createdb) and name it "
                "in DATABASE_URL; of the app's own database, move the folder away that the README names."
            )
        try:
            restore(connection.settings_dict, file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored from {file}.")
