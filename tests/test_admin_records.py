"""People, places, bodies, topics and documents: corrections are on record and stay when documents or tables are read again."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from told import TEXT, document, meeting, person, store

from meetings import decisions, judgements, reference
from meetings.members import editors_group
from meetings.models import Collection, Country, Document, Issue, Judgement, Meeting, Participant, Person, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.add(editors_group())
    client.force_login(user)
    return user


def address(row, page="change") -> str:
    return reverse(f"admin:meetings_{row._meta.model_name}_{page}", args=[row.pk])


def send(client, row, **changes) -> None:
    """Save the page's form as a browser would, with some fields changed."""
    context = client.get(address(row)).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.field.prepare_value(field.value()) if hasattr(field.field, "prepare_value") else field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    response = client.post(address(row), data | changes)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()


def read_again(**values) -> Meeting:
    store(document(), meeting(**({"confidence": 0.7} | values)), pipeline="test/2")
    return Meeting.objects.get()


def test_a_person_who_was_corrected_stays_so_and_is_found_again_under_the_former_name(client):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    send(client, lind, name="Jonas Lindh", description="Of the Board of Fisheries", country="FI")
    read_again()
    lind.refresh_from_db()
    assert (lind.name, lind.country_id, lind.description) == ("Jonas Lindh", "FI", "Of the Board of Fisheries")
    assert {name.name for name in lind.names.all()} == {"Jonas Lind", "Jonas Lindh"}
    made = Judgement.objects.filter(subject="person", key="jonas lind")
    assert {(row.field, row.value, row.previous) for row in made} == {
        ("name", "Jonas Lindh", "Jonas Lind"), ("country", "FI", "SE"), ("description", "Of the Board of Fisheries", ""),
    }  # fmt: skip


def test_a_renamed_person_is_found_again_by_the_documents(client):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    send(client, lind, name="Jonas Lindh")
    read_again()
    assert Participant.objects.get(name="Jonas Lind").person == lind
    assert Person.objects.filter(names__folded__startswith="jonas lind").distinct().count() == 1


def test_a_decision_on_a_participant_still_means_the_person_after_their_name_and_country_were_corrected(client, editor):
    store()
    found = Meeting.objects.get()
    rui = Person.objects.create(name="Rui Alves", country_id="PT")
    row = Participant(name="Rui Alves", person=rui, country_id="PT", meeting=found)
    judgements.record(editor, found, "add", "participant", key="rui alves", value=judgements.participant_values(row))
    send(client, rui, name="Rui Alvares", country="BR")
    assert read_again().participants.get(name="Rui Alves").person == rui
    assert not Person.objects.filter(name="Rui Alves").exists()


def test_names_and_positions_are_added_changed_and_removed_and_each_is_on_record(client):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    send(
        client,
        lind,
        **{
            "names-TOTAL_FORMS": 2,
            "names-1-name": "Йонас Линд",
            "positions-TOTAL_FORMS": 1,
            "positions-0-title": "Minister for Fisheries",
            "positions-0-country": "SE",
            "positions-0-start": "1994-10-07",
        },
    )
    assert {name.name for name in lind.names.all()} == {"Jonas Lind", "Йонас Линд"}
    assert lind.positions.get().country_id == "SE"
    send(client, lind, **{"positions-0-title": "Minister of Fisheries", "names-1-DELETE": "on"})
    made = Judgement.objects.filter(subject="person", key="jonas lind").order_by("pk")
    assert [(row.verb, row.field) for row in made] == [
        ("add", "personname"), ("add", "position"), ("remove", "personname"), ("set", "position"),
    ]  # fmt: skip
    assert made.last().previous["title"] == "Minister for Fisheries"


def test_a_person_added_with_names_is_known_under_all_of_them(client):
    sent = {
        "name": "Rui Alves",
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "R. Alves",
        "positions-TOTAL_FORMS": 0,
        "positions-INITIAL_FORMS": 0,
    }
    assert client.post(reverse("admin:meetings_person_add"), sent).status_code == 302
    assert {name.name for name in Person.objects.get(name="Rui Alves").names.all()} == {"Rui Alves", "R. Alves"}
    page = client.post(reverse("admin:meetings_person_add"), sent | {"name": "Ana Reis", "names-0-name": "Ana Reis"})
    assert "kept here without your help" in page.content.decode()


