from django.contrib.auth import get_user_model
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.panel import Panel

from meetings.members import Role, create_account


class Command(BaseCommand):
    help = "Create an account with a random password that is shown once: of a reader, an editor or an administrator."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="editor")
        parser.add_argument("--role", choices=Role.values, default=Role.EDITOR, help="editor, unless said otherwise")
        parser.add_argument("--email", default="", help="where a link to set a new password can be sent")

    def handle(self, *, username, role, email, **options):
        if get_user_model().objects.filter(username=username).exists():
            raise CommandError(
                f"There is an account {username} already. For a new password: manage.py password_link {username}"
            )
        try:
            UnicodeUsernameValidator()(username)
        except ValidationError as error:
            raise CommandError(error.message) from error
        password = create_account(username, Role(role), email)
        lines = (
            f"user name   {username}",
            f"password    {password}",
            "",
            "Shown this once. To set another:",
            f".venv/bin/python manage.py changepassword {username}",
        )
        panel = Panel.fit("\n".join(lines), title=f"Account of {'a reader' if role == Role.READER else f'an {role}'}")
        Console(file=self.stdout, highlight=False, markup=False).print(panel)
