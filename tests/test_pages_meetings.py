"""The list of meetings, which is the front page."""

import re

import pytest

from tests.factories import (
    CountryFactory,
    EditorFactory,
    IssueFactory,
    MeetingFactory,
    ParticipantFactory,
    PersonFactory,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Three people of two countries, four meetings."""
    russia = CountryFactory(key="RU", name="Russia")
    states = CountryFactory(key="US", name="United States")
    syria, yemen = IssueFactory(key="syria", name="Syria"), IssueFactory(key="yemen", name="Yemen")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia, aliases=["Сергей Лавров"])
    kerry, rice = (
        PersonFactory(name="John Kerry", country=states),
        PersonFactory(name="Condoleezza Rice", country=states),
    )
    told(lavrov, kerry, about=(syria, yemen), date="2015-05-12", title="Sochi talks")
    told(lavrov, kerry, about=(syria,), date="2014-01", title="Paris talks", document={"kind": "news"})
    told(lavrov, rice, date="2007-05-29", medium="phone", title="A call", text="They spoke of missile defense.")
    told(lavrov, rice, date="", status="planned", title="Plans")
    return {"lavrov": lavrov, "kerry": kerry, "rice": rice}


def titles(response):
    return [meeting.title for meeting in response.context["page"]]


def heading(response):
    return " ".join(response.content.decode().split("<h1")[1].split(">", 1)[1].split("</h1>")[0].split())


class TestList:
    def test_the_newest_come_first_and_the_undated_last(self, client, world):
        response = client.get("/")
        assert titles(response) == ["Sochi talks", "Paris talks", "A call", "Plans"]
        assert "1 without a date" in response.content.decode()

    def test_the_oldest_can_come_first(self, client, world):
        assert titles(client.get("/?sort=oldest"))[0] == "A call"

    def test_the_front_page_says_what_is_here(self, client, world):
        assert heading(client.get("/")) == "4 meetings of heads of state, ministers and envoys, 2007 to 2015"

    def test_it_has_a_second_address(self, client, world):
        assert titles(client.get("/meetings/")) == titles(client.get("/"))

    def test_an_empty_database_says_what_to_do(self, client):
        assert "make ingest" in client.get("/").content.decode()


class TestQuestions:
    def test_two_people_give_the_meetings_that_they_shared(self, client, world):
        response = client.get("/", {"person": [world["lavrov"].pk, world["kerry"].pk]})
        assert titles(response) == ["Sochi talks", "Paris talks"]
        assert heading(response) == "2 meetings with John Kerry and Sergey Lavrov"

    def test_conditions_add_up_and_are_said_in_words(self, client, world):
        response = client.get("/", {"country": ["RU", "US"], "issue": "syria", "after": "2015", "q": "trade"})
        assert titles(response) == ["Sochi talks"]
        assert (
            heading(response)
            == "1 meeting between Russia and the United States, about Syria, since 2015, matching “trade”"
        )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("medium=phone", ["A call"]),
            ("status=planned", ["Plans"]),
            ("kind=news", ["Paris talks"]),
            ("issue=yemen", ["Sochi talks"]),
            ("q=missiles", ["A call"]),
            ("undated=only", ["Plans"]),
            ("after=2014-01-15&before=2014", ["Paris talks"]),
            ("before=2007-05", ["A call"]),
            ("before=2007-05-28", []),
        ],
    )
    def test_each_condition_narrows_the_list(self, client, world, query, expected):
        assert titles(client.get(f"/?{query}")) == expected

    def test_every_condition_is_a_chip_that_drops_it_alone(self, client, world):
        response = client.get("/?country=RU&country=US&medium=phone&page=1")
        chips = {chip.label: chip.url for chip in response.context["asked"].chips()}
        assert chips == {
            "Russia": "?country=US&medium=phone",
            "United States": "?country=RU&medium=phone",
            "Phone": "?country=RU&country=US",
        }

    @pytest.mark.parametrize(
        ("query", "explained"),
        [
            ("after=soon", "“soon” is not a date"),
            ("after=2007-13", "“2007-13” is not a date"),
            ("country=XX", "“XX” is not known here"),
            ("held_in=XX", "“XX” is not known here"),
            ("person=99999999999999999999", "is not known here"),
            ("person=x", "“x” is not known here"),
            ("issue=nonsense", "“nonsense” is not known here"),
            ("medium=carrier-pigeon", "carrier-pigeon"),
        ],
    )
    def test_a_mistake_is_explained_and_the_rest_of_the_question_runs(self, client, world, query, explained):
        response = client.get(f"/?{query}&kind=news")
        assert response.status_code == 200
        assert explained in response.content.decode()
        assert titles(response) == ["Paris talks"]

    @pytest.mark.parametrize("address", ["/", "/documents/"])
    def test_dates_the_wrong_way_round_are_explained(self, client, world, address):
        explained = "The first date is after the last"
        assert explained in client.get(f"{address}?after=2016&before=2007").content.decode()
        assert explained not in client.get(f"{address}?after=2007-05&before=2007").content.decode()

    @pytest.mark.parametrize(
        "query", ["q=%00", "q=%22", "q=-%20OR", "page=%C2%B2", "page=-7", "page=9999999999", "lists=x"]
    )
    def test_odd_input_is_no_error(self, client, world, query):
        assert client.get(f"/?{query}").status_code == 200

    def test_a_question_without_an_answer_helps_on(self, client, world):
        response = client.get("/?q=zebra")
        assert heading(response) == "No meetings matching “zebra”"
        assert "No meeting fits all of this" in response.content.decode()


class TestFacets:
    def test_their_numbers_are_those_of_the_list_that_they_lead_to(self, client, world):
        facets = client.get("/?country=RU").context["facets"]
        assert [facet.name for facet in facets] == ["country", "person", "issue", "years", "medium", "kind", "status"]
        for facet in facets:
            for choice in facet.choices:
                assert client.get("/" + choice.url).context["tally"].total >= choice.count
                if not choice.chosen:
                    assert client.get("/" + choice.url).context["tally"].total == choice.count, choice

    def test_a_chosen_value_keeps_its_number_and_can_be_dropped(self, client, world):
        country = client.get("/?country=US").context["facets"][0]
        assert [(choice.label, choice.chosen, choice.count) for choice in country.choices] == [
            ("United States", True, 4),
            ("Russia", False, 4),
        ]
        assert country.choices[0].url == "?"

    def test_crawlers_are_asked_not_to_follow_them(self, client, world):
        content = client.get("/?country=RU").content.decode()
        links = re.findall(
            r'<a (?:id="choose-)?[^>]*href="\?[^>]*>', content.split('id="facets"')[1].split("</nav>")[0]
        )
        assert links and all('rel="nofollow"' in link for link in links)


class TestTypedNames:
    def test_a_name_in_any_spelling_becomes_the_person(self, client, world):
        response = client.get("/?with=Lawrow")
        assert response.status_code == 302
        assert response.url == f"/?person={world['lavrov'].pk}"

    def test_a_name_of_several_people_asks_whom_it_means(self, client, world):
        other = PersonFactory(name="Susan Rice")
        told(other, world["lavrov"])
        response = client.get("/?with=Rice&kind=cable")
        urls = {person.name: url for person, url in response.context["candidates"]}
        assert urls["Susan Rice"] == f"?kind=cable&person={other.pk}"
        assert "Whom do you mean by “Rice”?" in response.content.decode()

    def test_an_unknown_name_says_so(self, client, world):
        assert "Nobody called “Zanzibar”" in client.get("/?with=Zanzibar").content.decode()


def test_a_form_sent_with_empty_fields_leads_to_the_short_address(client, world):
    response = client.get("/?q=&with=&kind=news&after=")
    assert (response.status_code, response.url) == (302, "/?kind=news")


def test_a_long_list_comes_in_pages_of_25(client):
    MeetingFactory.create_batch(27)
    first, second = client.get("/"), client.get("/?page=2")
    assert (len(titles(first)), len(titles(second))) == (25, 2)
    assert "1–25 of 27" in first.content.decode()
    assert "26–27 of 27" in second.content.decode()
    assert "<title>Meetings · " in first.content.decode()
    assert "<title>Meetings, page 2 · " in second.content.decode()
    assert not set(titles(first)) & set(titles(second))


def test_the_query_count_does_not_grow_with_the_rows(client, world, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/")
    people = [PersonFactory(country=CountryFactory(key=f"C{n}")) for n in range(6)]
    for _ in range(20):
        told(*people, about=(IssueFactory(), IssueFactory()))
    with django_assert_num_queries(8):
        client.get("/")


def test_an_editor_takes_at_most_twelve_queries(client, world, django_assert_max_num_queries):
    client.force_login(EditorFactory())
    with django_assert_max_num_queries(12):
        client.get("/")


def test_a_full_question_stays_within_eleven_queries(client, world, django_assert_max_num_queries):
    ParticipantFactory(meeting=MeetingFactory(), person=world["lavrov"])
    with django_assert_max_num_queries(11):
        client.get(f"/?person={world['lavrov'].pk}&country=US&issue=syria&q=trade&kind=cable&after=2000")
