"""What there was between two parties, or around one: counted from their meetings, each in one query.

All take the meetings that are meant, already restricted to what the user may see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.functions import ExtractYear

from .asking.labels import Label, labels
from .conditions import among
from .models import Country, Issue, Meeting, Participant, Person, Place, Statement
from .prepared import prepared
from .records import Status
from .terms import Facet, facet_of

if TYPE_CHECKING:
    from .hits import Hits
    from .querysets import User

DRAWN = 400  # meetings that a timeline draws one by one; of more it draws months
MOST = 12
BY_YEAR = """
SELECT term, extract(year FROM earliest)::int, count(*) FROM meetings_meeting, unnest(terms) term
WHERE id = ANY(%s) AND left(term, 2) = %s GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Month:
    """Meetings of one month, form and status; a date that is less exact counts in the month in which it may begin.

    ``first`` and ``last`` are days on which one may have begun, ``until`` is the last on which one may have been held.
    """

    year: int
    month: int
    medium: str
    status: str
    n: int
    first: date
    last: date
    until: date


@dataclass(frozen=True, slots=True)
class Silence:
    """Days between two meetings on which none was held: after ``since``, until ``until``."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True)
class History:
    """When meetings were: by month, and how many have no date. Silences count what was held alone, the longest first.

    ``first_told`` and ``last_told``: EDTF dates of the first and the last that was held. ``more``: these are only the latest of them.
    """

    months: list[Month] = field(default_factory=list)
    undated: int = 0
    first_told: str = ""
    last_told: str = ""
    more: bool = False

    @cached_property
    def total(self) -> int:
        return sum(month.n for month in self.months) + self.undated

    @cached_property
    def held(self) -> list[Month]:
        return [month for month in self.months if month.status == Status.HELD]

    @cached_property
    def not_held(self) -> int:
        return sum(month.n for month in self.months if month.status != Status.HELD)

    @cached_property
    def by_month(self) -> dict[tuple[int, int], int]:
        counted: dict[tuple[int, int], int] = defaultdict(int)
        for month in self.months:
            counted[month.year, month.month] += month.n
        return dict(counted)

    @cached_property
    def years(self) -> dict[int, int]:
        counted: dict[int, int] = defaultdict(int)
        for month in self.months:
            counted[month.year] += month.n
        return dict(counted)

    @cached_property
    def first(self) -> date | None:
        return min((month.first for month in self.held), default=None)

    @cached_property
    def last(self) -> date | None:
        return max((month.last for month in self.held), default=None)

    @cached_property
    def silences(self) -> list[Silence]:
        """Of a month or longer; within a month they are not looked for."""
        gaps, reached = [], None
        for month in sorted(self.held, key=lambda month: month.first):
            if reached and (month.first - reached).days > 31:
                gaps.append(Silence(reached, month.first))
            reached = max(reached, month.until) if reached else month.until
        return sorted(gaps, key=lambda gap: -gap.days)


Moment = tuple[date | None, date | None, str, str, str]  # earliest and latest day, EDTF date, medium, status


def history(told: Iterable[Moment], more: bool = False) -> History:
    by_month: dict[tuple, list[tuple[date, date]]] = defaultdict(list)
    held: list[tuple[date, date, str]] = []
    undated = 0
    for day, latest, edtf, medium, status in told:
        if not day:
            undated += 1
            continue
        by_month[day.year, day.month, medium, status].append((day, latest or day))
        if status == Status.HELD:
            held.append((day, latest or day, edtf))
    months = [
        Month(*alike, len(days), min(days)[0], max(days)[0], max(latest for _, latest in days))
        for alike, days in by_month.items()
    ]
    # Of those that may have begun on one day, the most exact.
    *_, first = min(held, default=("",))
    *_, last = max(held, key=lambda each: (each[0], -each[1].toordinal()), default=("",))
    return History(sorted(months, key=lambda month: month.first), undated, first, last, more)


@prepared
def encounters(meetings: list[int]) -> QuerySet:
    """The meetings, oldest first, with no more than a timeline needs."""
    fields = ("public_id", "title", "date", "earliest", "latest", "medium", "status")
    return Meeting.objects.filter(among(meetings)).order_by("earliest", "pk").only(*fields)


def moments(meetings: list[int]) -> QuerySet:
    """What ``history`` wants of each."""
    rows = Meeting.objects.filter(among(meetings)).order_by()
    return rows.values_list("earliest", "latest", "date", "medium", "status")


def terms_by_year(meetings: Sequence[int], facet: Facet) -> dict[str, dict[int | None, int]]:
    """Meetings by country or issue, as in terms, and year; None stands for the undated. The most frequent first."""
    counted: dict[str, dict[int | None, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(BY_YEAR, [list(meetings), f"{facet}:"])
        for term, year, n in cursor.fetchall():
            counted[term[2:]][year] = n
    return dict(sorted(counted.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])))


def issues_by_year(meetings: Sequence[int], most: int) -> tuple[dict[tuple[str, str], dict[int | None, int]], int]:
    """Meetings by issue (key, name) and year, the most frequent first, and how many issues more there are; themes are left out."""
    counted = terms_by_year(meetings, Facet.ISSUE)
    names = {
        value: (label.key, label.name) for (_, value), label in labels({Facet.ISSUE: counted}).items() if label.within
    }
    issues = {names[pk]: years for pk, years in counted.items() if pk in names}
    return dict(islice(issues.items(), most)), max(0, len(issues) - most)


@prepared
def places(meetings: list[int]) -> QuerySet:
    """Where: name, country and precision of the place, how many meetings, and of how many the place is inferred."""
    rows = (
        Meeting.objects.filter(among(meetings))
        .exclude(place=None)
        .order_by()
        .values("place", name=F("place__name"), country=F("place__country__name"), precision=F("place__precision"))
    )
    return rows.annotate(n=Count("pk")).order_by("-n", "name")[:MOST]


def pairs(meetings: Sequence[int], one: Country, other: Country) -> list[dict]:
    """Known people of the two countries by the number of meetings that they shared, the most first."""
    rows = (
        Participant.objects.filter(among(meetings, "meeting"), country=one, person__isnull=False)
        .filter(meeting__participants__country=other, meeting__participants__person__isnull=False)
        .order_by()
        .values(
            one=F("person"),
            one_name=F("person__name"),
            other=F("meeting__participants__person"),
            other_name=F("meeting__participants__person__name"),
        )
    )
    return list(rows.annotate(n=Count("meeting", distinct=True)).order_by("-n", "one_name", "other_name")[:MOST])


@prepared
def company(meetings: list[int], parties: tuple[int, ...]) -> QuerySet:
    """Known people who were there too, with the number of meetings as ``n``."""
    rows = (
        Person.objects.filter(among(meetings, "participants__meeting"))
        .exclude(pk__in=parties)
        .annotate(n=Count("participants__meeting", distinct=True))
    )
    return rows.order_by("-n", "name")[:MOST]


def most_frequent(hits: Hits, limits: dict[Facet, int], without: Model | None = None) -> dict[Facet, list[Model]]:
    """Of some facets the most frequent values, with the number of meetings as ``n``: all in one query.

    Themes, which count under the facet of issues, are left out; a person's ``extra`` is their country's key, a place's its name.
    """
    counts = {facet: dict(islice(hits.facets[facet].items(), 3 * limit)) for facet, limit in limits.items()}
    if without:
        counts.get(facet_of(without), {}).pop(str(without.pk), None)
    known = labels(counts)
    found: dict[Facet, list[Model]] = {}
    for facet, limit in limits.items():
        named = [
            (n, value, label)
            for value, n in counts[facet].items()
            if (label := known.get((facet, value))) and not (facet is Facet.ISSUE and label.key.startswith("theme-"))
        ]
        most = sorted(named, key=lambda row: (-row[0], row[2].name))[:limit]
        found[facet] = [rowed(facet, *row) for row in most]
    return found


def rowed(facet: Facet, n: int, value: str, label: Label) -> Model:
    match facet:
        case Facet.COUNTRY:
            row = Country(pk=value, name=label.name)
        case Facet.ISSUE:
            row = Issue(pk=int(value), name=label.name, key=label.key)
        case Facet.PLACE:
            row = Place(pk=int(value), name=label.name)
            row.extra = label.within
        case _:
            row = Person(pk=int(value), name=label.name)
            row.extra = label.key
    row.n = n
    return row


def counterparts_by_year(hits: Hits, others: Iterable[Country]) -> dict[tuple[str, str], dict[int | None, int]]:
    """Meetings with each of the other countries (key, name) by year."""
    counted = terms_by_year(hits.ranked, Facet.COUNTRY)
    return {(other.key, other.name): counted[other.key] for other in others if other.key in counted}


def counterparts_by_decade(hits: Hits, others: Iterable[Country]) -> dict[tuple[str, str], dict[int | None, int]]:
    """The same by the first year of a decade, as far as they are counted ahead."""
    counted: dict[str, dict[int | None, int]] = defaultdict(dict)
    for value, n in hits.facets[Facet.COUNTERPART].items():
        key, _, decade = value.partition(":")
        counted[key][int(decade)] = n
    for key, decades in counted.items():
        decades[None] = hits.facets[Facet.COUNTRY][key] - sum(decades.values())
    return {(other.key, other.name): counted[other.key] for other in others if other.key in counted}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement's number, for which country (key, name; "" for nobody's) and in which year of a meeting; None of an undated one."""

    pk: int
    country: str
    country_name: str
    year: int | None


