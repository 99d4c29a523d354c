"""People, offices and topics go out as tables and come in again: with a preview, with mistakes by line, and to stay."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import CountryFactory, EditorFactory, IssueFactory, PersonFactory, PositionFactory, UserFactory

from meetings import reference
from meetings.admin import tables
from meetings.models import Issue, Judgement, Person, Position

pytestmark = pytest.mark.django_db

CSV, XLSX = "0", "1"


@pytest.fixture(autouse=True)
def editor(client):
    user = EditorFactory(username="ed")
    client.force_login(user)
    return user


def address(kind: str, page: str) -> str:
    return reverse(f"admin:meetings_{kind}_{page}")


def table(client, kind: str, query: str = "") -> list[dict]:
    answer = client.post(address(kind, "export") + query, {"format": CSV, "resource": "0"})
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def lines(*rows: dict) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def choose(client, kind: str, content: bytes, form: str = CSV, name: str = "table.csv"):
    """Hand a table in: the preview."""
    return client.post(
        address(kind, "import"), {"import_file": SimpleUploadedFile(name, content), "format": form, "resource": "0"}
    )


def bring_in(client, kind: str, content: bytes, form: str = CSV) -> None:
    page = choose(client, kind, content, form)
    assert "confirm_form" in page.context, page.content.decode()
    sent = {
        name: page.context["confirm_form"].initial[name]
        for name in ("import_file_name", "original_file_name", "format", "resource")
    }
    assert client.post(address(kind, "process_import"), sent).status_code == 302


# Out


def test_a_list_goes_out_as_it_was_searched(client):
    lind = PersonFactory(name="Jonas Lind", country=CountryFactory(key="SE"), aliases=["J. Lind", "Йонас Линд"])
    PersonFactory(name="Ana Duarte")
    (row,) = table(client, "person", "?q=Jonas+Lind")
    assert row == {
        "id": str(lind.pk),
        "name": "Jonas Lind",
        "country": "SE",
        "description": "",
        "died": "",
        "names": "J. Lind; Йонас Линд",
    }


@pytest.mark.parametrize("formula", ["=HYPERLINK(0)", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_cell_is_a_formula_and_it_comes_back_as_it_was(client, formula):
    lind = PersonFactory(name="Jonas Lind", description=formula)
    (row,) = table(client, "person", "?q=Jonas+Lind")
    assert row["description"] == f"'{formula}"
    answer = client.post(address("person", "export") + "?q=Jonas+Lind", {"format": XLSX, "resource": "0"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    (cell,) = (cell for cell in sheet[2] if formula in str(cell.value))
    assert (cell.data_type, cell.value) == ("s", f"'{formula}")
    bring_in(client, "person", lines(row | {"died": "2001"}))
    bring_in(client, "person", answer.content, XLSX)
    lind.refresh_from_db()
    assert lind.description == formula


def test_a_long_table_takes_few_questions_a_line(client):
    people = [PersonFactory(name=f"Lind {n}") for n in range(30)]
    table = lines(*({"id": one.pk, "name": one.name, "country": "SE", "names": one.name} for one in people))
    with CaptureQueriesContext(connection) as captured:
        choose(client, "person", table)
    assert len(captured) < 30 * 16


def test_what_is_not_changed_changes_nothing(client):
    PositionFactory(person=PersonFactory(name="Jonas Lind", aliases=["J. Lind"]), title="Minister", start="1994")
    IssueFactory(theme=IssueFactory(), aliases=["nets, and quotas"])
    for kind, query in (("person", "?q=Lind"), ("position", "?q=Lind"), ("issue", "")):
        bring_in(client, kind, lines(*table(client, kind, query)))
    assert not Judgement.objects.exists()


# In


def test_one_sees_what_would_change_before_anything_does(client):
    lind = PersonFactory(name="Jonas Lind", description="A <b>minister</b>")
    page = choose(
        client,
        "person",
        lines({"id": lind.pk, "name": "Jonas Lind", "description": "Of the Board"}, {"name": "Rui Alves"}),
    )
    text = page.content.decode()
    assert "<del>A &lt;b&gt;minister&lt;/b&gt;</del> <ins>Of the Board</ins>" in text
    assert "Rui Alves" in text and "style=" not in text.split("import-preview")[1]
    assert not Judgement.objects.exists() and not Person.objects.filter(name="Rui Alves").exists()
    lind.refresh_from_db()
    assert lind.description == "A <b>minister</b>"


def test_people_are_corrected_named_and_added_on_record(client, editor):
    lind = PersonFactory(name="Jonas Lind", country=CountryFactory(key="SE"))
    bring_in(
        client,
        "person",
        lines(
            {"id": lind.pk, "name": "Jonas Lindh", "country": "FI", "names": "J. Lind"},
            {"name": "Rui Alves", "country": "PT", "names": "R. Alves;Rui"},
        ),
    )
    lind.refresh_from_db()
    rui = Person.objects.get(name="Rui Alves")
    assert (lind.name, lind.country_id, {name.name for name in lind.names.all()}) == (
        "Jonas Lindh",
        "FI",
        {"Jonas Lind", "Jonas Lindh", "J. Lind"},
    )
    assert {name.name for name in rui.names.all()} == {"Rui Alves", "R. Alves", "Rui"}
    made = Judgement.objects.filter(subject="person")
    assert {(row.verb, row.field) for row in made} == {
        ("set", "name"),
        ("set", "country"),
        ("add", "personname"),
        ("add", ""),
    }
    assert {row.made_by for row in made} == {editor}
    assert lind.history.first().history_user == rui.history.get().history_user == editor


def test_a_whole_table_is_taken_back_at_once(client):
    lind = PersonFactory(name="Jonas Lind")
    bring_in(
        client,
        "person",
        lines(
            {"id": lind.pk, "name": "Jonas Lind", "description": "Of the Board", "names": "J. Lind"},
            {"name": "Rui Alves"},
        ),
    )
    client.post("/activity/undo", {"act": Judgement.objects.first().act})
    lind.refresh_from_db()
    assert (lind.description, lind.names.count()) == ("", 1)
    assert not Person.objects.filter(name="Rui Alves").exists()
    assert not Judgement.objects.standing().exists()


def test_offices_and_topics_that_came_in_outlive_the_shipped_tables(client):
    held = Position.objects.filter(source="shipped table of offices").order_by("pk").first()
    issue = Issue.objects.exclude(theme=None).first()
    other = Issue.objects.filter(theme=None).exclude(pk=issue.theme_id).first()
    number = held.person.positions.count()
    bring_in(client, "position", lines({"id": held.pk, "person_number": held.person_id, "title": "First Lord"}))
    bring_in(
        client,
        "issue",
        lines(
            {"key": issue.key, "theme": other.key, "aliases": "a new word; and more"},
            {"key": "herring", "name": "Herring", "theme": other.key},
        ),
    )
    reference.load()
    held.refresh_from_db()
    issue.refresh_from_db()
    assert (held.title, held.person.positions.count()) == ("First Lord", number)
    assert (issue.theme, issue.aliases) == (other, ["a new word", "and more"])
    assert Issue.objects.get(key="herring").theme == other


def test_an_office_is_found_by_the_name_of_its_holder(client):
    lind = PersonFactory(name="Jonas Lind")
    bring_in(client, "position", lines({"person": "Jonas Lind", "title": "Envoy", "country": "SE", "start": "1990"}))
    bring_in(
        client,
        "position",
        lines({"person": "Jonas Lind", "title": "Envoy", "country": "SE", "start": "1990", "end": "1994"}),
    )
    assert lind.positions.get().end == "1994"


@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        ("person", {"id": "0", "name": "X"}, "Line 3, id: There is no person number 0"),
        ("person", {"id": "x", "name": "X"}, "There is no person number x"),
        ("person", {"name": ""}, "Line 3, name: This field cannot be blank"),
        ("person", {"name": "X", "country": "XX"}, "There is no country “XX”"),
        ("person", {"name": "X", "died": "long ago"}, "Line 3, died"),
        ("person", {"name": "Twin"}, "several people of that name"),
        ("position", {"person": "Nobody", "title": "X"}, "There is nobody called “Nobody”"),
        ("position", {"person_number": "9999999999999999999999", "title": "X"}, "Line 3"),
        ("position", {"person_number": "x", "title": "X"}, "is no number"),
        ("issue", {"key": "fish", "name": "Nets"}, "cannot be called “Nets”"),
        ("issue", {"key": "herring", "name": "Herring", "theme": "fish"}, "There is no issue “fish”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_line_and_nothing_comes_in(client, kind, row, told):
    theme = IssueFactory(key="theme-x")
    IssueFactory(key="fish", name="Fish", theme=theme)
    PersonFactory(name="Twin"), PersonFactory(name="Twin"), PersonFactory(name="Jonas Lind")
    good = {
        "person": {"name": "Rui Alves"},
        "position": {"person": "Jonas Lind", "title": "Minister"},
        "issue": {"key": "nets", "name": "Nets of all kinds", "theme": theme.key},
    }[kind]
    page = choose(client, kind, lines(good, row))
    assert told in page.content.decode()
    assert "confirm_form" not in page.context
    assert "Traceback" not in page.content.decode()
    assert not Judgement.objects.exists()


def test_a_table_that_is_too_large_or_no_table_is_refused(client, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    rows = [{"name": f"Lind {n}"} for n in range(3)]
    assert "at most 2 at once" in choose(client, "person", lines(*rows)).content.decode()
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert "bring it in in parts" in choose(client, "person", lines(*rows)).content.decode()
    monkeypatch.setattr(tables, "MOST_BYTES", 5_000_000)
    for form, content in ((XLSX, b"no table"), (CSV, b"\x00\xff\xfe"), (CSV, b"")):
        assert "confirm_form" not in choose(client, "person", content, form).context
    assert not Judgement.objects.exists()


def test_readers_neither_take_tables_nor_bring_them(client):
    client.force_login(UserFactory(is_staff=True))
    for kind in ("person", "position", "issue"):
        for page in ("import", "export"):
            assert client.get(address(kind, page)).status_code == 403
        assert client.post(address(kind, "process_import")).status_code == 403
