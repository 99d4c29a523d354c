"""The shipped pipeline, loaded once a test run, and short ways to put a text through it."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from meetings import readers
from meetings.nlp import pipeline
from meetings.nlp.annotations import Party
from meetings.nlp.extract import extract, prepared
from meetings.records import ExtractedMeeting, Extraction, Kind


@cache
def nlp() -> Language:
    return pipeline.load()


def extracted(text: str, kind: Kind = Kind.NEWS, date: str = "") -> Extraction:
    """What is found in a text that is read as a file of that kind and date."""
    documents = readers.read(text.encode(), "test.txt", readers.Options(kind=kind, date=date))
    found = next(iter(extract(documents, nlp())))[1]
    if isinstance(found, Exception):
        raise found
    return found


def read(text: str, kind: Kind = Kind.NEWS, date: str = "") -> Doc:
    """The Doc of such a text, with what every component wrote on it."""
    (document,) = readers.read(text.encode(), "test.txt", readers.Options(kind=kind, date=date))
    return nlp()(prepared(document, nlp()))


def people(text: str, kind: Kind = Kind.NEWS, date: str = "") -> dict[str, Party]:
    """Whom the text speaks of by name."""
    return {party.name: party for party in read(text, kind, date)._.parties if party.name}


def meetings(text: str, kind: Kind = Kind.NEWS, date: str = "") -> tuple[ExtractedMeeting, ...]:
    return extracted(text, kind, date).meetings


def who(meeting: ExtractedMeeting) -> set[str]:
    """Names of those who took part, or their roles where the text has no name."""
    return {each.name or each.role for each in meeting.participants}
