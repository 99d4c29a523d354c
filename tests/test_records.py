"""What a document is called when its reader found no title."""

import pytest

from meetings.records import Kind, Label, Passage, SourceDocument, fallback_title


def document(*parts: tuple[Label, str], **values) -> SourceDocument:
    passages, text = [], ""
    for label, words in parts:
        passages.append(Passage(len(text), len(text) + len(words), label))
        text += words + "\n\n"
    return SourceDocument(text=text, kind=Kind.OTHER, passages=tuple(passages), reader="test/1", **values)


LONG = "The Ministers met on Tuesday in the old town hall, where they spoke of trade and fisheries for two hours."


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (document((Label.HEADING, "Talks\non fisheries"), (Label.BODY, LONG)), "Talks on fisheries"),
        (document((Label.CLUTTER, "Menu"), (Label.BODY, "They met.")), "They met."),
        (document((Label.BODY, "They met."), (Label.HEADING, "Comment")), "They met."),
        (document((Label.BODY, LONG), identifier="07MOSCOW2590"), ""),
        (document((Label.HEADER, "DATE: 1 May 1970")), ""),
        (document(), ""),
        (document((Label.BODY, "x" * 200)), "x" * 80 + "…"),
    ],
)
def test_a_document_goes_by_its_heading_or_its_first_words(source, title):
    assert fallback_title(source) == title


def test_first_words_end_with_a_whole_word():
    title = fallback_title(document((Label.BODY, LONG)))
    assert title == "The Ministers met on Tuesday in the old town hall, where they spoke of trade and…"
