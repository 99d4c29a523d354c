"""A small annotated collection, written for this project, and how an extraction is scored against it.

`tests/data/annotated/NAME.json` beside `NAME.txt` lists its meetings; participants are [name, role, country, attendance], and
"a|b" accepts either. A meeting that is `optional`, a bare mention, neither rewards nor costs; where the participants are `partial`,
more of them cost nothing; `dates_accepted` are none of the text's, but no error. Meetings are paired by the participants that they
share, and figures are F1 over all documents.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyascii import anyascii

from meetings import readers
from meetings.records import ExtractedMeeting, ExtractedParticipant, Extraction, SourceDocument

FOLDER = Path(__file__).parent / "data" / "annotated"
SHARED = 0.5  # of the participants of two meetings, at least, that are the same people


@dataclass(slots=True)
class Count:
    right: int = 0
    wanted: int = 0
    given: int = 0

    def add(self, right: int, wanted: int, given: int) -> None:
        self.right, self.wanted, self.given = self.right + right, self.wanted + wanted, self.given + given

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else 1.0


def collection() -> Iterator[tuple[str, SourceDocument, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.txt")):
        (document,) = readers.read(path.read_bytes(), path.name, readers.Options())
        yield path.stem, document, json.loads(path.with_suffix(".json").read_text())


def words(text: str | None) -> list[str]:
    return re.findall(r"[a-z0-9]+", anyascii(text or "").lower())


def accepted(wanted: str | None) -> list[str]:
    return (wanted or "").split("|")


def same_words(wanted: str | None, given: str | None) -> bool:
    """Whether all words of one accepted form stand in the other, or the other way round."""
    return any(
        bool(a and b) and (a <= b or b <= a)
        for a, b in ((set(words(form)), set(words(given))) for form in accepted(wanted))
    )


def same_person(wanted: Sequence[Any], given: ExtractedParticipant) -> bool:
    name, role, country, _ = wanted
    if name:
        return bool(given.name) and same_words(name, given.name)
    return not given.name and country == given.country and same_words(role, given.role)


def pairs(wanted: Sequence[Any], given: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[tuple[Any, Any]]:
    """Each wanted one with the first that is the same and not yet taken."""
    left, found = list(given), []
    for one in wanted:
        match = next((other for other in left if same(one, other)), None)
        if match is not None:
            left.remove(match)
            found.append((one, match))
    return found


def likeness(wanted: dict[str, Any], given: ExtractedMeeting) -> float:
    shared = len(pairs(wanted["participants"], given.participants, same_person))
    people = 2 * shared / max(len(wanted["participants"]) + len(given.participants), 1)
    dated = bool(given.date) and given.date in accepted(wanted["date"])
    return people + 0.3 * dated + 0.2 * (wanted["status"] == given.status) if people >= SHARED else 0.0


def aligned(
    wanted: list[dict[str, Any]], given: Sequence[ExtractedMeeting]
) -> list[tuple[dict[str, Any], ExtractedMeeting]]:
    ranked = sorted(
        ((likeness(w, g), n, m) for n, w in enumerate(wanted) for m, g in enumerate(given)), key=lambda each: -each[0]
    )
    found, taken, used = [], set(), set()
    for score, n, m in ranked:
        if score and n not in taken and m not in used:
            found.append((wanted[n], given[m]))
            taken.add(n)
            used.add(m)
    return found


def scored(results: Iterable[tuple[SourceDocument, Extraction, dict[str, Any]]]) -> dict[str, Count]:
    """Counts by measure: meeting, participant, country, role, attendance, date, place, medium, status, issue, document date."""
    counts: dict[str, Count] = defaultdict(Count)
    for document, found, gold in results:
        wanted = gold["meetings"]
        alike = aligned(wanted, found.meetings)
        both = [(meeting, given) for meeting, given in alike if not meeting.get("optional")]
        counted = [meeting for meeting in wanted if not meeting.get("optional")]
        counts["meeting"].add(len(both), len(counted), len(found.meetings) - len(alike) + len(both))
        if date := gold["document"].get("date"):
            counts["document date"].add(document.date == date, 1, bool(document.date))
        for meeting, given in both:
            people = pairs(meeting["participants"], given.participants, same_person)
            told = len(people) if meeting.get("partial") else len(given.participants)
            counts["participant"].add(len(people), len(meeting["participants"]), told)
            for (_, role, country, attendance), one in people:
                counts["country"].add(one.country == country, 1, 1)
                counts["attendance"].add(one.attendance in accepted(attendance), 1, 1)
                if role:
                    counts["role"].add(same_words(role, one.role), 1, 1)
            if meeting["date"] or (given.date and given.date not in accepted(meeting.get("dates_accepted"))):
                right = (given.date or "") in accepted(meeting["date"])
                counts["date"].add(right, bool(meeting["date"]), bool(given.date))
            place = given.place if given.place and not (given.place.inferred and not meeting["place"]) else None
            if meeting["place"] or place:
                right = bool(place) and same_words(meeting["place"], place.name)
                guessed = meeting.get("inferred", False)  # silence is as good
                counts["place"].add(right, bool(meeting["place"] and (place or not guessed)), bool(place))
            counts["medium"].add(given.medium == meeting["medium"], 1, bool(given.medium))
            counts["status"].add(given.status == meeting["status"], 1, 1)
            if meeting["issues"]:
                right = len(
                    pairs(
                        meeting["issues"], given.issues, lambda a, b: same_words(a, b.name) or same_words(a, b.mention)
                    )
                )
                counts["issue"].add(right, len(meeting["issues"]), len(given.issues))
    return counts
