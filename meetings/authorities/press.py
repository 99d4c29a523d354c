"""Whose press an agency or a page is: its reports call its own country's ministers by their posts alone.

Agencies and papers that write for the world (Reuters, AFP, AP) are not in the table. Source: general reference.
"""

from __future__ import annotations

import re
from functools import cache

from meetings.authorities import countries

from .tables import rows

HOST = re.compile(r"https?://(?:www\d?\.)?([\w.-]+)")
DOMAIN_OF_COUNTRY = re.compile(r"\.([a-z]{2})$")
# Country domains that anyone may buy, and those of no state.
SOLD = frozenset("ai cc co eu fm gg gl io is la ly me nu sh to tv vc ws".split())
RENAMED = {"uk": "GB"}


def of_page(url: str) -> str | None:
    """The ISO code of the country of a page's house, by its address.

    >>> of_page("https://www.dawn.com/news/1389021/visit")
    'PK'
    """
    found = HOST.match(url)
    if found is None:
        return None
    host = found[1].lower()
    parts = host.split(".")
    known = filter(None, (_table().get(".".join(parts[n:])) for n in range(len(parts))))
    if house := next(known, None):
        return house
    domain = DOMAIN_OF_COUNTRY.search(host)
    if domain is None or domain[1] in SOLD:
        return None
    return _iso(RENAMED.get(domain[1], domain[1].upper()))


def of_agency(name: str) -> str | None:
    """The ISO code of the country of a news agency, by what datelines call it ("KUNA")."""
    return _table().get(name)


def _iso(code: str) -> str | None:
    try:
        return countries.get(code).iso
    except KeyError:
        return None


@cache
def _table() -> dict[str, str]:
    return {row["form"]: row["country"] for row in rows("press.csv")}
