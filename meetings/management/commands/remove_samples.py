"""manage.py remove_samples: take the demonstration documents away, with all that only they support."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import transaction

from meetings.models import Collection, Document
from meetings.storage import SAMPLES, delete_documents


class Command(BaseCommand):
    help = "Delete the sample collection, with the meetings, people and places that only it tells of."

    @transaction.atomic
    def handle(self, **options) -> None:
        count = delete_documents(Document.objects.filter(collection__name=SAMPLES))
        Collection.objects.filter(name=SAMPLES, documents=None).delete()
        self.stdout.write(f"{count} sample documents were removed." if count else "There are no sample documents.")
