"""Meetings beside a meeting: what the same parties did before and after it, and what may be another record of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from .conditions import found_by, with_countries, with_people
from .hits import NEWEST, OLDEST
from .models import Country, Meeting, Participant, Person, Suggestion
from .prepared import prepared
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
    people, countries = parties(participants)
    keys = tuple(person.pk for person in people), tuple(country.pk for country in countries)
    days = (meeting.earliest, meeting.latest) if meeting.earliest and any(keys) else None
    found: dict[str, list[Meeting]] = {}
    for row in beside(meeting.pk, *keys, days, meeting.suggested, user) if days or meeting.suggested else ():
        if row not in found.setdefault(row.relation, []):
            found[row.relation].append(row)
    same = next((same for same in ("people", "countries") if {f"before {same}", f"after {same}"} & set(found)), "")
    before, after = (next(iter(found.get(f"{when} {same}", [])), None) for when in ("before", "after"))
    shared_by = {"people": people, "countries": countries}
    return Neighbours(same, shared_by.get(same, ()), before, after, found.get("double", []))


@prepared
def beside(
    meeting: int,
    people: tuple[int, ...],
    countries: tuple[str, ...],
    days: tuple[date, date] | None,
    suggested: bool,
    user: User,
) -> QuerySet:
    """Meetings each with its ``relation``: "before people", "after countries", "double" …"""
    visible = Meeting.objects.visible_to(user).exclude(pk=meeting)
    parts = doubles(meeting, visible, user) if suggested else []
    if days:
        first, last = days
        past, future = Q(latest__lt=first), Q(earliest__gt=last)
        if people:
            held = visible.filter(*(with_people([key]) for key in people), status=Status.HELD)
            parts += [
                labelled(held.filter(past).order_by("-earliest", "-pk")[:1], "before people"),
                labelled(held.filter(future).order_by("earliest", "pk")[:1], "after people"),
            ]
        if countries:
            held = visible.filter(*(with_countries([key]) for key in countries), status=Status.HELD)
            earlier = nearest(
                held.filter(past).order_by("-earliest", "-pk"), visible.filter(earliest__lt=first).order_by(*NEWEST)
            )
            later = nearest(held.filter(future).order_by("earliest", "pk"), visible.filter(future).order_by(*OLDEST))
            parts += [labelled(earlier[:1], "before countries"), labelled(later[:1], "after countries")]
    return parts[0].union(*parts[1:], all=True)


def parties(participants: Sequence[Participant]) -> tuple[list[Person], list[Country]]:
    """Who led the sides, where they are two, and the countries, where there are several."""
    leaders: dict[str, Participant] = {}
    for one in sorted(participants, key=lambda one: one.attendance != Attendance.PRINCIPAL):
        if one.person_id and one.side:
            leaders.setdefault(one.side, one)
    people = [one.person for one in leaders.values()][:PARTIES]
    countries = list({one.country_id: one.country for one in participants if one.country_id}.values())
    return people if len(people) == PARTIES else [], countries if len(countries) >= PARTIES else []


def nearest(wanted: QuerySet, around: QuerySet) -> QuerySet:
    """The first of the wanted meetings: of those that are among the first around, else of all.

    Of frequent countries one is near, and to find all that they had takes ten times as long.
    """
    near = wanted.filter(found_by(around.values("pk")[:NEAR]))
    first, else_first = (Subquery(rows.values("pk")[:1]) for rows in (near, wanted))
    return wanted.model.objects.filter(pk=Coalesce(first, else_first)).order_by()


def doubles(meeting: int, meetings: QuerySet, user: User) -> list[QuerySet]:
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
