"""The search language: text to Question and back.

    words "a phrase" -word OR   with:"Sergey Lavrov"  country:RU  after:2005

A Question is a conjunction of clauses, a clause a disjunction of terms: OR joins the two conditions beside it, everything
else adds up, and a minus negates one condition. What cannot be understood is explained in a sentence and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from ..dates import bounds
from . import fields
from .fields import FIELDS, WORDS, Takes

LONGEST = 2000  # characters of a question that are read
MOST = 40  # conditions of a question that are read


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. ``field`` is a name of ``fields.FIELDS`` other than "without"; "" for words."""

    field: str
    value: str
    negated: bool = False

    @property
    def id(self) -> int | None:
        """The row that the value names exactly: 417 of "Sergey Lavrov #417"."""
        found = _IDENTITY.fullmatch(self.value)
        return int(found["id"]) if found else None

    @property
    def name(self) -> str:
        """The value without its row number."""
        found = _IDENTITY.fullmatch(self.value)
        return found["name"] if found else self.value

    def __str__(self) -> str:
        value = self.value if _BARE.fullmatch(self.value) and self.value not in _OPERATORS else f'"{self.value}"'
        if self.field == "with" and self.negated:
            return f"without:{value}"
        return f"{'-' * self.negated}{self.field}{':' * bool(self.field)}{value}"


Clause = tuple[Term, ...]


def typed(field: str, text: str, negated: bool = False) -> Term:
    """A condition whose value somebody typed into a field of its own; it may be one that the field cannot have."""
    return Term(field, cleaned(text), negated)


def cleaned(text: str) -> str:
    """As it can stand in quotation marks."""
    return _clean(text.translate(_QUOTES).replace('"', " "))


@dataclass(frozen=True, slots=True)
class Question:
    """Clauses all of which hold; of a clause, any term."""

    clauses: tuple[Clause, ...] = ()

    def __str__(self) -> str:
        return " ".join(" OR ".join(map(str, clause)) for clause in self.clauses)

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def __iter__(self) -> Iterator[Term]:
        return (term for clause in self.clauses for term in clause)

    def plain(self, field: str, negated: bool = False) -> list[Term]:
        """The terms of a field that stand alone, without an alternative."""
        alone = (clause[0] for clause in self.clauses if len(clause) == 1)
        return [term for term in alone if term.field == field and term.negated == negated]

    def having(self, *clauses: Clause) -> Question:
        return Question(tuple(dict.fromkeys((*self.clauses, *clauses))))

    def lacking(self, *clauses: Clause) -> Question:
        return Question(tuple(clause for clause in self.clauses if clause not in clauses))

    def replacing(self, clause: Clause, *others: Clause) -> Question:
        """With other clauses in the place of one."""
        new = (each for old in self.clauses for each in (others if old == clause else (old,)) if each)
        return Question(tuple(dict.fromkeys(new)))

    def kept(self, keep: Callable[[Term], bool]) -> Question:
        """Without the terms that are not to be kept."""
        clauses = (tuple(term for term in clause if keep(term)) for clause in self.clauses)
        return Question(tuple(dict.fromkeys(clause for clause in clauses if clause)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a text, and a sentence for each thing that was not."""

    question: Question
    mistakes: tuple[str, ...] = ()


def inverse(clause: Clause) -> tuple[Clause, ...]:
    """What holds where the clause does not: none of its terms."""
    return tuple((replace(term, negated=not term.negated),) for term in clause)


_IDENTITY = re.compile(r"(?P<name>.*?)\s*#(?P<id>\d{1,12})")
_OPERATORS = {"OR", "AND", "NOT"}
_BARE = re.compile(r"[^\s\":()#'‘‚-][^\s\":()]*")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("–—−", "-"))
_TOKEN = re.compile(
    r"""(?P<before>[-(]*)(?:(?P<field>[A-Za-z_]+):)?
    (?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?(field)\s?['‘‚](?P<single>[^'‘’"]*)['’‘](?=[\s)]|$)|(?!))|(?P<bare>[^\s"]*))""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    minus: bool
    field: str | None  # None where no colon stands
    value: str
    quoted: bool

    @property
    def operator(self) -> str:
        return self.value if self.field is None and not self.quoted and self.value in _OPERATORS else ""


def read(text: str) -> Reading:
    """The question that a text asks. Never raises."""
    mistakes: list[str] = []
    if len(text) > LONGEST:
        mistakes.append(f"Only the first {LONGEST:,} characters of the question were read.")
    tokens = list(_joined(_tokens(text[:LONGEST], mistakes)))
    clauses: list[list[Term]] = []
    either = negate = False
    for token in tokens:
        if token.operator == "OR":
            if either or not clauses:
                mistakes.append(MISPLACED_OR)
            either = bool(clauses)
        elif token.operator == "NOT":
            negate = not negate
        elif token.operator != "AND":
            term = _term(token, mistakes)
            if term and negate:
                term = replace(term, negated=not term.negated)
            negate = False
            if term and either and clauses:
                clauses[-1].append(term)
            else:
                clauses.append([term] if term else [])
            either = False
    if either:
        mistakes.append(MISPLACED_OR)
    found = Question(tuple(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in clauses if clause)))
    if len(found.clauses) > MOST:
        mistakes.append(
            f"A question may have {MOST} conditions; those after “{found.clauses[MOST - 1][-1]}” were left out."
        )
        found = Question(found.clauses[:MOST])
    mistakes.extend(_contradictions(found))
    return Reading(found, tuple(dict.fromkeys(mistakes)))


MISPLACED_OR = "OR stands between two conditions; here one of them is missing, so it was left out."
BRACKETS = "Brackets do not group here, so they were left out: OR joins the two conditions beside it."


def _tokens(text: str, mistakes: list[str]) -> Iterator[_Token]:
    text = _clean(text.translate(_QUOTES))
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        place = max(found.end(), place + 1)
        value = next(each for each in found.group("phrase", "single", "bare") if each is not None).strip()
        quoted = found["bare"] is None
        if found["phrase"] is not None and not found["closed"]:
            mistakes.append(
                f"The quotation mark before “{value}” is not closed; all that follows was taken as one phrase."
            )
        bare = value if quoted else value.strip("()")
        if bare != value or "(" in found["before"]:
            mistakes.append(BRACKETS)
        if bare or found["field"] is not None:
            yield _Token("-" in found["before"], found["field"], bare, quoted)


def _clean(text: str) -> str:
    """With single spaces and without control characters."""
    printable = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())


