"""Correcting in the page: whole pages without a script, mistakes that are explained, two editors at once, nothing for readers."""

import pytest
from django.urls import reverse
from factories import EditorFactory, UserFactory
from lxml.html import fromstring
from test_editing import PASSAGE, TWO, cited, names, party, store_mixed
from told import File, document, meeting, store

from meetings import editing
from meetings.models import Account, Evidence, Judgement, Meeting, Person
from meetings.records import ExtractedPlace, Extraction
from meetings.storage import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = EditorFactory(username="ann")
    client.force_login(user)
    return user


@pytest.fixture
def found(editor):
    store()
    return Meeting.objects.get()


def opened(client, name: str, *args) -> dict:
    """The form's address and what a browser would send of it unchanged."""
    address = reverse(name, args=args)
    return {"path": address, "data": shown(client.get(address))}


def shown(response) -> dict:
    """What a browser sends of the form in a page when Enter is pressed."""
    form = fromstring(response.content).get_element_by_id("editing")
    for button in form.xpath(".//button"):
        button.drop_tree()
    chosen = {radio.name: radio.get("value") for radio in form.xpath(".//input[@type='radio'][@checked]")}
    return dict(form.form_values()) | chosen


def send(client, form: dict, **changes):
    return client.post(form["path"], form["data"] | changes)


