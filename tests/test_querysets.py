"""The questions asked of the data."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from told import TEXT, document, meeting, person, statement, store

from meetings import judgements
from meetings.members import Role, create_account
from meetings.models import Account, Collection, Country, Document, Issue, Meeting, Person, Statement
from meetings.records import ExtractedIssue

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()

SECRET = TEXT.replace("Lisbon", "Oslo").replace("Ana Duarte", "Eva Holm")


@pytest.fixture
def reader():
    return get_user_model().objects.create_user("reader")


@pytest.fixture
def editor():
    create_account("editor", Role.EDITOR)
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def private(reader):
    collection = Collection.objects.create(name="Private", public=False)
    collection.readers.add(reader)
    people = (person("Eva Holm", "NO", SECRET), person("Jonas Lind", "SE", SECRET))
    issues = (ExtractedIssue("Fisheries", "fisheries", key="fisheries"),)
    told = meeting(SECRET, date="1996-05-05", participants=people, issues=issues)
    store(document(SECRET, collection="Private"), told, statements=[statement(SECRET)])
    return collection


def test_a_restricted_collection_is_seen_by_its_readers_and_by_editors_only(private, reader, editor):
    other = get_user_model().objects.create_user("other")
    for model in (Collection, Document, Meeting, Account, Statement, Person, Country, Issue):
        seen = {user: model.objects.visible_to(user).count() for user in (ANYBODY, other, reader, editor)}
        assert seen[ANYBODY] == seen[other] == 0, model
        assert seen[reader] > 0, model
        assert seen[editor] > 0, model


def test_words_of_a_hidden_document_find_nothing(private, reader):
    assert Meeting.objects.visible_to(reader).matching("quotas", reader).count() == 1
    store()
    assert {str(found) for found in Meeting.objects.visible_to(ANYBODY).matching("quotas", ANYBODY)} == {
        "Ana Duarte with Jonas Lind"
    }
    assert not Meeting.objects.visible_to(ANYBODY).matching("Oslo", ANYBODY)


def test_counts_do_not_tell_of_hidden_meetings(private, reader):
    store()
    lind = Person.objects.get(name="Jonas Lind")
    assert Person.objects.visible_to(ANYBODY).get(pk=lind.pk).meeting_count == 1
    assert Person.objects.visible_to(reader).get(pk=lind.pk).meeting_count == 2
    assert Country.objects.visible_to(reader).get(pk="SE").meeting_count == 2


def test_a_rejected_meeting_is_shown_to_editors_only(editor):
    store()
    found = Meeting.objects.get()
    judgements.record(editor, found, "reject")
    Meeting.objects.update(review="rejected")
    assert not Meeting.objects.visible_to(ANYBODY)
    assert Meeting.objects.visible_to(editor)


def test_two_people_give_the_meetings_that_they_shared():
    store()
    other = TEXT.replace("Lisbon", "Porto")
    store(
        document(other),
        meeting(
            other, date="1998-01-01", participants=(person("Ana Duarte", "PT", other), person("Per Dahl", "SE", other))
        ),
    )
    duarte, lind = Person.objects.get(name="Ana Duarte"), Person.objects.get(name="Jonas Lind")
    assert Meeting.objects.with_person(duarte).count() == 2
    assert [str(found) for found in Meeting.objects.with_person(duarte, lind)] == ["Ana Duarte with Jonas Lind"]


def test_questions_chain():
    store(document(), meeting(issues=(ExtractedIssue("Fisheries", "fisheries", key="fisheries"),)))
    fisheries = Issue.objects.get(key="fisheries")
    asked = (
        Meeting.objects.visible_to(ANYBODY)
        .with_country("PT", "SE")
        .about(fisheries)
        .between(date(1995, 1, 1), date(1995, 12, 31))
    )
    assert asked.told_by("readout", ANYBODY).count() == 1
    assert asked.told_by("cable", ANYBODY).count() == 0
    assert asked.with_country("NO").count() == 0
    assert Meeting.objects.about(fisheries.theme).count() == 1
    assert not Meeting.objects.between(first=date(1995, 3, 4))


def test_a_date_that_may_lie_in_the_span_counts_and_the_undated_do_not():
    store(document(), meeting(date="1995"))
    assert Meeting.objects.between(date(1995, 6, 1), date(1995, 6, 30)).exists()
    store(document(), meeting(date=None))
    assert not Meeting.objects.between(date(1995, 6, 1), None).exists()


@pytest.mark.parametrize("typed", ["Lavrov", "lawrow", "Лавров", "sergei lavr", "Lavrov Sergey", "Lavro"])
def test_a_name_is_found_in_any_spelling_order_and_script(typed):
    lavrov = Person.objects.get(name="Sergey Lavrov")
    for name in ("Sergey Utkin", "Ana Duarte", "Larry Laver"):
        Person.objects.create(name=name)
    assert Person.objects.named_like(typed)[0] == lavrov


def test_a_word_that_is_nobody_s_name_suggests_nobody():
    Person.objects.create(name="Ben Nelson", country_id="US")
    assert "Ben Nelson" not in {person.name for person in Person.objects.named_like("lisbon")}
    assert "Ben Nelson" in {person.name for person in Person.objects.named_like("nelsen")}


@pytest.mark.parametrize("typed", ["", " ", "'", "%", "\x00", "()&|!", '"', "or", "-"])
def test_odd_input_finds_nothing_and_breaks_nothing(typed):
    store()
    list(Meeting.objects.matching(typed, ANYBODY))
    list(Document.objects.matching(typed))
    assert isinstance(Person.objects.named_like(typed), list)
