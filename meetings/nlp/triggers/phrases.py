"""Phrases that the rules are made of: people and states named together, nouns and verbs of meeting. Over a sentence's skeleton."""

from __future__ import annotations

from meetings.nlp.skeleton import A, P

# People named together: "P and P", "P, P and P", "P, together with P", "P, P, and local leaders"; "P, P" alone are two clauses.
AND = r"(?:,? and,? (?:then |later )?separately,?(?: with)? |,? and(?: also)?(?: by| with| then| later)? |,? as well as |(?: will| to)? join(?:s|ed)? |/| & |,? along with |,? together with |; and )(?:the |his |her |its |also |other )?"
G = rf"(?:{P}(?:[,;] (?:the |his )?{P})*{AND}{P}(?:{AND}{P})*|{P}(?:[,;] (?:the |his )?{P})+(?=[,;]? (?:and|as well as) )|{P})"
COMPANY = rf"(?:,? (?:and )?(?:who was )?(?:accompanied|joined) by [^\ue000-\uefff.;]{{0,40}}{G}[^\ue000-\uefff.;,]{{0,40}},?)?"
# Words between a subject and its verb; neither people nor another clause's verb.
CLAUSE = r"(?:\b(?:said|says|told|noted|added|stressed|asked|that|whether|because|if|although|but|whom|whose|when|after|before|until)\b|, (?:they|we|he|she)\b|, and (?:was|were|then|also|later)\b)"
GAP = rf"(?:(?!{CLAUSE})[^\ue000-\uefff.;:?!]){{0,70}}?"
NOUN = r"(?:meetings?|talks?|(?:phone |telephone |video |conference )?calls?|conversations?|discussions?|consultations?|negotiations?|lunch(?:eon)?|dinner|breakfast|summits?|sessions?|exchanges?(?! of (?:visits|letters|notes|instruments|prisoners|ambassadors|envoys|missions|delegations|students|goods|populations?|fire))|interviews?|audience|encounter|courtesy call|pull-aside|bilaterals?(?= (?:with|on|at|in|today)\b|[,.])|round ?table|tea|briefing|video ?conferences?|telecon|t[eê]te-[aà]-t[eê]te|tours? d'horizon|dialogue)"
TELL = r"(?:told|informed|briefed|assured|advised|asked|urged|warned|explained|stressed|said|handed|presented|delivered|conveyed|reiterated|confided|complained|remarked|mentioned|described|raised|expressed|suggested|confirmed|questioned|reminded|pressed|thanked|congratulated|gave|provided|outlined|underlined|emphasi[sz]ed|noted|commented|admitted|agreed|acknowledged|replied|observed|laid out)"
# What several people named together did, if it is a meeting.
TOGETHER = r"(?:(?<!be )(?<!been )met|meet|spoke|talked|held (?:[^\ue000-\uefff.;]{0,30}?)?(?:talks|meetings?|discussions|consultations|summit|negotiations)|engaged in [^\ue000-\uefff.;]{0,30}?(?:talks|meetings?|discussions|consultations|dialogue|negotiations)|convened|co-?(?:chaired|hosted|convened|led)|had (?:[^\ue000-\uefff.;]{0,30}?)?(?:talks?|meetings?|discussions?|conversations?)|came to terms|saw each other|conferred|(?:had|took) (?:a )?(?:lunch|luncheon|dinner|breakfast|supper|tea|coffee|drinks?|word|chat)|lunched|dined|breakfasted|discussed|exchanged views|consulted|negotiated|signed|initial+ed|reviewed|shook hands|sat down|g[eo]t together|spent [^\ue000-\uefff.;]{0,30}? together|(?:were|was) (?:alone|together)|(?:began|begun|resumed)(?= (?:[a-z]+ ){0,2}[\uf000-\uf7ff])|(?:opened|open|began|begin|ended|end|concluded|completed|resumed|closed)\b[^\ue000-\uefff.;]{0,40}?\b(?:talks|meetings?|conference|summit|negotiations|sessions?|conversations|visit))"
# States and bodies that act as one, by their names alone: "talks between France and Germany", "it met with the P5+1".
STATE = rf"(?:the )?{A}(?:'s?)?(?:,? (?:government|authorities|side|teams?|delegations?|officials|representatives?|negotiators|(?:deputy )?(?:foreign|defen[cs]e|prime)? ?(?:ministers?|presidents?|leaders?)))?"
STATES = rf"{STATE}(?:, {STATE})*(?:,? and |,? as well as |/|-| and then ){STATE}"
MEET = rf"(?:{NOUN}|met|meets?|spoke|spoken|talked|discussed|saw|seen|received|welcomed|hosted|greeted|telephoned|phoned|consulted|conferred|negotiated|visit(?:ed|s)?|dined|lunched|approached|discussing|talking|meeting|speaking|briefed|called(?! (?:out|off|for|attention)\b))"
# Two states that were named before.
OF_BOTH = (
    r"(?:of|from|between) (?:the two|both|our two|their two)(?: [a-z]+)? (?:countries|governments|sides|nations|states)"
)
# Right after the words for it: "a meeting is fixed for 21 May".
TO_BE = r"(?:is|are|was|were|has been|have been|had been) (?:now |also )?(?:fixed|set|scheduled|planned|arranged|envisaged|foreseen|due|to be held|to take place)"
