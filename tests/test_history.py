"""What people change in a record is kept, with who, when, before and after, and can be brought back; what the machine writes is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import (
    CountryFactory,
    EditorFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    UserFactory,
)
from factories import told as told_of
from told import TEXT, document, store
from told import meeting as found

from meetings import decisions, history, reference
from meetings.models import Collection, Country, Document, Issue, Judgement, Meeting, Person, Place
from meetings.records import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    user = EditorFactory(username="ed")
    client.force_login(user)
    return user


def address(row, page="change", *more) -> str:
    return reverse(f"admin:meetings_{row._meta.model_name}_{page}", args=[row.pk, *more])


def send(client, row, page="", **changes):
    """Save the page's form as a browser would, with some fields changed."""
    page = page or address(row)
    context = client.get(page).context
    forms = [context["adminform"].form]
    for formset in context.get("inline_admin_formsets", ()):
        forms += [formset.formset.management_form, *formset.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.field.prepare_value(field.value()) if hasattr(field.field, "prepare_value") else field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    response = client.post(page, data | changes)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()


def take_back(client, made: Judgement):
    return client.post("/activity/undo", {"act": made.act}, follow=True)


# What is kept


def test_a_change_is_kept_with_who_made_it_and_what_stood_before(client, editor):
    lind = PersonFactory(name="Jonas Lind", description="A minister")
    send(client, lind, description="Of the Board of Fisheries")
    after, before = lind.history.all()
    assert (after.description, after.history_user, after.history_type) == ("Of the Board of Fisheries", editor, "~")
    assert (before.description, before.history_user) == ("A minister", None)
    page = client.get(address(lind, "history")).content.decode()
    assert "A minister → Of the Board of Fisheries" in page


def test_what_the_machine_changed_in_between_is_not_laid_at_the_editors_door(client):
    lind = PersonFactory(name="Jonas Lind")
    send(client, lind, description="Of the Board")
    Person.objects.filter(pk=lind.pk).update(died="2001")
    send(client, lind, description="Of the Board of Fisheries")
    changes = lind.history.first().diff_against(lind.history.all()[1]).changed_fields
    assert changes == ["description"]


def test_reading_documents_and_loading_tables_leaves_no_history_and_asks_nothing_more():
    reference.load()
    store()
    store(document(origin="Lisbon"), found(date="1995-03-02"), pipeline="test/2")
    assert not any(model.history.exists() for model in history.TRACKED.values())
    with CaptureQueriesContext(connection) as captured:
        PlaceFactory(name="Sintra")
    assert not [query for query in captured if "historical" in query["sql"]]


def test_names_and_offices_have_their_history_too(client):
    lind = PersonFactory(name="Jonas Lind")
    held = PositionFactory(person=lind, title="Minister for Fisheries", start="1994")
    send(client, lind, **{"positions-0-title": "Minister of Fisheries"})
    assert [row.title for row in held.history.all()] == ["Minister of Fisheries", "Minister for Fisheries"]


def test_who_may_read_a_collection_is_part_of_its_history(client):
    papers, reader = Collection.objects.create(name="Papers", public=False), UserFactory()
    send(client, papers, readers=[reader.pk])
    assert [list(row.readers.values_list("user", flat=True)) for row in papers.history.all()[:3:2]] == [[reader.pk], []]


# Bringing back


def test_an_earlier_version_that_is_brought_back_outlives_the_shipped_tables(client):
    country = Country.objects.get(pk="PT")
    name = country.official_name
    send(client, country, official_name="Lusitania")
    first = country.history.last()
    send(client, country, address(country, "simple_history", first.history_id))
    assert country.official_name == name
    Country.objects.filter(pk="PT").update(official_name="Something newer")
    reference.load()
    country.refresh_from_db()
    assert country.official_name == name
    assert Judgement.objects.last().previous == "Lusitania"


def test_a_change_is_taken_back_where_it_is_listed(client):
    lind = PersonFactory(name="Jonas Lind", description="A minister")
    send(client, lind, description="Of the Board")
    assert "Taken back: Set description" in take_back(client, Judgement.objects.get()).content.decode()
    lind.refresh_from_db()
    assert lind.description == "A minister"


def test_a_collection_that_was_opened_by_mistake_is_closed_again_with_its_meetings(client):
    store()
    papers = Collection.objects.get()
    send(client, papers, public="")
    send(client, papers, public="on")
    assert Meeting.objects.get().audience is None
    assert "Taken back: Set public" in take_back(client, Judgement.objects.last()).content.decode()
    papers.refresh_from_db()
    assert not papers.public
    assert Meeting.objects.get().audience == papers
    take_back(client, Judgement.objects.first())
    assert Meeting.objects.get().audience is None


def test_what_a_document_is_counts_as_before_once_a_change_of_it_is_taken_back(client):
    told = document(kind=Kind.CABLE)
    store(told, found(time="10:00"))
    report = TEXT.replace("They discussed", "Both spoke of")
    store(document(report, kind=Kind.NEWS), found(report, time="11:00"))

    def begun() -> int:
        return Meeting.objects.get(account_count=2).time.hour

    assert begun() == 10
    send(client, Document.objects.get(kind=Kind.CABLE), kind=Kind.OTHER)
    assert begun() == 11
    take_back(client, Judgement.objects.get())
    assert begun() == 10


def test_meetings_are_called_by_a_person_s_name_as_it_is_and_as_it_was_once_that_is_taken_back(client):
    store()
    send(client, Person.objects.get(name="Jonas Lind"), name="Jonas Lindh")
    assert Meeting.objects.get().title == "Ana Duarte with Jonas Lindh"
    take_back(client, Judgement.objects.get())
    assert Meeting.objects.get().title == "Ana Duarte with Jonas Lind"


def test_a_namesake_keeps_what_is_taken_back_of_another(client):
    one, other = (PersonFactory(name="Li Wei", country=CountryFactory(), description=was) for was in ("Mayor", "Judge"))
    held = PositionFactory(person=one, title="Mayor of Taiyuan", start="1994")
    send(client, one, description="Mayor of Taiyuan")
    send(client, one, **{"positions-0-DELETE": "on"})
    assert not one.positions.exists()
    send(client, other, description="Judge of appeal")
    for made in Judgement.objects.filter(subject="person"):
        take_back(client, made)
    for person, was in ((one, "Mayor"), (other, "Judge")):
        person.refresh_from_db()
        assert person.description == was
    assert [row.title for row in one.positions.all()] == [held.title]
    assert not other.positions.exists()


def test_a_person_who_was_deleted_comes_back_with_names_and_offices_and_stays(client):
    holder = Person.objects.filter(positions__source="shipped table of offices").order_by("pk").first()
    names, held = set(holder.names.values_list("name")), set(holder.positions.values_list("pk"))
    client.post(address(holder, "delete"), {"post": "yes"})
    assert not Person.objects.filter(pk=holder.pk).exists()
    take_back(client, Judgement.objects.get(verb="remove"))
    reference.load()
    again = Person.objects.get(pk=holder.pk)
    assert (set(again.names.values_list("name")), set(again.positions.values_list("pk"))) == (names, held)


def test_a_record_that_was_added_goes_again_unless_something_hangs_on_it(client):
    sent = {
        "name": "Rui Alves",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
        "positions-TOTAL_FORMS": 0,
        "positions-INITIAL_FORMS": 0,
    }
    client.post(reverse("admin:meetings_person_add"), sent)
    made, rui = Judgement.objects.get(), Person.objects.get(name="Rui Alves")
    told_of(rui)
    assert "in use by now" in take_back(client, made).content.decode()
    Meeting.objects.get().participants.all().delete()
    Meeting.objects.get().accounts.get().participants.all().delete()
    take_back(client, made)
    assert not Person.objects.filter(pk=rui.pk).exists()


def test_a_deleted_document_does_not_come_back_by_itself(client):
    client.post(address(store(), "delete"), {"post": "yes"})
    assert "Hand it in again" in take_back(client, Judgement.objects.get()).content.decode()
    assert not Document.objects.exists()


def test_two_records_that_cannot_both_stand_do_not(client):
    place = PlaceFactory(name="Sintra")
    client.post(address(place, "delete"), {"post": "yes"})
    PlaceFactory(name="Sintra", country=place.country)
    assert "another one like it" in take_back(client, Judgement.objects.get()).content.decode()
    assert Place.objects.filter(name="Sintra").count() == 1


def test_topics_and_documents_keep_their_versions(client):
    issue, stored = IssueFactory(theme=IssueFactory()), store()
    send(client, issue, aliases="nets\r\nquotas, high")
    send(client, stored, title="Readout, Lisbon")
    assert issue.history.first().aliases == ["nets", "quotas, high"]
    assert [row.title for row in stored.history.all()] == ["Readout, Lisbon", "Readout of the talks in Lisbon"]
    client.get(address(issue, "simple_history", issue.history.last().history_id))
    assert Issue.objects.get(pk=issue.pk).aliases == ["nets", "quotas, high"]  # looking changes nothing


# The activity page


def test_it_is_for_editors(client):
    client.force_login(UserFactory())
    meeting = told_of()
    for page in ("/activity/", f"/meetings/{meeting.public_id}/history/"):
        assert client.get(page).status_code == 403
    assert client.post("/activity/undo").status_code == 403
    client.force_login(EditorFactory())
    assert client.get("/activity/undo").status_code == 405


def test_every_decision_and_change_is_listed_with_what_was_before_and_why(client, editor):
    store()
    meeting = Meeting.objects.get()
    decisions.review(editor, meeting, "reject", "An <b>internal</b> meeting.")
    lind = Person.objects.get(name="Jonas Lind")
    send(client, lind, country="FI")
    page = client.get("/activity/")
    assert [act.first.subject for act in page.context["page"]] == ["person", "meeting"]
    text = page.content.decode()
    assert "Set country: FI, instead of SE" in text
    assert address(lind) in text
    assert "An &lt;b&gt;internal&lt;/b&gt; meeting." in text
    assert meeting.get_absolute_url() in text


def test_it_narrows_by_person_kind_and_day(client, editor):
    store()
    decisions.review(EditorFactory(username="other"), Meeting.objects.get(), "reject")
    send(client, Person.objects.get(name="Jonas Lind"), description="Of the Board")
    Judgement.objects.filter(verb="reject").update(made_at="2007-05-29T14:30:00Z")

    def listed(query: str) -> list[str]:
        return [act.first.verb for act in client.get(f"/activity/?{query}").context["page"]]

    assert listed(f"by={editor.pk}") == listed("kind=people") == ["set"]
    assert listed("kind=reviews") == listed("day=2007-05-29") == ["reject"]
    assert listed("kind=meetings") == listed("day=2007-05-30") == listed("by=0") == []
    for wrong in ("by=x", "kind=x", "day=x", "day=9999-99-99", "by=" + "9" * 30, "day=0001-01-01", "day=9999-12-31"):
        assert client.get(f"/activity/?{wrong}").status_code == 200


def test_what_was_taken_back_stays_listed_and_can_be_decided_again(client, editor):
    store()
    meeting = Meeting.objects.get()
    decisions.review(editor, meeting, "reject")
    made = Judgement.objects.get()
    take_back(client, made)
    assert Meeting.objects.get().review == "unreviewed"
    page = client.get(f"/meetings/{meeting.public_id}/history/").content.decode()
    assert "Taken back" in page and "by ed" in page
    client.post("/activity/undo", {"act": made.act, "again": "1"})
    assert Meeting.objects.get().review == "rejected"
    for elsewhere in ("https://example.org/", "//example.org", "2007-05-29", "x/y", "[", "²"):
        assert client.post("/activity/undo", {"act": made.act, "back": elsewhere}).url == "/activity/"


@pytest.mark.parametrize("act", ["", "x", "-" * 36, "00000000-0000-0000-0000-000000000000"])
def test_a_decision_that_there_is_not_is_not_taken_back(client, act):
    assert "There is no such decision" in client.post("/activity/undo", {"act": act}, follow=True).content.decode()


def test_it_asks_few_questions_however_much_was_decided(client, editor, django_assert_max_num_queries):
    for n in range(30):
        decisions.review(editor, told_of(PersonFactory()), "confirm")
        lind = PersonFactory(name=f"Lind {n}", country=CountryFactory(key="SE"))
        send(client, lind, description="Of the Board") if n < 4 else None
    with django_assert_max_num_queries(9):
        client.get("/activity/")
