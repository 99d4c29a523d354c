"""manage.py worker: do what was enqueued."""

from __future__ import annotations

import os
import signal

from django.core.management.base import BaseCommand, CommandError

from meetings.management.arguments import positive


class Command(BaseCommand):
    help = (
        "Do what was enqueued, until Ctrl-C or SIGTERM, after which each process ends with the document at hand. "
        "Run it on any machine that reaches the database."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--processes", type=positive, default=1, help="how many processes work side by side (default: 1)"
        )
        parser.add_argument(
            "--beside", type=positive, metavar="PID", help="end with this process, which must be the one that starts it"
        )

    def handle(self, *, processes: int, beside: int | None, **options) -> None:
        # Until there is a process that works nothing has to be put in order.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, _: os._exit(128 + number))
        from meetings.nlp.pipeline import Unusable
        from meetings.supervisor import Supervisor

        try:
            Supervisor(processes, beside).run()
        except Unusable as error:
            raise CommandError(str(error)) from error
