"""A synthetic collection in a database of its own: how it is named, made and refused, and the words that its texts are made of."""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "diplomacy_bench_"
TAIL = 40_000  # words of the vocabulary, most of them made up


def name(documents: int) -> str:
    return f"{PREFIX}{documents}"


def use(database: str) -> None:
    """Set Django up for the database; exits with a sentence when it is not one of ours to fill and empty."""
    if not re.fullmatch(rf"{PREFIX}\w+", database):
        sys.exit(f"{database} is not a database for measurements: its name must begin with {PREFIX}.")
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = (
        True  # so that statements can be run again as they are
    )
    django.setup()


def syllables(rng: random.Random, count: int) -> str:
    return (
        "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(count)) + rng.choice("nrsl ").strip()
    )


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words, the most frequent first, with their share of running text: those of the samples, then made-up ones after Zipf."""
    counted: Counter[str] = Counter()
    for path in sorted((ROOT / "samples").rglob("*.txt")):
        counted.update(re.findall(r"[A-Za-z]{1,20}", path.read_text("utf-8", "replace").lower()))
    words = [word for word, _ in counted.most_common()]
    rng, known = random.Random(1), set(words)
    while len(words) < TAIL:
        if (word := syllables(rng, rng.choice((2, 3, 3, 4)))) not in known:
            known.add(word)
            words.append(word)
    shares = [1 / (rank + 2.7) for rank in range(len(words))]  # Mandelbrot's form of Zipf's law
    total = sum(shares)
    return words, [share / total for share in shares]
