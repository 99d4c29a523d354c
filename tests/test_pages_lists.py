"""Every list gives the whole page, the fragment that htmx asks for, and the whole page again when the browser goes back."""

import pytest

from tests.factories import CountryFactory, IssueFactory, PersonFactory, told

pytestmark = pytest.mark.django_db

LISTS = ["home", "meetings", "people", "documents", "person", "country", "topic"]
FRAGMENTS = {"person": 'id="listing"', "country": 'id="listing"', "topic": 'id="listing"'}


@pytest.fixture
def addresses():
    lavrov = PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia"))
    syria = IssueFactory(key="syria", name="Syria")
    told(lavrov, PersonFactory(name="John Kerry"), about=(syria,))
    things = {"person": lavrov, "country": lavrov.country, "topic": syria}
    plain = {"home": "/", "meetings": "/meetings/", "people": "/people/", "documents": "/documents/"}
    return plain | {name: thing.get_absolute_url() for name, thing in things.items()}


@pytest.mark.parametrize("name", LISTS)
class TestList:
    def test_a_plain_request_gets_the_whole_page(self, client, addresses, name):
        response = client.get(addresses[name])
        assert response.status_code == 200
        content = response.content.decode()
        assert content.startswith("<!DOCTYPE html>")
        assert FRAGMENTS.get(name, 'id="results"') in content

    def test_htmx_gets_the_fragment(self, client, addresses, name):
        content = client.get(addresses[name], headers={"HX-Request": "true"}).content.decode()
        assert "<!DOCTYPE html>" not in content
        assert '<header class="masthead"' not in content
        assert content.count(FRAGMENTS.get(name, 'id="results"')) == 1

    def test_a_restored_page_is_whole(self, client, addresses, name):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert client.get(addresses[name], headers=headers).content.decode().startswith("<!DOCTYPE html>")

    def test_caches_keep_page_and_fragment_apart(self, client, addresses, name):
        assert "HX-Request" in client.get(addresses[name])["Vary"]


@pytest.mark.parametrize("name", ["people", "documents"])
def test_a_text_that_nobody_can_be_called_and_no_document_can_have_asks_nothing(client, addresses, name):
    response = client.get(f"/{name}/", {"q": "\x00"}, follow=True)
    assert response.redirect_chain == [(f"/{name}/", 302)]
    assert "“" not in response.content.decode().split("<h1")[1].split("</h1>")[0]
