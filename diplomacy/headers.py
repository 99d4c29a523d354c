"""Headers that every answer bears beside those of Django and django-csp."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from diplomacy.logs import user_number

# Of what browsers offer to pages, this app needs the clipboard alone.
UNUSED = "accelerometer camera display-capture fullscreen geolocation gyroscope magnetometer microphone midi payment usb".split()
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


class Headers:
    """Inside the sessions' middleware. What is made for one person is kept by no cache, the browser's neither: the next at the desk may be another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not settings.SITE_PUBLIC or user_number(request, response):
            add_never_cache_headers(response)
        return response
