"""Minutes of several sittings in one file."""

import pytest

from meetings.readers import read

PRESENT = "Present:\nMr. Arne Holt\nMrs. Ida Moe\n\nAGENDA\nFish\n\nMr. Holt spoke of the tariff on fish, which the ministers had set.\n\n"


def minutes(*headings):
    return "".join(f"{heading}\n{PRESENT}" for heading in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ("FIRST SESSION\nMonday, 6 May 1957", "SECOND SESSION\nTuesday, 7 May 1957"),
        (
            "Summary Record of the 21st Meeting held on 6 May 1957",
            "Summary Record of the 22nd Meeting held on 7 May 1957",
        ),
        ("Meeting No. 7, 6 May 1957", "Meeting No. 8, 7 May 1957"),
    ],
)
def test_each_sitting_is_a_document_with_its_date(headings):
    found = read(minutes(*headings).encode(), "minutes.txt")
    assert [document.date for document in found] == ["1957-05-06", "1957-05-07"]
    assert len({document.part for document in found}) == 2
    for document, heading in zip(found, headings, strict=True):
        assert document.text.startswith(heading)
        assert "Arne Holt" in document.text


@pytest.mark.parametrize("days", [(6, 7), (6, 7, 8)])
def test_a_head_that_every_sitting_repeats_goes_with_the_sitting(days):
    found = read(minutes(*(f"TRADE COUNCIL\n{n}th Meeting\n{n} May 1957" for n in days)).encode(), "minutes.txt")
    assert [document.text.splitlines()[:2] for document in found] == [["TRADE COUNCIL", f"{n}th Meeting"] for n in days]


def test_the_agenda_is_no_participant():
    document = read(minutes("MINUTES OF THE FIRST MEETING\n\nMonday, 6 May 1957\n").encode(), "minutes.txt")[0]
    listed = [document.text[p.start : p.end] for p in document.passages if p.field == "participants"]
    assert listed == ["Present:", "Mr. Arne Holt", "Mrs. Ida Moe"]


@pytest.mark.parametrize(
    "text",
    [
        minutes("FIRST MEETING\nMonday, 6 May 1957"),
        minutes("FIRST MEETING\nMonday, 6 May 1957") + "Second meeting\nThe council will sit again in the autumn.\n",
        minutes("First meeting of ministers was dull, 6 May 1957", "6 May 1957"),
        minutes("FIRST MEETING\nMonday, 6 May 1957", "FIRST MEETING\nTuesday, 7 May 1957"),
    ],
)
def test_minutes_of_one_sitting_are_one_document(text):
    assert [document.part for document in read(text.encode(), "minutes.txt")] == [""]
