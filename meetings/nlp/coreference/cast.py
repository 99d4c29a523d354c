"""The people of one document: its references, read in order, become parties."""

from __future__ import annotations

import re
from dataclasses import replace

from meetings.nlp.annotations import Party
from meetings.nlp.attachment import Reference, singular
from meetings.nlp.coreference.couples import wives
from meetings.nlp.groups import EACH
from meetings.nlp.incumbents import country_of, has_head, post_of
from meetings.nlp.names import Registry, tidy
from meetings.nlp.posts import COUNTERPARTS, content_words
from meetings.nlp.setting import CAPITAL, Setting, endings
from meetings.records import Kind

OF_POSTS = frozenset({"ambassador", "charge", "chargé", "dcm"})
# Words that name nobody by themselves: "the Soviet side", "the leader".
VAGUE = frozenset({"side", "leader", "leaders"})
INDEFINITE = frozenset("a an any every no another each former new future some next potential".split())
DEFINITE = frozenset({"the", "this", "that"})
# A bare title that its deputies do not go by: "the President" is no Vice President.
HEADS = ({"president"}, {"secretary"})
DEPUTY = frozenset(
    {"vice", "deputy", "under", "assistant", "first", "second", "third", "private", "press", "general", "executive"}
)
LEADER = re.compile(r"(?i)(?:president|prime minister|premier|chancellor|king|queen|emir|amir|sultan)\b")
# Posts that a country has one of: two people who share the title are of two countries.
SOLE = re.compile(r"(?i)\bpresident|prime minister|foreign minister|king\b|chancellor")


