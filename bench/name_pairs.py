"""Pairs of names from the persons of the *Foreign Relations* series, and how well `same_name` tells them apart.

Data: `gazetteers/frus_people.tsv` (Office of the Historian, CC0): one line a person, with the variants of their name as
the volumes write them. How the pairs are built (fixed seed, so that everybody gets the same):

- persons are shuffled and halved: the first half is for development, the other is held back and reported;
- positives: two variants of one person, at most four pairs a person, the variants drawn at random. Variants that differ
  in case, accents, punctuation and white space alone are one;
- negatives: for each positive, one of its names with a name of another person of the same half that shares a word of
  two letters and more with it (titles and honorifics do not count), drawn at random.

`--write FOLDER` publishes the pairs as `names.development.tsv` and `names.held-back.tsv` (same, name, name); without it the
figures are printed, and those of the held-back half written to `docs/results/names.json`.

Run: .venv/bin/python bench/name_pairs.py
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from meetings.resolution.names import fold, same_name, skeleton, sounded, tokens  # noqa: E402

DATA = Path(os.environ.get("DIPLOMACY_DATA", ROOT.parent / "shared")) / "gazetteers" / "frus_people.tsv"
RESULTS = ROOT / "docs" / "results" / "names.json"
SEED = 20
PAIRS = 4  # positives a person, at most
ROUNDS = 5  # timings, of which the median counts


@dataclass(frozen=True, slots=True)
class Pair:
    same: bool
    one: str
    other: str


def people(path: Path) -> list[list[str]]:
    """The variants of each person's name, those with the same folded words once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        variants = [[row["preferred"], *row["variants"].split("|")] for row in rows]
    return [list({fold(name): name.strip() for name in reversed(names) if fold(name)}.values()) for names in variants]


def halves(persons: list[list[str]]) -> dict[str, list[list[str]]]:
    shuffled = random.Random(SEED).sample(persons, len(persons))
    middle = len(shuffled) // 2
    return {"development": shuffled[:middle], "held-back": shuffled[middle:]}


def pairs(persons: list[list[str]]) -> list[Pair]:
    """Positives, each with its negative."""
    draw = random.Random(SEED)
    sharing: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, names in enumerate(persons):
        for name in names:
            for word in words(name):
                sharing[word].append((number, name))
    made = []
    for number, names in enumerate(persons):
        possible = list(combinations(names, 2))
        for one, other in draw.sample(possible, min(PAIRS, len(possible))):
            made.append(Pair(True, one, other))
            name = draw.choice((one, other))
            others = sorted({each for word in words(name) for each in sharing[word] if each[0] != number})
            if others:
                made.append(Pair(False, name, draw.choice(others)[1]))
    return made


def words(name: str) -> set[str]:
    return {word for word in tokens(name) if len(word) > 1}


def measured(found: Iterable[tuple[Pair, bool]]) -> dict[str, float]:
    """Precision, recall and F1 of the pairs taken for the same."""
    found = list(found)
    right = sum(pair.same for pair, said in found if said)
    said, wanted = sum(said for _, said in found), sum(pair.same for pair, _ in found)
    precision, recall = right / max(said, 1), right / max(wanted, 1)
    return {
        "pairs": len(found),
        "positives": wanted,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


def microseconds(judge: Callable[[str, str], bool], among: list[Pair]) -> float:
    """Processor time a pair, in millionths of a second, from empty caches."""
    times = []
    for _ in range(ROUNDS):
        sounded.cache_clear()
        skeleton.cache_clear()
        start = time.process_time()
        for pair in among:
            judge(pair.one, pair.other)
        times.append((time.process_time() - start) / len(among) * 1e6)
    return round(statistics.median(times), 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the pairs there as TSV")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of the development half")
    given = parser.parse_args()
    figures = {}
    for half, persons in halves(people(DATA)).items():
        made = pairs(persons)
        if given.write:
            given.write.mkdir(parents=True, exist_ok=True)
            lines = (f"{int(pair.same)}\t{pair.one}\t{pair.other}\n" for pair in made)
            (given.write / f"names.{half}.tsv").write_text("".join(lines), encoding="utf-8")
        found = [(pair, same_name(pair.one, pair.other)) for pair in made]
        figures[half] = measured(found) | {"microseconds": microseconds(same_name, made)}
        print(half, figures[half])
        if half == "development" and given.errors:
            wrong = [(pair, said) for pair, said in found if said is not pair.same]
            for pair, said in random.Random(SEED).sample(wrong, min(given.errors, len(wrong))):
                print("taken for one" if said else "taken for two", "|", pair.one, "|", pair.other)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
