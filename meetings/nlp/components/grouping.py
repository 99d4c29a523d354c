"""One record for one encounter told in many sentences; separate records for separate ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from meetings.authorities import organisations
from meetings.nlp.annotations import Encounter, Party, PlaceMention
from meetings.nlp.circumstances import Page
from meetings.nlp.components import dating, placing
from meetings.nlp.components.nationality import of_their_bodies
from meetings.nlp.dates import When
from meetings.records import Attendance, Kind, Label, Medium, Status

SAID = ("triggers.told", "triggers.agreed", "triggers.near")  # words of a talk rather than of its being held
OPEN = ("triggers.spoke_with", "triggers.spoke_by")
LISTED = "conversation.record_listed"  # a telegram's list of who met: whom it lacks was met at another time
# A release so entitled tells of calls, where it leaves open how people spoke.
CALLS = re.compile(
    r"(?i)(?<!courtesy )\b(?:phone |telephone )?(?:calls?|conversations?) with\b|\btelephone\b|\bphones\b"
)
NEAR = 0.5  # degrees between two places of one town
VAGUE = re.compile(r"(?i)\b(?:counterparts|leaders|ministers|partners|allies|colleagues)$")
WEAK = 0.5  # telling someone something is no meeting by itself


@Language.component(
    "grouping",
    requires=["doc._.encounters", "doc._.parties", "doc._.times", "doc._.places"],
    assigns=["doc._.encounters"],
)
def grouping(doc: Doc) -> Doc:
    if doc._.setting is not None:
        setting = doc._.setting
        page = Page(doc)
        # A readout is given out on the day, a record of a conversation bears its day, unless they say otherwise.
        day = setting.date if setting.kind in {Kind.READOUT, Kind.MEMCON, Kind.OTHER} else None
        for each in doc._.encounters:
            if _of_what_was_agreed(doc, each):
                each.when = each.place = None
            else:
                dating.state(page, each)
                placing.state(page, each)
        reported = setting.kind in {Kind.NEWS, Kind.READOUT}
        above = Above.of(page) if reported and page.body else None
        if above:
            _as_announced(doc._.encounters, above, setting.date)
        doc._.encounters = grouped(doc._.encounters, doc._.parties, day, above)
        if setting.kind is Kind.READOUT and CALLS.search(setting.title):
            for each in doc._.encounters:
                each.medium = each.medium or Medium.PHONE
        for each in doc._.encounters:
            if each.main and day and each.when is None and each.status is Status.HELD:
                each.when = When(day, sure=False)
        of_their_bodies(doc._.parties, setting)
    return doc


def _as_announced(told: Sequence[Encounter], above: Above, day: str | None) -> None:
    """A headline's noun ("the meeting between …") leaves open whether they met: where the report only tells of a plan, it names that."""
    below: dict[frozenset[int], list[Encounter]] = defaultdict(list)
    for each in told:
        if not above.tells(each) and each.strength >= WEAK:
            below[frozenset(each.parties)].append(each)
    for each in told:
        named = below.get(frozenset(each.parties), ())
        open_yet = each.status is Status.HELD and above.tells(each) and "verb" not in each.cues
        if open_yet and named and all(other.status is not Status.HELD for other in named):
            each.status = named[0].status
            each.when = None if each.when and each.when.date == day else each.when


def _of_what_was_agreed(doc: Doc, told: Encounter) -> bool:
    """Whether the words tell what was agreed: days and places beside them are of that, not of the talk."""
    words = {doc[start:end].text.lower() for start, end in told.tellings}
    return told.status is Status.HELD and words == {"agreed"}


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a report: its ``sentences``; ``named`` are the parties that the report names itself."""

    sentences: frozenset[int]
    named: frozenset[int]

    @classmethod
    def of(cls, page: Page) -> Above:
        """A picture's caption is no headline: it tells of an occasion of its own."""
        captions = {n for n, position in enumerate(page.positions) if position.label is Label.CAPTION}
        named = (parties for n, parties in page.named.items() if n >= page.body)
        return cls(frozenset(range(page.body)) - captions, frozenset().union(*named))

    def tells(self, told: Encounter) -> bool:
        return bool(told.sentences) and self.sentences.issuperset(told.sentences)


