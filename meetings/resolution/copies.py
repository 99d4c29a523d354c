"""Whether two texts are nearly the same. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from .names import fold

SHINGLE = 5  # words
SIZE = 32  # hashes kept
SAME = 0.8  # estimated Jaccard similarity from which two texts are copies


def sketch(text: str) -> list[int]:
    """The 32 smallest hashes of all sequences of five words (bottom-k sketch, Broder 1997); [] for a text under 50 words."""
    words = fold(text).split()
    if len(words) < 50:
        return []
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    hashes = (int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), signed=True) for shingle in shingles)
    return sorted(hashes)[:SIZE]


def are_copies(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the Jaccard similarity of two texts, estimated from the smallest hashes of their union, is at least .8."""
    if not one or not other:
        return False
    union = sorted({*one, *other})[:SIZE]
    return len(set(union) & set(one) & set(other)) / len(union) >= SAME
