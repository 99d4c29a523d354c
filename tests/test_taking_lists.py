"""Every list can be taken home as CSV and JSON Lines: whole, safe, with its uncertainty and the way to its evidence."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import (
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    EditorFactory,
    EvidenceFactory,
    IssueFactory,
    MeetingFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    UserFactory,
    told,
)

from meetings.taking.formats import BYTE_ORDER_MARK, csv_lines
from meetings.views import taking

pytestmark = pytest.mark.django_db
LISTS = ["meetings", "people", "countries", "topics", "documents"]


def taken(client, address: str) -> list[dict]:
    """The rows of a file, of either form."""
    response = client.get(address)
    assert response.status_code == 200
    text = response.getvalue().decode()
    if ".jsonl" in address:
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


@pytest.fixture
def geneva():
    lavrov = PersonFactory(name="Sergey Lavrov", country=CountryFactory(key="RU", name="Russia"), aliases=["Лавров"])
    kerry = PersonFactory(name="John Kerry", country=CountryFactory(key="US", name="United States"))
    place = PlaceFactory(
        name="Geneva", latitude=46.2, longitude=6.15, country=CountryFactory(key="CH", name="Switzerland")
    )
    return told(
        lavrov,
        kerry,
        about=(IssueFactory(key="syria", name="Syria"), IssueFactory(key="zinc", name="Zinc")),
        date="2013-09~",
        place=place,
        place_inferred=True,
        confidence=0.71,
        title="Talks in Geneva",
        document={"identifier": "13GENEVA7", "title": "Talks"},
    )


def test_a_line_tells_when_and_where_how_surely_and_on_what_evidence(client, geneva):
    [row] = taken(client, "/meetings/export.csv")
    document = geneva.accounts.get().document
    assert row["url"] == f"http://testserver/meetings/{geneva.public_id}/"
    assert (row["date"], row["earliest"], row["latest"]) == ("2013-09~", "2013-09-01", "2013-09-30")
    assert (row["place"], row["place_country"], row["place_precision"], row["place_inferred"]) == (
        "Geneva",
        "CH",
        "city",
        "yes",
    )
    assert (row["latitude"], row["longitude"], row["confidence"], row["review"]) == (
        "46.2",
        "6.15",
        "0.71",
        "unreviewed",
    )
    assert row["participants"] == "Sergey Lavrov (RU); John Kerry (US)"
    assert (row["countries"], row["issues"]) == ("RU; US", "Syria; Zinc")
    assert (row["documents"], row["accounts"]) == ("13GENEVA7", "1")
    assert row["document_urls"] == f"http://testserver/documents/{document.public_id}/"
    assert client.get(row["url"]).url == geneva.get_absolute_url()
    assert client.get(row["document_urls"]).url == document.get_absolute_url()


def test_a_line_has_the_passages_that_tell_of_the_meeting(client, geneva):
    [row] = taken(client, "/meetings/export.csv")
    assert row["passages"] == geneva.accounts.get().anchor != ""


def test_json_lines_keep_what_a_table_flattens(client, geneva):
    [line] = taken(client, "/meetings/export.jsonl")
    assert [person["name"] for person in line["participants"]] == ["Sergey Lavrov", "John Kerry"]
    assert line["place"] == {
        "name": "Geneva",
        "country": "CH",
        "precision": "city",
        "latitude": 46.2,
        "longitude": 6.15,
        "inferred": True,
    }
    assert line["accounts"][0]["passage"] == "met on Tuesday"
    assert line["accounts"][0]["url"].startswith("http://testserver/documents/")


def test_what_the_list_asked_for_is_what_the_file_holds_in_its_order(client, geneva):
    told(PersonFactory(), date="1955", title="Elsewhere")
    assert [row["title"] for row in taken(client, "/meetings/export.csv?q=country:RU")] == ["Talks in Geneva"]
    assert [row["title"] for row in taken(client, "/meetings/export.csv")] == ["Talks in Geneva", "Elsewhere"]
    assert [row["title"] for row in taken(client, "/meetings/export.csv?sort=oldest")] == [
        "Elsewhere",
        "Talks in Geneva",
    ]


def test_a_file_may_have_those_first_that_most_documents_tell_of(client, geneva):
    told(PersonFactory(), date="1955", title="Told thrice", account_count=3)
    rows = taken(client, "/meetings/export.csv?sort=accounts")
    assert [row["title"] for row in rows] == ["Told thrice", "Talks in Geneva"]


def test_a_file_has_the_best_matches_first_where_the_list_has(client, monkeypatch):
    for title, text in (("passing", "Wool. " + "They spoke of tea. " * 30), ("at length", "Wool, wool and more wool.")):
        told(PersonFactory(), date="2001", title=title, text=text)
    told(PersonFactory(), date="1999", title="once", text="Of wool, herring and oil, at length and in some detail.")
    address = "/meetings/export.jsonl?q=wool&sort=relevance"
    shown = [row.title for row in client.get("/meetings/?q=wool&sort=relevance").context["page"]]
    assert shown[0] == "at length" and [row["title"] for row in taken(client, address)] == shown
    monkeypatch.setattr("meetings.asking.relevance.CAP", 1)
    assert len(taken(client, address)) == 3


def test_an_address_of_before_asks_the_same(client, geneva):
    told(PersonFactory(), title="Elsewhere")
    for address in (
        "/meetings/export.csv?country=RU",
        "/meetings/feed.atom?country=RU",
        "/meetings/picture.csv?view=map&country=RU",
    ):
        assert "q=country:RU" in client.get(address).url


def test_a_files_name_says_what_it_is(client, geneva):
    header = client.get("/meetings/export.jsonl?q=country:RU")["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="diplomacy-meetings-with-russia-\d{4}-\d\d-\d\d\.jsonl"', header)


def test_a_file_that_is_cut_says_so_in_its_name(client, geneva, monkeypatch):
    monkeypatch.setattr(taking, "MOST", 1)
    assert "first" not in client.get("/meetings/export.csv")["Content-Disposition"]
    told(PersonFactory())
    response = client.get("/meetings/export.csv")
    assert "meetings-first-1-" in response["Content-Disposition"]
    assert len(response.getvalue().splitlines()) == 2


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(client, name):
    geneva = told(PersonFactory(name="Anybody"), title=name, document={"identifier": name.strip(), "title": name})
    geneva.participants.update(person=None, name=name, role="", country=None)
    [row] = taken(client, "/meetings/export.csv")
    assert row["title"] == f"'{name}" and row["participants"] == f"'{name}"
    [row] = taken(client, "/documents/export.csv")
    assert row["title"] == f"'{name}"


def test_numbers_stay_numbers_and_lists_are_guarded_as_a_whole():
    lines = list(
        csv_lines(
            [{"n": -1.5, "words": ["=1", "b"], "nothing": None}],
            {name: lambda row, name=name: row[name] for name in ("n", "words", "nothing")},
        )
    )
    assert lines[1] == "-1.5,'=1; b,\r\n"


def test_quotes_commas_and_line_breaks_survive(client):
    told(PersonFactory(), title='Of "quotes", commas\nand lines')
    [row] = taken(client, "/meetings/export.csv")
    assert row["title"] == 'Of "quotes", commas\nand lines'


def test_people_come_with_every_name_and_office(client, geneva):
    lavrov = geneva.participants.first().person
    PositionFactory(person=lavrov, title="Foreign Minister", start="2004-03-09")
    row = taken(client, "/people/export.csv?q=Лавров")[0]
    assert (row["name"], row["other_names"], row["country"], row["meetings"]) == ("Sergey Lavrov", "Лавров", "RU", "1")
    assert row["offices"] == "Foreign Minister (2004-03-09–)"
    [office] = taken(client, "/people/export.jsonl?q=Lavrov")[0]["offices"]
    assert (office["start"], office["end"]) == ("2004-03-09", None)


def test_documents_say_what_became_of_them(client, geneva):
    DocumentFactory(title="Broken", state="failed", reason="It is no PDF.", date="")
    rows = {row["title"]: row for row in taken(client, "/documents/export.csv")}
    assert (rows["Talks"]["identifier"], rows["Talks"]["meetings"], rows["Talks"]["earliest"]) == (
        "13GENEVA7",
        "1",
        "2007-06-01",
    )
    assert (rows["Broken"]["state"], rows["Broken"]["reason"], rows["Broken"]["date"]) == (
        "failed",
        "It is no PDF.",
        "",
    )


def test_countries_and_topics_come_with_their_codes_and_numbers(client, geneva):
    assert [(row["key"], row["meetings"]) for row in taken(client, "/countries/export.csv")] == [
        ("RU", "1"),
        ("US", "1"),
    ]
    assert [(row["key"], row["meetings"]) for row in taken(client, "/topics/export.jsonl")] == [
        ("syria", 1),
        ("zinc", 1),
    ]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_a_restricted_collection_is_taken_by_others(client, name, form):
    private = CollectionFactory(name="Private", public=False)
    told(
        PersonFactory(name="Hidden", country=CountryFactory(key="QH", name="Hidden land")),
        about=(IssueFactory(key="hidden", name="Hidden"),),
        audience=private,
        title="Hidden",
        document={"collection": private, "title": "Hidden"},
    )
    told(PersonFactory(name="Wrong"), review="rejected", title="Wrong", document={"title": "Told wrongly"})
    address = f"/{name}/export.{form}"
    assert "idden" not in json.dumps(taken(client, address))
    assert "Wrong" not in json.dumps(taken(client, address))
    reader = UserFactory()
    private.readers.add(reader)
    client.force_login(reader)
    assert "idden" in json.dumps(taken(client, address))


def test_an_editor_takes_what_was_rejected_and_sees_that_it_was(client):
    told(PersonFactory(), review="rejected")
    client.force_login(EditorFactory())
    assert [row["review"] for row in taken(client, "/meetings/export.csv")] == ["rejected"]


@pytest.mark.parametrize("name", LISTS)
def test_there_is_no_other_format_and_an_empty_list_is_an_empty_file(client, name):
    assert client.get(f"/{name}/export.exe").status_code == 404
    assert client.post(f"/{name}/export.csv").status_code == 405
    assert taken(client, f"/{name}/export.csv") == []
    assert client.get(f"/{name}/export.jsonl").getvalue() == b""


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(client, name):
    def add(count: int) -> int:
        for _ in range(count):
            told(PersonFactory(country=CountryFactory(key="RU")), about=(IssueFactory(),))
        with CaptureQueriesContext(connection) as queries:
            taken(client, f"/{name}/export.csv")
        return len(queries)

    assert add(1) == add(4) <= 10


def test_the_first_lines_leave_before_the_last_rows_are_read(client, monkeypatch):
    monkeypatch.setattr("meetings.taking.meetings.CHUNK", 10)
    for n in range(30):
        ParticipantFactory(meeting=MeetingFactory(title=f"Talks {n}"), name="Anybody")
    lines = iter(client.get("/meetings/export.jsonl").streaming_content)
    with CaptureQueriesContext(connection) as queries:
        next(lines)
        first = len(queries)
        assert len(list(lines)) == 29
    assert first < len(queries)


def say(meeting, person, issue=None, **more):
    """A statement in a meeting, with its passage."""
    account = meeting.accounts.get()
    about = {"country": person.country, "issue": issue, **more}
    said = StatementFactory(account=account, document=account.document, person=person, **about)
    revision = account.document.revisions.get()
    EvidenceFactory(revision=revision, account=account, statement=said, field="statement")
    return said


def test_who_took_part_is_taken_a_line_each(client, geneva):
    rows = taken(client, "/meetings/participants.csv?q=about:Syria")
    assert [(row["name"], row["country"]) for row in rows] == [("Sergey Lavrov", "RU"), ("John Kerry", "US")]
    assert {(row["meeting"], row["date"], row["place"]) for row in rows} == {(geneva.public_id, "2013-09~", "Geneva")}
    assert taken(client, "/meetings/participants.jsonl?q=country:France") == []


def test_what_was_said_is_taken_with_whom_it_was_said_to_and_its_passage(client, geneva):
    lavrov, kerry = (row.person for row in geneva.participants.all())
    syria = geneva.agenda.get(name="Syria").issue
    say(geneva, lavrov, syria, text="that Syria was ready", speaker="The Minister")
    say(geneva, kerry, text="that it was not", speaker="Kerry")
    first, second = taken(client, "/meetings/statements.csv")
    assert (first["name"], first["speaker"], first["country"]) == ("Sergey Lavrov", "The Minister", "RU")
    assert (first["to"], first["issue"], first["text"]) == ("John Kerry", "Syria", "that Syria was ready")
    assert first["passage"] == "met on Tuesday"
    assert client.get(first["passage_url"].removeprefix("http://testserver")).status_code == 200
    assert (second["to"], second["issue"]) == ("Sergey Lavrov", "")
    [only] = taken(client, f"/meetings/statements.jsonl?speaker={kerry.pk}")
    assert (only["text"], only["to"]) == ("that it was not", ["Sergey Lavrov"])


def test_what_a_restricted_document_tells_was_said_is_its_readers_alone(client, geneva):
    private = CollectionFactory(public=False)
    lavrov, kerry = (row.person for row in geneva.participants.all())
    say(told(lavrov, kerry, audience=private, document={"collection": private}), lavrov, text="hidden")
    assert taken(client, "/meetings/statements.csv") == []
    reader = UserFactory()
    private.readers.add(reader)
    client.force_login(reader)
    assert [row["text"] for row in taken(client, "/meetings/statements.csv")] == ["hidden"]


def test_the_queries_for_statements_do_not_grow_with_them(client):
    def add(count: int) -> int:
        for _ in range(count):
            speaker = PersonFactory(country=CountryFactory(key="RU"))
            say(told(speaker, PersonFactory()), speaker)
        with CaptureQueriesContext(connection) as queries:
            taken(client, "/meetings/statements.csv")
        return len(queries)

    assert add(1) == add(4) <= 10


def test_the_list_leads_to_both(client, geneva):
    page = client.get("/meetings/?q=about:Syria").content.decode()
    assert "/meetings/participants.csv?q=about:Syria" in page and "/meetings/statements.csv?q=about:Syria" in page
