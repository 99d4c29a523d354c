"""Which passages support which value on a meeting's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from ..marked import EDITOR
from ..models import Account, Evidence, Meeting, MeetingIssue, Participant
from ..records import Field


@dataclass(frozen=True, slots=True)
class Claims:
    """Evidence by what it supports, the surest first."""

    by_subject: dict[Hashable, list[Evidence]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, meeting: Meeting, accounts: Sequence[Account], evidence: Iterable[Evidence]) -> Claims:
        claims = cls()
        tell = {account.pk: account for account in accounts}
        for row in sorted(evidence, key=lambda row: -row.confidence):
            for subject in subjects(row, meeting, tell):
                claims.by_subject[subject].append(row)
        return claims

    def first(self, *subject: Hashable) -> Evidence | None:
        return next(iter(self.by_subject.get(subject, ())), None)

    def date(self) -> Evidence | None:
        return self.first(Field.DATE)

    def place(self) -> Evidence | None:
        return self.first(Field.PLACE)

    def medium(self) -> Evidence | None:
        return self.first(Field.MEDIUM)

    def meeting(self) -> Evidence | None:
        return self.first(Field.MEETING)

    def participant(self, participant: Participant) -> Evidence | None:
        return self.first(Field.PARTICIPANT, participant.pk)

    def role(self, participant: Participant) -> Evidence | None:
        """The passage in which the role stands beside the quote or in it, else the surest one."""
        told = self.by_subject.get((Field.PARTICIPANT, participant.pk), ())
        naming = (row for row in told if participant.role and participant.role.lower() in in_context(row).lower())
        return next(naming, self.participant(participant))

    def issue(self, item: MeetingIssue) -> Evidence | None:
        return self.first(Field.ISSUE, item.issue_id or item.name)

    def statement(self, pk: int) -> Evidence | None:
        return self.first(Field.STATEMENT, pk)

    def told(self, account: Account, what: str) -> Evidence | None:
        return self.first("account", account.pk, what)


def subjects(row: Evidence, meeting: Meeting, accounts: dict[int, Account]) -> Iterable[tuple]:
    """What a row of evidence supports: a value of the meeting, when its account tells the same, and that of the account."""
    if row.statement_id:
        yield Field.STATEMENT, row.statement_id
    elif row.participant_id:
        yield Field.PARTICIPANT, row.participant.participant_id
        yield "account", row.account_id, Field.PARTICIPANT, row.participant_id
    elif row.issue_id:
        yield Field.ISSUE, row.issue.issue_id or row.issue.name
        yield "account", row.account_id, Field.ISSUE, row.issue_id
    else:
        account = accounts[row.account_id]
        values = {Field.DATE: "date", Field.PLACE: "place_id", Field.MEDIUM: "medium"}
        value = values.get(row.field)
        if value is None or row.rule == EDITOR or getattr(account, value) == getattr(meeting, value):
            yield (row.field,)
        yield "account", row.account_id, row.field


def in_context(row: Evidence) -> str:
    return f"{row.prefix}{row.quote}{row.suffix}"
