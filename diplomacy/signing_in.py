"""Signing in: how often it may be tried, from where, what is said to whoever is locked out, and a site that is for its members alone.

Failures are counted for a name from one address, for a name from anywhere, and for an address with any names. The first
count locks out soonest, so that nobody can lock out somebody else, or everybody behind one address, with a few wrong passwords.
"""

from __future__ import annotations

import ipaddress
import logging
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.auth.views import redirect_to_login
from django.db.models import Sum
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

log = logging.getLogger(__name__)

WIDER = 10  # times as many failures of a name from anywhere, or from one address with any names, lock out as well


class Attempts(AxesDatabaseHandler):
    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """The highest of the three counts, those of a name and of an address scaled down."""
        counts = (
            attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        together, name, address = counts  # in the order of AXES_LOCKOUT_PARAMETERS
        return max(together, name // WIDER, address // WIDER)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Whoever signs in has their own failures forgotten, and nobody else's from the same address."""
        together, *_ = self.filter_user_attempts(request, credentials)
        return together.delete()[0]


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever asks: as the last of ``PROXIES`` proxies in front saw it, or without any as this server does."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        # Each proxy adds whom it heard from at the end; what stands before is the client's own claim.
        said = passed[-settings.PROXIES] if len(passed) >= settings.PROXIES else said
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return None
    # Whoever has an IPv6 address has a network of them.
    return str(found if found.version == 4 else ipaddress.ip_network((found, 64), strict=False).network_address)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The same for every name, whether somebody is called so or not."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    answer = render(request, "registration/locked.html", {"minutes": seconds // 60}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


class MembersOnly(LoginRequiredMiddleware):
    """Every page but those that lead to an account is for whoever is signed in. htmx is sent to sign in as a whole page."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: tuple, view_kwargs: dict) -> Any:
        return None if settings.SITE_PUBLIC else super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        page = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(page, resolve_url(self.get_login_url(view_func))).url)


class SignIn(views.LoginView):
    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, public=settings.SITE_PUBLIC)


class Forgotten(views.PasswordResetView):
    """A link by mail to set a new password; where no mail is configured, whom to ask for one."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, mail=bool(settings.EMAIL_HOST))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().post(request, *args, **kwargs) if settings.EMAIL_HOST else self.get(request, *args, **kwargs)


# For the log. A name that failed is not written down: it may be a password, typed into the wrong field.


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: AbstractBaseUser, **kwargs) -> None:
    write("Signed in", request, user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: AbstractBaseUser | None, **kwargs) -> None:
    write("Signed out", request, user)


@receiver(user_login_failed)
def failed(request: HttpRequest | None = None, **kwargs) -> None:
    write("Wrong name or password", request)


@receiver(user_locked_out)
def refused(request: HttpRequest, **kwargs) -> None:
    write("Locked out", request)


def write(what: str, request: HttpRequest | None, user: AbstractBaseUser | None = None) -> None:
    event = {"user": user.pk if user else None, "address": client_address(request) if request else None}
    words = [what, *(f"{name} {value}" for name, value in event.items() if value)]
    log.info(", ".join(words), extra={"event": event})
