"""What a question finds: the meetings in their order, how many, and how they divide, from one set of hits found once.

At most ``CAP`` meetings are looked at; of more, the total and the counts are lower bounds, and say so. For everything that the
user may see, and for all meetings of one frequent person, country, issue, place or form, exact counts were made ahead (``rollups.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from django.contrib.postgres.fields.array import ArrayOverlap
from django.db import connection
from django.db.models import DateField, ExpressionWrapper, F, Model, Q, QuerySet, Sum
from django.db.models.sql.where import AND, WhereNode

from .conditions import Walked, among, as_array, found_by, model, restricted
from .roles import is_editor
from .terms import NAMES, Facet

if TYPE_CHECKING:
    from .models import Meeting
    from .querysets import MeetingQuerySet, User

CAP = 1_000  # meetings of a question that are found, counted and listed
KEPT = 100  # people and places that are told, the most frequent first; of all other facets every value is
STEP, STEPS = 1_000, 4  # meetings walked past at a time for frequent words, and how often
RARE = 10_000  # meetings with a term: all of so many are found and sorted
ENOUGH = 50  # so many found on the way will do


@dataclass(frozen=True, slots=True)
class Tally:
    """How many meetings there are of each year, medium and status; the undated have no year.

    ``more``: these are only the first of them, and every number is a lower bound. ``counted``: when, if not just now.
    """

    total: int = 0
    years: Counter[int] = field(default_factory=Counter)
    media: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    more: bool = False
    counted: datetime | None = None


NEWEST = (F("earliest").desc(nulls_last=True), "-pk")
# The same, though not that of the index.
SORTED = (ExpressionWrapper(F("earliest") + 0, DateField()).desc(nulls_last=True), "-pk")
OLDEST = (F("earliest").asc(nulls_first=True), "pk")
# Each order is that of an index, in parts that follow one another.
ORDERS: dict[str, list[tuple[Q, tuple]]] = {
    "newest": [(Q(), NEWEST)],
    "oldest": [(Q(earliest__isnull=False), OLDEST), (Q(earliest=None), ("pk",))],
    "accounts": [(Q(account_count__gt=1), (F("account_count").desc(), *NEWEST)), (Q(account_count__lte=1), NEWEST)],
}

DIVIDED = """
WITH found AS MATERIALIZED (SELECT terms, names FROM meetings_meeting WHERE id = ANY(%(ids)s::bigint[])),
named AS MATERIALIZED (SELECT term, count(*) AS n FROM found, unnest(names) term WHERE left(term, 1) <> 'n' GROUP BY term)
SELECT term, count(*) FROM found, unnest(terms) term WHERE NOT term LIKE 'k:%%:%%' AND left(term, 1) <> ALL(%(untold)s) GROUP BY term
UNION ALL (SELECT term, n FROM named WHERE left(term, 1) = 'p' ORDER BY n DESC, term COLLATE "C" LIMIT %(kept)s)
UNION ALL (SELECT term, n FROM named WHERE left(term, 1) = 'l' ORDER BY n DESC, term COLLATE "C" LIMIT %(kept)s)
"""
# For somebody who may see collections that not everybody may: a kind counts once, wherever it is told.
DIVIDED_FOR_READER = DIVIDED.replace(
    "unnest(terms) term WHERE NOT term LIKE 'k:%%:%%'",
    """LATERAL (
        SELECT DISTINCT CASE WHEN NOT term LIKE 'k:%%:%%' THEN term
            WHEN split_part(term, ':', 2)::int = ANY(%(own)s) THEN 'k:' || split_part(term, ':', 3) END AS term
        FROM unnest(terms) term
    ) seen WHERE term IS NOT NULL""",
)
# The same as counted ahead, with "" for all of the meetings: in plain SQL, which takes longer to put together than to run.
AHEAD = """
SELECT term, meetings, counted FROM meetings_rollup WHERE given = %(given)s AND term = '' AND {seen}
UNION ALL SELECT term, meetings, NULL FROM meetings_rollup WHERE given = %(given)s AND facet = ANY(%(others)s) AND {seen}
UNION ALL (SELECT term, meetings, NULL FROM meetings_rollup WHERE given = %(given)s AND facet = 'p' AND {seen} ORDER BY meetings DESC LIMIT %(kept)s)
UNION ALL (SELECT term, meetings, NULL FROM meetings_rollup WHERE given = %(given)s AND facet = 'l' AND {seen} ORDER BY meetings DESC LIMIT %(kept)s)
"""
# What can be asked for, though no page tells how many there are.
UNTOLD = [Facet.OFFICE.value, Facet.HOST.value, Facet.REVIEW.value]
OTHERS = [facet.value for facet in Facet if facet not in {*NAMES, *UNTOLD}]
BY_ANYBODY = AHEAD.format(seen="audience_id IS NULL AND NOT rejected")
OWN = "SELECT id FROM meetings_collection WHERE public UNION ALL SELECT collection_id FROM meetings_collection_readers WHERE user_id = %(user)s"
BY_READER = AHEAD.format(seen=f"(audience_id IS NULL OR audience_id IN ({OWN})) AND NOT rejected")
BY_EDITOR = AHEAD.format(seen="true")


class Hits(Sequence):
    """The meetings that a query finds, as far as they are listed: slices give meetings with all that a row shows."""

    def __init__(self, meetings: MeetingQuerySet, sort: str = "newest"):
        self.meetings = meetings.order_by()
        self.user = meetings.seen_by
        self.sort = sort

    # Which

    @cached_property
    def ids(self) -> list[int]:
        """Row numbers in order, one more than ``CAP`` where there are more."""
        return self.walked() if any(map(is_walked, self.meetings.query.where.children)) else self.found(0, CAP + 1)

    def found(self, start: int, stop: int) -> list[int]:
        return self.listed(self.meetings, start, stop)

    def listed(
        self, meetings: MeetingQuerySet, start: int, stop: int, asked: WhereNode | None = None
    ) -> list[int] | list[tuple[int, bool]]:
        """Row numbers in order, each, where something is ``asked``, with whether it meets that."""
        rows: list = []
        many = stop - start >= CAP
        for condition, order in [(Q(), SORTED)] if many and self.sort == "newest" and self.rare else ORDERS[self.sort]:
            skipped = start if self.sort == "newest" else 0
            part = meetings.filter(condition).order_by(*order).values_list("pk", flat=True)[skipped : stop - len(rows)]
            if asked:
                passed = model("Meeting").objects.filter(found_by(part)).order_by(*order)
                part = passed.annotate(met=asked).values_list("pk", "met")
            rows += part
            if len(rows) >= stop - skipped:
                break
        return rows[start - skipped :]

    def walked(self) -> list[int]:
        """What meets the conditions on frequent words among the first that meet all others; all there are, if those are few."""
        conditions = self.meetings.query.where.children
        slow = [condition for condition in conditions if is_walked(condition)]
        quick = narrowed(self.meetings, [condition for condition in conditions if condition not in slow])
        ids: list[int] = []
        for step in range(STEPS):
            passed = self.listed(quick, step * STEP, (step + 1) * STEP, WhereNode(slow))
            ids += [number for number, met in passed if met]
            if len(passed) < STEP:
                return ids
            if len(ids) >= ENOUGH:
                self.unfinished = True
                return ids
        everything = narrowed(self.meetings, [found_instead(condition) for condition in conditions])
        return self.listed(everything, 0, CAP + 1)

    @cached_property
    def rare(self) -> bool:
        """Whether a term that is asked for is so rare that it is quicker to find all meetings with it and sort them than to walk
        past a thousand of them. The planner does not know what it costs to look into each one's terms.
        """
        if self.meetings.given:
            return bool(self.rollup) and self.total <= RARE
        terms = list(required(self.meetings.query.where))
        if len(terms) != 1:  # of several the planner knows how rare they are together
            return False
        public = model("Rollup").objects.filter(audience=None, rejected=False)
        return public.filter(given="", term__in=terms, meetings__gt=CAP, meetings__lte=RARE).exists()

    unfinished = False  # whether meetings that were not walked past may meet the question too

    @cached_property
    def ranked(self) -> list[int]:
        return self.ids[:CAP]

    def numbers(self, start: int, stop: int) -> list[int]:
        """Row numbers of some of them; of a set that is counted ahead no more is found than is asked for."""
        known = not self.rollup or ("ids" in vars(self) and stop <= CAP)
        return self.ids[start:stop] if known else self.found(start, stop)

    def __len__(self) -> int:
        """How many can be listed."""
        return self.total

    def __getitem__(self, at: slice) -> list[Meeting]:
        start, stop, _ = at.indices(self.total)
        numbers = self.numbers(start, stop)
        rows = model("Meeting").objects.raw(rows_sql(), [as_array(numbers)])
        place = {number: at for at, number in enumerate(numbers)}
        return sorted(rows, key=lambda row: place[row.pk])

    # How many

    @cached_property
    def rollup(self) -> tuple[int, datetime] | None:
        """Total and time of the counts made ahead for this very question; None where there are none, or none are needed."""
        counts, when = self.ahead
        return (counts[""], when) if when and counts[""] > CAP else None

    @cached_property
    def ahead(self) -> tuple[Counter[str], datetime | None]:
        """Terms with their number, "" for all meetings, as counted ahead for this very question, and when; nothing, where nobody did."""
        counts: Counter[str] = Counter()
        oldest = None
        if self.meetings.given is not None:
            sql = BY_ANYBODY if self.user.is_anonymous else BY_EDITOR if is_editor(self.user) else BY_READER
            values = {"given": self.meetings.given, "others": OTHERS, "kept": KEPT, "user": self.user.pk}
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                for term, n, counted in cursor.fetchall():
                    counts[term] += n
                    oldest = min(oldest or counted, counted) if counted else oldest
        return counts, oldest

    @property
    def total(self) -> int:
        """How many there are; ``CAP`` where there are more and nobody counted."""
        return self.rollup[0] if self.rollup else len(self.ranked)

    @property
    def more(self) -> bool:
        return not self.rollup and (len(self.ids) > CAP or self.unfinished)

    # How they divide

    @cached_property
    def facets(self) -> dict[Facet, dict[str, int]]:
        """Of each facet the most frequent values, as in terms, with the number of meetings; the most frequent first."""
        facets: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        for term, n in sorted(self.divided(), key=itemgetter(1), reverse=True):
            facets[term[0]][term[2:]] = n  # a facet is its letter
        return facets

    def divided(self) -> Iterator[tuple[str, int]]:
        if self.rollup:
            counts, _ = self.ahead
            yield from ((term, n) for term, n in counts.items() if term)
            return
        own = restricted(self.user) if self.user else []
        with connection.cursor() as cursor:
            values = {"ids": as_array(self.ranked), "kept": KEPT, "own": own, "untold": UNTOLD}
            cursor.execute(DIVIDED_FOR_READER if own else DIVIDED, values)
            yield from cursor.fetchall()

    @cached_property
    def tally(self) -> Tally:
        years = Counter({int(year): n for year, n in self.facets[Facet.YEAR].items() if year})
        return Tally(
            total=self.total,
            years=years,
            media=Counter(self.facets[Facet.MEDIUM]),
            statuses=Counter(self.facets[Facet.STATUS]),
            undated=self.facets[Facet.YEAR].get("", 0),
            more=self.more,
            counted=self.rollup[1] if self.rollup else None,
        )


@cache
def rows_sql() -> str:
    """The query for the rows of a list with these numbers, put together once: its only parameter are the numbers."""
    rows = model("Meeting").objects.filter(among(())).order_by().for_list().defer("created", "updated")
    sql, _ = rows.query.sql_with_params()
    return sql


class Ranking(Sequence):
    """Rows by the number of their meetings, as counted ahead: slices give the rows, with the number as ``meeting_count``."""

    def __init__(self, rows: QuerySet, user: User, facet: Facet):
        ahead = model("Rollup").objects.visible_to(user).filter(given="", facet=facet)
        self.rows, self.alone = rows, user.is_anonymous
        # Whoever sees one audience only is told its counts as they lie in the index.
        self.counts = (
            ahead.annotate(n=F("meetings")) if self.alone else ahead.values("term").annotate(n=Sum("meetings"))
        )

    def __len__(self) -> int:
        return self.counts.count()

    def __getitem__(self, at: slice) -> list[Model]:
        order = "-meetings" if self.alone else "-n"
        counted = {term[2:]: n for term, n in self.counts.order_by(order, "term").values_list("term", "n")[at]}
        rows = list(self.rows.filter(pk__in=counted))
        for row in rows:
            row.meeting_count = counted[str(row.pk)]
        return sorted(rows, key=lambda row: (-row.meeting_count, row.name))


# Conditions of a query, one by one


def is_walked(condition) -> bool:
    # Django compares an expression that is a condition with true.
    return isinstance(getattr(condition, "lhs", None), Walked) or any(
        map(is_walked, getattr(condition, "children", ()))
    )


def required(where: WhereNode) -> Iterator[str]:
    """The terms that a meeting must have to meet the conditions, of which no other will do instead."""
    for condition in where.children if where.connector == AND and not where.negated else ():
        if isinstance(condition, WhereNode):
            yield from required(condition)
        elif isinstance(condition, ArrayOverlap):
            values = condition.rhs.get_source_expressions()
            yield from (value.value for value in values if len(values) == 1)


def narrowed(meetings: MeetingQuerySet, conditions: list) -> MeetingQuerySet:
    """The query with other conditions, all of which must hold."""
    meetings = meetings.all()
    meetings.query.where = WhereNode(conditions)
    return meetings


def found_instead(condition):
    """The condition with what is found at once in place of what is asked of one meeting after the other."""
    if not is_walked(condition):
        return condition
    if isinstance(condition, WhereNode):
        return WhereNode([found_instead(child) for child in condition.children], condition.connector, condition.negated)
    (found,) = model("Meeting").objects.filter(condition.lhs.found()).query.where.children
    return found
