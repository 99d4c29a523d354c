"""Decisions that hold on to nothing that is here now: their passage is not in the text any more, or their document is gone."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Document, Judgement
from ..roles import editor_required
from .pages import paged, respond


@never_cache
@editor_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = paged(request, waiting())
    documents = Document.objects.filter(sha256__in={one.sha256 for one in page}).order_by("pk")
    known = {(document.sha256, document.part): document for document in documents}
    rows = [(one, known.get((one.sha256, one.part))) for one in page]
    return respond(request, "editing/astray.html", {"page": page, "rows": rows}, "results")


def waiting() -> QuerySet[Judgement]:
    """What stands and waits for its passage, the latest first. It is applied as soon as a reading has the passage again."""
    here = Document.objects.filter(sha256=OuterRef("sha256"), part=OuterRef("part"))
    made = Judgement.objects.standing().once().exclude(sha256="")
    return made.filter(Q(astray=True) | ~Exists(here)).select_related("made_by", "meeting").order_by("-made_at", "-pk")
