"""Whom "he", "she" and "him" mean."""

from __future__ import annotations

from spacy.tokens import Doc

from meetings.nlp.annotations import Mention, Party

THIRD_PERSON = frozenset({"he", "she", "his"})
POSSESSIVE = frozenset({"his"})
OBJECT = "him"
# After these words "him" is somebody who was met; whom one told something may have been far away.
MEETING = frozenset(
    "met meet meets meeting received receives saw seen see visited welcomed greeted joined with".split()
)
NO_PRONOUN = frozenset({"PERSON", "TITLE", "NORP"})  # "He Yafei", "His Excellency", "His Majesty's Ambassador"


def third_person(doc: Doc, parties: list[Party], mentions: list[Mention]) -> list[Mention]:
    """ "He" is whom the sentence before is about: its first person that is not a possessive. "Him" is, too, unless the sentence
    is about that person itself.
    """
    found: list[Mention] = []
    at = 0
    topic: int | None = None
    for sentence in doc.sents:
        inside = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            inside.append(mentions[at])
            at += 1
        heads = [
            each
            for each in inside
            if not each.possessive and not parties[each.party].group and not (parties[each.party].own and each.pronoun)
        ]
        pronouns = []
        for token in sentence:
            if token.lower_ in THIRD_PERSON and token.ent_type_ not in NO_PRONOUN:
                before = next((each.party for each in heads if each.end <= token.i), topic)
                if before is not None:
                    pronouns.append(Mention(token.i, token.i + 1, before, token.lower_ in POSSESSIVE, pronoun=True))
            elif token.lower_ == OBJECT and topic is not None and token.i and doc[token.i - 1].lower_ in MEETING:
                named = [each.party for each in (*heads, *pronouns) if each.end <= token.i]
                if named and topic not in named:
                    pronouns.append(Mention(token.i, token.i + 1, topic, pronoun=True))
        found += pronouns
        first = min((*heads[:1], *pronouns[:1]), key=lambda each: each.start, default=None)
        if first is not None:
            topic = first.party
    return found
