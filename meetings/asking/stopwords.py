"""Words that no text is found by: those that PostgreSQL's configuration "english" leaves out (Snowball's list)."""

from __future__ import annotations

import re

STOPWORDS = frozenset(
    """
    a about above after again against all am an and any are as at be because been before being below between both but by can
    did do does doing don down during each few for from further had has have having he her here hers herself him himself his
    how i if in into is it its itself just me more most my myself no nor not now of off on once only or other our ours
    ourselves out over own s same she should so some such t than that the their theirs them themselves then there these they
    this those through to too under until up very was we were what when where which while who whom why will with you your
    yours yourself yourselves
    """.split()
)


def searched(text: str) -> bool:
    """Whether any word of the text can be looked for."""
    return any(word not in STOPWORDS for word in re.findall(r"\w+", text.casefold()))


def unsearched(text: str) -> str:
    """Why not, to follow the text."""
    return "stands in nearly every text" if re.search(r"\w", text) else "has no letter or figure"
