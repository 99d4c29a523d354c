"""People who may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, Value
from django.db.models.functions import Coalesce, ExtractYear

from ..asking.naming import pieces
from ..dates import in_words
from ..models import Participant, Person, PersonName, Position
from ..querysets import SharedPieces
from ..resolution.identity import ASKED, Profile, of_people
from ..resolution.names import fold, parse, trigrams
from ..resolution.persons import Office
from .kind import MOST, Move, Pair, Preview, Row
from .records import EXAMPLES, Judged, RecordKind

BEARER = Coalesce("person__merged_into", "person")  # of a name or post, the person whose it is
SPELLINGS = 6  # of a person, that others are looked for by
READ = 2_000  # names that begin as typed
NEAR = 60  # names near one spelling
OFFERED = 12
LEAST = 0.0  # bits from which somebody is offered on a record's own page

# Keys under which two people may be one, the nearest names first: the same words as sounded in any order; first and last word; initial
# and last word; in one country the beginning of the first or of the last word with the other.
KEYS = (
    ("array_to_string(trigrams, '')", "false"),
    ("first || ' ' || last", "false"),
    ("left(first, 1) || ' ' || last", "length(first) = 1"),
    ("left(first, 3) || ' ' || last || country", "false"),
    ("first || ' ' || left(last, 4) || country", "false"),
)
# People of one key. What more than a dozen are called tells nobody from anybody; of those who share an initial one has no more
# than that. At least one of the two took part in a meeting.
PAIRS = """
WITH named AS (
    SELECT coalesce(person.merged_into_id, person.id) AS person, name.trigrams,
        person.country_id AS country, split_part(name.folded, ' ', 1) AS first, split_part(name.folded, ' ', -1) AS last
    FROM meetings_personname name JOIN meetings_person person ON person.id = name.person_id
    WHERE strpos(name.folded, ' ') > 0
), blocks AS (
    SELECT array_agg(DISTINCT person) AS people, array_agg(DISTINCT person) FILTER (WHERE {short}) AS short
    FROM named WHERE {key} IS NOT NULL GROUP BY hashtextextended({key}, 0)
    HAVING count(DISTINCT person) BETWEEN 2 AND 12 AND ({any} OR bool_or({short}))
), near AS (
    SELECT DISTINCT one, other FROM blocks, unnest(people) one, unnest(people) other
    WHERE one < other AND ({any} OR one = ANY(short) OR other = ANY(short))
)
SELECT one, other FROM near JOIN meetings_person a ON a.id = one JOIN meetings_person b ON b.id = other
WHERE EXISTS (SELECT FROM meetings_participant party WHERE party.person_id = one)
    OR EXISTS (SELECT FROM meetings_participant party WHERE party.person_id = other)
ORDER BY a.country_id = b.country_id DESC NULLS LAST, one DESC, other DESC LIMIT %s
"""
SAMPLE = """
SELECT known.person, min(extract(year FROM meeting.earliest))::int, max(extract(year FROM meeting.latest))::int
FROM unnest(%s::bigint[]) known(person)
CROSS JOIN LATERAL (SELECT meeting_id FROM meetings_participant WHERE person_id = known.person LIMIT 200) party
JOIN meetings_meeting meeting ON meeting.id = party.meeting_id GROUP BY known.person
"""
TOGETHER = """
SELECT pair.one, pair.other, (
    SELECT count(*) FROM meetings_meeting
    WHERE names @> ARRAY['p:' || pair.one, 'p:' || pair.other] AND merged_into_id IS NULL AND account_count > 0)
