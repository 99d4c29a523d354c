"""Parties whom a text does not name: "senior Egyptian officials", "the leaders of Iran and Turkey", "poloff", "we"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from meetings.nlp.attachment import Reference, singular
from meetings.nlp.cities import city
from meetings.nlp.setting import Setting
from meetings.nlp.spans import entities_in
from meetings.records import Kind

# Department of State usage: an embassy's people without a name.
OWN_STAFF = re.compile(
    r"\b(?:(?:pol|econ|emb|con|cons|lab|lega|sci|ref|polmil|pol-mil|est|cult|info)[ -]?(?:off|couns|chief|officer|counselor)s?|poloffs?|emboffs?|econoffs?|polcouns|econcouns|polchief|econchief|[AP]?DCM|A?/?DCM|charg[eé](?: d.affaires)?|RSO|PAO|CDA|legatt?|DATT|(?:def|arm|nav|air|ag|lab|mil|comm|cult|fin)[ -]?att|refcoord|prinoff|(?:political|economic|econ|pol|consular|commercial|labor) (?:assistant|specialist)s?|FSN|(?:CODEL|STAFFDEL)(?: (?-i:(?!On\b|Jan|Feb|Mar(?:ch|\b)|Apr(?:il|\b)|May\b|June?\b|July?\b|Aug(?:ust)?\b|Sept|Oct|Nov|Dec)(?:Mc|Mac|De|Van )?[A-Z][a-z]{2,}))?|mission (?:officers|director)|principal officer|consul general|(?:embassy|consulate|post|mission|USG|U\.S\.)(?: \w+)? (?:officers?|officials?|representatives?|staff|team)|(?:political|economic|consular|science|labor|public affairs|acting political|economic/political) (?:officers?|counsell?ors?|section chief|attach[eé])|(?:pol|econ|political|economic)[/-](?:econ|pol|mil|economic|political|military)[ -]?(?:offs?|officers?|couns|counsell?ors?|(?:section )?chief)|(?:pol|econ|political|economic|consular) (?:section )?chief|(?:petroleum|agricultural|minerals|legal|treasury|customs|commercial) attach[eé]|(?-i:[A-Z]{2,5}(?:[-/][A-Z]{2,5})?) attach[eé]s?)\b",
    re.IGNORECASE,
)
# Of a cable on legislators or their staff who came, "the delegation" is theirs.
DELEGATION = re.compile(r"(?i)\b(?:codel|staffdel|congressional (?:staff )?delegation)\b")
DELEGATED = re.compile(r"(?<=\b[Tt]he )(?:delegation|group|visitors|staffers)\b(?! of\b| from\b)", re.IGNORECASE)
GROUP_WORDS = r"(?:officials?|representatives?|counterparts?|leaders?|leadership|delegations?|delegates?|negotiators?|diplomats?|authorities|ministers|presidents|experts|ambassadors|side|team|envoys?|lawmakers|parliamentarians|officers|businessmen|businesspeople|journalists|activists|academics|executives|politicians|legislators|editors|directors|bankers|clergy|professionals|entrepreneurs|civil society|(?:permanent )?heads|members of (?:parliament|congress|the (?:\w+ ){0,2}(?:committee|opposition|government|cabinet|parliament|assembly|legislature)))"
GROUP = re.compile(
    rf"\b(?:(?:senior|other|regional|top|key|several|visiting|various|local|government|deputy|prime|foreign|defen[cs]e|military|ministry|ministerial|parliamentary|trade|economic|technical|official|diplomatic|negotiating|its|high-level|political|opposition|security|intelligence|police|women|youth|business|media|community|religious|civil society)\s+|and\s+){{0,3}}{GROUP_WORDS}\b",
    re.IGNORECASE,
)
# Groups of several states or of a region, which no country stands beside.
REGION = r"(?:(?:East |West |Eastern |Western |Central |South |North |Latin )?(?:Europe(?:an)?|(?:Afric|Asi|Americ)an?|Arab|Caribbean)|Gulf|Western|Nordic|Baltic|Balkan|[Aa]llied|[Rr]egional|[Ff]oreign|Pacific(?: Islands?)?|Quad|[GP]-?\d{1,2}(?:\+1)?|E-?3|EU|NATO|ASEAN|CARICOM|GCC|OAS)"
SEVERAL = r"(?:leaders|ministers|counterparts|ambassadors|partners|envoys|heads of (?:state|government|mission))"
REGIONAL = re.compile(
    rf"\b(?:(?:other|fellow|key|several|senior)\s+){{0,2}}{REGION}\s+(?:(?:foreign|defen[cs]e|prime|finance)\s+)?{SEVERAL}\b"
    rf"|\b{SEVERAL} (?:of|from) (?:the )?{REGION}\b"
)
OF = frozenset({"of", "from"})
NATIONS = frozenset({"NORP", "GPE"})
LIST = frozenset({",", "and", "&", "-", "–", ", and"})
GOVERNMENT = frozenset({"the", "government", "governments", "of"})  # "officials from the Governments of …"
# Of these a country has one, so that several are of several countries: "the leaders of Iran and Turkey".
ONE_EACH = re.compile(r"(?i)\b(?:leaders|ministers|presidents|ambassadors|delegates|counterparts)$")
EACH = "each"  # stands for the determiner of one of several
WITH = frozenset({"with", "engage"})
WITHIN = frozenset({"with", "for"})
MEETING = frozenset(
    "met meet meets meeting meetings lunch dinner breakfast talks discussion discussions conversation conversations spoke talked roundtable".split()
)
LONGEST_EPITHET = 6  # words between "with" and a group: "with a number of leading opposition figures"
TOWARDS = frozenset({"in", "to", "visit", "visited", "the"})
FAR = 60  # words before a group within which the text goes to its country
FIRST_PERSON = frozenset({"i", "me", "myself", "us", "we"})
ALONE = frozenset({"i", "me", "myself"})
# Remarks that a release gives word for word: "SECRETARY LUND:  Thank you all."
SPEAKER = re.compile(
    r"(?m)^\s*(?i:(?:[a-z]+ )?(?:secretary|president|minister|ambassador|chancellor|commissioner|senator|administrator|envoy|mr|ms|mrs|dr)\.?)"
    r"(?: [A-Z][\w.'’-]*){1,4}: "
)


def unnamed(doc: Doc) -> Iterator[Reference]:
    """References to groups, to an embassy's own people, and of the first person; not in order."""
    setting: Setting = doc._.setting
    if setting.home == "US" and setting.kind is Kind.CABLE:
        yield from own_staff(doc)
    yield from _groups(doc)
    for match in REGIONAL.finditer(doc._.flow.text) if setting.kind is not Kind.NEWS else ():
        if span := doc.char_span(match.start(), match.end(), alignment_mode="expand"):
            yield _group(span.start, span.end, match[0], None)
    spoken = setting.kind is Kind.READOUT and SPEAKER.search(doc._.flow.text)
    if spoken or setting.kind in {Kind.CABLE, Kind.MEMCON, Kind.OTHER}:
        for token in doc:
            if token.lower_ in (ALONE if spoken else FIRST_PERSON) and (token.text != "US" and token.text != "i"):
                head = [setting.head] if setting.head and token.lower_ in ALONE else []
                yield Reference(token.i, token.i + 1, titles=head, own=True, country=setting.home, determiner="the")


