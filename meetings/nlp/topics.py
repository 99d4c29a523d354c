"""What each statement is about: what its clause names, else its paragraph's topic."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from meetings.nlp.annotations import IssueMention, StatementMention
from meetings.nlp.subjects import Subject
from meetings.records import Label

# Words with which a paragraph turns to a subject; the subject follows within a few words.
OPENS = re.compile(
    r"(?:On|Regarding|Concerning|Turning (?:next |then )?to|As (?:regards|for|to)|With (?:regard|respect) to|Asked about|In response to|About)\b[^.;:\n]{0,60}"
)


class Topics:
    """Asked for the statements of a document in their order; ``about`` are the subjects of each of its meetings."""

    def __init__(self, doc: Doc, about: Sequence[Sequence[Subject]]) -> None:
        self.text, self.segments = doc._.flow.text, doc._.flow.segments
        self.mentions: list[IssueMention] = doc._.issue_mentions
        self.starts = [each.start for each in self.mentions]
        self.opens = [segment.start for segment in self.segments]
        self.known = [{name: subject.score for subject in subjects for name in subject.topics} for subjects in about]
        self.nation = doc._.setting.nation
        self.headings = self._headings()
        self.paragraph, self.topic = -1, ""

    def of(self, statement: StatementMention, meeting: int | None) -> str:
        """The name of the statement's issue, or "" when nothing tells it."""
        paragraph = max(0, bisect_right(self.opens, statement.start) - 1)
        if paragraph != self.paragraph:
            self.paragraph, self.topic = paragraph, self._opening(paragraph, meeting)
        found = self._named(statement.start, statement.end, meeting)
        if found and (not self.topic or meeting is None or found in self.known[meeting]):
            self.topic = found
        return found or self.topic or self.headings[paragraph]

    def _named(self, start: int, end: int, meeting: int | None) -> str:
        """The best subject of the meeting named in a span, else the first alias of the tree that is no country's name."""
        inside = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        inside = [each for each in inside if each.end <= end]
        known = self.known[meeting] if meeting is not None else {}
        if ranked := [each for each in inside if each.name in known]:
            return max(ranked, key=lambda each: (bool(each.key), known[each.name])).name
        return next((each.name for each in inside if each.key and not each.broad and not self.nation(each.mention)), "")

    def _opening(self, paragraph: int, meeting: int | None) -> str:
        segment = self.segments[paragraph]
        opening = OPENS.match(self.text, segment.start, segment.end)
        if not opening:
            return ""
        inside = self.mentions[bisect_left(self.starts, opening.start()) : bisect_left(self.starts, opening.end())]
        return self._named(opening.start(), opening.end(), meeting) or next(
            (each.name for each in inside if each.key), ""
        )

    def _headings(self) -> list[str]:
        """For each segment the issue that the section's heading above it names."""
        names, current, body = [], "", False
        for segment in self.segments:
            if segment.label is Label.HEADING:
                inside = self.mentions[bisect_left(self.starts, segment.start) : bisect_left(self.starts, segment.end)]
                current = next((each.name for each in inside if each.key), "") if body else ""
            body = body or segment.label is Label.BODY
            names.append(current)
        return names
