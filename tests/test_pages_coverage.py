"""What is covered, and how well it was read."""

import json
import re

import pytest

from meetings.presentation.measured import DATA
from tests.factories import CollectionFactory, DocumentFactory, PersonFactory, UserFactory, told

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def papers():
    told(PersonFactory(), document={"title": "Cable", "kind": "cable", "date": "2007-06-01", "origin": "Moscow"})
    DocumentFactory(title="Wire", kind="cable", date="1951", state="processed")
    DocumentFactory(title="Broken", state="failed", reason="It is no PDF.", date="")
    hidden = CollectionFactory(name="Closed papers", public=False)
    DocumentFactory(title="Secret", state="failed", reason="A reason of theirs.", origin="Vienna", collection=hidden)
    return hidden


def test_documents_are_counted_by_what_became_of_them_kind_and_year(client, papers):
    context = client.get("/coverage/").context
    assert {state: n for state, _, n in context["states"]} == {"processed": 2, "failed": 1, "not_extracted": 0}
    (cables,) = context["kinds"]
    assert (cables["documents"], cables["telling"], cables["first"], cables["last"]) == (2, 1, 1951, 2007)
    assert context["years"] == {1951: 1, 2007: 1}
    assert [(row["origin"], row["documents"]) for row in context["origins"]] == [("Moscow", 1)]


def test_years_without_documents_and_documents_without_a_year_are_named(client, papers):
    page = text(client.get("/coverage/"))
    assert "2 years with documents; longest gaps: 1952–2006; 1 document without a date." in page
    DocumentFactory(date="1953")
    DocumentFactory(date="1954")
    assert "longest gaps: 1952 and 1955–2006" in text(client.get("/coverage/"))


def test_why_documents_were_not_read_is_said_of_those_that_one_may_see(client, papers):
    page = text(client.get("/coverage/"))
    assert "It is no PDF. 1" in page
    assert "A reason of theirs." not in page and "Vienna" not in page
    reader = UserFactory()
    papers.readers.add(reader)
    client.force_login(reader)
    assert "A reason of theirs. 1" in text(client.get("/coverage/"))


def test_the_figures_are_those_of_the_last_measurement(client):
    page = text(client.get("/coverage/"))
    gold = json.loads(DATA.read_text())["gold"]
    participants = gold["measures"]["participant"]
    assert f"{gold['documents']} documents" in page
    assert f"Participants {participants['p']:.0%} {participants['r']:.0%} {participants['f']:.0%}" in page


def test_an_empty_site_says_so(client):
    assert "No meeting has been read in yet." in text(client.get("/coverage/"))


def test_the_page_takes_seven_queries(client, papers, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get("/coverage/")
