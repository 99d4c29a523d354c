"""The data: documents and their passages, the accounts they give of meetings, and what is known of people, places and issues.

    Document → DocumentRevision → Passage
    Document → Account (participants, issues, statements, each with Evidence) → Meeting (derived, or as a person decided)

Values of a Meeting are derived from its accounts by ``derivation.py`` and then changed as Judgements say.
"""

from .base import ATTENDANCES, KINDS, MEDIA, STATUSES, validate_edtf
from .collections import Collection
from .documents import Document, DocumentRevision, Passage
from .evidence import Evidence
from .intake import StagedDocument, Upload
from .judgements import Judgement
from .meetings import (
    Account,
    AccountIssue,
    AccountParticipant,
    Meeting,
    MeetingIssue,
    Participant,
    Statement,
    Suggestion,
)
from .people import Person, PersonName, Position
from .rollups import Rollup
from .searches import SavedSearch
from .work import StoredFile, WorkItem
from .world import Country, Issue, Organisation, Place

__all__ = [
    "ATTENDANCES",
    "KINDS",
    "MEDIA",
    "STATUSES",
    "Account",
    "AccountIssue",
    "AccountParticipant",
    "Collection",
    "Country",
    "Document",
    "DocumentRevision",
    "Evidence",
    "Issue",
    "Judgement",
    "Meeting",
    "MeetingIssue",
    "Organisation",
    "Participant",
    "Passage",
    "Person",
    "PersonName",
    "Place",
    "Position",
    "Rollup",
    "SavedSearch",
    "StagedDocument",
    "Statement",
    "StoredFile",
    "Suggestion",
    "Upload",
    "WorkItem",
    "validate_edtf",
]
