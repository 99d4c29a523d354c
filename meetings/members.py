"""Accounts: readers, who look and keep searches; editors, who correct records; administrators, who look after accounts and settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from .models import Collection

GROUP = "editors"


class Role(models.TextChoices):
    READER = "reader", "Reader: reads, keeps searches, sees the collections that name them"
    EDITOR = "editor", "Editor: corrects records, uploads documents, sees every collection"
    ADMINISTRATOR = "administrator", "Administrator: an editor who looks after accounts too"


def editors_group() -> Group:
    """The group, with every permission on this app's records and no other."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(content_type__app_label="meetings"))
    return group


def role_of(user: AbstractUser) -> Role:
    if user.is_superuser:
        return Role.ADMINISTRATOR
    return Role.EDITOR if any(group.name == GROUP for group in user.groups.all()) else Role.READER


def set_role(user: AbstractUser, role: Role) -> None:
    user.is_staff = role != Role.READER
    user.is_superuser = role == Role.ADMINISTRATOR
    user.save()
    group = editors_group()
    if role == Role.READER:
        user.groups.remove(group)
    else:
        user.groups.add(group)


def share(user: AbstractUser, collections: Iterable[Collection]) -> None:
    """Let somebody see these collections, and no others that are not public."""
    seen = set(user.collections.all())
    # From the collection's side, whose history keeps who could see it.
    for collection in seen.difference(collections):
        collection.readers.remove(user)
    for collection in set(collections) - seen:
        collection.readers.add(user)


def create_account(username: str, role: Role, email: str = "") -> str:
    """Make an account and return its random password, which is stored nowhere in clear."""
    password = get_random_string(16)
    set_role(get_user_model().objects.create_user(username, email, password), role)
    return password


def password_link(user: AbstractUser) -> str:
    """The path at which a new password can be set, once, until ``PASSWORD_RESET_TIMEOUT`` seconds have passed or somebody signs in."""
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_reset_confirm", args=[number, default_token_generator.make_token(user)])