@pytest.mark.parametrize(
    ("name", "changes", "field", "expected"),
    [
        ("date", {"date": "1995-03-02"}, "date", "1995-03-02"),
        ("date", {"date": "2 March 1995"}, "date", "1995-03-02"),
        ("date", {"date": "March 1995"}, "date", "1995-03"),
        ("time", {"time": "10:30", "duration": "45"}, "duration", 45),
        ("place", {"name": "Sintra"}, "place", "Sintra, Portugal"),
        ("form", {"medium": "phone"}, "medium", "phone"),
        ("status", {"status": "cancelled"}, "status", "cancelled"),
        ("title", {"name": "The Lisbon talks"}, "title", "The Lisbon talks"),
    ],
)
def test_a_value_is_edited_in_place_and_marked_with_who_did_so(client, found, name, changes, field, expected):
    form = opened(client, "edit-value", found.public_id, name)
    response = send(client, form, reason="So says the diary.", **changes)
    found.refresh_from_db()
    assert str(getattr(found, field)) == str(expected)
    page = client.get(response.url).content.decode()
    assert "corrected by ann" in page
    assert "So says the diary." in page
    assert reverse("activity-undo") in page


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("date", {"date": "3 March"}, "is not a date"),
        ("date", {"date": "30 February 1995"}, "There is no 30 February 1995 in the calendar"),
        ("place", {"name": "Sintra", "country": "Lusitania"}, "No country is known as “Lusitania”"),
        ("place", {"name": "—"}, "A name has letters or figures"),
        ("time", {"time": "half past"}, "Enter a valid time"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_lost(client, found, name, changes, said):
    form = opened(client, "edit-value", found.public_id, name)
    page = send(client, form, reason="From the diary.", **changes).content.decode()
    assert said in page
    assert "From the diary." in page
    assert all(value in page for value in changes.values())
    assert not Judgement.objects.exists()


def test_the_second_of_two_editors_is_told_that_the_value_changed(client, found):
    form = opened(client, "edit-value", found.public_id, "date")
    editing.change(EditorFactory(username="bob"), found, {"date": "1995-03-02"})
    response = send(client, form, date="1995-03-01")
    page = response.content.decode()
    assert "changed by bob since you opened it" in page
    assert "1995-03-02" in page
    assert 'value="1995-03-01"' in page
    found.refresh_from_db()
    assert found.date == "1995-03-02"
    client.post(form["path"], shown(response))
    found.refresh_from_db()
    assert found.date == "1995-03-01"


def test_a_place_that_was_inferred_when_the_form_was_opened_is_not_so_after_another_editor_s_word(client, editor):
    store(document(), meeting(place=ExtractedPlace("Oslo", "NO", inferred=True)))
    found = Meeting.objects.get()
    form = opened(client, "edit-value", found.public_id, "place")
    stated = {"name": "Bergen", "country": "NO", "precision": "city"}
    editing.change(EditorFactory(username="bob"), found, {"place": stated, "place_inferred": False})
    response = send(client, form, name="Hamar")
    assert "changed by bob since you opened it" in response.content.decode()
    client.post(form["path"], shown(response))
    found.refresh_from_db()
    assert (str(found.place), found.place_inferred) == ("Hamar, Norway", False)


def test_who_corrects_a_participant_that_another_removed_is_told_and_keeps_what_was_typed(client, found):
    row = found.participants.get(name="Jonas Lind")
    form = opened(client, "edit-row", found.public_id, "participant", row.pk)
    editing.remove_row(EditorFactory(), found, row)
    response = send(client, form, role="Minister for Fisheries")
    assert response.status_code == 409
    assert "Minister for Fisheries" in response.content.decode()


def test_a_participant_is_added_corrected_and_removed(client, found):
    rui = Person.objects.create(name="Rui Alves", country_id="PT")
    form = opened(client, "add-row", found.public_id, "participant")
    page = client.post(form["path"], form["data"] | {"name": "Rui Alves", "look": "1"}).content.decode()
    assert "Rui Alves, Portugal" in page
    send(client, form, name="Rui Alves", country="portugal", person=str(rui.pk), attendance="interpreter")
    row = found.participants.get(name="Rui Alves")
    assert (row.person, row.country_id, row.attendance) == (rui, "PT", "interpreter")
    send(client, opened(client, "edit-row", found.public_id, "participant", row.pk), role="Interpreter")
    row.refresh_from_db()
    assert row.role == "Interpreter"
    send(client, opened(client, "remove-row", found.public_id, "participant", row.pk), reason="He was ill.")
    assert names(found) == ["Ana Duarte", "Jonas Lind"]
    assert Judgement.objects.filter(verb="remove").get().reason == "He was ill."


def test_a_participant_is_not_added_twice(client, found):
    page = send(client, opened(client, "add-row", found.public_id, "participant"), name="Jonas Lind", country="SE")
    assert "takes part already" in page.content.decode()


def test_of_two_of_one_name_the_one_is_marked_and_removed_who_was_meant(client, found):
    send(client, opened(client, "add-row", found.public_id, "participant"), name="Jonas Lind", country="NO")
    page = fromstring(client.get(found.get_absolute_url(), follow=True).content)
    sides = {row.country_id: page.get_element_by_id(f"participant-{row.pk}").text_content() for row in lind(found)}
    assert "corrected by" in sides["NO"]
    assert "corrected by" not in sides["SE"]
    norwegian = next(row for row in lind(found) if row.country_id == "NO")
    send(client, opened(client, "edit-row", found.public_id, "participant", norwegian.pk), role="Envoy")
    assert {(row.country_id, row.role) for row in lind(found)} == {("SE", "Minister"), ("NO", "Envoy")}
    norwegian = next(row for row in lind(found) if row.country_id == "NO")
    send(client, opened(client, "remove-row", found.public_id, "participant", norwegian.pk))
    assert [row.country_id for row in lind(found)] == ["SE"]


def test_taking_back_who_was_added_leaves_what_was_decided_on_a_namesake(client, found):
    send(client, opened(client, "add-row", found.public_id, "participant"), name="Jonas Lind", country="NO")
    added = Judgement.objects.get(verb="add").act
    for country, role in ("SE", "Chairman"), ("NO", "Envoy"):
        row = next(row for row in lind(found) if row.country_id == country)
        send(client, opened(client, "edit-row", found.public_id, "participant", row.pk), role=role)
    client.post(reverse("activity-undo"), {"act": added, "back": found.get_absolute_url()})
    assert [(row.country_id, row.role) for row in lind(found)] == [("SE", "Chairman")]


def lind(found) -> list:
    return list(found.participants.filter(name="Jonas Lind"))


def test_an_issue_of_the_tree_is_taken_by_its_name(client, found):
    send(client, opened(client, "add-row", found.public_id, "issue"), name="human rights")
    item = found.agenda.exclude(issue=None).get()
    assert item.name == item.issue.name


def test_a_correction_is_taken_back_from_the_page(client, found):
    send(client, opened(client, "edit-value", found.public_id, "date"), date="1995-03-02")
    act = Judgement.objects.get().act
    client.post(reverse("activity-undo"), {"act": act, "back": found.get_absolute_url()})
    found.refresh_from_db()
    assert found.date == "1995-03-03"


def test_htmx_gets_the_form_alone_and_the_mistake_in_its_place(client, found):
    address = reverse("edit-value", args=[found.public_id, "date"])
    answer = client.get(address, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="editing"' in answer.content
    data = {"date": "soon", "seen": answer.context["form"]["seen"].value()}
    answer = client.post(address, data, headers={"HX-Request": "true"})
    assert (answer["HX-Retarget"], b"<html" in answer.content) == ("#editing", False)


def test_a_passage_is_split_off_in_the_browser(client, editor):
    store_mixed()
    found = Meeting.objects.get()
    address = reverse("split-meeting", args=[found.public_id])
    telling = client.get(address).context["told"][0]
    key = next(key for key, _, segments, _ in telling.passages if "Porto" in "".join(part.text for part in segments))
    response = client.post(address, {"passage": [key], "date": "1995-03-05", "reason": "Two calls."})
    own = Meeting.objects.get(public_id=response.url.split("/")[2].split("-")[0])
    assert (names(own), own.date, names(found)) == (["Rui Alves"], "1995-03-05", ["Ana Duarte", "Jonas Lind"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose the accounts, or the passages"),
        ({"account": "all"}, "one must stay"),
        ({"to": "https://example.org/meetings/nosuch-meeting/"}, "no meeting at this address"),
    ],
)
def test_a_split_that_makes_no_sense_is_explained(client, editor, data, said):
    store_mixed()
    found = Meeting.objects.get()
    if "account" in data:
        data = {"account": [found.accounts.get().pk]}
    assert said in client.post(reverse("split-meeting", args=[found.public_id]), data).content.decode()


def test_a_marked_name_becomes_a_participant(client, editor):
    stored = store_mixed()
    at = TWO.index("Ambassador")
    address = reverse("mark", args=[stored.public_id])
    query = f"?start={at}&end={at + 10}&quote=Ambassador&do=participant"
    context = client.get(address + query).context
    assert context["form"]["name"].value() == "Ambassador"
    found = Meeting.objects.get()
    response = client.post(address + query, {"meeting": found.public_id, "name": "Ambassador", "attendance": "principal", "seen": context["form"]["seen"].value()})  # fmt: skip
    assert response.url == found.get_absolute_url()
    assert Evidence.objects.get(rule="editor").quote == "Ambassador"


def test_words_are_marked_by_typing_them(client, editor):
    stored = store_mixed()
    address = reverse("mark", args=[stored.public_id])
    marked = client.get(address, {"quote": "received  Ambassador\nRui Alves"}).context["marked"]
    assert marked.quote == "received Ambassador Rui Alves"
    assert "do not stand in the text" in client.get(address, {"quote": "no such words"}).content.decode()


def missed(client, stored, **data):
    start = TWO.index(PASSAGE)
    address = f"{reverse('mark', args=[stored.public_id])}?start={start}&end={start + len(PASSAGE)}&do=meeting"
    return client.post(address, {"status": "held", "party-TOTAL_FORMS": 2, "party-INITIAL_FORMS": 0} | data)


def test_a_missed_meeting_is_added_from_its_passage(client, editor):
    stored = store(document(TWO), meeting(TWO))
    data = {
        "date": "1995-03-05", "place": "Porto", "place_country": "PT", "issues": "Tariffs; port fees",
        "party-0-name": "Rui Alves", "party-0-role": "Ambassador", "party-1-country": "Portugal",
    }  # fmt: skip
    response = missed(client, stored, **data | {"date": "the fifth"})
    assert "is not a date" in response.content.decode()
    assert "Rui Alves" in response.content.decode()
    missed(client, stored, **data)
    made = Account.objects.get(found=False).meeting
    assert (made.date, str(made.place), [str(row) for row in made.participants.all()]) == (
        "1995-03-05", "Porto, Portugal", ["Rui Alves", "Portugal"],
    )  # fmt: skip
    assert [str(item) for item in made.agenda.all()] == ["Tariffs", "port fees"]


def test_countries_meet_where_nobody_is_named(client, editor):
    missed(client, store(document(TWO), meeting(TWO)), **{"party-0-country": "Portugal", "party-1-country": "SE"})
    assert Account.objects.get(found=False).meeting.title == "Portugal with Sweden"


def test_a_name_that_the_machine_saw_in_the_passage_can_be_emptied(client, editor):
    stored = store(document(TWO), meeting(TWO))
    at = TWO.index("Rui Alves", TWO.index(PASSAGE))
    stored.revisions.update(names=[[at, at + len("Rui Alves"), "PERSON"]])
    said = {"party-INITIAL_FORMS": 1, "party-0-name": "", "party-1-name": "Paulo Reis"}
    missed(client, stored, **said)
    assert names(Account.objects.get(found=False).meeting) == ["Paulo Reis"]


@pytest.mark.parametrize("field", ["party-0-name", "party-0-role", "place"])
def test_what_has_no_letters_is_no_name(client, editor, field):
    said = {"party-0-name": "Rui Alves", "issues": "—; tariffs"} | {field: "—"}
    response = missed(client, store(document(TWO), meeting(TWO)), **said)
    assert "A name has letters or figures" in response.content.decode()
    assert not Account.objects.filter(found=False).exists()


def test_a_passage_is_kept_as_evidence_of_a_value(client, editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    at = TWO.index("On 5 March 1995")
    address = f"{reverse('mark', args=[stored.public_id])}?start={at}&end={at + 15}&do=evidence"
    client.post(address, {"meeting": found.public_id, "of": "date"})
    claim = Evidence.objects.get(rule="editor")
    assert (claim.field, claim.quote) == ("date", "On 5 March 1995")


def test_a_passage_moves_to_another_meeting_from_the_document(client, editor):
    stored = store_mixed()
    other = editing.add_meeting(editor, cited(stored, "Readout of two calls"), {}, [(party("Paulo Reis", "BR"), None)])
    start = TWO.index(PASSAGE)
    address = f"{reverse('mark', args=[stored.public_id])}?start={start}&end={start + len(PASSAGE)}&do=move"
    source = Account.objects.get(found=True)
    client.post(address, {"source": source.pk, "to": f"http://testserver{other.get_absolute_url()}"})
    assert set(names(other)) == {"Paulo Reis", "Rui Alves"}


def test_readers_see_no_edit_controls_and_may_not_edit(client, found):
    stored = found.accounts.get().document
    row = found.participants.first()
    addresses = [
        reverse("edit-value", args=[found.public_id, "date"]),
        reverse("add-row", args=[found.public_id, "participant"]),
        reverse("edit-row", args=[found.public_id, "participant", row.pk]),
        reverse("remove-row", args=[found.public_id, "participant", row.pk]),
        reverse("split-meeting", args=[found.public_id]),
        reverse("mark", args=[stored.public_id]),
    ]
    for user, status in ((None, 302), (UserFactory(), 403)):
        client.logout()
        if user:
            client.force_login(user)
        for page in (found.get_absolute_url(), stored.get_absolute_url()):
            content = client.get(page).content.decode()
            assert not any(word in content for word in ("amend", "/mark/", "editing", "undo"))
        for address in addresses:
            assert (client.get(address).status_code, client.post(address).status_code) == (status, status)


def test_what_no_longer_anchors_is_listed_until_its_passage_is_there_again(client, editor):
    stored = store_mixed()
    found = Meeting.objects.get()
    editing.cite(editor, found, "date", cited(stored, "On 5 March 1995"), reason="By the diary.")
    address = reverse("astray")
    assert "All decisions hold on" in client.get(address).content.decode()
    text = TWO.replace("On 5 March 1995", "Then")
    save(File(stored.file_name, stored.sha256), document(text), Extraction((meeting(text),), pipeline="test/2"))
    page = client.get(address).content.decode()
    assert "On 5 March 1995" in page
    assert "By the diary." in page
    store_mixed("test/3")
    assert "All decisions hold on" in client.get(address).content.decode()
    stored.delete()
    assert "its document is not here" in client.get(address).content.decode()


def test_the_page_of_a_meeting_asks_no_more_for_an_editor_than_for_a_reader(
    client, found, django_assert_max_num_queries
):
    editing.change(EditorFactory(), found, {"date": "1995-03-02"})
    with django_assert_max_num_queries(14):  # four of them for who is signed in, and what they may do
        client.get(found.get_absolute_url())
