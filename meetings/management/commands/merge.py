"""manage.py merge: make records one, however much hangs on them."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from meetings.merging.kind import Impossible
from meetings.merging.kinds import KINDS


class Command(BaseCommand):
    help = "Merge people, meetings, topics or places into one, as the page /merge/ does; there it can be undone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", choices=KINDS, help="what the records are")
        parser.add_argument("stays", help="the record that stays: its number or key, as in its address")
        parser.add_argument("others", nargs="+", metavar="OTHER", help="a record that is merged into it")
        parser.add_argument("--reason", default="", help="why; kept with the decision")
        parser.add_argument("--user", help="user name of the editor who decided it")

    def handle(self, *, kind: str, stays: str, others: list[str], reason: str, user: str | None, **options) -> None:
        author = get_user_model().objects.filter(username=user).first() if user else None
        if user and author is None:
            raise CommandError(f"There is no user {user!r}.")
        records = {given: KINDS[kind].get([given]) for given in (stays, *others)}
        if missing := [given for given, found in records.items() if not found]:
            raise CommandError(f"There is no {KINDS[kind].one} {', '.join(missing)}.")
        first, *rest = (found[0] for found in records.values())
        try:
            done = KINDS[kind].merge(author, first, rest, reason)
        except Impossible as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Merged into {done.record}. Undo it at /merge/{kind}/?ids={KINDS[kind].id(done.record)}")
        for note in done.notes:
            self.stdout.write(note)
