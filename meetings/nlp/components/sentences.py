"""Sentence ends that the model cannot see or gets wrong: a paragraph ends its sentence, a title does not."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

NEVER_LAST = frozenset(
    "mr. mrs. ms. dr. sen. sens. rep. reps. gen. lt. adm. amb. gov. prof. st. messrs. hon. maj. capt. no. nos. vs.".split()
)
ABBREVIATIONS = frozenset(
    "mr. mrs. ms. dr. sen. sens. rep. reps. gen. col. lt. adm. amb. gov. prof. st. no. nos. vs. u.s. u.k. u.n. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. jr. sr. messrs. hon. maj. capt. fm. para. paras. ref.".split()
)
ENDS = re.compile(r"[.!?]['\"”’)\]]*$")


@Language.component("sentences", requires=["token.is_sent_start"], assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """A break of the flow between paragraphs always ends a sentence, nothing else does inside a name or after "Mr."."""
    for ent in doc.ents:
        for token in ent[1:]:
            token.is_sent_start = False
    for token in doc[1:]:
        before = token.nbor(-1)
        if before.is_space and "\n\n" in before.text:
            token.is_sent_start = True
        elif token.is_sent_start:
            if (
                (
                    token.is_space
                    or before.lower_ in NEVER_LAST
                    or (before.lower_ in ABBREVIATIONS and (token.ent_type_ or not token.is_title))
                )
                or token.text in {"'", '"', "”", "’", ")", ",", ";"}
                or (token.is_lower and not ENDS.search(before.text) and "\n" not in before.text)
            ):
                token.is_sent_start = False
        elif before.text in {".", "?", "!"} and token.is_title and not token.ent_type_:
            token.is_sent_start = True
    for token in doc[1:-1]:
        opens = token.text in {'"', "“"} and token.nbor(-1).whitespace_ and not token.whitespace_
        if opens and token.nbor().is_sent_start:
            token.is_sent_start, token.nbor().is_sent_start = True, False
    return doc
