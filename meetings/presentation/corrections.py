"""What editors corrected in a meeting, as its page and the admin tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator

from .. import dates
from ..judgements import SIDE, decided_key, participant_key, participant_values
from ..models import Judgement, MeetingIssue, Participant
from ..records import Attendance
from ..resolution.names import fold

CORRECTING = {"set", "add", "remove", "cite", "move", "split"}
DATES = {"date", "died"}  # fields kept as EDTF
SUBJECTS = {"meeting", "participant", "issue", "account", "passages"}


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions that changed a value, oldest first, and the latest one on each value that the page shows.

    ``values`` are by the meeting's field; ``participants`` and ``agenda`` by row number.
    """

    made: list[Judgement] = field(default_factory=list)
    values: dict[str, Judgement] = field(default_factory=dict)
    participants: dict[int, Judgement] = field(default_factory=dict)
    agenda: dict[int, Judgement] = field(default_factory=dict)

    @classmethod
    def of(
        cls, judgements: Iterable[Judgement], participants: Sequence[Participant], agenda: Sequence[MeetingIssue]
    ) -> Corrections:
        made = [one for one in judgements if one.verb in CORRECTING and one.subject in SUBJECTS]
        made = [one for one in made if one.field != "review"]
        corrections = cls(made)
        named: dict[str, dict[str, Judgement]] = {"participant": {}, "issue": {}}
        for judgement in made:
            if judgement.subject in {"account", "passages"} or judgement.verb == "cite":
                continue
            if judgement.subject == "meeting":
                corrections.values[judgement.field] = judgement
            elif judgement.verb != "remove":
                named[judgement.subject][decided_key(judgement)] = judgement
        keys = [participant_key(row.name, row.role, row.side) for row in participants]
        for row, key in zip(participants, keys, strict=True):
            judgement = named["participant"].get(key)
            if judgement and keys.count(key) > 1:
                # Of several who are called so it is the one on the side that was decided.
                about = [one for one in made if is_row(one) and decided_key(one) == key and on_side(row, one.value)]
                judgement = about[-1] if about else None
            if judgement:
                corrections.participants[row.pk] = judgement
        for row in agenda:
            if judgement := named["issue"].get(fold(row.name)):
                corrections.agenda[row.pk] = judgement
        return corrections

    @property
    def last(self) -> Judgement | None:
        return self.made[-1] if self.made else None


def is_row(judgement: Judgement) -> bool:
    """Whether it is about what a participant is."""
    return judgement.subject == "participant" and judgement.verb in {"set", "add"}


def on_side(row: Participant, decided: dict[str, Any]) -> bool:
    told = participant_values(row)
    return all(told[name] == decided[name] for name in SIDE)


def in_words(value: Any) -> str:
    """A value as it was kept, to be read by people."""
    match value:
        case None | "" | []:
            return "nothing"
        case True | False:
            return "yes" if value else "no"
        case dict():
            return ", ".join(dict.fromkeys(parts(value))) or "nothing"
        case list():
            return ", ".join(map(in_words, value))
    return str(value).replace("_", " ")


def parts(value: dict[str, Any]) -> Iterator[str]:
    """What a value made of several is told by; a person's name and country are among those of a participant."""
    for key, part in value.items():
        if isinstance(part, dict):
            yield from parts(part)
        elif part and key != "precision" and part != Attendance.PRINCIPAL:
            yield in_words(part)


def shortened(quote: str) -> str:
    return f"“{Truncator(' '.join(quote.split())).chars(80)}”"


def decision(judgement: Judgement) -> str:
    """A judgement as a sentence: ``Set date: 2 March 1995, instead of 3 March 1995``."""
    what = (judgement.field or (judgement.subject if judgement.subject != "meeting" else "")).replace("_", " ")
    match judgement.verb:
        case "add" if judgement.subject == "account":
            return f"Added from a passage: {shortened(judgement.anchor)}"
        case "move":
            return f"Moved to another meeting: {', '.join(shortened(one['quote']) for one in judgement.evidence)}"
        case "split":
            return "Split off from another meeting"
        case "cite":
            named = judgement.value and in_words(judgement.value)
            quote = judgement.evidence[0]["quote"] if judgement.evidence else "a passage of another account"
            return f"Kept as evidence of {named or what}: {shortened(quote)}"
        case "confirm" if judgement.value:
            return f"Confirmed {what}: {in_words(judgement.value)}"
        case "confirm" | "reject":
            return judgement.get_verb_display()
        case "same" | "different" | "unsure" if judgement.value:
            return of_two(judgement)
        case "unsure":
            return "In doubt"
        case "remove" if judgement.subject == "document":
            was = judgement.previous or {}
            return f"Removed document “{judgement.key}”: {in_words({name: was.get(name) for name in ('file_name', 'collection')})}"
        case "remove":
            return f"Removed {what or judgement.subject}: {in_words(judgement.previous or judgement.key)}"
        case "add":
            return f"Added {what or judgement.subject}: {in_words(judgement.value or judgement.key)}"
        case "set":
            new, old = (
                dates.in_words(value) if what in DATES and value else in_words(value)
                for value in (judgement.value, judgement.previous)
            )
            return f"Set {what}: {new}, instead of {old}"
    return str(judgement)


def of_two(judgement: Judgement) -> str:
    """A decision on two records, or on two accounts of meetings."""
    value = judgement.value
    if "anchor" in value:
        said = {"same": "Tells of the same meeting as", "different": "Tells of another meeting than"}
        return f"{said.get(judgement.verb, 'Perhaps tells of the same meeting as')} {shortened(value['anchor'])}"
    one, other = value["record"]["name"], value.get("into", value.get("other"))["name"]
    said = {"same": "{} was merged into {}", "different": "{} is not {}", "unsure": "{} may or may not be {}"}
    return said[judgement.verb].format(one, other)
