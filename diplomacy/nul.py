"""NUL in addresses. PostgreSQL keeps none in its texts, so a question with one ends in an error wherever it is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class WithoutNul:
    """Reads every NUL in the query of an address as a blank, before any view does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = query.replace("%00", "%20")
        return self.get_response(request)
