"""Reading of the corpora: annotated sentences, and the split into training and held-back parts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

HELD_BACK = 0.15


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its entities as (start, end, label) in characters, sorted and not overlapping."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    genre: str
    part: str


def read_entities(path: Path) -> list[Sentence]:
    """Read a file of JSON lines with ``id`` (part-number), ``genre``, ``text`` and ``entities``."""
    sentences = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            entities = tuple(sorted((start, end, label) for start, end, label in row["entities"]))
            sentences.append(Sentence(row["text"], entities, row["genre"], row["id"].partition("-")[0]))
    return sentences


def split(sentences: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Split into training and held-back sentences, by document order.

    Of every run of one part and genre the last 15 % are held back. A training sentence whose text also stands in the
    held-back part is dropped, since press sentences are repeated.
    """
    train, held_back = [], []
    for _, group in groupby(sentences, key=lambda s: (s.part, s.genre)):
        run = list(group)
        cut = len(run) - round(len(run) * HELD_BACK)
        train += run[:cut]
        held_back += run[cut:]
    seen = {fold(s.text) for s in held_back}
    return [s for s in train if fold(s.text) not in seen], held_back


def fold(text: str) -> str:
    """Letters and digits only, in lower case: equal for texts that differ in spacing and punctuation."""
    return "".join(filter(str.isalnum, text)).lower()


def join(sentences: list[Sentence]) -> Sentence:
    """Join sentences by single spaces into one text."""
    text, entities = "", []
    for sentence in sentences:
        offset = len(text) + 1 if text else 0
        text = f"{text} {sentence.text}" if text else sentence.text
        entities += [(start + offset, end + offset, label) for start, end, label in sentence.entities]
    return Sentence(text, tuple(entities), sentences[0].genre, sentences[0].part)


def read_conllu(path: Path) -> Iterator[str]:
    """Yield the text of each sentence of a CoNLL-U file, from its ``# text`` line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ").strip()
