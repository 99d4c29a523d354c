"""What pictures are drawn of: all meetings found, or so many of them that a page may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..querysets import MeetingQuerySet

MOST = 5_000  # meetings


def sample(meetings: MeetingQuerySet) -> tuple[MeetingQuerySet, bool]:
    """The first of the meetings in their order, found once, as rows that can be grouped; and whether there are more."""
    found = list(meetings.values_list("pk", flat=True)[: MOST + 1])
    return type(meetings)(meetings.model).filter(pk__in=found[:MOST]), len(found) > MOST
