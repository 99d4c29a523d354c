"""Whom a name in a document stands for: known people weighed by name, country, office and day, with the reasons. Pure.

Under-merging is the lesser evil: a name is taken for a known person only when nothing told speaks against it and nobody else
fits as well. Whoever is left is named as a suggestion, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from .. import dates
from .names import Form, Likeness, likeness, parse

CERTAIN = 0.9  # likeness from which a full name alone stands for a known person
GRACE = 366  # days about a term for which its title may still, or already, be written
SUGGESTED = 3  # people named as suggestions


@dataclass(frozen=True, slots=True)
class Office:
    """A post that somebody held. ``start`` and ``end`` are EDTF, "" when not known; ``kind`` is "" but for leading posts."""

    title: str
    kind: str
    country: str | None
    start: str = ""
    end: str = ""

    def held(self, on: str, grace: int = 0) -> bool:
        """Whether it was held on some day of the date, give or take some days. An unknown beginning or end bounds nothing."""
        first, last = dates.bounds(on)
        begun = not self.start or (dates.bounds(self.start)[0] - last).days <= grace
        return begun and (not self.end or (first - dates.bounds(self.end)[1]).days <= grace)

    def __str__(self) -> str:
        begun, ended = self.start[:4], self.end[:4]
        if begun == ended:
            return f"{self.title} {begun}".strip()
        return f"{self.title} {begun or '?'}–{ended}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of somebody known. ``key`` identifies it; ``died`` is EDTF, "" while they live or it is not known.

    An editor may have said of several records that they are one person's: then all have this person's key as ``person``. Each is
    weighed for itself, so that what was read before is read so again.
    """

    key: Hashable
    name: str
    country: str | None
    names: tuple[str, ...]
    offices: tuple[Office, ...] = ()
    died: str = ""
    person: Hashable = None

    @property
    def bearer(self) -> Hashable:
        return self.key if self.person is None else self.person

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(map(str, self.offices[:2]))})" if self.offices else self.name


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a document writes it, with what it tells of its bearer.

    ``countries`` are the country and its direct predecessors and successors (Lavrov acted for SU and RU), empty when untold;
    ``post`` is the kind of office that the role claims for the day, "" when it claims none or a former one; ``on`` is EDTF.
    """

    name: str
    country: str | None = None
    countries: frozenset[str] = frozenset()
    role: str = ""
    post: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The person's key, or None: then ``new`` says whether the name is somebody not known before, or stays unresolved."""

    key: Hashable | None
    reason: str
    new: bool = False


def decide(mention: Mention, known: Iterable[Candidate]) -> Decision:
    """Whom a name stands for among people who share a word with it."""
    form = parse(mention.name)
    if not form.whole:
        return Decision(None, "there is no whole word in this name")
    fits = [each for candidate in known if (each := fit(mention, form, candidate))]
    fitting = best_of_each(sorted(fits, key=lambda each: each.rank))
    near = [each for each in fitting if each.near]
    standing = [each for each in near if not each.objection]
    if chosen := the_one(standing, form, mention):
        return chosen
    if any(each.likeness.score >= CERTAIN for each in near) or not form.full:
        return Decision(None, unresolved(near, form))
    reason = "first seen here"
    return Decision(None, f"{reason}; perhaps {listed(fitting)}" if fitting else reason, new=True)


def best_of_each(fitting: Iterable[Fit]) -> list[Fit]:
    """Of each person the record that comes first."""
    best: dict[Hashable, Fit] = {}
    for each in fitting:
        best.setdefault(each.candidate.bearer, each)
    return list(best.values())


@dataclass(frozen=True, slots=True)
class Fit:
    """How a known person fits a mention. ``near``: of the same country, or none told; ``objection`` says what speaks against."""

    candidate: Candidate
    likeness: Likeness
    near: bool
    at_home: bool  # the countries are told, and are the same
    office: str  # the post for the country held on the day, "" for none
    in_role: bool  # it is the post that the mention claims
    objection: str

    @property
    def rank(self) -> tuple:
        return not self.near, bool(self.objection), not self.in_role, not self.office, -self.likeness.score


