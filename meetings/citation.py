r"""How a meeting or a document is cited: Chicago notes and bibliography (17th edition, 14.4 and 14.210), BibTeX, RIS.

Pure: no database. BibTeX is UTF-8, as biber and recent BibTeX styles read it; only TeX's own characters are escaped.
RIS ends its lines with CR LF and begins with TY, as its specification (Research Information Systems, 2001) asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from . import dates

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {character: f"\\{character}" for character in "&%$#_"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited. ``date`` is EDTF; ``sources`` are what it rests on, as they are cited themselves.

    ``genre`` is a noun for it: "record of a meeting", "cable". ``accessed`` is the day of the visit.
    """

    key: str
    title: str
    genre: str
    site: str
    url: str
    accessed: date
    author: str = ""
    number: str = ""
    place: str = ""
    date: str = ""
    collection: str = ""
    sources: tuple[str, ...] = ()


def chicago(reference: Reference) -> str:
    """One note, as plain text."""
    description = " ".join(filter(None, [reference.genre, reference.number]))
    parts = [
        reference.author,
        f"“{reference.title},”",
        description,
        reference.place,
        dates.in_words(reference.date) or "undated",
        reference.collection,
        reference.site,
        f"accessed {day(reference.accessed)}",
        reference.url,
    ]
    text = ", ".join(filter(None, parts)).replace(",”,", ",”") + "."
    return f"{text} Based on {'; '.join(reference.sources)}." if reference.sources else text


def bibtex(reference: Reference) -> str:
    first = dates.bounds(reference.date)[0] if reference.date else None
    exact = re.match(r"\d{4}(-\d\d)?", reference.date)
    fields = {
        "title": f"{{{tex(reference.title)}}}",
        "author": f"{{{tex(reference.author)}}}" if reference.author else "",
        "year": str(first.year) if first else "",
        "month": _MONTHS[first.month - 1] if exact and exact[1] else "",
        "howpublished": tex(", ".join(filter(None, [reference.genre.capitalize(), reference.number, reference.place]))),
        "organization": tex(", ".join(filter(None, [reference.collection, reference.site]))),
        "url": reference.url,
        "urldate": reference.accessed.isoformat(),
        "note": tex(". ".join(filter(None, [dated(reference), *reference.sources]))),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@misc{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(reference: Reference) -> str:
    first = dates.bounds(reference.date)[0] if reference.date else None
    exact = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[?~%]?", reference.date)
    fields = [
        ("TY", "ELEC"),
        ("TI", reference.title),
        ("AU", reference.author),
        ("PY", str(first.year) if first else ""),
        ("DA", "/".join(part or "" for part in exact.groups()) + "/" if exact else ""),
        ("M1", reference.number),
        ("M3", reference.genre),
        ("CY", reference.place),
        ("DB", reference.site),
        ("AN", reference.key),
        ("C1", reference.collection),
        ("UR", reference.url),
        ("Y2", reference.accessed.strftime("%Y/%m/%d/")),
        *(("N1", note) for note in (dated(reference), *reference.sources)),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def dated(reference: Reference) -> str:
    return f"Dated {dates.in_words(reference.date)}" if reference.date else "Undated"


def day(date_: date) -> str:
    return dates.in_words(date_.isoformat())


def tex(text: str) -> str:
    """Text as TeX reads it: ``R&D`` → ``R\\&D``."""
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))
