"""The shipped tables of countries, organisations, issues and offices, loaded into the database.

Runs after every migration; a second run changes nothing. What people added or changed stays as they left it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Coalesce

from . import overrides
from .authorities import countries, issues, offices, organisations
from .models import Country, Issue, Organisation, Person, PersonName, Position
from .resolution.names import fold


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
    rows = PersonName.objects.filter(name__in=homes).select_related("person").order_by("-person_id")
    moved, removed = overrides.people_moved(), overrides.people_removed()
    known = {
        row.name: row.person
        # Of two who bear a name it means the one who is shown under it, who comes last and stays.
        for row in sorted(rows, key=lambda row: row.name == row.person.name)
        if row.person.country_id in {homes[row.name] or None, None} or row.folded in moved
    }
    homes = {name: home for name, home in homes.items() if name in known or fold(name) not in removed}
    new = [Person(name=name, country_id=country or None) for name, country in homes.items() if name not in known]
    Person.objects.bulk_create(new)
    known |= {person.name: person for person in new}
    late = [person for name, person in known.items() if name in offices.deaths() and not person.died]
    for person in late:
        person.died = offices.deaths().get(person.name, "")
    Person.objects.bulk_update(late, ["died"])
    names = [
        PersonName(person=known[name], name=alias)
        for name in homes
        for alias in (name, *offices.aliases().get(name, ()))
    ]
    for name in names:
        name.fold()
    PersonName.objects.bulk_create(names, ignore_conflicts=True)
    bodies = dict(Organisation.objects.values_list("key", "pk"))
    Position.objects.bulk_create(
        (
            Position(
                person=known[term.person],
                title=term.title,
                office=term.office,
                country_id=term.country or None,
                organisation_id=bodies.get(term.organisation),
                start=term.begins,
                end=term.ends,
                source="shipped table of offices",
            )
            for term in offices.all()
            if term.person in known
        ),
        ignore_conflicts=True,
    )
