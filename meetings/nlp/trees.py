"""Sums of regression trees, as gradient boosting learns them, evaluated for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy

# A leaf's value, or a question: the feature's name, a threshold, the tree where the feature is at most that, and the other.
Tree = float | Sequence[Any]


class Trees:
    """``trees`` and the ``constant`` that is added to the sum of their leaves."""

    def __init__(self, trees: Sequence[Tree], constant: float) -> None:
        self.constant, self.depth = constant, 0
        self.column: dict[str, int] = {}
        nodes: list[tuple[int, float, int, int, float]] = []  # feature, threshold, left, right, value
        self.roots = numpy.array([self._grown(nodes, tree, 0) for tree in trees], dtype=numpy.intp)
        feature, threshold, left, right, value = zip(*nodes, strict=True)
        self.feature = numpy.array(feature, dtype=numpy.intp)
        self.children = numpy.array([left, right], dtype=numpy.intp)
        self.threshold, self.value = numpy.array(threshold), numpy.array(value)

    def _grown(self, nodes: list[tuple[int, float, int, int, float]], tree: Tree, depth: int) -> int:
        """The index of the tree's first node."""
        self.depth, at = max(self.depth, depth), len(nodes)
        if isinstance(tree, int | float):
            nodes.append((0, 0.0, at, at, float(tree)))  # who arrives stays
            return at
        name, threshold, left, right = tree
        column = self.column.setdefault(name, len(self.column))
        nodes.append((0, 0.0, at, at, 0.0))
        below, above = self._grown(nodes, left, depth + 1), self._grown(nodes, right, depth + 1)
        nodes[at] = (column, threshold, below, above, 0.0)
        return at

    def __call__(self, rows: Sequence[Mapping[str, float]]) -> numpy.ndarray:
        """A number for each row of features by name; a feature that a row lacks is 0."""
        values = numpy.zeros((len(rows), max(len(self.column), 1)))
        for n, row in enumerate(rows):
            for name, column in self.column.items():
                if value := row.get(name):
                    values[n, column] = value
        at = numpy.tile(self.roots, (len(rows), 1))
        which = numpy.arange(len(rows))[:, None]
        for _ in range(self.depth):
            over = values[which, self.feature[at]] > self.threshold[at]
            at = self.children[over.astype(numpy.intp), at]
        return self.constant + self.value[at].sum(axis=1)
