"""Why a meeting matches: the order by how well its words do, and the passage that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import F, FloatField, Max
from django.db.models.functions import Cast

from ..conditions import telling, words_query
from ..hits import CAP, Hits
from ..models import Meeting, Passage
from ..presentation.passages import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..querysets import MeetingQuerySet, User

OWN = 4  # how much more a meeting's own words count than a passage's
# What the database puts around the words that match; no text here has them.
START, STOP = "\x02", "\x03"


class Relevant(Hits):
    """Hits with those first whose words match best; of more than ``CAP`` meetings, the newest are ordered so."""

    def __init__(self, meetings: MeetingQuerySet, words: str):
        super().__init__(meetings)
        self.words = words

    @cached_property
    def ids(self) -> list[int]:
        found = super().ids
        ids = found[:CAP]
        query = words_query(self.words)
        told = telling(query, self.user).filter(meeting__in=ids).values("meeting")
        rank = Max(SearchRank(F("document__revisions__passages__search"), query), output_field=FloatField())
        own = Meeting.objects.filter(pk__in=ids, search=query).order_by()
        own_rank = Cast(SearchRank(F("search"), query), FloatField()) * OWN
        rows = (
            told.annotate(rank=rank)
            .values_list("meeting", "rank")
            .union(own.annotate(rank=own_rank).values_list("pk", "rank"), all=True)
        )
        scores: dict[int, float] = {}
        for meeting, score in rows:
            scores[meeting] = scores.get(meeting, 0) + score
        return sorted(ids, key=lambda pk: -scores.get(pk, 0)) + found[CAP:]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage, cut where the words that match begin and end: text, and whether it is such words."""

    passage: Passage
    parts: tuple[tuple[str, bool], ...]
    opens: bool  # the passage begins with it
    closes: bool  # the passage ends with it

    @property
    def url(self) -> str:
        return f"{self.passage.revision.document.get_absolute_url()}#{anchor(self.passage.order)}"


def snippets(meetings: Iterable[Meeting], words: str, user: User) -> dict[int, Snippet]:
    """By meeting, the passage that the user may see in which the words match best. Two queries; nothing where only titles match."""
    ids = [meeting.pk for meeting in meetings]
    if not words or not ids:
        return {}
    query = words_query(words)
    passage = "document__revisions__passages"
    best = (
        telling(query, user)
        .filter(meeting__in=ids)
        .annotate(passage=F(f"{passage}__pk"), rank=SearchRank(F(f"{passage}__search"), query))
        .order_by("meeting", "-rank", "passage")
        .distinct("meeting")
        .values_list("meeting", "passage")
    )
    chosen = dict(best)
    headline = SearchHeadline(
        "text", query, config="english", start_sel=START, stop_sel=STOP, max_words=34, min_words=18
    )
    passages = (
        Passage.objects.filter(pk__in=chosen.values())
        .select_related("revision__document")
        .defer("revision__text", "revision__names", "revision__sketch", "search")
    )
    shown = {each.pk: _snippet(each) for each in passages.annotate(headline=headline)}
    return {meeting: shown[pk] for meeting, pk in chosen.items() if pk in shown}


def _snippet(passage: Passage) -> Snippet:
    text = " ".join(passage.headline.split())
    plain, whole = text.replace(START, "").replace(STOP, ""), " ".join(passage.text.split())
    return Snippet(passage, tuple(cut(text)), whole.startswith(plain), whole.endswith(plain))


def cut(text: str) -> Iterable[tuple[str, bool]]:
    """``a \\x02b\\x03 c`` → ("a ", False), ("b", True), (" c", False)."""
    for n, piece in enumerate(text.split(START)):
        marked, _, rest = piece.partition(STOP) if n else ("", "", piece)
        if marked:
            yield marked, True
        if rest:
            yield rest, False
