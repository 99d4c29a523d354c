"""Posts: who held one on the day of a meeting, by the tables of office holders, or is told to by a document."""

from __future__ import annotations

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from .. import conditions
from ..models import Participant, Position

# What any holder of a kind of office (Position.office) may be called.
KINDS = {
    "head of state": "head of state",
    "head of government": "head of government",
    "foreign minister": "foreign minister",
    "minister of foreign affairs": "foreign minister",
    "minister for foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister",
    "vice president": "vice president",
    "secretary general": "secretary-general",
    "secretary-general": "secretary-general",
}
# What most holders of a kind are called. Any other title is of few: there is one Taoiseach among the heads of government.
COMMON = {"president": "head of state", "prime minister": "head of government"}


def in_post(title: str) -> Q:
    """Somebody took part in this post: as held on the day, or as told in these words. Letter case does not count."""
    told = conditions.in_office(words=[title])
    if kind := KINDS.get(title.casefold()):
        return conditions.in_office([kind]) | told
    if kind := COMMON.get(title.casefold()):
        return (conditions.in_office([kind]) & Q(Exists(_holding(title).filter(meeting=OuterRef("pk"))))) | told
    holders = Position.objects.filter(title__iexact=title).values(holder=Coalesce("person__merged_into", "person"))
    held = _holding(title).filter(person__in=holders).values("meeting")
    return told | conditions.found_by(held)


def _holding(title: str) -> QuerySet:
    """Participants with a post of this title on the day of their meeting.

    EDTF texts compare as text; "~" comes after all that may follow a year or a month: 2004 ends after 2004-05-01.
    """
    first, last = (Cast(OuterRef(f"meeting__{day}"), CharField()) for day in ("earliest", "latest"))
    held = Position.objects.annotate(through=Concat("end", Value("~"))).filter(
        Q(start="") | Q(start__lte=last),
        Q(end="") | Q(through__gte=first),
        Q(person=OuterRef("person")) | Q(person__merged_into=OuterRef("person")),
        title__iexact=title,
    )
    return Participant.objects.filter(Exists(held), meeting__earliest__isnull=False).order_by()
