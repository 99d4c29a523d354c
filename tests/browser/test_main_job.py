"""The main job of an editor, whole: hand in a folder, watch it being read, store it, correct five records, merge two people, read
everything again, and find all of it as it was left.
"""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from meetings.models import Document, Meeting, Participant, Person
from meetings.records import Status
from tests import annotated
from tests.browser.test_merging import state
from tests.browser.test_upload import sign_in
from tests.test_intake_staging import work

pytestmark = pytest.mark.django_db(transaction=True)
OPTIONS = {"collection": "Trial"}
DOCUMENTS, PAGE = 12, 25


@pytest.fixture
def ours(tmp_path) -> Path:
    """Some of the documents that were written for the project, in a folder."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for file in sorted(annotated.FOLDER.glob("*.txt"))[::5][:DOCUMENTS]:
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def gold(tmp_path, data_folder) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for file in (data_folder / "eval" / "gold").glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.mark.parametrize("papers", ["ours", pytest.param("gold", marks=pytest.mark.soak)])
def test_what_an_editor_decided_is_found_as_it_was_left(page, live_server, request, papers):
    folder = request.getfixturevalue(papers)
    count = len(list(folder.iterdir()))
    sign_in(page, live_server)
    hand_in(page, folder, count)

    dated, placed, attended, discussed, *_ = chosen = list(
        Meeting.objects.filter(status=Status.HELD, review="unreviewed").exclude(agenda=None).order_by("public_id")[:4]
    )
    correct_date(page, dated)
    correct_place(page, placed)
    member = correct_role(page, attended)
    issue = correct_issue(page, discussed)
    rejected = reject(page, without=chosen)
    one, other = merge(page)

    left = state(), values()
    Document.objects.update(extracted_digest="", pipeline="an earlier one")  # so that all is stored anew
    call_command("ingest", folder, force=True, **OPTIONS)
    assert (state(), values()) == left

    page.goto(dated.get_absolute_url())
    expect(page.locator("#value-date")).to_contain_text("2 March 1995")
    expect(page.locator("#value-date")).to_contain_text("corrected by ed")
    page.goto(placed.get_absolute_url())
    expect(page.locator("#value-place")).to_contain_text("Tórshavn")
    page.goto(attended.get_absolute_url())
    expect(page.locator(f"#participant-{member.pk}")).to_contain_text("Rapporteur of the day")
    page.goto(discussed.get_absolute_url())
    expect(page.locator("#record")).to_contain_text("Cod quotas of the day")
    assert not discussed.agenda.filter(name=issue).exists()
    page.goto(rejected.get_absolute_url())
    expect(page.locator("#record")).to_contain_text("rejected by ed")
    page.goto(one.get_absolute_url())
    expect(page.get_by_role("heading", name=other.name, exact=True)).to_be_visible()


def values() -> list[tuple]:
    return list(
        Meeting.objects.order_by("pk", "agenda__name", "agenda__issue").values_list(
            "date", "place__name", "medium", "status", "review", "agenda__name", "agenda__issue"
        )
    )


def hand_in(page, folder: Path, count: int) -> None:
    page.get_by_label("Or a folder").set_input_files(folder)
    page.get_by_label("Collection").fill(OPTIONS["collection"])
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(re.compile(r"/upload/\d+/"))
    expect(page.get_by_text(f"0 of {count} files done")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name=f"{count} documents to decide on")).to_be_visible()
    page.get_by_role(
        "button", name=re.compile(f"^Store all {count}$" if count > PAGE else "^Store the marked$")
    ).click()
    expect(page.get_by_role("heading", name="Storing …")).to_be_visible()
    work()
    page.goto("/queue/")
    done = page.locator("#now div", has=page.get_by_text("Done in the last hour"))
    expect(done.get_by_role("definition")).to_have_text(str(count))
    assert Document.objects.filter(collection__name=OPTIONS["collection"]).count() == count


def open_form(page, meeting: Meeting, opens: str):
    page.goto(meeting.get_absolute_url())
    page.locator(opens).click()
    return page.locator("#editing")


def save(page) -> None:
    page.locator("#editing").get_by_role("button", name=re.compile("^(Save|Add)")).click()
    page.locator("#editing").wait_for(state="detached")


def correct_date(page, meeting: Meeting) -> None:
    form = open_form(page, meeting, "#amend-value-date")
    form.get_by_label("Date").fill("1995-03-02")
    form.get_by_label("Reason").fill("So says the diary.")
    save(page)


def correct_place(page, meeting: Meeting) -> None:
    form = open_form(page, meeting, "#amend-value-place")
    form.get_by_label("Place", exact=True).fill("Tórshavn")
    save(page)


def correct_role(page, meeting: Meeting) -> Participant:
    member = meeting.participants.order_by("order").first()
    form = open_form(page, meeting, f"#amend-participant-{member.pk}")
    form.get_by_label("Post at the time").fill("Rapporteur of the day")
    save(page)
    return meeting.participants.get(role="Rapporteur of the day")


def correct_issue(page, meeting: Meeting) -> str:
    issue = meeting.agenda.order_by("pk").first()
    form = open_form(page, meeting, f"#amend-issue-{issue.pk}")
    form.get_by_label("What it was about").fill("Cod quotas of the day")
    save(page)
    return issue.name


def reject(page, without: list[Meeting]) -> Meeting:
    """By keyboard, where editors look at what nobody has looked at."""
    meeting = Meeting.objects.filter(review="unreviewed").exclude(pk__in=[each.pk for each in without]).first()
    page.goto(f"/review/?at={meeting.public_id}")
    expect(page.locator("#case-title")).to_contain_text(meeting.title, ignore_case=True)
    page.wait_for_load_state()  # a key pressed before the script runs is lost
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Your last decisions")).to_contain_text(meeting.title, ignore_case=True)
    meeting.refresh_from_db()
    assert meeting.review == "rejected"
    return meeting


def merge(page) -> tuple[Person, Person]:
    one, other = Person.objects.exclude(participants=None).filter(positions=None).order_by("pk")[:2]
    page.goto(f"/merge/people/?ids={one.pk},{other.pk}")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_text("is now one with").wait_for()
    one.refresh_from_db()
    return (one, other) if one.merged_into_id else (other, one)
