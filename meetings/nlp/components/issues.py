"""What a text may be about: the topic tree's names and aliases, and noun phrases in the document's own words.

Most of them are not what a meeting was about: `meetings.nlp.forms` gathers them and `meetings.nlp.subjects` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from meetings.authorities import issues as tree
from meetings.nlp.annotations import IssueMention
from meetings.nlp.nounphrases import JOINING, PEOPLE_NOUNS, SUBJECT_NOUNS, head, noun_phrases
from meetings.nlp.rulers import BROAD

# A name of one of these is no subject by itself: who, when and in what office.
NO_SUBJECT = frozenset({"PERSON", "DATE", "TIME", "TITLE"})
FINITE = frozenset({"VB", "VBD", "VBP", "VBZ"})  # tags of verbs that no noun phrase begins with
BILATERAL = "bilateral-relations"
RELATIONS = frozenset("relations relationship ties partnership friendship cooperation co-operation alliance".split())
PLAIN = frozenset("strong close closer good warm enduring growing historic strategic bilateral mutual the".split())
STATE = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+")


@Language.component("issues", requires=["doc.spans", "doc.ents"], assigns=["doc._.issue_mentions"])
def issues(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    known = [
        IssueMention(
            span.start_char, span.end_char, tree.get(span.id_).name, span.text, span.id_, broad=span.label_ == BROAD
        )
        for span in filter_spans([*doc.spans["topics"], *doc.spans["acronyms"]])
        if not span[0].ent_type_ == span[-1].ent_type_ == "PERSON"
    ]
    own = list(phrases(doc, sorted(known, key=lambda each: each.start)))
    doc._.issue_mentions = sorted([*known, *own], key=lambda each: (each.start, each.end))
    return doc


def phrases(doc: Doc, known: Sequence[IssueMention]) -> Iterator[IssueMention]:
    """Noun phrases; one that holds an alias stands for the alias's issue, one inside an alias or a name is left out."""
    text = doc._.flow.text
    names = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in NO_SUBJECT]
    aliases, people = _Near([(each.start, each.end) for each in known]), _Near(names)
    begins = {token.idx: token.i for token in doc if token.tag_ in FINITE and token.text.islower()}
    for sentence in doc.sents:
        found = {
            (_after_verb(doc, begins, *each), each[1])
            for each in noun_phrases(text, sentence.start_char, sentence.end_char)
        }
        for start, end in sorted(found):
            if start >= end:
                continue
            inside = [known[n] for n in aliases.overlapping(start, end)]
            if any(each.start <= start and end <= each.end for each in inside):
                continue
            if any(names[n][0] < end <= names[n][1] for n in people.overlapping(start, end)):
                continue  # a name, or what stands before it: "Judge Ana Ruiz"
            words = " ".join(text[start:end].split())
            if _between_states(doc, words):
                key = BILATERAL
            else:
                key = inside[0].key if len(inside) == 1 and _about(text, start, end, inside[0]) else ""
            name = tree.get(key).name if key else words
            yield IssueMention(start, end, name, words, key, rule="issues.phrase/1")


def _after_verb(doc: Doc, verbs: dict[int, int], start: int, end: int) -> int:
    """Where the phrase begins without a verb that the words before it could not tell from a noun: "restore justice reform"."""
    while start in verbs and start < end:
        following = verbs[start] + 1
        start = doc[following].idx if following < len(doc) else end
    return start


def _between_states(doc: Doc, words: str) -> bool:
    """Whether these are the relations of two states: "Danish-Norwegian relations", "ties between Denmark and Norway"."""
    if head(words) not in RELATIONS:
        return False
    rest = [word for word in STATE.findall(words) if word.lower() not in RELATIONS | JOINING | PLAIN]
    return bool(rest) and all(doc._.setting.nation(word) for word in rest)


def _about(text: str, start: int, end: int, alias: IssueMention) -> bool:
    """Whether a phrase that holds an alias is about its issue: "NATO summit", "conflict in Ukraine", not "crowds in Ukraine"."""
    if alias.start < start or end < alias.end:
        return False
    noun = head(text[start:end])
    return noun in SUBJECT_NOUNS or (noun not in PEOPLE_NOUNS and not JOINING & set(text[start : alias.start].split()))


class _Near:
    """Spans in order, asked for those that overlap others which come in order of their start."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans, self.at = spans, 0

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        while self.at < len(self.spans) and self.spans[self.at][1] <= start:
            self.at += 1
        n = self.at
        while n < len(self.spans) and self.spans[n][0] < end:
            yield n
            n += 1
