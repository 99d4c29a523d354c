"""Conditions that a meeting can be asked to meet, each a ``Q`` over Meeting that holds alone, under OR and under NOT.

A condition over several values holds when any of them does; for all of them, put one condition for each side by side.
Conditions that look into documents take the user who asks: a hit must not tell what a hidden document says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.lookups import Overlap
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q, Value

from .terms import Facet, column, terms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


def model(name: str) -> type[models.Model]:
    from django.apps import apps

    return apps.get_model("meetings", name)


def words_query(words: str) -> SearchQuery:
    """Words and "phrases", OR and minus, as in a web search engine. Never raises on odd input."""
    return SearchQuery(without_nul(words), config="english", search_type="websearch")


def without_nul(text: str) -> str:
    """As the database can take it."""
    return text.replace("\x00", " ")


# Who


def having(facet: Facet, values: Iterable[object]) -> Q:
    """Any of the terms."""
    return Q(**{f"{column(facet)}__overlap": terms(facet, values)})


def with_people(people: Iterable[int]) -> Q:
    """Any of the people (row numbers) took part."""
    return having(Facet.PERSON, people)


def with_unresolved(names: Iterable[str]) -> Q:
    """Somebody took part who is not resolved to a known person and whose folded name is one of these."""
    return having(Facet.UNRESOLVED, names)


def with_countries(countries: Iterable[str]) -> Q:
    """Somebody acted for any of the countries (keys)."""
    return having(Facet.COUNTRY, countries)


def for_organisations(organisations: Iterable[int]) -> Q:
    """Somebody acted for any of the organisations (row numbers)."""
    return found_by(
        model("Participant").objects.filter(organisation__in=list(organisations)).order_by().values("meeting")
    )


def for_body(words: str) -> Q:
    """Somebody acted for a body that the documents call so."""
    return told_of("body", words)


def told_of(column: str, words: str) -> Q:
    """A participant's role or body has the words next to each other, as they are written."""
    query = SearchQuery(without_nul(words), config="english", search_type="phrase")
    # The index finds the words anywhere in the meeting's own; the column then decides.
    return Q(search=query) & related("Participant", **{f"{column}__icontains": without_nul(words)})


def in_office(offices: Iterable[str] = (), words: Iterable[str] = ()) -> Q:
    """Somebody took part in a post: of one of these kinds of office (Position.office) on the meeting's day, or told in these words.

    A term without a beginning or an end is taken to have held for ever before or after. Of an undated meeting only words tell.
    """
    condition = having(Facet.OFFICE, offices)
    for phrase in words:
        condition |= told_of("role", phrase)
    return condition


def related(name: str, **match) -> Q:
    # Written as a range, so that it is asked of the few meetings that are left and never of the whole table at once.
    return Q(Exists(model(name).objects.filter(**match, meeting__gte=OuterRef("pk"), meeting__lte=OuterRef("pk"))))


class Numbers(ArraySubquery):
    """What a query gives, run once and before all else. A query that can give nothing is a condition that nothing meets."""

    empty_result_set_value = NotImplemented


class Among(models.Func):
    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


def as_array(numbers: Iterable[int]) -> str:
    """Numbers as the text of one array: a thousand of them one by one take longer to write than to find."""
    return f"{{{','.join(map(str, numbers))}}}"


def among(numbers: Iterable[int], column: str = "pk") -> Q:
    """The rows with these numbers."""
    return Q(Among(F(column), Value(as_array(numbers), models.TextField())))


def found_by(numbers: models.QuerySet, column: str = "pk") -> Q:
    """The rows whose numbers a query gives."""
    return Q(Among(F(column), Numbers(numbers)))


def of_records_of(person: str) -> Q:
    """Inside a query of people, or of what has a ``person`` column: rows of that person, and of the records merged into it."""
    it = OuterRef(OuterRef(person))
    records = model("Person").objects.filter(Q(pk=it) | Q(merged_into=it)).order_by()
    # As numbers, so that the index on them leads: an OR over two tables is asked of every row.
    return found_by(records.values("pk"), "person")


# About what, where


def about(issues: Iterable[int]) -> Q:
    """Any of the issues (row numbers) is on the agenda; a theme stands for any of its issues."""
    return having(Facet.ISSUE, issues)


def agenda_words(text: str) -> Q:
    """One item of the agenda has all the words, in whatever form."""
    query = words_query(text)
    return Q(search=query) & related("MeetingIssue", name__search=query)


