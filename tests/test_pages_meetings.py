"""The list of meetings, which is the front page."""

import html
import logging
import re
import socket
from urllib.parse import parse_qs, urlencode

import pytest
from gunicorn.http.errors import LimitRequestLine

from diplomacy.gunicorn import Threads
from meetings.asking.language import MOST
from meetings.asking.relevance import cut, window
from meetings.management.commands.serve import Application
from meetings.models import Meeting
from tests.factories import (
    CollectionFactory,
    CountryFactory,
    IssueFactory,
    MeetingFactory,
    MeetingIssueFactory,
    PersonFactory,
    PlaceFactory,
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
        response = client.get("/", {"q": "with:Lavrov with:Kerry"})
        assert titles(response) == ["Sochi talks", "Paris talks"]
        assert heading(response) == "2 meetings with Sergey Lavrov and John Kerry"

    def test_conditions_add_up_and_are_said_in_words(self, client, world):
        response = client.get("/", {"q": "country:RU country:US about:Syria after:2015 trade"})
        assert titles(response) == ["Sochi talks"]
        assert (
            heading(response)
            == "1 meeting between Russia and the United States, about Syria, since 2015, matching “trade”"
        )

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("medium:phone", ["A call"]),
            ("status:planned", ["Plans"]),
            ("kind:news", ["Paris talks"]),
            ("about:yemen", ["Sochi talks"]),
            ("missiles", ["A call"]),
            ("date:none", ["Plans"]),
            ("after:2014-01-15 before:2014", ["Paris talks"]),
            ("before:2007-05", ["A call"]),
            ("before:2007-05-28", []),
            ("-medium:phone -about:Syria", ["Plans"]),
            ("about:yemen OR missiles", ["Sochi talks", "A call"]),
        ],
    )
    def test_each_condition_narrows_the_list(self, client, world, question, expected):
        assert titles(client.get("/", {"q": question})) == expected

    @pytest.mark.parametrize(
        ("question", "explained"),
        [
            ("after:soon", "“soon” is not a date"),
            ("country:XX", "“XX” is no country known here"),
            ("in:XX", "“XX” is no place known here"),
            ('with:"#99999999999"', "is not known here"),
            ("medium:carrier-pigeon", "“carrier-pigeon” is no medium"),
            ("colour:red", "There is no field “colour:”"),
            ("after:2016 before:2007", "The first date is after the last"),
        ],
    )
    def test_a_mistake_is_explained_and_the_rest_of_the_question_runs(self, client, world, question, explained):
        response = client.get("/", {"q": f"{question} kind:news"})
        assert response.status_code == 200
        assert explained in response.content.decode()
        if "2016" not in question:
            assert titles(response) == ["Paris talks"]

    def test_documents_explain_dates_the_wrong_way_round(self, client, world):
        explained = "The first date is after the last"
        assert explained in client.get("/documents/?after=2016&before=2007").content.decode()
        assert explained not in client.get("/documents/?after=2007-05&before=2007").content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "q=%00",
            "q=%22",
            "q=-%20OR",
            "q=with:%22",
            "off=%22",
            "page=%C2%B2",
            "page=-7",
            "page=9999999999",
            "lists=x",
            "sort=x",
        ],
    )
    def test_odd_input_is_no_error(self, client, world, query):
        assert client.get(f"/?{query}", follow=True).status_code == 200

    def test_a_question_without_an_answer_helps_on(self, client, world):
        response = client.get("/?q=zebra")
        assert heading(response) == "No meetings matching “zebra”"
        assert "No meeting fits all of this" in response.content.decode()

    def test_a_surname_of_two_people_finds_both_and_offers_each(self, client, world):
        other = PersonFactory(name="Susan Rice")
        told(other, world["lavrov"], title="More talks")
        content = client.get("/?q=with:Rice").content.decode()
        assert "“Rice” may be Condoleezza Rice (United States) and Susan Rice." in content
        (link,) = re.findall(r'<a href="([^"]*)"[^>]*>Susan Rice</a>', content)
        assert titles(client.get("/" + html.unescape(link))) == ["More talks"]

    def test_what_was_typed_stands_in_the_box_and_is_escaped(self, client, world):
        content = client.get("/", {"q": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;alert(1)" in content


class TestChips:
    def chips(self, client, query):
        return {chip.label: chip for chip in client.get(f"/?{query}").context["links"].chips()}

    def test_every_condition_is_a_chip_that_drops_it_alone(self, client, world):
        chips = self.chips(client, "q=country:RU+country:US+medium:phone&page=1&sort=oldest")
        assert {label: chip.drop for label, chip in chips.items()} == {
            "with Russia": "?q=country:US+medium:phone&sort=oldest",
            "with the United States": "?q=country:RU+medium:phone&sort=oldest",
            "by telephone": "?q=country:RU+country:US&sort=oldest",
        }

    def test_a_condition_can_be_turned_round(self, client, world):
        chip = self.chips(client, "q=medium:phone")["by telephone"]
        assert chip.invert == "?q=-medium:phone"
        assert titles(client.get("/" + chip.invert)) == ["Sochi talks", "Paris talks", "Plans"]
        assert "not by telephone" in self.chips(client, chip.invert[1:])

    def test_a_condition_can_be_set_aside_and_taken_up_again(self, client, world):
        chip = self.chips(client, "q=country:RU+medium:phone")["by telephone"]
        assert chip.switch == "?q=country:RU&off=medium:phone"
        assert len(titles(client.get("/" + chip.switch))) == 4
        aside = self.chips(client, chip.switch[1:])["by telephone"]
        assert aside.off
        assert aside.switch == "?q=country:RU+medium:phone"
        assert aside.drop == "?q=country:RU"

    def test_alternatives_are_one_chip(self, client, world):
        assert list(self.chips(client, "q=medium:phone+OR+status:planned")) == ["by telephone or planned"]


class TestForm:
    """Fields beside the box: another way to write the same text."""

    def sent(self, client, **fields):
        response = client.get("/", fields)
        assert response.status_code == 302, response.content
        return parse_qs(response.url.partition("?")[2])

    def test_what_is_filled_in_becomes_text(self, client, world):
        sent = self.sent(client, q="trade", medium="phone", country=["Russia", "United States"], after="2005")
        assert sent == {"q": ['trade country:Russia country:"United States" after:2005 medium:phone']}

    def test_a_name_becomes_a_condition_in_any_spelling(self, client, world):
        response = client.get("/", {"q": "", "with": "Lawrow"}, follow=True)
        assert heading(response) == "4 meetings with Sergey Lavrov"

    def test_the_fields_are_filled_from_the_text(self, client, world):
        response = client.get(
            "/", {"q": "with:Lavrov without:Kerry country:US medium:phone OR medium:video after:2005"}
        )
        shown = {each.field.name: each.values for each in response.context["inputs"] if each.values}
        assert shown == {"with": ("Lavrov",), "without": ("Kerry",), "country": ("US",), "after": ("2005",)}

    def test_sending_the_form_unchanged_changes_nothing(self, client, world):
        text = "with:Lavrov kind:news OR kind:cable"
        assert self.sent(client, q=text, was=text, **{"with": ["Lavrov", ""]}) == {"q": [text]}

    def test_a_field_that_was_changed_changes_its_condition_alone(self, client, world):
        text = "trade with:Lavrov medium:phone"
        fields = {"with": ["Kerry"], "medium": "phone"}
        assert self.sent(client, q=text, was=text, **fields) == {"q": ["trade medium:phone with:Kerry"]}

    def test_a_field_that_was_emptied_drops_its_condition(self, client, world):
        assert self.sent(client, q="with:Lavrov oil", was="with:Lavrov oil", **{"with": ""}) == {"q": ["oil"]}

    def test_the_box_wins_where_only_the_box_was_changed(self, client, world):
        fields = {"with": ["Lavrov"]}
        assert self.sent(client, q="with:Kerry", was="with:Lavrov", **fields) == {"q": ["with:Kerry"]}

    def test_a_mistake_in_a_field_is_explained_like_one_in_the_box(self, client, world):
        assert "“soon” is not a date" in client.get("/", {"after": "soon"}, follow=True).content.decode()

    def test_empty_fields_lead_to_the_short_address(self, client, world):
        response = client.get("/?q=&with=&kind=&after=&was=")
        assert (response.status_code, response.url) == (302, "/")

    def test_the_order_and_what_is_set_aside_are_kept(self, client, world):
        sent = self.sent(client, q="", sort="oldest", off="medium:phone", country="RU", page="3")
        assert sent == {"q": ["country:RU"], "sort": ["oldest"], "off": ["medium:phone"]}


class TestFormerAddresses:
    """Lists as links from earlier versions ask for them."""

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            ("country=RU&country=US&medium=phone", "country:RU country:US medium:phone"),
            ("issue=syria&held_in=RU", "in:RU about:syria"),
            ("undated=only&kind=news", "date:none kind:news"),
            ("q=oil+price&after=2005&before=2006-05", "oil price after:2005 before:2006-05"),
            ("person=x", "with:x"),
            ("person=99999999999999999999", "with:99999999999999999999"),
        ],
    )
    def test_they_lead_to_the_text(self, client, world, query, text):
        response = client.get(f"/meetings/?{query}")
        assert response.status_code == 302
        assert parse_qs(response.url.partition("?")[2]) == {"q": [text]}

    def test_people_by_number_are_named(self, client, world):
        response = client.get(f"/?person={world['lavrov'].pk}&person={world['kerry'].pk}", follow=True)
        assert heading(response) == "2 meetings with Sergey Lavrov and John Kerry"
        text = parse_qs(response.redirect_chain[0][0].partition("?")[2])["q"][0]
        assert f'with:"Sergey Lavrov #{world["lavrov"].pk}"' in text


