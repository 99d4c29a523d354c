"""What holds for every page: the policy against foreign code, errors that help, signing in and out."""

import re

import pytest
from django.test import Client

from tests.factories import CountryFactory, IssueFactory, PersonFactory, UserFactory, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    person = PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia"))
    issue = IssueFactory(key="syria", name="Syria")
    meeting = told(person, about=(issue,))
    account = meeting.accounts.get()
    things = [meeting, person, person.country, issue, account.document]
    claim = f"/meetings/{meeting.public_id}/claims/{account.evidence.first().pk}/"
    lists = [
        "/",
        "/people/",
        "/countries/",
        "/topics/",
        "/documents/",
        "/help/",
        "/sources/",
        "/coverage/",
        "/accounts/login/",
    ]
    return [*lists, claim, "/nowhere/", *(thing.get_absolute_url() for thing in things)]


def test_no_page_runs_code_or_style_from_within_itself_or_from_elsewhere(client, addresses):
    for address in addresses:
        response = client.get(address)
        content = response.content.decode()
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy
        assert not re.search(r"<script(?![^>]*\ssrc=)", content), address
        assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|javascript:", content), address
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', content), address


def test_every_page_has_one_heading_a_title_and_a_way_past_the_menu(client, addresses):
    for address in addresses:
        content = client.get(address).content.decode()
        assert content.count("<h1") == 1, address
        assert re.search(r"<title>[^<]*\w[^<]* · Diplomacy</title>", content), address
        assert 'href="#main"' in content and 'id="main"' in content, address


def test_nothing_changes_by_reading(client, addresses):
    for address in addresses:
        if "/accounts/" not in address and "nowhere" not in address:
            assert client.post(address).status_code == 405, address


def test_an_unknown_address_helps_on(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Nothing at this address" in response.content.decode()


def test_a_fault_of_ours_says_so_without_a_database(client, monkeypatch):
    from meetings.views import meetings

    def fail(*args, **kwargs):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(meetings, "facets", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something went wrong here" in page
    assert "Sign in" not in page  # nobody knows here who asks: perhaps they are signed in
    assert "a secret detail" not in page


def test_signing_in_and_out():
    reader = UserFactory(username="gromyko", password="a-long-pass-phrase")
    client = Client(enforce_csrf_checks=True)
    page = client.get("/accounts/login/?next=/people/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"username": "gromyko", "next": "/people/", "csrfmiddlewaretoken": token}
    assert "do not go together" in client.post("/accounts/login/", {**form, "password": "wrong"}).content.decode()
    assert client.post("/accounts/login/", {**form, "password": "a-long-pass-phrase"}).url == "/people/"
    page = client.get("/").content.decode()
    assert "Sign out" in page and str(reader) in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").status_code == 403
    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": token}).url == "/"
    assert "Sign in" in client.get("/").content.decode()


def test_crawlers_are_kept_from_combinations_of_conditions_and_not_from_the_pages_of_the_list(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert {"Disallow: /*?", "Allow: /*?page="} < set(response.content.decode().splitlines())


def test_the_icon_is_found_at_its_old_address(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.url.endswith(".svg")
    assert response.url in client.get("/").content.decode()


def test_a_request_that_is_refused_is_told_so_on_a_page_like_the_others(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    content = response.content.decode()
    assert "This request was not understood" in content and 'class="masthead"' in content
