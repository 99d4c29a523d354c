"""Places that may be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q

from ..models import Place
from ..resolution.accounts import spot_of
from ..resolution.identity import ASKED, of_places
from ..resolution.names import fold
from .kind import MOST, Move, Pair, Preview, Row
from .records import EXAMPLES, Judged, RecordKind

OFFERED = 12
LEAST = 0.0
NEAR = 0.06  # degrees: some 6 km

# Pairs of places of one name, of one first word in one country, or in one square of a grid, or of the same grid half a square on.
PAIRS = """
WITH spot AS MATERIALIZED (
    SELECT id, folded, country_id AS country, precision, latitude, longitude, split_part(folded, ' ', 1) AS first
    FROM meetings_place WHERE merged_into_id IS NULL
), near AS (
    SELECT 0 AS rank, a.id AS one, b.id AS other FROM spot a JOIN spot b ON a.folded = b.folded AND a.id < b.id
    UNION ALL
    SELECT 1, a.id, b.id FROM spot a JOIN spot b ON round(a.latitude * 20) = round(b.latitude * 20)
        AND round(a.longitude * 20) = round(b.longitude * 20) AND a.precision = b.precision AND a.id < b.id
    UNION ALL
    SELECT 1, a.id, b.id FROM spot a JOIN spot b ON floor(a.latitude * 20) = floor(b.latitude * 20)
        AND floor(a.longitude * 20) = floor(b.longitude * 20) AND a.precision = b.precision AND a.id < b.id
    UNION ALL
    SELECT 2, a.id, b.id FROM spot a JOIN spot b ON a.first = b.first AND a.country = b.country AND a.precision = b.precision
        AND a.id < b.id WHERE length(a.first) > 3
    UNION ALL
    SELECT 3, a.id, b.id FROM spot a JOIN spot b ON left(a.folded, 4) = left(b.folded, 4) AND a.country = b.country
        AND a.precision = b.precision AND a.id < b.id
)
SELECT one, other FROM near GROUP BY one, other ORDER BY min(rank), one DESC, other DESC LIMIT %s
"""


class Places(RecordKind):
    name, one, many = "places", "place", "places"
    model = Place

    def described(self, record: Place) -> str:
        where = record.country.name if record.country else "country not told"
        return f"{where}, {record.get_precision_display().lower()}"

    def search(self, text: str, limit: int) -> list[Place]:
        typed = fold(text)
        named = Q(folded__startswith=typed) | Q(folded__contains=f" {typed}")
        found = Place.objects.filter(named | Q(merged__folded__startswith=typed), merged_into=None).distinct()
        return list(found.select_related("country").order_by("folded", "pk")[:limit]) if typed else []

    # candidates

    def suggested(self) -> list[Pair]:
        with connection.cursor() as cursor:
            cursor.execute(PAIRS, [MOST])
            near = cursor.fetchall()
        return [pair for pair in self.compared(near) if pair.score >= ASKED]

    def candidates(self, record: Place) -> list[Pair]:
        near = Q(folded=record.folded)
        if record.latitude is not None:
            near |= Q(
                latitude__range=(record.latitude - NEAR, record.latitude + NEAR),
                longitude__range=(record.longitude - NEAR, record.longitude + NEAR),
            )
        words = [word for word in record.folded.split() if len(word) > 3]
        for word in words:
            near |= Q(folded__contains=word, country=record.country_id)
        near |= Q(folded__startswith=record.folded[:3], country=record.country_id)
        others = Place.objects.filter(near, merged_into=None).exclude(pk=record.pk).values_list("pk", flat=True)[:MOST]
        found = self.compared((record.pk, other) for other in others)
        return [pair for pair in found if pair.score >= LEAST][:OFFERED]

    def compared(self, near: Iterable[tuple[int, int]]) -> list[Pair]:
        near = list(near)
        places = Place.objects.select_related("country").in_bulk({key for pair in near for key in pair})
        judged = Judged.on(self.subject)
        pairs = []
        for one, other in ((places[a], places[b]) for a, b in near):
            said = judged.of(*([(each.folded, each.country_id, each.precision)] for each in (one, other)))
            if said != "different":
                verdict = of_places(spot_of(one), spot_of(other))
                pairs.append(Pair(one, other, verdict.score, str(verdict), said == "unsure"))
        return sorted(pairs, key=lambda pair: (-pair.score, pair.one.name, pair.one.pk, pair.other.pk))

    # preview

    def preview(self, stays: Place, gone: Sequence[Place]) -> Preview:
        self.check(stays, gone)
        records = [stays, *gone]
        rows = [
            Row("Name", [[each.name] for each in records]),
            Row("Country", [[each.country.name] if each.country else [] for each in records]),
            Row("Precision", [[each.get_precision_display()] for each in records]),
            Row("Coordinates", [[at(each)] if each.latitude is not None else [] for each in records]),
        ]
        warnings = []
        for each in gone:
            verdict = of_places(spot_of(stays), spot_of(each))
            warnings += [
                f"{stays.name} and {each.name}: {reason.text}." for reason in verdict.reasons if reason.weight < 0
            ]
        names = [each.name for each in gone]
        return Preview(stays, gone, rows, [Move("names", len(names), names[:EXAMPLES]), *self.led(gone)], warnings)


def at(place: Place) -> str:
    return f"{abs(place.latitude):.3f}° {'N' if place.latitude >= 0 else 'S'}, {abs(place.longitude):.3f}° {'E' if place.longitude >= 0 else 'W'}"