class TestFacets:
    def test_their_numbers_are_those_of_the_list_that_they_lead_to(self, client, world):
        facets = client.get("/?q=country:RU").context["facets"]
        assert [facet.name for facet in facets] == [
            "country",
            "with",
            "theme",
            "about",
            "date",
            "medium",
            "kind",
            "status",
        ]
        for facet in facets:
            for choice in facet.choices:
                if not choice.chosen:
                    assert client.get("/" + choice.url).context["tally"].total == choice.count, choice

    def test_a_chosen_value_keeps_its_number_and_can_be_dropped(self, client, world):
        country = client.get("/?q=country:US").context["facets"][0]
        assert [(choice.label, choice.chosen, choice.count) for choice in country.choices] == [
            ("United States", True, 4),
            ("Russia", False, 4),
        ]
        assert country.choices[0].url == "?"

    def test_a_value_that_was_typed_in_another_way_is_the_chosen_one(self, client, world):
        facets = {facet.name: facet for facet in client.get("/?q=with:Lawrow").context["facets"]}
        person = facets["with"].choices[0]
        assert (person.label, person.chosen, person.url) == ("Sergey Lavrov", True, "?")

    def test_crawlers_are_asked_not_to_follow_them(self, client, world):
        content = client.get("/?q=country:RU").content.decode()
        links = re.findall(
            r'<a (?:id="choose-)?[^>]*href="\?[^>]*>', content.split('id="facets"')[1].split("</nav>")[0]
        )
        assert links and all('rel="nofollow"' in link for link in links)


