"""What an editor changes on a meeting's page is a decision: it is on record, and stays when the documents are read again."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from told import TEXT, document, meeting, person, statement, store

from meetings.members import editors_group
from meetings.models import Country, Issue, Judgement, Meeting, Organisation, Participant, Person, Place
from meetings.reconcile import reconcile
from meetings.records import ExtractedIssue, ExtractedPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.add(editors_group())
    client.force_login(user)
    return user


@pytest.fixture
def found(editor):
    store(statements=[statement()])
    return Meeting.objects.get()


def address(record: Meeting) -> str:
    return reverse("admin:meetings_meeting_change", args=[record.pk])


def form_of(client, record: Meeting) -> dict:
    """The page's form as a browser would send it unchanged."""
    context = client.get(address(record)).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def send(client, record: Meeting, **changes) -> Meeting:
    response = client.post(address(record), form_of(client, record) | changes)
    if response.status_code != 302:
        formsets = response.context["inline_admin_formsets"]
        told = [response.context["adminform"].errors, *(formset.formset.errors for formset in formsets)]
        raise AssertionError([told, *(formset.formset.non_form_errors() for formset in formsets)])
    return Meeting.objects.get(pk=record.pk)


def read_again(**values) -> Meeting:
    """The same document, through a newer pipeline that finds something else."""
    store(document(), meeting(**({"confidence": 0.7} | values)), pipeline="test/2")
    return Meeting.objects.get()


def rows(record: Meeting) -> dict:
    """All that is stored of a meeting and its rows, ids included."""
    return {
        "meeting": Meeting.objects.filter(pk=record.pk).values().get() | {"updated": None},
        "participants": list(record.participants.values()),
        "agenda": list(record.agenda.values()),
    }


def test_saving_without_a_change_decides_nothing(client, found):
    before = rows(found)
    send(client, found)
    assert not Judgement.objects.exists()
    assert rows(found) == before


def test_a_changed_value_is_on_record_with_who_why_and_what_was_before(client, found, editor):
    send(client, found, date="1995-03-02", reason="The diary says so.")
    made = Judgement.objects.get()
    assert (made.verb, made.subject, made.field, made.value, made.previous) == (
        "set", "meeting", "date", "1995-03-02", "1995-03-03",
    )  # fmt: skip
    assert (made.made_by, made.reason) == (editor, "The diary says so.")
    assert made.anchor in TEXT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "The Lisbon talks"),
        ("status", "cancelled"),
        ("date", "1995-03-02"),
        ("time", "10:30:00"),
        ("duration", "90"),
        ("medium", "phone"),
        ("review", "rejected"),
        ("review", "confirmed"),
    ],
)
def test_a_changed_value_stays_when_the_document_is_read_again(client, found, field, value):
    after = send(client, found, **{field: value})
    assert str(getattr(after, field)) == value
    assert str(getattr(read_again(date="1995-03-04"), field)) == value


def test_what_was_saved_is_what_the_next_derivation_gives(client, found):
    place = Place.objects.create(name="Sintra", country_id="PT")
    board = Organisation.objects.create(key="test-board", name="Herring Board")
    changes = {
        "date": "1995-03-02/1995-03-03", "place": place.pk, "medium": "phone", "title": "",
        "participants-0-role": "Prime Minister", "participants-1-attendance": "accompanying",
        "participants-TOTAL_FORMS": 3, "participants-2-name": "Rui Alves", "participants-2-organisation": board.pk,
        "participants-2-attendance": "interpreter", "agenda-0-name": "Fishing quotas", "agenda-0-issue": "",
    }  # fmt: skip
    send(client, found, **changes)
    saved = rows(found)
    reconcile(Meeting.objects.get())
    assert rows(found) == saved
    assert [row["name"] for row in saved["participants"]] == ["Ana Duarte", "Jonas Lind", "Rui Alves"]
    assert [row["name"] for row in saved["agenda"]] == ["Fishing quotas"]
    read_again(date="1995-03-04", issues=(ExtractedIssue("Fisheries", "fisheries"),))
    again = rows(found)
    for row in (saved["meeting"], again["meeting"]):
        row.pop("confidence")
    assert again == saved


def test_a_place_that_an_editor_sets_is_no_longer_inferred(client, editor):
    inferred = ExtractedPlace("Lisbon", "PT", inferred=True)
    store(document(), meeting(place=inferred))
    found = Meeting.objects.get()
    assert found.place_inferred
    porto = Place.objects.create(name="Porto", country_id="PT")
    assert not send(client, found, place=porto.pk).place_inferred
    after = read_again(place=inferred)
    assert (after.place, after.place_inferred) == (porto, False)


def test_a_place_set_where_one_was_stated_stays_stated_though_the_next_reading_infers_one(client, found):
    porto = Place.objects.create(name="Porto", country_id="PT")
    send(client, found, place=porto.pk)
    after = read_again(place=ExtractedPlace("Lisbon", "PT", inferred=True))
    assert (after.place, after.place_inferred) == (porto, False)


def test_a_removed_participant_stays_away(client, found):
    send(client, found, **{"participants-1-DELETE": "on"})
    made = Judgement.objects.get()
    assert (made.verb, made.subject, made.key) == ("remove", "participant", "jonas lind")
    assert made.previous["name"] == "Jonas Lind"
    assert [str(row) for row in read_again().participants.all()] == ["Ana Duarte"]


def test_an_added_participant_stays(client, found):
    rui = Person.objects.create(name="Rui Alves", country_id="PT")
    send(
        client,
        found,
        **{"participants-TOTAL_FORMS": 3, "participants-2-person": rui.pk, "participants-2-attendance": "notetaker"},
    )
    made = Judgement.objects.get()
    assert (made.verb, made.subject, made.value["person"]) == (
        "add",
        "participant",
        {"name": "Rui Alves", "country": "PT"},
    )
    kept = read_again().participants.get(person=rui)
    assert (kept.name, kept.attendance) == ("Rui Alves", "notetaker")