def fit(mention: Mention, form: Form, candidate: Candidate) -> Fit | None:
    """None when the names speak against it. A fuller name stands for a shorter one only within one country."""
    near = not mention.country or not candidate.country or candidate.country in mention.countries
    at_home = bool(mention.country and candidate.country in mention.countries)
    names = [name for name in candidate.names if at_home or not form.full or len(parse(name).whole) == len(form.whole)]
    best = max((likeness(name, mention.name) for name in names), key=lambda each: each.score, default=None)
    if best is None or not best.same:
        return None
    offices = [office for office in candidate.offices if not mention.countries or office.country in mention.countries]
    held = [office for office in offices if mention.on and office.held(mention.on)]
    held.sort(key=lambda office: not (office.kind and office.kind == mention.post))
    return Fit(
        candidate,
        best,
        near or bool(held),
        at_home or bool(held and mention.country),
        held[0].title if held else "",
        bool(held and mention.post and held[0].kind == mention.post),
        objection(mention, candidate, offices),
    )


def objection(mention: Mention, candidate: Candidate, offices: list[Office]) -> str:
    """Why the mention cannot be of this person on that day: dead, no longer or not yet in the post that it names."""
    if not mention.on:
        return ""
    first, last = dates.bounds(mention.on)
    if candidate.died and first > dates.bounds(candidate.died)[1]:
        return f"{candidate.name} died {dates.in_words(candidate.died)}"
    claimed = [office for office in offices if office.kind and office.kind == mention.post]
    if claimed and not any(office.held(mention.on, GRACE) for office in claimed):
        past = all(office.end and dates.bounds(office.end)[1] < first for office in claimed)
        when = "no longer" if past else "not yet" if all(begins_after(office, last) for office in claimed) else "not"
        return f"{candidate.name} was {when} in office then ({claimed[0]})"
    return ""


def begins_after(office: Office, day) -> bool:
    return bool(office.start) and dates.bounds(office.start)[0] > day


def the_one(standing: list[Fit], form: Form, mention: Mention) -> Decision | None:
    """The one person who fits best, if nobody else fits as well."""
    groups = (
        [each for each in standing if each.in_role and (each.at_home or form.full or not mention.country)],
        [each for each in standing if each.office and each.at_home],
        [each for each in standing if form.full and each.likeness.score >= CERTAIN],
    )
    for group in groups:
        if len(group) == 1:
            return Decision(group[0].candidate.key, why(group[0], standing))
        if group:
            exact = [each for each in group if each.likeness.score == 1] if form.full else []
            if len(exact) == 1:
                return Decision(exact[0].candidate.key, why(exact[0], standing))
            return None
    return None


def why(found: Fit, standing: list[Fit]) -> str:
    reasons = [f"the name of {found.candidate.name}" if found.likeness.score == 1 else str(found.likeness)]
    if found.office:
        reasons.append(f"{found.office} at the time")
    if len(standing) > 1:
        reasons.append(f"of {len(standing)} people of this name the one in office" if found.office else "the closest")
    return "; ".join(reasons)


def unresolved(near: list[Fit], form: Form) -> str:
    """Why nobody was chosen, with those who may be meant."""
    told = [each.objection for each in near if each.objection]
    if told and len(told) == len(near):
        return "; ".join(told[:SUGGESTED])
    if not form.full:
        reason = "no more than a surname, and no one office holder to match it"
        return f"{reason}; perhaps {listed(near)}" if near else reason
    return f"{len(near)} people share this name: {listed(near)}"


def listed(fitting: list[Fit]) -> str:
    return ", ".join(str(each.candidate) for each in fitting[:SUGGESTED])