def in_places(places: Iterable[int]) -> Q:
    """It took place, or as inferred may have, at any of the places (row numbers)."""
    return having(Facet.PLACE, places)


def in_countries(countries: Iterable[str]) -> Q:
    """It took place, or as inferred may have, in any of the countries (keys)."""
    return having(Facet.HOST, countries)


# In what form


def medium(media: Iterable[str]) -> Q:
    """In any of the forms; "unknown" where the form is untold."""
    return having(Facet.MEDIUM, ("" if value == "unknown" else value for value in media))


def status(statuses: Iterable[str]) -> Q:
    return having(Facet.STATUS, statuses)


def review(states: Iterable[str]) -> Q:
    return having(Facet.REVIEW, states)


# When


def between(first: date | None = None, last: date | None = None) -> Q:
    """The date may lie between two days, both included. The undated are left out as soon as a bound is given."""
    if first and last and last - first < SHORT:
        covers = Q(Overlap(DAYS, Value(DateRange(first, last, "[]"), DateRangeField())), earliest__isnull=False)
        # Said once more, so that whoever walks the list from the newest begins where the period ends.
        return covers & Q(earliest__lte=last)
    since = Q(latest__gte=first, earliest__isnull=False) if first else Q()
    return since & Q(earliest__lte=last) if last else since


SHORT = timedelta(days=400)  # of longer periods so much is found that the list is walked
# The days that a meeting's date covers, as the index on them has it.
DAYS = models.Func(F("earliest"), F("latest"), Value("[]"), function="daterange", output_field=DateRangeField())


def undated() -> Q:
    return Q(earliest=None)


# Told where, in which words


def told_by(kinds: Iterable[str], user: User) -> Q:
    """A document of any of the kinds, which the user may see, tells of it."""
    kinds = list(kinds)
    own = [f"{collection}:{kind}" for collection in restricted(user) for kind in kinds]
    return having(Facet.KIND, [*kinds, *own])


def restricted(user: User) -> list[int]:
    """The collections (row numbers) that the user may see and not everybody."""
    if user.is_anonymous:
        return []
    return list(model("Collection").objects.visible_to(user).filter(public=False).values_list("pk", flat=True))


RARE = 5_000  # passages: words in more of them are looked for meeting by meeting
FREQUENT = 20_000  # passages: of words in so many the planner knows; all others are one to it, and are counted up to the former


def matching(words: str, user: User) -> Q:
    """The meeting's own words (title, participants, agenda, place) are these, or a document that tells of it has a passage with all
    of them which the user may see.
    """
    query = words_query(words)
    texts = revisions(query)
    if texts is not None:
        told = model("Account").objects.visible_to(user).order_by()
        found = among(texts, "document__revisions") if isinstance(texts, list) else Q(document__revisions__in=texts)
        told = told.filter(found, document__revisions__current=True)
        return Q(search=query) | found_by(told.values("meeting"))
    accounts = telling(query, user).filter(meeting=OuterRef("pk"))
    return Q(search=query) | Q(Walked(accounts, words=words, user=user))


def revisions(query: SearchQuery) -> models.QuerySet | list[int] | None:
    """The texts (row numbers) that have a passage for the query; None when it has more than ``RARE``."""
    passages = model("Passage").objects.filter(search=query).order_by()
    estimate = json.loads(passages.explain(format="json"))[0]["Plan"]["Plan Rows"]
    if estimate > FREQUENT:
        return None
    found = passages.values_list("revision", flat=True)
    if estimate <= RARE:
        return found
    found = list(found[: RARE + 1])
    return list(dict.fromkeys(found)) if len(found) <= RARE else None


def within_found(words: str, user: User) -> Q:
    """As ``matching``, by finding every passage with the words."""
    query = words_query(words)
    return Q(search=query) | found_by(telling(query, user).values("meeting"))


def telling(query: SearchQuery, user: User) -> models.QuerySet:
    """Accounts of documents that the user may see with a passage for the query."""
    accounts = model("Account").objects.visible_to(user).order_by()
    return accounts.filter(document__revisions__current=True, document__revisions__passages__search=query)


class Walked(Exists):
    """A condition that is quickly asked of one meeting and slowly of all: whoever wants the first that meet it walks the list."""

    def __init__(self, queryset, words: str = "", user: User | None = None, **kwargs):
        super().__init__(queryset, **kwargs)
        self.words, self.user = words, user

    def found(self) -> Q:
        """The same, for when too few of those walked past meet it."""
        return within_found(self.words, self.user)
