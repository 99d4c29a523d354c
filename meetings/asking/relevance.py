"""Why a meeting matches: the order by how well its words do, and the passage that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import F, FloatField, Max
from django.db.models.functions import Cast

from ..conditions import telling, words_query
from ..hits import CAP, Hits
from ..models import Document, Meeting
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
    """A part of a passage, cut where the words that match begin and end: text, and whether it is such words.

    Without a document: what the meeting itself has of them, in its title, participants, agenda and place.
    """

    parts: tuple[tuple[str, bool], ...]
    document: Document | None = None
    order: int = 0
    number: str = ""

    @property
    def url(self) -> str:
        return f"{self.document.get_absolute_url()}#{anchor(self.order)}" if self.document else ""


BEFORE, AFTER = 9, 26  # words shown before the first that matches, and from it on
ITEM = "\x01"  # between a meeting's own words
ITEMS = 4  # of them that are shown
# Only the chosen passages are marked, which takes the database longest. Of a meeting that no passage matches, its own words are.
MARKED = """
WITH best (meeting_id, passage_id) AS ({best}), question AS (SELECT websearch_to_tsquery('english', %s) words)
SELECT best.meeting_id, document.public_id, document.title, document.identifier, document.file_name, passage."order", passage.number,
    ts_headline('english', passage.text, question.words, %s)
FROM question CROSS JOIN best
JOIN meetings_passage passage ON passage.id = best.passage_id
JOIN meetings_documentrevision revision ON revision.id = passage.revision_id
JOIN meetings_document document ON document.id = revision.document_id
UNION ALL
SELECT meeting.id, NULL, NULL, NULL, NULL, NULL, NULL, ts_headline('english', concat_ws(E'\\x01',
    (SELECT string_agg(item.name, E'\\x01' ORDER BY item.id) FROM meetings_meetingissue item WHERE item.meeting_id = meeting.id),
    (SELECT string_agg(concat_ws(', ', person.name, nullif(party.name, person.name), nullif(party.role, ''), nullif(party.body, '')), E'\\x01' ORDER BY party.id)
        FROM meetings_participant party LEFT JOIN meetings_person person ON person.id = party.person_id WHERE party.meeting_id = meeting.id),
    (SELECT place.name FROM meetings_place place WHERE place.id = meeting.place_id),
    meeting.title), question.words, %s)
FROM question CROSS JOIN meetings_meeting meeting
WHERE meeting.id = ANY(%s) AND meeting.search @@ question.words AND meeting.id NOT IN (SELECT meeting_id FROM best)
"""


def snippets(meetings: Iterable[Meeting], words: str, user: User) -> dict[int, Snippet]:
    """By meeting, the passage that the user may see in which the words match best, else its own words that match. One query."""
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
    sql, values = best.query.sql_with_params()
    options = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
    with connection.cursor() as cursor:
        cursor.execute(MARKED.format(best=sql), [*values, words, options, options, ids])
        return {meeting: _snippet(*row) for meeting, *row in cursor.fetchall()}


def _snippet(
    public_id: str | None, title: str, identifier: str, file_name: str, order: int, number: str, text: str
) -> Snippet:
    if public_id is None:
        items = dict.fromkeys(item for item in text.split(ITEM) if START in item)
        return Snippet(tuple(cut(" · ".join(list(items)[:ITEMS]))))
    document = Document(public_id=public_id, title=title, identifier=identifier, file_name=file_name)
    return Snippet(tuple(cut(window(text))), document, order, number)


def window(text: str) -> str:
    """The part of a marked text with the most words that match, and some before them."""
    words = text.split()
    marked = [place for place, word in enumerate(words) if START in word]
    starts = [max(0, place - BEFORE) for place in marked] or [0]
    start = max(starts, key=lambda start: (sum(start <= place < start + BEFORE + AFTER for place in marked), -start))
    shown = words[start : start + BEFORE + AFTER]
    return f"{'… ' if start else ''}{' '.join(shown)}{' …' if start + len(shown) < len(words) else ''}"


def cut(text: str) -> Iterable[tuple[str, bool]]:
    """``a \\x02b\\x03 c`` → ("a ", False), ("b", True), (" c", False)."""
    for n, piece in enumerate(text.split(START)):
        marked, _, rest = piece.partition(STOP) if n else ("", "", piece)
        if marked:
            yield marked, True
        if rest:
            yield rest, False
