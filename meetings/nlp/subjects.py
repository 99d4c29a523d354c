"""Which of the words that may name an issue are what a meeting was about: features of each, weighed by a logistic regression.

The weights (`weights/issues.toml`) are learned from annotated meetings by `training/scripts/fit_issues.py`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from spacy.tokens import Doc

from meetings.nlp import weights
from meetings.nlp.annotations import IssueMention
from meetings.nlp.nounphrases import PEOPLE_NOUNS, PREPOSITIONS, SUBJECT_NOUNS, VAGUE_NOUNS, head
from meetings.records import Kind, Label

MOST = 14  # issues of one meeting
MOST_LOOKED_AT = 12  # mentions of one subject whose surroundings count
FAR = 200  # characters before a mention in which a verb of speaking is looked for

SIMPLE = {Kind.OTHER: Kind.MEMCON}  # kinds that are written alike
BEFORE = {
    **dict.fromkeys(("on", "about", "regarding", "concerning", "over", "as"), "on"),
    **dict.fromkeys(("of", "for", "to"), "of"),
    **dict.fromkeys(("in", "at", "into"), "in"),
    **dict.fromkeys(("by", "from", "than", "with", "between"), "by"),
    **dict.fromkeys((",", "and", "including", "as", "&"), "list"),
    **dict.fromkeys((".", ":", ";", "(", "-", "–"), "break"),
}
AFTER = {
    **dict.fromkeys((",", ".", ";", ":", ")", "and"), "end"),
    **dict.fromkeys(("of", "to", "for", "the", "in", "between", "against", "from", "with"), "goes on"),
    **dict.fromkeys(("is", "was", "are", "were", "would", "will", "had", "has", "should", "could"), "verb"),
}
SPEAKING = re.compile(
    r"\b(?:(?P<discuss>discuss\w*|talk\w*|review\w*|rais\w+|focus\w*|exchang\w+|consult\w*|turn\w*|cover\w*|address\w*)"
    r"|(?P<stress>stress\w*|emphasi\w+|underscor\w+|underlin\w+|welcom\w+|reaffirm\w*|affirm\w*|highlight\w*|importan\w+|commit\w*|support\w*|condemn\w*)"
    r"|(?P<promote>promot\w+|strengthen\w*|advanc\w+|combat\w*|counter\w*|deepen\w*|expand\w*|improv\w+|end|prevent\w*|cooperat\w+|co-operat\w+|coordinat\w+|efforts?|progress)"
    r"|(?P<concern>concern\w*|differ\w*|disagree\w*|dispute\w*|question\w*|problem\w*|issue\w*|matter\w*|subject|topic\w*|regard\w*|propos\w+)"
    r"|(?P<say>said|asked|noted|told|explained|replied|thought|felt|argued))\b",
    re.IGNORECASE,
)
# Between a verb and what is listed after it stands no other clause.
CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|will|would|could|should|can|may|might|said|he|she|they|we|that|which|who|if|but|not)\b|[.;]"
)
STEM = re.compile(r"[^\W_][\w.’'-]*")
FUNCTION = frozenset("the a an of on in and for to with".split())
TOKEN = re.compile(r"[^\W\d_][\w'’]*|[,.;:()&–-]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence that belongs to a meeting: ``text[start:end]`` of the flow."""

    start: int
    end: int
    opens: int  # where its paragraph begins
    part: str  # "body", "title", "heading", or "rest": of no meeting in particular
    telling: bool  # says that the meeting took place


@dataclass(slots=True)
class Subject:
    """All mentions of one issue, or of one phrase, in what belongs to a meeting."""

    shown: IssueMention
    features: dict[str, float]
    stretches: list[tuple[int, Stretch, IssueMention]] = field(default_factory=list)
    score: float = 0.0  # probability, 0 to 1


@cache
def model() -> dict[str, Any]:
    """``weights`` by feature, in log-odds, and the ``threshold`` of the probability."""
    return weights.load("issues")


def of_meetings(doc: Doc, sentences: Sequence[tuple[int, int]], owner: dict[int, int]) -> list[list[Subject]]:
    """The subjects of each encounter of a document, the surest first, none of which says what another says."""
    return [
        distinct([each for each in found if each.score >= model()["threshold"]])
        for found in scored(doc, sentences, owner)
    ]


