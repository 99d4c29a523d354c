"""International bodies: their names, acronyms, what they belong to and when they existed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from .tables import earliest, items, latest, rows

# What a body's name may go on with: the organ through which it acts.
ORGAN = re.compile(r" (?:Commission|Secretariat|Parliament|Assembly)$")


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    name: str
    acronym: str
    kind: str  # intergovernmental, alliance, court, bank, agency, group, government, movement
    parent: str  # key of the body that it belongs to
    exists_from: str  # years; empty when unbounded
    exists_to: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of words for it; one without a small letter is an acronym and counts in exactly this case."""
        return tuple(dict.fromkeys(name for name in (self.name, self.acronym, *self.aliases) if name))

    def existed(self, on: date) -> bool:
        return earliest(self.exists_from) <= on <= latest(self.exists_to)


@cache
def all() -> tuple[Organisation, ...]:
    return tuple(Organisation(**{**row, "aliases": items(row["aliases"])}) for row in rows("organisations.csv"))


def get(key: str) -> Organisation:
    """The organisation of a key. Raises KeyError when there is none."""
    return _by_key()[key]


def lookup(text: str, on: date | None = None) -> Organisation | None:
    """The body that a name or acronym stands for, or None; of several, one that existed on the day."""
    text = _plain(text)
    found = [
        organisation
        for form in (text, ORGAN.sub("", text))
        for name, organisation in _by_text().get(form.casefold(), ())
        if name != name.upper() or name == form
    ]
    return next((body for body in found if on and body.existed(on)), found[0] if found else None)


def _plain(text: str) -> str:
    text = " ".join(text.replace("’", "'").split())
    return text[4:] if text.casefold().startswith("the ") else text


@cache
def _by_key() -> dict[str, Organisation]:
    return {organisation.key: organisation for organisation in all()}


@cache
def _by_text() -> dict[str, tuple[tuple[str, Organisation], ...]]:
    index: dict[str, list[tuple[str, Organisation]]] = defaultdict(list)
    for organisation in all():
        for name in organisation.names:
            index[_plain(name).casefold()].append((_plain(name), organisation))
    return {text: tuple(found) for text, found in index.items()}
