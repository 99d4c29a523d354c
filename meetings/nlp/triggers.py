"""Words that tell of a meeting, as patterns over a sentence's skeleton. Pure; each rule has a name that evidence gives.

In a pattern ``a`` and ``b`` are the two sides, ``t`` the words that tell of the meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.nlp.skeleton import A, D, L, P
from meetings.records import Medium, Status

VERSION = "1"

# People named together: "P and P", "P, P and P", "P, together with P", "P, P, and local leaders"; "P, P" alone are two clauses.
AND = r"(?:,? and,? (?:then |later )?separately,?(?: with)? |,? and(?: also)?(?: by| with| then| later)? |,? as well as |(?: will| to)? join(?:s|ed)? |/| & |,? along with |,? together with |; and )(?:the |his |her |its |also |other )?"
G = rf"(?:{P}(?:[,;] (?:the |his )?{P})*{AND}{P}(?:{AND}{P})*|{P}(?:[,;] (?:the |his )?{P})+(?=[,;]? (?:and|as well as) )|{P})"
COMPANY = rf"(?:,? (?:and )?(?:who was )?(?:accompanied|joined) by [^\ue000-\uefff.;]{{0,40}}{G}[^\ue000-\uefff.;,]{{0,40}},?)?"
# Words between a subject and its verb; neither people nor another clause's verb.
CLAUSE = r"(?:\b(?:said|says|told|noted|added|stressed|asked|that|whether|because|if|although|but|whom|whose|when|after|before|until)\b|, (?:they|we|he|she)\b|, and (?:was|were|then|also|later)\b)"
GAP = rf"(?:(?!{CLAUSE})[^\ue000-\uefff.;:?!]){{0,70}}?"
NOUN = r"(?:meetings?|talks?|(?:phone |telephone |video |conference )?calls?|conversations?|discussions?|consultations?|negotiations?|lunch(?:eon)?|dinner|breakfast|summits?|sessions?|exchanges?|interviews?|audience|encounter|courtesy call|pull-aside|bilaterals?(?= (?:with|on|at|in|today)\b|[,.])|round ?table|tea|briefing|video ?conferences?|telecon|tete-a-tete|dialogue)"
TELL = r"(?:told|informed|briefed|assured|advised|asked|urged|warned|explained|stressed|said|handed|presented|delivered|conveyed|reiterated|confided|complained|remarked|mentioned|described|raised|expressed|suggested|confirmed|questioned|reminded|pressed|thanked|congratulated|gave|provided|outlined|underlined|emphasi[sz]ed|noted|commented|admitted|agreed|acknowledged|replied|observed)"


# What several people named together did, if it is a meeting.
TOGETHER = r"(?:met|meet|spoke|talked|held (?:[^\ue000-\uefff.;]{0,30}?)?(?:talks|meetings?|discussions|consultations|summit|negotiations)|engaged in [^\ue000-\uefff.;]{0,30}?(?:talks|meetings?|discussions|consultations|dialogue|negotiations)|convened|co-?(?:chaired|hosted|convened|led)|had (?:[^\ue000-\uefff.;]{0,30}?)?(?:talks?|meetings?|discussions?|conversations?)|came to terms|saw each other|conferred|(?:had|took) (?:a )?(?:lunch|luncheon|dinner|breakfast|supper|tea|coffee|drinks?|word|chat)|lunched|dined|breakfasted|discussed|exchanged views|consulted|negotiated|signed|initial+ed|reviewed|shook hands|sat down|g[eo]t together|spent [^\ue000-\uefff.;]{0,30}? together|(?:were|was) (?:alone|together)|(?:began|begun|resumed)(?= (?:[a-z]+ ){0,2}[\uf000-\uf7ff])|(?:opened|open|began|begin|ended|end|concluded|completed|resumed|closed)\b[^\ue000-\uefff.;]{0,40}?\b(?:talks|meetings?|conference|summit|negotiations|sessions?|conversations|visit))"
# "Called on the minister to resign" is an appeal, "called on the minister to discuss …" a visit.
APPEAL = r"(?!,? (?:and [^\ue000-\uefff.;,]{0,25} |[a-z]+ )?to (?!discuss|present|deliver|raise|convey|review|express|pay|bid|hand|explain|seek|inform|brief|request|say|talk|make|introduce|ask|protest|exchange|speak|take))"


@dataclass(frozen=True, slots=True)
class Rule:
    """``medium`` is what the words themselves say; ``strength`` how far they alone make a meeting (0 to 1)."""

    name: str
    pattern: re.Pattern[str]
    medium: Medium | None
    strength: float


def _rule(name: str, pattern: str, medium: Medium | None, strength: float) -> Rule:
    return Rule(f"triggers.{name}/{VERSION}", re.compile(pattern), medium, strength)


FACE, PHONE, VIDEO = Medium.IN_PERSON, Medium.PHONE, Medium.VIDEO

RULES: tuple[Rule, ...] = (
    _rule(
        "telephoned",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>telephoned|phoned|rang(?: up)?|called(?! on| at| in| for| upon| the | a | to ))\s(?P<b>{G})",
        PHONE,
        0.85,
    ),
    _rule(
        "spoke_by_phone",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:spoke|spoken|speak|speaks|talked|talk|conferred|conversed|consulted|discussed)(?: {D})?(?: again)? (?:by|over|on|via|in a)(?: the| a)?(?: secure)? ?(?:tele)?phone(?: call| conversation)?)\b{GAP}(?:(?:with|to|and)\s[^\ue000-\uefff.;]{{0,25}})?(?P<b>{G})",
        PHONE,
        0.95,
    ),
    _rule(
        "met",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>met|meets|meet|meeting(?= (?:with|{D} with|today with)))\b(?P<m>[^\ue000-\uefff.;]{{0,80}}?)\b(?:with|by|and)\b[^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
        FACE,
        0.95,
    ),
    _rule(
        "met_direct",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>met|meets|meet)\s(?:{D} )?(?:today )?[^\ue000-\uefff.,;]{{0,25}}?(?P<b>{G})",
        FACE,
        0.85,
    ),
    _rule(
        "held_talks",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:held|hold|holds|holding|(?:had|has|have|having)(?! (?:[a-z]+ )?been\b)|began|begin|opened|concluded|conducted|continued|resumed|chaired|attended|participated in)\b[^\ue000-\uefff.;]{{0,50}}?\b{NOUN})\b[^\ue000-\uefff.;]{{0,70}}?\b(?:with|between)\b[^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
        None,
        0.9,
    ),
    _rule(
        "noun_had_with",
        rf"\b(?P<t>{NOUN}),? (?:(?:which|that) )?(?P<a>{G}) (?:(?:has|have|had) )?(?:just |recently |also )?(?:had|held)\b[^\ue000-\uefff.;:]{{0,40}}?\bwith\b[^\ue000-\uefff.;:]{{0,25}}?(?P<b>{G})",
        None,
        0.85,
    ),
    _rule(
        "in_noun_made",
        rf"(?P<a>{G})(?: (?:him|her)self)?, (?:in|during|at|over|on) [^\ue000-\uefff.;:,]{{0,40}}?(?P<t>{NOUN}) (?:(?:which|that) )?(?P<b>{G}) (?:(?:has|had) )?(?:had|held|made|paid)\b",
        None,
        0.8,
    ),
    _rule(
        "ones_aside_with",
        rf"(?P<a>{G}), (?:in|during|at|over|after|following) [^\ue000-\uefff.;:,]{{0,40}}?(?P<t>{NOUN})\b[^\ue000-\uefff.;:,]{{0,20}} with\b[^\ue000-\uefff.;:,]{{0,30}}?(?P<b>{G})(?=[^.;:]{{0,60}}, )",
        None,
        0.8,
    ),
    _rule(
        "those_seen",
        rf"\b(?:those|others|people|officials|persons|ministers)\b[^\ue000-\uefff.;:]{{0,25}}? (?:with )?whom (?P<a>{G}) (?:has |had |have |also )*(?P<t>saw|seen|met|(?:had|held) (?:[a-z]+ )?{NOUN}|called (?:up)?on|talked|spoke|conferred)\b[^\ue000-\uefff.;:]{{0,60}}? (?:were|was|included|are)\b[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})",
        FACE,
        0.85,
    ),
    _rule(
        "spoke_with",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>spoke|spoken|speak|speaks|talked|conferred|consulted|consult|negotiated|engage[sd]?|dined|lunched|chatted|chatting|conferring|lunch|lunching|dine|dining|sat down|got together|had (?:lunch|dinner|breakfast))\b[^\ue000-\uefff.;]{{0,45}}?\b(?:with|to)\b(?:[^\ue000-\uefff.;]{{0,30}}?|[^\ue000-\uefff.;]{{0,90}}?(?::|,? including|\() ?)(?P<b>{G})",
        None,
        0.85,
    ),
    _rule(
        "passive_after_clause",
        rf"(?P<a>{P}), (?:who|whose|which)\b[^.;:]{{0,160}}?, (?:was|were|is|are) (?:[a-z]+ ){{0,2}}(?P<t>greeted|received|welcomed|hosted|briefed) by [^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
        FACE,
        0.85,
    ),
    _rule(
        "received",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>received|receives|receive|welcomed|welcomes|hosted|hosts|host|hosting|greeted|entertained|convene[sd]?|will welcome)\b(?:(?! of |'s?\s|\b(?:news|letter|call|message|support|decision|commitment|efforts)\b)[^\ue000-\uefff.;]){{0,50}}?(?P<b>{G})(?!'s?\s)",
        FACE,
        0.8,
    ),
    _rule(
        "called_on",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>called (?:up)?on|calls (?:up)?on|call (?:up)?on|paid[^\ue000-\uefff.;]{{0,30}}? (?:call|visit)[^\ue000-\uefff.;]{{0,12}} (?:up)?on|courtesy call (?:up)?on|(?:came|went|called|dropped|looked)(?: round| in| over| back)? to see|came to (?:lunch|dinner) with|(?:dropped|looked) in on|waited (?:up)?on|(?:ran|bumped) into|sought out|sat (?:next to|beside)|called in|sent for|summoned|visited)\s[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G}){APPEAL}",
        FACE,
        0.85,
    ),
    _rule(
        "attended_by",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:chaired|hosted|held|organi[sz]ed|moderated|convened|opened)\b[^\ue000-\uefff.;]{{0,50}}?\b(?:{NOUN}|reception|workshop|seminar|event|gathering))\b[^\ue000-\uefff.;]{{0,60}}?\battended(?:,? among others,?)? by [^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
        FACE,
        0.85,
    ),
    _rule(
        "saw",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>saw|seen|had seen|seeing|(?:will|shall|would|to) see)\s(?P<b>{G})",
        FACE,
        0.7,
    ),
    _rule(
        "passive_by",
        rf"(?P<a>{G}),? (?:was|were|had been|has been|have been|am|is|are|will be|would be) (?:[a-z]+ )?(?P<t>received|summoned|called in|sent for|entertained|visited|telephoned|rung up|welcomed|hosted|briefed|seen|approached) by [^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
        None,
        0.8,
    ),
    _rule(
        "had_with",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?:had|have|has|held|holding|having)\b[^\ue000-\uefff.;]{{0,30}}?\bwith (?:the |his )?(?P<b>{G})[^\ue000-\uefff.;:]{{0,12}}? (?:an? |several |two |some |very |long |series of |[a-z]+ ){{1,5}}?(?P<t>{NOUN})\b",
        None,
        0.8,
    ),
    _rule(
        "told_by_phone",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:{TELL}|spell(?:ed|t) out|made (?:it )?clear|put)\b[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})[^.;:]{{0,25}}?\b(?:by|over|on) (?:the )?(?:tele)?phone)\b",
        PHONE,
        0.8,
    ),
    _rule(
        "discussed_with",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>discussed|discuss|discusses|reviewed|raised|exchanged views|exchange views|took up)\b[^\ue000-\uefff.;]{{0,120}}?\bwith\s[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G})",
        None,
        0.75,
    ),
    _rule(
        "noun_between",
        rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,50}}?\b(?:between|of|among|amongst)\b[^\ue000-\uefff.;:]{{0,30}}?(?P<a>{P})(?:,? (?:and|with) |, )[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})",
        None,
        0.85,
    ),
    _rule("pair_noun", rf"(?P<a>{P})[-–](?P<b>{P})(?:'s)? (?:[a-z]+ )?(?P<t>{NOUN})\b", None, 0.8),
    _rule(
        "ones_time_with",
        rf"(?P<a>{P})'s? (?P<t>{D}|(?:[a-z]+ ){{0,2}}(?:hours?|days?|morning|afternoon|evening|weekend)) with (?P<b>{G})",
        FACE,
        0.6,
    ),
    _rule(
        "ones_noun_with",
        rf"(?P<a>{G})(?:'s?)?(?P<m>\s[^\ue000-\uefff.;:]{{0,60}}?)\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,40}}?\b(?:with|to|and)\b[^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})",
        None,
        0.8,
    ),
    _rule(
        "noun_with_main_clause",
        rf"(?:^|\b)(?:in|during|at|after|following|on the margins of|over|before)\s[^\ue000-\uefff.;:]{{0,60}}?\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,40}}?\b(?:with|by)\b[^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})[^\ue000-\uefff.;:]{{0,70}}?,[^\ue000-\uefff.;:]{{0,20}}?(?P<a>{G})",
        None,
        0.85,
    ),
    _rule(
        "told_in_noun",
        rf"(?P<a>{G}){COMPANY}{GAP}\b{TELL}\b[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})(?! that (?:at|in|during)\b)[^\ue000-\uefff;:]{{0,200}}?\b(?:in|during|at|over)\b[^\ue000-\uefff.;:]{{0,40}}?\b(?P<t>{NOUN}|(?<!press )(?<!news )conference)\b",
        None,
        0.85,
    ),
    _rule(
        "in_noun_told",
        rf"\b(?:in|during|at|over)\b[^\ue000-\uefff.;:]{{0,60}}?\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,60}}?[, ][^\ue000-\uefff.;:]{{0,70}}?(?P<a>{G}){COMPANY}{GAP}\b{TELL}\b[^\ue000-\uefff.;:]{{0,60}}?(?P<b>{G})",
        None,
        0.85,
    ),
    _rule(
        "noun_with",
        rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,30}}?\bwith\b[^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})",
        None,
        0.55,
    ),
    _rule(
        "met_with",
        rf"\b(?P<t>met|spoke|talked|engaged|chatt(?:ed|ing)|lunch(?:ed|ing)|din(?:ed|ing)|conferr(?:ed|ing))(?: {D})?(?: [a-z]+)? (?:with|(?<=chatting )to|(?<=chatted )to)\s(?:the )?(?P<b>{G})",
        None,
        0.5,
    ),
    _rule(
        "together",
        rf"(?P<a>{P}(?:,? and |, |/)[^\ue000-\uefff.;:]{{0,6}}?{G}){GAP}\b(?P<t>{TOGETHER})\b",
        None,
        0.7,
    ),
    _rule(
        "signed_by",
        rf"\b(?P<t>signed|initial+ed)\b[^\ue000-\uefff.;:]{{0,60}}?\bby (?:the )?(?P<a>{P})[^\ue000-\uefff.;:]{{0,40}}?\band (?:by |for )?[^\ue000-\uefff.;:]{{0,20}}?(?P<b>{G})",
        FACE,
        0.65,
    ),
    _rule(
        "visited_invited",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:visited|visits|paid|pays|pay|made|began|ended|concluded|came|arrived|will visit|will pay|will come)\b[^\ue000-\uefff.;]{{0,90}}?\b(?:(?:at|on|upon|following) (?:the|an) invitation (?:of|by|from)|as (?:the )?guests? of))\s[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G})",
        FACE,
        0.75,
    ),
    _rule(
        "invited_to_meet",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?:invite[sd]?|invitation (?:to|for))\s[^\ue000-\uefff.;]{{0,20}}?(?P<b>{G})(?:,? [^\ue000-\uefff.;,]{{0,20}},?)? (?P<t>to (?:visit|meet|come to|pay (?:an? )?(?:[a-z]+ )?visit|lunch|dinner|dine))\b",
        FACE,
        0.6,
    ),
    _rule(
        "invited_visited",
        rf"\bat the (?P<t>invitation of)\s[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G})[^\ue000-\uefff.;]{{0,40}}?,[^\ue000-\uefff.;]{{0,25}}?(?P<a>{G}){COMPANY}{GAP}\b(?:visited|paid|made|was in|stayed)\b",
        FACE,
        0.75,
    ),
    _rule(
        "before_their_meeting",
        rf"(?P<a>{P}){AND}(?P<b>{G})[^\ue000-\uefff.;:]{{0,40}}?\b(?P<t>(?:before|after|at|following|prior to|ahead of) (?:their|a|the)?[^\ue000-\uefff.;:]{{0,30}}?{NOUN})\b",
        None,
        0.8,
    ),
    _rule(
        "accompanied",
        rf"(?P<a>{P}),? (?:and )?(?P<t>accompanied by|escorted by|hosted by)[^\ue000-\uefff.;]{{0,60}}?(?P<b>{G})",
        FACE,
        0.6,
    ),
    _rule(
        "passive",
        rf"(?P<t>greeted|received|welcomed|hosted|met|briefed|escorted|accompanied) by [^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})[^\ue000-\uefff.;]{{0,60}}?, (?:the )?(?P<a>{P})",
        FACE,
        0.6,
    ),
    _rule(
        "agreed",
        rf"(?P<a>{P}(?:,? and |, |/)[^\ue000-\uefff.;:]{{0,25}}?{G}){GAP}\b(?P<t>agreed|(?:re)?affirmed|confirmed|pledged|resolved|decided|concurred|underscored|reiterated)\b",
        None,
        0.45,
    ),
    _rule(
        "told_passive",
        rf"(?P<a>{G}),? (?:was|were|had been|has been|have been|am|is|are) (?:[a-z]+ )?(?P<t>told|informed|assured|advised|asked|warned|handed|given)\b[^\ue000-\uefff.;:]{{0,40}}?\bby [^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})",
        None,
        0.35,
    ),
    _rule(
        "told",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>told|informed|briefed|assured|handed(?: to)?|advised|asked|urged|reminded|presented to|explained to|stressed to|said to|confided to|complained to|remarked to|mentioned to|conveyed to|delivered to|expressed to|indicated to|intimated to|put it to|(?:made|making) (?:it )?(?:quite |very |perfectly )?(?:clear|plain) to|presented|delivered|gave|tells|telling)\b(?:(?!\b(?:whether|if|why|how|what)\b)[^\ue000-\uefff.;:]){{0,70}}?(?P<b>{G})",
        None,
        0.35,
    ),
)
# States and bodies that act as one, by their names alone: "talks between France and Germany", "it met with the P5+1".
STATE = rf"(?:the )?{A}(?:'s?)?(?:,? (?:government|authorities|side|teams?|delegations?|officials|representatives?|negotiators|(?:deputy )?(?:foreign|defen[cs]e|prime)? ?(?:ministers?|presidents?|leaders?)))?"
STATES = rf"{STATE}(?:, {STATE})*(?:,? and |,? as well as |/|-| and then ){STATE}"
MEET = rf"(?:{NOUN}|met|meets?|spoke|spoken|talked|discussed|saw|seen|received|welcomed|hosted|greeted|telephoned|phoned|consulted|conferred|negotiated|visit(?:ed|s)?|dined|lunched|approached|discussing|talking|meeting|speaking|briefed|called)"
STATE_RULES: tuple[Rule, ...] = (
    _rule(
        "states_between",
        rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:,]{{0,25}}?\b(?:between|of|among|amongst) (?P<a>{STATES})",
        None,
        0.5,
    ),
    _rule("states_noun", rf"(?P<a>{STATES}) (?:[a-z+0-9-]+ ){{0,3}}?(?P<t>{NOUN})\b", None, 0.5),
    _rule("states_together", rf"(?P<a>{STATES}){GAP}\b(?P<t>{TOGETHER})\b", None, 0.5),
    _rule(
        "state_with",
        rf"(?P<a>{P}|(?<!in )(?<!to )(?<!from )(?<!of ){STATE}){GAP}\b(?P<t>{MEET})\b[^\ue000-\uefff.;]{{0,40}}?(?:\bwith|\bby|(?<=spoke) to|(?<=talked) to)\b (?:[a-z]+ ){{0,3}}?(?P<b>{STATES}|{STATE})",
        None,
        0.4,
    ),
    _rule(
        "dialogue_in",
        rf"(?P<a>{P}){GAP}\b(?P<t>(?:hold|holds|held|co-?chair(?:s|ed)?|conduct(?:s|ed)?|lead|leads|led)\b[^\ue000-\uefff.;]{{0,40}}?\b(?:dialogues?|consultations))\b in (?P<b>{STATES}|{STATE})",
        None,
        0.5,
    ),
    _rule(
        "state_told",
        rf"(?P<a>{P}|{STATES}|(?<!in )(?<!to )(?<!from )(?<!of ){STATE}){GAP}\b(?P<t>briefed|informed|told|advised|assured|notified)\b (?:(?!{A})[^\ue000-\uefff.;]){{0,20}}?(?P<b>{STATES}|{STATE}|{P})",
        None,
        0.3,
    ),
    _rule(
        "noun_with_state", rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,30}}?\bwith (?P<b>{STATES}|{STATE})", None, 0.3
    ),
)
# A word of meeting with people near it, in no form that the rules above know.
NEAR_RULES: tuple[Rule, ...] = (
    _rule("near_between", rf"(?P<a>{G})[^.;:]{{0,110}}?\b(?P<t>{MEET})\b[^.;:]{{0,90}}?(?P<b>{G})", None, 0.25),
    _rule("near_before", rf"(?P<a>{P})[^.;:]{{0,70}}?(?P<b>{G})[^.;:]{{0,70}}?\b(?P<t>{MEET})\b", None, 0.2),
    _rule("near_after", rf"\b(?P<t>{MEET})\b[^.;:]{{0,70}}?(?P<a>{P})[^.;:]{{0,70}}?(?P<b>{G})", None, 0.2),
)
NEAR_ONE_RULE = _rule("near_one", rf"\b(?P<t>{MEET})\b[^.;:]{{0,60}}?(?P<b>{G})", None, 0.2)

PLANNED = re.compile(
    rf"\b(?:will|shall|would (?:be |then |also |instead |later |now |soon |again |next )?(?:meet|visit|hold|travel|host|receive|arrive|attend|join|confer|welcome|brief|see )\w*|plans? to|planning to|planned|scheduled|upcoming|forthcoming|due to|expected to|is to|are to|was to|were to|going to|intends? to|look(?:s|ing|ed)? forward to|arranged|arrangements? (?:(?:have|has|had|were|was|are) )?(?:(?:now|also|already) )?(?:(?:been|being) )?made|coming|(?:agreed|undertook|promised) to (?:meet|hold|see|speak|talk|call|receive|visit)|set to|am (?:seeing|meeting|receiving|visiting|hosting|having|lunching|dining)|(?:flies|travels|heads|leaves|departs) (?:to|for|on)|next (?:week|month|year|round|meeting))\b|{P} to (?:meet|visit|hold|travel|receive|host|attend|join)\b"
)
# Right after the words for it: "a meeting is fixed for 21 May".
TO_BE = r"(?:is|are|was|were|has been|have been|had been) (?:now |also )?(?:fixed|set|scheduled|planned|arranged|envisaged|foreseen|due|to be held|to take place)"
FIXED = re.compile(rf"^[^,]{{0,25}}\b{TO_BE}\b")
ASIDE = re.compile(
    r", (?:who|which|whose)\b[^,.;:]*, ?$"
)  # right before the verb: "the minister, who will go to Rome, met"
PROPOSED = re.compile(
    r"\b(?:propos\w+|suggest\w*|invit\w+|request\w*|offer\w*|hop(?:e|es|ed|ing) to|hopeful|would like|wish\w*|want\w*|could|should|might|may (?:meet|hold|visit)|willing(?:ness)?|ready to|seek\w*|possib\w+|recommend\w*|ask(?:ed|s|ing)? (?:to|for|that)|interested in|consider\w*|urge[ds]?|press(?:ed|ing) for|prepared to)\b"
)
CANCELLED = re.compile(r"\b(?:cancel\w*|called off|postpon\w*|did not eventuate|fell through|scrapped|suspended)\b")
DENIED = re.compile(
    r"\b(?:(?:did|does|do|has|have|had|was|were|is|are|would|will|could|can) ?(?:not|n't)|never|refus\w+|declin\w+|unable|without|no (?:plans|meeting)|failed to|instead of|rather than|not)\b"
)
# Words that take back all that the clause after them tells: "dismissed as false a report that …".
DISOWNED = re.compile(
    r"\bden(?:y|ies|ied|ying) (?:that|having|any|meeting|holding|(?:(?:press|media|news) )?(?:reports?|claims?|rumou?rs))\b"
    r"|\b(?:dismiss\w*|reject\w*)\b[^.;:]{0,20}\b(?:reports?|claims?|rumou?rs|suggestions?)\b"
    r"|\bthere (?:was|were|is|has been|had been|would be) no\b|\bno truth\b"
)
HYPOTHETICAL = re.compile(r"\b(?:if|unless|whenever|were to|whether)\b")
OVER_PHONE = re.compile(
    r"\b(?:tele)?phon\w*\b|\brang\b|\b(?:phone |telephone )?calls? (?:with|to|from|between)\b|\bcall with\b|\btelecon\b|\bby call\b"
)
ON_SCREEN = re.compile(r"\bvideo\w*\b|\bvirtual\w*\b|\bvideo ?conferenc\w*\b|\bonline\b|\bzoom\b|\bvtc\b")
IN_FLESH = re.compile(
    r"\b(?:met|meets?|meetings?|lunch\w*|dinner|breakfast|summit|received|hosted|welcomed|visit\w*|called on|call(?:ed)? (?:up)?on|saw|accompanied|attended|session|came to see|courtesy|audience|roundtable|handed|tea|talks|reception)\b"
)


# Two states that were named before.
OF_BOTH = (
    r"(?:of|from|between) (?:the two|both|our two|their two)(?: [a-z]+)? (?:countries|governments|sides|nations|states)"
)
# "The two men met": whom the text last named together.
TWO = re.compile(
    rf"(?P<a>\bthey\b|\bthe two(?! [a-z]+ (?:ha[ds] |have )?each\b)(?: {P}| \w+){{0,2}}|(?:{P}|\b[a-z]+s) {OF_BOTH}|\bboth (?:{P}|men|leaders|sides|ministers|presidents|countries|governments|nations|teams|delegations)|\bthe (?:leaders|sides|ministers|presidents|parties|top diplomats|pair|duo))(?:'s?)?\b{GAP}\b(?P<t>{TOGETHER}|agreed)\b"
)
TWO_RULE = Rule(f"triggers.the_two/{VERSION}", TWO, None, 0.6)
# "at that meeting in Paris": a talk of whom the sentence names.
THERE = re.compile(
    rf"(?P<t>\b(?:at|during|in) (?:that|their|a|the (?:last|previous|earlier))[^\ue000-\uefff.;:]{{0,25}}? {NOUN})(?= (?:in {L}|{D}|on {D}|in {D}))"
)
THERE_RULE = Rule(f"triggers.met_there/{VERSION}", THERE, None, 0.6)
# "talks between the two countries", "a meeting of the foreign ministers of both countries"
BOTH = re.compile(
    rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,25}}?(?P<a>(?:\b(?:of|between) (?:the )?{P} )?\b{OF_BOTH})"
)
BOTH_RULE = Rule(f"triggers.of_both/{VERSION}", BOTH, None, 0.5)
# "The Minister spoke by phone today with:", and whom with stands in the lines below.
BELOW = re.compile(rf"(?P<a>{G}){GAP}\b(?P<t>{MEET})\b[^\ue000-\uefff.;:]{{0,120}}:\s*$")
BELOW_RULE = Rule(f"triggers.list_below/{VERSION}", BELOW, None, 0.7)
# "A second meeting is fixed for 21 May": of those who met.
AGAIN = re.compile(
    rf"\b(?:a |the |their |its )?(?P<t>(?:second|third|next|further|follow-up|return) {NOUN})\b(?= (?:{TO_BE}|will be held|will take place)\b[^.;:]{{0,25}}{D})"
)
AGAIN_RULE = Rule(f"triggers.again/{VERSION}", AGAIN, None, 0.6)
SIDELESS = (TWO_RULE, THERE_RULE, BOTH_RULE, AGAIN_RULE)
# "our talk of last Tuesday": of whoever writes and whom the paper is written to.
OURS = re.compile(rf"\bour (?P<t>(?:[a-z]+ ){{0,2}}?{NOUN})\b")
OURS_RULE = Rule(f"triggers.ours/{VERSION}", OURS, None, 0.6)


# Sentences that say who else took part in the meeting told before them.
ATTENDING = re.compile(
    r"^\W*(?:also |others? )?(?:present|attending|taking part|participating|in attendance|participants|among (?:the|those|his|her|their)[^\ue000-\uefff.;]{0,40}|with (?:the|him|her|mr)[^.;]{0,25} (?:went|were|was|came))\b"
    r"|\b(?:(?:was|were) (?:also |both )?(?:present|in attendance|accompanied|represented|joined|at the table|with (?:him|her|them))|took part|taking part|attended|accompanied (?:him|her|them|the)|joined (?:him|her|them|the)|sat (?:beside|opposite|with|in)|(?:delegation|side|team|party|group)\b[^\ue000-\uefff.;]{0,30}\b(?:included|consisted of|comprised|was led by|were|was)|participants included|included)\b"
)
# "The talks were also attended by …": of those told before.
ATTENDED = re.compile(
    rf"^\W*(?:the|this|that) {NOUN}\b[^\ue000-\uefff.;]{{0,40}}\b(?:was|were) (?:also )?(?:attended|joined) by\b"
    rf"|^\W*{G}[^\ue000-\uefff.;:]{{0,40}}?\b(?:also|both) (?:joined|attended|participated in|took part in|sat in on) (?:the|this|that)\b"
)
# Who came to a talk whose record it is after it had begun: "(At 4 p.m. Colonel Lund joined the meeting.)"
ARRIVED = re.compile(
    r"\bjoined (?:the (?:meeting|talks?|conversation|discussions?|group|session|party|call)|them|us|in)\b|\bjoined\W*$"
    r"|\b(?:came|was called|were called|was brought) in(?:to the (?:room|meeting))?\b(?! (?:the|a|an|his|for)\b)|\bentered the (?:room|meeting)\b"
)
ABSENT = re.compile(r"\b(?:not|n't|nobody|never|without|will|would|absent)\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match in a skeleton: offsets of the whole and of the telling words, and the signs of both sides."""

    rule: Rule
    start: int
    end: int
    told_start: int
    told_end: int
    a: str
    b: str