def own_staff(doc: Doc) -> Iterator[Reference]:
    text = doc._.flow.text
    sent = DELEGATED.finditer(text) if DELEGATION.search(text) else ()
    for match in (*OWN_STAFF.finditer(text), *sent):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span:
            yield Reference(
                span.start, span.end, titles=[match[0]], own=True, country=doc._.setting.home, determiner="the"
            )


def _groups(doc: Doc) -> Iterator[Reference]:
    entities = list(doc.ents)
    ends = {ent.end: n for n, ent in enumerate(entities)}
    starts = {ent.start: n for n, ent in enumerate(entities)}
    last: tuple[int, str | None] = (0, None)  # where the group before ends that "with" stands before, and its country
    for match in GROUP.finditer(doc._.flow.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if not span or (span.end in starts and entities[starts[span.end]].label_ == "PERSON" and not _several(span)):
            continue  # "the Soviet diplomat Ivan Orlov"
        before = ends.get(span.start, ends.get(span.start - 1))
        if before is not None and not _fits(doc, entities[before], span):
            before = None
        if before is not None:
            yield from _listed(doc, span, match[0], entities, before, forward=False)
        elif (after := _first_after(doc, span, starts)) is not None:
            yield from _listed(doc, span, match[0], entities, after, forward=True)
        elif country := _among(doc, span, last):
            last = (span.end, country)
            yield _group(span.start, span.end, match[0], country)
        elif doc._.setting.kind is Kind.CABLE and doc._.setting.host and (start := _met(doc, span)):
            end = _of_what(doc, span.end)
            yield _group(span.start, span.end, doc[start:end].text, doc._.setting.host)


def _among(doc: Doc, span: Span, before: tuple[int, str | None]) -> str | None:
    """Of which country a group is that somebody is with, or the next of a list of such groups."""
    if span.start and doc[span.start - 1].lower_ in WITH:
        return _visited(doc, span)
    end, country = before
    listed = end and span.start - end <= 1 and doc[end].lower_ in LIST
    return country if listed else None


def _several(span: Span) -> bool:
    return span[-1].lower_.endswith("s")


def _fits(doc: Doc, before: Span, span: Span) -> bool:
    between = doc[before.end : span.start].text.strip("'’s ")
    return before.label_ in {*NATIONS, "ORG"} and (not between or (between == "," and span[0].lower_ == "and"))


def _first_after(doc: Doc, span: Span, starts: dict[int, int]) -> int | None:
    """The first country of "officials of the …"."""
    if span.end + 1 >= len(doc) or doc[span.end].lower_ not in OF:
        return None
    at = span.end + 1
    while at < len(doc) and doc[at].lower_ in GOVERNMENT:
        at += 1
    return starts.get(at)


def _listed(
    doc: Doc, span: Span, words: str, entities: Sequence[Span], first: int, forward: bool
) -> Iterator[Reference]:
    """The group of each country of the list that stands before or after the word."""
    setting: Setting = doc._.setting
    found = [entities[first]]
    step = 1 if forward else -1
    while found[-1].label_ in NATIONS and 0 <= first + step < len(entities):
        first += step
        left, right = (found[-1], entities[first]) if forward else (entities[first], found[-1])
        gap = doc[left.end : right.start].text.strip().lower().removesuffix(" the")
        if entities[first].label_ not in NATIONS or gap not in LIST:
            break
        found.append(entities[first])
    countries = [setting.nation(ent.text) if ent.label_ in NATIONS else None for ent in found]
    each_one = len(found) > 1 and ONE_EACH.search(words)
    title = singular(words) if each_one else words
    for n, (ent, country) in enumerate(zip(found, countries, strict=True)):
        if ent.label_ == "ORG" and not forward and (code := setting.nation(ent.text)):
            country = code
        if country is None and ent.label_ != "ORG":
            continue
        start, end = (min(span.start, ent.start), max(span.end, ent.end)) if n == 0 else (ent.start, ent.end)
        determiner = EACH if each_one else "the"
        yield _group(start, end, title, country, None if country else ent.text, determiner)


def _group(
    start: int, end: int, title: str, country: str | None, body: str | None = None, determiner: str = "the"
) -> Reference:
    return Reference(start, end, titles=[title], country=country, organisation=body, group=True, determiner=determiner)


def _met(doc: Doc, span: Span) -> int | None:
    """Where the words begin that say whom an embassy's people meet with: those of the country where they are."""
    for at in range(span.start - 1, max(span.start - LONGEST_EPITHET, 1), -1):
        if doc[at].lower_ in WITHIN:
            return at + 1 if doc[at - 1].lower_ in MEETING or doc[at - 2].lower_ in MEETING else None
        if doc[at].is_punct or doc[at].ent_type_ in NATIONS:
            return None
    return None


def _of_what(doc: Doc, at: int) -> int:
    """Where "of the opposition" ends behind a group."""
    if at + 1 >= len(doc) or doc[at].lower_ not in OF:
        return at
    end = at + 1
    while (
        end < min(at + LONGEST_EPITHET, len(doc))
        and doc[end].is_alpha
        and doc[end].lower_ not in {"on", "in", "at", "to", "who", "and"}
    ):
        end += 1
    return end


def _visited(doc: Doc, span: Span) -> str | None:
    """Of which country "officials" are: of the one that the paragraph goes to last ("In Vietnam, … will meet with officials")."""
    setting: Setting = doc._.setting
    far = doc[max(span.start - FAR, 0) : span.start]
    start = max((token.i for token in far if "\n\n" in token.text), default=far.start)
    for ent in reversed(entities_in(doc, start, span.start)):
        if ent.label_ == "GPE" and ent.start and doc[ent.start - 1].lower_ in TOWARDS:
            code = setting.nation(ent.text) or ((found := city(ent.text)) and found.country)
            if code and code != setting.home:
                return code
    return None
