"""Whatever people decide, in any order, stays when everything is ingested again by a pipeline that finds other things; and
whatever is taken back leaves no trace in what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations, product
from typing import Any

import pytest
from django.db import transaction
from factories import EditorFactory
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from told import File, at, document, meeting, person, statement

from meetings import decisions, editing, judgements
from meetings.editing import Cited
from meetings.judgements import participant_key, participant_values, portable
from meetings.models import Account, Evidence, Judgement, Meeting, MeetingIssue, Participant
from meetings.records import ExtractedIssue, ExtractedMeeting, Extraction, Field
from meetings.storage import save

pytestmark = pytest.mark.django_db

READOUT = """Readout of the minister's week

Foreign Minister Ana Duarte met Minister Jonas Lind in Lisbon on 3 March 1995. They discussed fisheries. Lind said that quotas were too low.

On 5 March 1995 Ana Duarte received Ambassador Rui Alves in Porto. Alves said that the port was ready. They spoke of tariffs and, briefly, of fisheries.
"""
NEWS = """Ministers meet

Ana Duarte and Jonas Lind met in Lisbon on 3 March 1995 over a quarrel about fisheries.

Later that week Jonas Lind saw Paulo Reis, a ship owner, about the port of Setubal.
"""
CABLE = """Visit of the deputy minister

1. Deputy Minister Marta Costa called on Secretary Erik Holm on 20 June 1996 in Stockholm. Holm raised customs and visas.

