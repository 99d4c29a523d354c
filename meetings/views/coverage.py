"""What is here and how well it was read, so that "nothing found" can be told from "not covered"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Collection, Document, Meeting, Rollup
from ..presentation.measured import measured
from ..roles import is_editor
from ..wording import listed

if TYPE_CHECKING:
    from ..querysets import User

FREQUENT = 15
LONGEST = 8  # gaps that are named
KEPT = 600  # seconds for which the counts of a large database serve


def gaps(years: Iterable[int]) -> list[tuple[int, int]]:
    """The longest stretches of years, first and last, between those given; oldest first."""
    known = sorted(years)
    between = [(before + 1, after - 1) for before, after in pairwise(known) if after - before > 1]
    return sorted(sorted(between, key=lambda gap: gap[0] - gap[1])[:LONGEST])


def span(gap: tuple[int, int]) -> str:
    first, last = gap
    return str(first) if first == last else f"{first}–{last}"


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    return render(request, "site/coverage.html", {**counted(request.user), "measured": measured()})


def counted(user: User) -> dict[str, Any]:
    """What is here, counted anew every time, or where that takes long, as often as ``KEPT`` says."""
    if not Rollup.objects.filter(given="", term="").exists():
        return fresh(user)
    seen = Collection.objects.visible_to(user).order_by("pk").values_list("pk", flat=True)
    key = f"coverage-{is_editor(user)}-{','.join(map(str, seen))}"
    return cache.get_or_set(key, lambda: fresh(user), KEPT)


def fresh(user: User) -> dict[str, Any]:
    documents = Document.objects.visible_to(user)
    years, states = documents.years(), documents.by_state()
    return {
        "states": states,
        "kinds": documents.by_kind(),
        "years": years,
        "gaps": listed(map(span, gaps(years))),
        "undated": sum(n for *_, n in states) - sum(years.values()),
        "origins": list(documents.by_origin()[:FREQUENT]),
        "reasons": list(documents.reasons()[:FREQUENT]),
        "reviews": Meeting.objects.visible_to(user).by_review(),
    }