# Who tells the news of a meeting: "…, the spokesman said", "…, said the spokesman".
SAYS = r"(?:said|says|added|continued|stated|noted|explained|announced|confirmed|revealed|told (?:reporters|journalists)|reported)"
SAYS_AFTER, SAID_BEFORE = (
    re.compile(rf"(?:,[^,.;]{{0,40}},)? {SAYS}\b"),
    re.compile(rf"(?:, {SAYS}|\baccording to) (?:the )?$"),
)


def _only_says(text: str, start: int, end: int) -> bool:
    """Whether whom ``text[start:end]`` names only tells of the meeting."""
    if SAID_BEFORE.search(text, max(start - 30, 0), start):
        return True
    return text[max(start - 2, 0) : start] == ", " and bool(SAYS_AFTER.match(text, end))


# "Lund met with Reed and spoke with Dahl": whoever did the one did the other.
SUBJECT = re.compile(rf"(?P<s>{G}){COMPANY}{GAP}\b{MEET}\b[^\ue000-\uefff.;]{{0,80}}?{G}[^\ue000-\uefff.;:]{{0,60}}$")
CLAUSE_REACH = 300  # characters before "and" in which its clause's subject is looked for
GOES_ON = re.compile(r",? and (?:also |then |later |separately |subsequently )?$")