def scored(doc: Doc, sentences: Sequence[tuple[int, int]], owner: dict[int, int]) -> Iterator[list[Subject]]:
    """Every issue and phrase in what belongs to each encounter, with its features and its score."""
    if not doc._.encounters:
        return
    context, known = _Context(doc), model()["weights"]
    for told, parts in zip(doc._.encounters, stretches(doc, sentences, owner), strict=True):
        sides = {doc._.parties[n].country for n in told.parties} - {None}
        found = _gathered(doc, parts, context, sides)
        frequency = Counter(stem for part in parts for stem in stems(context.text[part.start : part.end]))
        for subject in found:
            subject.features = _features(doc, subject, len(parts), frequency, context)
            total = sum(value * known.get(name, 0.0) for name, value in subject.features.items())
            subject.score = 1 / (1 + math.exp(-total))
        yield found


def distinct(found: Sequence[Subject]) -> list[Subject]:
    """The best of those that share an issue of the tree or most of their words.

    A phrase of the document's own goes by its most likely shorter form: "trade talks" for "the trade talks with Japan".
    """
    best: list[tuple[Subject, frozenset[str]]] = []
    for each in sorted(found, key=lambda subject: -subject.score):
        said = frozenset(stems(each.shown.mention))
        if not said:
            continue
        for n, (other, words) in enumerate(best):
            if each.shown.name == other.shown.name or 2 * len(said & words) > min(len(said), len(words)):
                best[n] = (_joined(other, each, said, words), words)
                break
        else:
            if len(best) < MOST:
                best.append((each, said))
    return [each for each, _ in best]


def _joined(taken: Subject, other: Subject, said: frozenset[str], words: frozenset[str]) -> Subject:
    """The taken subject with the shorter of both phrases as its name, when one is part of the other."""
    if taken.shown.key or other.shown.key or taken.shown.name != taken.shown.mention or said == words:
        return taken
    short, long = (other, taken) if said < words else (taken, other)
    if short.shown.mention not in long.shown.mention:
        return taken
    return replace(taken, shown=replace(long.shown, name=short.shown.mention))


def stretches(doc: Doc, sentences: Sequence[tuple[int, int]], owner: dict[int, int]) -> list[list[Stretch]]:
    """For each encounter the sentences that belong to it, its title and headings.

    What belongs to none goes, with the title, to the one that the document is about, or to the first.
    """
    told = doc._.encounters
    found: list[list[Stretch]] = [[] for _ in told]
    if not told:
        return found
    lead = next((n for n, each in enumerate(told) if each.main), 0)
    telling = [set(each.sentences) for each in told]
    segments = doc._.flow.segments
    starts = [segment.start for segment in segments]
    first_body = next((segment.start for segment in segments if segment.label is Label.BODY), 0)
    heading: Stretch | None = None
    for n, (start, end) in enumerate(sentences):
        segment = segments[max(0, bisect_right(starts, start) - 1)]
        if segment.label in {Label.HEADING, Label.HEADER}:
            if start >= first_body:
                heading = Stretch(start, end, segment.start, "heading", False)
            elif segment.label is Label.HEADING or segment.field in {"subject", "title"}:
                found[lead].append(Stretch(start, end, segment.start, "title", False))
            continue
        number = owner.get(n, lead)
        if heading:
            found[number].append(heading)
            heading = None
        part = "body" if n in owner else "rest"
        found[number].append(Stretch(start, end, segment.start, part, n in telling[number]))
    return found


class _Context:
    """What all meetings of a document share: where mentions and names stand, the words of its title."""

    def __init__(self, doc: Doc) -> None:
        self.text, self.mentions = doc._.flow.text, doc._.issue_mentions
        self.starts = [each.start for each in self.mentions]
        self.ents = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        self.ent_starts = [start for start, _, _ in self.ents]
        self.title = set(stems(doc._.setting.title))

    def labels(self, start: int, end: int) -> Iterator[str]:
        n = max(0, bisect_right(self.ent_starts, start) - 1)
        while n < len(self.ents) and self.ent_starts[n] < end:
            first, last, label = self.ents[n]
            if last > start:
                yield f"is a {label}" if first <= start and end <= last else f"holds a {label}"
            n += 1


def _gathered(doc: Doc, parts: Sequence[Stretch], context: _Context, sides: set[str]) -> list[Subject]:
    found: dict[tuple[bool, str], Subject] = {}
    for rank, part in enumerate(parts):
        inside = slice(bisect_left(context.starts, part.start), bisect_left(context.starts, part.end))
        for each in context.mentions[inside]:
            alias = each.rule == "issues.tree/1"
            same = (alias, each.key if alias else each.mention.casefold())
            found.setdefault(same, Subject(each, {})).stretches.append((rank, part, each))
    return [
        subject
        for subject in found.values()
        if not _passing(subject) and not _only_names(doc, subject.shown.mention, sides)
    ]


