"""Every page of the admin opens with at most a dozen queries, however much it shows."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import (
    AccountFactory,
    AccountIssueFactory,
    AccountParticipantFactory,
    CountryFactory,
    DocumentFactory,
    DocumentRevisionFactory,
    EvidenceFactory,
    IssueFactory,
    JudgementFactory,
    MeetingFactory,
    MeetingIssueFactory,
    OrganisationFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    SuggestionFactory,
)

from meetings import judgements, models
from meetings.members import editors_group
from meetings.records import Field

pytestmark = pytest.mark.django_db

DOZEN = 12
ROWS = 15
MODELS = sorted((model for model in admin.site._registry if model._meta.app_label == "meetings"), key=str)


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.add(editors_group())
    client.force_login(user)
    return user


@pytest.fixture
def many(editor):
    """A meeting, a person, a document with many rows of every kind, and other records beside them; all with relations of their own."""
    countries = [CountryFactory(key=f"Q{letter}") for letter in "ABCDEFGHIJKLMNO"]
    people = [PersonFactory(country=country, aliases=[f"Alias {country}"]) for country in countries]
    bodies = OrganisationFactory.create_batch(ROWS)
    theme = IssueFactory()
    issues = [IssueFactory(theme=theme) for _ in range(ROWS)]
    places = [PlaceFactory(name=f"Town {country}", country=country) for country in countries]
    meeting = MeetingFactory(place=places[0], account_count=ROWS)
    documents = [DocumentFactory() for _ in range(ROWS)]
    for i in range(ROWS):
        MeetingFactory(place=places[i])
        party = {"person": people[i], "country": countries[i], "organisation": bodies[i], "order": i}
        participant = ParticipantFactory(meeting=meeting, **party)
        MeetingIssueFactory(meeting=meeting, issue=issues[i], order=i)
        revision = DocumentRevisionFactory(document=documents[i])
        account = AccountFactory(meeting=meeting, document=documents[i], place=places[i])
        told = AccountFactory(meeting=MeetingFactory(), document=documents[0], place=places[i], order=i + 1)
        PositionFactory(person=people[0], country=countries[i], organisation=bodies[i], title=f"Office {i}")
        for one in (account, told):
            source = AccountParticipantFactory(account=one, participant=participant, **party)
            mention = AccountIssueFactory(account=one, issue=issues[i])
            statement = StatementFactory(
                document=one.document, account=one, person=people[i], country=countries[i], issue=issues[i]
            )
            for support in (
                {"participant": source, "field": Field.PARTICIPANT},
                {"issue": mention, "field": Field.ISSUE},
            ):
                EvidenceFactory(revision=revision, account=one, **support)
            EvidenceFactory(revision=revision, statement=statement, account=one, field=Field.STATEMENT)
            for field in (Field.MEETING, Field.DATE, Field.PLACE, Field.MEDIUM):
                EvidenceFactory(revision=revision, account=one, field=field)
    SuggestionFactory.create_batch(ROWS)
    for i in range(ROWS):
        models.SavedSearch.objects.create(user=editor, name=f"Search {i}", query=f"q=country:Q{i}")
    for i in range(ROWS):
        models.WorkItem.objects.create(document=documents[i], name=f"{i}.txt", asked_by=editor)
    first = documents[0].accounts.get(meeting=meeting)
    for i in range(ROWS):
        AccountParticipantFactory(account=first, person=people[i], country=countries[i], organisation=bodies[i])
        AccountIssueFactory(account=first, issue=issues[i])
        StatementFactory(document=first.document, account=first, country=countries[i], issue=issues[i])
        JudgementFactory(meeting=meeting, made_by=editor, field="title", verb="set", value=str(i))
        judgements.record(editor, meeting, "set", field="title", value="Talks")
    return meeting


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    assert response.content
    return len(captured)


def address(model, page: str, *args) -> str:
    return reverse(f"admin:meetings_{model._meta.model_name}_{page}", args=args)


def costly(client, pages: dict[str, str]) -> dict[str, int]:
    """Which of the pages need more queries than they may."""
    counts = {name: queries(client, address) for name, address in pages.items()}
    return {name: n for name, n in counts.items() if n > DOZEN}


def test_a_list_needs_at_most_a_dozen_queries(client, many):
    assert all(model.objects.count() >= ROWS for model in MODELS if model is not models.Collection)
    assert costly(client, {model.__name__: address(model, "changelist") for model in MODELS}) == {}


def test_a_search_needs_at_most_a_dozen_queries(client, many):
    assert costly(client, {model.__name__: address(model, "changelist") + "?q=trade" for model in MODELS}) == {}


def test_a_record_with_many_rows_needs_at_most_a_dozen_queries(client, many):
    rows = {model: model.objects.order_by("pk").first() for model in MODELS} | {models.Meeting: many}
    assert costly(client, {model.__name__: address(model, "change", row.pk) for model, row in rows.items()}) == {}


def test_an_empty_form_needs_at_most_a_dozen_queries(client, many):
    added = (models.Person, models.Place, models.Country, models.Organisation, models.Issue, models.Collection)
    assert costly(client, {model.__name__: address(model, "add") for model in added}) == {}


def test_suggestions_need_at_most_a_dozen_queries(client, many):
    fields = (
        "participant person",
        "participant country",
        "participant organisation",
        "meetingissue issue",
        "meeting place",
    )
    asked = {}
    for model, field in map(str.split, fields):
        for term in ("", "a"):
            query = f"?app_label=meetings&model_name={model}&field_name={field}&term={term}"
            asked[f"{model} {field} {term}"] = reverse("admin:autocomplete") + query
    assert costly(client, asked) == {}


def test_suggestions_tell_two_people_of_one_name_apart(client, editor):
    for key, name in (("US", "United States"), ("GB", "United Kingdom")):
        PersonFactory(name="John Foster", country=CountryFactory(key=key, name=name))
    query = "?app_label=meetings&model_name=participant&field_name=person&term=Jon+Foster"
    found = client.get(reverse("admin:autocomplete") + query).json()["results"]
    assert {row["text"] for row in found[:2]} == {"John Foster (United States)", "John Foster (United Kingdom)"}


def test_deleting_asks_with_numbers_and_few_queries(client, many):
    person = many.participants.first().person
    page = client.get(address(models.Person, "delete", person.pk)).content.decode()
    assert "1 participant: correct or reject these first" in page
    assert queries(client, address(models.Person, "delete", person.pk)) <= DOZEN + 4
    document = models.Document.objects.order_by("pk").first()
    assert "Passages" in client.get(address(models.Document, "delete", document.pk)).content.decode().title()


def test_the_index_names_every_list_by_subject(client, many):
    page = client.get(reverse("admin:index"))
    sections = {app["name"]: [model["object_name"] for model in app["models"]] for app in page.context["app_list"]}
    assert sections["Meetings"] == ["Meeting", "Participant", "MeetingIssue", "Suggestion", "Judgement"]
    assert {name for names in sections.values() for name in names} == {model.__name__ for model in MODELS}
    assert queries(client, reverse("admin:index")) <= DOZEN


def test_dates_are_written_in_one_form(client, many):
    models.Judgement.objects.update(made_at="2007-05-29T14:30:00Z")
    page = client.get(address(models.Meeting, "change", many.pk)).content.decode()
    assert "29 May 2007, 14:30" in page
