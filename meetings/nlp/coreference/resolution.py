"""Every later "Lavrov", "the Foreign Minister" or "he" becomes a mention of one of the document's parties."""

from __future__ import annotations

from spacy.tokens import Doc

from meetings.nlp.annotations import Mention, Party
from meetings.nlp.attachment import Reference
from meetings.nlp.coreference import authorship
from meetings.nlp.coreference.cast import Cast
from meetings.nlp.coreference.couples import without_letters
from meetings.nlp.coreference.pronouns import third_person
from meetings.nlp.groups import FIRST_PERSON
from meetings.nlp.posts import COUNTERPARTS
from meetings.nlp.setting import Setting
from meetings.records import Kind

LONGEST_EPITHET = 3  # words
MOST_BETWEEN = 3  # mentions between someone and the counterpart
# Words before a title or name that belong to it.
DETERMINERS = frozenset(
    "the our my their then then- visiting newly new acting former outgoing incoming current recently appointed".split()
)


def resolve(doc: Doc, references: list[Reference]) -> tuple[list[Party], list[Mention]]:
    """The parties of a document, and where it speaks of each; ``references`` in order, none inside another."""
    setting: Setting = doc._.setting
    references = without_letters(references)
    body = doc._.flow.body
    reported = setting.kind in {Kind.NEWS, Kind.READOUT}
    above = sum(doc[each.start].idx < body for each in references) if reported else 0
    cast = Cast(references, setting, above)
    mentions: list[Mention] = []
    for reference in references:
        party = cast.of(reference)
        if party is None:
            continue
        if reference.name and not COUNTERPARTS.isdisjoint(reference.titles):
            _like_the_other(cast, mentions, party)
        first_person = reference.own and doc[reference.start].lower_ in FIRST_PERSON
        named_own = not reference.name and (first_person or not reference.titles)
        start = reference.start
        floor = mentions[-1].end if mentions else 0
        while start > floor and doc[start - 1].lower_ in DETERMINERS:
            start -= 1
        if reference.name and doc[start].idx >= body:
            start = _epithet(doc, start, floor)
        mentions.append(Mention(start, reference.end, party, reference.possessive, pronoun=named_own))
    authorship.of_turns(doc, cast, mentions)
    titled = setting.kind is not Kind.NEWS and authorship.of_title(doc, cast, mentions)
    if not titled and cast.author is not None and setting.kind in {Kind.MEMCON, Kind.OTHER}:
        authorship.of_signature(doc, cast, mentions)
    mentions += third_person(doc, cast.parties, mentions)
    return cast.parties, sorted(mentions, key=lambda each: each.start)


def _like_the_other(cast: Cast, mentions: list[Mention], party: int) -> None:
    """Someone's counterpart holds the post of whom the text named before, and in another country."""
    other = next((cast.parties[each.party] for each in reversed(mentions[-MOST_BETWEEN:]) if each.party != party), None)
    if other is None or not (other.name and other.role):
        return
    counterpart = cast.parties[party]
    other.across = other.across or counterpart.country
    if not counterpart.role and counterpart.country != other.country:
        counterpart.role = other.role


def _epithet(doc: Doc, start: int, floor: int) -> int:
    """Where the capitalised words before a title or a name begin that belong to it: "Administration Police Commander Ann Reed"."""
    first = start
    while first > max(floor, start - LONGEST_EPITHET):
        word = doc[first - 1]
        opens = word.is_sent_start and first == start
        if not word.is_alpha or word.is_lower or word.ent_type_ or opens or word.whitespace_ != " ":
            break
        first -= 1
    return first
