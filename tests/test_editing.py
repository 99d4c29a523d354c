"""What editors do to meetings: corrected, added, split and moved, each with its passage, and each taken back again."""

import pytest
from factories import CollectionFactory, EditorFactory
from told import TEXT, File, at, document, meeting, person, statement, store

from meetings import decisions, editing
from meetings.editing import Cited
from meetings.models import Account, Document, Evidence, Judgement, Meeting
from meetings.records import ExtractedIssue, Extraction, Field
from meetings.storage import save

pytestmark = pytest.mark.django_db

TWO = """Readout of two calls

Foreign Minister Ana Duarte met Minister Jonas Lind in Lisbon on 3 March 1995. They discussed fisheries.

On 5 March 1995 Duarte received Ambassador Rui Alves in Porto. Alves said that the port was ready. They spoke of tariffs.
"""
PASSAGE = TWO.split("\n\n")[2].rstrip("\n")
NEWS = TEXT.replace("Readout of the talks in Lisbon", "News of the talks in Lisbon").replace("They discussed", "On")


@pytest.fixture
def editor():
    return EditorFactory()


def mixed():
    """One account that takes the two encounters of a text for one."""
    people = (person("Ana Duarte", "PT", TWO), person("Jonas Lind", "SE", TWO), person("Rui Alves", "BR", TWO))
    issues = tuple(
        ExtractedIssue(name.title(), name, evidence=(at(TWO, name, Field.ISSUE),)) for name in ("fisheries", "tariffs")
    )
    return meeting(TWO, participants=people, issues=issues)


def store_mixed(pipeline="test/1", **values):
    said = statement(TWO, "the port was ready", "Rui Alves", country="BR")
    return store(document(TWO), mixed(), statements=(said,), pipeline=pipeline, **values)


def cited(stored: Document, quote: str) -> Cited:
    start = stored.revision.text.index(quote)
    return Cited(stored, start, start + len(quote))


def names(found: Meeting) -> list[str]:
    return [row.name for row in found.participants.order_by("order", "pk")]


def listed(user) -> list[tuple[str, list[str]]]:
    return sorted((found.title, names(found)) for found in Meeting.objects.visible_to(user))


def party(name: str, country: str | None, **values) -> dict:
    return {"person": None, "name": name, "role": "", "country": country, "organisation": None, "body": "", "attendance": "principal"} | values  # fmt: skip


def read_again(stored: Document) -> None:
    """The same file through a newer pipeline."""
    store_mixed(pipeline=f"{stored.pipeline}+")


def test_a_changed_value_has_its_reason_and_its_author(editor):
    store()
    found = Meeting.objects.get()
    (made,) = editing.change(editor, found, {"date": "1995-03-02"}, "The readout errs.")
    found.refresh_from_db()
    assert (found.date, made.previous, made.reason, made.made_by) == (
        "1995-03-02", "1995-03-03", "The readout errs.", editor
    )  # fmt: skip


def test_what_rests_on_a_restricted_document_is_not_told_to_everybody(editor):
    store()
    found = Meeting.objects.get()
    CollectionFactory(name="Vault", slug="vault", public=False)
    closed = store(document(NEWS, kind="news", collection="Vault"), meeting(NEWS))
    assert closed.accounts.get().meeting == found
    named = party("Rui Alves", "PT")
    editing.add_row(editor, found, "participant", named, cited=cited(closed, "Minister Jonas Lind"))
    store(document(), meeting(confidence=0.7), pipeline="test/2")
    assert names(found) == ["Ana Duarte", "Jonas Lind"]
    assert "Rui Alves" in [row.name for row in closed.accounts.get().participants.all()]


def test_a_value_that_is_so_already_is_not_decided_again(editor):
    store()
    assert editing.change(editor, Meeting.objects.get(), {"date": "1995-03-03"}) == []


