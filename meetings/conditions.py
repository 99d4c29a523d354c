"""Conditions that a meeting can be asked to meet, each a ``Q`` over Meeting that holds alone, under OR and under NOT.

A condition over several values holds when any of them does; for all of them, put one condition for each side by side.
Conditions that look into documents take the user who asks: a hit must not tell what a hidden document says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


def model(name: str) -> type[models.Model]:
    from django.apps import apps

    return apps.get_model("meetings", name)


def words_query(words: str) -> SearchQuery:
    """Words and "phrases", OR and minus, as in a web search engine. Never raises on odd input."""
    return SearchQuery(words.replace("\x00", " "), config="english", search_type="websearch")


# Who


def with_people(people: Iterable[int]) -> Q:
    """Any of the people (row numbers) took part."""
    return took_part(person__in=list(people))


def with_unresolved(names: Iterable[str]) -> Q:
    """Somebody took part who is not resolved to a known person and whose folded name is one of these."""
    named = Q(pk__in=[])
    for name in names:
        named |= Q(name__iexact=name)
    return took_part(named, person=None)


def with_countries(countries: Iterable[str]) -> Q:
    """Somebody acted for any of the countries (keys)."""
    return took_part(country__in=list(countries))


def in_office(offices: Iterable[str] = (), words: Iterable[str] = ()) -> Q:
    """Somebody took part in a post: of one of these kinds of office (Position.office) on the meeting's day, or told with these words.

    A term without a beginning or an end is taken to have held until, or since, for ever. Of an undated meeting only words tell.
    """
    told = Q(pk__in=[])
    for phrase in words:
        told |= Q(role__icontains=phrase)
    # EDTF texts compare as text; "~" comes after all that may follow a year or a month, so that 2004 ends after 2004-05-01.
    held = (
        model("Position")
        .objects.filter(person=OuterRef("person"), office__in=list(offices))
        .filter(Q(start="") | Q(start__lte=Cast(OuterRef("meeting__latest"), TextField())))
        .annotate(until=Concat(F("end"), Value("~")))
        .filter(Q(end="") | Q(until__gte=Cast(OuterRef("meeting__earliest"), TextField())))
    )
    return took_part(told | Q(Exists(held), meeting__earliest__isnull=False))


def took_part(*conditions: Q, **match) -> Q:
    return Q(Exists(model("Participant").objects.filter(*conditions, **match, meeting=OuterRef("pk"))))


# About what, where


def about(issues: Iterable[int]) -> Q:
    """Any of the issues (row numbers) is on the agenda; a theme stands for any of its issues."""
    issues = list(issues)
    items = model("MeetingIssue").objects.filter(Q(issue__in=issues) | Q(issue__theme__in=issues))
    return Q(Exists(items.filter(meeting=OuterRef("pk"))))


def agenda_words(text: str) -> Q:
    """One item of the agenda has all the words, in whatever form."""
    items = model("MeetingIssue").objects.filter(name__search=words_query(text))
    return Q(Exists(items.filter(meeting=OuterRef("pk"))))


def in_places(places: Iterable[int]) -> Q:
    """It took place, or as inferred may have, at any of the places (row numbers)."""
    return Q(place__in=list(places))


def in_countries(countries: Iterable[str]) -> Q:
    """It took place, or as inferred may have, in any of the countries (keys)."""
    return Q(place__country__in=list(countries), place__isnull=False)


# In what form


def medium(media: Iterable[str]) -> Q:
    """In any of the forms; "unknown" where the form is untold."""
    return Q(medium__in=["" if value == "unknown" else value for value in media])


def status(statuses: Iterable[str]) -> Q:
    return Q(status__in=list(statuses))


def review(states: Iterable[str]) -> Q:
    return Q(review__in=list(states))


# When


def between(first: date | None = None, last: date | None = None) -> Q:
    """The date may lie between two days, both included. The undated are left out as soon as a bound is given."""
    condition = Q()
    if first:
        condition &= Q(latest__gte=first, latest__isnull=False)
    if last:
        condition &= Q(earliest__lte=last, earliest__isnull=False)
    return condition


def undated() -> Q:
    return Q(earliest=None)


# Told where, in which words


def told_by(kinds: Iterable[str], user: User) -> Q:
    """A document of any of the kinds, which the user may see, tells of it."""
    accounts = model("Account").objects.visible_to(user).filter(document__kind__in=list(kinds))
    return Q(Exists(accounts.filter(meeting=OuterRef("pk"))))


def matching(words: str, user: User) -> Q:
    """The title has the words, or a document that tells of it has a passage with all of them which the user may see."""
    query = words_query(words)
    passages = model("Passage").objects.filter(
        revision__current=True,
        revision__document__collection__in=model("Collection").objects.visible_to(user),
        search=query,
    )
    told = model("Account").objects.filter(document__revisions__passages__in=passages).values("meeting")
    return Q(pk__in=told) | Q(title__search=query)
