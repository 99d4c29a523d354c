"""Patterns for spaCy's span rulers from the authorities: titles, countries with demonyms, issues. Pure data."""

from __future__ import annotations

from meetings.authorities import countries, issues, places, titles
from meetings.authorities.countries import Kind

# A title of one common word names a post only beside a name, which the recogniser sees better than a list does.
NATION_LABELS = {Kind.NAME: "GPE", Kind.ABBREVIATION: "GPE", Kind.ADJECTIVE: "NORP", Kind.PEOPLE: "NORP"}
PLACE_LABELS = {"building": "FAC", "region": "LOC", "town": "GPE"}
BROAD = "BROAD"  # label of an issue's alias that needs "discussed" or the like before it
ISSUE = "ISSUE"


def title_patterns() -> list[dict]:
    return [{"label": "TITLE", "pattern": title.text} for title in titles.all() if not title.exact]


def nation_patterns() -> list[dict]:
    patterns = [
        {"label": NATION_LABELS[form.kind], "pattern": form.text}
        for form in countries.forms()
        if form.kind in NATION_LABELS and form.text[0].isupper()
    ]
    shorthand = [{"label": "TITLE", "pattern": title.text} for title in titles.all() if title.exact]
    venues = [
        {"label": PLACE_LABELS[place.kind], "pattern": name}
        for place in places.all()
        for name in (place.name, *place.aliases)
        if " " in name or place.kind != "town"  # a small town's name may be a person's
    ]
    return patterns + shorthand + venues


def issue_patterns(acronyms: bool) -> list[dict]:
    """Aliases in capitals match as they stand (``acronyms``), the others in any case."""
    return [
        {"label": BROAD if alias.broad else ISSUE, "pattern": alias.text, "id": issue.key}
        for issue in issues.all()
        for alias in issue.aliases
        if alias.case_sensitive is acronyms and alias.text
    ]


# Name of the pipe, its key in ``doc.spans``, what it compares, its patterns.
RULERS = (
    ("title_ruler", "titles", "LOWER", title_patterns),
    ("nation_ruler", "nations", "ORTH", nation_patterns),
    ("issue_ruler", "topics", "LOWER", lambda: issue_patterns(acronyms=False)),
    ("acronym_ruler", "acronyms", "ORTH", lambda: issue_patterns(acronyms=True)),
)