def grouped(
    told: Iterable[Encounter], parties: Sequence[Party], day: str | None = None, above: Above | None = None
) -> list[Encounter]:
    """Each encounter joins the one that it fits best among those that share a party with it, the latest before others.

    ``day`` is that of what a document records, if no words of it say otherwise. What headlines tell is compared with what the
    report below them does, and left out where it tells in vaguer words of somebody's talks.
    """
    groups: list[Encounter] = []
    by_party: dict[int, list[int]] = defaultdict(list)
    leaders: dict[int, int] = {}  # record → the record told before it, from which it goes on
    previous: int | None = None
    for each in sorted(told, key=lambda e: (not e.main, _headlined(e, above), e.sentences[0] if e.sentences else 0)):
        near = dict.fromkeys(n for party in each.parties for n in by_party[party][-8:])
        if _by_states(each, parties):
            near |= dict.fromkeys(range(max(len(groups) - 8, 0), len(groups)))
        if groups and groups[0].main:
            near.setdefault(0)
        ranked = [(fit, n) for n in near if (fit := likeness(groups[n], each, parties, day)) > 0]
        if ranked:
            n = max(ranked)[1]
            join(groups[n], each, parties)
        elif near and _headlined(each, above) and _vaguer(each, above, parties):
            continue
        else:
            n = len(groups)
            groups.append(
                replace(
                    each,
                    parties=dict(each.parties),
                    mentioned=dict(each.mentioned),
                    sentences=list(each.sentences),
                    tellings=list(each.tellings),
                )
            )
            if each.follows and previous is not None:
                leaders[n] = previous
        previous = n
        for party in each.parties:
            if n not in by_party[party][-8:]:
                by_party[party].append(n)
    for n, leader in leaders.items():
        if groups[n].status is groups[leader].status:
            groups[n].when = groups[n].when or groups[leader].when
            groups[n].place = groups[n].place or groups[leader].place
    for group in groups:
        _by_people(group, parties)
        # people who talk do so face to face, unless the words leave open that they telephoned
        if group.medium is None and not group.rule.startswith(OPEN):
            group.medium = Medium.IN_PERSON
    return groups


def _by_people(group: Encounter, parties: Sequence[Party]) -> None:
    """A state by its name alone ("the U.S.-Ecuador dialogue") gives way to its people who are named, when all sides have some."""
    bare = [n for n in group.parties if not (parties[n].name or parties[n].role or parties[n].organisation)]
    named = {parties[n].country for n in group.parties if parties[n].name}
    if bare and all(parties[n].country in named for n in bare):
        for n in bare:
            del group.parties[n]


def _headlined(told: Encounter, above: Above | None) -> bool:
    return above is not None and not told.main and above.tells(told)


def _vaguer(told: Encounter, above: Above, parties: Sequence[Party]) -> bool:
    """Whether a headline has one side without a name ("its Omani counterpart"), or one that the report never speaks of."""
    return any(not parties[n].name or n not in above.named for n in told.parties)


def likeness(group: Encounter, told: Encounter, parties: Sequence[Party], day: str | None = None) -> float:
    """How well a telling fits a record; 0 when they cannot be one encounter."""
    if group.status is not told.status and not (told.strength < WEAK or group.strength < WEAK):
        return 0.0
    if group.medium and told.medium and group.medium is not told.medium:
        return 0.0
    if _dates_differ(group.when, told.when):
        return 0.0
    vague = told.when and day and len(told.when.date) < len(day)
    if vague and _of_a_record(group) and not group.when and _dates_differ(When(day), told.when):
        return 0.0  # "a few weeks ago" is not the talk of this day
    # undated words about those who talk are of the talk, whatever place they are near or speak of
    itself = (
        (_of_a_record(group) or told.rule.startswith(SAID))
        and not told.when
        and told.parties.keys() <= group.parties.keys()
    )
    if (
        not itself
        and group.place
        and told.place
        and _precise(group.place) == _precise(told.place) == 2
        and _apart(group.place, told.place)
    ):
        return 0.0
    a, b = set(group.parties), set(told.parties)
    if _by_states(told, parties) and not _by_states(group, parties):
        return 0.1 if {_side(parties[n]) for n in b} <= {_side(parties[n]) for n in a} else 0.0
    if told.separate and not told.when and a == b and told.strength >= WEAK and group.when != told.when:
        return 0.0
    shared = a & b
    sides = {_side(parties[n]) for n in shared}
    missing = {_side(parties[n]) for n in b} - sides
    principals = [n for n in b if told.parties[n] is Attendance.PRINCIPAL or not _of_a_record(group)]
    if _posts_differ(group, told, parties):
        return 0.0
    # an unnamed side ("us", "officials") is met again in whoever stands for that side
    covered = {
        side
        for side in missing
        if any(_side(parties[n]) == side for n in a)
        and all(not parties[n].name for n in principals if _side(parties[n]) == side)
    }
    covered |= {side for side in missing if any(_side(parties[n]) == side and not parties[n].name for n in a)}
    if _of_a_record(group):  # "we" in it are those who talk
        covered |= {side for side in missing if all(parties[n].own for n in b if _side(parties[n]) == side)}
    agreed = max(len(sides | covered), len(shared))
    if group.main and shared and a - b and all(_vague(parties[n]) for n in a - b):
        return len(shared) / len(a | b) + 0.3  # a title's "counterparts" are those whom the text names
    if not shared or (
        agreed < 2 and not (told.strength < WEAK and shared and agreed >= len({_side(parties[n]) for n in b}))
    ):
        return 0.0
    named = [n for n in principals if n not in a and parties[n].name]
    if named and told.strength >= WEAK and (len(shared) < 2 or group.rule.startswith(LISTED)):
        return 0.0
    if told.strength >= WEAK and _of_others(group, told, sides, parties):
        return 0.0
    score = len(shared) / len(a | b) + 0.3 * (agreed >= 2)
    return score + (0.3 if group.when and told.when else 0.0) + (0.2 if group.main else 0.0)