def _subject(text: str, a: tuple[int, int], told_start: int) -> str | None:
    """Who did what the words from ``told_start`` tell, when ``text[a]`` is whom the same people have met before in the clause."""
    joined = GOES_ON.search(text, a[1], told_start)
    before = joined and SUBJECT.search(text, max(0, joined.start() - CLAUSE_REACH), joined.start())
    return before["s"] if before and before.end("s") <= a[0] else None


def hits(text: str) -> Iterator[Hit]:
    """The matches of a sentence's skeleton, strongest rule first for the same words."""
    if ATTENDED.search(text):
        return
    claimed: list[tuple[int, int]] = []
    named, states = re.search(P, text), re.search(A, text)
    near = named and not ATTENDING.match(text)  # "Participants in the call were …" tells of no other
    strong = (*(RULES if named else ()), *(STATE_RULES if states else ()), BOTH_RULE, BELOW_RULE)
    weak = (*(NEAR_RULES if near else ()), TWO_RULE, AGAIN_RULE, *((NEAR_ONE_RULE,) if near else ()), THERE_RULE)
    for rule in (*strong, OURS_RULE, *weak):
        at = 0
        while match := rule.pattern.search(text, at):
            told = match.span("t")
            at = max(told[1], match.start() + 1)
            if any(start < told[1] and told[0] < end for start, end in claimed):
                continue
            groups = match.groupdict()
            if groups.get("b") and _only_says(text, *match.span("b")):
                continue
            claimed.append(told)
            a, b = groups.get("a") or "", groups.get("b") or ""
            if a and b:
                a = _subject(text, match.span("a"), told[0]) or a
            yield Hit(rule, match.start(), match.end(), *told, a, b)


CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("regular", re.compile(r"\b(?:regular(?:ly)?|frequent(?:ly)?|continuing|ongoing|often|usually|always|any|such|all|every|many|several|various|series of|numerous)\b")),
    ("modal", re.compile(r"\b(?:can|could|may|might|must|should|would|need(?:s|ed)? to|ought to)\b")),
    ("another clause", re.compile(r"\b(?:that|who|which|whether|because|when|if|while)\b")),
    ("ones", re.compile(r"\b(?:their|his|her|our|my|its)\b|'s?\s")),
    ("reported", re.compile(r"\b(?:said|says|noted|told|according to|reports?|reported|claimed|announced)\b")),
    ("earlier", re.compile(r"\b(?:previous(?:ly)?|earlier|recent(?:ly)?|last|past|former)\b")),
    ("later", re.compile(r"\b(?:next|future|further|coming|upcoming|forthcoming)\b")),
    ("date", re.compile(D)),
    ("place", re.compile(rf"\b(?:in|at)\b [^.;:]{{0,20}}?{L}")),
    ("topic", re.compile(r"\b(?:on|about|regarding|concerning|to discuss|discuss\w*)\b")),
    ("with", re.compile(r"\b(?:with|between)\b")),
    ("quote", re.compile("[\"“”]")),
)  # fmt: skip


