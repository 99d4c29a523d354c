"""How what was found divides where a meeting has one value of a facet: what else could be chosen stays in sight, with its number."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from meetings import alternatives, conditions, hits, rollups
from meetings.asking.asked import asked_in
from meetings.asking.language import Term
from meetings.asking.links import Links, toggled
from tests.factories import CollectionFactory, CountryFactory, PersonFactory, PlaceFactory, UserFactory, told

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


@pytest.fixture
def world():
    """Six meetings in three places and forms, of 1962, 1975 (two), 1976 and 1999, one undated."""
    holm = PersonFactory(name="Eva Holm", country=CountryFactory(key="NO", name="Norway"))
    oslo, bergen = (PlaceFactory(name=name, country=holm.country) for name in ("Oslo", "Bergen"))
    told(holm, date="1962-03", place=oslo, title="a", text="Of herring.")
    told(holm, date="1975-03", place=oslo, medium="phone", title="b", text="Of wool.")
    told(holm, date="1975-04", place=bergen, medium="phone", title="c", text="Of herring.")
    told(holm, date="1976", place=bergen, title="d", status="planned", text="Of herring.")
    told(holm, date="1999", place=oslo, medium="video", title="e")
    told(PersonFactory(), date="", title="f")
    return {"oslo": oslo, "bergen": bergen}


@pytest.fixture
def few_years(monkeypatch):
    monkeypatch.setattr("meetings.asking.facets.SINGLE_YEARS", 3)


def facet(client, name, question, **more):
    found = client.get("/", {"q": question, **more}).context["facets"]
    return next(each for each in found if each.name == name)


def told_of(client, name, question):
    return [(choice.label, choice.count, choice.chosen) for choice in facet(client, name, question).choices]


def find(client, name, question, label):
    """What choosing a value finds."""
    choice = next(choice for choice in facet(client, name, question).choices if choice.label == label)
    return {meeting.title for meeting in client.get(f"/{choice.url}").context["page"]}


def test_the_other_forms_stay_beside_the_chosen_one_with_what_each_would_find(client, world):
    assert told_of(client, "medium", "with:Holm medium:phone") == [
        ("Phone", 2, True),
        ("In person", 2, False),
        ("Video", 1, False),
    ]


def test_a_second_value_is_chosen_beside_the_first(client, world):
    assert find(client, "medium", "medium:phone", "Video") == {"b", "c", "e"}
    assert find(client, "in", "in:Bergen", "Oslo") == {"a", "b", "c", "d", "e"}
    assert find(client, "status", "status:planned", "Held") == set("abcdef")
    assert told_of(client, "medium", "medium:phone OR medium:video")[:2] == [("Phone", 2, True), ("Video", 1, True)]


def test_what_else_was_asked_narrows_the_others_too(client, world):
    assert told_of(client, "in", "medium:phone in:Oslo") == [("Oslo", 1, True), ("Bergen", 1, False)]
    assert told_of(client, "in", "medium:phone in:Oslo wool") == [("Oslo", 1, True)]


def test_a_condition_that_excludes_a_value_still_leaves_it_out(client, world):
    assert "Phone" not in [label for label, *_ in told_of(client, "medium", "with:Holm -medium:phone")]


def test_a_chosen_decade_opens_into_its_years_beside_the_other_decades(client, world, few_years):
    assert told_of(client, "date", "date:197X") == [
        ("1960s", 1, False),
        ("1970s", 3, True),
        ("1975", 2, False),
        ("1976", 1, False),
        ("1990s", 1, False),
        ("Undated", 1, False),
    ]


def test_a_year_takes_the_place_of_its_decade_and_stands_beside_other_years(client, world, few_years):
    assert find(client, "date", "date:197X", "1976") == {"d"}
    assert find(client, "date", "date:1976", "1975") == {"b", "c", "d"}
    assert find(client, "date", "date:1976", "1990s") == {"d", "e"}
    assert find(client, "date", "date:1975 OR date:1976", "1970s") == {"b", "c", "d"}
    assert find(client, "date", "date:1976", "Undated") == {"d", "f"}


def test_a_month_typed_in_the_box_can_be_dropped_like_a_year(client, world, few_years):
    assert ("March 1975", 1, True) in told_of(client, "date", "date:1975-03")
    assert find(client, "date", "date:1975-03", "March 1975") == set("abcdef")


def test_their_numbers_are_as_open_as_those_they_are_counted_from(client, world, monkeypatch):
    for module in (hits, alternatives):
        monkeypatch.setattr(module, "CAP", 3)
    assert facet(client, "medium", "medium:video").least
    assert not facet(client, "medium", "wool medium:phone").least


def test_they_are_those_counted_ahead_where_there_are_such(client, world, monkeypatch):
    monkeypatch.setattr(rollups, "LIVE", 3)
    rollups.refresh()
    monkeypatch.setattr(alternatives, "CAP", 3)
    assert told_of(client, "medium", "medium:video") == [
        ("Video", 1, True),
        ("In person", 3, False),
        ("Phone", 2, False),
    ]
    assert not facet(client, "medium", "medium:video").least
    assert not facet(client, "medium", "country:NO medium:video").least


def test_they_tell_nobody_of_what_they_may_not_see(client, world):
    home, reader = CollectionFactory(name="Closed", public=False), UserFactory()
    home.readers.add(reader)
    told(PersonFactory(), medium="video", title="g", audience=home, document={"collection": home})
    assert told_of(client, "medium", "medium:phone")[-1] == ("Video", 1, False)
    client.force_login(reader)
    assert ("Video", 2, False) in told_of(client, "medium", "medium:phone")


def test_frequent_words_are_looked_for_among_the_newest_alone(client, world, monkeypatch):
    monkeypatch.setattr(conditions, "RARE", 0)
    assert told_of(client, "medium", "herring medium:phone") == [("Phone", 1, True), ("In person", 2, False)]
    assert facet(client, "medium", "herring medium:phone").least


def test_every_year_counts_where_there_are_hundreds(client):
    for year in range(1700, 1810):
        told(PersonFactory(), date=str(year))
    told(PersonFactory(), date="")
    tally = client.get("/").context["tally"]
    assert (len(tally.years), tally.undated) == (110, 1)


def test_two_places_of_one_name_are_told_apart_by_their_countries(client, world):
    for country in (CountryFactory(key="RU", name="Russia"), CountryFactory(key="SU", name="Soviet Union")):
        told(PersonFactory(), place=PlaceFactory(name="Moscow", country=country), title=country.key)
    labels = [choice.label for choice in facet(client, "in", "status:held").choices]
    assert {"Moscow, RU", "Moscow, SU", "Oslo"} < set(labels)
    assert find(client, "in", "status:held", "Moscow, SU") == {"SU"}


@pytest.mark.parametrize(
    "query", ["", "q=herring+medium:phone&sort=oldest", "exact=1&q=&off=wool", "sort=oldest&page=2"]
)
@pytest.mark.parametrize(
    "term", [Term("in", "Oslo"), Term("with", "Eva “Holm” & co #7"), Term("medium", "phone"), Term("", "oil")]
)
def test_the_address_of_a_question_with_one_condition_more_is_that_of_the_question_written_whole(query, term):
    query = QueryDict(query)
    links = Links(query, asked_in(query, ANYBODY))
    question = links.asked.question
    assert links.toggled(term) == links.to(toggled(question, term))
