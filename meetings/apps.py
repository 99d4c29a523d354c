from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Diplomatic meetings"

    def ready(self) -> None:
        post_migrate.connect(load_reference, sender=self)


def load_reference(**_) -> None:
    from . import reference

    reference.load()