def cues(text: str, hit: Hit) -> frozenset[str]:
    """Names of what the words before (``<``), in (``=``) and after (``>``) a match's telling words show."""
    parts = {
        "<": text[max(0, hit.told_start - 40) : hit.told_start],
        "=": text[hit.told_start : hit.told_end],
        ">": text[hit.told_end : hit.told_end + 50],
    }
    found = {f"{side}{name}" for side, part in parts.items() for name, form in CUES if form.search(part)}
    word = text[hit.told_start : hit.told_end].rsplit(" ", 1)[-1]
    found.add(
        f"word {word.rstrip('s')}"
        if re.fullmatch(NOUN, word)
        else f"word {word}"
        if hit.rule in (*NEAR_RULES, NEAR_ONE_RULE)
        else "verb"
    )
    if word.endswith("s") and re.fullmatch(NOUN, word):
        found.add("plural")
    if hit.end - hit.start > 120:
        found.add("far")
    return frozenset(found)


def status(text: str, told_start: int, told_end: int) -> Status | None:
    """How real the meeting told at these offsets is; None when it is denied or only supposed."""
    before = ASIDE.sub(" ", text[max(0, told_start - 110) : told_start])
    clause = re.split(r"[.;:]|, (?:but|and|which|who)\b", before)[-1]
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
    if PROPOSED.search(near):
        return Status.PROPOSED
    if PLANNED.search(near + words) or FIXED.search(after):
        return Status.PLANNED
    return Status.HELD


def medium(hit: Hit, text: str) -> Medium | None:
    """Phone or video where the clause says so, face to face where its words mean that."""
    near = text[max(0, hit.told_start - 30) : hit.told_end + 60]
    if ON_SCREEN.search(near):
        return VIDEO
    if hit.rule.medium is PHONE or OVER_PHONE.search(text[hit.told_start : hit.told_end + 45]):
        return PHONE
    if hit.rule.medium is FACE or IN_FLESH.search(text[hit.told_start : hit.told_end]):
        return FACE
    return None
