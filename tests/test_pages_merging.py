"""The pages on which editors merge records."""

import pytest
from factories import EditorFactory, IssueFactory, PersonFactory, UserFactory, told
from merged import state, stored

from meetings.merging.kinds import KINDS
from meetings.models import Issue, Meeting, Person, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    stored()
    return Person.objects.get(name="Ulla Brandvold"), Person.objects.get(name="Ulrikke Brandvoll")


@pytest.fixture
def editing(client):
    client.force_login(EditorFactory())
    return client


def press(client, kind: str, do: str, **values):
    return client.post(f"/merge/{kind}/", {"do": do, **values}, follow=True)


def ids(*records) -> str:
    return ",".join(
        str(getattr(record, "public_id", None) or getattr(record, "key", None) or record.pk) for record in records
    )


@pytest.mark.parametrize("address", ["/merge/people/", "/merge/meetings/", "/merge/topics/", "/merge/places/"])
def test_lists_are_for_editors(client, address):
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?list=same").status_code == 200


def test_a_person_is_merged_from_the_page_of_the_other_and_the_old_address_leads_on(editing, two):
    stays, gone = two
    assert f'/merge/people/?ids={stays.pk}"' in editing.get(stays.get_absolute_url()).content.decode()
    page = editing.get("/merge/people/", {"ids": stays.pk, "q": "Ulrike Brandvol"}).content.decode()
    assert f"/merge/people/?ids={ids(stays, gone)}" in page
    before = state()
    assert (
        "Look twice"
        not in editing.get("/merge/people/", {"ids": ids(stays, gone)}).content.decode().replace("names", "")[:1]
    )
    assert state() == before
    answer = press(
        editing, "people", "merge", ids=ids(stays, gone), stays=stays.pk, name="Ulrikke Brandvoll", reason="One hand."
    )
    assert "is now one with" in answer.content.decode()
    old = editing.get(f"/people/{gone.pk}/", follow=True)
    assert old.redirect_chain[-1][0].startswith(f"/people/{stays.pk}-ulrikke-brandvoll")
    made = answer.context["decided"][0].judgement
    assert "Undo the merge" in answer.content.decode()
    press(editing, "people", "undo", judgement=made.pk)
    assert state() == before


def test_whom_only_an_office_makes_known_has_a_page_for_editors_alone(client):
    holder = Person.objects.filter(participants=None, positions__title="Foreign Minister").first()
    assert client.get(holder.get_absolute_url()).status_code == 404
    client.force_login(EditorFactory())
    linked = client.get(f"/merge/people/?ids={holder.pk}").context["address"]
    page = client.get(linked).content.decode()
    assert "Foreign Minister" in page and holder.name in page


def test_topics_that_the_tree_has_as_two_are_not_suggested_though_they_share_a_word(editing):
    one, other = Issue.objects.exclude(theme=None).order_by("pk")[:2]
    Issue.objects.filter(pk__in=(one.pk, other.pk)).update(aliases=["quota talks"], theme=one.theme)
    assert not KINDS["topics"].suggested()
    made = IssueFactory(name="Quotas", aliases=["quota talks"], theme=one.theme)
    assert {made} <= {topic for pair in KINDS["topics"].suggested() for topic in (pair.one, pair.other)}


def test_merging_with_itself_says_what_to_do(editing, two):
    answer = press(editing, "people", "merge", ids=ids(two[0], two[0]), stays=two[0].pk)
    assert "cannot be merged with itself" in answer.content.decode()


def test_meetings_topics_and_places_are_merged_and_parted(editing, two):
    before = state()
    pairs = {
        "meetings": list(Meeting.objects.order_by("pk")),
        "topics": [Issue.objects.get(key=key) for key in ("fisheries", "trade")],
        "places": [Place.objects.get(name=name) for name in ("Oslo", "Bergen")],
    }
    for kind, (stays, gone) in pairs.items():
        assert editing.get(f"/merge/{kind}/", {"ids": ids(stays)}).status_code == 200
        assert editing.get(f"/merge/{kind}/", {"ids": ids(stays, gone)}).status_code == 200
        answer = press(editing, kind, "merge", ids=ids(stays, gone), stays=ids(stays))
        stays.refresh_from_db()
        gone.refresh_from_db()
        assert gone.merged_into == stays
        if hasattr(gone, "get_absolute_url"):
            assert editing.get(gone.get_absolute_url(), follow=True).redirect_chain[-1][0] == stays.get_absolute_url()
        press(editing, kind, "undo", judgement=answer.context["decided"][0].judgement.pk)
        assert state() == before


def test_what_is_not_the_same_leaves_the_list_and_can_be_taken_back(editing):
    one, other = PersonFactory(name="Ulla Brandvold"), PersonFactory(name="Ulla Brandvold")
    told(one)
    told(other)
    assert "Ulla Brandvold" in editing.get("/merge/people/").content.decode()
    press(editing, "people", "different", ids=ids(one, other))
    assert "both are called" not in editing.get("/merge/people/").content.decode().lower()
    page = editing.get("/merge/people/?list=different")
    press(editing, "people", "undo", judgement=page.context["decided"][0].judgement.pk)
    assert "both are called" in editing.get("/merge/people/").content.decode().lower()


def test_pages_ask_few_queries(editing, two, django_assert_max_num_queries):
    editing.get("/merge/people/")
    with django_assert_max_num_queries(14):
        editing.get("/merge/people/")
    with django_assert_max_num_queries(20):
        editing.get("/merge/people/", {"ids": ids(*two)})