def _joined(tokens: Iterable[_Token]) -> Iterator[_Token]:
    """A field whose value stands after a space takes it: with: Lavrov."""
    waiting: _Token | None = None
    for token in tokens:
        if waiting and token.field is None and not token.minus and not token.operator:
            yield replace(waiting, value=token.value, quoted=token.quoted)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = token if token.field is not None and not token.value and not token.quoted else None
        if not waiting:
            yield token
    if waiting:
        yield waiting


def _term(token: _Token, mistakes: list[str]) -> Term | None:
    if token.field is None:
        return Term(WORDS, token.value, token.minus) if token.value else None
    field = fields.called(token.field)
    if not field:
        near = get_close_matches(token.field.lower(), FIELDS, 1, cutoff=0.75)
        known = (
            f"Did you mean {near[0]}:?"
            if near
            else f"The fields are {', '.join(f'{name}:' for name in FIELDS if name)}."
        )
        mistakes.append(
            f"There is no field “{token.field}:”. {known} Words with a colon among them go in quotation marks."
        )
        return None
    if not token.value:
        mistakes.append(f"“{token.field}:” needs a value right after the colon, as in {field.example}")
        return None
    try:
        value = fields.valid(field, token.value)
    except ValueError as error:
        mistakes.append(str(error))
        return None
    if field.name == "without":
        return Term("with", value, not token.minus)
    return Term(field.name, value, token.minus)


def _contradictions(question: Question) -> Iterator[str]:
    first = [term.value for term in question.plain("after")]
    last = [term.value for term in question.plain("before")]
    if first and last and max(bounds(value)[0] for value in first) > min(bounds(value)[1] for value in last):
        yield "The first date is after the last: no day lies between them. Swap the two."
    for field in (each for each in FIELDS.values() if each.single and each.takes is Takes.CHOICE):
        if len(values := list(dict.fromkeys(map(str, question.plain(field.name))))) > 1:
            yield f"A meeting has one {field.name}, so none is found with all of these. For any of them: {' OR '.join(values)}"
