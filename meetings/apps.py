from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Diplomatic meetings"

    def ready(self) -> None:
        post_migrate.connect(load_reference, sender=self)
        # With a new version editors may work with its new records; permissions are made after this app's tables, before those of auth.
        post_migrate.connect(renew_editors, sender=apps.get_app_config("auth"))


def load_reference(**_) -> None:
    from . import reference

    reference.load()


def renew_editors(**_) -> None:
    from .members import editors_group

    editors_group()