def _of_others(group: Encounter, told: Encounter, shared: set[str], parties: Sequence[Party]) -> bool:
    """Whether a delegation that both have met each time people with names whom the other telling does not have."""
    if len(shared) != 1 or _of_a_record(group):
        return False
    return all(any(parties[n].name and _side(parties[n]) not in shared for n in each.parties) for each in (group, told))


def _of_a_record(group: Encounter) -> bool:
    """Whether the document is the record of it."""
    return group.main and group.rule.startswith("conversation.")


def _by_states(told: Encounter, parties: Sequence[Party]) -> bool:
    """Whether states or bodies alone are named: "talks between France and Germany"."""
    return all(parties[n].group and not parties[n].name and not parties[n].role for n in told.parties)


def _posts_differ(group: Encounter, told: Encounter, parties: Sequence[Party]) -> bool:
    """Whether each names another holder of a post of one state as its only one: the Minister there, his deputy here."""
    a, b = set(group.parties) - set(told.parties), set(told.parties) - set(group.parties)
    if group.main or len(a) != 1 or len(b) != 1 or told.strength < WEAK:
        return False
    one, other = parties[a.pop()], parties[b.pop()]
    posts = [each.role for each in (one, other) if each.role and not each.name and not each.group]
    return len(posts) == 2 and not set(posts[0].lower().split()) & set(posts[1].lower().split()) - {"of", "for", "the"}


def _precise(place: PlaceMention) -> int:
    """A known city says more than a country, and that more than a name that no gazetteer has."""
    return 0 if place.country is None else 1 if place.precision in {"country", "region"} else 2


def _apart(a: PlaceMention, b: PlaceMention) -> bool:
    """Whether two places are not one town: the White House is in Washington."""
    if a.name == b.name or None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return a.name != b.name
    return abs(a.latitude - b.latitude) + abs(a.longitude - b.longitude) > NEAR


def _side(party: Party) -> str:
    return party.country or party.organisation or (party.name or party.role)


def _dates_differ(a: When | None, b: When | None) -> bool:
    if not a or not b:
        return False
    return not (
        a.date.startswith(b.date)
        or b.date.startswith(a.date)
        or (a.end and a.date <= b.date <= a.end)
        or (b.end and b.date <= a.date <= b.end)
    )


def join(group: Encounter, told: Encounter, parties: Sequence[Party]) -> None:
    sides = {_side(parties[n]) for n in group.parties}
    for n, attendance in told.parties.items():
        if n in group.parties:
            if (
                attendance is not Attendance.PRINCIPAL
                and told.strength >= WEAK
                and group.parties[n] is Attendance.PRINCIPAL
                and told.mentioned.get(n)
            ):
                group.parties[n] = attendance
            continue
        # someone without a name of a side that is known already is nobody new
        if not parties[n].name and _side(parties[n]) in sides and (told.strength < WEAK or parties[n].group):
            continue
        if told.strength < WEAK and len(group.parties) >= 2 and (not group.main or parties[n].group):
            continue
        if _of_a_record(group) and parties[n].own and parties[n].group and len(group.parties) > 1:
            continue
        group.parties[n] = attendance
        group.mentioned.setdefault(n, told.mentioned.get(n, told.span))
    for n in [n for n in group.parties if not parties[n].name and parties[n].group and parties[n].own]:
        # "us" gives way to whom the text names or titles on the author's side
        if any(m != n and _side(parties[m]) == _side(parties[n]) and parties[m].own for m in group.parties):
            del group.parties[n]
    group.sentences = sorted({*group.sentences, *told.sentences})
    group.tellings += told.tellings
    if told.strength > group.strength and not group.main:
        group.rule, group.span, group.status = told.rule, told.span, told.status
    group.strength = max(group.strength, told.strength)
    group.medium = group.medium or told.medium
    if told.when and (not group.when or len(told.when.date) > len(group.when.date)):
        group.when, group.date_span = told.when, told.date_span
    group.time = group.time or told.time
    if group.medium in {Medium.PHONE, Medium.VIDEO}:
        group.place = None
        return
    if told.place and (group.place is None or group.place_inferred or _precise(told.place) > _precise(group.place)):
        group.place, group.place_inferred = told.place, False


def _vague(party: Party) -> bool:
    """Whether someone is several people of no one state, of whom the text does not say more."""
    return party.group and not party.name and not party.country and bool(VAGUE.search(party.role))


def _body(party: Party) -> bool:
    return bool(party.organisation and organisations.lookup(party.organisation))
