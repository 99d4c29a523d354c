"""What people changed in a record: who, when, before and after (django-simple-history)."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords


def current_act() -> UUID:
    """What all that one request changes has in common, rows of history and judgements alike; elsewhere a new one each time."""
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return uuid4()
    if not hasattr(request, "act"):
        request.act = uuid4()
    return request.act


class Acted(models.Model):
    act = models.UUIDField(default=current_act, db_index=True, help_text="What was changed at once.")

    class Meta:
        abstract = True


class Edits(HistoricalRecords):
    """The history of a record as far as people made it.

    What the machine writes leaves no rows: it can be made again from the documents and the shipped tables at any time, nobody
    asks who changed it, and an ingest of a million documents would fill these tables and wait for them. So a row is written
    only where somebody is signed in, or named by ``_history_user``; before it stands, by nobody, what the machine had left.
    """

    def __init__(self, excluded: tuple[str, ...] = (), **options):
        super().__init__(bases=[Acted], excluded_fields=list(excluded), **options)

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            models.signals.pre_save.connect(self.pre_save, sender=sender, weak=False)

    def pre_save(self, instance, raw=False, **kwargs):
        """Keep what stands, unless the last version is just that."""
        if raw or instance.pk is None or not self.get_history_user(instance):
            return
        stored = type(instance)._base_manager.filter(pk=instance.pk).first()
        if stored is None:
            return
        versions = getattr(stored, self.manager_name)
        last = versions.first()
        values = {field.attname: getattr(stored, field.attname) for field in self.fields_included(stored)}
        if last is None or any(getattr(last, name) != value for name, value in values.items()):
            kept = versions.model.objects.create(
                history_date=timezone.now(), history_type="~" if last else "+", act=uuid4(), **values
            )
            self.create_historical_record_m2ms(kept, stored)

    def create_historical_record(self, instance, history_type, using=None):
        if self.get_history_user(instance):
            super().create_historical_record(instance, history_type, using)
