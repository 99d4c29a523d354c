"""Who said what: words in quotation marks with their speaker, and reported speech with the clause that carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp.annotations import StatementMention
from meetings.nlp.components.encounters import Reading, readings
from meetings.nlp.skeleton import P
from meetings.nlp.triggers.phrases import G
from meetings.records import Kind, Label, StatementKind

SAY = r"(?:said|says|say|stated|states|stressed|stresses|emphasi[sz]ed|emphasi[sz]es|underlined|underscored|noted|notes|added|adds|argued|argues|explained|explains|claimed|claims|asserted|maintained|insisted|observed|remarked|commented|replied|responded|answered|asked|enquired|inquired|wondered|suggested|proposed|warned|cautioned|urged|acknowledged|admitted|conceded|agreed|denied|declared|announced|reiterated|reaffirmed|affirmed|confirmed|pointed out|highlighted|indicated|predicted|expects?|hoped|believed|believes|felt|thought|considered|complained|criticized|condemned|welcomed|praised|thanked|recalled|reminded|raised|expressed|voiced|outlined|described|provided|concluded|contended|opined|estimated|judged|called for|pledged|promised|undertook|questioned|pressed|advocated|mentioned|made (?:it )?clear|went on|continued|reported|told|assured|informed|advised|concurred|doubted|challenged|repeated|asserts|speculated|quipped|lamented|elaborated|cited|appreciated|supported|opposed|rejected|commended|congratulated|conveyed|requested|referred to)"
HEARER = rf"(?: (?:{P}|reporters|journalists|parliament|the (?:press|media|group|meeting|delegation|committee|house)|him|her|them)(?:,? and {P})*)?"
REPORTED = re.compile(
    rf"(?P<speaker>{G})(?:,(?! and)[^\ue000-\uefff;:]{{1,80}},)?(?: (?:also|then|further|again|later|repeatedly|privately|himself|herself|has|had|went on to|in turn|strongly|firmly|first|next|therefore|still|however|both|began by|did not|would|only|simply|opened by|responded by|concluded by|replied by)\b,?){{0,3}} (?P<verb>{SAY}|(?:stating|saying|stressing|noting|adding|arguing|emphasi[sz]ing|explaining))\b{HEARER}(?:,? (?:in (?:reply|response|conclusion|passing)|however|rhetorically))?,?:?(?P<that> that| whether| if| how| why| what)?\s*"
)
TRAILING = re.compile(
    rf"(?:,|[\"”]) ?(?:(?P<speaker>{G}) (?:also |then |further )?(?:{SAY})|(?:{SAY}) (?P<after>{P}))\b"
)
ACCORDING = re.compile(rf"\b(?:according to|in the (?:view|opinion|words) of|for) (?P<speaker>{P}),\s*")
QUOTE = re.compile(r"[\"“”]([^\"“”]{2,1500})[\"“”]")
SHORTEST_QUOTE = 3  # words; shorter ones are words picked out of reported speech


@Language.component("statements", requires=["doc._.mentions", "doc._.flow"], assigns=["doc._.statement_mentions"])
def statements(doc: Doc) -> Doc:
    if doc._.setting is not None:
        doc._.statement_mentions = _interlocutor(doc, list(said(doc)))
    return doc


def _interlocutor(doc: Doc, found: list[StatementMention]) -> list[StatementMention]:
    """Where an author records a talk with one other person, "the Ambassador" is whom the record names elsewhere."""
    parties = doc._.parties
    speakers = {each.party for each in found if each.party is not None}
    others = [n for n in speakers if not parties[n].own and not parties[n].group]
    named = [n for n in others if parties[n].name]
    posts = [n for n in others if not parties[n].name and parties[n].role]
    alone = len(others) == 2 and len(named) == len(posts) == 1 and any(parties[n].own for n in speakers)
    if doc._.setting.kind is not Kind.MEMCON or not alone or parties[named[0]].role not in {"", parties[posts[0]].role}:
        return found
    return [replace(each, party=named[0]) if each.party == posts[0] else each for each in found]


def said(doc: Doc) -> Iterator[StatementMention]:
    """In order of the text. Speech goes on from sentence to sentence only inside a paragraph of a cable or memorandum."""
    goes_on = doc._.setting.kind in {Kind.CABLE, Kind.MEMCON, Kind.OTHER}
    bodies = [(segment.start, segment.end) for segment in doc._.flow.segments if segment.label is Label.BODY]
    at, speaker, paragraph = 0, None, -1
    for reading in readings(doc):
        start, end = reading.span.start_char, reading.span.end_char
        while at < len(bodies) and bodies[at][1] <= start:
            at += 1
        if at == len(bodies):
            return
        if start < bodies[at][0]:
            continue
        if paragraph != at:
            paragraph, speaker = at, None
        found = list(_sentence(doc, reading, speaker))
        if found:
            speaker = found[-1].party
            yield from found
        elif goes_on and speaker is not None and not _turns(reading) and reading.span.text.strip():
            yield StatementMention(
                start,
                _trimmed(doc._.flow.text, start, end),
                StatementKind.REPORTED,
                speaker,
                reading.index,
                "statements.continued/1",
                0.5,
            )
        else:
            speaker = None


def _turns(reading: Reading) -> bool:
    """Whether the sentence leaves the speaker: a note, a comment, or someone else who acts."""
    text = reading.skeleton.text
    return bool(
        re.match(
            rf"\(?(?:comment|note|begin|end|bio|summary)\b|^{P} (?:then |also )?(?!.{{0,20}}\b(?:is|are|was|were|had|would|has|have|could|should|might|must|will|needed)\b)",
            text,
        )
    )


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " .\n":
        end -= 1
    return end


def _sentence(doc: Doc, reading: Reading, previous: int | None) -> Iterator[StatementMention]:
    skeleton, text = reading.skeleton, doc._.flow.text
    start, end = reading.span.start_char, reading.span.end_char
    match = REPORTED.search(skeleton.text)
    trailing = TRAILING.search(skeleton.text)
    according = ACCORDING.search(skeleton.text)
    speaker = None
    for found in (match, trailing, according):
        if found:
            signs = found["speaker"] or found.groupdict().get("after") or ""
            mentions = skeleton.mentioned(signs)
            if mentions:
                speaker = mentions[0].party
                break
    quotes = [m for m in QUOTE.finditer(text, start, end) if len(m[1].split()) >= SHORTEST_QUOTE]
    for quote in quotes:
        party = speaker if speaker is not None else previous
        last = _trimmed(text, quote.start(1), quote.end(1))
        while last > quote.start(1) and text[last - 1] in ",.":
            last -= 1
        yield StatementMention(
            quote.start(1),
            last,
            StatementKind.DIRECT,
            party,
            reading.index,
            "statements.quote/1",
            0.8 if speaker is not None else 0.5,
        )
    covered = sum(m.end() - m.start() for m in quotes)
    clause = _clause(doc, reading, match, trailing, according)
    if clause and speaker is not None:
        first, last = clause
        length = last - first
        if len(text[first:last].split()) >= 3 and (not quotes or (length - covered > 25 and covered < 0.6 * length)):
            yield StatementMention(
                first, last, StatementKind.REPORTED, speaker, reading.index, "statements.reported/1", 0.7
            )


def _clause(
    doc: Doc, reading: Reading, match: re.Match | None, trailing: re.Match | None, according: re.Match | None
) -> tuple[int, int] | None:
    """Characters of the flow that carry what was said."""
    skeleton = reading.skeleton
    start, end = reading.span.start_char, reading.span.end_char
    if match and match.end() < len(skeleton.text) - 3:
        token, _ = skeleton.token_span(match.end(), match.end() + 1)
        return doc[token].idx, _trimmed(doc._.flow.text, doc[token].idx, end)
    if trailing and trailing.start() > 8:
        _, token = skeleton.token_span(0, trailing.start())
        return start, doc[token - 1].idx + len(doc[token - 1])
    if according and according.end() < len(skeleton.text) - 8:
        token, _ = skeleton.token_span(according.end(), according.end() + 1)
        return doc[token].idx, _trimmed(doc._.flow.text, doc[token].idx, end)
    return None
