"""Who is spoken of: references become parties of the document, and every later "Lavrov", "the Foreign Minister", "he" or
"poloff" a mention of one of them. Needs entities and sentence ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from meetings.nlp import roster
from meetings.nlp.annotations import Mention, Party
from meetings.nlp.cities import city
from meetings.nlp.components.attachment import HONORIFICS, Atom, Attacher, Reference, singular
from meetings.nlp.components.entities import COUNTERPART, post
from meetings.nlp.footnotes import Described, described
from meetings.nlp.incumbents import country_of, post_of
from meetings.nlp.names import Registry, same, tidy, tokens
from meetings.nlp.setting import Setting
from meetings.records import Kind, Label

LABELS = frozenset({"PERSON", "TITLE", "NORP", "GPE", "ORG"})
# Department of State usage: an embassy's people without a name.
OWN_STAFF = re.compile(
    r"\b(?:(?:pol|econ|emb|con|cons|lab|lega|sci|ref|polmil|pol-mil|est|cult|info)[ -]?(?:off|couns|chief|officer|counselor)s?|poloffs?|emboffs?|econoffs?|polcouns|econcouns|polchief|econchief|[AP]?DCM|A?/?DCM|charg[eé](?: d.affaires)?|RSO|PAO|legatt?|DATT|CODEL(?: [A-Z][a-z]+)?|mission (?:officers|director)|principal officer|consul general|(?:embassy|consulate|post|mission|USG|U\.S\.)(?: \w+)? (?:officers?|officials?|representatives?|staff|team)|(?:political|economic|consular|science|labor|public affairs|acting political|economic/political) (?:officers?|counsell?ors?|section chief|attach[eé]))\b",
    re.IGNORECASE,
)
GROUP_WORDS = r"(?:officials?|representatives?|counterparts?|leaders?|leadership|delegations?|negotiators?|diplomats?|authorities|ministers|experts|ambassadors|side|team|envoys?|lawmakers|parliamentarians|officers|businessmen|journalists)"
GROUP = re.compile(
    rf"(?:(?:senior|other|top|key|several|visiting|various|local|government|foreign|military|ministry|trade|its|high-level|political|opposition|security|intelligence)\s+|and\s+){{0,3}}{GROUP_WORDS}\b",
    re.IGNORECASE,
)
# Words that name nobody by themselves: "the Soviet side", "the leader".
VAGUE = frozenset({"side", "leader", "leaders"})
FIRST_PERSON = frozenset({"i", "me", "us", "we"})
THIRD_PERSON = frozenset({"he", "she", "his"})
POSSESSIVE = frozenset({"his"})
INDEFINITE = frozenset("a an any every no another each former new future some next potential".split())
# Words before a title or name that belong to it.
DETERMINERS = frozenset(
    "the our my their then then- visiting newly new acting former outgoing incoming current recently appointed".lower().split()
)
NEXT_TO = 2  # characters between someone and the footnote's mark: "Mr Lund, [3]"
LIST_OF_POSTS = 6  # words between "the Ambassadors of" and the last country of the list
# Posts that a country has one of: two people who share the title are of two countries.
SOLE = re.compile(r"(?i)\bpresident|prime minister|foreign minister|king\b|chancellor")


@Language.component("parties", requires=["doc.ents"], assigns=["doc._.parties", "doc._.mentions"])
def parties(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    setting: Setting = doc._.setting
    listed = list(enrolled(doc))
    others = [each for each in (*attached(doc), *staff(doc, setting)) if not _within(each, listed)]
    references = without_overlap(sorted([*listed, *others], key=lambda each: (each.start, -each.end, not each.own)))
    doc._.parties, doc._.mentions = resolve(doc, explained(doc, references), setting)
    return doc


def explained(doc: Doc, references: list[Reference]) -> list[Reference]:
    """The references with what footnotes say of those whom they name, and whom a note alone names ("of Canada [2]")."""
    if not doc._.flow.notes:
        return references
    ends = [_end(doc, each.end) for each in references]
    nations = {ent.end_char: ent for ent in doc.ents if ent.label_ in {"GPE", "NORP"}}
    named: list[Reference] = []
    for note in doc._.flow.notes:
        found = described(note.text, doc._.setting.nation)
        if found is None:
            continue
        at = bisect_right(ends, note.at) - 1
        reference = references[at] if at >= 0 and note.at - ends[at] <= NEXT_TO else None
        if reference is not None:
            _explain(reference, found)
        elif found.name and note.at in nations:
            nation = nations[note.at]
            before = references[at] if at >= 0 and nation.start - references[at].end <= LIST_OF_POSTS else None
            post_ = [singular(title) for title in before.titles] if before is not None and not before.name else []
            titles = post_ or ([found.role] if found.role else [])
            named.append(
                Reference(nation.start, nation.end, found.name, titles, doc._.setting.nation(nation.text), shared=True)
            )
    return sorted([*references, *named], key=lambda each: each.start)


def _end(doc: Doc, token: int) -> int:
    return doc[token - 1].idx + len(doc[token - 1])


def _explain(reference: Reference, found: Described) -> None:
    """Adds what a footnote says, unless it names another."""
    if found.name and reference.name and not same(*sorted((tokens(found.name), tokens(reference.name)), key=len)):
        return
    if found.name and not reference.name and len(found.name.split()) < 2:
        return
    reference.name = found.name or reference.name
    if not reference.name:
        return
    if found.role:
        told = [title for title in reference.titles if title.lower() not in HONORIFICS]
        known = {word for title in told for word in title.lower().split()}
        reference.titles = [found.role] if known <= set(found.role.lower().split()) else [*told, found.role]
    reference.country = found.country or reference.country
    reference.group = False


def enrolled(doc: Doc) -> Iterator[Reference]:
    """Whom a record's list of participants names: its lines say more surely than the recogniser who is who."""
    for entry in roster.listed(doc._.flow, doc._.setting.nation):
        span = doc.char_span(entry.start, entry.end, alignment_mode="expand")
        if span is not None:
            titles = [entry.role] if entry.role else []
            yield Reference(span.start, span.end, entry.name, titles, entry.country, determiner="the")


