"""Who took part in each meeting, of all whom the document names around it: present, against only talked about.

The components before name those whom the words of a rule make a party. Each of them, and everyone else who is named, speaks
or is listed where the meeting is told, is described by names of features; their learned weights (`weights/presence.toml`,
a logistic regression) say how likely it is that they were there: who is likelier absent than present is dropped, who is
likelier present is added.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import logistic, roster, weights
from meetings.nlp.annotations import Encounter, Mention, Party
from meetings.nlp.flow import Segment
from meetings.nlp.names import tokens
from meetings.nlp.stretches import owners, stretches
from meetings.nlp.triggers import attendance
from meetings.records import Attendance, Kind, Label, Status

LEAST = 0.5  # probability below which someone is not taken to have been there
LISTED = 0.95  # how likely someone whom a list of participants names took part, whatever else is said
BETWEEN = 40  # words between a mention and a telling that are looked at
MOST = 12  # sentences that tell one meeting, in which its people are looked at closely
CLOSE = 40  # parties of one meeting with whom someone is compared
LATER = 6  # sentences after one that tells a meeting in which its people may still be named
BESIDE = (
    r"^\W*with (?!(?:the|a|an|this|that|these|those|his|her|their)\b)(?:[a-z'’-]+ ){1,3}(?:was|were) "  # with Lund were
)
# Sentences that say who was there besides those who met.
COMPANY = re.compile(
    r"\b(?:accompanied|joined by|attended|(?:also|were|was|there|those) present|in attendance|(?:participants|leaders|attendees|guests|others)(?: (?:in|on|at|of) the [a-z]+)? (?:included|were|joining)|also (?:(?:in|at|on) the (?:meeting|call|talks|lunch|dinner|room|session)|attending|joining|participating|taking part)|(?:joining|attending|participating in|also on) the [a-z]+ (?:were|was|included)|took part|took notes|on hand|came along|joined (?:him|her|them|the)|joined\W*$|flanked by|guests (?:were|included)|"
    rf"{BESIDE}|participated|in the presence of|(?:had|brought) with (?:him|her|them|me)|with (?:him|her|me) (?:was|were)|chaired|sat in|"
    r"represented by|in th(?:at|e) same (?:meeting|briefing|talk)|"
    r"(?:delegation|side|team|party|group) (?:also )?(?:included|includes|comprised|consisted|was led|was made up))\b"
)
# Below it the people of the meeting stand line by line: "Participants in the meeting included:", "Attendees".
OPENS_LIST = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:participants|attendees|guests|joining|attending|attended|in attendance|present)\b[^.]{0,60}:\s*$|\b(?:consisted of|composed of|comprised|included|includes|made up of|accompanied by|joined by|attended by)\b[^.]{0,60}:\s*$|^\W*(?:meeting )?(?:participants|attendees)\W*$"
)
# Posts of whoever speaks for a side.
VAGUE = re.compile(
    r"(?i)\b(?:leaders?|counterparts?|side|delegations?|teams?|heads of (?:state|government))$|^(?:leaders?|heads)\b"
)
ARRIVING = frozenset({"joined", "came", "entered", "called", "brought"})
RECORD = "conversation.record"
LINE = 30  # words of a list's line
BULLET = 3  # tokens of a mark and its blanks before a line
# Of these the ones who make a companion; "participants included", "chaired by" and "represented by" name people on a level.
COMPANION = re.compile(
    rf"{BESIDE}|\b(?:accompanied|joined|also (?:attended|present|participated|took part)|in attendance|with (?:him|her|me) (?:was|were)|sat in|included|comprised|consisted)\b"
)
LEVEL = re.compile(
    r"\b(?:participants|leaders|attendees)(?: (?:in|on|at|of) the [a-z]+)? (?:included|were)\b|\bchaired\b"
)
CLAUSE = frozenset(
    "that which who whom where while when because although but if whether : ; about regarding concerning".split()
)
BEFORE = frozenset("with and by between of on about for from to , ( : at in against over that as than like".split())
DETERMINERS = frozenset("the a an his her their our its then former".split())
LIST_GAP = 4  # words between two people of one list
JOINING = frozenset({",", "and", "&", ";"})
LISTING = JOINING | DETERMINERS | {"also", "by", "with"}


@Language.component(
    "presence",
    requires=["doc._.encounters", "doc._.parties", "doc._.mentions", "doc._.statement_mentions"],
    assigns=["doc._.encounters"],
)
def presence(doc: Doc) -> Doc:
    if doc._.setting is not None and doc._.encounters:
        scene = Scene(doc)
        for n in range(len(doc._.encounters)):
            scene.join(n)
            decide(scene, n, scene.likely(n))
    return doc


def decide(scene: Scene, n: int, likely: dict[int, float]) -> None:
    """Drops and adds parties of the n-th record by their probability; the two sides that make it a meeting stay."""
    record: Encounter = scene.doc._.encounters[n]
    ranked = sorted(record.parties, key=lambda party: -likely[party])
    kept = [party for party in ranked if likely[party] >= LEAST]
    sides = {scene.sides[party] for party in kept}
    for party in ranked:
        if len(sides) < 2 and party not in kept and scene.sides[party] not in sides:
            kept.append(party)
            sides.add(scene.sides[party])
    kept += [party for party in ranked if party not in kept][: max(2 - len(kept), 0)]
    kept += _accompanied(scene, record, kept)
    for party in [party for party in record.parties if party not in kept]:
        del record.parties[party]
    led = {scene.sides[party] for party in kept if scene.parties[party].name}
    for party, chance in likely.items():
        if chance >= LEAST and party not in record.parties:
            record.parties[party] = Attendance.ACCOMPANYING if scene.sides[party] in led else Attendance.PRINCIPAL
            record.mentioned[party] = scene.named[n, party]
    for party in _stood_for(scene, record):
        del record.parties[party]
    leading = sorted(record.parties, key=lambda party: record.parties[party] is not Attendance.PRINCIPAL)
    record.parties = {party: record.parties[party] for party in leading}
    record.presence = {party: likely[party] for party in leading}


def _stood_for(scene: Scene, record: Encounter) -> list[int]:
    """Groups whose people the record names: "European leaders", and then who they are; "the leader" of a named one's country."""
    parties = scene.parties
    home = scene.doc._.setting.home
    named = {scene.sides[party] for party in record.parties if parties[party].name} - {None}
    vague = [party for party in record.parties if not parties[party].name and VAGUE.search(parties[party].role)]
    return [
        party
        for party in vague
        if (
            scene.sides[party] in named
            or (not parties[party].country and parties[party].group and len(named - {home}) > 1)
        )
    ]


