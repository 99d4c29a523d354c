"""What a meeting may have been about, in every form of words for it, with the features by which the forms are weighed.

A form is a phrase of the document's own, an alias of the topic tree as the document writes it, or the tree's name for it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from spacy.tokens import Doc

from meetings.authorities import issues as tree
from meetings.nlp.annotations import IssueMention
from meetings.nlp.nounphrases import PEOPLE_NOUNS, PREPOSITIONS, SUBJECT_NOUNS, VAGUE_NOUNS, head
from meetings.nlp.stretches import Stretch
from meetings.records import Kind

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


TREE = "issues.tree/1"  # rule of the mentions that are aliases of the topic tree
SAYS = "says "  # begins the features that are a form's words
OF_THE_WORDS = (
    "words 1",
    "words 2",
    "words 3",
    "words 4",
    "words 5",
    "joined",
    SAYS,
)  # features of the form, not of its place
WORD = 0.3  # of such a feature: single words are believed less readily than what tells where a form stands
EARLY = 0.2  # of the document
ASIDE = frozenset({"rest", "after"})  # parts that are a meeting's by guess alone


@dataclass(slots=True)
class Form:
    """A form of words and the mentions that it stands for, in what belongs to one meeting."""

    text: str
    shown: IssueMention  # the first of the mentions
    named: bool  # the tree's name, not the document's words
    words: frozenset[str]  # stems
    stretches: list[tuple[int, Stretch, IssueMention]] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0  # probability that one would say in this form what the meeting was about
    standing: dict[str, float] = field(default_factory=dict)  # as `meetings.nlp.habits.stand` tells it


class Context:
    """What all meetings of a document share: where mentions and names stand, the words of its title."""

    def __init__(self, doc: Doc) -> None:
        self.text, self.mentions = doc._.flow.text, doc._.issue_mentions
        self.starts = [each.start for each in self.mentions]
        self.ents = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        self.ent_starts = [start for start, _, _ in self.ents]
        self.title = set(stems(doc._.setting.title))
        self.body = doc._.flow.body
        self.own_kind: Kind = doc._.setting.kind
        self.kind = SIMPLE.get(self.own_kind, self.own_kind)
        self.encounters = len(doc._.encounters)
        self.nation = doc._.setting.nation

    @cached_property
    def frequency(self) -> Counter[str]:
        """How often the document says each stem."""
        return Counter(stems(self.text))

    def labels(self, start: int, end: int) -> Iterator[str]:
        n = max(0, bisect_right(self.ent_starts, start) - 1)
        while n < len(self.ents) and self.ent_starts[n] < end:
            first, last, label = self.ents[n]
            if last > start:
                yield f"is a {label}" if first <= start and end <= last else f"holds a {label}"
            n += 1


def forms(context: Context, parts: Sequence[Stretch], sides: set[str], place: str = "") -> list[Form]:
    """Every form in the sentences of a meeting of the countries ``sides`` at ``place``, with its features.

    The name of the place is no subject by itself.
    """
    found = [form for form in _gathered(context, parts, sides) if form.text != place]
    frequency = Counter(stem for part in parts for stem in stems(context.text[part.start : part.end]))
    for each in found:
        each.features = _features(context, each, len(parts), frequency)
    return found + list(_names(found))


def _gathered(context: Context, parts: Sequence[Stretch], sides: set[str]) -> list[Form]:
    found: dict[tuple[str, frozenset[str]], Form] = {}
    for rank, part in enumerate(parts):
        inside = slice(bisect_left(context.starts, part.start), bisect_left(context.starts, part.end))
        for each in context.mentions[inside]:
            words = frozenset(stems(each.mention))
            same = (each.key if each.rule == TREE else "", words)
            if same not in found:
                found[same] = Form(each.mention, each, False, words)
            found[same].stretches.append((rank, part, each))
    return [form for form in found.values() if not _passing(form) and not _only_names(context, form.text, sides)]


def _names(found: Sequence[Form]) -> Iterator[Form]:
    """The tree's names for the issues found, each weighed by where the alias stands that the document uses most."""
    of_issue: dict[str, list[Form]] = defaultdict(list)
    for form in found:
        if form.shown.key:
            of_issue[form.shown.key].append(form)
    for key, forms in of_issue.items():
        name = tree.get(key).name
        words = frozenset(stems(name))
        best = max(forms, key=lambda form: (form.shown.rule == TREE, len(form.stretches)))
        features = {name: value for name, value in best.features.items() if not name.startswith(OF_THE_WORDS)}
        features[f"words {min(len(name.split()), 5)}"] = 1.0
        features["of two parts"] = float(" and " in name or "," in name)
        features |= said(name.split())
        features["as the document has it"] = float(any(words == form.words for form in forms))
        yield Form(name, best.shown, True, words, [each for form in forms for each in form.stretches], features)