def _passing(subject: Subject) -> bool:
    """A single common word said once is next to never a subject; it is not worth weighing."""
    words = subject.shown.mention
    return not subject.shown.key and len(subject.stretches) == 1 and words.islower() and " " not in words


def _only_names(doc: Doc, words: str, sides: set[str]) -> bool:
    """Whether these are but the names of states that met, which are no subject by themselves."""
    return words[0].isupper() and all(doc._.setting.nation(part) in sides for part in words.split(" and "))


def _features(doc: Doc, subject: Subject, size: int, frequency: Counter[str], context: _Context) -> dict[str, float]:
    each, text = subject.shown, context.text
    kind = SIMPLE.get(doc._.setting.kind, doc._.setting.kind)
    words = each.mention.split()
    said = stems(each.mention)
    of_tree = each.rule == "issues.tree/1"
    found: dict[str, float] = defaultdict(float, {"constant": 1.0})
    form = "alias" if of_tree else "phrase with an alias" if each.key else "phrase"
    parts = {stretch.part for _, stretch, _ in subject.stretches}
    found[form] = 1.0
    if of_tree:
        if all(mention.broad for _, _, mention in subject.stretches):
            form = "broad alias"
            found[form] = 1.0
        if each.key == "bilateral-relations":
            found["bilateral relations"] = 1.0
    else:
        noun = head(each.mention)
        for name, nouns in (
            ("subject noun", SUBJECT_NOUNS),
            ("people noun", PEOPLE_NOUNS),
            ("vague noun", VAGUE_NOUNS),
        ):
            if noun in nouns:
                found[name] = 1.0
        if noun.endswith("ing"):
            found["ends in -ing"] = 1.0
        if words[0][0].isupper() and words[-1][0].isupper():
            found["capitals"] = 1.0
        if " and " in each.mention:
            found["joined by and"] = 1.0
        elif " of " in each.mention:
            found["joined by of"] = 1.0
        elif PREPOSITIONS & set(words):
            found["joined"] = 1.0
        if any(map(str.isdigit, each.mention)):
            found["number"] = 1.0
    if each.mention.isupper():
        found["acronym"] = 1.0
    found[f"words {min(len(words), 5)}"] = 1.0
    found["mentions"] = math.log(len(subject.stretches))
    rank = subject.stretches[0][0]
    found["late"] = math.log1p(rank) / 5
    found["share before"] = rank / max(size, 1)
    for part in parts - {"body"}:
        found[f"in {part}"] = 1.0
    if parts == {"rest"}:
        found["only in rest"] = 1.0
    if any(stretch.telling for _, stretch, _ in subject.stretches):
        found["telling"] = 1.0
    if any(rank <= 3 for rank, _, _ in subject.stretches):
        found["near the top"] = 1.0
    if said:
        counts = [math.log1p(frequency[stem]) for stem in said]
        found["words said again"] = sum(counts) / len(counts)
        found["words of the title"] = sum(stem in context.title for stem in said) / len(said)
    for label in context.labels(each.start, each.end):
        found[label] = 1.0
    for _, stretch, mention in subject.stretches[:MOST_LOOKED_AT]:
        before = text[max(stretch.start, mention.start - FAR) : mention.start]
        near = [token.lower() for token in TOKEN.findall(before[-40:])]
        near = [token for token in near if token not in {"the", "a", "an", "its", "their", "his", "her", "our"}]
        found[f"after {BEFORE.get(near[-1], 'a word') if near else 'nothing'}"] = 1.0
        after = TOKEN.search(text, mention.end, min(mention.end + 20, stretch.end))
        found[f"before {AFTER.get(after[0].lower(), 'a word') if after else 'end'}"] = 1.0
        if mention.start - stretch.opens < 30:
            found["opens a paragraph"] = 1.0
        for verb in SPEAKING.finditer(before):
            found[f"{verb.lastgroup} before"] = 1.0
            if verb.lastgroup != "say" and not CLAUSE.search(before, verb.end()):
                found[f"{form} in a list after {verb.lastgroup}"] = 1.0
    for name in ("constant", form, "mentions", "late", "telling", "discuss before", "stress before", "in title", "opens a paragraph", "after list", "after on", "words said again"):  # fmt: skip
        if name in found:
            found[f"{name}, {kind.value}"] = found[name]
    return dict(found)


def stems(text: str) -> list[str]:
    """Content words in small letters without the plural's s."""
    return [_stem(word) for word in STEM.findall(text.lower()) if word not in FUNCTION]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