def test_a_marked_name_is_a_participant_with_that_passage_as_evidence(editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    editing.add_row(editor, found, "participant", party("Ambassador", "BR"), cited=cited(stored, "Ambassador"))
    read_again(stored)
    row = found.participants.get(name="Ambassador")
    claim = Evidence.objects.get(participant__participant=row)
    assert (claim.quote, claim.rule, claim.start) == ("Ambassador", "editor", TWO.index("Ambassador"))


def test_a_participant_who_was_added_goes_with_their_evidence_when_that_is_taken_back(editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    made = editing.add_row(editor, found, "participant", party("Ambassador", "BR"), cited=cited(stored, "Ambassador"))
    decisions.withdraw(editor, made)
    assert names(found) == ["Ana Duarte", "Jonas Lind", "Rui Alves"]
    assert not Evidence.objects.filter(rule="editor").exists()


def test_what_was_corrected_in_an_added_participant_goes_with_them(editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    made = editing.add_row(editor, found, "participant", party("Ambassador", "BR"), cited=cited(stored, "Ambassador"))
    row = found.participants.get(name="Ambassador")
    editing.correct_row(editor, found, row, party("Paulo Reis", "BR"))
    assert "Paulo Reis" in names(found)
    decisions.withdraw(editor, made)
    assert names(found) == ["Ana Duarte", "Jonas Lind", "Rui Alves"]


def test_a_later_decision_on_a_renamed_participant_means_the_same_one_after_the_renaming_is_taken_back(editor):
    store_mixed()
    found = Meeting.objects.get()
    renamed = editing.correct_row(editor, found, found.participants.get(name="Rui Alves"), party("Paulo Reis", "BR"))
    editing.remove_row(editor, found, found.participants.get(name="Paulo Reis"))
    decisions.withdraw(editor, renamed)
    assert names(found) == ["Ana Duarte", "Jonas Lind"]


def test_accounts_that_are_split_off_are_a_meeting_of_their_own_and_stay_so(editor):
    store()
    news = store(document(NEWS, kind="news"), meeting(NEWS))
    found = Meeting.objects.get()
    editing.change(editor, found, {"title": "The Lisbon talks"})
    other = editing.split(editor, found, list(news.accounts.all()), "Another day.")
    store(document(NEWS, kind="news"), meeting(NEWS, confidence=0.7), pipeline="test/2")
    store(document(), meeting(confidence=0.7), pipeline="test/2")
    assert Account.objects.get(document=news).meeting == other
    found.refresh_from_db()
    other.refresh_from_db()
    # What was decided on the meeting before is about the accounts that stayed.
    assert (found.title, other.title) == ("The Lisbon talks", "Ana Duarte with Jonas Lind")


def test_a_split_that_is_taken_back_leads_from_the_one_address_to_the_other(editor):
    store()
    news = store(document(NEWS, kind="news"), meeting(NEWS))
    found = Meeting.objects.get()
    other = editing.split(editor, found, list(news.accounts.all()))
    decisions.withdraw(editor, [Judgement.objects.filter(verb="split").get()])
    other.refresh_from_db()
    assert (other.merged_into, found.accounts.count()) == (found, 2)


def test_a_split_needs_accounts_that_go_and_accounts_that_stay(editor):
    store()
    found = Meeting.objects.get()
    with pytest.raises(ValueError, match="some must stay"):
        editing.split(editor, found, list(found.accounts.all()))


def test_a_passage_becomes_a_meeting_of_its_own_with_all_that_it_supports(editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    own = editing.move(
        editor, found.accounts.get(), [(cited(stored, PASSAGE), "")], values={"date": "1995-03-05"}, reason="Two calls."
    )
    for _ in range(2):
        assert (names(found), names(own), own.date) == (["Ana Duarte", "Jonas Lind"], ["Rui Alves"], "1995-03-05")
        assert [str(item) for item in own.agenda.all()] == ["Tariffs"]
        assert own.accounts.get().statements.get().text == "the port was ready"
        assert set(Evidence.objects.filter(account__meeting=own).values_list("quote", flat=True)) >= {
            "Rui Alves",
            "tariffs",
        }
        read_again(stored)
        own = Meeting.objects.get(pk=own.pk)


def test_a_passage_that_was_moved_goes_back(editor):
    stored = store_mixed()
    before = (
        listed(editor),
        list(Evidence.objects.order_by("start", "pk").values_list("account", "quote", "participant")),
    )
    editing.move(editor, Account.objects.get(), [(cited(stored, PASSAGE), "")])
    decisions.withdraw(editor, [Judgement.objects.get(verb="move")])
    after = (
        listed(editor),
        list(Evidence.objects.order_by("start", "pk").values_list("account", "quote", "participant")),
    )
    assert after == before
    assert stored.statements.get().account.meeting.title == before[0][0][0]


def test_a_participant_whom_other_passages_name_too_takes_part_in_both_meetings(editor):
    people = (
        person("Jonas Lind", "SE", TWO),
        person("Rui Alves", "BR", TWO),
    )
    start = TWO.index("Duarte received")
    duarte = person("Ana Duarte", "PT", TWO)
    both = (*duarte.evidence, at(TWO[:start] + TWO[start:], "Duarte received", Field.PARTICIPANT))
    duarte = type(duarte)(duarte.name, country="PT", evidence=both)
    stored = store(document(TWO), meeting(TWO, participants=(duarte, *people)))
    found = Meeting.objects.get()
    own = editing.move(editor, found.accounts.get(), [(cited(stored, PASSAGE), "")])
    assert (names(found), names(own)) == (["Ana Duarte", "Jonas Lind"], ["Ana Duarte", "Rui Alves"])
    decisions.withdraw(editor, [Judgement.objects.get(verb="move")])
    assert names(found) == ["Ana Duarte", "Jonas Lind", "Rui Alves"]
    assert not Account.objects.filter(found=False).exists()


def test_a_passage_moves_to_a_meeting_that_another_document_tells_of(editor):
    stored = store_mixed()
    news = store(document(NEWS, date="1996-01-01"), meeting(NEWS, date="1995-12-30"))
    found, to = stored.accounts.get().meeting, news.accounts.get().meeting
    assert editing.move(editor, found.accounts.get(), [(cited(stored, PASSAGE), "")], to) == to
    read_again(stored)
    assert set(names(to)) == {"Ana Duarte", "Jonas Lind", "Rui Alves"}
    assert to.accounts.count() == 2


def test_a_meeting_that_the_machine_missed_has_its_passage_and_stays(editor):
    stored = store(
        document(TWO), meeting(TWO, participants=(person("Ana Duarte", "PT", TWO), person("Jonas Lind", "SE", TWO)))
    )
    made = editing.add_meeting(
        editor,
        cited(stored, PASSAGE),
        {"date": "1995-03-05", "status": "held", "place": {"name": "Porto", "country": "PT", "precision": "city"}},
        [(party("Ana Duarte", "PT"), None), (party("Rui Alves", "BR"), cited(stored, "Rui Alves"))],
        [({"issue": None, "name": "Tariffs"}, cited(stored, "tariffs"))],
        "Missed.",
    )
    store(document(TWO), meeting(TWO, confidence=0.5), pipeline="test/2")
    made.refresh_from_db()
    assert (made.date, str(made.place), names(made)) == ("1995-03-05", "Porto, Portugal", ["Ana Duarte", "Rui Alves"])
    assert [str(item) for item in made.agenda.all()] == ["Tariffs"]
    told = made.accounts.get()
    assert (told.date, told.found, told.anchor) == ("1995-03-05", False, PASSAGE)
    assert {claim.quote for claim in told.evidence.all()} == {PASSAGE, "Rui Alves", "tariffs"}


def test_what_is_added_to_a_document_is_added_to_its_copies_as_well(editor):
    stored = store_mixed()
    copy = store(document(TWO, collection="Copies"), mixed())
    made = editing.add_meeting(editor, cited(stored, PASSAGE), {}, [(party("Rui Alves", "BR"), None)])
    assert {account.document for account in made.accounts.all()} == {stored, copy}
    assert (made.account_count, names(made)) == (1, ["Rui Alves"])


def test_a_meeting_that_was_added_goes_when_that_is_taken_back_with_all_that_was_decided_on_it(editor):
    stored = store_mixed()
    before = listed(editor)
    made = editing.add_meeting(
        editor, cited(stored, PASSAGE), {"date": "1995-03-05"}, [(party("Rui Alves", "BR"), None)]
    )
    editing.change(editor, made, {"title": "The Porto call"})
    decisions.withdraw(editor, [Judgement.objects.get(subject="account")])
    assert listed(editor) == before
    assert not Judgement.objects.standing().exists()


def test_a_meeting_that_was_added_is_the_one_that_the_machine_finds_later(editor):
    stored = store(document(TWO), meeting(TWO))
    made = editing.add_meeting(
        editor, cited(stored, PASSAGE), {"date": "1995-03-05"}, [(party("Rui Alves", "BR"), None)]
    )
    later = meeting(
        TWO, "On 5 March 1995 Duarte received Ambassador Rui Alves in Porto", date="1995-03-05", place=None, issues=(),
        participants=(person("Rui Alves", "BR", TWO), person("Duarte", "PT", TWO)),
    )  # fmt: skip
    store(document(TWO), meeting(TWO), later, pipeline="test/2")
    assert Meeting.objects.visible_to(editor).count() == 2
    assert set(names(made)) == {"Rui Alves", "Duarte"}
    assert made.accounts.get().found


def test_evidence_and_additions_are_found_again_in_a_new_reading_of_the_text(editor):
    stored = store_mixed()
    made = editing.add_meeting(editor, cited(stored, PASSAGE), {"date": "1995-03-05"}, [(party("Rui Alves", "BR"), cited(stored, "Rui Alves"))])  # fmt: skip
    text = "A line that a newer reader keeps.\n\n" + TWO.replace("received Ambassador", "received\nAmbassador")
    again = document(text, reader="test/2")
    with_name = store(document(TWO), mixed()).file_name
    save(
        File(with_name, stored.sha256),
        again,
        Extraction((meeting(text, text.split("\n\n")[2].split(". ")[0]),), pipeline="test/3"),
    )
    claims = Evidence.objects.filter(account__meeting=made)
    assert {claim.quote for claim in claims} == {
        PASSAGE.replace("received Ambassador", "received\nAmbassador"),
        "Rui Alves",
    }
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
    assert not Judgement.objects.filter(astray=True).exists()


def test_a_passage_that_was_taken_for_evidence_of_a_meeting_keeps_its_account_in_it(editor):
    store()
    news = store(document(NEWS, kind="news"), meeting(NEWS))
    found = Meeting.objects.get()
    editing.cite(editor, found, "date", cited(news, "Lisbon on 3 March 1995"))
    store(document(NEWS, kind="news"), meeting(NEWS, participants=(), date="1995-04-20"), pipeline="test/2")
    assert Evidence.objects.get(rule="editor").account.meeting == found


def test_what_no_longer_anchors_is_kept_and_listed(editor):
    stored = store_mixed()
    made = editing.add_meeting(editor, cited(stored, PASSAGE), {"date": "1995-03-05"}, [(party("Rui Alves", "BR"), cited(stored, "Rui Alves"))])  # fmt: skip
    text = TWO.replace(PASSAGE, "The rest of the page is missing.")
    save(File(stored.file_name, stored.sha256), document(text), Extraction((meeting(text),), pipeline="test/3"))
    made.refresh_from_db()
    assert (made.date, made.account_count, names(made)) == ("1995-03-05", 1, ["Rui Alves"])
    assert set(Judgement.objects.filter(astray=True).values_list("subject", flat=True)) == {"account", "participant"}
