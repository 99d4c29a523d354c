"""People, countries and topics."""

import html
import re

import pytest

from meetings import hits, rollups
from meetings.models import Evidence, Rollup, Statement
from tests.factories import (
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    EvidenceFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lavrov():
    return PersonFactory(
        name="Sergey Lavrov",
        country=CountryFactory(key="RU", name="Russia"),
        aliases=["Сергей Лавров", "Sergei Lavrov"],
    )


@pytest.fixture
def kerry():
    return PersonFactory(name="John Kerry", country=CountryFactory(key="US", name="United States"))


class TestPeople:
    def test_the_list_counts_meetings_and_leaves_out_those_without(self, client, lavrov, kerry):
        told(lavrov, kerry)
        told(lavrov)
        PersonFactory(name="Only Talked About")
        people = client.get("/people/").context["page"].object_list
        assert [(person.name, person.meeting_count) for person in people] == [("Sergey Lavrov", 2), ("John Kerry", 1)]

    @pytest.mark.parametrize("spelling", ["lavr", "Lawrow", "Лавров", "LAVROV, Sergey"])
    def test_any_spelling_finds_a_person(self, client, lavrov, kerry, spelling):
        told(lavrov, kerry)
        people = client.get("/people/", {"q": spelling}).context["page"].object_list
        assert [person.name for person in people] == ["Sergey Lavrov"]

    def test_far_likenesses_are_left_out_where_somebody_bears_the_very_name(self, client, lavrov, kerry):
        told(PersonFactory(name="George Bush"), PersonFactory(name="Nikita Khrushchev"))
        found = client.get("/people/", {"q": "bush"}).context["page"].object_list
        assert [person.name for person in found] == ["George Bush"]

    def test_nobody_found_helps_on(self, client):
        assert "Nobody by that name" in client.get("/people/?q=zzz").content.decode()

    def test_a_persons_page_tells_names_offices_and_company(self, client, lavrov, kerry):
        PositionFactory(person=lavrov, title="Minister of Foreign Affairs", start="2004-03-09")
        syria = IssueFactory(key="syria", name="Syria")
        told(lavrov, kerry, about=(syria,), title="Sochi talks")
        response = client.get(lavrov.get_absolute_url())
        content = response.content.decode()
        for expected in ("Сергей Лавров", "Minister of Foreign Affairs", "9 March 2004", "Sochi talks", "Syria"):
            assert expected in content
        ((met, together),) = response.context["met"]
        assert (met.name, met.n) == ("John Kerry", 1)
        assert client.get(f"/people/{lavrov.pk}/with/{kerry.pk}/").url == together
        assert f'href="{together}"' in content

    def test_a_persons_page_tells_what_they_said_and_on_which_topics(self, client, lavrov, kerry):
        syria, energy = (IssueFactory(key=key, name=key.title()) for key in ("syria", "energy"))
        meeting = told(lavrov, kerry, about=(syria, energy), date="2015-05")
        account = meeting.accounts.get()
        about = {"account": account, "document": account.document}
        StatementFactory(person=lavrov, issue=syria, text="that a conference would help", **about)
        StatementFactory(person=lavrov, issue=energy, text="that gas would flow", **about)
        StatementFactory(person=kerry, issue=syria, text="that he doubted it", **about)
        response = client.get(lavrov.get_absolute_url())
        assert [one.text for one in response.context["said"]] == ["that a conference would help", "that gas would flow"]
        content = response.content.decode()
        assert 'href="?said=syria#said"' in content and "doubted" not in content
        file = html.unescape(re.search(r'href="([^"]*statements.csv[^"]*)"', content)[1])
        lines = client.get(file).getvalue().decode()
        assert "gas would flow" in lines and "John Kerry" in lines and "doubted" not in lines
        response = client.get(lavrov.get_absolute_url(), {"said": "energy"})
        assert [one.text for one in response.context["said"]] == ["that gas would flow"]
        assert client.get(lavrov.get_absolute_url(), {"said": "\x00"}).status_code in {200, 400}

    def test_a_merged_person_leads_to_who_they_are(self, client, lavrov):
        told(lavrov)
        double = PersonFactory(name="S. Lavrov", merged_into=lavrov)
        assert client.get(double.get_absolute_url()).url == lavrov.get_absolute_url()
        asked = client.get(f"/?person={double.pk}", follow=True)
        assert "1 meeting with Sergey Lavrov" in asked.content.decode()

    def test_the_query_count_does_not_grow_with_the_rows(
        self, client, lavrov, kerry, django_assert_num_queries, django_assert_max_num_queries
    ):
        told(lavrov, kerry)
        with django_assert_num_queries(3):
            client.get("/people/")
        with django_assert_max_num_queries(8):
            client.get(lavrov.get_absolute_url())
        for n in range(12):
            told(lavrov, PersonFactory(country=CountryFactory(key=f"C{n}")), about=(IssueFactory(), IssueFactory()))
            PositionFactory(person=lavrov, title=f"Office {n}", country=CountryFactory(key=f"D{n}"))
        with django_assert_num_queries(3):
            client.get("/people/")
        with django_assert_max_num_queries(8):
            client.get(lavrov.get_absolute_url())


class TestCountries:
    def test_the_list_counts_meetings(self, client, lavrov, kerry):
        told(lavrov, kerry)
        told(kerry)
        CountryFactory(key="FR", name="France")
        countries = client.get("/countries/").context["countries"]
        assert [(country.name, country.meeting_count) for country in countries] == [("Russia", 1), ("United States", 2)]

    def test_a_country_names_its_counterparts_and_who_represented_it(self, client, lavrov, kerry):
        told(lavrov, kerry)
        response = client.get("/countries/ru-russia/")
        (row,) = response.context["matrix"].rows
        assert (row.name, [(cell.first, cell.n) for cell in row.cells]) == ("United States", [(2000, 1)])
        assert [person.name for person in response.context["delegates"]] == ["Sergey Lavrov"]
        assert 'href="/relations/ru-us/"' in response.content.decode()

    def test_former_states_and_their_successors_name_each_other_and_are_counted_apart(self, client, lavrov):
        union = CountryFactory(key="SU", name="Soviet Union", exists_to="1991-12-26")
        lavrov.country.predecessors.add(union)
        told(PersonFactory(name="Andrei Gromyko", country=union), date="1962-10-18")
        told(lavrov)
        then, now = client.get(union.get_absolute_url()), client.get(lavrov.country.get_absolute_url())
        assert then.context["tally"].total == now.context["tally"].total == 1
        assert "/countries/ru-russia/" in then.content.decode()
        assert "/countries/su-soviet-union/" in now.content.decode()
        assert "26 December 1991" in then.content.decode()

    def test_only_a_state_that_ended_was_succeeded(self, client):
        pakistan, union = CountryFactory(key="PK", name="Pakistan"), CountryFactory(key="SU", exists_to="1991-12-26")
        CountryFactory(key="BD", name="Bangladesh").predecessors.add(pakistan)
        CountryFactory(key="RU", name="Russia").predecessors.add(union)
        assert "Succeeded by" in client.get(union.get_absolute_url()).content.decode()
        content = client.get(pakistan.get_absolute_url()).content.decode()
        assert "Succeeded by" not in content
        assert "Parts of it became" in content

    def test_a_country_without_meetings_says_so(self, client):
        country = CountryFactory(key="TV", name="Tuvalu")
        assert "No meeting that you may see" in client.get(country.get_absolute_url()).content.decode()

    def test_meetings_held_in_a_country_that_took_no_part_are_reached_from_it(self, client, lavrov, kerry):
        portugal = CountryFactory(key="PT", name="Portugal")
        told(lavrov, kerry, title="Lisbon talks", place=PlaceFactory(name="Lisbon", country=portugal))
        told(lavrov, kerry, title="Elsewhere", place=PlaceFactory(name="Sochi", country=lavrov.country))
        content = client.get(portugal.get_absolute_url()).content.decode()
        assert "1 meeting</strong> held here" in content and 'href="/meetings/?held_in=PT"' in content
        assert "Search among these" not in content and "It took part in no meeting" in content
        found = client.get("/meetings/?held_in=PT", follow=True)
        assert [meeting.title for meeting in found.context["page"]] == ["Lisbon talks"]

    def test_the_query_count_does_not_grow_with_the_rows(
        self, client, lavrov, kerry, django_assert_num_queries, django_assert_max_num_queries
    ):
        told(lavrov, kerry)
        with django_assert_num_queries(1):
            client.get("/countries/")
        with django_assert_max_num_queries(9):
            client.get("/countries/ru-russia/")
        for n in range(12):
            told(lavrov, PersonFactory(country=CountryFactory(key=f"C{n}")), about=(IssueFactory(),))
        with django_assert_num_queries(1):
            client.get("/countries/")
        with django_assert_max_num_queries(9):
            client.get("/countries/ru-russia/")


class TestTopics:
    @pytest.fixture
    def bases(self, lavrov, kerry):
        theme = IssueFactory(key="theme-outer-space", name="Outer space")
        issue = IssueFactory(key="moon-bases", name="Moon bases", theme=theme)
        told(lavrov, kerry, about=(issue,), title="Sochi talks")
        return issue

    def test_the_list_groups_topics_by_theme(self, client, bases):
        content = client.get("/topics/").content.decode()
        assert content.index("Outer space") < content.index("Moon bases")

    def test_a_topic_tells_who_talked_about_it(self, client, bases):
        response = client.get("/topics/moon-bases/")
        assert {country.name for country in response.context["countries"]} == {"Russia", "United States"}
        assert "Sochi talks" in response.content.decode()

    def test_a_theme_stands_for_its_topics(self, client, bases):
        response = client.get("/topics/theme-outer-space/")
        assert response.context["tally"].total == 1
        assert "/topics/moon-bases/" in response.content.decode()

    def test_the_query_count_does_not_grow_with_the_rows(
        self, client, bases, django_assert_num_queries, django_assert_max_num_queries
    ):
        with django_assert_num_queries(1):
            client.get("/topics/")
        with django_assert_max_num_queries(10):
            client.get("/topics/moon-bases/")
        for n in range(12):
            told(PersonFactory(country=CountryFactory(key=f"C{n}")), about=(bases, IssueFactory(theme=bases.theme)))
        with django_assert_num_queries(1):
            client.get("/topics/")
        with django_assert_max_num_queries(10):
            client.get("/topics/moon-bases/")


@pytest.mark.parametrize(
    "address", ["/people/999999/", "/countries/zz/", "/topics/none/", "/meetings/none/", "/documents/none/"]
)
def test_what_is_not_there_is_not_found(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "or you may not see it" in response.content.decode()


class TestPositions:
    @pytest.fixture
    def tolls(self, lavrov, kerry):
        theme = IssueFactory(key="theme-canals", name="Canals")
        issue = IssueFactory(key="canal-tolls", name="Canal tolls", theme=theme)
        for date, words in (("2013-05-07", "a conference"), ("2015-05-12", "a ceasefire"), ("2015-10-23", "elections")):
            meeting = told(lavrov, kerry, about=(issue,), date=date)
            account = meeting.accounts.get()
            for person in (lavrov, kerry):
                statement = StatementFactory(
                    account=account,
                    document=account.document,
                    person=person,
                    speaker=person.name,
                    country=person.country,
                    issue=issue,
                    text=f"{person.name} wanted {words}",
                )
                EvidenceFactory(
                    revision=account.document.revision, statement=statement, field="statement", quote="met on Tuesday"
                )
        return issue

    def said(self, client, query=""):
        return [str(one.text) for one in client.get(f"/topics/canal-tolls/{query}").context["said"]]

    def test_statements_are_counted_by_country_and_year(self, client, tolls):
        figures = client.get("/topics/canal-tolls/").context["positions"]
        assert figures.periods == ["2013", "2014", "2015"]
        assert [(row.key, [cell.n for cell in row.cells]) for row in figures.rows] == [
            ("RU", [1, 0, 2]),
            ("US", [1, 0, 2]),
        ]

    def test_a_count_leads_to_what_was_said_and_that_to_its_passage(self, client, tolls):
        content = client.get("/topics/canal-tolls/").content.decode()
        assert 'href="?said=RU&amp;from=2013&amp;to=2013#said"' in content
        assert self.said(client, "?said=RU&from=2013&to=2013") == ["Sergey Lavrov wanted a conference"]
        evidence = Evidence.objects.filter(statement__text="John Kerry wanted elections").get()
        assert f"/claims/{evidence.pk}/" in content

    def test_the_latest_come_first(self, client, tolls):
        assert self.said(client)[0].endswith("wanted elections")
        assert self.said(client, "?said=US") == [
            f"John Kerry wanted {words}" for words in ("elections", "a ceasefire", "a conference")
        ]

    @pytest.mark.parametrize(
        "query", ["?said=%00&from=x", "?said=ZZ", "?from=99999&to=1", "?said=RU&from=²013&to=2013"]
    )
    def test_odd_addresses_are_answered(self, client, tolls, query):
        assert client.get(f"/topics/canal-tolls/{query}").status_code == 200

    def test_what_a_hidden_document_says_is_not_told(self, client, tolls):
        Statement.objects.filter(text__contains="elections").update(
            document=DocumentFactory(collection=CollectionFactory(name="Closed", public=False))
        )
        assert not any("elections" in text for text in self.said(client))

    def test_a_theme_has_what_was_said_on_its_topics(self, client, tolls):
        assert len(client.get("/topics/theme-canals/").context["said"]) == 6


@pytest.mark.parametrize("record", ["people/{person}", "countries/RU"])
class TestPictures:
    """On the page of a person or a country: where the meetings were, and who met whom."""

    @pytest.fixture
    def address(self, client, lavrov, kerry, record):
        told(lavrov, kerry, date="2015", place=PlaceFactory(name="Sochi", country=lavrov.country))
        told(kerry, date="2016", place=PlaceFactory(name="Paris", country=kerry.country))
        return client.get(f"/{record.format(person=lavrov.pk)}/").url

    def test_they_are_fetched_in_place_each_with_its_table(self, client, address):
        for view, told_there in (("map", "Sochi"), ("network", "John Kerry")):
            response = client.get(address, {"view": view}, headers={"HX-Request": "true"})
            content = response.content.decode()
            assert content.lstrip().startswith(f'<section class="panel" id="{view}"')
            assert f'data-picture="{view}"' in content and "<table" in content
            assert told_there in content and "Paris" not in content
            assert "HX-Request" in response["Vary"]

    def test_the_page_waits_for_them_and_without_javascript_asks_for_a_table(self, client, address):
        content = client.get(address).content.decode()
        assert "data-picture" not in content and 'hx-get="?view=map"' in content
        assert 'href="?view=network#network"' in content
        content = client.get(address, {"view": "network"}).content.decode()
        assert content.startswith("<!DOCTYPE") and 'data-picture="network"' in content

    def test_they_take_few_queries(self, client, address, django_assert_max_num_queries):
        for view in ("map", "network"):
            for headers in ({}, {"HX-Request": "true"}):
                with django_assert_max_num_queries(10):
                    client.get(address, {"view": view}, headers=headers)

    def test_their_tables_lead_to_the_meetings_of_this_record(self, client, address):
        content = client.get(address, {"view": "map"}).content.decode()
        question = re.search(r'<th scope="row"><a href="([^"]*)">Sochi', content)[1]
        assert client.get(question).context["tally"].total == 1

    def test_another_picture_is_none_of_this_page(self, client, address):
        assert "data-picture" not in client.get(address, {"view": "timeline"}).content.decode()


def test_a_page_of_the_list_on_a_record_is_a_page_of_the_list(client, lavrov):
    for _ in range(26):
        told(lavrov)
    content = client.get(client.get(f"/people/{lavrov.pk}/").url, {"view": "map"}).content.decode()
    assert '<a rel="next" href="?page=2">' in content


def test_whom_a_frequent_country_met_by_decade_is_counted_ahead(client, monkeypatch, lavrov, kerry):
    other = PersonFactory(country=CountryFactory(key="FR", name="France"))
    for year in (1985, 1994, 1995):
        told(lavrov, kerry, date=str(year))
    told(lavrov, other, date="1996")
    told(lavrov, kerry, date="")

    def matrix():
        found = client.get("/countries/ru-russia/").context["matrix"]
        return found.periods, [(row.key, row.total, [cell.n for cell in row.cells]) for row in found.rows]

    live = matrix()
    assert live == (["1980s", "1990s"], [("US", 4, [1, 2]), ("FR", 1, [0, 1])])
    for module in (hits, rollups):
        monkeypatch.setattr(module, "CAP" if module is hits else "LIVE", 3)
    monkeypatch.setattr("meetings.views.countries.CAP", 3)
    rollups.refresh()
    assert matrix() == live
    Rollup.objects.all().delete()
    response = client.get("/countries/ru-russia/")
    assert response.context["matrix"].rows == []
    assert [(country.key, country.n) for country in response.context["counterparts"]] == [("US", 2), ("FR", 1)]
