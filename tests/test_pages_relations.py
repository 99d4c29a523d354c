"""What there was between two countries or two people."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from meetings.presentation.lanes import figures, length
from tests.factories import (
    CollectionFactory,
    CountryFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lavrov():
    return PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia"))


@pytest.fixture
def kerry():
    return PersonFactory(name="John Kerry", country=CountryFactory(key="US", name="United States"))


@pytest.fixture
def talks(lavrov, kerry):
    geneva, syria = PlaceFactory(name="Geneva"), IssueFactory(key="syria", name="Syria")
    return [
        told(lavrov, kerry, date="2013-05-07", title="In Moscow"),
        told(lavrov, kerry, date="2013-09-12", place=geneva, about=(syria,)),
        told(lavrov, kerry, date="2016-01", place=geneva, about=(syria,), medium="phone"),
        told(lavrov, kerry, date="2016-09-09", status="cancelled"),
        told(lavrov, PersonFactory(name="Julie Bishop"), date="2016-02-02", title="Without them"),
    ]


def sentence(response) -> str:
    (told,) = re.findall(r'<p class="sentence">(.*?)</p>', response.content.decode(), re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", told))


class TestAddress:
    def test_countries_have_one_order(self, client, talks):
        for address in ("/relations/us-ru/", "/relations/US-RU/", "/relations/RU-us/"):
            assert client.get(address).url == "/relations/ru-us/"
        assert client.get("/relations/ru-us/").status_code == 200

    def test_people_have_one_order_and_their_names(self, client, talks, lavrov, kerry):
        first, second = sorted((lavrov, kerry), key=lambda person: person.pk)
        expected = f"{first.get_absolute_url()}with/{second.get_absolute_url().removeprefix('/people/')}"
        for address in (
            f"/people/{lavrov.pk}/with/{kerry.pk}/",
            f"/people/{kerry.pk}/with/{lavrov.pk}/",
            f"/people/{kerry.pk}-somebody/with/{lavrov.pk}-else/",
        ):
            assert client.get(address).url == expected
        assert client.get(expected).status_code == 200

    def test_a_merged_person_leads_to_who_they_are(self, client, talks, lavrov, kerry):
        double = PersonFactory(name="S. Lavrov", merged_into=lavrov)
        response = client.get(f"/people/{kerry.pk}/with/{double.pk}/", follow=True)
        assert response.context["history"].total == 4

    def test_one_with_itself_is_its_own_page(self, client, talks, lavrov):
        assert client.get("/relations/ru-ru/").url == "/countries/ru/"
        assert client.get(f"/people/{lavrov.pk}/with/{lavrov.pk}/").url == lavrov.get_absolute_url()

    @pytest.mark.parametrize("address", ["/relations/ru-zz/", "/people/1/with/999999/"])
    def test_what_is_not_there_is_not_found(self, client, talks, address):
        assert client.get(address).status_code == 404


@pytest.fixture(params=["countries", "people"])
def address(request, lavrov, kerry):
    if request.param == "countries":
        return "/relations/ru-us/"
    return f"/people/{lavrov.pk}/with/{kerry.pk}/"


class TestPage:
    def test_one_sentence_tells_first_last_silence_and_place(self, client, talks, address):
        assert sentence(client.get(address, follow=True)) == (
            "4 meetings (1 of them planned or cancelled): the first known 7 May 2013, the last January 2016; the longest "
            "silence between, 2 years and 4 months, from September 2013 to January 2016; most often in Geneva (2)."
        )

    def test_a_date_is_told_as_exactly_as_it_is_known_and_no_silence_begins_before_it_may_have_passed(
        self, client, lavrov, kerry
    ):
        told(lavrov, kerry, date="1979")
        told(lavrov, kerry, date="1993-04-04")
        assert (
            "the first known 1979, the last 4 April 1993; the longest silence between, 13 years and 3 months, "
            "from December 1979 to April 1993"
        ) in sentence(client.get("/relations/ru-us/"))

    def test_every_encounter_is_on_a_lane_of_its_year_and_silences_are_marked(self, client, talks, address):
        response = client.get(address, follow=True)
        assert [(lane.years, lane.n, len(lane.dots)) for lane in response.context["lanes"]] == [
            ("2016", 2, 2),
            ("2014–2015", 0, 0),
            ("2013", 2, 2),
        ]
        month, cancelled = response.context["lanes"][0].dots
        assert month.width == 30 and month.medium == "phone"
        assert not cancelled.held and "cancelled" in cancelled.title
        assert "no meeting here" in response.content.decode()

    def test_the_table_says_what_the_picture_shows(self, client, talks, address):
        rows = client.get(address, follow=True).context["years"]
        assert [(row.year, row.n, row.forms, row.not_held) for row in rows] == [
            (2016, 2, [1, 1, 0, 0], 1),
            (2013, 2, [2, 0, 0, 0], 0),
        ]

    def test_of_many_meetings_months_are_drawn(self, client, talks, address, monkeypatch):
        monkeypatch.setattr("meetings.relations.DRAWN", 3)
        response = client.get(address, follow=True)
        assert "Too many to draw each" in response.content.decode()
        assert [[dot.title for dot in lane.dots] for lane in response.context["lanes"]] == [
            ["1 meeting", "1 meeting"],
            [],
            ["1 meeting", "1 meeting"],
        ]

    def test_of_more_meetings_than_are_looked_at_the_latest_are_told_of(self, client, talks, address, monkeypatch):
        monkeypatch.setattr("meetings.hits.CAP", 2)
        response = client.get(address, follow=True)
        assert sentence(response).startswith("More than 2 meetings, the latest 2 of which are told of here")
        assert "2+ meetings" in response.content.decode()
        assert "In Moscow" not in response.content.decode()

    def test_issues_are_counted_by_period_and_lead_to_their_meetings(self, client, talks, address):
        response = client.get(address, follow=True)
        (syria,) = response.context["issues"].rows
        assert [cell.n for cell in syria.cells] == [1, 0, 0, 1]
        links = [
            urlsplit(link.replace("&amp;", "&"))
            for link in re.findall(r'"(/meetings/\?[^"]*syria[^"]*)"', response.content.decode())
        ]
        asked = [parse_qs(link.query)["q"][0] for link in links]
        assert any("about:syria after:2013 before:2013" in question for question in asked)

    def test_the_list_itself_is_below(self, client, talks, address):
        content = client.get(address, follow=True).content.decode()
        assert "In Moscow" in content and "Without them" not in content

    def test_hidden_meetings_are_not_counted(self, client, talks, lavrov, kerry, address):
        closed = CollectionFactory(name="Closed", public=False)
        told(lavrov, kerry, date="1999", audience=closed, document={"collection": closed}, title="A secret")
        response = client.get(address, follow=True)
        assert response.context["history"].total == 4
        assert "A secret" not in response.content.decode() and "1999" not in sentence(response)

    def test_two_that_never_met_are_told_so(self, client, talks):
        CountryFactory(key="TV", name="Tuvalu")
        assert "No meeting that you may see" in client.get("/relations/ru-tv/").content.decode()

    def test_the_query_count_does_not_grow_with_the_meetings(
        self, client, talks, lavrov, kerry, address, django_assert_max_num_queries
    ):
        address = client.get(address).url if "people" in address else address
        for n in range(8):
            other = PersonFactory(country=CountryFactory(key=f"C{n}"))
            told(lavrov, kerry, other, date=f"199{n}", about=(IssueFactory(),), place=PlaceFactory(name=f"Town {n}"))
        with django_assert_max_num_queries(10):
            client.get(address)


def test_people_of_both_sides_are_paired_by_number(client, talks, lavrov, kerry):
    rice = PersonFactory(name="Condoleezza Rice", country=kerry.country)
    told(lavrov, rice, date="2007")
    pairs = client.get("/relations/ru-us/").context["pairs"]
    assert [(pair["one_name"], pair["other_name"], pair["n"]) for pair in pairs] == [
        ("Sergey Lavrov", "John Kerry", 4),
        ("Sergey Lavrov", "Condoleezza Rice", 1),
    ]


def test_who_else_was_there_is_named(client, talks, lavrov, kerry):
    told(lavrov, kerry, PersonFactory(name="Lakhdar Brahimi"), date="2012")
    response = client.get(f"/people/{lavrov.pk}/with/{kerry.pk}/", follow=True)
    assert [person.name for person in response.context["company"]] == ["Lakhdar Brahimi"]


class TestChoosing:
    def test_a_name_in_any_spelling_leads_to_what_was_between_them(self, client, talks, lavrov, kerry):
        expected = client.get(f"/people/{lavrov.pk}/with/{kerry.pk}/").url
        for query in ({"name": "kerry"}, {"name": "KERRY, John"}, {"name": f"John Kerry #{kerry.pk}"}):
            response = client.get(f"/people/{lavrov.pk}/with/", query)
            assert response.url == client.get(expected).request["PATH_INFO"]

    def test_several_are_offered_and_nobody_is_said(self, client, talks, lavrov):
        told(PersonFactory(name="Bob Kerry"))
        content = client.get(f"/people/{lavrov.pk}/with/", {"name": "kerry"}).content.decode()
        assert "John Kerry" in content and "Bob Kerry" in content
        assert client.get(f"/people/{lavrov.pk}/with/", {"name": "x #99999999999"}).status_code == 200
        assert "Nobody called" in client.get(f"/people/{lavrov.pk}/with/", {"name": "zzzz"}).content.decode()


class TestFigures:
    def test_periods_are_as_short_as_the_columns_allow(self):
        assert figures({("a", "A"): {2001: 1, 2003: 2}}, 5).periods == ["2001", "2002", "2003"]
        assert figures({("a", "A"): {1950: 1, 2003: 2}}, 5).periods[:2] == ["1950–54", "1955–59"]

    def test_the_undated_have_a_column_of_their_own(self):
        told = figures({("a", "A"): {2001: 1, None: 2}}, 5)
        assert told.undated and told.rows[0].undated == 2 and told.rows[0].total == 3


@pytest.mark.parametrize(
    ("days", "words"), [(40, "40 days"), (150, "5 months"), (365, "1 year"), (1200, "3 years and 3 months")]
)
def test_lengths_in_words(days, words):
    assert length(days) == words
