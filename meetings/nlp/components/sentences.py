"""Sentence ends that the model cannot see or gets wrong: a paragraph ends its sentence, a title does not."""

from __future__ import annotations

import re

import numpy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

NEVER_LAST = frozenset(
    "mr. mrs. ms. dr. sen. sens. rep. reps. gen. lt. adm. amb. gov. prof. st. messrs. hon. maj. capt. col. cmdr. brig. ltc. radm. vadm. sgt. no. nos. vs.".split()
)
ABBREVIATIONS = frozenset(
    "mr. mrs. ms. dr. sen. sens. rep. reps. gen. col. lt. adm. amb. gov. prof. st. no. nos. vs. u.s. u.k. u.n. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. jr. sr. messrs. hon. maj. capt. fm. para. paras. ref.".split()
)
LONGEST = 500  # tokens of a sentence; the parser and some rules take the square of its length in time
ENDS = re.compile(r"[.!?]['\"”’)\]]*$")


@Language.component("sentences", requires=["token.is_sent_start"], assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """A break of the flow between paragraphs always ends a sentence, nothing else does inside a name or after "Mr."."""
    starts = [bool(token.is_sent_start) for token in doc]
    for ent in doc.ents:
        for at in range(ent.start + 1, ent.end):
            starts[at] = False
    for at in range(1, len(doc)):
        starts[at] = _starts(doc, at, starts[at])
    for at in range(1, len(doc) - 1):
        opens = doc[at].text in {'"', "“"} and doc[at - 1].whitespace_ and not doc[at].whitespace_
        if opens and starts[at + 1]:
            starts[at], starts[at + 1] = True, False
    last = 0
    for at, begins in enumerate(starts):
        if begins or at - last >= LONGEST:
            starts[at], last = True, at
    # Written at once: setting one token's mark looks through the whole text each time.
    marks = numpy.where(starts, 1, -1).astype("int64").astype("uint64")
    return doc.from_array([SENT_START], marks)


def _starts(doc: Doc, at: int, found: bool) -> bool:
    token, before = doc[at], doc[at - 1]
    if before.is_space and "\n\n" in before.text:
        return True
    if not found:
        return before.text in {".", "?", "!"} and token.is_title and not token.ent_type_
    parted = before.text == "." and at > 1 and not doc[at - 2].whitespace_  # "COL" and "." of a text in capitals
    if token.is_space or (doc[at - 2 : at].text.lower() if parted else before.lower_) in NEVER_LAST:
        return False
    if before.lower_ in ABBREVIATIONS and (token.ent_type_ or not token.is_title):
        return False
    unfinished = token.is_lower or before.text[-1].isalnum() or before.text == ","
    continues = unfinished and not ENDS.search(before.text) and "\n" not in before.text
    return not continues and token.text not in {"'", '"', "”", "’", ")", ",", ";"}
