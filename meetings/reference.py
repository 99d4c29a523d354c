"""The shipped tables of countries, organisations, issues and offices, loaded into the database.

Runs after every migration; a second run changes nothing. What an older version of the tables of offices said otherwise is brought
up to date; what people added or changed stays as they left it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Coalesce

from . import overrides
from .authorities import countries, issues, offices, organisations
from .merging import settling
from .models import Country, Issue, Judgement, Organisation, Person, PersonName, Position
from .resolution.names import fold

SOURCE = "shipped table of offices"


@transaction.atomic
def load() -> None:
    load_countries()
    load_organisations()
    load_issues()
    load_office_holders()
    overrides.restore_tables()


def upsert(model, rows: list, unique: list[str]) -> None:
    """Insert rows, or bring those that have the same unique fields up to date."""
    names = [field.name for field in model._meta.concrete_fields if not field.generated]
    fields = [name for name in names if name not in {*unique, "id", "merged_into"}]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields, batch_size=500)


def load_countries() -> None:
    known = countries.all()
    upsert(
        Country,
        [
            Country(
                key=country.key,
                alpha3=country.alpha3,
                cow=country.cow,
                cow_number=int(country.cow_number) if country.cow_number else None,
                name=country.name,
                official_name=country.official,
                region=country.continent,
                capital=country.capitals[0] if country.capitals else "",
                latitude=country.latitude,
                longitude=country.longitude,
                exists_from=country.exists_from,
                exists_to=country.exists_to,
                demonyms=[*country.adjectives, *country.people],
                aliases=[*country.aliases, *country.abbreviations, *country.shorthand],
            )
            for country in known
        ],
        ["key"],
    )
    links = Country.predecessors.through
    links.objects.bulk_create(
        (
            links(from_country_id=country.key, to_country_id=earlier)
            for country in known
            for earlier in country.predecessors
        ),
        ignore_conflicts=True,
    )


def load_organisations() -> None:
    upsert(
        Organisation,
        [
            Organisation(
                key=body.key,
                name=body.name,
                acronym=body.acronym,
                kind=body.kind,
                aliases=list(body.aliases),
                folded=fold(body.name),
            )
            for body in organisations.all()
        ],
        ["key"],
    )


def load_issues() -> None:
    # Themes and issues share the table and its keys, hence the prefix.
    upsert(Issue, [Issue(key=f"theme-{theme.key}", name=theme.name) for theme in issues.themes()], ["key"])
    themes = dict(Issue.objects.filter(theme=None).values_list("key", Coalesce("merged_into", "pk")))
    upsert(
        Issue,
        [
            Issue(
                key=issue.key,
                name=issue.name,
                theme_id=themes[f"theme-{issue.theme}"],
                aliases=[alias.text for alias in issue.aliases[1:]],
                tags=list(issue.tags),
                plover=list(issue.contexts),
            )
            for issue in issues.all()
        ],
        ["key"],
    )


def load_office_holders() -> None:
    """Persons of the table of offices. One who is known already, by this name and country, is the same person."""
    homes = {term.person: term.country for term in reversed(offices.all())}
    called = {fold(name): name for name in homes}
    rows = PersonName.objects.filter(folded__in=called).select_related("person").order_by("-person_id")
    moved, removed = overrides.people_corrected("country"), overrides.people_removed()
    known = {
        called[row.folded]: row.person
        # Of two who bear a name it means the one who is shown under it, who comes last and stays; one so spelled before others.
        for row in sorted(rows, key=lambda row: (row.name == called[row.folded], row.name == row.person.name))
        if row.person.country_id in {homes[called[row.folded]] or None, None} or row.person_id in moved
    }
    known |= called_otherwise({name: home for name, home in homes.items() if name not in known})
    homes = {name: home for name, home in homes.items() if name in known or fold(name) not in removed}
    new = [Person(name=name, country_id=country or None) for name, country in homes.items() if name not in known]
    Person.objects.bulk_create(new)
    respell(known)
    known |= {person.name: person for person in new}
    set_deaths(known)
    names = [
        PersonName(person=known[name], name=alias)
        for name in homes
        for alias in (name, *offices.aliases().get(name, ()))
    ]
    for name in names:
        name.fold()
    PersonName.objects.bulk_create(names, ignore_conflicts=True)
    set_terms(known)


def called_otherwise(homes: dict[str, str]) -> dict[str, Person]:
    """Whom an older table had under what is another name of theirs by now. ``homes`` are those sought, with their countries."""
    sought = {other: name for other, name in others().items() if name in homes}
    people = Person.objects.filter(positions__source=SOURCE, names__folded__in=sought, merged_into=None)
    return {
        name: person
        for person in people.order_by("-pk")
        if (name := sought.get(fold(person.name))) and person.country_id == (homes[name] or None)
    }


def others() -> dict[str, str]:
    """The name in the table for each folded other name that is one holder's alone."""
    meant: dict[str, set[str]] = {fold(name): {name} for name in offices.persons()}
    for name, aliases in offices.aliases().items():
        for alias in aliases:
            meant.setdefault(fold(alias), set()).add(name)
    return {other: name for other, (name, *more) in meant.items() if not more}


def respell(known: dict[str, Person]) -> None:
    """Bring names up to date that an older table had otherwise: a capital, an accent, a full stop, or what is another name now."""
    decided, kept = overrides.people_corrected("name"), overrides.rows_decided("personname")
    shipped = set(Position.objects.filter(source=SOURCE).values_list("person", flat=True))
    meant = others()
    for name, person in known.items():
        called = fold(person.name)
        older = called == fold(name) or (person.pk in shipped and meant.get(called) == name)
        if person.name != name and older and person.pk not in decided:
            former, person.name = person.name, name
            person.save()
            person.names.filter(name=former).exclude(pk__in=kept).delete()
            settling.retitle(person, former)


def set_deaths(known: dict[str, Person]) -> None:
    decided = overrides.people_corrected("died")
    told = {person: day for name, day in offices.deaths().items() if (person := known.get(name))}
    late = [person for person, day in told.items() if person.died != day and person.pk not in decided]
    for person in late:
        person.died = told[person]
    Person.objects.bulk_update(late, ["died"])


def set_terms(known: dict[str, Person]) -> None:
    """Terms as the table has them. Those that an older one had otherwise go, and with them whoever nothing else makes known."""
    bodies = dict(Organisation.objects.values_list("key", "pk"))
    wanted: dict[tuple, Position] = {}
    for term in offices.all():
        if term.person in known:
            row = Position(
                person=known[term.person],
                title=term.title,
                office=term.office,
                country_id=term.country or None,
                organisation_id=bodies.get(term.organisation),
                start=term.begins,
                end=term.ends,
                source=SOURCE,
            )
            wanted.setdefault(key_of(row), row)
    decided = overrides.rows_decided("position")
    standing = Position.objects.filter(source=SOURCE).exclude(pk__in=decided)
    old = [row for row in standing if (same := wanted.get(key_of(row))) is None or told(same) != told(row)]
    Position.objects.filter(pk__in=[row.pk for row in old]).delete()
    Position.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    people = Person.objects.unused().filter(pk__in={row.person_id for row in old}, merged_into=None)
    judged = Judgement.objects.filter(subject="person").values("key")
    for person in people.exclude(names__folded__in=judged):
        person.delete()


def key_of(position: Position) -> tuple:
    """What makes two positions one, as the constraint in the database has it."""
    return position.person_id, position.title, position.country_id, position.organisation_id, position.start


def told(position: Position) -> tuple[str, str]:
    return position.office, position.end
