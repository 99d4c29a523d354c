"""Addresses that lead on from a picture, and from a list to its pictures."""

from __future__ import annotations

from django import template
from django.http import QueryDict

from ..pictures.picture import VIEWS, Picture

register = template.Library()
BESIDE = ("page", "by", "year", "sort")  # what belongs to one view alone


@register.inclusion_tag("pictures/switch.html")
def views_switch(query: QueryDict) -> dict:
    """The list and its pictures, as links that leave everything else of the address as it is."""

    def to(view: str) -> str:
        new = query.copy()
        for name in (*BESIDE, "view"):
            new.pop(name, None)
        if view:
            new["view"] = view
        return f"?{new.urlencode(safe=':')}"

    asked = query.get("view", "")
    views = [("", "List"), *VIEWS.items()]
    return {"views": [(label, to(view), view == (asked if asked in VIEWS else "")) for view, label in views]}


@register.simple_tag
def within(picture: Picture, date: str) -> str:
    """The meetings of a year, a month or a day; of ``none``, those without a date."""
    return picture.within(date)


@register.simple_tag(takes_context=True)
def beside(context: template.Context, **values: object) -> str:
    """This page with other values in its address, which stand last, from the first page on."""
    new = context["request"].GET.copy()
    for name in ("page", *values):
        new.pop(name, None)
    for name, value in values.items():
        new[name] = str(value)
    return f"?{new.urlencode(safe=':')}"
