"""Addresses of lists that ask about people, countries and topics."""

from __future__ import annotations

from urllib.parse import urlencode

from ..addresses import leading_to
from ..asking.language import Question, Term
from ..models import Country, Issue, Person, Place


def term(thing: Person | Country | Issue | Place) -> Term:
    match thing:
        case Person():
            return Term("with", f"{thing.name} #{thing.pk}".replace('"', " "))
        case Country():
            return Term("country", thing.key)
        case Place():
            return Term("in", f"{thing.name} #{thing.pk}".replace('"', " "))
    return Term("about", thing.key)


def address(*things: Person | Country | Issue | Place | Term, **beside: str) -> str:
    """``/meetings/?q=country:RU+country:US&view=map``: the meetings with all of the things."""
    question = Question(tuple((thing if isinstance(thing, Term) else term(thing),) for thing in things))
    return f"{leading_to('meetings')}?{urlencode({'q': str(question), **beside}, safe=':')}"
