"""Pictures of meetings: on a record's page, and as the tables that they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..asking.asked import asked_in
from ..asking.language import Question
from ..models import Country, Person
from ..pictures.picture import Picture, picture
from ..presentation.questions import term
from ..taking.formats import file_name
from ..wording import with_article
from .pages import unfolded
from .taking import answer

if TYPE_CHECKING:
    from ..hits import Hits


@dataclass(frozen=True, slots=True)
class Panel:
    """A place on a record's page for a picture of its meetings, which ``?view=`` asks for; None until then."""

    view: str
    title: str
    picture: Picture | None


PANELS = {"map": "Where", "network": "Who met whom"}


def panels(request: HttpRequest, hits: Hits, thing: Person | Country) -> list[Panel]:
    question, words = Question(((term(thing),),)), f"with {with_article(thing.name)}"
    asked = request.GET.get("view")
    return [
        Panel(view, title, picture(hits, question, words, request.GET) if view == asked else None)
        for view, title in PANELS.items()
    ]


def panel(request: HttpRequest, hits: Hits, thing: Person | Country) -> HttpResponse | None:
    """The answer to a page that asks for one of its pictures alone; None to anything else that is asked."""
    view = request.GET.get("view")
    if not request.htmx or request.htmx.history_restore_request or view not in PANELS:
        return None
    (shown,) = (panel for panel in panels(request, hits, thing) if panel.view == view)
    response = render(request, "pictures/panel.html", {"panel": shown})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """The table of a picture as CSV."""
    if answered := unfolded(request):
        return answered
    asked = asked_in(request.GET, request.user)
    drawn = picture(asked.hits(), asked.question, asked.words, request.GET)
    if drawn is None:
        raise Http404("There is no such picture: say view=timeline, map, network or calendar.")
    columns = {name: lambda row, at=at: row[at] for at, name in enumerate(drawn.data.columns)} if drawn.data else {}
    rows = drawn.data.rows() if drawn.data else ()
    return answer(file_name(drawn.view, asked.words), "csv", rows, columns)