def test_a_person_in_a_meeting_cannot_be_deleted_and_the_page_says_why(client):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    page = client.post(address(lind, "delete"), {"post": "yes"}, follow=True).content.decode()
    assert "1 participant: correct or reject these first" in page
    assert Person.objects.filter(pk=lind.pk).exists()


def test_a_person_whom_nobody_mentions_can_be_deleted(client):
    rui = Person.objects.create(name="Rui Alves")
    client.post(address(rui, "delete"), {"post": "yes"})
    assert not Person.objects.filter(pk=rui.pk).exists()
    assert Judgement.objects.get().verb == "remove"


def test_people_are_searched_in_any_spelling(client):
    lavrov, _ = Person.objects.get_or_create(name="Sergey Lavrov")
    lavrov.names.get_or_create(name="Сергей Лавров")
    Person.objects.create(name="Ana Duarte")
    for spelling in ("Lawrow", "lavrov", "Лавров"):
        listed = client.get(reverse("admin:meetings_person_changelist"), {"q": spelling}).context["cl"].result_list
        assert listed[0].name == "Sergey Lavrov"
        assert "Ana Duarte" not in [row.name for row in listed]


def test_a_corrected_document_stays_so_when_it_is_read_again(client):
    stored = store()
    send(client, stored, title="Readout, Lisbon", date="1995-03-05", tags="PREL\r\nEFIS\r\n", kind="memcon")
    store(document(origin="Lisbon", title="Read anew"), pipeline="test/2", name="")
    stored.refresh_from_db()
    assert (stored.title, stored.date, stored.tags, stored.kind) == (
        "Readout, Lisbon",
        "1995-03-05",
        ["PREL", "EFIS"],
        "memcon",
    )
    assert str(stored.earliest) == "1995-03-05"
    assert stored.origin == "Lisbon"


def test_a_deleted_document_takes_along_what_only_it_told(client):
    stored = store()
    client.post(address(stored, "delete"), {"post": "yes"})
    assert not Document.objects.exists()
    assert not Meeting.objects.exists()


def test_a_meeting_that_was_decided_on_is_kept_and_not_shown_once_its_document_is_deleted(client, editor):
    stored = store()
    decisions.review(editor, Meeting.objects.get(), "confirm")
    client.post(address(stored, "delete"), {"post": "yes"})
    assert Meeting.objects.get().review == "confirmed"
    assert not Meeting.objects.visible_to(AnonymousUser()).exists()


def test_a_collection_that_is_no_longer_public_hides_its_meetings(client):
    store()
    send(client, Collection.objects.get(), public="")
    assert Meeting.objects.get().audience == Collection.objects.get()


def test_countries_and_topics_stay_as_corrected_when_the_shipped_tables_are_loaded_again(client):
    country, issue = Country.objects.get(pk="PT"), Issue.objects.exclude(theme=None).first()
    other = Issue.objects.filter(theme=None).exclude(pk=issue.theme_id).first()
    send(client, country, official_name="The Portuguese Republic", aliases="Lusitania\r\nPortugal, Republic of")
    send(client, issue, theme=other.pk, aliases="a new word, and more")
    reference.load()
    country.refresh_from_db()
    issue.refresh_from_db()
    assert (country.official_name, country.aliases) == (
        "The Portuguese Republic",
        ["Lusitania", "Portugal, Republic of"],
    )
    assert (issue.theme, issue.aliases) == (other, ["a new word, and more"])


def test_office_holders_stay_as_corrected_when_the_shipped_tables_are_loaded_again(client):
    holder = Person.objects.filter(positions__source="shipped table of offices").order_by("pk").first()
    position, people = holder.positions.first(), Person.objects.count()
    elsewhere = Country.objects.exclude(pk=holder.country_id).first()
    send(client, holder, country=elsewhere.pk, **{"positions-0-title": "First Lord"})
    count = holder.positions.count()
    reference.load()
    holder.refresh_from_db()
    position.refresh_from_db()
    assert (holder.country, position.title, holder.positions.count()) == (elsewhere, "First Lord", count)
    assert Person.objects.count() == people


