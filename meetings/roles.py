"""Who may do what: anonymous visitors and readers look, editors correct, administrators look after accounts and settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser

EDIT = "meetings.change_meeting"  # the permission that makes an editor


def is_editor(user: User) -> bool:
    """Editors correct records, so they see every collection, and what was rejected."""
    return user.has_perm(EDIT)


def page_of(request: HttpRequest) -> str:
    """The page to go on from: what was asked for, or the page of the form that was sent, as many forms' own address shows none."""
    sender = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and sender.netloc == request.get_host():
        return sender._replace(scheme="", netloc="").geturl()
    return request.get_full_path()


def account_required(view: Callable) -> Callable:
    """A view for whoever is signed in; others are sent to sign in, and go on where they were."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else redirect_to_login(page_of(request))

    return guarded


def editor_required(view: Callable) -> Callable:
    """A view for editors: who is not signed in is sent to sign in, a reader is refused (403)."""
    return account_required(permission_required(EDIT, raise_exception=True)(view))