class TestSuggestions:
    def suggested(self, client, **query):
        content = client.get("/suggest", query).content.decode()
        return [html.unescape(term) for term in re.findall(r'data-term="([^"]*)"', content)]

    def test_a_person_by_the_beginning_of_a_name_in_any_script(self, client, world):
        lavrov = f'with:"Sergey Lavrov #{world["lavrov"].pk}"'
        for typed in ("la", "lavr", "Лавр", "sergey la", "Lavrov"):
            assert self.suggested(client, field="with", q=typed) == [lavrov], typed
        assert self.suggested(client, field="without", q="lavr") == [lavrov.replace("with:", "without:")]

    def test_a_country_by_its_name_code_or_people(self, client, world):
        for typed in ("swed", "SE", "swedish"):
            assert "country:Sweden" in self.suggested(client, field="country", q=typed)

    def test_a_topic_by_its_name(self, client, world):
        assert "about:syria" in self.suggested(client, field="about", q="syr")

    def test_a_place_where_a_meeting_was_held(self, client, world):
        place = PlaceFactory(name="Helsinki", country=CountryFactory(key="FI"))
        assert "Helsinki" not in str(self.suggested(client, field="in", q="helsin"))
        MeetingFactory(place=place)
        assert self.suggested(client, field="in", q="helsin") == [f'in:"Helsinki #{place.pk}"']

    def test_what_a_field_may_be(self, client, world):
        assert self.suggested(client, field="medium", q="ph") == ["medium:phone"]
        assert len(self.suggested(client, field="status", q="")) == 4

    def test_a_bare_word_offers_fields_and_values_that_begin_so(self, client, world):
        assert "with:" in self.suggested(client, q="wi")
        assert f'with:"John Kerry #{world["kerry"].pk}"' in self.suggested(client, q="kerr")

    @pytest.mark.parametrize(
        "query", [{}, {"field": "x", "q": "y"}, {"q": "\x00"}, {"field": "with", "q": '"#%'}, {"q": "ab" * 900}]
    )
    def test_odd_input_is_no_error(self, client, world, query):
        assert client.get("/suggest", query).status_code == 200

    def test_it_takes_few_queries(self, client, world, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            client.get("/suggest?q=la")


def test_the_front_page_says_that_samples_are_no_sources_while_they_are_here(client, world):
    assert "reconstructions" not in client.get("/").content.decode()
    CollectionFactory(name="Samples", slug="samples")
    assert "reconstructions written for this demonstration" in client.get("/").content.decode()


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
    with django_assert_num_queries(6):
        client.get("/")
    people = [PersonFactory(country=CountryFactory(key=f"C{n}")) for n in range(6)]
    for _ in range(20):
        told(*people, about=(IssueFactory(), IssueFactory()))
    with django_assert_num_queries(6):
        client.get("/")


EVERYTHING = (
    'trade -oil with:Lavrov without:Rice country:RU country:US role:minister about:Syria in:Sochi in:"Sochi #1" medium:in_person '
    "status:held kind:cable after:2005 before:2020 date:2015 review:unreviewed -medium:video OR -status:planned"
)


def test_a_question_with_every_condition_takes_few_queries(client, world, django_assert_max_num_queries):
    sochi = Meeting.objects.get(title="Sochi talks")
    Meeting.objects.filter(pk=sochi.pk).update(place=PlaceFactory(name="Sochi", country_id="RU"))
    sochi.participants.update(role="Foreign Minister")
    with django_assert_max_num_queries(10):
        response = client.get("/", {"q": EVERYTHING.replace(' in:"Sochi #1"', "")})
    assert titles(response) == ["Sochi talks"]
    assert response.context["asked"].mistakes == ()


class TestOrder:
    @pytest.fixture
    def accounts(self, world):
        Meeting.objects.filter(title="A call").update(account_count=3)

    def test_those_with_the_most_accounts_can_come_first(self, client, accounts):
        assert titles(client.get("/?sort=accounts"))[0] == "A call"

    def test_those_whose_words_match_best_can_come_first(self, client, world):
        told(
            world["rice"],
            date="2020",
            title="Passing",
            text="Missiles. " + "They spoke of tea and trade at length. " * 9,
        )
        told(world["rice"], date="2000", title="At length", text="Missiles, missiles and missile defense.")
        assert titles(client.get("/?q=missiles")) == ["Passing", "A call", "At length"]
        assert titles(client.get("/?q=missiles&sort=relevance"))[0] == "At length"
        assert len(titles(client.get("/?q=missiles&sort=relevance"))) == 3

    def test_the_best_match_is_offered_for_words_only(self, client, world):
        assert "Best match first" in client.get("/?q=trade").content.decode()
        assert "Best match first" not in client.get("/?q=country:RU").content.decode()
        assert client.get("/?q=country:RU&sort=relevance").context["sort"] == "newest"


def test_a_long_passage_is_cut_around_the_words_that_match():
    text = " ".join(
        [
            *(f"a{n}" for n in range(50)),
            "\x02oil\x03",
            *(f"b{n}" for n in range(50)),
            "\x02oil\x03",
            "\x02gas\x03",
            "end",
        ]
    )
    assert window(text) == "… b41 b42 b43 b44 b45 b46 b47 b48 b49 \x02oil\x03 \x02gas\x03 end"
    assert window("no \x02oil\x03 here") == "no \x02oil\x03 here"
    assert list(cut("a \x02b\x03 c")) == [("a ", False), ("b", True), (" c", False)]


class TestSnippets:
    def snippet(self, client, query):
        found = re.search(r'<p class="snippet">(.*?)</p>', client.get("/", {"q": query}).content.decode(), re.DOTALL)
        return found and found[1]

    def test_the_passage_that_matches_is_shown_with_its_words_marked(self, client, world):
        text = "They drank tea.\n\nThe call was about missile defenses & radar."
        meeting = told(world["rice"], title="Another", text=text)
        shown = self.snippet(client, '"missile defense" radar with:Rice date:2007-05-29 -title')
        assert "about <mark>missile</mark> <mark>defenses</mark> &amp; <mark>radar</mark>." in shown
        document = meeting.accounts.get().document
        assert f'href="{document.get_absolute_url()}#p2"' in shown

    def test_text_of_documents_is_escaped(self, client, world):
        told(world["rice"], text="If x < 3 & y > 4, <b>uranium</b> <script>alert(1)</script>.")
        shown = self.snippet(client, "uranium")
        assert "x &lt; 3 &amp; y &gt; 4" in shown
        assert "<b>" not in shown and "<script" not in shown

    def test_hidden_documents_give_none(self, client, world):
        meeting = told(world["rice"], text="They spoke of uranium.")
        private = CollectionFactory(name="Private", public=False)
        other = told(world["rice"], text="Uranium was denied.", document={"collection": private}, audience=private)
        other.accounts.update(meeting=meeting)
        assert "denied" not in (self.snippet(client, "uranium") or "")
        assert "denied" not in (self.snippet(client, "denied") or "")

    def test_of_a_meeting_that_no_passage_matches_its_own_words_are_shown(self, client, world):
        meeting = told(world["rice"], title="Another", text="They drank tea.", place=PlaceFactory(name="Uranium City"))
        MeetingIssueFactory(meeting=meeting, issue=None, name="Uranium & its price")
        MeetingIssueFactory(meeting=meeting, issue=None, name="Tea")
        found = re.search(r'<p class="snippet own">(.*?)</p>', client.get("/", {"q": "uranium"}).content.decode())
        assert "<mark>Uranium</mark> &amp; its price · <mark>Uranium</mark> City" in found[1]

    def test_a_list_without_words_shows_none(self, client, world):
        assert self.snippet(client, "country:RU") is None


def test_beyond_the_cap_numbers_are_lower_bounds_and_say_so(client, world, monkeypatch):
    monkeypatch.setattr("meetings.hits.CAP", 3)
    response = client.get("/?q=with:Lavrov+-status:cancelled")
    assert heading(response) == "3+ meetings with Sergey Lavrov, not cancelled"
    assert "1–3 of 3+" in response.content.decode()


def test_a_question_of_as_many_conditions_as_are_read_fits_into_a_request_from_the_form():
    people = [f"Sergey Lavrov #{number}" for number in range(1000, 1000 + MOST)]
    text = " ".join(f'with:"{person}"' for person in people)
    request = f"GET /meetings/?{urlencode({'q': text, 'was': text, 'with': people}, doseq=True)} HTTP/1.1"
    assert len(request) < Application().cfg.limit_request_line


def test_a_question_that_does_not_fit_into_an_address_is_refused_in_words_that_help():
    ours, theirs = socket.socketpair()
    worker = Threads(1, 0, [], None, 30, Application().cfg, logging.getLogger(__name__))
    worker.handle_error(None, ours, None, LimitRequestLine(9000, 8190))
    answer = theirs.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 414 ")
    assert "9,000 of at most 8,190 characters" in answer and "shorter conditions" in answer
