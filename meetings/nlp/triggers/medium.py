"""By what medium a meeting was held, where its clause says so."""

from __future__ import annotations

import re

from meetings.nlp.triggers.matching import Hit
from meetings.records import Medium

OVER_PHONE = re.compile(
    r"\b(?:tele)?phon\w*\b|\brang\b|\b(?<!courtesy )(?:phone |telephone )?calls? (?:with|to|from|between)\b|\btelecon\b|\bby call\b"
)
ON_SCREEN = re.compile(r"\bvideo\w*\b|\bvirtual\w*\b|\bvideo ?conferenc\w*\b|\bonline\b|\bzoom\b|\bvtc\b")
IN_FLESH = re.compile(
    r"\b(?:met|meets?|meetings?|lunch\w*|dinner|breakfast|summit|received|hosted|welcomed|visit\w*|called on|call(?:ed)? (?:up)?on|saw|accompanied|attended|session|came to see|courtesy|audience|roundtable|handed|tea|talks|reception)\b"
)


def of(hit: Hit, text: str) -> Medium | None:
    """Phone or video where the clause says so, face to face where its words mean that."""
    near = text[max(0, hit.told_start - 30) : hit.told_end + 60]
    if ON_SCREEN.search(near):
        return Medium.VIDEO
    if hit.rule.medium is Medium.PHONE or OVER_PHONE.search(text[hit.told_start : hit.told_end + 45]):
        return Medium.PHONE
    if hit.rule.medium is Medium.IN_PERSON or IN_FLESH.search(text[hit.told_start : hit.told_end]):
        return Medium.IN_PERSON
    return None
