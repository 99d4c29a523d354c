"""What pictures are drawn of: all meetings found, or as many of them as are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..conditions import among
from ..models import Meeting

if TYPE_CHECKING:
    from ..hits import Hits
    from ..querysets import MeetingQuerySet


def sample(hits: Hits) -> tuple[MeetingQuerySet, int]:
    """The first of the meetings in their order, as rows that can be grouped, and how many; 0 where these are all."""
    drawn = Meeting.objects.filter(among(hits.ranked)).order_by()
    return drawn, len(hits.ranked) if hits.more or hits.total > len(hits.ranked) else 0
