"""What was read from a file and what was extracted from a text, as frozen values.

Standard library only, so that every other module may import it. Offsets always count characters of the
document's stored text: ``text[start:end]`` is the passage. Dates are EDTF strings (``2007-05-29``, ``2014-01``,
``2014``, ``2015-05~``) or None when the document does not say. Countries are ISO 3166-1 alpha-2 codes; former states have
their ISO 3166-3 alpha-2 (``SU``, ``YU``, ``DD``, ``CS``), Kosovo is ``XK``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of document it is; each has its own conventions of layout."""

    CABLE = "cable"
    MEMCON = "memcon"
    READOUT = "readout"
    NEWS = "news"
    OTHER = "other"
    REGISTER = "register"  # one entry of an official list of journeys or visits: its fields are given, nothing is read from prose


READ_KINDS = tuple(kind for kind in Kind if kind is not Kind.REGISTER)  # what a text can be read as


class Label(StrEnum):
    """What part a passage plays in its document."""

    HEADER = "header"  # traffic lines, TAGS, PARTICIPANTS, date lines: the document about itself
    HEADING = "heading"  # a title or a section's name
    BODY = "body"
    CAPTION = "caption"  # a picture's legend
    NOTE = "note"  # footnotes and editors' notes
    CLUTTER = "clutter"  # page furniture: menus, other headlines, page-break lines


class Status(StrEnum):
    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    PROPOSED = "proposed"


class Medium(StrEnum):
    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


class Attendance(StrEnum):
    PRINCIPAL = "principal"
    ACCOMPANYING = "accompanying"
    INTERPRETER = "interpreter"
    NOTETAKER = "notetaker"


class StatementKind(StrEnum):
    DIRECT = "direct"  # the speaker's own words, in quotation marks
    REPORTED = "reported"


class Field(StrEnum):
    """What a piece of evidence supports."""

    MEETING = "meeting"  # that the encounter took place, is planned, …; also its status
    DATE = "date"
    PLACE = "place"
    MEDIUM = "medium"
    PARTICIPANT = "participant"
    ISSUE = "issue"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document. Passages are in order and do not overlap; only white space lies between them.

    A paragraph cut in two by a page break is two passages of one number, the second with ``continues`` set.
    """

    start: int
    end: int
    label: Label = Label.BODY
    number: str = ""  # as printed: "7" of "7. (SBU) …"
    marking: str = ""  # section mark: "SBU", "C", "U", …
    field: str = ""  # of a header: "participants", "subject", "place", "date", "time", "tags", "classification", "reference", "origin", …
    continues: bool = False


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document as a reader found it. ``text`` is the stored text, its line ends ``\\n``, otherwise as in the file."""

    text: str
    kind: Kind
    passages: tuple[Passage, ...]
    reader: str  # name and version of the reader: "cable/1"
    title: str = ""
    date: str | None = None  # of the document, EDTF
    identifier: str = ""  # "07MOSCOW2590"
    origin: str = ""  # where it was written, or who issued it: "Moscow", "The White House"
    classification: str = ""  # as normalised: "UNCLASSIFIED", "SBU", "CONFIDENTIAL", "SECRET", …
    tags: tuple[str, ...] = ()  # State Department TAGS
    references: tuple[str, ...] = ()
    language: str = "en"  # ISO 639-1
    source_url: str = ""
    site: str = ""  # publisher of a web page
    collection: str = ""  # asked for by front matter or option
    notice: str = ""  # to be shown wherever the document is: "Reconstruction written for this demonstration"
    part: str = ""  # which document of its file: "" when the file holds one, else "1", "2", or an attachment's name


TITLE = 80  # characters of a title that is made from the text


def fallback_title(source: SourceDocument) -> str:
    """What to call a document in which the reader found no title, at most ``TITLE`` characters and an ellipsis.

    The heading above the text; else nothing when there is a number to go by; else the first words of the text.
    """
    first = next((passage for passage in source.passages if passage.label in (Label.HEADING, Label.BODY)), None)
    if first is None or (first.label is Label.BODY and source.identifier):
        return ""
    words = " ".join(source.text[first.start : first.end].split())
    if len(words) <= TITLE:
        return words
    return (words[: TITLE + 1].rpartition(" ")[0] or words[:TITLE]) + "…"


LONGEST = 1_000_000  # characters of a text that the pipeline takes at once (spaCy's own limit)


def why_not_extracted(document: SourceDocument) -> str:
    """Why no meetings are looked for in a document; "" when they are."""
    if document.language != "en":
        return f"Only English texts are searched for meetings; the language of this one is {document.language!r}."
    if len(document.text) > LONGEST:
        return f"Only texts of up to {LONGEST:,} characters are searched for meetings. Split it into its documents."
    return ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage behind one claim, the rule or model that made the claim (with its version), and how sure it is (0 to 1)."""

    field: Field
    start: int
    end: int
    rule: str  # "triggers.verb/1"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ExtractedParticipant:
    """Someone who took part. A party that the text does not name has ``name`` None, with role and country."""

    name: str | None
    role: str = ""  # at the time, as written without nationality: "Foreign Minister"
    country: str | None = None
    organisation: str | None = None  # of an international body, or the body represented
    attendance: Attendance = Attendance.PRINCIPAL
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedPlace:
    """Where it happened. ``inferred``: the text does not state it (the post of an embassy, say)."""

    name: str
    country: str | None = None
    precision: str = "city"  # building, city, region, country
    latitude: float | None = None  # degrees
    longitude: float | None = None
    inferred: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedIssue:
    """A subject talked about: ``mention`` as the document writes it, ``name`` the topic tree's or a shorter one of the document's."""

    name: str
    mention: str
    key: str = ""  # of the topic tree; empty when the tree lacks it
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedStatement:
    """Who said what: ``text`` is the clause that carries it, and stands at ``[start:end]``."""

    speaker: str | None
    kind: StatementKind
    text: str
    start: int
    end: int
    rule: str
    country: str | None = None
    issue: str = ""  # an issue's name
    confidence: float = 1.0
    meeting: int | None = None  # index among the document's meetings, when it was said in one of them


@dataclass(frozen=True, slots=True)
class ExtractedMeeting:
    """One encounter as one document tells it."""

    status: Status
    participants: tuple[ExtractedParticipant, ...]
    evidence: tuple[Evidence, ...]  # of the meeting, its date and its medium; the other values carry their own
    date: str | None = None
    date_end: str | None = None
    time: str | None = None  # local time of day, "HH:MM"
    duration: int | None = None  # minutes
    place: ExtractedPlace | None = None
    medium: Medium | None = None  # None: untold
    issues: tuple[ExtractedIssue, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document."""

    meetings: tuple[ExtractedMeeting, ...] = ()
    statements: tuple[ExtractedStatement, ...] = ()
    names: tuple[Name, ...] = ()
    pipeline: str = ""  # name and version


@dataclass(frozen=True, slots=True)
class Name:
    """A name marked in the text: what the reader's page highlights."""

    start: int
    end: int
    label: str  # PERSON, GPE, ORG, DATE, …
