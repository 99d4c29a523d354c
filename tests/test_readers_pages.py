"""Page marks and running heads of text files without pages, such as scans'."""

import pytest

from meetings.readers import read
from meetings.readers.pages import marked
from meetings.records import Label

BODY = "The two ministers spoke of the ports in the north and of the tariff on fish, which the"


def found(text):
    return [text[start:end] for start, end in marked(text)]


@pytest.mark.parametrize(
    "mark", ["- 3 -", "Page 1 of 2", "page 12", "[Page 4]", "SECRET          Page 2 of 9", "– 7 –"]
)
def test_a_page_number_that_says_so_is_furniture(mark):
    assert found(f"{BODY}\n{mark}\nGovernment set.") == [mark]


@pytest.mark.parametrize("line", ["3", "1954", "- 3 - is the third point", "Page 4 tells more.", "3. Fish", "10 - 12"])
def test_numbers_of_other_things_are_none(line):
    assert found(f"{BODY}\n{line}\nGovernment set.") == []


def test_a_line_that_recurs_beside_the_marks_is_a_running_head():
    text = "".join(f"SECRET\n- {n} -\n\n{BODY}\ntalk number {n} went on.\n" for n in range(1, 5))
    assert found(f"Record\n{text}") == [line for n in range(1, 5) for line in ("SECRET", f"- {n} -")]


def test_form_feeds_part_pages_too():
    text = "\n\f".join(f"Trade talks, page head {n}\n{BODY}\nrest of talk." for n in range(1, 5))
    assert found(text) == [f"Trade talks, page head {n}" for n in range(2, 5)]


def test_a_sentence_goes_on_below_the_page_mark():
    text = f"MEMORANDUM OF CONVERSATION\n\nDATE: May 6, 1961\n\n{BODY}\n- 2 -\n\ncabinet had set the year before.\n"
    document = read(text.encode(), "scan.txt")[0]
    assert [text[p.start : p.end] for p in document.passages if p.label is Label.CLUTTER] == ["- 2 -"]
    assert document.passages[-1].continues