def _within(reference: Reference, listed: list[Reference]) -> bool:
    """Whether a reference overlaps one of a list, which is in order."""
    at = bisect_right(listed, reference.start, key=lambda each: each.start)
    before = at > 0 and listed[at - 1].end > reference.start
    return before or (at < len(listed) and listed[at].start < reference.end)


def attached(doc: Doc) -> list[Reference]:
    """References in each segment: a title at a paragraph's end is not the next paragraph's."""
    words = [token.lower_ for token in doc]
    atoms = [Atom(ent.label_, ent.start, ent.end, ent.text) for ent in doc.ents if ent.label_ in LABELS]
    found: list[Reference] = []
    run: list[Atom] = []
    breaks = [token.i for token in doc if token.is_space and "\n\n" in token.text]
    at = 0
    for atom in atoms:
        moved = False
        while at < len(breaks) and breaks[at] < atom.start:
            at, moved = at + 1, True
        if moved and run:
            found += Attacher(run, words, doc._.setting.nation).references()
            run = []
        run.append(atom)
    found += Attacher(run, words, doc._.setting.nation).references()
    for each in found:
        each.titles = [known.name if (known := post(title)) and known.exact else title for title in each.titles]
    return found


def staff(doc: Doc, setting: Setting) -> Iterator[Reference]:
    """Groups ("senior Egyptian officials"), an embassy's own people, and the first person."""
    text = doc._.flow.text
    if setting.home == "US" and setting.kind is Kind.CABLE:
        for match in OWN_STAFF.finditer(text):
            span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span:
                yield Reference(
                    span.start, span.end, titles=[match[0]], own=True, country=setting.home, determiner="the"
                )
    entities = {ent.end: ent for ent in doc.ents}
    for match in GROUP.finditer(text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if not span:
            continue
        before = entities.get(span.start) or entities.get(span.start - 1)
        if before is None and span.start and doc[span.start - 1].lower_ in {"with", "engage"}:
            if country := _visited(doc, span, setting):
                yield Reference(span.start, span.end, titles=[match[0]], country=country, group=True, determiner="the")
            continue
        if (
            before is None
            or before.label_ not in {"NORP", "GPE", "ORG"}
            or len(doc[before.end : span.start].text.strip("'’s ")) > 0
        ):
            continue
        country = setting.nation(before.text)
        if country or before.label_ == "ORG":
            body = None if country else before.text
            yield Reference(
                before.start,
                span.end,
                titles=[match[0]],
                country=country,
                organisation=body,
                group=True,
                determiner="the",
            )
    if setting.kind in {Kind.CABLE, Kind.MEMCON, Kind.OTHER}:
        for token in doc:
            if token.lower_ in FIRST_PERSON and (token.text != "US" and token.text != "i"):
                yield Reference(token.i, token.i + 1, own=True, country=setting.home, determiner="the")


def _visited(doc: Doc, span: Span, setting: Setting) -> str | None:
    """Of which country "officials" are: of the one that the sentence goes to ("In Vietnam, … will meet with officials")."""
    for ent in doc[span.sent.start : span.start].ents:
        if ent.label_ == "GPE" and ent.start and doc[ent.start - 1].lower_ in {"in", "to", "visit", "visited", "the"}:
            code = setting.nation(ent.text) or ((found := city(ent.text)) and found.country)
            if code and code != setting.home:
                return code
    return None


def without_overlap(references: list[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for each in references:
        if kept and each.start < kept[-1].end:
            if kept[-1].own and kept[-1].end == each.end:
                continue
            if kept[-1].name or (not each.name and kept[-1].end - kept[-1].start >= each.end - each.start):
                continue
            kept.pop()
        kept.append(each)
    return kept


class _Cast:
    """The document's parties while its references are read in order."""

    def __init__(self, references: list[Reference], setting: Setting) -> None:
        self.setting = setting
        self.registry = Registry(each.name for each in references if each.name)
        self.parties = [Party(name=name) for name in self.registry.groups]
        self.recent: dict[int, int] = {}  # party → order of its last mention
        self.clock = 0
        self.roles: dict[tuple[str, str | None], int] = {}
        self.author: int | None = None
        for each in references:  # what the document says of a person anywhere holds for all its mentions
            if each.name:
                self._learn(self._named(each), each)
        for party in self.parties:
            if party.country is None and not party.international:
                party.country = _of_body(party.organisation, setting) or country_of(party.name, party.role, setting.on)
            if not party.role or party.role == COUNTERPART:
                party.role = post_of(party.name, party.country, setting.on)
        if setting.kind is Kind.MEMCON:  # "the President" of a heading is the one of the list below it
            for each in references:
                if not each.name and each.role and each.country and not each.group and not each.own:
                    self._role(each)

    def of(self, reference: Reference) -> int | None:
        party = (
            self._named(reference)
            if reference.name
            else self._own(reference)
            if self._is_own(reference)
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

    def _is_own(self, reference: Reference) -> bool:
        return reference.own

    def _own(self, reference: Reference) -> int:
        title = reference.titles[-1] if reference.titles else ""
        if not title:
            if self.author is None:
                self.parties.append(
                    Party(role=_author_role(self.setting), country=self.setting.home, own=True, group=True)
                )
                self.author = len(self.parties) - 1
            return self.author
        key = (title.lower().rstrip("s"), self.setting.home)
        if key not in self.roles:
            self.parties.append(Party(role=title, country=self.setting.home, own=True))
            self.roles[key] = len(self.parties) - 1
        return self.roles[key]

    def _role(self, reference: Reference) -> int | None:
        """A role alone: the person of that role last spoken of, else anyone of that role, else a party without a name."""
        role = reference.role or " and ".join(reference.titles)
        wanted = _content(role)
        if not wanted or (reference.determiner in INDEFINITE and not reference.group):
            return None
        if not reference.group:
            ambassador = wanted == {"ambassador"} and self.setting.kind is Kind.CABLE and not reference.country
            fitting = [
                party
                for party in range(len(self.parties))
                if self.parties[party].name
                and wanted <= _content(self.parties[party].role)
                and (not reference.country or self.parties[party].country in {None, reference.country})
                and (not ambassador or self.parties[party].country in {None, self.setting.home})
                and not (len(wanted) == 1 and wanted & {"president"} and "vice" in self.parties[party].role.lower())
            ]
            if fitting:
                return max(fitting, key=lambda party: (self.recent.get(party, 0), -party))
        if wanted <= VAGUE:
            return None
        words = " ".join(sorted(wanted))
        if not reference.country and not reference.group:  # "the President" of a list, who has no name in it
            alike = [party for (role_words, _), party in self.roles.items() if role_words == words]
            if alike:
                return max(alike, key=lambda party: (self.recent.get(party, 0), -party))
        key = (words, reference.country)
        if key not in self.roles:
            country = reference.country
            if not country and wanted == {"ambassador"} and self.setting.kind is Kind.CABLE:
                country = self.setting.home
            self.parties.append(
                Party(role=role, country=country, organisation=reference.organisation, group=reference.group)
            )
            self.roles[key] = len(self.parties) - 1
        return self.roles[key]


def _of_body(organisation: str | None, setting: Setting) -> str | None:
    """The country that the name of a state's own body begins or ends with: "GDR State Council", "Ministry of Trade of Chile"."""
    if not organisation:
        return None
    words = organisation.split()
    endings = [organisation[found.end() :] for found in re.finditer(r" of (?:the )?", organisation)]
    forms = [organisation, " ".join(words[:2]), words[0], *endings]
    return next((code for form in forms if (code := setting.nation(form))), None)


def _author_role(setting: Setting) -> str:
    return "embassy officers" if setting.kind is Kind.CABLE and setting.home == "US" else ""


def _content(role: str) -> set[str]:
    return set(re.findall(r"[a-zà-ÿ]+", role.lower())) - {"of", "the", "for", "and", "to", "a", "s"} - HONORIFICS


def resolve(doc: Doc, references: list[Reference], setting: Setting) -> tuple[list[Party], list[Mention]]:
    cast = _Cast(references, setting)
    mentions: list[Mention] = []
    for reference in references:
        party = cast.of(reference)
        if party is None:
            continue
        named_own = not reference.name and not reference.titles
        start = reference.start
        floor = mentions[-1].end if mentions else 0
        while start > floor and doc[start - 1].lower_ in DETERMINERS:
            start -= 1
        mentions.append(Mention(start, reference.end, party, reference.possessive, pronoun=named_own))
    _author_of_title(doc, cast, mentions)
    mentions += _pronouns(doc, cast.parties, mentions)
    return cast.parties, sorted(mentions, key=lambda each: each.start)


AUTHORED = re.compile(
    r"\b(?:notes?|records?|minutes?|memorandum|memoranda|report|extract|account)\b.{0,60}?\bby\s*$", re.IGNORECASE
)

# "50 Ballard to Department of External Affairs", "Letter from Bruce to Casey".
SENDER = re.compile(
    r"\s*\d*\s*(?:(?:cablegram|letter|telegram|memorandum|savingram|note|despatch)\s+from\s+)?", re.IGNORECASE
)
ADDRESSED = re.compile(r"(?:,[^,]{3,80},?)?\s+to\s", re.IGNORECASE)


def _author_of_title(doc: Doc, cast: _Cast, mentions: list[Mention]) -> None:
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
                author = cast.parties[mention.party]
                author.own, author.country = True, author.country or cast.setting.home
                if cast.author is not None:
                    for at, each in enumerate(mentions):
                        if each.party == cast.author:
                            mentions[at] = replace(each, party=mention.party)
                return


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
            if token.lower_ in THIRD_PERSON:
                before = next((each.party for each in heads if each.end <= token.i), topic)
                if before is not None:
                    pronouns.append(Mention(token.i, token.i + 1, before, token.lower_ in POSSESSIVE, pronoun=True))
        found += pronouns
        first = min((*heads[:1], *pronouns[:1]), key=lambda each: each.start, default=None)
        if first is not None:
            topic = first.party
    return found
