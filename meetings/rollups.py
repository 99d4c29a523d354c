"""Counts of meetings made ahead, for sets too large to be counted while somebody waits.

    terms of all meetings → how many have each term → of those with a frequent one, how many have which other

Below ``LIVE`` meetings nothing is made ahead, so a small database never shows an old number.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from .hits import CAP, KEPT
from .models import Meeting, Rollup
from .terms import NAMES, Facet, term

LIVE = CAP  # meetings: up to so many are counted live; terms of more have rollups of what goes with them
OLD = timedelta(days=1)
CHANGED = 0.01  # share of meetings by which the number may be off before the counts are made anew
QUICK = (
    50_000  # meetings: up to so many are counted anew in seconds, so that it is done whenever something came or went
)
# What has a page of its own, or is asked for by itself.
SUBJECTS = {Facet.PERSON, Facet.COUNTRY, Facet.ISSUE, Facet.PLACE, Facet.HOST, Facet.KIND, Facet.MEDIUM, Facet.STATUS}
COUNTERPARTS = 12  # countries of which the decades are counted too
AT_ONCE = 100_000  # meetings that are looked at together

SEPARATOR = "\x1f"
# Each meeting's terms. A kind told in confidence counts for those whom the whole meeting is for; beside an open account it is not.
TERMS = """
COPY (
    SELECT coalesce(audience_id, 0), (review = 'rejected')::int,
        CASE WHEN audience_id IS NULL THEN array_to_string(terms || names, E'\\x1f')
        ELSE regexp_replace(array_to_string(terms || names, E'\\x1f'), 'k:[0-9]+:', 'k:') END
    FROM meetings_meeting WHERE merged_into_id IS NULL AND account_count > 0
) TO STDOUT
"""
COUNTS = "COPY meetings_rollup (audience_id, rejected, given, facet, term, meetings, counted) FROM STDIN"


class Counted:
    """The terms of one audience's meetings, as numbers, one meeting after the other."""

    def __init__(self):
        self.terms, self.lengths = array("i"), array("i")

    def close(self, size: int) -> None:
        """When all is in: ``size`` is the number of different terms."""
        self.terms, self.lengths = np.frombuffer(self.terms, "i"), np.frombuffer(self.lengths, "i")
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)])
        self.totals = np.bincount(self.terms, minlength=size)
        self.holders = np.repeat(np.arange(len(self.lengths)), self.lengths)[np.argsort(self.terms, kind="stable")]
        self.firsts = np.concatenate([[0], np.cumsum(self.totals)])

    def having(self, term: int) -> np.ndarray:
        """The meetings with a term."""
        return self.holders[self.firsts[term] : self.firsts[term + 1]]

    def beside(self, term: int) -> np.ndarray:
        """How many of the meetings with a term have each other one, and it."""
        counts = np.zeros(len(self.totals), "i")
        having = self.having(term)
        for first in range(0, len(having), AT_ONCE):
            meetings = having[first : first + AT_ONCE]
            lengths = self.lengths[meetings]
            ends = np.cumsum(lengths)
            at = np.repeat(self.starts[meetings] - ends + lengths, lengths) + np.arange(ends[-1])
            counts += np.bincount(self.terms[at], minlength=len(counts)).astype("i")
        return counts


@transaction.atomic
def refresh() -> int:
    """Make the counts anew, or none while all can be counted live; returns the number of meetings counted."""
    seen = Meeting.objects.filter(merged_into=None, account_count__gt=0).count()
    Rollup.objects.all().delete()
    if seen <= LIVE:
        return 0
    vocabulary, audiences = counted()
    now = timezone.now().isoformat()
    with connection.cursor() as cursor:
        with cursor.copy(COUNTS) as copy:
            for (audience, rejected), given, term, n in rows(vocabulary, audiences):
                copy.write_row((audience or None, bool(rejected), given, term[:1], term, n, now))
        cursor.execute("ANALYZE meetings_rollup")
    return seen


RECOUNT = """
INSERT INTO meetings_rollup (audience_id, rejected, given, facet, term, meetings, counted)
SELECT audience_id, review = 'rejected', '', left(%(term)s, 1), %(term)s, count(*), now() FROM meetings_meeting
WHERE merged_into_id IS NULL AND account_count > 0 AND (terms @> ARRAY[%(term)s] OR names @> ARRAY[%(term)s]) GROUP BY 1, 2
"""


