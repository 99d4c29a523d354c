"""What pictures are drawn of: all meetings found, or so many of them that a page may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hits import CAP
from ..models import Meeting

if TYPE_CHECKING:
    from ..hits import Hits
    from ..querysets import MeetingQuerySet

MOST = 2_000  # meetings


def sample(hits: Hits) -> tuple[MeetingQuerySet, int]:
    """The first of the meetings in their order, as rows that can be grouped, and how many; 0 where these are all.

    What was found for the list is not looked for again. More are looked for only of a set that is counted, which is quickly read.
    """
    found = hits.found(0, MOST) if not hits.more and hits.total > CAP else hits.ranked
    drawn = Meeting.objects.filter(pk__in=found[:MOST]).order_by()
    return drawn, min(len(found), MOST) if hits.more or hits.total > len(found[:MOST]) else 0
