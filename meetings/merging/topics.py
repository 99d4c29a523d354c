"""Topics that may be one: themes with themes, issues with issues. There are some hundreds of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db.models import Q

from ..authorities import issues
from ..models import Issue
from ..resolution.identity import ASKED, of_topics
from ..resolution.names import fold
from .kind import MOST, Impossible, Move, Pair, Preview, Row
from .records import EXAMPLES, Judged, RecordKind

COMMON = 25  # topics that share a word beyond which it tells nothing
OFFERED = 12
LEAST = 1.5


class Topics(RecordKind):
    name, one, many = "topics", "topic", "topics"
    model = Issue

    def get(self, ids: Sequence[str]) -> list[Issue]:
        found = {row.key: row for row in Issue.objects.filter(key__in=ids).select_related("merged_into", "theme")}
        return list(dict.fromkeys(found[key].survivor for key in ids if key in found))

    def id(self, record: Issue) -> str:
        return record.key

    def described(self, record: Issue) -> str:
        return record.theme.name if record.theme else "theme"

    def search(self, text: str, limit: int) -> list[Issue]:
        named = Q(name__icontains=text) | Q(aliases__icontains=text) | Q(merged__name__icontains=text)
        return list(self.standing().filter(named).distinct().order_by("name")[:limit])

    def standing(self):
        return Issue.objects.filter(merged_into=None).select_related("theme")

    # candidates

    def suggested(self) -> list[Pair]:
        shipped = {
            issue.key for issue in issues.all()
        }  # which the tree has as two on purpose, though they share a word
        asked = (pair for pair in near(list(self.standing())) if not {each.key for each in pair} <= shipped)
        return [pair for pair in self.compared(asked) if pair.score >= ASKED]

    def candidates(self, record: Issue) -> list[Pair]:
        pairs = (pair for pair in near(list(self.standing())) if record in pair)
        found = self.compared((one, other) if one == record else (other, one) for one, other in pairs)
        return [pair for pair in found if pair.score >= LEAST][:OFFERED]

    def compared(self, pairs: Iterable[tuple[Issue, Issue]]) -> list[Pair]:
        judged = Judged.on(self.subject)
        found = []
        for one, other in pairs:
            said = judged.of([one.key], [other.key])
            if said != "different":
                verdict = of_topics(
                    names_of(one), names_of(other), bool(one.theme_id) and one.theme_id == other.theme_id
                )
                found.append(Pair(one, other, verdict.score, str(verdict), said == "unsure"))
        return sorted(found, key=lambda pair: (-pair.score, pair.one.name, pair.other.name))[:MOST]

    # preview

    def check(self, stays: Issue, gone: Sequence[Issue]) -> None:
        super().check(stays, gone)
        if any(bool(each.theme_id) != bool(stays.theme_id) for each in gone):
            raise Impossible("A theme and an issue cannot be merged. Move the issue to another theme instead.")

    def preview(self, stays: Issue, gone: Sequence[Issue]) -> Preview:
        self.check(stays, gone)
        records = [stays, *gone]
        rows = [
            Row("Name", [[each.name] for each in records]),
            Row("Theme", [[each.theme.name] if each.theme else [] for each in records]),
            Row("Other words", [each.aliases for each in records]),
            Row("TAGS", [each.tags for each in records]),
            Row("PLOVER", [each.plover for each in records]),
        ]
        warnings = [
            f"{each.name} belongs to {each.theme}, {stays.name} to {stays.theme}."
            for each in gone
            if each.theme_id != stays.theme_id
        ]
        children = [issue.name for each in gone for issue in each.issues.order_by("name")]
        words = [word for each in gone for word in (each.name, *each.aliases)]
        moves = [
            Move("names", len(words), words[:EXAMPLES]),
            Move("issues", len(children), children[:EXAMPLES]),
            *self.led(gone),
        ]
        return Preview(stays, gone, rows, moves, warnings)

    def taken(self, stays: Issue, gone: Issue, name: str) -> dict[str, Any]:
        return {"children": list(gone.issues.order_by("key").values_list("key", flat=True))}


def names_of(topic: Issue) -> tuple[str, ...]:
    return (topic.name, *topic.aliases)


def near(topics: list[Issue]) -> list[tuple[Issue, Issue]]:
    """Pairs of one level that share a name, or a word that few have."""
    by_word: dict[tuple, list[Issue]] = defaultdict(list)
    for topic in topics:
        names = {fold(name) for name in names_of(topic)}
        for word in names | set(fold(topic.name).split()):
            by_word[bool(topic.theme_id), word].append(topic)
    pairs = {}
    for found in by_word.values():
        if len(found) <= COMMON:
            for one, other in combinations(sorted(found, key=lambda topic: topic.pk), 2):
                pairs[one.pk, other.pk] = one, other
    return list(pairs.values())
