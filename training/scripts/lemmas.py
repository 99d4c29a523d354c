"""The tables of spaCy's rule lemmatizer, made from the treebanks: endings, known lemmas, and what the endings get wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.lookups import Lookups
from spacy.tokens import Doc

DOUBLED = "bdgklmnprtvz"
ENDINGS = {
    "noun": [("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")],
    "verb": [
        *[("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
        *[(2 * c + ending, c) for c in DOUBLED for ending in ("ed", "ing")],
    ],
    "adj": [
        *[("ier", "y"), ("iest", "y"), ("er", "e"), ("er", ""), ("est", "e"), ("est", "")],
        *[(2 * c + ending, c) for c in DOUBLED for ending in ("er", "est")],
    ],
}  # fmt: skip
ENDINGS |= {"aux": ENDINGS["verb"], "adv": ENDINGS["adj"]}
ENDINGS |= {pos: [] for pos in ("adp", "cconj", "det", "intj", "num", "part", "pron", "punct", "sconj", "sym", "x")}
SAME = ("", "")  # after all others: the word itself in lower case
LEAST = 2  # times that a word has its most frequent lemma, to be an exception


def tables(docs: Iterable[Doc]) -> Lookups:
    """``lemma_rules``, ``lemma_index`` and ``lemma_exc`` from documents with lemmas, parts of speech and morphology."""
    docs = list(docs)
    index: dict[str, set[str]] = defaultdict(set)
    for doc in docs:
        for token in doc:
            if (pos := token.pos_.lower()) in ENDINGS and token.lemma_.isalpha():
                index[pos].add(token.lemma_.lower())
    lookups = Lookups()
    lookups.add_table("lemma_rules", {pos: [*map(list, rules), list(SAME)] for pos, rules in ENDINGS.items()})
    lookups.add_table("lemma_index", {pos: sorted(lemmas) for pos, lemmas in index.items()})
    lookups.add_table("lemma_exc", {})
    lemmatizer = EnglishLemmatizer(docs[0].vocab, None, mode="rule")
    lemmatizer.initialize(lookups=lookups)
    seen: dict[tuple[str, str], Counter] = defaultdict(Counter)
    ruled: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            key = token.pos_.lower(), token.lower_
            if token.pos_ != "PROPN" and not lemmatizer.is_base_form(token):
                seen[key][token.lemma_] += 1
                ruled[key][lemmatizer.rule_lemmatize(token)[0]] += 1
    exceptions: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (pos, word), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        if count >= LEAST and ruled[pos, word].most_common(1)[0][0] != lemma:
            exceptions[pos][word] = [lemma]
    lookups.remove_table("lemma_exc")
    lookups.add_table("lemma_exc", dict(exceptions))
    return lookups
