"""The group `editors`: people who may correct records, and not manage users."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils.crypto import get_random_string

GROUP = "editors"


def editors_group() -> Group:
    """The group, with every permission on this app's records and no other."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(content_type__app_label="meetings"))
    return group


def create_editor(username: str) -> str:
    """Make an editor's account and return its random password, which is stored nowhere in clear."""
    password = get_random_string(16)
    editor = get_user_model().objects.create_user(username, password=password, is_staff=True)
    editor.groups.add(editors_group())
    return password
