"""The export: every meeting that one may see, with all its accounts, one line each."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import CollectionFactory, CountryFactory, IssueFactory, PersonFactory, PlaceFactory, UserFactory, told
from told import TEXT, document, meeting, store

from meetings.models import Collection, Meeting
from meetings.records import ExtractedPlace
from meetings.taking import meetings as taking

pytestmark = pytest.mark.django_db


def exported(capsys, **options) -> list[dict]:
    call_command("export_meetings", **options)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def lisbon():
    """One meeting told by a readout, its copy, and a cable that nobody but its readers may see."""
    Collection.objects.create(name="Private", public=False)
    store(document(identifier="DEMO-1"), name="a/readout.txt")
    store(document(TEXT + "\nAgain.", identifier="DEMO-1"), name="b/reprint.txt")
    cable = TEXT.replace("Readout", "Cable")
    place = ExtractedPlace("Porto", "PT", inferred=True)
    store(document(cable, collection="Private"), meeting(cable, place=place), name="c/cable.txt")
    return Meeting.objects.get()


def test_a_line_tells_the_meeting_and_every_account_of_it(lisbon, capsys):
    [line] = exported(capsys)
    assert line["id"] == lisbon.public_id
    assert (line["date"], line["medium"], line["status"]) == ("1995-03-03", "in_person", "held")
    assert (line["place"]["name"], line["place"]["country"], line["place"]["inferred"]) == ("Lisbon", "PT", False)
    people = [(each["name"], each["role"], each["country"]) for each in line["participants"]]
    assert people == [("Ana Duarte", "Foreign Minister", "PT"), ("Jonas Lind", "Minister", "SE")]
    assert [each["person"] for each in line["participants"]] == [row.person_id for row in lisbon.participants.all()]
    assert [issue["name"] for issue in line["issues"]] == ["Fisheries"]
    accounts = [(each["file"], each["identifier"], each["copy"]) for each in line["accounts"]]
    assert accounts == [("a/readout.txt", "DEMO-1", False), ("b/reprint.txt", "DEMO-1", True)]


def test_what_a_user_may_see_is_theirs_alone(lisbon, capsys):
    reader = UserFactory()
    Collection.objects.get(name="Private").readers.add(reader)
    [line] = exported(capsys, user=reader.username)
    assert [each["file"] for each in line["accounts"]] == ["a/readout.txt", "b/reprint.txt", "c/cable.txt"]
    assert "cable" not in json.dumps(exported(capsys))


def test_restricted_meetings_and_rejected_ones_stay_out(capsys):
    private = CollectionFactory(name="Private", public=False)
    told(PersonFactory(name="Seen"))
    told(PersonFactory(name="Hidden"), audience=private, document={"collection": private})
    told(PersonFactory(name="Wrong"), review="rejected")
    assert [line["title"] for line in exported(capsys)] == ["Seen"]


def test_the_oldest_come_first_and_the_undated_last(capsys):
    for date in ("1995-03-03", "", "1941-08-09/1941-08-12", "1995-03"):
        told(PersonFactory(), date=date)
    assert [line["date"] for line in exported(capsys)] == ["1941-08-09/1941-08-12", "1995-03", "1995-03-03", None]


def test_the_number_of_queries_does_not_grow_with_the_meetings():
    def add(count: int) -> int:
        for _ in range(count):
            people = [PersonFactory(country=CountryFactory(key=key)) for key in ("PT", "SE")]
            told(*people, about=(IssueFactory(),), place=PlaceFactory(name="Lisbon"))
        with CaptureQueriesContext(connection) as queries:
            assert len(list(taking.everything())) == Meeting.objects.count()
        return len(queries)

    assert add(1) == add(5)


def test_more_meetings_than_are_in_memory_at_a_time_are_all_written_once(monkeypatch):
    monkeypatch.setattr(taking, "CHUNK", 2)
    for day in range(1, 6):
        told(PersonFactory(), date=f"1995-03-0{day}")
    lines = list(taking.everything())
    assert len({line["id"] for line in lines}) == len(lines) == 5
    assert all(line["accounts"] and line["participants"] for line in lines)


def test_a_file_is_written_whole_or_not_at_all(lisbon, tmp_path, capsys, monkeypatch):
    path = tmp_path / "meetings.jsonl"
    call_command("export_meetings", output=path)
    assert "1 meetings" in capsys.readouterr().err
    before = path.read_text(encoding="utf-8")
    assert json.loads(before)["id"] == lisbon.public_id
    monkeypatch.setattr(taking, "as_json", lambda meeting, site: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("export_meetings", output=path)
    assert path.read_text(encoding="utf-8") == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("options", "why"), [({"user": "nobody"}, "no user"), ({"output": "/no/such/folder/file"}, "cannot be written")]
)
def test_a_mistake_is_one_clear_sentence(options, why):
    with pytest.raises(CommandError, match=why):
        call_command("export_meetings", **options)
