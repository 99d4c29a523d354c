"""What each sentence tells of a meeting: its two sides, how real it is, by what medium."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from spacy.language import Language
from spacy.tokens import Doc, Span

from meetings.authorities import organisations
from meetings.nlp import gatherings, sessions
from meetings.nlp.annotations import Encounter, Mention, Party, PlaceMention, TimeMention
from meetings.nlp.attachment import singular
from meetings.nlp.coreference.cast import author_role
from meetings.nlp.dates import time_of
from meetings.nlp.groups import ALONE, DELEGATION
from meetings.nlp.setting import Setting
from meetings.nlp.skeleton import BODY, PLACE, P, Skeleton, skeleton
from meetings.nlp.spans import entities_in
from meetings.nlp.triggers import attendance, cues, matching, medium, modality, rules
from meetings.nlp.triggers.matching import Hit
from meetings.nlp.triggers.phrases import CLAUSE, G
from meetings.records import Attendance, Kind, Label, Medium, Status

ACCOMPANIED = re.compile(
    rf"(?:accompanied by|joined by|along with|together with|also present (?:was|were|at [^\ue000-\uefff]{{0,30}})|in the presence of|with him (?:was|were)|attended by)[^\ue000-\uefff.;]{{0,40}}(?P<b>{G})"
)
ATTENDED = re.compile(
    rf"(?P<b>{G})[^\ue000-\uefff.;:]{{0,25}}\b(?:(?:also |was |were )*(?:attended|participated|took part|sat in|present|joined|accompanied))\b"
)
# "The United States delegation, headed by …", "… led a delegation": who leads a side stands for it.
LED = re.compile(
    rf"(?P<g>{P}),? (?:(?:which|that) (?:was|is) )?(?:led|headed|represented) by (?P<b>{P})|(?P<b2>{P})(?:,[^\ue000-\uefff.;]{{0,60}},)? (?:led|leads|headed|heads|will lead) (?:the |a |an )?(?P<g2>{P})"
)
# "… with leading businessmen:", and a list of them opens the next sentence.
OPENS_LIST = re.compile(r"\b(?:with|for|by|included|including|between|among|were)\b[^\ue000-\uefff.;:]{0,60}:\s*$")
# How a list of people goes on behind words that are no person's: "; Undule Kapito of the Law Society; and Ann Reed",
# ", and three candidates -- Ann Reed (Oslo), Bo Lund and Jan Dahl"; what follows each is no verb of its own.
OF_BODY = rf"(?: (?:of|from|with) (?:(?!{CLAUSE})[^\ue000-\uefff.;:,]){{1,60}}?)?"
ONWARD = re.compile(
    rf"{OF_BODY}(?:;(?:(?:(?!{CLAUSE})[^\ue000-\uefff\uf000-\uf3ff.;:]){{0,80}};)?|,|,? (?:and|as well as)|(?<=-))(?:(?!{CLAUSE}|\b(?:on|about|to|in|at|by|during|over|regarding|concerning|the same)\b)[^\ue000-\uefff\uf000-\uf3ff.;:]){{0,60}}?(?:-- ?|: ?|\()?(?P<p>{P})(?={OF_BODY}\s*(?:[,;.)]|(?:and|as well as|on|at|during)\b|--|$))"
)
# A delegation of Congress, or of its staff, goes by its members.
CODEL = re.compile(r"(?i)(?:codel|staffdel|congressional delegation)\b")
VISITORS = re.compile(r"(?i)(?:delegation|group|visitors|staffers)\b")
LEGISLATOR = re.compile(r"(?i)\b(?:senator|representative|congress(?:man|woman|member)|delegate)$")
# "CODEL Reed, comprised of Senators …", "STAFFDEL members:", "Staff members … accompanied the delegation"
COMPRISED = re.compile(
    r"(?i)\b(?:codel|staffdel|delegation)\b[^.;]{0,40}?(?:\b(?:comprised|compris(?:es|ing)|consist(?:s|ed|ing) of|composed of|made up of|includ(?:es|ed|ing)|members|(?:headed|led) by)\b|[:(-])"
)
# Of whose country a telegram says nothing where it is plain.
HEADS = re.compile(r"(?i)\b(?:president|prime minister|premier|king|queen|chancellor|foreign minister|emir|sultan)\b")
HOSTS = re.compile(r"(?i)\b(?:minister|governor|mayor|police)\b")  # who goes with it at home
WITH_DELEGATION = re.compile(r"(?i)\baccompan(?:ied|ying|y) the (?:codel|staffdel|delegation)\b")
SEPARATE = re.compile(
    r"\b(?:separate(?:ly)?|another|other|earlier|previous(?:ly)?|last|prior|recent(?:ly)?|second|third|different|subsequent(?:ly)?|later|next|also met|then met|first)\b"
)
NEXT = re.compile(r"\b(?:then|also|later|afterwards|separately|next|subsequently|meanwhile|in turn)\b")
ONE_BY_ONE = re.compile(
    r"\bseparately\b|\bindividually\b|\b(?:separate|individual|back-to-back|successive|consecutive|respective|bilateral|one-on-one) (?:[a-z-]+ )?(?:meetings|talks|(?:phone )?calls|conversations|discussions|sessions)\b"
)
# "meetings with" people of as many states, which are as many meetings.
SEVERAL = re.compile(r"\b(?:meetings|calls|conversations|audiences|interviews)\b")
RESPECTIVELY = re.compile(r"[^.;:]{0,60}, respectively\b")
BEFORE_NOUN = 16  # characters that hold "back-to-back "
AFTER_VERB = 14  # characters that hold " separately"
TENSED = frozenset({"VBD", "VBP", "VBZ", "MD"})  # tags of verbs that end a list
SIDES = frozenset({"side", "delegation", "team", "party"})
COUNTRIES = re.compile(r"\b(?:countries|governments|nations|delegations|teams|sides)\b")
LEAST_APART = 0.03  # how likely two parties must be of two states to have met as such
STRONG = 0.5  # of words that make a meeting with whoever wrote of it
VISITED = 0.75  # of words said to a guest
LINE = 30  # words of a list's line
LONGEST_LIST = 600  # words
LATER = 6  # sentences after a meeting's in which those who were there may be named


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence ready for the rules: its place in the document and its skeleton."""

    index: int
    span: Span
    skeleton: Skeleton
    listed: tuple[Mention, ...] = ()  # people of a list that opens the next sentence, after a colon