class Cast:
    """The document's parties while its references are read in order."""

    def __init__(self, references: list[Reference], setting: Setting, above: int = 0) -> None:
        """``above``: how many of the references, which are in order, stand in headings above the text."""
        self.setting = setting
        self.registry = Registry((each.name for each in references if each.name), wives(references))
        self.parties = [Party(name=name) for name in self.registry.groups]
        self.recent: dict[int, int] = {}  # party → order of its last mention
        self.clock = 0
        self.roles: dict[tuple[str, str | None], int] = {}
        self.author: int | None = None
        self.untold: set[str] = set()  # of whom the text does not say the post
        # What the document says of a person anywhere holds for all its mentions. Headlines say it in the fewest words: of
        # "Lund, Chilean president meet" the comma is no apposition's.
        for each in (*references[above:], *references[:above]):
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
        if (
            key not in self.roles
            and (known := self._longer(content_words(title), self.setting.home, own=True)) is not None
        ):
            return known
        if key not in self.roles:
            self.parties.append(Party(role=title, country=self.setting.home, own=True))
            self.roles[key] = len(self.parties) - 1
        return self.roles[key]

    def _colleague(self, title: str) -> int | None:
        """The one of the author's side whom the text names with the title: "the Charge" is the Charge d'Affaires named."""
        wanted = content_words(title)
        fitting = [
            n
            for n, party in enumerate(self.parties)
            if party.name
            and party.country in {None, self.setting.home}
            and wanted
            and wanted <= content_words(party.role)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _role(self, reference: Reference) -> int | None:
        """A role alone: the person of that role last spoken of, else anyone of that role, else a party without a name."""
        role = reference.role or " and ".join(reference.titles)
        wanted = content_words(role)
        if not wanted or (reference.determiner in INDEFINITE and not reference.group):
            return None
        if not reference.group and (known := self._enrolled_post(wanted, reference)) is not None:
            return known
        # an American post's officers write of theirs; elsewhere the Ambassador says "I"
        ours = self._abroad() and self.setting.home == "US" and not reference.country
        ambassador = wanted == {"ambassador"} and ours
        if not reference.group:
            fitting = [
                party
                for party in range(len(self.parties))
                if self.parties[party].name
                and wanted <= content_words(self.parties[party].role)
                and not (reference.listed and party in self.enrolled)
                and (not reference.country or self.parties[party].country in {None, reference.country})
                and (self.parties[party].name not in self.untold or self._at_home(party, reference))
                and (not ambassador or self._heads(party))
                and not (wanted == {"minister"} and "prime" in content_words(self.parties[party].role))
                and not (
                    self._heading(wanted)
                    and wanted not in self._posts(party)
                    and (content_words(self.parties[party].role) - wanted) & DEPUTY
                )
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
                        len(wanted) > 1 and wanted in self._posts(party),
                        self.recent.get(party, 0),
                        content_words(self.parties[party].role) == wanted,
                        -party,
                    ),
                )
        if reference.country and (holder := self._holder(reference)) is not None:
            return holder
        if wanted <= VAGUE and reference.determiner != EACH:
            return self._leader(reference)
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
                    country=self.setting.home
                    if ambassador or self._of_capital(wanted, reference)
                    else reference.country,
                    organisation=reference.organisation,
                    group=reference.group,
                    own=ambassador,
                )
            )
            self.roles[key] = len(self.parties) - 1
        if reference.listed:
            self.posts.append(self.roles[key])
        return self.roles[key]

    @staticmethod
    def _heading(wanted: frozenset[str]) -> bool:
        """Whether nobody's deputy goes by a post: "the Secretary-General", but "the Minister" may be a Deputy Minister."""
        return wanted in HEADS or len(wanted) > 1

    def _posts(self, party: int) -> list[frozenset[str]]:
        """Words of each post that someone holds: of "Deputy Prime Minister and Foreign Minister" two."""
        role = self.parties[party].role
        return [content_words(each) for each in (role, *re.split(r" and |/", role))]

    def _enrolled_post(self, wanted: frozenset[str], reference: Reference) -> int | None:
        """Whom a list names by this post alone: who is called so, unless a country says otherwise."""
        fitting = [
            n
            for n in self.posts
            if wanted == content_words(self.parties[n].role) and reference.country in {None, self.parties[n].country}
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

    def _longer(self, wanted: frozenset[str], country: str | None, own: bool = False) -> int | None:
        """Who was last spoken of without a name by a longer title: "the director" is the director of the plant before."""
        fitting = [
            n
            for n in self.roles.values()
            if self.parties[n].own == own
            and not (self.parties[n].group and not own)
            and wanted < content_words(self.parties[n].role)
            and country in {None, self.parties[n].country}
            and not (content_words(self.parties[n].role) - wanted) & DEPUTY
        ]
        return max(fitting, key=lambda n: self.recent.get(n, 0), default=None)

    def _of_home(self, fitting: list[int], wanted: frozenset[str], reference: Reference) -> list[int]:
        """Of several whom "the President" may be, the paper's own: a release names others' with their names or countries;
        of a telegram who was named before, or who will be when none was."""
        if wanted not in HEADS or reference.country:
            return []
        if self._issues(reference):
            return [party for party in fitting if self.parties[party].country in {None, self.setting.home}]
        if self.setting.kind is not Kind.CABLE:
            return []
        own = [party for party in fitting if self.parties[party].country == self.setting.home]
        named = any(party in self.recent for party in own)
        return own if named or not any(party in self.recent for party in fitting) else []

    def _of_capital(self, wanted: frozenset[str], reference: Reference) -> bool:
        """Whether "the President" of a telegram is of the capital that it goes to: its host has none."""
        bare = wanted == {"president"} and not reference.country and self.setting.kind is Kind.CABLE
        return bare and has_head(self.setting.host or "", "President", self.setting.on) is False

    def _issues(self, reference: Reference) -> bool:
        """Whether "the President" of a release is its issuer's own, as long as no other has been named."""
        issued = self.setting.kind is Kind.READOUT and self.setting.home is not None
        return issued and not reference.country and reference.determiner in DEFINITE

    def _leader(self, reference: Reference) -> int | None:
        """Who "the Bolivian leader" is: the one whom the text names as that country's president or the like."""
        if reference.group or not reference.country or reference.determiner not in DEFINITE:
            return None
        heads = [
            n
            for n, party in enumerate(self.parties)
            if party.name and party.country == reference.country and LEADER.match(party.role)
        ]
        return heads[0] if len(heads) == 1 else None

    def _holder(self, reference: Reference) -> int | None:
        """Whom the text names as the one of a joint title: of "the Foreign Ministers of Egypt and Jordan"."""
        wanted = content_words(singular(reference.role))
        fitting = [
            n
            for n, party in enumerate(self.parties)
            if party.name and party.country == reference.country and SOLE.search(reference.role)
            if wanted <= content_words(party.role)
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
    forms = [organisation, " ".join(words[:2]), words[0], *endings(organisation)]
    return next((code for form in forms if (code := setting.nation(form))), None)


def author_role(setting: Setting) -> str:
    return "embassy officers" if setting.kind is Kind.CABLE and setting.home == "US" else ""