2. Costa later telephoned Pedro Nunes, whom the embassy does not know.
"""
TEXTS = (READOUT, NEWS, CABLE)


def issue(text: str, name: str) -> ExtractedIssue:
    return ExtractedIssue(name.title(), name, evidence=(at(text, name, Field.ISSUE),))


def told_in(
    text: str, quote: str, date: str, people: list[tuple[str, str]], issues: list[str], **values
) -> ExtractedMeeting:
    parties = tuple(person(name, country, text) for name, country in people)
    about = tuple(issue(text, name) for name in issues)
    return meeting(text, quote, date=date, participants=parties, issues=about, place=None, **values)


def first_reading(number: int) -> list[ExtractedMeeting]:
    """What the first pipeline finds in a text."""
    if number == 0:
        return [
            told_in(READOUT, "Foreign Minister Ana Duarte met Minister Jonas Lind", "1995-03-03", [("Ana Duarte", "PT"), ("Jonas Lind", "SE")], ["fisheries"]),
            told_in(READOUT, "Ana Duarte received Ambassador Rui Alves", "1995-03-05", [("Ana Duarte", "PT"), ("Rui Alves", "BR")], ["tariffs"]),
        ]  # fmt: skip
    if number == 1:
        return [told_in(NEWS, "Ana Duarte and Jonas Lind met in Lisbon", "1995-03-03", [("Ana Duarte", "PT"), ("Jonas Lind", "SE")], ["fisheries"])]  # fmt: skip
    return [told_in(CABLE, "Marta Costa called on Secretary Erik Holm", "1996-06-20", [("Marta Costa", "PT"), ("Erik Holm", "SE")], ["customs", "visas"])]  # fmt: skip


def ingest(number: int, found: list[ExtractedMeeting], pipeline: str) -> None:
    said = (statement(READOUT, "the port was ready", "Rui Alves", country="BR", meeting=None),) if number == 0 else ()
    kind = ("readout", "news", "cable")[number]
    source = document(TEXTS[number], kind=kind)
    extraction = Extraction(tuple(found), said, pipeline=pipeline)
    save(File(f"{number}.txt", sha256(source.text.encode()).hexdigest()), source, extraction)


# Another pipeline: each found meeting is read a little otherwise, not at all, or with another beside it.


def shorter(found: ExtractedMeeting) -> ExtractedMeeting:
    """Another clause of the same sentence is taken for the one that tells of it."""
    claim = found.evidence[0]
    return replace(found, evidence=(replace(claim, end=claim.start + (claim.end - claim.start) // 2),))


CHANGES: dict[str, Callable[[ExtractedMeeting], ExtractedMeeting | None]] = {
    "as before": lambda found: replace(found, confidence=0.7),
    "another clause": shorter,
    "another date": lambda found: replace(found, date="1995-03-04"),
    "no date": lambda found: replace(found, date=None),
    "one participant less": lambda found: replace(found, participants=found.participants[:-1]),
    "surnames": lambda found: replace(
        found, participants=tuple(replace(each, name=each.name.split()[-1]) for each in found.participants)
    ),
    "no issues": lambda found: replace(found, issues=()),
    "another form and status": lambda found: replace(found, medium="phone", status="planned"),
    "not found": lambda found: None,
}


# What is decided, and how one sees that it stands


@dataclass
class Decided:
    act: Any
    what: str
    stands: Callable[[], bool]


@dataclass
class Desk:
    """An editor at work on the documents."""

    user: Any
    decided: list[Decided] = field(default_factory=list)
    withdrawn: list[Decided] = field(default_factory=list)
    number: int = 0

    def meetings(self) -> list[Meeting]:
        return list(Meeting.objects.visible_to(self.user).order_by("pk"))

    def pick(self, rows, index: int):
        rows = list(rows)
        return rows[index % len(rows)] if rows else None

    def fresh(self, word: str) -> str:
        self.number += 1
        return f"{word} {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[self.number % 26] * 3}{self.number}"

    def kept(self, made: list[Judgement], what: str, stands: Callable[[], bool]) -> None:
        if made:
            self.decided.append(Decided(made[0].act, what, stands))

    def passage(self, meeting: Meeting | None, a: int) -> Cited:
        """Some sentence of a document that tells of the meeting, or of any."""
        accounts = Account.objects.filter(meeting=meeting) if meeting else Account.objects.all()
        told = self.pick(accounts.select_related("document").order_by("pk"), a)
        text = told.document.revision.text
        sentences = [part for block in text.split("\n\n")[1:] for part in block.strip().split(". ") if len(part) > 30]
        quote = self.pick(sentences, a // 3)
        return Cited(told.document, text.index(quote), text.index(quote) + len(quote))

    # each of the acts takes two numbers, which choose

    def set_value(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        values = [
            {"date": "1995-03-02"}, {"date": "1996~"}, {"title": self.fresh("Talks")}, {"status": "cancelled"},
            {"medium": "video"}, {"duration": 95}, {"time": "09:30:00"}, {"date": ""},
            {"place": {"name": "Sintra", "country": "PT", "precision": "city"}, "place_inferred": False},
        ]  # fmt: skip
        value = self.pick(values, b)
        cited = self.passage(found, b) if b % 3 == 0 else None
        made = editing.change(self.user, found, value, "as the diary says", cited)
        self.kept(
            made, f"{value}", lambda: all(portable(getattr(now(found), name)) == each for name, each in value.items())
        )

    def review(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        verb, state = self.pick([("confirm", "confirmed"), ("reject", "rejected"), ("unsure", "unsure")], b)
        made = decisions.review(self.user, found, verb, "looked at")
        self.kept(made, verb, lambda: now(found).review == state)

    def add_participant(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        value = party(self.fresh("Nuno"), self.pick(["PT", "SE", None], b), role="Adviser")
        made = editing.add_row(self.user, found, "participant", value, "", self.passage(found, b) if b % 2 else None)
        self.kept(made, f"add {value['name']}", lambda: value in people(now(found)))

    def correct_participant(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        row = self.pick(found.participants.select_related("person", "country", "organisation"), b)
        if row is None:
            return
        value = participant_values(row) | self.pick(
            [{"role": "Envoy"}, {"attendance": "interpreter"}, {"name": self.fresh("Rosa"), "person": None}], b
        )
        made = editing.correct_row(self.user, found, row, value, "", self.passage(found, b) if b % 2 else None)
        self.kept(made, f"correct {row} to {value}", lambda: value in people(now(found)))

    def remove_participant(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        row = self.pick(found.participants.select_related("person", "country", "organisation"), b)
        if row is None:
            return
        key = participant_key(row.name, row.role, row.side)
        made = editing.remove_row(self.user, found, row)
        self.kept(made, f"remove {key}", lambda: key not in keys(now(found)))

    def change_agenda(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        item = self.pick(found.agenda.all(), b // 3)
        if b % 3 == 0 or item is None:
            value = {"issue": None, "name": self.fresh("Question")}
            made = editing.add_row(self.user, found, "issue", value, "", self.passage(found, b) if b % 2 else None)
            self.kept(made, f"add {value['name']}", lambda: value["name"] in topics(now(found)))
        elif b % 3 == 1:
            value = {"issue": None, "name": self.fresh("Matter")}
            made = editing.correct_row(self.user, found, item, value)
            self.kept(made, f"{item} to {value['name']}", lambda: value["name"] in topics(now(found)))
        else:
            made = editing.remove_row(self.user, found, item)
            self.kept(made, f"remove {item}", lambda: item.name not in topics(now(found)))

    def split(self, a: int, b: int) -> None:
        several = [found for found in self.meetings() if found.accounts.count() > 1]
        found = self.pick(several, a)
        if found is None:
            return
        accounts = list(found.accounts.select_related("document").order_by("pk"))
        going = accounts[: 1 + b % (len(accounts) - 1)]
        pairs = list(product([one.mark for one in going], [one.mark for one in accounts[len(going) :]]))
        editing.split(self.user, found, going, "two meetings")
        self.kept([self.last()], "split", lambda: all(not together(*pair) for pair in pairs))

    def join(self, a: int, b: int) -> None:
        found = self.meetings()
        if len(found) < 2:
            return
        one, other = self.pick(combinations(found, 2), a)
        pairs = list(product(one.accounts.select_related("document"), other.accounts.select_related("document")))

        def write(number):
            for pair in pairs:
                yield from judgements.record_pair(self.user, *pair, True, "one meeting", number)

        made = editing.act(write)
        marks = [(one.mark, other.mark) for one, other in pairs]
        self.kept(made, "join", lambda: all(together(*pair) for pair in marks))

    def move(self, a: int, b: int) -> None:
        account = self.pick(
            Account.objects.filter(meeting__in=self.meetings()).select_related("document", "meeting").order_by("pk"), a
        )
        others = [found for found in self.meetings() if found != account.meeting]
        to = self.pick(others, b // 2) if b % 2 else None
        cited = self.passage(account.meeting, b)
        if cited.document != account.document:
            return
        arrived = editing.move(
            self.user, account, [(cited, "")], to, None if to else {"date": "1995-03-06"}, "not this one"
        )
        mark = account.mark
        self.kept(
            [self.last()],
            f"move {cited.selector().quote[:20]!r} from {mark}",
            lambda: not Evidence.objects.exclude(rule="editor").filter(
                account__mark=mark, start__gte=cited.start, start__lt=cited.end, revision__current=True
            ).exists() and now(arrived).account_count > 0,
        )  # fmt: skip

    def add_meeting(self, a: int, b: int) -> None:
        cited, name = self.passage(None, a), self.fresh("Pedro")
        quote = cited.selector().quote
        word = quote.split()[-1]
        where = cited.start + quote.rindex(word)
        naming = Cited(cited.document, where, where + len(word))
        values = self.pick([{"date": "1997-01-02", "status": "held"}, {"medium": "phone", "status": "planned"}, {}], b)
        value = party(name, "PT")
        made = editing.add_meeting(
            self.user, cited, values, [(value, naming), (party(self.fresh("Inês"), "SE"), None)], [], "missed"
        )
        self.kept(
            [self.last()],
            f"missed {name}",
            lambda: value in people(now(made)) and all(portable(getattr(now(made), key)) == each for key, each in values.items())
            and {quote, word} <= set(Evidence.objects.filter(rule="editor", account__meeting=now(made)).values_list("quote", flat=True)),
        )  # fmt: skip

    def cite(self, a: int, b: int) -> None:
        found = self.pick(self.meetings(), a)
        cited = self.passage(found, b)
        row = self.pick([None, *found.participants.select_related("person", "country", "organisation")], b // 2)
        made = editing.cite(self.user, found, "participant" if row else "date", cited, row)
        quote = cited.selector().quote
        self.kept(
            made, f"cite {quote[:20]!r}",
            lambda: Evidence.objects.filter(rule="editor", quote=quote, account__meeting=now(found)).exists(),
        )  # fmt: skip

    def withdraw(self, a: int, b: int) -> None:
        one = self.pick(self.decided, a)
        if one is None:
            return
        rows = decisions.withdraw(self.user, Judgement.objects.filter(act=one.act)[:1])
        gone = {row.act for row in rows}
        self.withdrawn += [each for each in self.decided if each.act in gone]
        self.decided = [each for each in self.decided if each.act not in gone]

    def last(self) -> Judgement:
        return Judgement.objects.filter(made_by=self.user, withdrawn_at=None).order_by("-made_at", "-pk").first()


ACTS = [
    Desk.set_value, Desk.review, Desk.add_participant, Desk.correct_participant, Desk.remove_participant, Desk.change_agenda,
    Desk.split, Desk.join, Desk.move, Desk.add_meeting, Desk.cite, Desk.withdraw,
]  # fmt: skip


def party(name: str, country: str | None, role: str = "") -> dict:
    return {"person": None, "name": name, "role": role, "country": country, "organisation": None, "body": "", "attendance": "principal"}  # fmt: skip


def now(found: Meeting) -> Meeting:
    """The meeting that an address leads to today."""
    found = Meeting.objects.select_related("place").get(pk=found.pk)
    while found.merged_into_id:
        found = Meeting.objects.select_related("place").get(pk=found.merged_into_id)
    return found


def rows_of(found: Meeting) -> Iterator[Participant]:
    return Participant.objects.filter(meeting=found).select_related("person", "country", "organisation")


def people(found: Meeting) -> list[dict]:
    return [participant_values(row) for row in rows_of(found)]


def keys(found: Meeting) -> set[str]:
    return {participant_key(row.name, row.role, row.side) for row in rows_of(found)}


def topics(found: Meeting) -> list[str]:
    return [item.name for item in MeetingIssue.objects.filter(meeting=found)]


def together(one: str, other: str) -> bool:
    """Whether both accounts are there, and of one meeting: one that an editor added goes when that is taken back."""
    meetings = list(Account.objects.filter(mark__in=(one, other)).values_list("meeting", flat=True))
    return len(meetings) == 2 and len(set(meetings)) == 1


def content() -> list:
    """All that is shown, without addresses."""
    return sorted(
        repr((
            found.title, found.date, found.status, found.medium, str(found.place), found.time, found.duration, found.review,
            sorted(map(str, people(found))), sorted(topics(found)),
            sorted(
                (claim.quote, claim.field, claim.rule, str(claim.participant), str(claim.issue))
                for claim in Evidence.objects.filter(account__meeting=found).select_related("participant__person", "issue")
            ),
        ))
        for found in Meeting.objects.filter(merged_into=None, account_count__gt=0)
    )  # fmt: skip


STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=9)
READINGS = st.tuples(*(st.lists(st.sampled_from(list(CHANGES)), min_size=2, max_size=2) for _ in TEXTS))
RUN = {"suppress_health_check": list(HealthCheck), "derandomize": True, "database": None}


def outlives(steps, readings) -> None:
    with transaction.atomic():
        for number in range(3):
            ingest(number, first_reading(number), "test/1")
        desk = Desk(EditorFactory())
        for act, a, b in steps:
            act(desk, a, b)
        # One that was overruled by a later one need not stand.
        standing = [one for one in desk.decided if one.stands()]
        said = list(Judgement.objects.order_by("pk").values("pk", "reason", "made_by", "value", "withdrawn_at"))
        again_and_again(readings)
        assert [one.what for one in standing if not one.stands()] == []
        assert list(Judgement.objects.order_by("pk").values("pk", "reason", "made_by", "value", "withdrawn_at")) == said
        transaction.set_rollback(True)


def again_and_again(readings) -> None:
    for round in range(2):
        for number, changes in enumerate(readings):
            found = [CHANGES[changes[round]](each) for each in first_reading(number)]
            ingest(number, [each for each in found if each], f"test/{round + 2}")


def leaves_no_trace(steps, readings) -> None:
    with transaction.atomic():
        for number in range(3):
            ingest(number, first_reading(number), "test/1")
        before = content()
        desk = Desk(EditorFactory())
        for act, a, b in steps:
            act(desk, a, b)
        while desk.decided:
            desk.withdraw(len(desk.decided) - 1, 0)
        assert content() == before
        again_and_again(readings)
        after = content()
        transaction.set_rollback(True)
    with transaction.atomic():
        for number in range(3):
            ingest(number, first_reading(number), "test/1")
        again_and_again(readings)
        assert after == content()
        transaction.set_rollback(True)


AS_BEFORE = ["as before", "as before"]


@settings(max_examples=5, **RUN)
@given(STEPS, READINGS)
# Two accounts that were one meeting anyhow are joined to a third; then the two are read as if they were different ones.
@example([(Desk.join, 1, 0)], (["as before", "another form and status"], ["as before", "another date"], AS_BEFORE))
def test_whatever_is_decided_stays_when_everything_is_ingested_again(steps, readings):
    outlives(steps, readings)


@settings(max_examples=3, **RUN)
@given(STEPS, READINGS)
def test_whatever_is_taken_back_leaves_no_trace(steps, readings):
    leaves_no_trace(steps, readings)


@pytest.mark.soak
@settings(**(RUN | {"max_examples": 200, "derandomize": False}))
@given(STEPS, READINGS)
def test_whatever_is_decided_stays_at_length(steps, readings):
    outlives(steps, readings)


@pytest.mark.soak
@settings(**(RUN | {"max_examples": 100, "derandomize": False}))
@given(STEPS, READINGS)
def test_whatever_is_taken_back_leaves_no_trace_at_length(steps, readings):
    leaves_no_trace(steps, readings)