def test_an_office_holder_who_was_deleted_does_not_come_back(client):
    holder = Person.objects.filter(positions__source="shipped table of offices").order_by("pk").first()
    client.post(address(holder, "delete"), {"post": "yes"})
    people = Person.objects.count()
    reference.load()
    assert Person.objects.count() == people


def test_a_place_keeps_what_documents_find_it_by(client):
    place = Place.objects.create(name="Sintra", country_id="PT")
    send(client, place, latitude="38.8", longitude="-9.38", name="Cintra")
    assert (place.name, place.latitude) == ("Sintra", 38.8)


def test_the_text_of_a_document_is_shown_and_cannot_be_changed(client):
    revision = store().revisions.get()
    page = client.get(address(revision)).content.decode()
    assert TEXT.splitlines()[2][:60] in page
    assert "<textarea" not in page
    assert client.post(address(revision), {"text": "other"}).status_code == 403


def test_markup_in_a_document_is_shown_as_text(client):
    text = TEXT.replace("fisheries", "<b>fisheries</b>")
    stored = store(
        document(text, title="<i>Title</i>"), meeting(text, participants=(person("Ana Duarte", "PT", text),), issues=())
    )
    for row in (stored, stored.revisions.get(), stored.accounts.get(), Meeting.objects.get()):
        page = client.get(address(row)).content.decode()
        assert "<b>fisheries" not in page and "<i>Title" not in page


def sent(client, page, **data) -> str:
    """What the page says to a form that it does not take."""
    response = client.post(page, data)
    assert response.status_code == 200
    return str(response.context["errors"])


def rows_of(kind, *rows) -> dict[str, str]:
    """New rows of a person's page."""
    told = {f"{kind}-{i}-{name}": value for i, row in enumerate(rows) for name, value in row.items()}
    return {f"{kind}-TOTAL_FORMS": str(len(rows)), f"{kind}-INITIAL_FORMS": "0"} | told


def test_what_another_editor_added_meanwhile_is_refused_in_a_sentence(client):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    lind.names.create(name="Yonas Lind")
    lind.positions.create(title="Minister", country_id="SE", start="1995")
    office = {"title": "Minister", "country": "SE", "start": "1995"}
    known = {"name": "Jonas Lind", "country": "SE", "description": ""}
    added = known | rows_of("names", {"name": "Yonas Lind"}) | rows_of("positions")
    assert "“Yonas Lind” stands among the names already." in sent(client, address(lind), **added)
    added = known | rows_of("names") | rows_of("positions", office)
    assert "“Minister, 1995–” stands among the offices already." in sent(client, address(lind), **added)
    added = known | rows_of("names") | rows_of("positions", *[office | {"title": "Envoy"}] * 2)
    assert "“Envoy, 1995–” stands among the offices already." in sent(client, address(lind), **added)
    assert (lind.names.count(), lind.positions.count()) == (2, 1)


def test_a_place_that_is_known_is_not_added_again(client):
    store()
    lisbon = Place.objects.get(name="Lisbon")
    again = {"name": " LISBON", "country": lisbon.country_id, "precision": lisbon.precision}
    assert "There is a place of this name" in sent(client, "/admin/meetings/place/add/", **again)
    send(client, lisbon, latitude="38.7", longitude="-9.1")


@pytest.mark.parametrize("key", ["\0", "²", "x", "\ufffd", "9" * 30])
def test_what_is_no_record_is_refused_in_a_sentence(client, key):
    store()
    lind = {"name": "Jonas Lind"} | rows_of("names") | rows_of("positions")
    assert "Select a valid choice" in sent(client, "/admin/meetings/person/add/", **lind | {"country": key})
    page = address(Meeting.objects.get())
    assert "Select a valid choice" in client.post(page, {"place": key}).content.decode()
