"""What other values of a facet would find in place of those chosen, among the meetings that meet every other condition.

A meeting has one place, one form, one status and one date: among what a question for one of them finds, no other is left to count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from .conditions import found_by, model
from .hits import CAP, KEPT, NEWEST, STEP, is_walked, narrowed
from .terms import Facet, column

if TYPE_CHECKING:
    from .querysets import MeetingQuerySet, User


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Values of a facet, as in terms, with their number, the most frequent first. ``more``: the numbers are lower bounds."""

    counts: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


def alternatives(wider: Mapping[Facet, MeetingQuerySet], user: User) -> dict[Facet, Alternatives]:
    """The values of each facet among the meetings given for it: as counted ahead where they are, else of the newest ``CAP``.

    In two queries at most, none where nothing is asked.
    """
    found = _ahead({facet: meetings.given for facet, meetings in wider.items() if meetings.given is not None}, user)
    return found | _live({facet: meetings for facet, meetings in wider.items() if facet not in found})


def _ahead(given: Mapping[Facet, str], user: User) -> dict[Facet, Alternatives]:
    if not given:
        return {}
    counts: dict[Facet, Counter[str]] = {}
    wanted = reduce(or_, (Q(given=term, facet=facet) for facet, term in given.items()))
    rows = model("Rollup").objects.visible_to(user).filter(wanted).order_by("-meetings")
    for facet, term, n in rows.values_list("facet", "term", "meetings")[: 4 * KEPT]:
        counts.setdefault(Facet(facet), Counter())[term[2:]] += n
    return {facet: Alternatives(dict(found.most_common())) for facet, found in counts.items()}


PART = """
SELECT '{facet}', term, count(*) FROM ({rows}) meeting (terms) LEFT JOIN LATERAL unnest(terms) term ON left(term, 2) = '{facet}:'
GROUP BY term
"""


def _live(wider: Mapping[Facet, MeetingQuerySet]) -> dict[Facet, Alternatives]:
    parts, values = [], []
    for facet, meetings in wider.items():
        try:
            rows, own = _first(meetings).values(column(facet)).query.sql_with_params()
        except EmptyResultSet:  # a condition that nothing meets
            continue
        parts.append(PART.format(facet=facet, rows=rows))
        values += own
    if not parts:
        return {}
    counts: dict[Facet, Counter[str]] = {facet: Counter() for facet in wider}
    looked_at: Counter[Facet] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for letter, term, n in cursor.fetchall():
            looked_at[Facet(letter)] += n
            if term:
                counts[Facet(letter)][term[2:]] = n
    return {
        facet: Alternatives(dict(found.most_common()), looked_at[facet] > CAP or _walked(wider[facet]))
        for facet, found in counts.items()
    }


def _first(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """The newest; where frequent words are looked for, those that have them among the newest that meet all else."""
    if not _walked(meetings):
        return meetings.order_by(*NEWEST)[: CAP + 1]
    conditions = meetings.query.where.children
    quick = narrowed(meetings, [condition for condition in conditions if not is_walked(condition)])
    passed = quick.order_by(*NEWEST).values("pk")[:STEP]
    slow = narrowed(model("Meeting").objects.all(), [condition for condition in conditions if is_walked(condition)])
    return slow.filter(found_by(passed)).order_by()


def _walked(meetings: MeetingQuerySet) -> bool:
    return any(map(is_walked, meetings.query.where.children))
