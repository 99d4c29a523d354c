"""The way home of a list: addresses of its files, of its feed, and of the page that keeps its question."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.urls import reverse

from ..asking.language import Term
from ..asking.resolving import identified
from ..models import Person
from ..taking.formats import MOST

register = template.Library()
BESIDE = ("page", "view", "by", "year")  # what is of the page and not of the question


@register.inclusion_tag("parts/taking.html")
def take(name: str, question: QueryDict | str) -> dict:
    """Links to the files of a list; the question is that of an address, or an address that has it."""
    query = QueryDict(question.partition("?")[2]) if isinstance(question, str) else question
    links = {form: reverse(f"take-{name}", args=[form]) + asked(query) for form in ("csv", "jsonl")}
    if name == "meetings":
        links |= {rows: reverse(f"take-{rows}", args=["csv"]) + asked(query) for rows in ("participants", "statements")}
        links["feed"] = feed_of(query)
        links["save"] = reverse("searches") + asked(query) if query.get("q") else ""
    return {**links, "most": MOST}


@register.simple_tag
def statements_of(person: Person) -> str:
    """The file of all that a person said."""
    query = urlencode({"q": str(Term("with", identified(person))), "speaker": person.pk}, safe=":")
    return reverse("take-statements", args=["csv"]) + f"?{query}"


@register.simple_tag
def feed_of(query: QueryDict) -> str:
    """The feed of the question in an address."""
    return reverse("feed") + asked(query, "sort")


def asked(query: QueryDict, *less: str) -> str:
    query = query.copy()
    for name in (*BESIDE, *less):
        query.pop(name, None)
    return f"?{query.urlencode(safe=':')}" if query else ""
