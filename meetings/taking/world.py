"""Countries and topics as plain values, with how many meetings there are of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from .formats import at

if TYPE_CHECKING:
    from ..querysets import CountryQuerySet, IssueQuerySet


def countries(rows: CountryQuerySet, site: str = "") -> Iterator[dict[str, Any]]:
    """Some countries, counted, in their order; codes of ISO 3166-1 and of the Correlates of War."""
    for country in rows:
        yield {
            "key": country.key,
            "url": site + reverse("country", args=[country.key.lower()]),
            "name": country.name,
            "official_name": country.official_name or None,
            "alpha3": country.alpha3 or None,
            "cow": country.cow or None,
            "cow_number": country.cow_number,
            "region": country.region or None,
            "exists_from": country.exists_from or None,
            "exists_to": country.exists_to or None,
            "meetings": country.meeting_count,
        }


def topics(rows: IssueQuerySet, site: str = "") -> Iterator[dict[str, Any]]:
    """Some topics, counted, in their order; TAGS of the Department of State and PLOVER contexts."""
    for issue in rows:
        yield {
            "key": issue.key,
            "url": site + reverse("topic", args=[issue.key]),
            "name": issue.name,
            "theme": issue.theme.name if issue.theme else None,
            "aliases": issue.aliases,
            "tags": issue.tags,
            "plover": issue.plover,
            "meetings": issue.meeting_count,
        }


COUNTRY_NAMES = "key url name official_name alpha3 cow cow_number region exists_from exists_to meetings".split()
COUNTRY_COLUMNS = {name: at(name) for name in COUNTRY_NAMES}
TOPIC_COLUMNS = {name: at(name) for name in "key url name theme aliases tags plover meetings".split()}
