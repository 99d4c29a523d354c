"""Counts of meetings made ahead, for sets too large to be counted while somebody waits.

    terms of all meetings → how many have each term → of those with a frequent person, country or issue, how many have which other

Below ``LIVE`` meetings nothing is made ahead, so a small database never shows an old number.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from .hits import CAP, KEPT
from .models import Meeting, Rollup
from .terms import Facet

LIVE = CAP  # meetings: up to so many are counted live; terms of more have rollups of what goes with them
OLD = timedelta(days=1)
CHANGED = 0.01  # share of meetings by which the number may be off before the counts are made anew
QUICK = (
    50_000  # meetings: up to so many are counted anew in seconds, so that it is done whenever something came or went
)
SUBJECTS = (Facet.PERSON, Facet.COUNTRY, Facet.ISSUE)  # what has a page of its own

SEEN = "meeting.merged_into_id IS NULL AND meeting.account_count > 0"
# Each term once. A kind told in confidence counts for those whom the whole meeting is for; beside an open account it is left out.
TERMS = """LATERAL (
    SELECT regexp_replace(found, '^k:[0-9]+:', 'k:') FROM unnest(terms || names) found
    WHERE left(found, 1) <> %(unresolved)s AND (audience_id IS NOT NULL OR found !~ '^k:[0-9]')
) found(term)"""

ALL = f"""
INSERT INTO meetings_rollup (audience_id, rejected, given, facet, term, meetings, counted)
SELECT audience_id, review = 'rejected', '', '', '', count(*), %(now)s
FROM meetings_meeting meeting WHERE {SEEN} GROUP BY 1, 2
UNION ALL
SELECT audience_id, review = 'rejected', '', left(term, 1), term, count(*), %(now)s
FROM meetings_meeting meeting, {TERMS} WHERE {SEEN} GROUP BY 1, 2, 5
"""  # noqa: S608 - a constant of this module

BESIDE = f"""
INSERT INTO meetings_rollup (audience_id, rejected, given, facet, term, meetings, counted)
SELECT audience_id, rejected, given, facet, term, n, %(now)s FROM (
    SELECT *, row_number() OVER (PARTITION BY audience_id, rejected, given, facet ORDER BY n DESC, term) AS place FROM (
        SELECT audience_id, review = 'rejected' AS rejected, given, left(term, 1) AS facet, term, count(*) AS n
        FROM meetings_meeting meeting, unnest(terms || names) given, {TERMS}
        WHERE {SEEN} AND given = ANY(%(frequent)s)
        GROUP BY 1, 2, 3, 5
        UNION ALL
        SELECT audience_id, review = 'rejected', given, '', '', count(*)
        FROM meetings_meeting meeting, unnest(terms || names) given WHERE {SEEN} AND given = ANY(%(frequent)s) GROUP BY 1, 2, 3
    ) counted
) ranked WHERE place <= %(kept)s
"""  # noqa: S608 - a constant of this module


@transaction.atomic
def refresh() -> int:
    """Make the counts anew, or none while all can be counted live; returns the number of meetings counted."""
    seen = Meeting.objects.filter(merged_into=None, account_count__gt=0).count()
    Rollup.objects.all().delete()
    if seen <= LIVE:
        return 0
    values = {"now": timezone.now(), "unresolved": Facet.UNRESOLVED.value, "kept": KEPT}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(ALL, values)
        cursor.execute(
            "SELECT term FROM meetings_rollup WHERE given = '' AND facet = ANY(%s) GROUP BY term HAVING sum(meetings) > %s",
            [[facet.value for facet in SUBJECTS], LIVE],
        )
        cursor.execute(BESIDE, {**values, "frequent": [term for (term,) in cursor.fetchall()]})
        cursor.execute("ANALYZE meetings_rollup")
    return seen


def refresh_if_stale() -> int:
    """After documents came or went: make the counts anew when they are old, or off by more than a page may be."""
    rows = list(Rollup.objects.filter(given="", term="").values_list("meetings", "counted"))
    then, counted = sum(n for n, _ in rows), max((when for _, when in rows), default=None)
    now = Meeting.objects.filter(merged_into=None, account_count__gt=0).count()
    if now <= LIVE and not rows:
        return 0
    if counted is None:
        return refresh()
    stale = now <= QUICK or timezone.now() - counted > OLD or abs(now - then) > CHANGED * then
    return refresh() if stale else 0