def recount(terms: Iterable[str]) -> None:
    """Count the meetings of some terms anew, where counts are made ahead; what goes with a frequent one is left to the next refresh."""
    if not Rollup.objects.filter(given="", term="").exists():
        return
    terms = list(terms)
    Rollup.objects.filter(given="", term__in=terms).delete()
    with connection.cursor() as cursor:
        for term in terms:
            cursor.execute(RECOUNT, {"term": term})
    counted = Rollup.objects.filter(given="", term__in=terms).values("term")
    Rollup.objects.filter(given__in=terms).exclude(given__in=counted).delete()


def counted() -> tuple[list[str], dict[tuple[int, int], Counted]]:
    """All terms, and the meetings of each audience, rejected ones apart, with the numbers of their terms."""
    numbers: dict[str, int] = defaultdict(lambda: len(numbers))
    audiences: dict[tuple[int, int], Counted] = defaultdict(Counted)
    with connection.cursor() as cursor, cursor.copy(TERMS) as copy:
        for audience, rejected, terms in copy.rows():
            kept = [
                numbers[term]
                for term in terms.split(SEPARATOR)
                if term[0] != Facet.UNRESOLVED and not in_confidence(term)
            ]
            part = audiences[int(audience), int(rejected)]
            part.terms.extend(kept)
            part.lengths.append(len(kept))
    for part in audiences.values():
        part.close(len(numbers))
        part.decades = np.zeros(len(part.lengths), "i2")
        for text, number in numbers.items():
            if text[0] == Facet.YEAR and len(text) > 2:
                part.decades[part.having(number)] = int(text[2:]) // 10 * 10
    return list(numbers), audiences


def in_confidence(term: str) -> bool:
    return term[0] == Facet.KIND and term[2:3].isdigit()


def rows(
    vocabulary: list[str], audiences: dict[tuple[int, int], Counted]
) -> Iterator[tuple[tuple[int, int], str, str, int]]:
    """Audience, what the meetings have in common, another term that they have, and how many those are."""
    facets = np.array([term[0] for term in vocabulary])
    subjects = [number for number, facet in enumerate(facets) if facet in SUBJECTS]
    totals = sum(part.totals for part in audiences.values())
    for audience, part in audiences.items():
        yield audience, "", "", len(part.lengths)
        for number in np.flatnonzero(part.totals):
            yield audience, "", vocabulary[number], int(part.totals[number])
        for subject in subjects:
            if totals[subject] > LIVE and part.totals[subject]:
                yield audience, vocabulary[subject], "", int(part.totals[subject])
                counts = part.beside(subject)
                for number in most(counts, facets):
                    yield audience, vocabulary[subject], vocabulary[number], int(counts[number])
                if facets[subject] == Facet.COUNTRY:
                    for other, decade, n in by_decade(part, subject, vocabulary, counts, facets):
                        yield audience, vocabulary[subject], term(Facet.COUNTERPART, f"{other}:{decade}"), n


def by_decade(
    part: Counted, country: int, vocabulary: list[str], counts: np.ndarray, facets: np.ndarray
) -> Iterator[tuple[str, int, int]]:
    """Keys of the countries that a country met most, with first years of decades and the number of meetings."""
    met = np.zeros(len(part.lengths), bool)
    met[part.having(country)] = True
    others = [number for number in np.flatnonzero(facets == Facet.COUNTRY) if number != country and counts[number]]
    for other in sorted(others, key=lambda number: -counts[number])[:COUNTERPARTS]:
        together = part.having(other)
        decades = part.decades[together[met[together]]]
        for decade in np.unique(decades[decades > 0]):
            yield vocabulary[other][2:], int(decade), int((decades == decade).sum())


def most(counts: np.ndarray, facets: np.ndarray) -> Iterator[int]:
    """The terms with the highest counts, of people and places up to ``KEPT``."""
    present = np.flatnonzero(counts)
    present = present[np.argsort(-counts[present], kind="stable")]
    for facet in np.unique(facets[present]):
        yield from present[facets[present] == facet][: KEPT if facet in NAMES else None]


def refresh_if_stale() -> int:
    """After documents came or went: make the counts anew when they are old, or off by more than a page may be."""
    ahead = list(Rollup.objects.filter(given="", term="").values_list("meetings", "counted"))
    now = Meeting.objects.filter(merged_into=None, account_count__gt=0).count()
    if not ahead:
        return refresh() if now > LIVE else 0
    then, when = sum(n for n, _ in ahead), min(when for _, when in ahead)
    stale = now <= QUICK or timezone.now() - when > OLD or abs(now - then) > CHANGED * then
    return refresh() if stale else 0
