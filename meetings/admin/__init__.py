"""The pages on which editors correct records: a module a subject. What they change is written down as judgements."""

from . import accounts, documents, judgements, meetings, people, searches, suggestions, world  # noqa: F401
