"""What a person decided outlives every new extraction."""

import pytest
from django.contrib.auth import get_user_model
from told import TEXT, document, meeting, person, store

from meetings import judgements
from meetings.judgements import participant_key, participant_values
from meetings.models import Country, Issue, Judgement, Meeting, Participant, Person, Place
from meetings.reconcile import reconcile
from meetings.records import ExtractedIssue

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("editor")


@pytest.fixture
def found():
    store()
    return Meeting.objects.get()


def extract_again(**values) -> Meeting:
    """The same document through a newer pipeline that finds something else."""
    store(document(), meeting(**({"confidence": 0.7, "date": "1995-03-04"} | values)), pipeline="test/2")
    return Meeting.objects.get()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "1995-03-02"),
        ("title", "The Lisbon talks"),
        ("status", "cancelled"),
        ("medium", "phone"),
        ("duration", 90),
        ("time", "10:30:00"),
    ],
)
def test_a_value_that_was_set_stays(found, editor, field, value):
    judgements.record(editor, found, "set", field=field, value=value)
    after = extract_again()
    assert str(getattr(after, field)) == str(value)


def test_a_place_that_was_set_stays(found, editor):
    sintra = Place.objects.create(name="Sintra", country=Country.objects.get(pk="PT"))
    judgements.record(editor, found, "set", field="place", value=judgements.portable(sintra))
    assert extract_again().place == sintra


def test_the_last_decision_on_a_value_counts(found, editor):
    for date in ("1995-03-01", "1995-03-02"):
        judgements.record(editor, found, "set", field="date", value=date)
    assert extract_again().date == "1995-03-02"


def test_what_was_not_decided_is_derived_anew(found, editor):
    judgements.record(editor, found, "set", field="title", value="The Lisbon talks")
    assert extract_again().date == "1995-03-04"


def test_a_participant_who_was_removed_stays_away(found, editor):
    judgements.record(editor, found, "remove", "participant", key="jonas lind")
    assert [str(row) for row in extract_again().participants.all()] == ["Ana Duarte"]


def test_a_participant_who_was_added_stays(found, editor):
    added = Participant(name="Rui Alves", country_id="PT", attendance="interpreter", meeting=found)
    judgements.record(editor, found, "add", "participant", key="rui alves", value=participant_values(added))
    assert [str(row) for row in extract_again().participants.all()] == ["Ana Duarte", "Jonas Lind", "Rui Alves"]


def test_a_participant_who_was_corrected_stays_corrected_though_the_machine_now_writes_the_name_in_full(editor):
    people = (person("Duarte", "PT", role="Foreign Minister"), person("Jonas Lind", "SE"))
    store(document(), meeting(participants=people))
    found = Meeting.objects.get()
    row = found.participants.get(name="Duarte")
    key = participant_key(row.name, row.role, row.side)
    row.name, row.role, row.person = (
        "Ana Duarte",
        "Prime Minister",
        Person.objects.create(name="Ana Duarte", country_id="PT"),
    )
    judgements.record(editor, found, "set", "participant", key=key, value=participant_values(row))
    after = extract_again()
    assert [(str(row), row.role) for row in after.participants.all()] == [
        ("Ana Duarte", "Prime Minister"),
        ("Jonas Lind", "Minister"),
    ]


def test_an_issue_that_was_removed_stays_away_and_one_that_was_added_stays(found, editor):
    issue = Issue.objects.first() or Issue.objects.create(key="harbours", name="Harbours")
    judgements.record(editor, found, "remove", "issue", key="fisheries")
    judgements.record(
        editor, found, "add", "issue", key=issue.name.lower(), value={"issue": issue.key, "name": issue.name}
    )
    after = extract_again(issues=(ExtractedIssue("Fisheries", "fisheries"), ExtractedIssue("Tariffs", "tariffs")))
    assert [str(item) for item in after.agenda.all()] == ["Tariffs", issue.name]


def test_a_confirmed_or_rejected_meeting_stays_so(found, editor):
    judgements.record(editor, found, "reject", reason="An internal meeting.")
    assert extract_again().review == "rejected"
    judgements.record(editor, found, "confirm")
    assert extract_again(confidence=0.6).review == "confirmed"


def test_a_meeting_on_which_somebody_decided_stays_though_the_machine_no_longer_finds_it(found, editor):
    judgements.record(editor, found, "confirm")
    other = meeting(quote="Lind said that quotas were too low", date="1990", participants=(person("Rui Alves", "PT"),))
    store(document(), other, pipeline="test/2")
    assert Meeting.objects.filter(pk=found.pk, review="confirmed", account_count=1).exists()


def test_a_decision_holds_on_to_the_passage_not_to_a_row(found, editor):
    judgements.record(editor, found, "set", field="title", value="The Lisbon talks")
    Meeting.objects.update(merged_into=None)
    for account in found.accounts.all():
        account.delete()
    Judgement.objects.update(meeting=None)
    reconcile(found)
    assert not Meeting.objects.exists()
    found_again = store(name="", pipeline="test/3")
    found_again.accounts.all().delete()
    store(document(TEXT), meeting(confidence=0.5), pipeline="test/4")
    assert "The Lisbon talks" in Meeting.objects.values_list("title", flat=True)


def test_a_decision_on_one_account_counts_for_the_meeting_that_others_join(found, editor):
    judgements.record(editor, found, "set", field="date", value="1995-03-02/1995-03-03")
    other = "Press report\n\nAna Duarte and Jonas Lind met on 3 March 1995 in Lisbon. They discussed fisheries."
    store(document(other, kind="news"), meeting(other))
    joined = Meeting.objects.get()
    assert (joined.account_count, joined.date) == (2, "1995-03-02/1995-03-03")
