"""Annotate plain text of the genre by machine, to train on: what most of several recognisers find, evened out.

- A span counts when most recognisers find it with the same label. What fewer of them find counts neither way.
- A name has one label throughout a document, and nearly always one throughout the corpus: where that is so, differences
  and oversights are settled by it ("Medvedev" is a person in every sentence, because he is in most).

Usage: python scripts/silver.py RAW OUTPUT RECOGNISER... [--words N]
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

import callbacks  # noqa: F401  the recognisers were made with them
import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

NAMES = {"PERSON", "GPE", "ORG", "NORP", "LOC"}
IN_DOCUMENT, IN_CORPUS = (2, 0.75), (8, 0.9)  # least occurrences with a label, and least share of all labelled ones
OVERLOOKED = 0.7  # share of all occurrences that must be labelled before the rest counts as overlooked
LONGEST = 5  # words of a name
Found = frozenset[tuple[int, int, str]]  # token spans with labels


@dataclass
class Text:
    doc: Doc
    opinions: list[Found]
    agreed: set = field(init=False)
    doubtful: set = field(init=False)

    def __post_init__(self) -> None:
        votes = Counter(span for found in self.opinions for span in found)
        self.agreed = {span for span, count in votes.items() if 2 * count > len(self.opinions)}
        self.doubtful = votes.keys() - self.agreed


def read(path: Path, words: int) -> Iterator[list[str]]:
    """Paragraphs by document, until there are enough words."""
    with path.open(encoding="utf-8") as lines:
        for _, rows in groupby(map(json.loads, lines), key=lambda row: row["document"]):
            texts = [row["text"] for row in rows]
            yield texts
            words -= sum(len(text.split()) for text in texts)
            if words < 0:
                return


def usual(texts: Iterable[Text], least: tuple[int, float]) -> dict[str, str]:
    """The label of each name that has one label nearly always."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for text in texts:
        for start, end, label in text.agreed:
            counts[text.doc[start:end].text][label] += 1
    chosen = {}
    for name, labels in counts.items():
        label, count = labels.most_common(1)[0]
        if label in NAMES and count >= least[0] and count / labels.total() >= least[1] and name[0].isupper():
            chosen[name] = label
    return chosen


def occurrences(doc: Doc, names: dict[str, str], firsts: set[str]) -> Iterator[Span]:
    """Where the names stand in a text."""
    for token in doc:
        if token.text in firsts:
            for end in range(token.i + 1, min(token.i + LONGEST, len(doc)) + 1):
                span = doc[token.i : end]
                if span.text in names:
                    yield Span(doc, span.start, span.end, names[span.text])


def settle(text: Text, names: dict[str, str], firsts: set[str]) -> Doc:
    """Write the entities on the document; tokens of doubtful spans are left without annotation."""
    doc = text.doc
    known = filter_spans(list(occurrences(doc, names, firsts)))
    agreed = [Span(doc, start, end, names.get(doc[start:end].text, label)) for start, end, label in text.agreed]
    covered = {i for span in agreed for i in range(span.start, span.end)}
    added = [span for span in known if not covered.intersection(range(span.start, span.end))]
    entities = filter_spans([*agreed, *added])
    covered = {i for span in entities for i in range(span.start, span.end)}
    doubtful = {i for start, end, _ in text.doubtful for i in range(start, end)} - covered
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(doubtful)], default="outside")
    return doc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("recognisers", type=Path, nargs="+")
    parser.add_argument("--words", type=int, default=800_000)
    options = parser.parse_args()

    recognisers = [spacy.load(path, exclude=["senter"]) for path in options.recognisers]
    documents = list(read(options.raw, options.words))
    texts = [text for document in documents for text in document]
    opinions = [
        [frozenset((e.start, e.end, e.label_) for e in doc.ents) for doc in nlp.pipe(texts)] for nlp in recognisers
    ]
    make_doc = recognisers[0].make_doc
    annotated = [Text(make_doc(text), list(found)) for text, *found in zip(texts, *opinions, strict=True)]
    everywhere = usual(annotated, IN_CORPUS)
    kept = seldom_overlooked(annotated, everywhere)
    everywhere = {name: label for name, label in everywhere.items() if name in kept}
    following, firsts = iter(annotated), first_words(everywhere)
    docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
    for document in documents:
        members = list(islice(following, len(document)))
        here = usual(members, IN_DOCUMENT)
        for text in members:
            docs.add(settle(text, everywhere | here, firsts | first_words(here)))
    docs.to_disk(options.output)
    print(f"{options.output.name}: {len(texts)} paragraphs; {len(everywhere)} names have one label everywhere")


def first_words(names: Iterable[str]) -> set[str]:
    """The words that begin a name; a name's first token is one of them, or it is not looked for."""
    return {name.split()[0] for name in names}


def seldom_overlooked(texts: Iterable[Text], names: dict[str, str]) -> set[str]:
    """The names that are part of an entity nearly everywhere they stand."""
    firsts = first_words(names)
    total, labelled = Counter(), Counter()
    for text in texts:
        inside = {i for start, end, _ in text.agreed for i in range(start, end)}
        for span in occurrences(text.doc, names, firsts):
            total[span.text] += 1
            labelled[span.text] += span.start in inside
    return {name for name, count in total.items() if labelled[name] / count >= OVERLOOKED}


if __name__ == "__main__":
    main()
