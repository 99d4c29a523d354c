"""Make the raw text that the word vectors of the network are pretrained on: releases and archive documents.

A document that contains a held-back sentence is left out, so that the held-back part stays unseen.

Usage: python scripts/convert_raw.py CORPORA OUTPUT
"""

import argparse
import json
import random
from pathlib import Path

from corpora import fold, read_entities, split

SOURCES = ["releases/releases.jsonl", "dfat/documents.jsonl"]
SHORTEST, LONGEST = 60, 2000  # characters of a paragraph worth reading
SEED = 7


def documents(corpora: Path) -> list[list[str]]:
    """The paragraphs of each document, its title first."""
    _, held_back = split(read_entities(corpora / "ner_diplomatic" / "sentences.jsonl"))
    unseen = [folded for folded in (fold(s.text) for s in held_back) if len(folded) >= SHORTEST]
    found = []
    for source in SOURCES:
        with (corpora / source).open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                folded = fold(row["text"])
                if not any(sentence in folded for sentence in unseen):
                    paragraphs = [" ".join(p.split()) for p in [row["title"], *row["text"].split("\n\n")]]
                    found.append([p for p in paragraphs if SHORTEST <= len(p) <= LONGEST])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    texts = documents(options.corpora)
    random.Random(SEED).shuffle(texts)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf-8") as file:
        for number, paragraphs in enumerate(texts):
            for text in paragraphs:
                file.write(json.dumps({"document": number, "text": text}, ensure_ascii=False) + "\n")
    words = sum(len(text.split()) for paragraphs in texts for text in paragraphs)
    print(f"{options.output.name}: {len(texts)} documents, {words} words")


if __name__ == "__main__":
    main()
