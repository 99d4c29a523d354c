"""Measure a pipeline on the held-back texts: entities by label and by genre, sentence starts by corpus, syntax on EWT test.

Usage: python scripts/evaluate.py PIPELINE CORPUS
"""

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from meetings.nlp import pipeline

ENTITY_FILES = {"single sentences": "held_back.spacy", "joined into paragraphs": "held_back_paragraphs.spacy"}
SENTENCE_FILES = {"diplomatic texts, held back": "held_back.spacy", "UD EWT test": "ewt_test.spacy"}
SYNTAX_FILE = "UD EWT test", "ewt_test.spacy"
COLUMNS = ["precision", "recall", "F", "in the gold"]


@dataclass
class Counts:
    """How many spans are right, found, and in the gold annotation."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: set, found: set) -> None:
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def read(nlp: Language, path: Path) -> list[Doc]:
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab))


def predict(nlp: Language, gold: list[Doc]) -> list[Doc]:
    """Run the pipeline over the texts of the gold documents, tokenised by the pipeline itself."""
    return list(nlp.pipe(doc.text for doc in gold))


def entity_counts(nlp: Language, gold: list[Doc]) -> dict[tuple[str, str], Counts]:
    """Counts of exact spans by (what, name): each label, each genre, and ("all", "")."""
    counts: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for expected, doc in zip(gold, predict(nlp, gold), strict=True):
        right = {tuple(entity) for entity in expected.user_data["entities"]}
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        counts["all", ""].add(right, found)
        counts["genre", expected.user_data["genre"]].add(right, found)
        for label in {span[2] for span in right | found}:
            counts["label", label].add({s for s in right if s[2] == label}, {s for s in found if s[2] == label})
    return counts


def sentence_counts(nlp: Language, gold: list[Doc]) -> Counts:
    """Counts of sentences whose start and end are both right."""
    counts = Counts()
    for expected, doc in zip(gold, predict(nlp, gold), strict=True):
        counts.add(*({(s.start_char, s.end_char) for s in d.sents} for d in (expected, doc)))
    return counts


def syntax_accuracies(nlp: Language, gold: list[Doc]) -> dict[str, float]:
    """Shares of words that are right, given the treebank's words and sentences; punctuation counts.

    LAS is that of the CoNLL 2018 shared task, which compares relations without their subtypes (``nmod`` for ``nmod:poss``).
    """
    given = (
        Doc(
            nlp.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[1 if token.i == 0 else -1 for token in doc],
        )
        for doc in gold
    )
    right: dict[str, int] = defaultdict(int)
    words = 0
    for expected, doc in zip(gold, nlp.pipe(given), strict=True):
        for g, token in zip(expected, doc, strict=True):
            words += 1
            attached = g.head.i == token.head.i
            right["UPOS"] += g.pos == token.pos
            right["XPOS"] += g.tag == token.tag
            right["lemma"] += g.lemma_ == token.lemma_
            right["UAS"] += attached
            right["LAS"] += attached and g.dep_.partition(":")[0] == token.dep_.partition(":")[0]
            right["LAS with subtypes"] += attached and g.dep == token.dep
    return {name: count / words for name, count in right.items()}


def table(rows: dict[str, Counts]) -> str:
    """The rows as a Markdown table."""
    lines = [f"| | {' | '.join(COLUMNS)} |", "| --- |" + " ---: |" * len(COLUMNS)]
    for name, c in rows.items():
        lines.append(f"| {name} | {c.precision:.3f} | {c.recall:.3f} | {c.f:.3f} | {c.gold} |")
    return "\n".join(lines)


def with_rules(model: Path) -> Language:
    """The model with the app's rules that mend entities, and nothing after them."""
    nlp = pipeline.load(model)
    nlp.select_pipes(enable=nlp.pipe_names[: nlp.pipe_names.index("entities") + 1])
    return nlp


def report(model: Path, corpus: Path) -> str:
    """All figures of a pipeline in Markdown. Reads the files that the conversion scripts wrote to ``corpus``."""
    nlp = spacy.load(model)
    parts, by_text = [], {}
    for name, file in ENTITY_FILES.items():
        counts = entity_counts(nlp, read(nlp, corpus / "entities" / file))
        by_text[f"entities, {name}"] = counts["all", ""]
        if not parts:
            parts = [table(pick(counts, "label")), table(pick(counts, "genre"))]
            mended = entity_counts(with_rules(model), read(nlp, corpus / "entities" / file))
            parts.append(columns({"model": counts, "with the app's rules": mended}))
    for name, file in SENTENCE_FILES.items():
        by_text[f"sentences, {name}"] = sentence_counts(nlp, read(nlp, corpus / "sentences" / file))
    where, file = SYNTAX_FILE
    accuracies = syntax_accuracies(nlp, read(nlp, corpus / "syntax" / file))
    head = f"| {where} | {' | '.join(accuracies)} |\n| --- |{' ---: |' * len(accuracies)}"
    syntax = f"{head}\n| words and sentences given | {' | '.join(f'{a:.3f}' for a in accuracies.values())} |"
    return "\n\n".join([table(by_text), *parts, syntax])


def columns(versions: dict[str, dict[tuple[str, str], Counts]]) -> str:
    """F by label of several versions, side by side."""
    first, *_ = versions.values()
    lines = [f"| F | {' | '.join(versions)} |", "| --- |" + " ---: |" * len(versions)]
    for key in [("all", ""), *(("label", name) for name in pick(first, "label"))]:
        lines.append(f"| {key[1] or 'all'} | {' | '.join(f'{counts[key].f:.3f}' for counts in versions.values())} |")
    return "\n".join(lines)


def pick(counts: dict[tuple[str, str], Counts], what: str) -> dict[str, Counts]:
    """The counts of one kind by name, the most frequent first."""
    chosen = {name: c for (kind, name), c in counts.items() if kind == what}
    return dict(sorted(chosen.items(), key=lambda item: -item[1].gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    print(report(options.pipeline, options.corpus))


if __name__ == "__main__":
    main()