def _accompanied(scene: Scene, record: Encounter, kept: list[int]) -> list[int]:
    """Whom those who are kept as company came with: the principals of sides that are left without one."""
    principals = [party for party, part in record.parties.items() if part is Attendance.PRINCIPAL]
    led = {scene.sides[party] for party in kept if party in principals}
    alone = {scene.sides[party] for party in kept} - led
    return [party for party in principals if party not in kept and scene.sides[party] in alone]


class Scene:
    """A document's parties with where each is named, speaks and is listed, and which sentences tell of which meeting."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.parties: list[Party] = doc._.parties
        self.sides = [each.country or each.organisation for each in self.parties]
        self.kind: Kind = doc._.setting.kind
        self.words = [token.lower_ for token in doc]
        self.sentences = [(span.start, span.end) for span in doc.sents]
        self.starts = [start for start, _ in self.sentences]
        self.mentions: dict[int, list[Mention]] = defaultdict(list)  # by sentence
        for mention in doc._.mentions:
            self.mentions[self.sentence(mention.start)].append(mention)
        self.owned: dict[int, list[int]] = defaultdict(list)  # record → sentences
        for sentence, record in sorted(owners(stretches(doc)).items()):
            self.owned[record].append(sentence)
        # Record and party → the tokens that name it there first.
        self.named: dict[tuple[int, int], tuple[int, int]] = {}
        self.company: set[tuple[int, int]] = set()  # record and party: told to have been there too
        self.telling = {sentence: n for n, each in enumerate(doc._.encounters) for sentence in each.sentences}
        self.speakers: dict[int, list[int]] = defaultdict(list)  # sentence → parties
        for each in doc._.statement_mentions:
            if each.party is not None and each.rule != "statements.continued/1":
                self.speakers[each.sentence].append(each.party)
        self.headed = set(self._in(lambda part: part.label is Label.HEADING or part.field in {"subject", "title"}))
        self.listed = set(self._in(lambda part: part.field in {"participants", "delegation"}))
        entries = roster.listed(doc._.flow, doc._.setting.nation)
        # The sentences of a record that tell of those who came later: of it, whatever they stand beside.
        self.recorded = next((n for n, each in enumerate(doc._.encounters) if each.rule.startswith(RECORD)), None)
        self.arrivals = [
            n
            for n, (start, end) in enumerate(self.sentences)
            if self.recorded is not None and attendance.ARRIVED.search(" ".join(self.words[start:end]))
        ]
        self.complete = sum(each.attendance is Attendance.PRINCIPAL for each in entries) > 1  # a list that lacks nobody

    def sentence(self, token: int) -> int:
        return max(bisect_right(self.starts, token) - 1, 0)

    def _in(self, wanted: Callable[[Segment], bool]) -> Iterator[int]:
        parts = [(part.start, part.end) for part in self.doc._.flow.segments if wanted(part)]
        at = 0
        for mention in self.doc._.mentions:
            offset = self.doc[mention.start].idx
            while at < len(parts) and parts[at][1] <= offset:
                at += 1
            if at < len(parts) and parts[at][0] <= offset and not mention.pronoun:
                yield mention.party

    def join(self, n: int) -> None:
        """Adds to the n-th record whom its sentences, or those after it, say to have been there too: "Also present were …"."""
        record: Encounter = self.doc._.encounters[n]
        if record.status is not Status.HELD:
            return
        arrivals = self.arrivals if n == self.recorded else []
        for sentence in arrivals:
            self._take(n, self._before_verb(sentence), "joined")
        for sentence in self._around(n):
            if sentence in self.arrivals:
                continue
            text = " ".join(self.words[slice(*self.sentences[sentence])])
            if OPENS_LIST.search(text):
                for line in self._lines_below(sentence):
                    self._take(n, self.mentions[line], text)
            if COMPANY.search(text) and not attendance.ABSENT.search(text):
                self._take(n, self.mentions[sentence], text)

    def _before_verb(self, sentence: int) -> list[Mention]:
        """Whom a sentence names last before it says that they came."""
        start, end = self.sentences[sentence]
        verb = next((n for n in range(start, end) if self.words[n] in ARRIVING), end)
        return [each for each in self.mentions[sentence] if each.end <= verb][-1:]

    def _lines_below(self, sentence: int) -> Iterator[int]:
        """The short sentences that follow one, as the lines of a list do."""
        for line in range(sentence + 1, len(self.sentences)):
            start, end = self.sentences[line]
            if end - start > LINE or not (self.mentions[line] or end - start <= BULLET) or self._tells(start, end):
                return
            yield line

    def _tells(self, start: int, end: int) -> bool:
        """Whether these tokens are a full sentence, as no line of a list is."""
        words = self.doc[start:end]
        last = next((token.text for token in reversed(words) if not token.is_space), "")
        return last == "." and any("Fin" in token.morph.get("VerbForm") for token in words)

    def _take(self, n: int, mentions: list[Mention], said: str) -> None:
        record: Encounter = self.doc._.encounters[n]
        for mention in mentions:
            if not mention.possessive and not mention.pronoun and mention.party not in record.parties:
                record.parties[mention.party] = self._part(mention, said)
                record.mentioned[mention.party] = (mention.start, mention.end)
                self.company.add((n, mention.party))

    def _part(self, mention: Mention, sentence: str) -> Attendance:
        if roster.NOTETAKER.search(self.doc[mention.start : mention.end + 2].text):
            return Attendance.NOTETAKER
        beside = COMPANION.search(sentence) and not LEVEL.search(sentence)
        return Attendance.ACCOMPANYING if beside else Attendance.PRINCIPAL

    def likely(self, n: int) -> dict[int, float]:
        """How likely each candidate of the n-th record took part (0 to 1); a list of participants is believed."""
        main = self.doc._.encounters[n].main
        chances = {party: probability(found) for party, found in self.candidates(n)}
        return {
            party: max(chance, LISTED) if main and party in self.listed else chance for party, chance in chances.items()
        }

    def candidates(self, n: int) -> Iterator[tuple[int, frozenset[str]]]:
        """The parties of the n-th record and whoever else its sentences name or is listed, with their features."""
        record: Encounter = self.doc._.encounters[n]
        around = self._around(n)
        named: dict[int, list[Mention]] = defaultdict(list)
        speaks: Counter[int] = Counter()
        for sentence in around:
            speaks.update(set(self.speakers[sentence]))
            for mention in self.mentions[sentence]:
                named[mention.party].append(mention)
                self.named.setdefault((n, mention.party), (mention.start, mention.end))
        everyone = dict.fromkeys([*record.parties, *named])
        common = set(self._manner(record))
        last = max(record.sentences, default=0)
        for party in everyone:
            found = {
                *common,
                *self._who(party, record),
                *self._told(named[party], record),
                f"mentions={_size(sum(not each.pronoun for each in named[party]))}",
                f"speaks={_size(speaks[party])}{' main' if record.main else ''}",
            }
            if (n, party) in self.company:
                found.add("company")
            if named[party] and not record.main:
                first = self.sentence(named[party][0].start)
                found.add(f"named {'at' if first <= last else _size(first - last) + ' after'}")
            if named[party] and all(each.possessive for each in named[party]):
                found.add("possessive only")
            yield party, frozenset(f"{'told' if party in record.parties else 'other'}: {name}" for name in found)

    def _around(self, n: int) -> list[int]:
        """The sentences that tell the n-th record, those that belong to it, and those after it up to the next that is told."""
        record: Encounter = self.doc._.encounters[n]
        found = {*self.owned[n], *record.sentences}
        if record.sentences:
            last = max(record.sentences)
            for sentence in range(last + 1, min(last + LATER + 1, len(self.sentences))):
                if self.telling.get(sentence, n) != n:
                    break
                found.add(sentence)
        return sorted(found)

    def _manner(self, record: Encounter) -> Iterator[str]:
        yield "bias"
        yield f"kind={self.kind.value}"
        yield f"status={record.status.value}"
        yield f"parties={_size(len(record.parties))}"
        if record.main:
            yield f"main kind={self.kind.value}"
        strength = "record" if record.rule.startswith("conversation") else _strength(record.strength)
        yield f"rule={strength}"

    def _who(self, party: int, record: Encounter) -> Iterator[str]:
        each = self.parties[party]
        kind = "name" if each.name else "own" if each.own else "group" if each.group else "role"
        yield f"called={kind}"
        if party in record.parties:
            yield f"part={record.parties[party].value}"
        if party in self.headed:
            yield f"heading{' main' if record.main else ''}"
        if party in self.listed:
            yield "listed"
        elif self.complete and record.main:
            yield f"not listed {kind}"
        others = [self.parties[other] for other in islice(record.parties, CLOSE) if other != party]
        side = self.sides[party]
        sides = {other.country or other.organisation for other in others} - {None}
        if side is None:
            yield f"side=unknown of {min(len(sides), 2)}"
        elif side in sides:
            named = any(other.name for other in others if (other.country or other.organisation) == side)
            yield f"side={'named' if named else 'unnamed'} {kind}"
        else:
            yield f"side=new of {min(len(sides), 2)}"
        if each.name:
            mine = set(tokens(each.name)[-1:])
            if any(other.name and mine & set(tokens(other.name)) for other in others):
                yield "namesake"
        elif each.role:
            mine = set(each.role.lower().split())
            if any(other.name and mine <= set(other.role.lower().split()) for other in others):
                yield "role taken"

    def _told(self, named: list[Mention], record: Encounter) -> Iterator[str]:
        """Where a party's mentions stand to the words that tell of the meeting."""
        tellings: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, last in record.tellings[:MOST]:
            tellings[self.sentence(first)].append((first, last))
        if not tellings:
            return
        best: tuple[int, Mention, tuple[int, int]] | None = None
        present: set[tuple[int, int]] = set()
        for mention in named:
            for first, last in tellings.get(self.sentence(mention.start), ()):
                if not mention.possessive:
                    present.add((first, last))
                distance = max(mention.start - last, first - mention.end, 0)
                if best is None or distance < best[0]:
                    best = (distance, mention, (first, last))
        everywhere = len(present) == sum(map(len, tellings.values()))
        yield f"tellings={'none' if not present else 'all' if everywhere else 'some'}"
        if best is None:
            return
        distance, mention, (first, last) = best
        reach = "near" if distance <= 3 else "close" if distance <= 10 else "away"
        before = mention.end <= first
        yield f"{'before' if before else 'after'} {reach}"
        between = self.words[mention.end : first][-BETWEEN:] if before else self.words[last : mention.start][:BETWEEN]
        if not CLAUSE.isdisjoint(between):
            yield f"clause {'before' if before else 'after'}"
        yield f"word={self._before(mention.start)}"
        if mention.pronoun:
            yield "pronoun"
        if mention.possessive:
            yield "possessive"
        yield from {f"listed with {who}" for who in self._neighbours(mention, record)}

    def _neighbours(self, mention: Mention, record: Encounter) -> Iterator[str]:
        """What those are who stand beside a mention in one list: "Ann Reed and the Ambassador"."""
        beside = self.mentions[self.sentence(mention.start)]
        at = beside.index(mention)
        for first, last in ((at - 1, at), (at, at + 1)):
            if first < 0 or last == len(beside):
                continue
            other = beside[first if last == at else last]
            gap = self.words[beside[first].end : beside[last].start]
            listed = len(gap) <= LIST_GAP and not JOINING.isdisjoint(gap) and LISTING.issuperset(gap)
            if listed and other.party != mention.party:
                yield "one told" if other.party in record.parties else "one untold"

    def _before(self, start: int) -> str:
        at, first = start - 1, self.starts[self.sentence(start)]
        while at >= first and self.words[at] in DETERMINERS:
            at -= 1
        word = self.words[at] if at >= first else "first"
        return word if word in BEFORE or at < first else "other"


def _size(n: int) -> str:
    return str(n) if n < 3 else "3+"


def _strength(strength: float) -> str:
    return "strong" if strength >= 0.8 else "fair" if strength >= 0.5 else "weak"


def probability(features: Collection[str]) -> float:
    """How likely someone of these features took part (0 to 1)."""
    table = _weights()
    return logistic.probability(sum(table.get(name, 0.0) for name in features))


@cache
def _weights() -> dict[str, float]:
    return weights.load("presence")["presence"]
