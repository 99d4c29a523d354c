"""Searches that a reader keeps, and the feeds of searches: valid, steady, and blind to what not everybody may see."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from factories import (
    CollectionFactory,
    CountryFactory,
    EditorFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    UserFactory,
    told,
)

from meetings.models import Meeting, SavedSearch
from meetings.taking import feed
from meetings.views import searches

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(client):
    reader = UserFactory()
    client.force_login(reader)
    return reader


class TestKeeping:
    def test_a_search_is_named_saved_opened_and_deleted(self, client, reader):
        told(PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia")), title="Talks")
        form = client.get("/searches/?q=country:RU&view=map&page=3").content.decode()
        assert 'name="query" value="q=country:RU&amp;view=map"' in form and 'value="With Russia"' in form
        client.post("/searches/", {"query": "q=country:RU&view=map", "name": "  Moscow  "})
        search = SavedSearch.objects.get()
        assert (search.user, search.name, search.query) == (reader, "Moscow", "q=country:RU&view=map")
        assert search.get_absolute_url() == "/meetings/?q=country:RU&view=map"
        assert "Moscow" in client.get("/searches/").content.decode()
        assert "1 meeting" in client.get(search.get_absolute_url()).content.decode()
        client.post(f"/searches/{search.pk}/delete")
        assert not SavedSearch.objects.exists()

    def test_the_same_question_again_gets_a_new_name(self, client, reader):
        for name in ("One", "Other"):
            client.post("/searches/", {"query": "q=country:RU&page=2", "name": name})
        assert [search.name for search in SavedSearch.objects.all()] == ["Other"]
        assert 'value="Other"' in client.get("/searches/?q=country:RU").content.decode()

    def test_a_name_may_have_any_characters_that_can_be_kept(self, client, reader):
        client.post("/searches/", {"query": "q=country:RU", "name": "“Moscow”\x00 <b>"})
        assert SavedSearch.objects.get().name == "“Moscow” <b>"

    @pytest.mark.parametrize(
        ("query", "name"), [("", "Nothing"), ("page=2", "Nothing"), ("q=x", " "), (f"q={'x' * 3001}", "Long")]
    )
    def test_what_is_no_search_is_not_saved_and_that_is_said(self, client, reader, query, name):
        response = client.post("/searches/", {"query": query, "name": name}, follow=True)
        assert "Nothing was saved" in response.content.decode()
        assert not SavedSearch.objects.exists()

    def test_nobody_keeps_more_than_a_page_of_them(self, client, reader, monkeypatch):
        monkeypatch.setattr(searches, "MOST", 1)
        for query in ("q=one", "q=two", "q=one"):
            client.post("/searches/", {"query": query, "name": query})
        assert [search.query for search in SavedSearch.objects.all()] == ["q=one"]

    def test_one_sees_and_deletes_only_ones_own(self, client, reader):
        theirs = SavedSearch.objects.create(user=UserFactory(), name="Theirs", query="q=x")
        assert "Theirs" not in client.get("/searches/").content.decode()
        assert client.post(f"/searches/{theirs.pk}/delete").status_code == 404

    def test_one_signs_in_first_and_comes_back_to_the_question(self, client):
        response = client.get("/searches/?q=country:RU")
        assert response.url == "/accounts/login/?next=/searches/%3Fq%3Dcountry%3ARU"
        assert client.post("/searches/", {"query": "q=x", "name": "x"}).status_code == 302
        assert not SavedSearch.objects.exists()

    def test_the_page_is_a_fixed_number_of_queries(self, client, reader, django_assert_max_num_queries):
        for n in range(5):
            SavedSearch.objects.create(user=reader, name=str(n), query=f"q={n}")
        with django_assert_max_num_queries(4):
            client.get("/searches/")

    def test_the_list_offers_to_save_what_was_asked_and_its_feed(self, client):
        told(PersonFactory(country=CountryFactory(key="RU")))
        content = client.get("/meetings/?q=country:RU&page=1").content.decode()
        assert 'href="/searches/?q=country:RU"' in content and 'href="/meetings/feed.atom?q=country:RU"' in content
        assert 'href="/searches/?' not in client.get("/meetings/").content.decode()

    def test_the_admin_shows_and_deletes_them(self, client):
        search = SavedSearch.objects.create(user=UserFactory(), name="Theirs", query="q=x")
        client.force_login(EditorFactory(is_superuser=True))
        assert "Theirs" in client.get("/admin/meetings/savedsearch/").content.decode()
        assert client.get(f"/admin/meetings/savedsearch/{search.pk}/change/").status_code == 200
        assert client.get("/admin/meetings/savedsearch/add/").status_code == 403


def read(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(tree: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")]


class TestFeed:
    @pytest.fixture
    def lavrov(self):
        return PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia"))

    def test_it_is_valid_atom_with_what_a_reader_needs(self, client, lavrov):
        place = PlaceFactory(name="Sochi")
        meeting = told(
            lavrov,
            about=(IssueFactory(key="syria", name="Syria"),),
            date="2015-05-12",
            place=place,
            place_inferred=True,
            status="planned",
            title="Talks <&>",
        )
        tree = read(client, "/meetings/feed.atom?q=country:RU")
        assert tree.tag == f"{ATOM}feed"
        assert tree.findtext(f"{ATOM}title") == "Diplomacy: meetings with Russia"
        assert tree.findtext(f"{ATOM}id") == "http://testserver/meetings/feed.atom?q=country:RU"
        links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
        assert links == {
            "self": "http://testserver/meetings/feed.atom?q=country:RU",
            "alternate": "http://testserver/meetings/?q=country:RU",
        }
        assert tree.findtext(f"{ATOM}author/{ATOM}name")
        [entry] = tree.findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "Talks <&>"
        assert (
            entry.findtext(f"{ATOM}id")
            == entry.find(f"{ATOM}link").get("href")
            == f"http://testserver/meetings/{meeting.public_id}/"
        )
        assert entry.findtext(f"{ATOM}summary") == "12 May 2015 · Sochi (inferred) · Planned · Sergey Lavrov"
        assert entry.find(f"{ATOM}category").get("term") == "Syria"
        for name in ("updated", "published"):
            assert datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")).tzinfo

    def test_what_changed_last_comes_first_and_dates_the_feed(self, client, lavrov):
        for year, title in ((2001, "Old"), (2003, "New"), (2002, "Between")):
            meeting = told(lavrov, title=title)
            Meeting.objects.filter(pk=meeting.pk).update(updated=datetime(year, 1, 1, tzinfo=UTC))
        tree = read(client, "/meetings/feed.atom")
        assert entries(tree) == ["New", "Between", "Old"]
        assert tree.findtext(f"{ATOM}updated").startswith("2003-01-01T00:00:00")

    def test_a_meeting_keeps_its_id_under_a_new_title_and_place_of_the_question(self, client, lavrov):
        meeting = told(lavrov, title="Before")
        ids = [read(client, "/meetings/feed.atom").find(f"{ATOM}entry").findtext(f"{ATOM}id")]
        Meeting.objects.filter(pk=meeting.pk).update(title="After")
        ids.append(
            read(client, "/meetings/feed.atom?q=country:RU&view=map&page=7").find(f"{ATOM}entry").findtext(f"{ATOM}id")
        )
        assert len(set(ids)) == 1

    def test_an_unchanged_feed_is_not_sent_twice_and_a_changed_one_is(self, client, lavrov):
        empty = client.get("/meetings/feed.atom")
        assert client.get("/meetings/feed.atom", headers={"If-None-Match": empty["ETag"]}).status_code == 304
        told(lavrov)
        assert client.get("/meetings/feed.atom", headers={"If-None-Match": empty["ETag"]}).status_code == 200

    @pytest.mark.parametrize("who", ["nobody", "reader", "editor"])
    def test_it_shows_what_everybody_may_see_whoever_asks(self, client, lavrov, who):
        private = CollectionFactory(name="Private", public=False)
        told(lavrov, title="Open")
        told(PersonFactory(name="Hidden One"), title="Hidden", audience=private, document={"collection": private})
        told(lavrov, title="Wrong", review="rejected")
        if who != "nobody":
            user = UserFactory() if who == "reader" else EditorFactory()
            private.readers.add(user)
            client.force_login(user)
        response = client.get("/meetings/feed.atom")
        assert entries(ElementTree.fromstring(response.content)) == ["Open"]
        assert "public" in response["Cache-Control"]
        hidden = PersonFactory._meta.model.objects.get(name="Hidden One")
        content = client.get(f"/meetings/feed.atom?q=with:%22%23{hidden.pk}%22").content.decode()
        assert "Hidden One" not in content and "<entry>" not in content

    def test_a_question_that_is_not_understood_whole_gives_no_flood_of_others(self, client, lavrov):
        told(lavrov)
        tree = read(client, "/meetings/feed.atom?q=colour:blue")
        assert entries(tree) == []
        assert "colour" in tree.findtext(f"{ATOM}subtitle")

    @pytest.mark.parametrize(
        ("question", "found"), [("the Sergey and Lavrov", 1), ("(with:Lavrov)", 1), ("the", 0), ("OR", 0)]
    )
    def test_what_is_no_condition_keeps_nothing_from_a_feed(self, client, lavrov, question, found):
        told(lavrov, title="Sergey Lavrov with others")
        tree = read(client, f"/meetings/feed.atom?{urlencode({'q': question})}")
        assert len(entries(tree)) == found

    def test_it_ends_after_the_latest(self, client, lavrov, monkeypatch):
        monkeypatch.setattr(feed, "MOST", 2)
        for n in range(3):
            told(lavrov, title=f"Talks {n}")
        assert len(entries(read(client, "/meetings/feed.atom"))) == 2

    def test_it_takes_few_queries(self, client, lavrov, django_assert_max_num_queries):
        for _ in range(3):
            told(lavrov, PersonFactory(), about=(IssueFactory(),))
        with django_assert_max_num_queries(8):
            client.get("/meetings/feed.atom?q=country:RU")