def test_a_corrected_name_stays_and_the_judgement_names_the_participant_as_before(client, found):
    send(client, found, **{"participants-1-name": "Johan Lindqvist", "participants-1-person": ""})
    assert Judgement.objects.get().key == "jonas lind"
    assert [row.name for row in read_again().participants.all()] == ["Ana Duarte", "Johan Lindqvist"]


def test_a_participant_corrected_twice_is_as_the_second_correction_left_it(client, found):
    send(client, found, **{"participants-1-name": "Johan Lindqvist", "participants-1-person": ""})
    send(client, found, **{"participants-1-name": "Johan Lindgren"})
    assert [row.name for row in read_again().participants.all()] == ["Ana Duarte", "Johan Lindgren"]


def test_an_agenda_that_was_corrected_stays_in_its_order(client, found):
    tariffs = Issue.objects.create(key="test-tariffs", name="Test tariffs")
    store(
        document(),
        meeting(issues=(ExtractedIssue("Fisheries", "fisheries"), ExtractedIssue("Harbours", "harbours"))),
        pipeline="test/2",
    )
    send(client, found, **{"agenda-0-issue": tariffs.pk})
    assert [str(item) for item in found.agenda.all()] == ["Test tariffs", "Harbours"]
    found = read_again(issues=(ExtractedIssue("Fisheries", "fisheries"), ExtractedIssue("Harbours", "harbours")))
    assert [(item.name, item.issue) for item in found.agenda.all()] == [("Test tariffs", tariffs), ("Harbours", None)]


def test_a_removed_issue_stays_away_and_an_added_one_stays(client, found):
    send(client, found, **{"agenda-0-DELETE": "on", "agenda-TOTAL_FORMS": 2, "agenda-1-name": "Lighthouses"})
    assert {(made.verb, made.key) for made in Judgement.objects.all()} == {
        ("remove", "fisheries"),
        ("add", "lighthouses"),
    }
    assert [str(item) for item in read_again().agenda.all()] == ["Lighthouses"]


def test_a_title_left_empty_follows_the_participants(client, found):
    after = send(client, found, title="", **{"participants-1-name": "Johan Lindqvist", "participants-1-person": ""})
    assert after.title == "Ana Duarte with Johan Lindqvist"


def test_two_rows_for_one_participant_are_refused(client, found):
    sent = form_of(client, found) | {"participants-TOTAL_FORMS": 3, "participants-2-name": "J. Lind"}
    page = client.post(address(found), sent | {"participants-2-attendance": "principal"})
    assert "would be taken for one participant" in page.content.decode()
    assert not Judgement.objects.exists()


def test_a_wrong_date_is_refused_with_one_sentence(client, found):
    page = client.post(address(found), form_of(client, found) | {"date": "3 March 1995"}).content.decode()
    assert page.count("is not a date") == 1


def test_evidence_stands_beside_each_value_and_leads_into_the_document(client, found):
    page = client.get(address(found)).content.decode()
    source = found.accounts.get().document.get_absolute_url()
    for quote, passage in (("Lisbon", "p1"), ("Ana Duarte", "p2"), ("Jonas Lind", "p2"), ("fisheries", "p2")):
        assert f'<q>{quote}</q> <a href="{source}#{passage}"' in page
    assert f'href="{found.get_absolute_url()}"' in page
    assert f'<a href="{source}">{found.accounts.get().document}</a>' in page


def test_quotes_are_escaped(client, editor):
    text = TEXT.replace("Jonas Lind", "Jonas <script>alert(1)</script> Lind")
    store(
        document(text),
        meeting(
            text,
            participants=(person("Ana Duarte", "PT", text), person("Jonas <script>alert(1)</script> Lind", "SE", text)),
        ),
    )
    assert "<script>alert(1)" not in client.get(address(Meeting.objects.get())).content.decode()


@pytest.mark.parametrize(("action", "review"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_meetings_are_confirmed_and_rejected_from_the_list(client, found, editor, action, review):
    sent = {"action": action, "_selected_action": [found.pk]}
    page = client.post(reverse("admin:meetings_meeting_changelist"), sent, follow=True)
    assert f"Meetings {review}" in page.content.decode()
    assert Meeting.objects.get().review == review
    assert Judgement.objects.get().made_by == editor
    assert read_again().review == review


def test_a_decision_is_listed_once_on_the_meeting_however_many_accounts_carry_it(client, found):
    other = "Press report\n\nAna Duarte and Jonas Lind met on 3 March 1995 in Lisbon. They discussed fisheries."
    store(document(other, kind="news"), meeting(other))
    send(client, found, date="1995-03-02")
    assert Judgement.objects.count() == 2
    page = client.get(address(found)).content.decode()
    assert page.count("Set date: 2 March 1995, instead of 3 March 1995") == 1
    listed = client.get(reverse("admin:meetings_judgement_changelist")).context["cl"]
    assert listed.result_count == 1


def test_meetings_are_neither_added_nor_deleted_by_hand(client, found):
    assert client.get(reverse("admin:meetings_meeting_add")).status_code == 403
    assert client.post(reverse("admin:meetings_meeting_delete", args=[found.pk])).status_code == 403


def test_all_registered_models_belong_to_this_app_or_to_accounts():
    assert {model._meta.app_label for model in admin.site._registry} == {"meetings", "auth", "axes"}
    assert Participant in admin.site._registry and Country in admin.site._registry
