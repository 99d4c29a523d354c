"""English for pages: lists, numbers, names with their article."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Names of states that English gives an article.
_ARTICLE = re.compile(
    r"^(United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Soviet|German Dem|Holy See|Vatican City|Ivory)"
    r"|(Republic|Union|Islands|Emirates|Federation|Kingdom)\b"
)


def listed(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = [*items] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def with_article(country: str) -> str:
    return f"the {country}" if _ARTICLE.search(country) and not country.startswith("Republic") else country


def number(n: int) -> str:
    return f"{n:,}"


def lasting(minutes: int) -> str:
    """``45 minutes``, ``4 hours``, ``1 hour and 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    return listed([counted(n, unit) for n, unit in ((hours, "hour"), (rest, "minute")) if n]) or counted(0, "minute")


def counted(n: int, one: str, many: str = "", more: bool = False) -> str:
    """``1 meeting``, ``1,204 meetings``, ``no meetings``; ``1,000+ meetings`` where there are more."""
    return f"{number(n) if n else 'no'}{'+' if more else ''} {one if n == 1 else many or one + 's'}"