def said_on(issue: Issue, meetings: Sequence[int], user: User) -> list[Said]:
    """Statements on the issue, or on any of a theme's, in the meetings, told by documents that the user may see; the latest first."""
    rows = statements_on(issue.pk, bool(issue.theme_id), list(meetings), user)
    return [Said(pk, key or "", name or "Nobody’s country told", year) for pk, key, name, year in rows]


@prepared
def statements_on(issue: int, alone: bool, meetings: list[int], user: User) -> QuerySet:
    """Number, country and year of statements on the issue; unless it is meant ``alone``, also on those of which it is the theme."""
    told = Q(issue=issue) if alone else Q(issue__in=Issue.objects.filter(Q(pk=issue) | Q(theme=issue)).order_by())
    return (
        Statement.objects.visible_to(user)
        .filter(among(meetings, "account__meeting"), told)
        .order_by(F("account__meeting__earliest").desc(nulls_last=True), "document", "account__order", "order")
        .values_list("pk", "country_id", "country__name", ExtractYear("account__meeting__earliest"))
    )


@prepared
def statements_by(person: int, meetings: list[int], user: User) -> QuerySet:
    """Number and topic (key, name; None for none) of what the person said in the meetings, as told by documents that the user may see; the latest first."""
    return (
        Statement.objects.visible_to(user)
        .filter(among(meetings, "account__meeting"), person=person)
        .order_by(F("account__meeting__earliest").desc(nulls_last=True), "document", "account__order", "order")
        .values_list("pk", "issue__key", "issue__name")
    )


def by_year(said: Iterable[Said]) -> dict[tuple[str, str], dict[int | None, int]]:
    """Numbers of statements by country (key, name) and year, those with the most first and nobody's last."""
    counted: dict[tuple[str, str], Counter[int | None]] = defaultdict(Counter)
    for each in said:
        counted[each.country, each.country_name][each.year] += 1
    return dict(sorted(counted.items(), key=lambda pair: (not pair[0][0], -pair[1].total(), pair[0][1])))
