"""The way home of a list: addresses of its files."""

from __future__ import annotations

from django import template
from django.http import QueryDict
from django.urls import reverse

from ..taking.formats import MOST

register = template.Library()
BESIDE = ("page", "view", "by", "year")  # what is of the page and not of the question


@register.inclusion_tag("parts/taking.html")
def take(name: str, question: QueryDict | str) -> dict:
    """Links to the files of a list; the question is that of an address, or an address that has it."""
    query = QueryDict(question.partition("?")[2], mutable=True) if isinstance(question, str) else question.copy()
    for other in BESIDE:
        query.pop(other, None)
    asked = f"?{query.urlencode(safe=':')}" if query else ""
    files = {form: reverse(f"take-{name}", args=[form]) + asked for form in ("csv", "jsonl")}
    return {**files, "most": MOST}
