"""The people of one document: references in order become parties, and every later "Lavrov", "the Foreign Minister" or "he" a
mention of one of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from meetings.nlp.annotations import Mention, Party
from meetings.nlp.components.attachment import HONORIFICS, Reference, singular
from meetings.nlp.components.entities import COUNTERPARTS
from meetings.nlp.flow import Segment
from meetings.nlp.groups import ALONE, EACH, FIRST_PERSON
from meetings.nlp.incumbents import country_of, post_of
from meetings.nlp.names import Registry, tidy
from meetings.nlp.setting import CAPITAL, Setting
from meetings.records import Kind, Label

OF_POSTS = frozenset({"ambassador", "charge", "chargé", "dcm"})
# Words that name nobody by themselves: "the Soviet side", "the leader".
VAGUE = frozenset({"side", "leader", "leaders"})
THIRD_PERSON = frozenset({"he", "she", "his"})
POSSESSIVE = frozenset({"his"})
NO_PRONOUN = frozenset({"PERSON", "TITLE", "NORP"})  # "He Yafei", "His Excellency", "His Majesty's Ambassador"
LONGEST_EPITHET = 3  # words
MOST_BETWEEN = 3  # mentions between someone and the counterpart
INDEFINITE = frozenset("a an any every no another each former new future some next potential".split())
# Words before a title or name that belong to it.
DETERMINERS = frozenset(
    "the our my their then then- visiting newly new acting former outgoing incoming current recently appointed".lower().split()
)
DEFINITE = frozenset({"the", "this", "that"})
# A bare title that its deputies do not go by: "the President" is no Vice President.
HEADS = ({"president"}, {"secretary"})
DEPUTY = frozenset(
    {"vice", "deputy", "under", "assistant", "first", "second", "third", "private", "press", "general", "executive"}
)
# Whose post is named by another's: "Assistant to the President".
SERVES = re.compile(
    r"\b(?:to|of|for) the (?:(?:vice|prime|deputy|foreign|first) )*(?:president|minister|secretary|chancellor|premier|king|queen|governor)\b.*",
    re.IGNORECASE,
)
# Posts that a country has one of: two people who share the title are of two countries.
SOLE = re.compile(r"(?i)\bpresident|prime minister|foreign minister|king\b|chancellor")


class Cast:
    """The document's parties while its references are read in order."""

    def __init__(self, references: list[Reference], setting: Setting) -> None:
        self.setting = setting
        self.registry = Registry(each.name for each in references if each.name)
        self.parties = [Party(name=name) for name in self.registry.groups]
        self.recent: dict[int, int] = {}  # party → order of its last mention
        self.clock = 0
        self.roles: dict[tuple[str, str | None], int] = {}
        self.author: int | None = None
        self.untold: set[str] = set()  # of whom the text does not say the post
        for each in references:  # what the document says of a person anywhere holds for all its mentions
            if each.name:
                self._learn(self._named(each), each)
        for party in self.parties:
            if party.country is None and not party.international:
                party.country = _of_body(party.organisation, setting) or country_of(party.name, party.role, setting.on)
            if not party.role or party.role in COUNTERPARTS:
                party.role = post_of(party.name, party.country, setting.on)
                self.untold.add(party.name)
        # Whom a list of participants names, and by a post alone.
        self.enrolled = {self._named(each) for each in references if each.listed and each.name}
        self.posts: list[int] = []
        for each in references:
            if each.listed and not each.name:
                self._role(each)
        if setting.kind is Kind.MEMCON:  # "the President" of a heading is the one of the list below it
            for each in references:
                if not each.name and each.role and each.country and not each.group and not each.own:
                    self._role(each)

    def of(self, reference: Reference) -> int | None:
        if reference.own and not self._abroad() and OF_POSTS & set("".join(reference.titles[-1:]).lower().split()):
            reference = replace(reference, own=False, country=None)  # from the capital one writes of others' embassies
        party = (
            self._named(reference)
            if reference.name
            else self._own(reference)
            if reference.own
            else self._role(reference)
        )
        if party is not None:
            self.clock += 1
            self.recent[party] = self.clock
        return party

    def _named(self, reference: Reference) -> int:
        candidates = self.registry.candidates(reference.name)
        if not candidates:
            self.parties.append(Party(name=tidy(reference.name)))
            return len(self.parties) - 1
        if len(candidates) == 1:
            return candidates[0]
        role = reference.role.lower()
        return max(
            candidates,
            key=lambda party: (
                bool(role) and role in self.parties[party].role.lower(),
                bool(reference.country) and self.parties[party].country == reference.country,
                self.recent.get(party, 0),
                -party,
            ),
        )

    def _learn(self, party: int, reference: Reference) -> None:
        known = self.parties[party]
        if reference.role and (
            not known.role or (len(reference.role) > len(known.role) and known.role.lower() in reference.role.lower())
        ):
            known.role = reference.role
        known.country = known.country or reference.country
        known.abroad = known.abroad or (reference.shared and bool(SOLE.search(reference.role)))
        known.organisation = known.organisation or reference.organisation

    def _abroad(self) -> bool:
        """Whether it is a telegram, and not from the capital."""
        return self.setting.kind is Kind.CABLE and self.setting.head != CAPITAL

    def _own(self, reference: Reference) -> int:
        title = reference.titles[-1] if reference.titles else ""
        if not title:
            if self.author is None:
                self.parties.append(
                    Party(role=author_role(self.setting), country=self.setting.home, own=True, group=True)
                )
                self.author = len(self.parties) - 1
            return self.author
        key = (title.lower().rstrip("s"), self.setting.home)
        if title == self.setting.head == "Ambassador":
            return self._role(replace(reference, own=False, country=None))
        if not reference.group and (named := self._colleague(title)) is not None:
            return named
        if key not in self.roles and (known := self._longer(_content(title), self.setting.home, own=True)) is not None:
            return known
        if key not in self.roles:
            self.parties.append(Party(role=title, country=self.setting.home, own=True))
            self.roles[key] = len(self.parties) - 1
        return self.roles[key]

    def _colleague(self, title: str) -> int | None:
        """The one of the author's side whom the text names with the title: "the Charge" is the Charge d'Affaires named."""
        wanted = _content(title)
        fitting = [
            n
            for n, party in enumerate(self.parties)
            if party.name and party.country in {None, self.setting.home} and wanted and wanted <= _content(party.role)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _role(self, reference: Reference) -> int | None:
        """A role alone: the person of that role last spoken of, else anyone of that role, else a party without a name."""
        role = reference.role or " and ".join(reference.titles)
        wanted = _content(role)
        if not wanted or (reference.determiner in INDEFINITE and not reference.group):
            return None
        if not reference.group and (known := self._enrolled_post(wanted, reference)) is not None:
            return known
        ambassador = wanted == {"ambassador"} and self._abroad() and not reference.country
        if not reference.group:
            fitting = [
                party
                for party in range(len(self.parties))
                if self.parties[party].name
                and wanted <= _content(self.parties[party].role)
                and not (reference.listed and party in self.enrolled)
                and (not reference.country or self.parties[party].country in {None, reference.country})
                and (self.parties[party].name not in self.untold or self._at_home(party, reference))
                and (not ambassador or self._heads(party))
                and not (wanted in HEADS and _content(self.parties[party].role) & DEPUTY)
                and (
                    party in self.recent
                    or not self._issues(reference)
                    or self.parties[party].country in {None, self.setting.home}
                )
            ]
            if fitting:  # "the President" of a record is the one who was there
                own = self._of_home(fitting, wanted, reference) or fitting
                return max(
                    own,
                    key=lambda party: (
                        party in self.enrolled,
                        self.recent.get(party, 0),
                        _content(self.parties[party].role) == wanted,
                        -party,
                    ),
                )
        if reference.country and (holder := self._holder(reference)) is not None:
            return holder
        if wanted <= VAGUE and reference.determiner != EACH:
            return None
        words = " ".join(sorted(wanted))
        if not reference.country and not reference.group:  # "the President" of a list, who has no name in it
            alike = [
                party
                for (role_words, _), party in self.roles.items()
                if role_words == words and (not ambassador or self.parties[party].country in {None, self.setting.home})
            ]
            if alike:
                return max(alike, key=lambda party: (self.recent.get(party, 0), -party))
        key = (words, reference.country)
        if key not in self.roles and not reference.group and reference.determiner in DEFINITE:
            known = self._longer(wanted, reference.country)
            if known is not None:
                return known
        if key not in self.roles:
            self.parties.append(
                Party(
                    role=role,
                    country=self.setting.home if ambassador else reference.country,
                    organisation=reference.organisation,
                    group=reference.group,
                    own=ambassador,
                )
            )
            self.roles[key] = len(self.parties) - 1
        if reference.listed:
            self.posts.append(self.roles[key])
        return self.roles[key]

    def _enrolled_post(self, wanted: set[str], reference: Reference) -> int | None:
        """Whom a list names by this post alone: who is called so, unless a country says otherwise."""
        fitting = [
            n
            for n in self.posts
            if wanted == _content(self.parties[n].role) and reference.country in {None, self.parties[n].country}
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _heads(self, party: int) -> bool:
        """Whether an ambassador whom a telegram names can be its own: who signs it, or of whom it has spoken before."""
        known = self.parties[party]
        if known.country not in {None, self.setting.home} or (known.organisation and not known.country):
            return False
        if not self.setting.signed or not self.setting.signed.isdisjoint(known.name.lower().split()):
            return True
        return party in self.recent and ("ambassador", None) not in self.roles  # unless it told of its own before

    def _longer(self, wanted: set[str], country: str | None, own: bool = False) -> int | None:
        """Who was last spoken of without a name by a longer title: "the director" is the director of the plant before."""
        fitting = [
            n
            for n in self.roles.values()
            if self.parties[n].own == own
            and not (self.parties[n].group and not own)
            and wanted < _content(self.parties[n].role)
            and country in {None, self.parties[n].country}
            and not (_content(self.parties[n].role) - wanted) & DEPUTY
        ]
        return max(fitting, key=lambda n: self.recent.get(n, 0), default=None)

    def _of_home(self, fitting: list[int], wanted: set[str], reference: Reference) -> list[int]:
        """Of several whom "the President" of a telegram may be, its own: who was named before, or who will be when none was."""
        if self.setting.kind is not Kind.CABLE or wanted not in HEADS or reference.country:
            return []
        own = [party for party in fitting if self.parties[party].country == self.setting.home]
        named = any(party in self.recent for party in own)
        return own if named or not any(party in self.recent for party in fitting) else []

    def _issues(self, reference: Reference) -> bool:
        """Whether "the President" of a release is its issuer's own, as long as no other has been named."""
        return self.setting.kind is Kind.READOUT and not reference.country and reference.determiner in DEFINITE

    def _holder(self, reference: Reference) -> int | None:
        """Whom the text names as the one of a joint title: of "the Foreign Ministers of Egypt and Jordan"."""
        wanted = _content(singular(reference.role))
        fitting = [
            n
            for n, party in enumerate(self.parties)
            if party.name and party.country == reference.country and SOLE.search(reference.role)
            if wanted <= _content(party.role)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _at_home(self, party: int, reference: Reference) -> bool:
        """Whether "the Prime Minister" can be whom only the tables call so: of the country named, or of where it is written."""
        return self.parties[party].country == (reference.country or self.setting.host or self.setting.home)


def _of_body(organisation: str | None, setting: Setting) -> str | None:
    """The country that the name of a state's own body begins or ends with: "GDR State Council", "Ministry of Trade of Chile"."""
    if not organisation:
        return None
    words = organisation.split()
    endings = [organisation[found.end() :] for found in re.finditer(r" of (?:the )?", organisation)]
    forms = [organisation, " ".join(words[:2]), words[0], *endings]
    return next((code for form in forms if (code := setting.nation(form))), None)


def author_role(setting: Setting) -> str:
    return "embassy officers" if setting.kind is Kind.CABLE and setting.home == "US" else ""


# What headings and telegrams write for a post.
SHORT = {
    "pm": "prime minister",
    "fm": "foreign minister",
    "dfm": "deputy foreign minister",
    "mod": "minister defense",
    "dcm": "deputy chief mission",
    "cda": "charge d affaires",
    "polcouns": "political counselor",
    "econcouns": "economic counselor",
    "emboff": "embassy officer",
    "poloff": "political officer",
    "econoff": "economic officer",
    "conoff": "consular officer",
    "pao": "public affairs officer",
    "rso": "regional security officer",
}


def _content(role: str) -> set[str]:
    words = re.findall(r"[a-zà-ÿ]+", SERVES.sub("", role).lower())
    return (
        {part for word in words for part in SHORT.get(word, word).split()}
        - {"of", "the", "for", "and", "to", "a", "s"}
        - HONORIFICS
    )


def resolve(doc: Doc, references: list[Reference]) -> tuple[list[Party], list[Mention]]:
    """The parties of a document, and where it speaks of each; ``references`` in order, none inside another."""
    setting: Setting = doc._.setting
    cast = Cast(references, setting)
    mentions: list[Mention] = []
    body = next((part.start for part in doc._.flow.segments if part.label is Label.BODY), 0)
    for reference in references:
        party = cast.of(reference)
        if party is None:
            continue
        if reference.name and not COUNTERPARTS.isdisjoint(reference.titles):
            _like_the_other(cast, mentions, party)
        first_person = reference.own and doc[reference.start].lower_ in FIRST_PERSON
        named_own = not reference.name and (first_person or not reference.titles)
        start = reference.start
        floor = mentions[-1].end if mentions else 0
        while start > floor and doc[start - 1].lower_ in DETERMINERS:
            start -= 1
        if reference.name and doc[start].idx >= body:
            start = _epithet(doc, start, floor)
        mentions.append(Mention(start, reference.end, party, reference.possessive, pronoun=named_own))
    _turns(doc, cast, mentions)
    titled = setting.kind is not Kind.NEWS and _author_of_title(doc, cast, mentions)
    if not titled and cast.author is not None and setting.kind in {Kind.MEMCON, Kind.OTHER}:
        _author_of_signature(doc, cast, mentions)
    mentions += _pronouns(doc, cast.parties, mentions)
    return cast.parties, sorted(mentions, key=lambda each: each.start)


def _like_the_other(cast: Cast, mentions: list[Mention], party: int) -> None:
    """Someone's counterpart holds the post of whom the text named before, and in another country."""
    other = next((cast.parties[each.party] for each in reversed(mentions[-MOST_BETWEEN:]) if each.party != party), None)
    if other is None or not (other.name and other.role):
        return
    counterpart = cast.parties[party]
    other.across = other.across or counterpart.country
    if not counterpart.role and counterpart.country != other.country:
        counterpart.role = other.role


def _turns(doc: Doc, cast: Cast, mentions: list[Mention]) -> None:
    """In a paragraph that begins with who speaks ("President Lund: …"), "I" is the speaker."""
    at = 0
    for segment in doc._.flow.segments:
        if segment.label is Label.HEADER:
            continue
        while at < len(mentions) and doc[mentions[at].start].idx < segment.start:
            at += 1
        if at == len(mentions):
            return
        first = mentions[at]
        opens = not doc._.flow.text[segment.start : doc[first.start].idx].strip("\"'“(- ")
        if not opens or first.pronoun or first.end >= len(doc) or doc[first.end].text != ":":
            continue
        while at < len(mentions) and doc[mentions[at].start].idx < segment.end:
            if cast.parties[mentions[at].party].own and doc[mentions[at].start].lower_ in ALONE:
                mentions[at] = replace(mentions[at], party=first.party)
            at += 1


def _epithet(doc: Doc, start: int, floor: int) -> int:
    """Where the capitalised words before a title or a name begin that belong to it: "Administration Police Commander Ann Reed"."""
    first = start
    while first > max(floor, start - LONGEST_EPITHET):
        word = doc[first - 1]
        opens = word.is_sent_start and first == start
        if not word.is_alpha or word.is_lower or word.ent_type_ or opens or word.whitespace_ != " ":
            break
        first -= 1
    return first


AUTHORED = re.compile(
    r"\b(?:notes?|records?|minutes?|memorandum|memoranda|report|extract|account)\b.{0,60}?\bby\s*$", re.IGNORECASE
)

# "50 Ballard to Department of External Affairs", "Letter from Bruce to Casey", "12. Memorandum From Secretary Hale to …".
SENDER = re.compile(
    r"\s*\d*\.?\s*(?:(?:cablegram|letter|telegram|memorandum|savingram|note|despatch|message|minute|submission)(?:\[\d+\])?(?:\s+from|,)\s+(?:the\s+)?(?:president['’]s\s+)?)?"
    r"(?:(?:sir|mr|mrs|miss|dr|lord)\.?\s+)?",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"\)?(?:,[^,]{3,80})?,?\s+to\s", re.IGNORECASE)


# A paper's last line: "[A. B. SHAW] Australian High Commissioner".
SIGNED = re.compile(
    r"(?:\W*(?:sgd\.?|signed|(?:i am|i remain|believe me|with [a-z ]+),?|yours? (?:[a-z]+ ?){1,3},?))*\W*",
    re.IGNORECASE,
)
WITHIN_POSTS = frozenset({"of", "for", "to", "the", "and", "in"})
LONGEST_SIGNATURE = 80  # characters


def _author_of_title(doc: Doc, cast: Cast, mentions: list[Mention]) -> bool:
    """ "Record of Conversation by Shaw": who says "I" in it."""
    for segment in doc._.flow.segments[:3]:
        if segment.label is not Label.HEADING:
            continue
        for mention in mentions:
            first = doc[mention.start].idx
            if first >= segment.end:
                break
            if first < segment.start or not cast.parties[mention.party].name:
                continue
            last = doc[mention.end - 1].idx + len(doc[mention.end - 1])
            if AUTHORED.search(doc._.flow.text[segment.start : first]) or (
                SENDER.fullmatch(doc._.flow.text[segment.start : first])
                and ADDRESSED.match(doc._.flow.text[last : segment.end])
            ):
                _addressed(doc, cast, mentions, segment, last)
                _write(cast, mentions, mention.party)
                return True
    return False


def _addressed(doc: Doc, cast: Cast, mentions: list[Mention], title: Segment, sender_ends: int) -> None:
    """ "Letter from Shaw to Lund": "you" in it is whom it is written to, if it says who that is."""
    reader = next((each for each in mentions if sender_ends <= doc[each.start].idx < title.end), None)
    if reader is None or not cast.parties[reader.party].name:
        return
    cast.parties[reader.party].addressed = True
    taken = {each.start for each in mentions}
    mentions += [
        Mention(token.i, token.i + 1, reader.party, pronoun=True)
        for token in doc
        if token.lower_ == "you" and token.i not in taken and token.idx >= title.end
    ]
    mentions.sort(key=lambda each: each.start)


def _author_of_signature(doc: Doc, cast: Cast, mentions: list[Mention]) -> None:
    """The name that stands alone below the text, with the post after it, is of who says "I" in it."""
    for n in range(len(mentions) - 1, max(len(mentions) - 4, -1), -1):
        mention, first = mentions[n], doc[mentions[n].start].idx
        segment = next((each for each in doc._.flow.segments[-2:] if each.start <= first < each.end), None)
        if segment is None:
            return
        party = cast.parties[mention.party]
        if not party.name or segment.end - segment.start > LONGEST_SIGNATURE or segment.field:
            continue
        below = re.findall(r"\w+", doc._.flow.text[first + len(doc[mention.start : mention.end].text) : segment.end])
        if not all(word[0].isupper() or word in WITHIN_POSTS for word in below):
            continue
        if not SIGNED.fullmatch(doc._.flow.text[segment.start : first]):
            continue
        post = cast.parties[mentions[n + 1].party] if n + 1 < len(mentions) else None
        if post and post.role and not post.name and not post.group:
            party.role, party.country = party.role or post.role, party.country or post.country
        _write(cast, mentions, mention.party)
        return


def _write(cast: Cast, mentions: list[Mention], n: int) -> None:
    """Makes the n-th party the author: "I" is this one, of the government whose paper it is, unless that was written to it."""
    author, home = cast.parties[n], cast.setting.home
    received = cast.setting.kind is not Kind.CABLE and any(
        each.addressed and each.country == home for each in cast.parties
    )
    author.own, author.abroad = True, received
    author.country = author.country or (None if received else home)
    mentions[:] = [replace(each, party=n) if each.party == cast.author else each for each in mentions]


def _pronouns(doc: Doc, parties: list[Party], mentions: list[Mention]) -> list[Mention]:
    """ "He" is whom the sentence before is about: its first person that is not a possessive."""
    found: list[Mention] = []
    at = 0
    topic: int | None = None
    for sentence in doc.sents:
        inside = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            inside.append(mentions[at])
            at += 1
        heads = [
            each
            for each in inside
            if not each.possessive and not parties[each.party].group and not (parties[each.party].own and each.pronoun)
        ]
        pronouns = []
        for token in sentence:
            if token.lower_ in THIRD_PERSON and token.ent_type_ not in NO_PRONOUN:
                before = next((each.party for each in heads if each.end <= token.i), topic)
                if before is not None:
                    pronouns.append(Mention(token.i, token.i + 1, before, token.lower_ in POSSESSIVE, pronoun=True))
        found += pronouns
        first = min((*heads[:1], *pronouns[:1]), key=lambda each: each.start, default=None)
        if first is not None:
            topic = first.party
    return found
