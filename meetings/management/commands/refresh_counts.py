"""manage.py refresh_counts: make the counts of a large database anew."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from meetings import rollups


class Command(BaseCommand):
    help = (
        "Make the counts anew that pages of a large database show. They are made after every ingest that changes much."
    )

    def handle(self, **options) -> None:
        if counted := rollups.refresh():
            self.stdout.write(f"{counted} meetings were counted.")
        else:
            self.stdout.write("There are few enough meetings for pages to count them.")
