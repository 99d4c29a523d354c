"""What a meeting can be found by follows whatever changes its rows."""

import pytest
from factories import (
    CollectionFactory,
    CountryFactory,
    EditorFactory,
    IssueFactory,
    MeetingFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    told,
)
from told import TEXT, document, meeting, person, store

from meetings import decisions
from meetings.models import Account, Country, Document, Issue, Meeting, MeetingIssue, Participant
from meetings.resolution.names import fold
from meetings.storage import delete_documents

pytestmark = pytest.mark.django_db


def of(record: Meeting, *letters: str) -> set[str]:
    """The stored terms of some facets."""
    stored = Meeting.objects.get(pk=record.pk)
    return {term for term in stored.terms + stored.names if term[0] in letters}


def from_rows(record: Meeting) -> set[str]:
    """What the terms should be, made from the rows."""
    record = Meeting.objects.get(pk=record.pk)
    expected = {
        f"s:{record.status}",
        f"m:{record.medium}",
        f"r:{record.review}",
        f"y:{record.earliest.year if record.earliest else ''}",
    }
    if record.place:
        expected |= {f"l:{record.place_id}", f"h:{record.place.country_id}"}
    for one in record.participants.all():
        expected |= {f"p:{one.person_id}"} if one.person_id else {f"n:{fold(one.name)}"} if one.name else set()
        expected |= {f"c:{one.country_id}"} if one.country_id else set()
    for item in record.agenda.exclude(issue=None):
        expected |= {f"i:{item.issue_id}"} | ({f"i:{item.issue.theme_id}"} if item.issue.theme_id else set())
    for account in record.accounts.select_related("document__collection"):
        document = account.document
        expected.add(
            f"k:{document.kind}" if document.collection.public else f"k:{document.collection_id}:{document.kind}"
        )
    return expected


def agree() -> bool:
    return all(
        {term for term in record.terms + record.names if term[0] != "o"} == from_rows(record)
        for record in Meeting.objects.all()
    )


def test_terms_agree_with_the_rows_after_documents_come_change_and_go():
    other = TEXT.replace("3 March", "third of March")
    first = store(name="first")
    assert agree()
    store(document(other, kind="cable"), meeting(other), name="second")
    joined = Meeting.objects.get(account_count=2)
    assert of(joined, "k") == {"k:readout", "k:cable"}
    assert agree()
    store(
        document(other, kind="news"), meeting(other, participants=(person("Ana Duarte", "PT", other),)), name="second"
    )
    assert agree()
    delete_documents(Document.objects.filter(pk=first.pk))
    assert Meeting.objects.count() == 1
    assert agree()


def test_terms_follow_a_correction_of_participants_agenda_and_place():
    store()
    record, editor = Meeting.objects.get(), EditorFactory()
    before = decisions.State.of(record)
    record.participants.filter(name="Jonas Lind").update(country=CountryFactory(key="NO"))
    Participant.objects.create(meeting=record, name="Eva Holm")
    MeetingIssue.objects.create(meeting=record, issue=IssueFactory(name="Ice", theme=IssueFactory()), name="Ice")
    Meeting.objects.filter(pk=record.pk).update(place=PlaceFactory(name="Bergen", country=CountryFactory(key="NO")))
    assert agree()
    decisions.decide(editor, record, before)
    assert agree()
    assert of(record, "n") >= {"n:eva holm"}
    decisions.review(editor, record, "reject")
    assert of(record, "r") == {"r:rejected"}


def test_terms_follow_whom_a_name_is_resolved_to():
    record = MeetingFactory()
    party = ParticipantFactory(meeting=record, name="Éva Holm")
    assert of(record, "p", "n") == {"n:eva holm"}
    party.person = PersonFactory()
    party.save()
    assert of(record, "p", "n") == {f"p:{party.person_id}"}
    Participant.objects.filter(pk=party.pk).update(person=PersonFactory())
    assert of(record, "p") == {f"p:{Participant.objects.get().person_id}"}
    Participant.objects.all().delete()
    assert of(record, "p", "n") == set()


def test_terms_follow_an_account_to_another_meeting():
    one, other = told(document={"kind": "cable"}), told(document={"kind": "memcon"})
    Account.objects.filter(meeting=one).update(meeting=other)
    assert of(one, "k") == set()
    assert of(other, "k") == {"k:cable", "k:memcon"}


def test_terms_follow_the_kind_of_a_document_and_who_may_see_it():
    record, home = told(document={"kind": "cable"}), CollectionFactory()
    Document.objects.update(kind="news")
    assert of(record, "k") == {"k:news"}
    home.public = False
    home.save()
    assert of(record, "k") == {f"k:{home.pk}:news"}


def test_terms_follow_the_topic_tree_and_the_offices_of_people():
    issue, holder = IssueFactory(theme=IssueFactory()), PersonFactory()
    record = told(holder, about=(issue,), date="1996-05-05")
    theme = IssueFactory()
    Issue.objects.filter(pk=issue.pk).update(theme=theme)
    assert of(record, "i") == {f"i:{issue.pk}", f"i:{theme.pk}"}
    position = PositionFactory(person=holder, office="foreign minister", start="1994", end="1996")
    assert of(record, "o") == {"o:foreign minister"}
    position.end = "1995"
    position.save()
    assert of(record, "o") == set()


def test_a_meeting_of_hundreds_is_stored_and_found():
    record, everybody = MeetingFactory(), [f"Delegate {n} of a Country with a Long Name" for n in range(600)]
    for key in Country.objects.values_list("key", flat=True):
        ParticipantFactory(meeting=record, country_id=key, name=everybody.pop())
    Participant.objects.bulk_create(Participant(meeting=record, name=name, folded=name.lower()) for name in everybody)
    for issue in Issue.objects.exclude(theme=None):
        MeetingIssue.objects.create(meeting=record, issue=issue, name=issue.name)
    assert len(of(record, "n")) == 600


def test_saving_a_meeting_that_was_read_before_its_rows_changed_keeps_its_terms():
    stale = Meeting.objects.get(pk=MeetingFactory().pk)
    assert (stale.terms, stale.names) != ([], None)
    ParticipantFactory(meeting=stale, name="Eva Holm")
    stale.save()
    assert "n:eva holm" in of(stale, "n")
