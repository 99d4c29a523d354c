"""What a person decided can be taken back, and is kept on record all the same."""

import pytest
from factories import EditorFactory
from told import TEXT, document, meeting, person, store

from meetings import decisions, judgements, overrides
from meetings.encounters import regroup
from meetings.models import Country, Judgement, Meeting, Participant, Person, Position

pytestmark = pytest.mark.django_db

REPORT = TEXT.replace("Readout of the talks in Lisbon", "News of the talks in Lisbon").replace("They discussed", "On")


@pytest.fixture
def editor():
    return EditorFactory()


@pytest.fixture
def found():
    store()
    return Meeting.objects.get()


def decide(editor, found, **values) -> list[Judgement]:
    before = decisions.State.of(found)
    Meeting.objects.filter(pk=found.pk).update(**values)
    made = decisions.decide(editor, found, before)
    found.refresh_from_db()
    return made


def test_a_value_that_was_set_is_derived_again_and_the_decision_is_kept(found, editor):
    made = decide(editor, found, title="The Lisbon talks")
    decisions.withdraw(editor, made)
    found.refresh_from_db()
    assert found.title == "Ana Duarte with Jonas Lind"
    kept = Judgement.objects.get()
    assert (kept.value, kept.withdrawn_by, kept.withdrawn_at is None) == ("The Lisbon talks", editor, False)


def test_the_decision_before_counts_again(found, editor):
    decide(editor, found, title="Talks")
    decisions.withdraw(editor, decide(editor, found, title="The Lisbon talks"))
    found.refresh_from_db()
    assert found.title == "Talks"


def test_what_was_taken_back_does_not_come_back_when_the_document_is_read_again(found, editor):
    decisions.withdraw(editor, decisions.review(editor, found, "reject", "An internal meeting."))
    store(document(), meeting(confidence=0.7), pipeline="test/2")
    assert Meeting.objects.get().review == "unreviewed"
    assert Judgement.objects.get().reason == "An internal meeting."


def test_a_meeting_that_only_a_withdrawn_decision_kept_goes_when_the_machine_no_longer_finds_it(found, editor):
    decisions.withdraw(editor, decisions.review(editor, found, "confirm"))
    other = meeting(quote="Lind said that quotas were too low", date="1990", participants=(person("Rui Alves", "PT"),))
    store(document(), other, pipeline="test/2")
    assert not Meeting.objects.filter(pk=found.pk, account_count=1).exists()


def test_what_was_decided_on_several_accounts_is_taken_back_as_one(found, editor):
    store(document(REPORT, kind="news"), meeting(REPORT))
    assert found.accounts.count() == 2
    made = decide(editor, found, title="The Lisbon talks")
    assert len(made) == 2
    assert len(decisions.withdraw(editor, made[:1])) == 2
    assert not Judgement.objects.standing().exists()


def test_a_withdrawn_decision_can_be_made_again(found, editor):
    made = decide(editor, found, title="The Lisbon talks")
    decisions.withdraw(editor, made)
    again = decisions.reinstate(editor, made)
    found.refresh_from_db()
    assert found.title == "The Lisbon talks"
    assert again[0].act != made[0].act
    assert Judgement.objects.count() == 2


def test_meetings_taken_for_one_part_again(found, editor):
    store(document(REPORT, kind="news"), meeting(REPORT, date="1995-04-20"))
    one, other = Meeting.objects.order_by("pk")
    made = judgements.record_pair(editor, one.accounts.get(), other.accounts.get(), same=True)
    regroup([one.accounts.get().pk])
    assert Meeting.objects.visible_to(editor).count() == 1
    decisions.withdraw(editor, made)
    assert Meeting.objects.visible_to(editor).count() == 2


def test_a_record_gets_back_the_value_before_anybody_decided(editor):
    for before, after in (("Portugal", "Portugual"), ("Portugual", "Lusitania")):
        old = Country.objects.get(pk="PT")
        new = Country.objects.get(pk="PT")
        assert old.name == before
        new.name = after
        new.save()
        overrides.record_values(editor, old, new, ["name"])
    first, second = Judgement.objects.order_by("pk")
    decisions.withdraw(editor, [second])
    assert Country.objects.get(pk="PT").name == "Portugual"
    decisions.withdraw(editor, [first])
    assert Country.objects.get(pk="PT").name == "Portugal"


def test_a_position_that_was_removed_comes_back(editor):
    someone = Person.objects.create(name="Rui Alves")
    post = Position.objects.create(person=someone, title="Mayor", country_id="PT", start="1990", end="1994")
    names = ["title", "country", "organisation", "start", "end"]
    values = overrides.values_of(post, names)
    post.delete()
    made = overrides.record_row(editor, someone, "remove", post, previous=values)
    decisions.withdraw(editor, [made])
    assert overrides.values_of(someone.positions.get(), names) == values
    decisions.reinstate(editor, [made])
    assert not someone.positions.exists()


def test_a_record_that_was_removed_as_a_whole_is_brought_back_by_its_history(editor):
    someone = Person.objects.create(name="Rui Alves")
    made = overrides.record_row(editor, someone, "remove", someone)
    with pytest.raises(decisions.NotWithdrawable, match="history"):
        decisions.withdraw(editor, [made])
    assert Judgement.objects.standing().exists()


def test_a_participant_who_was_removed_is_there_again(found, editor):
    before = decisions.State.of(found)
    Participant.objects.get(meeting=found, name="Jonas Lind").delete()
    made = decisions.decide(editor, found, before)
    assert found.participants.count() == 1
    decisions.withdraw(editor, made)
    assert {str(row) for row in found.participants.all()} == {"Ana Duarte", "Jonas Lind"}
