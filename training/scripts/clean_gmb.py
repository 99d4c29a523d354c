"""Clean the Groningen Meaning Bank's entity tags: keep the sentences whose entities can be settled with confidence.

The GMB's tags are silver and differ from ours: titles stand inside person names, "U.S." is often an organisation, a
nationality is "gpe". A first recogniser, trained on the diplomatic sentences alone, is a second opinion:

- A name (per, geo, gpe, org) is the GMB's to find. What stands before a person as title or nationality is the first
  recogniser's to say; the rest of the span must then be one plain name.
- TITLE and DATE, which the GMB lacks or bounds otherwise, are the first recogniser's.
- A sentence is dropped when the two contradict each other on where a name is, when a word that is nearly always part
  of an entity in the diplomatic sentences is in none here, when either sees a kind of entity that is too rare in the
  diplomatic sentences to be sure of (LAW, EVENT, TIME, FAC; art, eve, nat), or when it holds no person or organisation.

Usage: python scripts/clean_gmb.py CORPORA FIRST OUTPUT
"""

import argparse
import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import callbacks  # noqa: F401  the recognisers were made with them
import spacy
from augment import places
from corpora import Sentence, fold, read_entities, split
from spacy.tokens import Doc

SEED = 7
NAMES = {"PERSON", "GPE", "NORP", "ORG", "LOC"}
OTHERS = {"TITLE", "DATE"}
WANTED = {"PERSON", "ORG"}
PARTICLES = "al|el|bin|ben|van|von|der|den|de|da|dos|di|la|ul"
PLAIN_NAME = re.compile(rf"(?:(?:{PARTICLES})[ -])*[A-Z][\w.'’-]*(?:[ -](?:[A-Z][\w.'’-]*|{PARTICLES}))" + "{0,3}")
NO_SPACE_BEFORE = {",", ".", ";", ":", "?", "!", ")", "'s", "n't", "%", "'", "..."}
NO_SPACE_AFTER = {"(", "$", "#"}
FREQUENT, NEARLY_ALWAYS = 8, 0.9


def read_gmb(path: Path) -> Iterator[Sentence]:
    """Yield the sentences with the GMB's own labels, the spaces of running text restored."""
    with path.open(encoding="latin-1", newline="") as file:
        number = 0
        rows = []
        for sentence, word, _, tag in list(csv.reader(file))[1:]:
            number += bool(sentence)
            rows.append((number, word, tag))
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield detokenise([(word, tag) for _, word, tag in group])


def detokenise(tokens: list[tuple[str, str]]) -> Sentence:
    text, glue, quoted, entities = "", True, False, []
    for word, tag in tokens:
        closing = word == '"' and quoted
        if not (glue or word in NO_SPACE_BEFORE or closing):
            text += " "
        start = len(text)
        text += word
        glue = word in NO_SPACE_AFTER or (word == '"' and not quoted)
        quoted ^= word == '"'
        if tag.startswith("B-") or (tag != "O" and not entities):
            entities.append((start, len(text), tag[2:]))
        elif tag != "O":
            entities[-1] = (entities[-1][0], len(text), entities[-1][2])
    return Sentence(text, tuple(entities), "gmb", "gmb")


def usual_entity_words(sentences: list[Sentence]) -> frozenset[str]:
    """Words that are nearly always inside an entity in the diplomatic sentences."""
    inside, everywhere = Counter(), Counter()
    for sentence in sentences:
        everywhere.update(re.findall(r"\w+", sentence.text))
        for start, end, _ in sentence.entities:
            inside.update(re.findall(r"\w+", sentence.text[start:end]))
    return frozenset(w for w, n in inside.items() if n >= FREQUENT and n / everywhere[w] >= NEARLY_ALWAYS)


def usual_labels(sentences: list[Sentence]) -> dict[str, str]:
    """The most frequent label of each entity text in the diplomatic sentences."""
    counts: dict[str, Counter] = {}
    for sentence in sentences:
        for start, end, label in sentence.entities:
            counts.setdefault(sentence.text[start:end], Counter())[label] += 1
    return {text: labels.most_common(1)[0][0] for text, labels in counts.items()}


