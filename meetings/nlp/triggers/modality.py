"""How real a meeting is: held, planned, proposed, cancelled, or denied."""

from __future__ import annotations

import re

from meetings.nlp.skeleton import P
from meetings.nlp.triggers.phrases import TO_BE
from meetings.records import Status

PLANNED = re.compile(
    rf"\b(?:will(?! (?:have \w+e[dn]|know|recall|remember|be aware|appreciate|note|understand)\b)|shall|would (?:be |then |also |instead |later |now |soon |again |next )?(?:meet|visit|hold|travel|host|receive|arrive|attend|join|confer|welcome|brief|talk|speak|discuss|see )\w*|plans? to|planning to|planned|scheduled|upcoming|forthcoming|due to|expected to|expects?\b[^,.;:]{{0,40}}\bto|is to|are to|was to|were to|going to|intends? to|look(?:s|ing|ed)? forward to|arranged|arrangements? (?:(?:have|has|had|were|was|are) )?(?:(?:now|also|already) )?(?:(?:been|being) )?made|coming|anticipat\w+|by the time (?:{P}|you|we|they|he|she|i) (?:meet|see|visit)|(?:agreed|undertook|promised) to (?:meet|hold|see|speak|talk|call|receive|visit)|set to|am (?:seeing|meeting|receiving|visiting|hosting|having|lunching|dining)|(?:flies|travels|heads|leaves|departs) (?:to|for|on)|next (?:week|month|year|round|meeting))\b|{P} to (?:meet|visit|hold|travel|receive|host|attend|join)\b"
)
FIXED = re.compile(rf"^[^,]{{0,25}}\b{TO_BE}\b")
# "A meeting with the minister next Tuesday".
TO_COME = re.compile(
    rf"^(?: (?:of|with|between|and) (?:the )?{P})* (?:tomorrow|next (?:week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b"
)
# "A meeting would be useful".
WELCOME = re.compile(
    r"^[^,]{0,25}\bwould (?:appear|seem|be) (?:to be )?(?:\w+ )?(?:imperative|desirable|useful|helpful|welcome|valuable|necessary|advisable|appropriate)\b"
)
ASIDE = re.compile(
    r", (?:who|which|whose)\b[^,.;:]*, ?$"
)  # right before the verb: "the minister, who will go to Rome, met"
PROPOSED = re.compile(
    rf"\b(?:propos\w+|suggest\w*|invit\w+|request\w*|offer\w*|hop(?:e|es|ed|ing) to|hopeful|would like|wish\w*|want\w*|could|should|might|may (?:meet|hold|visit)|willing(?:ness)?|ready to|seek\w*|possib\w+|recommend\w*|ask(?:ed|s|ing)? (?:{P} )?(?:to|for|that)|interested in|consider\w*|urge[ds]?|press(?:ed|ing) for|prepared to)\b"
)
CANCELLED = re.compile(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? off|postpon\w*|did not eventuate|fell through|scrapped|suspended)\b"
)
DENIED = re.compile(
    r"\b(?:(?:did|does|do|has|have|had|was|were|is|are|would|will|could|can) ?(?:not|n't)|never|refus\w+|declin\w+|unable|without|no (?:plans|meeting)|failed to|instead of|rather than|not)\b"
)
# Words that take back all that the clause after them tells: "dismissed as false a report that …".
DISOWNED = re.compile(
    r"\bden(?:y|ies|ied|ying) (?:that|having|any|meeting|holding|(?:(?:press|media|news) )?(?:reports?|claims?|rumou?rs))\b"
    r"|\b(?:dismiss\w*|reject\w*)\b[^.;:]{0,20}\b(?:reports?|claims?|rumou?rs|suggestions?)\b"
    r"|\bthere (?:was|were|is|has been|had been|would be) no\b|\bno truth\b"
)
# What is only supposed, or wished for by others: "supports a resumption of talks between Norway and Chile".
HYPOTHETICAL = re.compile(
    r"\b(?:if|unless|whenever|were to|whether"
    r"|(?:support|back|favou?r|advocat|encourag|demand|call)\w*(?: for)? (?:an? |the )?(?:[a-z]+ )?(?:resumption|return|renewal|continuation|start|opening) (?:of|to))\b"
)


def status(text: str, told_start: int, told_end: int) -> Status | None:
    """How real the meeting told at these offsets is; None when it is denied or only supposed."""
    before = ASIDE.sub(" ", text[max(0, told_start - 110) : told_start])
    clause = re.split(r"[.;:]|, (?:but|and|which|who)\b|\bwhen (?!to\b)", before)[-1]
    words = text[told_start:told_end]
    if DISOWNED.search(clause) or re.match(r"(?:there \w+ )?no\b", words, re.IGNORECASE):
        return None
    clause = clause[-70:]
    after = re.split(r"[.;:]", text[told_end : told_end + 60])[0]
    near = clause[-45:]
    if CANCELLED.search(clause) or CANCELLED.search(after[:45]):
        return Status.CANCELLED
    if DENIED.search(near[-28:]) or HYPOTHETICAL.search(near):
        return None
    if PROPOSED.search(near) or WELCOME.search(after):
        return Status.PROPOSED
    if PLANNED.search(near + words) or FIXED.search(after) or TO_COME.search(after):
        return Status.PLANNED
    return Status.HELD
