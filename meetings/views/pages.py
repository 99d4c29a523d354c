"""What the pages share: whole or fragment, pages of a list, one address for one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from ..addresses import cleaned, encoded
from ..asking.form import folded
from ..conditions import without_nul

PER_PAGE = 25
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile("[0-9]{1,18}")
FARTHEST = 400  # pages; beyond, a narrower question serves better than a deeper offset


def respond(request: HttpRequest, template: str, context: dict, fragment: str) -> HttpResponse:
    """The whole page; for htmx only the named partial, but the whole page when it restores one from the history."""
    partial = bool(request.htmx) and not request.htmx.history_restore_request
    response = render(request, f"{template}#{fragment}" if partial else template, {**context, "fragment": partial})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def untidy(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the same question without the empty values that a form sends; None when there are none."""
    clean = cleaned(request.GET)
    if clean == request.GET:
        return None
    return redirect(f"{request.path}?{clean.urlencode()}" if clean else request.path)


def unfolded(request: HttpRequest) -> HttpResponse | None:
    """A redirect from an address with a value for each condition to the one that asks the same as one text; None from any other."""
    query = folded(request.GET, request.user)
    if query is None:
        return None
    return redirect(f"{request.path}?{encoded(query)}" if query else request.path)


def paged(
    request: HttpRequest,
    rows: QuerySet | Sequence,
    total: int | None = None,
    per_page: int = PER_PAGE,
    most: int | None = None,
) -> Page:
    """The page asked for, or the nearest there is; ``total`` spares counting when it is known.

    Rows beyond ``most``, by default those on pages that nobody reaches, are not counted: ``paginator.more`` says that there are some.
    """
    paginator = Paginator(rows, per_page)
    paginator.more = False
    if total is not None:
        paginator.count = total
    elif isinstance(rows, QuerySet):
        most = most or FARTHEST * per_page
        counted = rows.order_by().values("pk")[: most + 1].count()
        paginator.count, paginator.more = min(counted, most), counted > most
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return paginator.get_page(max(1, min(number, FARTHEST)))


def row_number(text: str) -> int | None:
    """The number of a row that a text names, as large as a column can hold; None of any other text."""
    return int(text) if NUMBER.fullmatch(text) else None


def said(request: HttpRequest, name: str) -> str:
    """What was written into a field of a form that was sent, as far as it can be kept: 2,000 characters."""
    return without_nul(request.POST.get(name, "")).strip()[:2000]


def reached(rows: QuerySet, what: str, **lookup) -> Model:
    """The one row, or the row that it was merged into; 404 with a sentence when it is not among ``rows``."""
    row = rows.filter(**lookup).first()
    if row is None and hasattr(rows.model, "merged_into"):
        row = survivor(rows, **lookup)
    if row is None:
        raise Http404(f"There is no {what} at this address, or you may not see it.")
    return row


def survivor(rows: QuerySet, **lookup) -> Model | None:
    merged, seen = rows.model.objects.filter(**lookup).first(), set()
    while merged and merged.merged_into_id and merged.pk not in seen:
        seen.add(merged.pk)
        merged = merged.merged_into
    return rows.filter(pk=merged.pk).first() if merged else None


def moved(request: HttpRequest, thing: Model) -> HttpResponseRedirect | None:
    """A redirect to the thing's own address unless this is it.

    Temporary: names change and records are parted again, and a browser that keeps the way from A to B runs in circles
    once B leads back to A.
    """
    address = thing.get_absolute_url()
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
