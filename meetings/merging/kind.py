"""What all kinds of records that can be merged have in common: the shape of a pair, of a preview, of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from ..models import Judgement

if TYPE_CHECKING:
    from ..roles import User

MOST = 500  # pairs that are compared for one list
AT_ONCE = 12  # records merged at once
WAITED_FOR = 400  # accounts of meetings that are put together anew while somebody waits: some 40 ms each


class Impossible(ValueError):
    """Why records cannot be merged, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one: the score in bits, and what speaks for it and against."""

    one: Model
    other: Model
    score: float
    reasons: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing told of each record, in their order; ``agrees`` is None where fewer than two tell it, or it cannot be compared."""

    label: str
    values: Sequence[Sequence[str]]
    compared: bool = True

    @property
    def agrees(self) -> bool | None:
        told = [set(values) for values in self.values if values]
        return bool(set.intersection(*told)) if self.compared and len(told) > 1 else None


@dataclass(frozen=True, slots=True)
class Move:
    """Things that would lead to the record that stays, with some of them by name."""

    what: str
    n: int
    examples: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging would do. ``names`` are the forms that may be shown, empty where the record that stays decides."""

    stays: Model
    gone: Sequence[Model]
    rows: Sequence[Row]
    moves: Sequence[Move]
    warnings: Sequence[str]
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on two records that stands, each None where this database does not know it."""

    judgement: Judgement
    one: Model | None
    other: Model | None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a merge or of its undoing: the record, and what could not be done, in words."""

    record: Model | None
    notes: Sequence[str] = ()
    acts: Sequence[Any] = field(default=())


class Kind:
    """One kind of record. ``name`` stands in addresses, ``one`` and ``many`` in sentences."""

    name: str
    one: str
    many: str

    def get(self, ids: Sequence[str]) -> list[Model]:
        """The records of these ids, as addresses write them, each once; a merged one is the one that stands for it."""
        raise NotImplementedError

    def id(self, record: Model) -> str:
        raise NotImplementedError

    def described(self, record: Model) -> str:
        """A few words that tell the record from others of its name."""
        raise NotImplementedError

    def search(self, text: str, limit: int) -> list[Model]:
        raise NotImplementedError

    def suggested(self) -> list[Pair]:
        """Pairs that may be one, the likeliest first, without those that somebody decided on but for the unsure."""
        raise NotImplementedError

    def candidates(self, record: Model) -> list[Pair]:
        """The same for one record."""
        raise NotImplementedError

    def preview(self, stays: Model, gone: Sequence[Model]) -> Preview:
        """Raises Impossible."""
        raise NotImplementedError

    def check_size(self, gone: Sequence[Model]) -> None:
        """Raises Impossible where moving all that hangs on some records takes longer than somebody waits for a page."""

    def merge(self, user: User | None, stays: Model, gone: Sequence[Model], reason: str = "", name: str = "") -> Done:
        """Merge records into one. Raises Impossible."""
        raise NotImplementedError

    def judge(self, user: User, one: Model, other: Model, verb: str, reason: str = "") -> None:
        """Remember that two records are "different", or that somebody is "unsure"."""
        raise NotImplementedError

    def decided(self, verb: str) -> list[Decided]:
        """The latest decisions of a kind that stand."""
        raise NotImplementedError

    def decided_on(self, record: Model) -> list[Decided]:
        """What was decided on a record."""
        raise NotImplementedError

    def undo(self, user: User, judgement: Judgement) -> Done:
        raise NotImplementedError
