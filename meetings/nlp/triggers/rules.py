"""The rules, as patterns over a sentence's skeleton; each has a name that evidence gives. Pure.

In a pattern ``a`` and ``b`` are the two sides, ``t`` the words that tell of the meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from meetings.nlp.skeleton import A, D, L, P
from meetings.nlp.triggers.phrases import (
    AND,
    CLAUSE,
    COMPANY,
    GAP,
    MEET,
    NOUN,
    OF_BOTH,
    STATE,
    STATES,
    TELL,
    TO_BE,
    TOGETHER,
    G,
)
from meetings.records import Medium

VERSION = "1"
# "Called on the minister to resign" is an appeal, "called on the minister to discuss …" a visit.
APPEAL = r"(?!,? (?:and [^.;,]{0,25} |[a-z]+ )?to (?!discuss|present|deliver|raise|convey|review|express|pay|bid|hand|explain|seek|inform|brief|request|say|talk|make|introduce|ask|protest|exchange|speak|take))"
FACE, PHONE = Medium.IN_PERSON, Medium.PHONE


@dataclass(frozen=True, slots=True)
class Rule:
    """``medium`` is what the words themselves say; ``strength`` how far they alone make a meeting (0 to 1)."""

    name: str
    pattern: re.Pattern[str]
    medium: Medium | None
    strength: float


def _rule(name: str, pattern: str, medium: Medium | None, strength: float) -> Rule:
    return Rule(f"triggers.{name}/{VERSION}", re.compile(pattern), medium, strength)


RULES: tuple[Rule, ...] = (
    _rule(
        "telephoned",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:(?:picked up|lifted|took up) the (?:tele)?phone and )?(?:telephoned|phoned|rang(?: up)?|called(?! on| at| in| for| upon| the | a | to )|(?:(?<=phone and )reached|reached(?= {G}[^.;:]{{0,20}} (?:by|over the|on the) (?:tele)?phone))))\s(?P<b>{G})",
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
        "spent_with",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:spent|spends|spend)\b[^\ue000-\uefff.;]{{0,25}}?(?:{D}|hours?|minutes?|days?|morning|afternoon|evening|weekend)|(?:had|has|have) (?:[a-z-]+ ){{1,3}}?(?:hours?|minutes)(?! of (?!talks|conversation|discussion)))(?: [a-z]+){{0,3}}? with\b[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G})",
        FACE,
        0.8,
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
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>called (?:up)?on|calls (?:up)?on|call (?:up)?on|pa(?:id|y|ying)[^\ue000-\uefff.;]{{0,30}}? (?:call|visit)[^\ue000-\uefff.;]{{0,12}} (?:up)?on|courtesy call (?:up)?on|(?:came|went|called|dropped|looked)(?: round| in| over| back)? to see|came to (?:lunch|dinner) with|(?:dropped|looked) in on|waited (?:up)?on|(?:ran|bumped) into|sought out|sat (?:next to|beside)|called in|sent for|summoned|convoked|visited|join(?:ed|s)(?= (?:the )?{G} (?:for|at|over) (?:a |an )?(?:[a-z]+ )?(?:coffee|drinks|supper|reception|{NOUN}))|(?:dined|lunched|breakfasted|stayed|had (?:lunch|dinner|breakfast|tea)|(?:was|were) (?:a )?guests?)\b[^\ue000-\uefff.;]{{0,20}}? at(?= (?:the )?{P}'s))\s[^\ue000-\uefff.;]{{0,25}}?(?P<b>{G}){APPEAL}",
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
        "whom_saw",
        rf"(?P<a>{P}),? (?:with )?whom (?P<b>{G}) (?:had |has |have |also |later |then |earlier |just )*(?P<t>saw|seen|met|visited|called (?:up)?on|received|telephoned|phoned|(?:lunched|dined|spoke|spoken|talked|conferred|breakfasted)(?: with)?)\b",
        None,
        0.85,
    ),
    _rule(
        "gave_for",
        rf"(?P<a>{G}){GAP}\b(?P<t>(?:gave|gives|hosted|hosts|host|offered)\b[^\ue000-\uefff.;]{{0,40}}?\b(?:{NOUN}|reception))\b[^\ue000-\uefff.;:]{{0,40}}?\b(?:for|in honou?r of)\b[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})",
        FACE,
        0.85,
    ),
    _rule(
        "passive_by",
        rf"(?P<a>{G}),? (?:was|were|had been|has been|have been|am|is|are|will be|would be) (?:[a-z]+ )?(?P<t>received(?: in (?:[a-z]+ )?audience)?|(?:granted|given|accorded) an? (?:[a-z]+ )?audience|summoned|convoked|called in|sent for|entertained|visited|telephoned|rung up|welcomed|hosted|briefed|seen|approached) (?:by|(?<=audience )with) [^\ue000-\uefff.;]{{0,40}}?(?P<b>{G})",
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
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>(?:{TELL}|spell(?:ed|t) out|made (?:it )?clear|put)\b[^\ue000-\uefff.;:]{{0,40}}?(?P<b>{G})(?:(?!\bthat\b)[^.;:]){{0,25}}?\b(?:by|over|on) (?:the )?(?:tele)?phone)\b",
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
        rf"(?P<a>{G})(?:'s?)?(?P<m>\s(?:(?:visit|trip|journey|tour) ?: )?[^\ue000-\uefff.;:]{{0,60}}?)\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,40}}?\b(?:with|to|and)\b[^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})",
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
        rf"\b(?P<t>(?:met|spoke|talked|engaged|chatt(?:ed|ing)|lunch(?:ed|ing)|din(?:ed|ing)|conferr(?:ed|ing))(?=[^.;:]{{0,20}} with)|chatt(?:ed|ing)(?=[^.;:]{{0,20}} to))(?: {D})?(?: [a-z]+)? (?:with|to)\s(?:the )?(?P<b>{G})",
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
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?:invite[sd]?|invitation (?:to|for)|asked|requested)\s[^\ue000-\uefff.;]{{0,20}}?(?P<b>{G})(?:,? [^\ue000-\uefff.;,]{{0,20}},?)? (?P<t>to (?:visit|meet|(?:come|call|stop|drop)(?: by| in| over| round| at)|come to|pay (?:an? )?(?:[a-z]+ )?visit|lunch|dinner|dine))\b",
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
        "demarched",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>demarched|(?:delivered|presented|made|conveyed|raised)\b[^\ue000-\uefff.;:]{{0,40}}?\b(?:demarche|talking points|points|non-?paper|aide-m[eé]moire)(?: [a-z]+){{0,3}} (?:to|with))\s[^\ue000-\uefff.;:]{{0,25}}?(?P<b>{G})",
        None,
        0.55,
    ),
    _rule(
        "told_passive",
        rf"(?P<a>{G}),? (?:was|were|had been|has been|have been|am|is|are) (?:[a-z]+ )?(?P<t>told|informed|assured|advised|asked|warned|handed|given)\b[^\ue000-\uefff.;:]{{0,40}}?\bby [^\ue000-\uefff.;:]{{0,30}}?(?P<b>{G})",
        None,
        0.35,
    ),
    _rule(
        "told",
        rf"(?P<a>{G}){COMPANY}{GAP}\b(?P<t>told|informed|briefed|assured|handed(?: to)?|advised|asked|urged|reminded|presented to|explained to|stressed to|said to|confided to|complained to|remarked to|mentioned to|conveyed to|delivered to|expressed to|indicated to|intimated to|put it to|(?:learned|learnt|heard|understands?|understood) (?:[a-z]+ )?from|(?:made|making) (?:it )?(?:quite |very |perfectly )?(?:clear|plain) to|presented|delivered|gave|tells|telling)\b(?:(?!\b(?:whether|if|why|how|what)\b)[^\ue000-\uefff.;:]){{0,70}}?(?P<b>{G})",
        None,
        0.35,
    ),
)
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
# "The two men met", "the two had come on Monday, and sat down together": whom the text last named together.
TWO_RULE = _rule(
    "the_two",
    rf"(?P<a>\bthey\b|\bthe two(?! [a-z]+ (?:ha[ds] |have )?each\b)(?: {P}| \w+){{0,2}}|(?:{P}|\b[a-z]+s) {OF_BOTH}|\bboth (?:{P}|men|leaders|sides|ministers|presidents|countries|governments|nations|teams|delegations)|\bthe (?:leaders|sides|ministers|presidents|parties|top diplomats|pair|duo))(?:'s?)?\b(?:{GAP}|(?:(?!{CLAUSE})[^.;:]){{0,160}}?, and (?:then )?)\b(?P<t>{TOGETHER}|agreed)\b",
    None,
    0.6,
)
# "at that meeting in Paris", "it was their second meeting", "a second meeting is fixed for 21 May": of those who met.
THEIRS_RULE = _rule(
    "theirs",
    rf"\b(?P<t>(?:at|during|in) (?:that|their|a|the (?:last|previous|earlier))[^\ue000-\uefff.;:]{{0,25}}? {NOUN}(?= (?:in {L}|{D}|on {D}|in {D}))|(?:it|this|that) (?:was|is|will be|would be|marked) (?:their|the two [a-z]+') (?:[a-z]+ )?(?:first|second|third|fourth|fifth|sixth|last|only)(?: [a-z-]+){{0,2}}? {NOUN}|(?:second|third|next|further|follow-up|return) {NOUN}(?= (?:{TO_BE}|(?:will|would) (?:be|be held|take place|follow))\b[^.;:]{{0,25}}(?:{D}|{L})))\b",
    None,
    0.6,
)
# "talks between the two countries", "a meeting of the foreign ministers of both countries"
BOTH_RULE = _rule(
    "of_both",
    rf"\b(?P<t>{NOUN})\b[^\ue000-\uefff.;:]{{0,25}}?(?P<a>(?:\b(?:of|between) (?:the )?{P} )?\b{OF_BOTH})",
    None,
    0.5,
)
SIDELESS = (TWO_RULE, THEIRS_RULE, BOTH_RULE)
# "The Minister spoke by phone today with:", and whom with stands in the lines below.
BELOW_RULE = _rule("list_below", rf"(?P<a>{G}){GAP}\b(?P<t>{MEET})\b[^\ue000-\uefff.;:]{{0,120}}:\s*$", None, 0.7)
# "our talk of last Tuesday": of whoever writes and whom the paper is written to.
OURS_RULE = _rule("ours", rf"\bour (?P<t>(?:[a-z]+ ){{0,2}}?{NOUN})\b", None, 0.6)
