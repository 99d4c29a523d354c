"""What is talked about: the topic tree's names and aliases, and the document's own words after "discussed"."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp.annotations import IssueMention

OPENING = re.compile(
    r"\b(?:discuss(?:ed|es|ing)?|talk(?:ed|s|ing)? about|cover(?:ed|s|ing)|focus(?:ed|es|ing)? on|concentrated on|exchange(?:d)? views (?:on|about)|review(?:ed|ing)?|(?:talks|discussions|conversation|consultations|meeting|negotiations) (?:on|about|concerning|regarding)|raised the (?:issue|question|subject|matter|case) of|consult(?:ed)? on|turning to|deal(?:t|ing) with|touched (?:up)?on|brought up|differences on|agenda (?:included|was)|cooperation (?:on|in)|cooperate on|with regard to|on the (?:question|subject|issue|matter) of)\s+(?P<list>[^.;:()\"“”]{3,260})",
    re.IGNORECASE,
)
STOP = re.compile(
    r"\b(?:which|who|that|where|when|while|after|before|during|at a|in order|as well as the need|with (?=[A-Z])|said|told|and (?:agreed|said|stressed|expressed|underscored|reaffirmed|emphasized|pledged|committed|noted|reiterated|welcomed|called|highlighted|condemned)|in (?:a|an|his|her|their) (?:meeting|telephone|phone)|by phone|today|yesterday|on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
)
SPLIT = re.compile(
    r",\s+(?:and\s+)?(?:as well as\s+|including\s+|such as\s+|in addition to\s+|also\s+)?|\s+as well as\s+|\s+and\s+|;\s+"
)
LEAD = re.compile(
    r"^(?:the|a|an|their|his|her|its|our|both|current|a range of|a wide range of|a number of|issues of|matters of|issues|topics|including|such as|ways to|how to|means of|efforts to|the importance of|importance of|the need for|the need to|need for|on|about|continued|ongoing|further|recent|various|several|other|also|of|strengthen(?:ing)?|boost(?:ing)?|enhance|enhancing|deepen(?:ing)?|expand(?:ing)?|conflicts? in|developments in|situation in)\s+",
    re.IGNORECASE,
)
EMPTY = frozenset(
    "it them this these those that issues matters topics views areas things him her us range number ways others more concern interest mutual bilateral multilateral regional global current".split()
)
LONGEST = 7  # words of an issue in the document's own words


@Language.component("issues", requires=["doc.ents"], assigns=["doc._.issue_mentions"])
def issues(doc: Doc) -> Doc:
    if doc._.setting is not None:
        doc._.issue_mentions = sorted(phrases(doc.text), key=lambda each: each.start)
    return doc


def phrases(text: str) -> list[IssueMention]:
    """The parts of each list after a word of discussing, without articles and relative clauses."""
    found = []
    for match in OPENING.finditer(text):
        start, words = match.start("list"), match["list"]
        if stop := STOP.search(words):
            words = words[: stop.start()]
        at = 0
        for gap in [*SPLIT.finditer(words), None]:
            end = gap.start() if gap else len(words)
            part = words[at:end]
            offset = at
            at = gap.end() if gap else end
            while lead := LEAD.match(part):
                part, offset = part[lead.end() :], offset + lead.end()
            phrase = part.rstrip(" ,-")
            size = len(phrase.split())
            if phrase and size <= LONGEST and phrase.lower() not in EMPTY and len(phrase) > 2:
                found.append(
                    IssueMention(start + offset, start + offset + len(phrase), phrase, phrase, rule="issues.phrase/1")
                )
    return found
