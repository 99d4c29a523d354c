from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from meetings.members import password_link


class Command(BaseCommand):
    help = "Print a path at which somebody can set a new password, once, to be put behind the site's address and handed to them."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {username}.")
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(password_link(user))
        self.stderr.write(
            f"Good for {hours} hours, and until {username} next signs in. Whoever has it can set the password."
        )
