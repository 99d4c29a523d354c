"""What can be asked: one table that the language, the form, the help page and the explanations of mistakes share.

No Django here: labels and values of kinds, media and statuses come from the records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .. import dates
from ..records import Kind, Medium, Status

WORDS = ""  # the field of what is typed without one
UNDATED = "none"
FROM_TO = re.compile(r"(\d{4}) ?(?:-|–|\.\.) ?(\d{4})")  # 1959-1963, besides EDTF's 1959/1963


class Takes(StrEnum):
    """What sort of value a field takes."""

    TEXT = "text"  # resolved against what is known, or looked for as written
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of condition. ``choices``: value → label; ``synonyms``: other ways to write a value; ``examples``: questions."""

    name: str
    label: str
    help: str
    examples: tuple[str, ...]
    takes: Takes = Takes.TEXT
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    single: bool = False  # a meeting has one value of it, so that two values side by side can only mean either

    @property
    def example(self) -> str:
        return self.examples[0]


_FIELDS = (
    Field(
        WORDS,
        "Words",
        "Looked for in the documents’ paragraphs and the meetings’ titles, in whatever form: missile finds missiles. "
        "Words typed side by side stand in one paragraph; in quotation marks they stand next to each other.",
        ("missile defense", '"missile defense"', "oil OR gas", "oil -gas"),
    ),
    Field(
        "with",
        "With",
        "Somebody who took part, in any spelling, accent, order of names or script. Write it once for each person: "
        "all of them met. A number after a name, as the suggestions write it, means that one person alone.",
        ("with:Lavrov", 'with:"Kerry, John" with:Лавров', "with:Lavrov without:Kerry"),
        aliases=("person", "who"),
    ),
    Field(
        "without",
        "Without",
        "Somebody who did not take part. A minus before with: says the same.",
        ("country:RU without:Lavrov",),
    ),
    Field(
        "country",
        "Country",
        "A state for which somebody took part, by its name, its people’s name or its code. A former state is a country "
        "of its own: the Soviet Union is not Russia, and the page offers to include it.",
        ("country:RU country:US", 'country:"South Korea"', "country:RU OR country:SU"),
        aliases=("side", "party"),
    ),
    Field(
        "organisation",
        "Organisation",
        "A body for which somebody took part, by its name, its acronym or another name for it. Words that no known body has are "
        "looked for in what the documents call the bodies.",
        ("organisation:NATO", 'organisation:"European Union" country:RU', "organisation:UN -organisation:EU"),
        aliases=("organization", "org", "body"),
    ),
    Field(
        "role",
        "Role",
        "The post of somebody who took part: as the documents give it, or as the tables of office holders have it for the "
        "day. A title means itself alone; head of state, head of government and foreign minister mean all who are one.",
        ('role:"foreign minister"', "role:ambassador country:FR"),
        aliases=("office", "post"),
    ),
    Field(
        "about",
        "About",
        "A topic on the agenda, by its name or another name for it; a theme stands for all of its topics. Words that no "
        "topic has are looked for in the agenda itself.",
        ('about:"missile defense"', "about:Syria", "about:fisheries"),
        aliases=("issue", "topic"),
    ),
    Field(
        "in",
        "In",
        "Where it took place: a city with its buildings, a building or a country. Places that were inferred count.",
        ("in:Geneva", "in:Switzerland", "in:Geneva OR in:Vienna"),
        aliases=("place", "at"),
        single=True,
    ),
    Field(
        "medium",
        "Form",
        "Face to face or at a distance.",
        ("medium:phone", "medium:in_person", "-medium:unknown"),
        takes=Takes.CHOICE,
        aliases=("form",),
        choices={Medium.IN_PERSON: "In person", Medium.PHONE: "Phone", Medium.VIDEO: "Video", "unknown": "Untold"},
        synonyms={"in-person": "in_person", "in person": "in_person", "telephone": "phone", "call": "phone", "untold": "unknown"},
        single=True,
    ),
    Field(
        "status",
        "Status",
        "Whether it took place.",
        ("status:planned", "status:cancelled OR status:proposed"),
        takes=Takes.CHOICE,
        choices={status: status.value.capitalize() for status in Status},
        synonyms={"canceled": "cancelled"},
        single=True,
    ),
    Field(
        "kind",
        "Told in",
        "What sort of document tells of it. Write it twice for meetings that both sorts tell of.",
        ("kind:cable", "kind:cable kind:news"),
        takes=Takes.CHOICE,
        aliases=("document",),
        choices={
            Kind.CABLE: "Cable",
            Kind.MEMCON: "Memorandum of conversation",
            Kind.READOUT: "Readout",
            Kind.NEWS: "News report",
            Kind.REGISTER: "Official list",
            Kind.OTHER: "Other",
        },
        synonyms={"memorandum": "memcon", "list": "register"},
    ),
    Field(
        "after",
        "From",
        "On or after a year, a month or a day.",
        ("after:2005", "after:2005 before:2008-06"),
        takes=Takes.DATE,
        aliases=("from", "since"),
    ),
    Field(
        "before",
        "To",
        "On or before the end of a year, a month or a day.",
        ("before:2008-06", "after:1945 before:1955"),
        takes=Takes.DATE,
        aliases=("to", "until"),
    ),
    Field(
        "date",
        "Date",
        "In a year, some years or a month, or on a day; date:none finds those without any date. A meeting whose date is "
        "uncertain is found when it may lie there.",
        ("date:1959-1963", "date:2007-05", "date:2007-05-29", "date:none"),
        takes=Takes.DATE,
        aliases=("year", "on"),
        single=True,
    ),
    Field(
        "review",
        "Review",
        "What an editor said of it.",
        ("review:confirmed", "review:unreviewed"),
        takes=Takes.CHOICE,
        choices={"unreviewed": "Not reviewed", "confirmed": "Confirmed", "rejected": "Rejected", "unsure": "In doubt"},
        single=True,
    ),
)  # fmt: skip

FIELDS: dict[str, Field] = {each.name: each for each in _FIELDS}
_NAMES = {name: each.name for each in _FIELDS for name in (each.name, *each.aliases)}


def called(name: str) -> Field | None:
    """The field of this name or alias, in any case."""
    name = _NAMES.get(name.lower(), "")
    return FIELDS[name] if name else None


def valid(asked: Field, value: str) -> str:
    """The value as the language writes it. Raises ValueError with a sentence when the field cannot have it."""
    if asked.takes is Takes.CHOICE:
        plain = value.lower()
        plain = asked.synonyms.get(plain, plain)
        if plain not in asked.choices:
            raise ValueError(f"“{value}” is no {asked.name}: choose one of {', '.join(asked.choices)}.")
        return str(plain)
    if asked.takes is Takes.DATE:
        if asked.name == "date" and value.lower() == UNDATED:
            return UNDATED
        if asked.name == "date" and (years := FROM_TO.fullmatch(value)):
            value = f"{years[1]}/{years[2]}"
        try:
            dates.bounds(value)
        except ValueError:
            raise ValueError(
                f"“{value}” is not a date: write a year, a month or a day, as in 2007, 2007-05 or 2007-05-29."
            ) from None
    return value
