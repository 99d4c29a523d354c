"""How sure a meeting's values are, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Account, Evidence, Judgement, Meeting, Participant
from ..records import Field
from ..wording import counted, listed
from .accounts import Comparison
from .claims import Claims


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value is believed; ``evidence`` is its surest passage, ``document`` where that stands."""

    what: str
    finding: str
    doubtful: bool = False
    evidence: Evidence | None = None
    document: str = ""


def grounds(
    meeting: Meeting, accounts: Sequence[Account], participants: Sequence[Participant], claims: Claims, told: Comparison
) -> list[Ground]:
    documents = {account.pk: str(account.document) for account in accounts}
    differing = {row.label for row in told.rows if row.differs}

    def passage(what: str, evidence: Evidence | None, missing: str) -> Ground:
        if evidence is None:
            return Ground(what, missing, doubtful=True)
        finding = "the accounts differ; taken from" if what in differing else "stated in"
        return Ground(what, finding, what in differing, evidence, documents.get(evidence.account_id, ""))

    found = [names(participants)] if participants else []
    if meeting.date:
        found.append(passage("Date", claims.date(), "no passage states it"))
    if meeting.place_inferred:
        found.append(Ground("Place", "inferred from where a document was written; none states it", doubtful=True))
    elif meeting.place:
        found.append(passage("Place", claims.place(), "no passage states it"))
    if meeting.medium:
        found.append(passage("Form", claims.medium(), "understood from how the meeting is told"))
    found.append(passage("Status", claims.first(Field.MEETING), "no passage states it"))
    return found


def names(participants: Sequence[Participant]) -> Ground:
    named = [one for one in participants if one.name]
    unknown = [one.label for one in named if not one.person_id]
    roles = len(participants) - len(named)
    finding = f"{len(named) - len(unknown)} of {len(named)} matched with known people"
    if unknown:
        finding += f"; not {listed(unknown)}"
    if roles:
        finding += f"; {counted(roles, 'more is', 'more are')} told by post or country alone"
    return Ground("Names", finding, bool(unknown or roles))


def last_review(judgements: Sequence[Judgement]) -> Judgement | None:
    """The decision on the meeting as a whole that stands."""
    reviews = [one for one in judgements if one.subject == "meeting" and one.verb in {"confirm", "reject", "unsure"}]
    return reviews[-1] if reviews else None


def on_value(judgements: Sequence[Judgement], field: str) -> Judgement | None:
    """The decision that stands on the meeting's date, place or form."""
    made = [one for one in judgements if one.subject == "meeting" and one.verb == "set" and one.field == field]
    return made[-1] if made else None