def clean(sentence: Sentence, first: Doc, labels: dict[str, str], usual: frozenset[str]) -> Sentence | None:
    """The sentence with our labels, or None when they cannot be settled."""
    opinion = [(e.start_char, e.end_char, e.label_) for e in first.ents]
    if any(label not in NAMES | OTHERS for _, _, label in opinion):
        return None
    settled = [span for span in opinion if span[2] in OTHERS]
    for start, end, tag in sentence.entities:
        if tag == "tim":
            continue
        if tag in {"art", "eve", "nat"}:
            return None
        start, end = without(sentence.text, start, end, opinion, tag)
        if start == end:
            continue
        text = sentence.text[start:end]
        same = next((label for s, e, label in opinion if (s, e) == (start, end)), None)
        label = settle(tag, text, same, labels)
        if label is None or any(s < end and start < e and (s, e) != (start, end) for s, e, _ in opinion):
            return None
        if (start, end, label) not in settled:
            settled.append((start, end, label))
    names = [span for span in opinion if span[2] in NAMES]
    if any(not any((s, e) == (start, end) for s, e, _ in settled) for start, end, _ in names):
        return None
    settled.sort()
    if any(before[1] > after[0] for before, after in pairwise(settled)):
        return None
    rest = sentence.text
    for s, e, _ in settled:
        rest = rest[:s] + " " * (e - s) + rest[e:]
    if usual.intersection(re.findall(r"\w+", rest)):
        return None
    return Sentence(sentence.text, tuple(settled), "gmb", "gmb")


def without(text: str, start: int, end: int, opinion: list, tag: str) -> tuple[int, int]:
    """A person's span without the titles and nationalities that the first recogniser sees at its beginning."""
    if tag == "per":
        for s, e, label in opinion:
            if s <= start < e and label in {"TITLE", "NORP"}:
                start = min(e, end)
                start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, end


def settle(tag: str, text: str, first: str | None, labels: dict[str, str]) -> str | None:
    """Our label for a span that the GMB tags ``tag`` and the first recogniser labels ``first``, or None."""
    countries, _, cities, _ = places()
    usual = labels.get(text)
    if tag == "per":
        agreed = first in {"PERSON", None} and usual in {"PERSON", None}
        return "PERSON" if agreed and PLAIN_NAME.fullmatch(text) else None
    if tag == "gpe":
        return usual or (first if first in {"NORP", "GPE"} else None)
    if tag == "geo":
        if usual in {"GPE", "LOC"}:
            return usual
        if first in {"GPE", "LOC"}:
            return first
        return "GPE" if first is None and (text in countries or text in cities) else None
    if usual:
        return usual if usual in {"ORG", "GPE", "NORP"} else None
    if text in countries:
        return "GPE"
    looks_like_one = text[0].isupper() and (" " in text or text.isupper())
    return "ORG" if first == "ORG" or (first is None and looks_like_one) else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("first", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()

    train, held_back = split(read_entities(options.corpora / "ner_diplomatic" / "sentences.jsonl"))
    known = {fold(s.text) for s in train + held_back}
    labels, usual = usual_labels(train), usual_entity_words(train)
    sentences = {fold(s.text): s for s in read_gmb(options.corpora / "gmb" / "ner_dataset.csv")}
    candidates = [s for folded, s in sentences.items() if folded not in known]
    docs = spacy.load(options.first).pipe(s.text for s in candidates)
    cleaned = [clean(s, doc, labels, usual) for s, doc in zip(candidates, docs, strict=True)]
    kept = [s for s in cleaned if s is not None and WANTED.intersection(label for _, _, label in s.entities)]
    random.Random(SEED).shuffle(kept)
    with options.output.open("w", encoding="utf-8") as file:
        for s in kept:
            file.write(json.dumps({"id": "gmb-0", "genre": "gmb", "text": s.text, "entities": s.entities}) + "\n")
    print(f"{options.output.name}: {len(kept)} of {len(candidates)} sentences kept")


if __name__ == "__main__":
    main()