@Language.component(
    "encounters", requires=["doc._.mentions", "doc._.times", "doc._.places"], assigns=["doc._.encounters"]
)
def encounters(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    found: list[Encounter] = []
    last: Encounter | None = None  # the one told last in words that make a meeting by themselves
    pair: tuple[Mention, ...] = ()  # two people of different states whom the sentence before names
    states = States(doc)
    told_by = list(readings(doc))
    members = _members(doc, told_by)
    dated: tuple[Reading, re.Match[str]] | None = None  # told last of a meeting whose two sides it does not name
    caller = _caller(doc)
    for reading in told_by:
        before = len(found)
        if caller is not None:
            found += _called(doc, reading, caller)
        if len(found) == before:
            for told in told_in(doc, reading, states, last or (found[-1] if found else None), pair):
                found.append(told)
                last = told if told.strength > STRONG else last
        if len(found) == before and dated and (gathered := _gathered(doc, reading, *dated)):
            found.append(gathered)
        dated = None if len(found) > before else _dated(doc, reading) or dated
        if len(found) == before and found:
            near = reading.index - found[-1].sentences[-1] <= LATER
            if near or doc._.setting.kind is Kind.READOUT:  # a release is about the meeting that it tells first
                _join(doc, reading, found[-1] if near else found[0])
        pair = _pair(doc, reading) or pair
    for told in found:
        _name_members(doc, told, members)
    doc._.encounters = [*found, *sat(doc, states, told_by)]
    return doc


def _name_members(doc: Doc, told: Encounter, members: dict[int, Attendance]) -> None:
    """Puts those whom the document names as its members in the place of a delegation of Congress ("CODEL Reed-Lund")."""
    parties: list[Party] = doc._.parties
    delegations = [
        n
        for n in told.parties
        if (CODEL.match(parties[n].role) or (parties[n].own and VISITORS.match(parties[n].role)))
        and (not parties[n].name or "-" in parties[n].name)
    ]
    if not delegations or not members:
        return
    part, where = told.parties[delegations[0]], told.mentioned.get(delegations[0], told.span)
    for n in delegations:
        del told.parties[n]
    for n, joined in members.items():
        told.parties.setdefault(n, part if joined is Attendance.PRINCIPAL else joined)
        told.mentioned.setdefault(n, where)


def _members(doc: Doc, sentences: Iterable[Reading]) -> dict[int, Attendance]:
    """Who belongs to the delegation of Congress whose visit a telegram is about."""
    parties: list[Party] = doc._.parties
    themselves = {each.party for each in doc._.mentions if not each.possessive}  # not "of Senator Reed's staff" alone
    found = {
        n: Attendance.PRINCIPAL
        for n, each in enumerate(parties)
        if n in themselves and each.name and each.country == "US" and LEGISLATOR.search(each.role)
    }
    if doc._.setting.kind is not Kind.CABLE or not DELEGATION.search(doc._.flow.text):
        return found
    for reading in sentences:
        said = reading.span.text
        told = COMPRISED.search(said)
        named = list(_listed_from(doc, reading, told.end())) if told else []
        if told and said.rstrip().endswith(":"):
            named += _below(doc, reading.span.end)
        beside = WITH_DELEGATION.search(said)
        if beside:
            named = [
                each
                for each in reading.skeleton.mentions
                if doc[each.start].idx < reading.span.start_char + beside.start()
            ]
        for each in named:
            party = parties[each.party]
            if party.name and not each.possessive and not HOSTS.search(party.role):
                party.country = "US"
                found.setdefault(each.party, Attendance.ACCOMPANYING if beside else Attendance.PRINCIPAL)
    return found


def _listed_from(doc: Doc, reading: Reading, first: int) -> Iterator[Mention]:
    """Those named from a character of a sentence on, as far as the next verb: "led by Ann Reed and Bo Lund saw President Soto"."""
    at = next((token.i for token in reading.span if token.idx - reading.span.start_char >= first), reading.span.end)
    for each in reading.skeleton.mentions:
        if each.start >= at:
            if any(token.tag_ in TENSED for token in doc[at : each.start]):
                return
            yield each


def sat(doc: Doc, states: States, sentences: Iterable[Reading]) -> Iterator[Encounter]:
    """The sittings at which a government's paper tells that delegations spoke; each lasts until the next is told."""
    if doc._.setting.kind not in {Kind.CABLE, Kind.MEMCON, Kind.OTHER}:
        return
    told: Encounter | None = None
    own = states.home()
    for reading in sentences:
        text = reading.skeleton.text
        opens = sessions.SITTING.search(text)
        if opens and (told is None or sessions.ANOTHER.search(text)):
            if told and len(told.parties) >= sessions.LEAST:
                yield told
            start, end = opens.span("t" if opens["t"] else "t2")
            telling = reading.skeleton.token_span(start, end)
            told = Encounter(
                rule=sessions.RULE,
                sentences=[reading.index],
                parties={},
                medium=Medium.IN_PERSON,
                span=telling,
                tellings=[telling],
                strength=0.5,
                separate=True,
            )
        if told is None:
            continue
        for party, span in states.named(reading.skeleton, sessions.speakers(text)):
            told.parties.setdefault(party, Attendance.PRINCIPAL)
            told.mentioned.setdefault(party, span)
        speaking = reading.skeleton.mentioned("".join(sessions.WE.findall(text)))
        if own is not None and any(doc._.parties[each.party].own for each in speaking):
            told.parties.setdefault(own, Attendance.PRINCIPAL)
    if told and len(told.parties) >= sessions.LEAST:
        yield told


def _dated(doc: Doc, reading: Reading) -> tuple[Reading, re.Match[str]] | None:
    """A sentence with the words by which it dates a meeting that was held."""
    if doc._.setting.kind is not Kind.CABLE:
        return None
    text = reading.skeleton.text
    found = gatherings.DATED.search(text)
    if found is None:
        return None
    held = modality.status(text, *found.span("t" if found["t"] else "t2")) is Status.HELD
    return (reading, found) if held else None


def _gathered(doc: Doc, reading: Reading, dated: Reading, by: re.Match[str]) -> Encounter | None:
    """The meeting that the sentence ``dated`` dates, at which ``reading`` says who was."""
    text = reading.skeleton.text
    if reading.index - dated.index > gatherings.REACH or not attendance.ATTENDING.search(text):
        return None
    if attendance.ABSENT.search(text):
        return None
    there = [each for each in (*dated.skeleton.mentions, *reading.skeleton.mentions) if not each.possessive]
    if text.rstrip().endswith(":"):
        there += _below(doc, reading.span.end)
    parties: list[Party] = doc._.parties
    there = [each for each in there if not each.pronoun and (parties[each.party].name or parties[each.party].own)]
    attending = dict.fromkeys((each.party for each in there), Attendance.PRINCIPAL)
    if len(attending) < 2 or not plausible(parties, attending):
        return None
    telling = dated.skeleton.token_span(*by.span("t" if by["t"] else "t2"))
    return Encounter(
        rule=gatherings.RULE,
        sentences=[dated.index, reading.index],
        parties=attending,
        medium=Medium.IN_PERSON,
        span=telling,
        tellings=[telling],
        strength=gatherings.STRENGTH,
        mentioned={each.party: (each.start, each.end) for each in reversed(there)},
    )


def _caller(doc: Doc) -> int | None:
    """Who pays the calls that a telegram tells one by one: of the author's side the one whom it speaks of most."""
    setting: Setting = doc._.setting
    if setting.kind is not Kind.CABLE or setting.home is None or not gatherings.SERIES.search(_opening(doc)):
        return None
    home = [n for n, each in enumerate(doc._.parties) if each.country == setting.home and not each.group]
    counts = Counter(each.party for each in doc._.mentions)
    return max(home, key=lambda n: counts[n], default=None)


def _opening(doc: Doc) -> str:
    """The title and the first two paragraphs."""
    bodies = [segment.end for segment in doc._.flow.segments if segment.label is Label.BODY]
    return doc._.flow.text[: bodies[min(1, len(bodies) - 1)]] if bodies else ""


def _called(doc: Doc, reading: Reading, caller: int) -> Iterator[Encounter]:
    """A call on each whom a sentence names with its day: "Prime Minister Lund (May 7)"."""
    for one, time in _bracketed(doc, reading):
        attending = dict.fromkeys((caller, one.party), Attendance.PRINCIPAL)
        if time.when is None or one.party == caller or not plausible(doc._.parties, attending):
            continue
        telling = (one.start, time.end)
        yield Encounter(
            rule=gatherings.SERIES_RULE,
            sentences=[reading.index],
            parties=attending,
            medium=Medium.IN_PERSON,
            when=time.when,
            date_span=(time.start, time.end),
            span=telling,
            tellings=[telling],
            strength=gatherings.STRENGTH,
            mentioned={one.party: (one.start, one.end)},
        )


def _bracketed(doc: Doc, reading: Reading) -> Iterator[tuple[Mention, TimeMention]]:
    """Whom a sentence names right before a date in brackets."""
    mentions = reading.skeleton.mentions
    for time in reading.skeleton.times:
        if time.end >= len(doc) or doc[time.start - 1].text != "(" or doc[time.end].text != ")":
            continue
        before = [each for each in mentions if each.end <= time.start]
        if before and time.start - before[-1].end <= gatherings.BESIDE and not before[-1].possessive:
            yield before[-1], time


def _pair(doc: Doc, reading: Reading) -> tuple[Mention, ...]:
    """The people whom a sentence names, if they are two, of different states."""
    parties: list[Party] = doc._.parties
    named = {each.party: each for each in reading.skeleton.mentions if parties[each.party].name and not each.possessive}
    sides = {parties[party].country for party in named}
    return tuple(named.values()) if len(named) == len(sides - {None}) == 2 else ()


def _join(doc: Doc, reading: Reading, told: Encounter) -> None:
    """Adds whom a sentence after the one that tells a meeting says to have been there: "Also present were …"."""
    text = reading.skeleton.text
    if told.status is not Status.HELD or told.strength < 0.5:
        return
    if not attendance.ATTENDING.search(text) or attendance.ABSENT.search(text):
        return
    if attendance.ARRIVED.search(text) and any(each.field == "participants" for each in doc._.flow.segments):
        return  # of the talk that the paper records
    new = [each for each in reading.skeleton.mentions if not each.possessive and not each.pronoun]
    new = [each for each in new if each.party not in told.parties and doc._.parties[each.party].name]
    for each in new:
        party = doc._.parties[each.party]
        party.country = party.country or _side_of(doc, reading, each)
        told.parties[each.party] = Attendance.ACCOMPANYING
        told.mentioned[each.party] = (each.start, each.end)
    if new:
        told.sentences.append(reading.index)


def readings(doc: Doc) -> Iterator[Reading]:
    """The sentences in order with what stands in them; one pass over each list."""
    cursors = [_Cursor(doc._.mentions), _Cursor(doc._.times), _Cursor(doc._.places), _Cursor(_bodies(doc))]
    last: Reading | None = None
    for index, sentence in enumerate(doc.sents):
        inside = [cursor.until(sentence.start, sentence.end) for cursor in cursors]
        reading = Reading(index, sentence, skeleton(sentence, *inside))
        if last is not None:
            opens = OPENS_LIST.search(last.skeleton.text) and re.match(G, reading.skeleton.text)
            yield replace(last, listed=tuple(reading.skeleton.mentioned(opens[0]))) if opens else last
        last = reading
    if last is not None:
        yield last


def _bodies(doc: Doc) -> list[Span]:
    """Nations by their demonym, and international bodies, wherever they are named."""
    return [ent for ent in doc.ents if ent.label_ == "NORP" or (ent.label_ == "ORG" and organisations.lookup(ent.text))]


class States:
    """Parties for states and bodies that a sentence names as such, one each in a document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.known: dict[tuple[str | None, str], int] = {}
        self.entities: Sequence[Span] = doc.ents
        self.starts = [ent.start_char for ent in self.entities]
        self.speakers = {each.party for each in doc._.mentions if doc[each.start].lower_ in ALONE}  # who says "I"

    def named(self, skeleton: Skeleton, signs: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """Party and tokens of each state or body among the signs."""
        for sign in signs:
            if PLACE <= ord(sign) < BODY:
                place = skeleton.places[ord(sign) - PLACE]
                if place.precision == "country" and place.country:
                    yield self._party(country=place.country), (place.start, place.end)
            elif BODY <= ord(sign) <= 0xF8FF:
                span = skeleton.bodies[ord(sign) - BODY]
                country = self.doc._.setting.nation(span.text) if span.label_ == "NORP" else None
                body = organisations.lookup(span.text) if span.label_ == "ORG" else None
                if country or body:
                    yield self._party(country, body and body.name, said=span.text), (span.start, span.end)

    def author(self) -> int | None:
        """The people of the post that sends a telegram, in which none of them is named."""
        setting = self.doc._.setting
        if setting.kind is not Kind.CABLE or not setting.home:
            return None
        return self._party(setting.home, role=author_role(setting), own=True)

    def home(self) -> int | None:
        """The state whose government the paper is of."""
        return self._party(self.doc._.setting.home) if self.doc._.setting.home else None

    def last_two(self, until: int, role: str = "") -> list[int]:
        """The two states named last before a character of the text, or who holds a post of each; none when it names fewer."""
        found: dict[str, None] = {}
        end = bisect_left(self.starts, until)
        for ent in self.entities[max(end - 40, 0) : end][::-1]:
            if ent.label_ in {"GPE", "NORP"} and (country := self.doc._.setting.nation(ent.text)):
                found.setdefault(country)
                if len(found) == 2:
                    return [self._party(country, role=role) for country in found]
        return []

    def _party(
        self,
        country: str | None = None,
        organisation: str | None = None,
        role: str = "",
        own: bool = False,
        said: str = "",
    ) -> int:
        """``said``: how the text calls a body, which goes by that name."""
        key = (country or organisation, role)
        if key not in self.known:
            self.known[key] = len(self.doc._.parties)
            group = own or not role
            self.doc._.parties.append(
                Party(
                    role=role,
                    country=country,
                    organisation=organisation and (said or organisation),
                    own=own,
                    group=group,
                )
            )
        return self.known[key]


class _Cursor:
    def __init__(self, found: Sequence[Mention | TimeMention | PlaceMention | Span]) -> None:
        self.found, self.at = found, 0

    def until(self, start: int, end: int) -> list:
        inside = []
        while self.at < len(self.found) and self.found[self.at].start < end:
            if self.found[self.at].start >= start:
                inside.append(self.found[self.at])
            self.at += 1
        return inside


def _side_of(doc: Doc, reading: Reading, mention: Mention) -> str | None:
    """The country of "on the Soviet side", when the sentence says so before someone."""
    before = entities_in(doc, reading.span.start, mention.start)
    nations = (ent for ent in reversed(before) if ent.label_ in {"NORP", "GPE"})
    side = next((ent for ent in nations if doc[ent.end].lower_ in SIDES or _is_for(doc, ent)), None)
    return doc._.setting.nation(side.text) if side is not None else None


def _is_for(doc: Doc, nation: Span) -> bool:
    return doc[max(nation.start - 2, 0) : nation.start].text.lower() in {"for the", "for"} or (
        nation.start > 0 and doc[nation.start - 1].lower_ == "for"
    )


def told_in(
    doc: Doc, reading: Reading, states: States, before: Encounter | None, pair: tuple[Mention, ...] = ()
) -> Iterator[Encounter]:
    """``before`` is the encounter told last: "then met" goes on from its day and place, "the two" are its parties, or the
    ``pair`` that was named last.
    """
    text = reading.skeleton.text
    for hit in matching.hits(text):
        how = modality.status(text, hit.told_start, hit.told_end)
        if how is None:
            continue
        if how is Status.HELD and doc._.setting.agenda:
            how = Status.PLANNED
        if hit.rule is rules.BELOW_RULE:
            sides = _listed_below(doc, reading, hit)
        elif hit.rule is rules.OURS_RULE:
            sides = _correspondents(doc)
        elif hit.rule in rules.SIDELESS:
            sides = _the_two(doc, reading, hit, states, before, pair)
        else:
            sides = _sides(doc, reading, hit, states)
        if sides is None:
            continue
        attending, mentioned = sides
        if not plausible(doc._.parties, attending):
            _place_abroad(doc, reading, hit)
            if not plausible(doc._.parties, attending):
                continue
        near = text[max(0, hit.told_start - 25) : hit.told_end + 25]
        follows = bool(before and NEXT.search(near) and reading.index - before.sentences[-1] <= 3)
        told = Encounter(
            rule=hit.rule.name,
            sentences=[reading.index],
            parties=attending,
            status=how,
            medium=medium.of(hit, text),
            time=_hour(reading.skeleton),
            span=reading.skeleton.token_span(hit.start, hit.end),
            tellings=[reading.skeleton.token_span(hit.told_start, hit.told_end)],
            strength=VISITED if _visited(doc, reading.skeleton, hit) else hit.rule.strength,
            separate=bool(SEPARATE.search(text[max(0, hit.told_start - 25) : hit.told_start])),
            mentioned=mentioned,
            follows=follows,
            cues=cues.of(text, hit) | _syntax(doc, reading.skeleton, hit),
        )
        for before in _one_by_one(doc, reading, hit, told):
            if plausible(doc._.parties, before.parties):
                yield before


def _place_abroad(doc: Doc, reading: Reading, hit: Hit) -> None:
    """Makes whom somebody met in a foreign city of its country, where a telegram does not say of which they are: "met with
    President Lund in Oslo", written in Accra.
    """
    host = doc._.setting.host
    if doc._.setting.kind is not Kind.CABLE or not host or not hit.a or not hit.b:
        return
    cities = [each for each in reading.skeleton.places if each.precision == "city" and each.country not in {None, host}]
    there = [each for each in cities if each.start and doc[each.start - 1].lower_ in {"in", "at"}]
    if len({each.country for each in there}) != 1:
        return
    for each in reading.skeleton.mentioned(hit.b):
        party = doc._.parties[each.party]
        if party.name and party.country == host and HEADS.search(party.role):
            party.country = there[0].country


def _one_by_one(doc: Doc, reading: Reading, hit: Hit, told: Encounter) -> Iterator[Encounter]:
    """The talks of somebody who "met separately with" several people who have names, or whom several "met, respectively": one
    with each.
    """
    parties: list[Party] = doc._.parties
    skeleton = reading.skeleton
    here, there = (
        dict.fromkeys(each.party for each in skeleton.mentioned(side) if parties[each.party].name)
        for side in (hit.a, hit.b)
    )
    told_as = skeleton.text[hit.told_start : hit.end]
    words = skeleton.text[max(hit.told_start - BEFORE_NOUN, 0) : hit.told_end + AFTER_VERB]
    apart = ONE_BY_ONE.search(words) or ", separately" in told_as or "and separately" in told_as
    in_turn = RESPECTIVELY.match(skeleton.text, hit.end)
    states = {parties[n].country or parties[n].organisation for n in there}
    several = SEVERAL.search(words) and len(states) == len(there)
    others = there if (apart or several or in_turn) and len(there) > 1 else here if in_turn else {}
    if len(others) < 2 or told.parties.keys() <= others.keys():
        yield told
        return
    for one in others:
        attending = {n: part for n, part in told.parties.items() if n == one or n not in others}
        mentioned = {n: span for n, span in told.mentioned.items() if n in attending}
        yield replace(told, parties=attending, mentioned=mentioned, sentences=list(told.sentences), separate=True)


def _visited(doc: Doc, skeleton: Skeleton, hit: Hit) -> bool:
    """Whether someone tells a guest something: "told the visiting Secretary of State", which nobody does from afar."""
    if hit.rule.strength >= STRONG or not hit.a:
        return False
    return any("visiting" in doc[each.start : each.start + 2].text.lower() for each in skeleton.mentioned(hit.b))


def _syntax(doc: Doc, skeleton: Skeleton, hit: Hit) -> set[str]:
    """How the two sides hang on the telling words in the parse: steps to their common head, relation, preposition."""
    if not doc.has_annotation("DEP"):
        return set()
    first, last = skeleton.token_span(hit.told_start, hit.told_end)
    trigger = doc[first:last].root
    heads = [trigger, *islice(trigger.ancestors, 4)]
    found = set()
    for side, signs in (("a", hit.a), ("b", hit.b)):
        for mention in skeleton.mentioned(signs)[:1]:
            word = doc[mention.start : mention.end].root
            while word.dep_ in {"conj", "appos", "flat"} and word.head is not word:
                word = word.head
            steps = next((n for n, each in enumerate([word, *islice(word.ancestors, 4)]) if each in heads), 4)
            found.add(f"{side} {steps} up")
            found.add(f"{side} {word.dep_.split(':')[0]}")
            found |= {f"{side} {each.lower_}" for each in word.lefts if each.dep_ == "case"}
    return found


def _listed_below(
    doc: Doc, reading: Reading, hit: Hit
) -> tuple[dict[int, Attendance], dict[int, tuple[int, int]]] | None:
    """Who a sentence says that met, and whom the short lines below it name."""
    named = [*reading.skeleton.mentioned(hit.a), *_below(doc, reading.span.end)]
    first = {each.party: (each.start, each.end) for each in reversed(named) if not each.possessive}
    return (dict.fromkeys(reversed(first), Attendance.PRINCIPAL), first) if len(first) > 1 else None


def _correspondents(doc: Doc) -> tuple[dict[int, Attendance], dict[int, tuple[int, int]]] | None:
    """Who wrote the paper, and to whom."""
    parties: list[Party] = doc._.parties
    reader = next((n for n, each in enumerate(parties) if each.addressed), None)
    author = next((n for n, each in enumerate(parties) if each.own and each.name), None)
    if reader is None or author is None:
        return None
    return dict.fromkeys((author, reader), Attendance.PRINCIPAL), {}


def _below(doc: Doc, at: int) -> Iterator[Mention]:
    """Whom the lines of a list name that begins at a token; it ends with the first line that is long or names nobody."""
    start = at
    for token in doc[at : at + LONGEST_LIST]:
        last = token.i + 1 == len(doc)
        if not last and not (token.is_space and "\n" in token.text):
            continue
        if start < token.i:
            first, after = (bisect_left(doc._.mentions, edge, key=_start) for edge in (start, token.i))
            inside = doc._.mentions[first:after]
            if not inside or token.i - start > LINE:
                return
            yield from inside
        start = token.i + 1


def _start(mention: Mention) -> int:
    return mention.start


def _the_two(
    doc: Doc, reading: Reading, hit: Hit, states: States, before: Encounter | None, last_pair: tuple[Mention, ...]
) -> tuple[dict[int, Attendance], dict[int, tuple[int, int]]] | None:
    """The last two people of different states named before in the sentence, else the parties of the encounter before."""
    parties: list[Party] = doc._.parties
    if COUNTRIES.search(reading.skeleton.text[hit.start : hit.end]):
        holders = (parties[mention.party] for mention in reading.skeleton.mentioned(hit.a))
        role = next((singular(each.role) for each in holders if each.role and not each.name), "")
        before_it = doc[reading.span.start + 1].idx if len(reading.span) > 1 else reading.span.start_char
        sides = states.last_two(before_it, role)
        return (dict.fromkeys(sides, Attendance.PRINCIPAL), {}) if sides else None
    named = [
        mention
        for mention in reading.skeleton.mentioned(reading.skeleton.text[: hit.start])
        if parties[mention.party].name and not mention.pronoun
    ]
    for mention in reversed(named[:-1]):
        last = named[-1]
        if mention.party != last.party and parties[mention.party].country != parties[last.party].country:
            pair = (mention, last)
            return {m.party: Attendance.PRINCIPAL for m in pair}, {m.party: (m.start, m.end) for m in pair}
    if before and (reading.index - before.sentences[-1] <= 3 or hit.rule is rules.THEIRS_RULE):
        principals = [n for n, attendance in before.parties.items() if attendance is Attendance.PRINCIPAL]
        if len(principals) == 2:
            return {n: Attendance.PRINCIPAL for n in principals}, {}
    if last_pair:
        return {m.party: Attendance.PRINCIPAL for m in last_pair}, {}
    return None


def _sides(
    doc: Doc, reading: Reading, hit: Hit, states: States
) -> tuple[dict[int, Attendance], dict[int, tuple[int, int]]] | None:
    """The parties of a match with their part in the meeting, and where the sentence names each."""
    parties: list[Party] = doc._.parties
    skeleton = reading.skeleton
    attending: dict[int, Attendance] = {}
    mentioned: dict[int, tuple[int, int]] = {}

    def take(signs: str, attendance: Attendance, mentions: Iterable[Mention] = ()) -> None:
        for mention in (*skeleton.mentioned(signs), *mentions):
            if mention.party not in attending:
                attending[mention.party] = attendance
                mentioned[mention.party] = (mention.start, mention.end)
        for party, span in states.named(skeleton, signs) if hit.rule in rules.STATE_RULES else ():
            attending.setdefault(party, attendance)
            mentioned.setdefault(party, span)

    for side in (hit.a, hit.b):
        principal, company = _company(side)
        take(principal, Attendance.PRINCIPAL)
        take(company, Attendance.ACCOMPANYING)
    take(_onward(skeleton.text, hit), Attendance.PRINCIPAL)
    if not hit.a and hit.b:
        own = [n for n, party in enumerate(parties) if party.own]
        author = next((n for n in own if parties[n].name or not parties[n].role or parties[n].group), None)
        if author is None:
            author = next((n for n in own if n in states.speakers and parties[n].role == doc._.setting.head), None)
        if author is None and hit.rule.strength >= STRONG:
            author = own[0] if len(own) == 1 else states.author()
        if author is not None and author not in attending:
            attending[author] = Attendance.PRINCIPAL
    for extra in (ACCOMPANIED, ATTENDED):
        for match in extra.finditer(skeleton.text):
            take(match["b"], Attendance.ACCOMPANYING)
    take("", Attendance.PRINCIPAL, reading.listed)
    for match in LED.finditer(skeleton.text):
        group, leader = (skeleton.mentioned(match[a] or match[b])[0] for a, b in (("g", "g2"), ("b", "b2")))
        if group.party in attending and parties[group.party].group and parties[leader.party].name:
            parties[leader.party].country = parties[leader.party].country or parties[group.party].country
            attending[leader.party] = attending[group.party]
            mentioned.setdefault(leader.party, (leader.start, leader.end))
    return (attending, mentioned) if len(attending) > 1 else None


def _onward(text: str, hit: Hit) -> str:
    """The signs of those with whom the list goes on that ends a match."""
    signs, at = "", hit.end
    if not hit.b or text[at - 1] != hit.b[-1]:
        return signs
    while further := ONWARD.match(text, at):
        signs, at = signs + further["p"], further.end()
    return signs


def _company(side: str) -> tuple[str, str]:
    match = re.search(r"accompanied by|joined by", side)
    return (side[: match.start()], side[match.end() :]) if match else (side, "")


def plausible(parties: Sequence[Party], attending: dict[int, Attendance]) -> bool:
    """Whether the parties can have met as two states (or a state and a body) do, and not in one government's house."""
    return any(apart(one, other) >= LEAST_APART for one, other in combinations([parties[n] for n in attending], 2))


def apart(one: Party, other: Party) -> float:
    """How likely two parties are of two states, or of a state and a body (0 to 1)."""
    if one.organisation and other.organisation and not (one.country and other.country):
        return float(one.organisation != other.organisation or one.country != other.country)
    a, b = (each.likely or {each.country: 1.0} for each in (one, other))
    if None in a and None in b:
        return 0.5 if one.name or other.name else 0.0
    return 1 - sum(chance * b.get(country, 0.0) for country, chance in a.items())


def _hour(skeleton: Skeleton) -> str | None:
    """The first time of day that a sentence tells."""
    return next(filter(None, (time_of(time.text) for time in skeleton.times)), None)
