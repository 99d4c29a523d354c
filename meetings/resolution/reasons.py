"""What a comparison of two accounts comes to: reasons with their weights, and what follows from their sum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SAME, SUGGEST = 8.5, 5.5  # bits from which two accounts are taken for one encounter, and from which a person is asked


class Decision(StrEnum):
    SAME = "same"
    SUGGEST = "suggest"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison, as a reader may be shown it, and its weight in bits."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sides`` is how many delegations agree: fewer than two never make one encounter for certain."""

    reasons: tuple[Reason, ...]
    sides: int

    @property
    def score(self) -> float:
        return sum(reason.weight for reason in self.reasons)

    @property
    def decision(self) -> Decision:
        if self.score >= SAME and self.sides >= 2:
            return Decision.SAME
        return Decision.SUGGEST if self.score >= SUGGEST else Decision.DIFFERENT

    def __str__(self) -> str:
        """What speaks for one encounter, then what speaks against it."""
        favour = "; ".join(reason.text for reason in self.reasons if reason.weight > 0)
        against = "; ".join(reason.text for reason in self.reasons if reason.weight <= 0)
        return f"{favour}, although {against}" if favour and against else favour or against
