"""What is here and how well it was read, so that "nothing found" can be told from "not covered"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Document, Meeting
from ..presentation.measured import measured
from ..wording import listed

FREQUENT = 15
LONGEST = 8  # gaps that are named


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
    documents = Document.objects.visible_to(request.user)
    years, states = documents.years(), documents.by_state()
    context = {
        "states": states,
        "kinds": documents.by_kind(),
        "years": years,
        "gaps": listed(map(span, gaps(years))),
        "undated": sum(n for *_, n in states) - sum(years.values()),
        "origins": documents.by_origin()[:FREQUENT],
        "reasons": documents.reasons()[:FREQUENT],
        "reviews": Meeting.objects.visible_to(request.user).by_review(),
        "measured": measured(),
    }
    return render(request, "site/coverage.html", context)
