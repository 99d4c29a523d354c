"""Make the training and test files of tagger and parser: the sentences of the Universal Dependencies treebanks.

Words are the treebanks' own; training reads them as the pipeline's tokenizer cuts them.

Usage: python scripts/convert_syntax.py CORPORA OUTPUT
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, MISC = 0, 1, 2, 3, 4, 5, 6, 7, 9
ATTRIBUTES = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP"]
KEPT = {
    "Degree",
    "Number",
    "Person",
    "Tense",
    "VerbForm",
    "Voice",
}  # of the features: what lemmas and readers of trees need

IN_CAPITALS = 15


def read_trees(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Yield each sentence of a CoNLL-U file with tags, parts of speech, lemmas and basic dependencies."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows, glued = [], set()
        for line in block.splitlines():
            columns = line.split("\t")
            if line.startswith("#") or len(columns) != 10:
                continue
            no_space = "SpaceAfter=No" in columns[MISC].split("|")
            if columns[ID].isdigit():
                rows.append(columns)
                if no_space:
                    glued.add(int(columns[ID]))
            elif "-" in columns[ID]:  # a contraction: "don't" is the words 4-5
                first, last = map(int, columns[ID].split("-"))
                glued.update(range(first, last if not no_space else last + 1))
        if rows:
            yield Doc(
                vocab,
                words=[row[FORM] for row in rows],
                spaces=[int(row[ID]) not in glued for row in rows],
                tags=[row[XPOS] for row in rows],
                pos=[row[UPOS] for row in rows],
                morphs=[features(row[FEATS]) for row in rows],
                lemmas=[row[LEMMA] for row in rows],
                heads=[int(row[HEAD]) - 1 if row[HEAD] != "0" else i for i, row in enumerate(rows)],
                deps=[row[DEPREL] if row[HEAD] != "0" else "ROOT" for row in rows],
            )


def features(column: str) -> str:
    return "|".join(feature for feature in column.split("|") if feature.partition("=")[0] in KEPT)


def capitals(doc: Doc) -> Doc:
    """The sentence as a heading or an old telegram has it."""
    words = [token.text.upper() for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces).from_array(ATTRIBUTES, doc.to_array(ATTRIBUTES))


def write(paths: list[Path], output: Path, in_capitals: int = 0) -> None:
    """Write the sentences of the files, and one of ``in_capitals`` once more in capitals."""
    vocab = spacy.blank("en").vocab
    docs = DocBin(attrs=ATTRIBUTES)
    for path in paths:
        for number, doc in enumerate(read_trees(path, vocab)):
            docs.add(doc)
            if in_capitals and number % in_capitals == 0:
                docs.add(capitals(doc))
    docs.to_disk(output)
    print(f"{output.name}: {len(docs)} sentences")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    ewt, gum = options.corpora / "ud_ewt", options.corpora / "gum_open"
    write([ewt / "en_ewt-train.conllu", *sorted(gum.glob("*.conllu"))], options.output / "train.spacy", IN_CAPITALS)
    write([ewt / "en_ewt-ud-dev.conllu"], options.output / "dev.spacy")
    write([ewt / "en_ewt-ud-test.conllu"], options.output / "ewt_test.spacy")


if __name__ == "__main__":
    main()
