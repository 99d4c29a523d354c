"""Pages about the site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# Facets combine without end, so a crawler is kept from questions; all meetings are reached through the pages of the list.
ROBOTS = """\
User-agent: *
Disallow: /*?
Allow: /*?page=
Disallow: /meetings/*/claims/
Disallow: /suggest
Disallow: /people/suggest
Disallow: /searches/
Disallow: /accounts/
Disallow: /admin/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For whoever asks for the old address without reading the page."""
    return redirect(static("icon.svg"))


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "site/sources.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "site/help.html")
