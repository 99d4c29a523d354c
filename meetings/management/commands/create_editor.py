from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.panel import Panel

from meetings.editors import create_editor


class Command(BaseCommand):
    help = "Create an account that may correct records, with a random password that is shown once."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="editor")

    def handle(self, *, username, **options):
        reset = f"manage.py changepassword {username}"
        if get_user_model().objects.filter(username=username).exists():
            raise CommandError(f"There is an account {username} already. To set a new password: {reset}")
        password = create_editor(username)
        lines = (
            f"user name   {username}",
            f"password    {password}",
            "",
            "Shown this once. To set another:",
            f".venv/bin/python {reset}",
        )
        panel = Panel.fit("\n".join(lines), title="Account for corrections")
        Console(file=self.stdout, highlight=False, markup=False).print(panel)
