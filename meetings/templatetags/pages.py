"""Small things that the templates say often."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .. import dates, wording
from ..addresses import leading_to
from ..asking.language import Term
from ..models import Country, Judgement, Meeting
from ..presentation import lanes, questions
from ..presentation.corrections import decision

register = template.Library()

FLAGS = {path.stem for path in (settings.BASE_DIR / "static" / "flags").glob("*.png")}

register.filter("number", wording.number)
register.filter("hours", wording.lasting)
register.filter("edtf", dates.in_words)
register.filter("the", wording.with_article)
register.filter("decision", decision)
register.simple_tag(leading_to)  # for what a page repeats: {% url %} takes five times as long


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.filter
def counted(n: int, words: str) -> str:
    """``{{ n|counted:"meeting" }}``, ``{{ n|counted:"country,countries" }}``."""
    return wording.counted(n, *words.split(","))


@register.filter
def decision_on(decisions: dict[int, Judgement], row: Model) -> Judgement | None:
    """What an editor decided on a row, of decisions by row number."""
    return decisions.get(row.pk)


@register.filter
def beyond_first(page: Page) -> str:
    """What a title adds on the second page of a list and those after it: ``, page 2``."""
    return f", page {page.number}" if page.number > 1 else ""


@register.filter
def percent(share: float) -> str:
    return f"{share:.0%}"


@register.simple_tag
def sure(confidence: float) -> SafeString:
    """Four dots, filled by quarters, and the number in words."""
    return _sure(percent(confidence), sum(confidence >= threshold for threshold in (0.01, 0.5, 0.75, 0.9)))


@cache
def _sure(share: str, filled: int) -> SafeString:
    dots = "".join(f'<i class="dot{" filled" * (place < filled)}"></i>' for place in range(4))
    return format_html(
        '<span class="sure" title="Confidence {0}"><span class="unseen">Confidence {0}</span><span aria-hidden="true">{1}</span></span>',
        share,
        mark_safe(dots),  # noqa: S308 - made here
    )


@register.filter
def topic_address(key: str) -> str:
    return leading_to("topic", key)


@register.filter
def once(rows: list[dict]) -> list[dict]:
    """Rows with a key, each key once, in their order."""
    return list({row["key"]: row for row in rows}.values())


@register.simple_tag
def asking(*things: Model | list[Model], view: str = "", **conditions: object) -> str:
    """The address of the list of meetings with all of the things and conditions, the empty ones left out:
    ``{% asking country other about="syria" after=1990 %}``."""
    flat = [each for thing in things for each in (thing if isinstance(thing, list) else [thing])]
    flat += [Term(name, str(value)) for name, value in conditions.items() if value not in {None, ""}]
    return questions.address(*flat, **({"view": view} if view else {}))


@register.filter
def lasting(days: int) -> str:
    """Days in years and months."""
    return lanes.length(days)


@register.simple_tag
def flag(country: Country) -> str:
    """The static file of a country's flag; "" where there is none, as of states that are no more."""
    key = country.key.lower()
    return f"flags/{key}.png" if key in FLAGS and not country.exists_to else ""


@register.simple_tag
def edit_address(thing: Meeting) -> str:
    """The admin's page for a row; "" where the admin does not have it."""
    try:
        return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    except NoReverseMatch:
        return ""


@register.filter
def spanned(years: dict[int, int]) -> dict:
    """The first and the last of the years that something is counted by, and how many years that is."""
    first, last = min(years, default=0), max(years, default=-1)
    return {"first": first, "last": last, "width": last - first + 1}
