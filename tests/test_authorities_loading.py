"""Official lists of officials, journeys and visits: what is read, what is stored, what is refused."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Account, Document, Meeting, Person, Position
from meetings.registers import RegisterError, entries
from meetings.registers.entries import Official, Unreadable
from meetings.registers.told import encounters

LISTS = Path(__file__).parent / "data" / "registers"


def load(*paths: Path | str, **options) -> tuple[str, str, int]:
    """What the command says, what it complains of, and its exit code."""
    out, complaints, code = StringIO(), StringIO(), 0
    try:
        call_command("load_authorities", *map(str, paths), stdout=out, stderr=complaints, **options)
    except CommandError as error:
        code = error.returncode
    return out.getvalue(), complaints.getvalue(), code


# What a note tells


@pytest.mark.parametrize(
    ("note", "people"),
    [
        ("Met with President Rui Alves.", [("Rui Alves", "President")]),
        ("Met with Presidents Alves and Brandt.", [("Alves", "President"), ("Brandt", "President")]),
        ("Discussed trade with Swedish Prime Minister Lind and senior officials.", [("Lind", "Prime Minister")]),
        ("Met with Crown Prince and Prime Minister Karim al-Hadi.", [("Karim al-Hadi", "Crown Prince and Prime Minister")]),
        ("Met with Minister for Foreign Affairs Ana Duarte and signed an agreement.", [("Ana Duarte", "Minister for Foreign Affairs")]),
        ("Met with King Sverre during a private visit.", [("Sverre", "King")]),
        ("Met with senior officials.", []),
        ("Attended the funeral of President Alves.", []),
    ],
)  # fmt: skip
def test_a_note_tells_who_was_met(note, people):
    assert [(each.name, each.role) for told in encounters(note) for each in told.people] == people


def test_a_nationality_a_state_and_a_body_say_whose_a_post_is():
    note = "Met with Swedish Prime Minister Lind, President Alves of Portugal, and NATO Secretary General Brandt."
    found = [(each.name, each.nation, each.body) for told in encounters(note) for each in told.people]
    assert found == [("Lind", "SE", ""), ("Alves", "PT", ""), ("Brandt", "", "NATO")]


def test_whoever_is_accompanied_was_there_too():
    (told,) = encounters("Accompanied President Merriweather to a meeting with King Sverre.")
    assert (told.accompanied.name, [each.name for each in told.people]) == ("Merriweather", ["Sverre"])


# Reading


def test_officials_have_their_title_with_the_place_and_bad_rows_have_a_reason():
    found = list(entries(LISTS / "officials.tsv"))
    assert found[0] == Official(
        "Ada Louise Merriweather",
        "Ambassador Extraordinary and Plenipotentiary to Trinidad and Tobago",
        "1962-08-31",
        "1966-01-09",
    )
    assert found[1].title == "Assistant Secretary of State"
    reasons = [entry.reason for entry in found if isinstance(entry, Unreadable)]
    assert reasons == ["the term ends (1949-07-02) before it begins (1950-07-02)", "the surname or the role is missing"]


def test_every_claim_of_a_journey_stands_in_its_text():
    (entry, *_) = entries(LISTS / "trips.xml")
    text = entry.source.text
    assert len(entry.extraction.meetings) == 3
    for meeting in entry.extraction.meetings:
        for party in meeting.participants:
            (claim,) = party.evidence
            assert party.name in text[claim.start : claim.end]
        assert text[slice(*claim_span(meeting, "meeting"))].lower().startswith("met with")
    assert [meeting.date for meeting in entry.extraction.meetings] == ["1995-03-03", "1995-03-03", "1995-03-04"]


def claim_span(meeting, field):
    return next((claim.start, claim.end) for claim in meeting.evidence if claim.field == field)


@pytest.mark.parametrize(
    "content",
    ["name\tpost\nAda\tenvoy\n", "<letters/>", '<!DOCTYPE a [<!ENTITY b "c">]><trips>&b;</trips>', ""],
)
def test_other_files_and_entity_tricks_are_refused(tmp_path, content):
    path = tmp_path / "list.xml"
    path.write_text(content)
    with pytest.raises(RegisterError):
        list(entries(path))


def test_a_file_that_breaks_off_gives_what_stands_before_and_says_so(tmp_path):
    path = tmp_path / "trips.xml"
    path.write_text((LISTS / "trips.xml").read_text().partition("<id>902</id>")[0])
    first, broken = entries(path)
    assert first.extraction.meetings
    assert "cannot be read on from here" in broken.reason


# Storing


@pytest.mark.django_db
def test_officials_become_people_with_positions():
    _, complaints, code = load(LISTS / "officials.tsv")
    ada = Person.objects.get(name="Ada Louise Merriweather")
    assert (ada.country_id, ada.positions.count()) == ("US", 2)
    assert ada.positions.first().source == "officials.tsv"
    assert (code, complaints.count("officials.tsv, line")) == (1, 2)
    assert Document.objects.filter(state="failed", reason__contains="Otto").exists()


@pytest.mark.django_db
def test_one_name_a_lifetime_apart_is_two_people():
    load(LISTS / "officials.tsv")
    assert Person.objects.filter(name="Thomas Ashgrove Jr.").count() == 2


@pytest.mark.django_db
def test_journeys_and_visits_become_meetings_with_a_source():
    load(LISTS / "trips.xml", LISTS / "visits.xml")
    titles = {meeting.title for meeting in Meeting.objects.all()}
    assert "Ada Louise Merriweather with Ana Duarte" in titles
    lind = Meeting.objects.get(date="1995-04-10/1995-04-12")
    assert {row.label for row in lind.participants.all()} == {"Jonas Lind", "Bill Clinton"}
    clinton = Meeting.objects.get(date="1995-05-02")
    assert (clinton.place.name, clinton.place.country_id) == ("New York City", "US")
    account = Account.objects.filter(meeting=clinton).get()
    assert account.document.kind == "register"
    assert account.evidence.filter(field="meeting").get().quote.startswith("Met with President Clinton")


@pytest.mark.django_db
def test_an_entry_that_tells_of_no_meeting_is_a_document_without_one():
    load(LISTS / "trips.xml", LISTS / "visits.xml")
    assert Document.objects.filter(state="processed", accounts=None).count() == 2


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    lists = (LISTS / "officials.tsv", LISTS / "trips.xml", LISTS / "visits.xml")
    load(*lists)
    before = [sorted(model.objects.values_list("pk", flat=True)) for model in (Person, Position, Document, Meeting)]
    load(*lists)
    assert [
        sorted(model.objects.values_list("pk", flat=True)) for model in (Person, Position, Document, Meeting)
    ] == before


@pytest.mark.django_db
def test_a_corrected_entry_takes_the_place_of_the_one_that_failed(tmp_path):
    load(LISTS / "trips.xml")
    assert Document.objects.filter(state="failed").count() == 1
    mended = tmp_path / "trips.xml"
    mended.write_text((LISTS / "trips.xml").read_text().replace("1995-03-07", "1995-03-09"))
    _, _, code = load(mended)
    assert (code, Document.objects.filter(state="failed").count()) == (0, 0)
    assert Meeting.objects.filter(date="1995-03-09").exists()


@pytest.mark.django_db
def test_a_file_that_is_no_list_is_named_and_the_others_are_loaded(tmp_path):
    wrong = tmp_path / "letters.xml"
    wrong.write_text("<letters/>")
    _, complaints, code = load(wrong, LISTS / "visits.xml")
    assert ("letters.xml is no list of journeys" in complaints, code) == (True, 1)
    assert Meeting.objects.exists()


@pytest.mark.django_db
def test_a_missing_file_and_an_unknown_country_are_said():
    with pytest.raises(CommandError, match=r"There is no nowhere\.tsv"):
        call_command("load_authorities", "nowhere.tsv")
    with pytest.raises(CommandError, match="No country has the key 'QQ'"):
        call_command("load_authorities", str(LISTS / "officials.tsv"), country="QQ")


def test_an_argument_that_cannot_be_right_is_refused_before_anything_is_stored(db):
    with pytest.raises(CommandError, match="is no web address"):
        call_command("load_authorities", str(LISTS), source_url="javascript:alert(1)")
    with pytest.raises(CommandError, match="No country has the key"):
        call_command("load_authorities", str(LISTS), country="Utopia")
    assert not Document.objects.exists()


def test_a_row_of_another_width_is_kept_as_it_stands(tmp_path):
    listed = tmp_path / "officials.tsv"
    listed.write_text(
        "forename\tsurname\tsuffix\trole\tterritory\tfrom\tto\nAda\tByrne\nAda\tByrne\t\tEnvoy\t\t\t\textra\n"
    )
    short, long = entries(listed)
    assert (short.content, short.reason) == ("Ada\tByrne", "it has 2 columns, and the first line names 7")
    assert long.reason == "it has 8 columns, and the first line names 7"
