"""Which words running text writes small or in capitals: `meetings/nlp/weights/casing.toml`, to read texts that are all capitals.

    python training/scripts/fit_casing.py CORPORA [--out FOLDER]

Counts how releases and archive documents (``releases/releases.jsonl``, ``dfat/documents.jsonl``) write each word inside
sentences, where nothing but the word itself decides.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from annotated import weights

SOURCES = ("releases/releases.jsonl", "dfat/documents.jsonl")
INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z]{2,}(?:['’][a-z]+)?(?= [a-z]|[,;.]? [a-z])")
LEAST = 12  # occurrences
SHARE = 0.85  # of them in one form


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path, help="corpora/ of the data folder")
    parser.add_argument("--out", type=Path, default=weights.FOLDER)
    given = parser.parse_args()
    forms: dict[str, Counter[str]] = {"small": Counter(), "capitals": Counter(), "all": Counter()}
    for source in SOURCES:
        for line in (given.corpora / source).open(encoding="utf-8"):
            for word in INSIDE.findall(json.loads(line)["text"]):
                forms["all"][word.lower()] += 1
                if word.islower():
                    forms["small"][word] += 1
                elif word.isupper():
                    forms["capitals"][word.lower()] += 1
    lines = ["# How words are written inside sentences of releases and archive documents; made by fit_casing.py."]
    for name in ("small", "capitals"):
        words = sorted(w for w, n in forms[name].items() if n >= LEAST and n >= SHARE * forms["all"][w])
        lines += [f'{name} = """', *(" ".join(words[at : at + 16]) for at in range(0, len(words), 16)), '"""']
        print(len(words), name)
    (given.out / "casing.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
