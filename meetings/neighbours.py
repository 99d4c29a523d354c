"""Meetings beside a meeting: what the same parties did before and after it, and what may be another record of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from .conditions import found_by
from .hits import NEWEST, OLDEST
from .models import Country, Meeting, Participant, Person, Suggestion
from .records import Attendance, Status

if TYPE_CHECKING:
    from .querysets import User

NOTHING = Value("", output_field=TextField())
NEAR = 500  # meetings before and after, among which those of two countries are looked for first
PARTIES = 2  # sides whose principals make "the same parties"; of more sides all countries count


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``same`` says whose meetings before and after are: "people", "countries" or "" where nobody is known; ``parties`` are they.

    ``doubles`` are meetings that may be this one, each with what speaks for it in ``reasons``.
    """

    same: str = ""
    parties: Sequence[Person | Country] = ()
    before: Meeting | None = None
    after: Meeting | None = None
    doubles: list[Meeting] = field(default_factory=list)


def with_suggested(meetings: QuerySet) -> QuerySet:
    """Annotates ``suggested``: whether any account may be of another meeting too. ``neighbours`` asks for those only then."""
    ends = (Exists(Suggestion.objects.filter(**{f"{end}__meeting": OuterRef("pk")})) for end in ("one", "other"))
    return meetings.annotate(suggested=Q(next(ends)) | Q(next(ends)))


def neighbours(meeting: Meeting, participants: Sequence[Participant], user: User) -> Neighbours:
    """All that stands beside a meeting that tells whether others are ``suggested``, in one query.

    The same parties are the leading known person of each of two sides; where they never met before or after, the countries.
    """
    visible = Meeting.objects.visible_to(user).exclude(pk=meeting.pk)
    parts = doubles(meeting, visible, user) if meeting.suggested else []
    shared_by = parties(participants, visible)
    if meeting.earliest:
        for same, (_, shared) in shared_by.items():
            held = shared.filter(status=Status.HELD)
            earlier = held.filter(latest__lt=meeting.earliest).order_by("-earliest", "-pk")
            later = held.filter(earliest__gt=meeting.latest).order_by("earliest", "pk")
            if same == "countries":
                earlier = nearest(earlier, visible.filter(earliest__lt=meeting.earliest).order_by(*NEWEST))
                later = nearest(later, visible.filter(earliest__gt=meeting.latest).order_by(*OLDEST))
            parts += [labelled(earlier[:1], f"before {same}"), labelled(later[:1], f"after {same}")]
    found: dict[str, list[Meeting]] = {}
    for row in parts[0].union(*parts[1:], all=True) if parts else ():
        if row not in found.setdefault(row.relation, []):
            found[row.relation].append(row)
    same = next((same for same in ("people", "countries") if {f"before {same}", f"after {same}"} & set(found)), "")
    before, after = (next(iter(found.get(f"{when} {same}", [])), None) for when in ("before", "after"))
    return Neighbours(same, shared_by[same][0] if same else (), before, after, found.get("double", []))


def parties(
    participants: Sequence[Participant], meetings: QuerySet
) -> dict[str, tuple[list[Person] | list[Country], QuerySet]]:
    """Whom to look for, nearest first: those who led the sides, the countries; and the meetings with all of them."""
    leaders: dict[str, Participant] = {}
    for one in sorted(participants, key=lambda one: one.attendance != Attendance.PRINCIPAL):
        if one.person_id and one.side:
            leaders.setdefault(one.side, one)
    people = [one.person for one in leaders.values()][:PARTIES]
    countries = list({one.country_id: one.country for one in participants if one.country_id}.values())
    shared: dict[str, tuple[list[Person] | list[Country], QuerySet]] = {}
    if len(people) == PARTIES:
        shared["people"] = people, meetings.with_person(*people)
    if len(countries) >= PARTIES:
        shared["countries"] = countries, meetings.with_country(*countries)
    return shared


def nearest(wanted: QuerySet, around: QuerySet) -> QuerySet:
    """The first of the wanted meetings: of those that are among the first around, else of all.

    Of frequent countries one is near, and to find all that they had takes ten times as long.
    """
    near = wanted.filter(found_by(around.values("pk")[:NEAR]))
    first, else_first = (Subquery(rows.values("pk")[:1]) for rows in (near, wanted))
    return wanted.model.objects.filter(pk=Coalesce(first, else_first)).order_by()


def doubles(meeting: Meeting, meetings: QuerySet, user: User) -> list[QuerySet]:
    """The meetings at the other end of a suggestion: first where this one's account is the older, then the newer."""
    shown = Suggestion.objects.shown_to(user)
    found = []
    for here, there in (("one", "other"), ("other", "one")):
        ends = shown.filter(**{f"{here}__meeting": meeting})
        said = ends.filter(**{f"{there}__meeting": OuterRef("pk")}).order_by("-score").values("reasons")[:1]
        others = meetings.filter(pk__in=ends.order_by().values(f"{there}__meeting")).order_by()
        found.append(labelled(others, "double", Subquery(said)))
    return found


def labelled(meetings: QuerySet, relation: str, reasons: Subquery | Value = NOTHING) -> QuerySet:
    return meetings.annotate(relation=Value(relation, output_field=TextField()), reasons=reasons)
