"""Who may do what: anonymous visitors and readers look, editors correct, administrators look after accounts and settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required, permission_required

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser

EDIT = "meetings.change_meeting"  # the permission that makes an editor


def is_editor(user: User) -> bool:
    """Editors correct records, so they see every collection, and what was rejected."""
    return user.has_perm(EDIT)


def editor_required(view: Callable) -> Callable:
    """A view for editors: who is not signed in is sent to sign in, a reader is refused (403)."""
    return login_required(permission_required(EDIT, raise_exception=True)(view))
