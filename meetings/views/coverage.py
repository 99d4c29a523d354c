"""What is here and how well it was read, so that "nothing found" can be told from "not covered"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Document, Meeting
from ..presentation.measured import measured

FREQUENT = 15


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    documents = Document.objects.visible_to(request.user)
    context = {
        "states": documents.by_state(),
        "kinds": documents.by_kind(),
        "years": documents.years(),
        "origins": documents.by_origin()[:FREQUENT],
        "reasons": documents.reasons()[:FREQUENT],
        "reviews": Meeting.objects.visible_to(request.user).by_review(),
        "measured": measured(),
    }
    return render(request, "site/coverage.html", context)
