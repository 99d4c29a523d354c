"""Names that look like one person's and are two people's, or none's: a couple's surname, a title's letter."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from meetings.nlp.attachment import Reference
from meetings.nlp.names import tokens

WIFE = frozenset({"mrs", "frau", "madame", "mme", "signora", "señora"})
HUSBAND = frozenset({"mr", "herr", "signor", "señor", "sir"})
# "P. Lund" where the text speaks of President Lund: the letter is the title's.
LETTER = re.compile(r"([A-Z])\. ?(?=[A-Z][\w'’-]+$)")


def wives(references: list[Reference]) -> set[str]:
    """Full names of women who share a surname with a man: "Lund" alone is he."""
    men = {tokens(each.name)[-1] for each in references if _is(each, HUSBAND) and tokens(each.name)}
    women = {each.name for each in references if _is(each, WIFE)}
    return {name for name in women if len(tokens(name)) > 1 and tokens(name)[-1] in men}


def without_letters(references: list[Reference]) -> list[Reference]:
    """The references, their names without a letter that stands for the title with which the text names the same person."""
    titled: dict[str, set[str]] = defaultdict(set)  # surname → first letters of titles
    given: dict[str, set[str]] = defaultdict(set)  # and of given names
    for each in references:
        form = tokens(each.name)
        if len(form) == 1:
            titled[form[0]] |= {title[:1].upper() for title in each.titles if not _polite(title)}
        elif len(form) > 1 and len(form[0]) > 1:
            given[form[-1]].add(form[0][:1].upper())
    return [_without_letter(each, titled, given) for each in references]


def _without_letter(reference: Reference, titled: dict[str, set[str]], given: dict[str, set[str]]) -> Reference:
    letter = LETTER.match(reference.name)
    if letter is None:
        return reference
    surname = reference.name[letter.end() :]
    form = tokens(surname)
    of_title = len(form) == 1 and letter[1] in titled[form[0]] - given[form[0]]
    return replace(reference, name=surname) if of_title else reference


def _is(reference: Reference, forms: frozenset[str]) -> bool:
    return any(title.lower().rstrip(".") in forms for title in reference.titles)


def _polite(title: str) -> bool:
    return title.lower().rstrip(".") in WIFE | HUSBAND | {"dr", "prof", "ms", "miss"}