FROM unnest(%s::bigint[], %s::bigint[]) pair(one, other)
"""


class People(RecordKind):
    name, one, many = "people", "person", "people"
    model = Person

    def described(self, record: Person) -> str:
        return ", ".join(filter(None, [record.country.name if record.country else "", record.description]))

    def search(self, text: str, limit: int) -> list[Person]:
        """Those whose names have words that begin as the typed ones, else those whose names resemble them."""
        begun = sorted({piece for word in fold(text).split() for piece in pieces(word, ended=False)})
        people = Person.objects.filter(merged_into=None).select_related("country")
        if not begun:
            return []
        # Read at once: a plan that asks it of each person is easily taken for the quicker one.
        named = set(
            PersonName.objects.filter(trigrams__contains=begun).order_by().values_list(BEARER, flat=True)[:READ]
        )
        return list(people.filter(pk__in=named).order_by("name")[:limit]) or people.named_like(text, limit)

    # candidates

    def suggested(self) -> list[Pair]:
        near: dict[tuple[int, int], None] = {}
        with connection.cursor() as cursor:
            for key, short in KEYS:
                if len(near) < MOST:
                    cursor.execute(PAIRS.format(key=key, short=short, any=short == "false"), [MOST])
                    near |= dict.fromkeys(cursor.fetchall())
        return [pair for pair in self.compared(near) if pair.score >= ASKED]

    def candidates(self, record: Person) -> list[Pair]:
        spellings = PersonName.objects.filter(about([record.pk], "person")).values_list("name", flat=True)[:SPELLINGS]
        near = {other for name in spellings for other in bearers_near(name)} - {record.pk}
        found = self.compared((record.pk, other) for other in near)
        return [pair for pair in found if pair.score >= LEAST][:OFFERED]

    def compared(self, near: Iterable[tuple[int, int]]) -> list[Pair]:
        """Pairs with their scores, the likeliest first; those that somebody said are two left out."""
        near = list(near)
        known = profiles({key for pair in near for key in pair})
        people = Person.objects.select_related("country").in_bulk(known)
        judged = Judged.on(self.subject)
        marks = (
            {
                key: {(fold(name)[:200], home, None) for name in each.names for home in (*each.countries, None)}
                for key, each in known.items()
            }
            if judged.verbs
            else {}
        )
        met = together(near)
        pairs = []
        for one, other in near:
            said = judged.of(marks[one], marks[other]) if marks else ""
            if said != "different":
                verdict = of_people(known[one], known[other], met.get((one, other), 0))
                pairs.append(Pair(people[one], people[other], verdict.score, str(verdict), said == "unsure"))
        return sorted(pairs, key=lambda pair: (-pair.score, pair.one.name, pair.one.pk, pair.other.pk))

    # preview

    def preview(self, stays: Person, gone: Sequence[Person]) -> Preview:
        self.check(stays, gone)
        records = [stays, *gone]
        known = profiles([each.pk for each in records], exact=True)
        told = [known[each.pk] for each in records]
        counts = dict(
            Participant.objects.filter(person__in=records, meeting__merged_into=None, meeting__account_count__gt=0)
            .order_by()
            .values_list("person")
            .annotate(Count("meeting", distinct=True))
        )
        rows = [
            Row("Names", [each.names for each in told]),
            Row("Country", [[each.country.name] if each.country else [] for each in records]),
            Row("Offices", [list(dict.fromkeys(map(str, each.offices))) for each in told]),
            Row("Description", [[each.description] if each.description else [] for each in records]),
            Row("Died", [[in_words(each.died)] if each.died else [] for each in told]),
            Row("Meetings", [[met(counts.get(each.pk, 0), known[each.pk])] for each in records], compared=False),
        ]
        met_each_other = together([(min(stays.pk, each.pk), max(stays.pk, each.pk)) for each in gone])
        warnings = []
        for each in gone:
            verdict = of_people(
                known[stays.pk], known[each.pk], met_each_other.get((min(stays.pk, each.pk), max(stays.pk, each.pk)), 0)
            )
            warnings += [
                f"{stays.name} and {each.name}: {reason.text}." for reason in verdict.reasons if reason.weight < 0
            ]
        names = list(dict.fromkeys(name for each in told for name in each.names))
        offices = [str(office) for each in gone for office in known[each.pk].offices]
        moves = [
            Move(
                "names",
                sum(len(known[each.pk].names) for each in gone),
                [name for each in gone for name in known[each.pk].names][:EXAMPLES],
            ),
            Move("offices", len(offices), offices[:EXAMPLES]),
            *self.led(gone),
        ]
        return Preview(stays, gone, rows, moves, warnings, names)

    def taken(self, stays: Person, gone: Person, name: str) -> dict[str, Any]:
        """The name chosen, and what the person who stays does not tell of themselves."""
        taken: dict[str, list] = {}
        if (
            name
            and name != stays.name
            and name in {row.name for row in gone.names.all()} | {row.name for row in stays.names.all()}
        ):
            taken["name"] = [stays.name, name]
        for field in ("died", "description"):
            if (value := getattr(gone, field)) and not getattr(stays, field):
                taken[field] = ["", value]
        fresh = "name" in taken and not stays.names.filter(name=name).exists()
        return {"taken": taken, "new_name": fresh} if taken else {}


def bearers_near(name: str) -> list[int]:
    """People (row numbers) one of whose names shares a whole word with this one, the nearest first."""
    words = (Q(trigrams__contains=trigrams(word)) for word in parse(name).whole)
    shared = SharedPieces(F("trigrams"), Value(trigrams(name), output_field=PersonName._meta.get_field("trigrams")))
    found = PersonName.objects.filter(reduce(or_, words, Q(pk=None))).order_by(shared.desc(), "folded")
    return list(found.values_list(BEARER, flat=True)[:NEAR])


def met(n: int, profile: Profile) -> str:
    years = (
        ""
        if profile.first is None
        else str(profile.first)
        if profile.first == profile.last
        else f"{profile.first}–{profile.last}"
    )
    return f"{n:,}" + (f", {years}" if years else "")


def profiles(keys: Iterable[int], exact: bool = False) -> dict[int, Profile]:
    """What is known of people (row numbers) and of the records merged into them; years of up to 200 meetings unless ``exact``."""
    keys = list(keys)
    if not keys:
        return {}
    names, offices, countries, died, years = (defaultdict(list) for _ in range(5))
    for key, name in (
        PersonName.objects.annotate(bearer=BEARER)
        .filter(about(keys, "person"))
        .order_by("person_id", "pk")
        .values_list("bearer", "name")
    ):
        if name not in names[key]:
            names[key].append(name)
    posts = Position.objects.annotate(bearer=BEARER).filter(about(keys, "person")).order_by("start", "pk")
    for row in posts:
        offices[row.bearer].append(Office(row.title, row.office, row.country_id, row.start, row.end))
    for row in Person.objects.filter(about(keys)).order_by("pk"):
        key = row.merged_into_id or row.pk
        countries[key] += [row.country_id] if row.country_id else []
        died[key] += [row.died] if row.died else []
        names[key] = list(dict.fromkeys([row.name, *names[key]])) if row.pk == key else names[key]
    for key, first, last in spans(keys, exact):
        years[key] = [first, last]
    return {
        key: Profile(
            key,
            tuple(names[key]),
            frozenset(countries[key]),
            tuple(offices[key]),
            next(iter(died[key]), ""),
            *(years[key] or (None, None)),
        )
        for key in keys
    }


def about(keys: Sequence[int], relation: str = ""):
    record = f"{relation}__" if relation else ""
    return Q(**{f"{relation or 'pk'}__in": keys}) | Q(**{f"{record}merged_into__in": keys})


def spans(keys: list[int], exact: bool) -> Iterable[tuple[int, int | None, int | None]]:
    if exact:
        rows = Participant.objects.filter(person__in=keys).order_by().values_list("person")
        return rows.annotate(since=Min(ExtractYear("meeting__earliest")), until=Max(ExtractYear("meeting__latest")))
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, [keys])
        return cursor.fetchall()


def together(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """In how many meetings both of two people took part, where in any."""
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, [[one for one, _ in pairs], [other for _, other in pairs]])
        return {(one, other): n for one, other, n in cursor.fetchall() if n}
