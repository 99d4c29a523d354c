"""Short ways to write down documents and what was found in them, for tests of what happens to both afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from meetings.records import (
    Evidence,
    ExtractedIssue,
    ExtractedMeeting,
    ExtractedParticipant,
    ExtractedPlace,
    ExtractedStatement,
    Extraction,
    Field,
    Kind,
    Medium,
    Passage,
    SourceDocument,
    StatementKind,
    Status,
)
from meetings.storage import save

TEXT = """Readout of the talks in Lisbon

Foreign Minister Ana Duarte met Minister Jonas Lind in Lisbon on 3 March 1995. They discussed fisheries. Lind said that quotas were too low.
"""


@dataclass(frozen=True)
class File:
    name: str
    sha256: str


def document(text: str = TEXT, **values) -> SourceDocument:
    defaults = {
        "kind": Kind.READOUT,
        "title": text.splitlines()[0],
        "date": "1995-03-04",
        "reader": "test/1",
        "collection": "Samples",
    }
    passages, start = [], 0
    for block in text.split("\n\n"):
        end = start + len(block.rstrip("\n"))
        passages.append(Passage(start, end))
        start += len(block) + 2
    return SourceDocument(text=text, passages=tuple(passages), **(defaults | values))


def at(text: str, quote: str, field: Field) -> Evidence:
    start = text.index(quote)
    return Evidence(field, start, start + len(quote), "test.rule/1", 0.9)


def person(name: str | None, country: str | None, text: str = TEXT, **values) -> ExtractedParticipant:
    quote = name or values.get("role", "")
    evidence = (at(text, quote, Field.PARTICIPANT),) if quote and quote in text else ()
    return ExtractedParticipant(name, country=country, evidence=evidence, **values)


def meeting(text: str = TEXT, quote: str = "", **values) -> ExtractedMeeting:
    quote = quote or text.split("\n\n")[1].split(". ")[0]
    defaults = {
        "status": Status.HELD,
        "date": "1995-03-03",
        "medium": Medium.IN_PERSON,
        "place": ExtractedPlace(
            "Lisbon", "PT", evidence=(at(text, "Lisbon", Field.PLACE),) if "Lisbon" in text else ()
        ),
        "participants": (
            person("Ana Duarte", "PT", text, role="Foreign Minister"),
            person("Jonas Lind", "SE", text, role="Minister"),
        ),
        "issues": (
            ExtractedIssue(
                "Fisheries", "fisheries", evidence=(at(text, "fisheries", Field.ISSUE),) if "fisheries" in text else ()
            ),
        ),
        "confidence": 0.8,
    }
    return ExtractedMeeting(evidence=(at(text, quote, Field.MEETING),), **(defaults | values))


def statement(
    text: str = TEXT, quote: str = "quotas were too low", speaker: str = "Jonas Lind", **values
) -> ExtractedStatement:
    start = text.index(quote)
    return ExtractedStatement(
        speaker,
        StatementKind.REPORTED,
        quote,
        start,
        start + len(quote),
        "test.rule/1",
        **({"country": "SE", "meeting": 0} | values),
    )


def store(
    source: SourceDocument | None = None,
    *meetings: ExtractedMeeting,
    name: str = "",
    statements=(),
    pipeline: str = "test/1",
):
    """Save a document with what was found in it; returns the stored Document."""
    source = source or document()
    file = File(name or f"{source.title}.txt", sha256((name or source.text).encode()).hexdigest())
    extraction = Extraction(meetings or (meeting(source.text),), tuple(statements), pipeline=pipeline)
    stored, _ = save(file, source, extraction)
    return stored
