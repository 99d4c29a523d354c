"""Pages about the site itself."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ..asking.fields import FIELDS
from ..hits import CAP

# Facets combine without end, so a crawler is kept from questions; all meetings are reached through the pages of the list.
ROBOTS = """\
User-agent: *
Disallow: /*?
Allow: /*?page=
Disallow: /meetings/*/claims/
Disallow: /people/*/with/
Disallow: /relations/
Disallow: /suggest
Disallow: /searches/
Disallow: /merge/
Disallow: /queue/
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


WHOLE = '"missile defense" with:Lavrov country:US after:2005'
EITHER = ("medium:phone OR medium:video", "country:RU -country:US", "about:Syria -in:Geneva")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    context = {
        "whole": example(WHOLE),
        "fields": [(field, [example(text) for text in field.examples]) for field in FIELDS.values()],
        "either": [example(text) for text in EITHER],
        "cap": CAP,
    }
    return render(request, "site/help.html", context)


def example(text: str) -> dict[str, str]:
    """A question and what stands in its address."""
    return {"text": text, "query": urlencode({"q": text}, safe=":")}
