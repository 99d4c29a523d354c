"""Sittings of committees and conferences, told by what the states' delegations said in them. Pure.

"In further discussion in Committee 3 Chile supported the Danish draft. Peru thought …": no pair of people meets, states speak.
"""

from __future__ import annotations

import re

from meetings.nlp.skeleton import A, D, P
from meetings.nlp.triggers.phrases import STATE, STATES

# Words that a sitting is told by; one that goes on the next day is another.
SITTING = re.compile(
    r"\b(?:in|during|at|after|following) (?:the |a |an |its |general |further |public |private |closed |plenary |formal |informal )*(?P<t>session|sitting|debate|discussion|plenary)\b"
    r"|\b(?:sub-?committee|committee|plenary|assembly|council|conference|working (?:group|party)|commission)\b[^.;:]{0,60}?\b(?P<t2>met|resumed|reconvened|opened|debated|discussed|considered|continued (?:discussion|debate)|voted)\b"
)
_SAID = r"(?:supported|opposed|announced|proposed|argued|favou?red|spoke|moved|expressed|accepted|agreed|suggested|said|stated|seconded|voted|abstained|objected|appealed|came (?:down|out)|drew attention|pointed out|thought|felt|considered|urged|wanted|maintained|declared|insisted|withdrew|introduced|tabled|submitted|sponsored|critici[sz]ed|attacked|defended|replied|took (?:the|a) (?:line|view|position)|made|indicated|explained|stressed|regretted|welcomed)"
SPOKE = re.compile(
    rf"(?P<a>{STATES}|(?<!in )(?<!with )(?<!of )(?<!to )(?<!against ){STATE})(?:,[^.;:,]{{0,40}},)? (?:delegat(?:e|es|ion) |representatives? )?(?:[a-z]+ly |then |also |had |has |have |was |were |both |all ){{0,2}}{_SAID}\b"
    rf"|\b(?:texts|drafts|statements?|speech(?:es)?|supported|opposed|amendments?|proposals|interventions?|objections?)[a-z ]{{0,20}}? (?:from|by) (?P<b>{STATES})|\belected (?P<c>{STATE})"
)
RULE = "triggers.states_sat/1"
LEAST = 3  # states that speak in a sitting
ANOTHER = re.compile(rf"\b(?:further|resumed|reconvened|again|another|next|later)\b|{D}")
WE = re.compile(rf"({P}) (?:\w+ ){{0,2}}(?:{_SAID}|mentioned)\b")
SIGN = re.compile(A)


def speakers(text: str) -> str:
    """The signs of the states that a sentence's skeleton says to have spoken."""
    return "".join(
        sign for found in SPOKE.finditer(text) for sign in SIGN.findall(found["a"] or found["b"] or found["c"])
    )
