"""Pictures of a list's meetings: for the page that shows them, and as the table that they are drawn from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from ..asking.asked import asked_in
from ..pictures.picture import picture
from ..taking.formats import file_name
from .pages import unfolded
from .taking import answer


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
