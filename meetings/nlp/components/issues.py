"""What is talked about: the topic tree's names and aliases, and the document's own words after "discussed"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from meetings.authorities import issues as tree
from meetings.nlp.annotations import IssueMention
from meetings.nlp.rulers import BROAD
from meetings.records import Kind, Label

OPENING = re.compile(
    r"\b(?:discuss(?:ed|es|ing)?(?: the (?:issue|question|subject|matter)s? of)?|talk(?:ed|s|ing)? about|cover(?:ed|s|ing)|focus(?:ed|es|ing)? on|concentrated on"
    r"|exchange(?:d)? views (?:on|about)|review(?:ed|ing)?|(?:talks|discussions?|conversations?|consultations|meeting|negotiations) (?:on|about|concerning|regarding)"
    r"|raised(?: the (?:issue|question|subject|matter|case|problem) of)?|the (?:subject|issue|question|problem|case) of|consult(?:ed)? on|turning to|deal(?:t|ing) with|touched (?:up)?on|brought up"
    r"|differences on|agenda (?:included|was)|cooperation (?:on|in)|cooperate on|with regard to|regarding|concerning|as regards|asked about|inquired about|enquired about"
    r"|concerns? (?:about|over|regarding)|(?:commitment|support|need|efforts?|plans?|importance|response) (?:to|for|of|on)|emphasi[sz]ed|underscored|underlined|highlighted|stressed|welcomed|expressed (?:his |her |their |its )?(?:support|concern|appreciation|interest) (?:for|about|over|in|regarding)"
    r"|(?<=\. )On|in the field of|progress (?:on|in)|issues? such as)\s+(?P<list>[^.;:()\"“”]{3,260})",
)
# After these a list of subjects in the document's own words is likely; the other openings only lead to names of the tree.
PLAIN = re.compile(
    r"\b(?:discuss(?:ed|es|ing)?(?: the (?:issue|question|subject|matter)s? of)?|cover(?:ed|ing)|exchange(?:d)? views (?:on|about)|(?:talks|discussions?|consultations|negotiations) (?:on|about|concerning|regarding)|raised the (?:issue|question|subject|matter|case|problem) of|turning to|touched (?:up)?on|agenda (?:included|was))\s+$"
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
# A phrase with one of these is a clause, not a subject.
CLAUSE = re.compile(
    r"(?i)\b(?:added|explained|is|are|was|were|has|have|had|be|been|will|would|could|should|can|may|said|he|she|they|we|i|it|you|them|him|his|that|this|these|those|which|what|if|as|but|not|to|by|than|because|so|do|does|did|told|noted|there)\b"
)
LONGEST = 6  # words of an issue in the document's own words


NOT_SUBJECT = re.compile(
    r"(?i)\b(?:summary|comment|introduction|background|conclusion|biograph\w*|bio|note|record|minutes|memorandum|meeting|conversation|begin|end|key points|participants|overview|action request\w*)\b"
)
OFTEN = 3  # mentions that make a third country a subject


@Language.component("issues", requires=["doc.spans", "doc._.parties"], assigns=["doc._.issue_mentions"])
def issues(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    lists = [match.span("list") for match in OPENING.finditer(doc._.flow.text)]
    known = list(of_tree(doc, lists))
    spans = [(each.start, each.end) for each in known]
    people = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in {"PERSON", "DATE", "TITLE"}]
    own = [
        each
        for each in (*phrases(doc._.flow.text), *section_names(doc))
        if not _covered(each, spans) and not _covered(each, people)
    ]
    taken = sorted([*spans, *((each.start, each.end) for each in own)])
    third = [each for each in countries_of(doc) if not _covered(each, taken)]
    doc._.issue_mentions = sorted([*known, *own, *third], key=lambda each: each.start)
    return doc


def of_tree(doc: Doc, lists: list[tuple[int, int]]) -> Iterator[IssueMention]:
    """Names and aliases of the tree; a broad one (a country, "budget") only in a list after a word of discussing."""
    at = 0
    for span in filter_spans([*doc.spans["topics"], *doc.spans["acronyms"]]):
        while at < len(lists) and lists[at][1] <= span.start_char:
            at += 1
        listed = at < len(lists) and lists[at][0] <= span.start_char
        if span.label_ == BROAD and not listed:
            continue
        issue = tree.get(span.id_)
        yield IssueMention(span.start_char, span.end_char, issue.name, span.text, issue.key)


def section_names(doc: Doc) -> Iterator[IssueMention]:
    """A cable's or memorandum's sections are named after what was talked about."""
    if doc._.setting.kind not in {Kind.CABLE, Kind.MEMCON}:
        return
    for segment in doc._.flow.segments:
        words = doc._.flow.text[segment.start : segment.end].strip(" -=\n")
        if (
            segment.label is Label.HEADING
            and segment.start
            and 0 < len(words.split()) <= LONGEST
            and not NOT_SUBJECT.search(words)
        ):
            start = doc._.flow.text.index(words, segment.start)
            yield IssueMention(start, start + len(words), words, words, rule="issues.section/1")


def countries_of(doc: Doc) -> Iterator[IssueMention]:
    """Third countries that the text names again and again: neither the author's nor the host's."""
    setting = doc._.setting
    named: dict[str, list[Span]] = {}
    for ent in doc.ents:
        if ent.label_ == "GPE" and (code := setting.nation(ent.text)) and code not in {setting.home, setting.host}:
            named.setdefault(code, []).append(ent)
    sides = {party.country for party in doc._.parties}
    for code, mentions in named.items():
        if len(mentions) >= OFTEN and code not in sides:
            for ent in mentions:
                yield IssueMention(
                    ent.start_char, ent.end_char, ent.text, ent.text, f"country:{code}", "issues.country/1"
                )


def _covered(each: IssueMention, spans: list[tuple[int, int]]) -> bool:
    """Whether an issue of the tree stands inside: ``spans`` are in order and apart."""
    n = bisect_left(spans, (each.start, 0))
    return any(start < each.end and each.start < end for start, end in spans[max(0, n - 1) : n + 1])


def phrases(text: str) -> list[IssueMention]:
    """The parts of each list after a word of discussing, without articles and relative clauses."""
    found = []
    for match in OPENING.finditer(text):
        start, words = match.start("list"), match["list"]
        if not PLAIN.search(text, match.start(), start):
            continue
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
            if (
                phrase
                and size <= LONGEST
                and phrase.lower() not in EMPTY
                and len(phrase) > 2
                and not CLAUSE.search(phrase)
            ):
                found.append(
                    IssueMention(start + offset, start + offset + len(phrase), phrase, phrase, rule="issues.phrase/1")
                )
    return found
