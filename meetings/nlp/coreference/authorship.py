"""Who says "I": the speaker of a turn, whom a paper's title names as its author, who signs it."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from meetings.nlp.annotations import Mention
from meetings.nlp.coreference.cast import Cast
from meetings.nlp.entities.headings import PAPER
from meetings.nlp.flow import Segment
from meetings.nlp.groups import ALONE
from meetings.records import Kind, Label

AUTHORED = re.compile(
    r"\b(?:notes?|records?|minutes?|memorandum|memoranda|report|extract|account)\b.{0,60}?\bby\s*$", re.IGNORECASE
)
# "50 Merrow to Department of External Affairs", "Letter from Hart to Merrow", "12. Memorandum From Secretary Hale to …".
SENDER = re.compile(
    rf"\s*\d*\.?\s*(?:{PAPER}(?:\[\d+\])?(?:\s+from|,)\s+(?:the\s+)?(?:president['’]s\s+)?)?"
    r"(?:(?:sir|mr|mrs|miss|dr|lord)\.?\s+)?",
    re.IGNORECASE,
)
# The rest of the sender's post, and that somebody is written to: "… in London, to Mr Reed".
ADDRESSED = re.compile(
    r"\)?(?: (?:in|at|for|of|on|to) (?:the )?[A-Z][^,]{2,60}(?=,))?(?:,[^,]{3,80})?,?\s+to\s", re.IGNORECASE
)
# A paper's last line: "[A. B. SHAW] Australian High Commissioner".
SIGNED = re.compile(
    r"(?:\W*(?:sgd\.?|signed|(?:i am|i remain|believe me|with [a-z ]+),?|yours? (?:[a-z]+ ?){1,3},?))*\W*",
    re.IGNORECASE,
)
WITHIN_POSTS = frozenset({"of", "for", "to", "the", "and", "in"})
LONGEST_SIGNATURE = 80  # characters


def of_turns(doc: Doc, cast: Cast, mentions: list[Mention]) -> None:
    """In a paragraph that begins with who speaks ("President Lund: …"), "I" is the speaker."""
    at = 0
    for segment in doc._.flow.segments:
        if segment.label is Label.HEADER:
            continue
        while at < len(mentions) and doc[mentions[at].start].idx < segment.start:
            at += 1
        if at == len(mentions):
            return
        first = mentions[at]
        opens = not doc._.flow.text[segment.start : doc[first.start].idx].strip("\"'“(- ")
        if not opens or first.pronoun or first.end >= len(doc) or doc[first.end].text != ":":
            continue
        while at < len(mentions) and doc[mentions[at].start].idx < segment.end:
            if cast.parties[mentions[at].party].own and doc[mentions[at].start].lower_ in ALONE:
                mentions[at] = replace(mentions[at], party=first.party)
            at += 1


def of_title(doc: Doc, cast: Cast, mentions: list[Mention]) -> bool:
    """ "Record of Conversation by Shaw": who says "I" in it."""
    for segment in doc._.flow.segments[:3]:
        if segment.label is not Label.HEADING:
            continue
        for mention in mentions:
            first = doc[mention.start].idx
            if first >= segment.end:
                break
            if first < segment.start or not cast.parties[mention.party].name:
                continue
            last = doc[mention.end - 1].idx + len(doc[mention.end - 1])
            if AUTHORED.search(doc._.flow.text[segment.start : first]) or (
                SENDER.fullmatch(doc._.flow.text[segment.start : first])
                and ADDRESSED.match(doc._.flow.text[last : segment.end])
            ):
                _addressed(doc, cast, mentions, segment, last)
                _write(cast, mentions, mention.party)
                return True
    return False


def _addressed(doc: Doc, cast: Cast, mentions: list[Mention], title: Segment, sender_ends: int) -> None:
    """ "Letter from Shaw to Lund": "you" in it is whom it is written to, if it says who that is."""
    reader = next((each for each in mentions if sender_ends <= doc[each.start].idx < title.end), None)
    if reader is None or not cast.parties[reader.party].name:
        return
    cast.parties[reader.party].addressed = True
    taken = {each.start for each in mentions}
    mentions += [
        Mention(token.i, token.i + 1, reader.party, pronoun=True)
        for token in doc
        if token.lower_ == "you" and token.i not in taken and token.idx >= title.end
    ]
    mentions.sort(key=lambda each: each.start)


def of_signature(doc: Doc, cast: Cast, mentions: list[Mention]) -> None:
    """The name that stands alone below the text, with the post after it, is of who says "I" in it."""
    for n in range(len(mentions) - 1, max(len(mentions) - 4, -1), -1):
        mention, first = mentions[n], doc[mentions[n].start].idx
        segment = next((each for each in doc._.flow.segments[-2:] if each.start <= first < each.end), None)
        if segment is None:
            return
        party = cast.parties[mention.party]
        if not party.name or segment.end - segment.start > LONGEST_SIGNATURE or segment.field:
            continue
        below = re.findall(r"\w+", doc._.flow.text[first + len(doc[mention.start : mention.end].text) : segment.end])
        if not all(word[0].isupper() or word in WITHIN_POSTS for word in below):
            continue
        if not SIGNED.fullmatch(doc._.flow.text[segment.start : first]):
            continue
        post = cast.parties[mentions[n + 1].party] if n + 1 < len(mentions) else None
        if post and post.role and not post.name and not post.group:
            party.role, party.country = party.role or post.role, party.country or post.country
        _write(cast, mentions, mention.party)
        return


def _write(cast: Cast, mentions: list[Mention], n: int) -> None:
    """Makes the n-th party the author: "I" is this one, of the government whose paper it is, unless that was written to it."""
    author, home = cast.parties[n], cast.setting.home
    received = cast.setting.kind is not Kind.CABLE and any(
        each.addressed and each.country == home for each in cast.parties
    )
    author.own, author.abroad = True, received
    author.country = author.country or (None if received else home)
    mentions[:] = [replace(each, party=n) if each.party == cast.author else each for each in mentions]