def _passing(form: Form) -> bool:
    """A single common word said once is next to never a subject; it is not worth weighing."""
    return not form.shown.key and len(form.stretches) == 1 and form.text.islower() and " " not in form.text


def _only_names(context: Context, words: str, sides: set[str]) -> bool:
    """Whether these are but the names of states that met, which are no subject by themselves."""
    return words[0].isupper() and all(context.nation(part) in sides for part in words.split(" and "))


def _features(context: Context, of: Form, size: int, frequency: Counter[str]) -> dict[str, float]:
    each, text, kind = of.shown, context.text, context.kind
    words = each.mention.split()
    content = stems(each.mention)
    of_tree = each.rule == TREE
    found: dict[str, float] = defaultdict(float, {"constant": 1.0})
    form = "alias" if of_tree else "phrase with an alias" if each.key else "phrase"
    parts = {stretch.part for _, stretch, _ in of.stretches}
    found[form] = 1.0
    found |= said(words if each.mention.isupper() else filter(str.islower, words))
    if of_tree:
        if all(mention.broad for _, _, mention in of.stretches):
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
    found["mentions"] = math.log(len(of.stretches))
    rank = of.stretches[0][0]
    found["late"] = math.log1p(rank) / 5
    found["share before"] = rank / max(size, 1)
    stand = [mention.start for _, _, mention in of.stretches]
    found["of the document before"] = (stand[0] - context.body) / max(len(text) - context.body, 1)
    found["early in the document"] = float(found["of the document before"] < EARLY)
    found["paragraphs"] = math.log1p(len({stretch.opens for _, stretch, _ in of.stretches}))
    found["spread"] = (max(stand) - min(stand)) / len(text)
    for part in parts - {"body"}:
        found[f"in {part}"] = 1.0
    if len(parts) == 1 and parts <= ASIDE:
        found[f"only in {min(parts)}"] = 1.0
    if any(stretch.telling for _, stretch, _ in of.stretches):
        found["telling"] = 1.0
    if any(rank <= 3 for rank, _, _ in of.stretches):
        found["near the top"] = 1.0
    if content:
        counts = [math.log1p(frequency[stem]) for stem in content]
        found["words said again"] = sum(counts) / len(counts)
        found["words of the title"] = sum(stem in context.title for stem in content) / len(content)
    for label in context.labels(each.start, each.end):
        found[label] = 1.0
    for _, stretch, mention in of.stretches[:MOST_LOOKED_AT]:
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
    for name in ("constant", form, "mentions", "late", "telling", "discuss before", "stress before", "in title", "opens a paragraph", "after list", "after on", "words said again", "of the document before", "early in the document", "paragraphs", "spread"):  # fmt: skip
        if name in found:
            found[f"{name}, {kind.value}"] = found[name]
    return dict(found)


def said(words: Iterable[str]) -> dict[str, float]:
    """A feature for each of the words, but for function words."""
    return {f"{SAYS}{stem}": WORD for word in words for stem in stems(word)[:1]}


def stems(text: str) -> list[str]:
    """Content words in small letters without the plural's s."""
    return [_stem(word) for word in STEM.findall(text.lower()) if word not in FUNCTION]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
