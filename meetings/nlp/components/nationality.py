"""Whose someone is of whom the text does not say it: by the post, else by what the document makes likely."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from meetings.authorities import titles
from meetings.nlp.annotations import Mention, Party
from meetings.nlp.cities import city
from meetings.nlp.nationality import LEAST_LIKELY, Nationality
from meetings.nlp.setting import Setting
from meetings.nlp.spans import entities_in
from meetings.records import Kind

# Posts that only one state's people hold, when no nationality stands with them.
AMERICAN = re.compile(
    r"^secretary$|\bsecretary of (?:homeland security|defense|the treasury|treasury|commerce|energy|agriculture|transportation|the interior|labor|education|veterans affairs|health and human services)\b|\b(?<!under-)(?:secretary of state(?! for)|(?:under|assistant|asst\.?|deputy|(?:principal )?deputy (?:assistant|asst\.?)) secretary(?: of state)?|senator|congress(?:man|woman|ional delegation)|national security advis[eo]r|attorney general|codel|staffdel|u\.s\.|usaid|deputy secretary)\b(?![ -]general)",
    re.IGNORECASE,
)


# Posts of an embassy's own people and of those whom their capital sends, when a cable names them without a country.
OWN_POST = re.compile(
    r"(?i)^(?:the )?(?:(?:deputy|acting) )*(?:ambassador|high commissioner|amb\.?|consul general|charg|dcm|deputy chief of mission|principal officer|(?:u\.s\. )?representative$|special (?:presidential )?(?:envoy|representative)|(?:political|economic|consular|public affairs|science|labor) (?:officer|counsel))"
)

# Bodies of the United States that its papers name without saying so.
AMERICAN_BODY = re.compile(
    r"\b(?:U\.?S\.?(?!S)|American|Federal|Congress\w*|White House|State Department|Pentagon|Department of (?:State|Energy|Defense|Justice|Commerce|Agriculture|Labor|Transportation|Homeland Security|the (?:Treasury|Interior))|(?:Transportation Security|Drug Enforcement|Food and Drug) Administration|USAID|USTR|FBI|CIA|DEA|DHS|TSA|FAA|FDA|EPA|NASA|NOAA|NAS|INL|NSC|NIH|CDC|EXIM|OPIC|CENTCOM|EUCOM|AFRICOM|PACOM|SOUTHCOM)\b"
)
# Its offices and bureaus, by which its lists of participants call those who sit in them.
AMERICAN_OFFICE = re.compile(
    r"(?:.*, )?(?:State|Defense|Treasury|Commerce|Agriculture|Justice|JCS|CIA|NSC|AID|USIA|INR|OSD|OMB|ACDA|NEA|EUR|ARA|EA|AF|IO|EB|S/S|S/P|H|L)(?:[/-][A-Z]+)*(?: Staff)?"
)
# Posts whose holders a paper on one country need not call that country's.
FOREIGN_POST = re.compile(
    r"(?i)^(?:(?:deputy|vice|acting) )*(?:ambassador|(?:foreign|prime) minister|minister|foreign secretary|president|premier|chancellor)\b"
)
# By which officials write of their own minister to each other.
OWN_MINISTERS = frozenset({"minister", "prime minister"})
# Posts of a government, a parliament or a court.
NATIONAL_POST = re.compile(
    r"(?i)(?:(?:deputy|vice|acting|interim|caretaker|first|state|senior|assistant|crown|foreign|permanent|under|commerce|defen[cs]e) |under-?)*"
    r"(?:(?:[a-z-]+ ){0,4}ministers?\b|president\b(?! of the (?!republic|congress|council of ministers|senate|chamber|national assembly|government))|premier\b|prince\b|king\b|queen\b|[ae]mir\b|sultan\b"
    r"|(?:[a-z-]+ ){0,3}(?:speaker|governor|mayor)\b|(?:[a-z-]+ ){0,3}secretary\b(?![ -]general)|national security advis|(?:parliament|national assembly|house|senate) chair\w*|chief of (?:[a-z]+ )?staff)"
)
# "A Tajik delegation led by …"
LEADING = re.compile(
    r",? (?:(?:which|that) (?:is|was) )?(?:led|headed|headed up|chaired) by(?: the| its| his| her)?\s?"
)
# "Counsellor Lund [1] called on me this week", "I saw Reed today": those of one's own side are not met so.
ADVERBS = r"(?:(?:have|has|had|also|again|later|then|just|today|yesterday|immediately) )*"
CALLS = re.compile(
    rf"(?i)(?: ?\[\d+\])?,? {ADVERBS}"
    r"(?:called (?:up)?on|called to see|came (?:in )?to see|asked to see|sent for|received) (?:the )?"
)
SEES = re.compile(
    rf"(?i) {ADVERBS}(?:called (?:up)?on|saw|seen|met(?: with)?|(?:lunched|dined|breakfasted|spoke|spoken|talked) (?:with|to)"
    r"|had (?:an? )?(?:\w+ )?(?:talks?|conversations?|discussions?|interview|lunch|dinner|word) with) (?:the )?"
)
STATE_MINISTER = re.compile(r"(?i)\bminister\b(?![ -]couns)")
# Of an international body, not of a state.
OF_A_BODY = re.compile(r"(?i)(?:(?:deputy|acting|assistant|under-?|former) ?)*secretary[ -]general")
# Officers come from anywhere.
RANK = re.compile(
    r"(?i)(?:(?:lieutenant|brigadier|major|rear|vice) )*(?:general|admiral|colonel|captain|commander|major)"
)
MOSTLY = 0.6  # share of all mentions of foreign countries
# Many states have them: of whose a telegram from abroad speaks, its words and the name must tell.
LEGISLATOR = re.compile(r"(?i)(?:federal )?(?:senator|congress(?:man|woman|member))")
# Of whom a release speaks without their name.
HEADS_OF_HOME = frozenset({"President", "Vice President"})
# Of whom one of a state whose government a prime minister leads does.
HEAD_OF_GOVERNMENT = "Prime Minister"
# Posts that the United States do not have: whom its release names by one is not of its own side.
UNAMERICAN = re.compile(
    r"(?i)\b(?:\w+ minister\b(?![ -]couns)|minister (?:of|for)|premier|chancellor|taoiseach|king|queen|(?:crown )?prince(?:ss)?|emir|amir|sultan|sheikh|foreign secretary)\b"
)
# Holders of posts at home with whom a release's president speaks.
DOMESTIC = re.compile(r"(?i)\b(?:governors?|mayors?|tribal leaders?|attorneys? general|families|family)\b")


@Language.component("nationality", requires=["doc._.parties", "doc._.mentions"], assigns=["doc._.parties"])
def nationality(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    setting: Setting = doc._.setting
    _as_listed(doc)
    _as_led(doc)
    _as_calling(doc)
    visited = _visited(doc)
    leading = _leading(doc._.parties, doc._.mentions, setting)
    other = _other_side(doc)
    for number, party in enumerate(doc._.parties):
        of_state = AMERICAN.search(party.role) or (setting.kind is Kind.NEWS and not party.international)
        if party.country is None and (not party.organisation or of_state):
            party.country = visited.get(number) or _by_default(party, setting, number in leading)
            if party.country is None and not (party.name or party.group) and FOREIGN_POST.match(party.role):
                own = setting.kind is Kind.OTHER and party.role.lower() in OWN_MINISTERS
                party.country = setting.home if own else other
    _likely(doc)
    return doc


def _as_listed(doc: Doc) -> None:
    """An American list that no headings part names one side's people below each other: after a guest comes his company."""
    setting: Setting = doc._.setting
    lists = [(each.start, each.end) for each in doc._.flow.segments if each.field == "participants"]
    at, last = 0, None
    for mention in doc._.mentions if len(lists) > 1 and setting.home == "US" else ():
        offset = doc[mention.start].idx
        while at < len(lists) and lists[at][1] <= offset:
            at += 1
        if at == len(lists):
            return
        if offset < lists[at][0] or mention.pronoun:
            continue
        party: Party = doc._.parties[mention.party]
        if _american(party, setting):
            party.country = party.country or "US"
        if party.country is None and last not in {None, setting.home} and not party.international:
            party.country = last
        last = party.country


def _as_led(doc: Doc) -> None:
    """Whoever leads a nation's delegation is of it."""
    said = [each for each in doc._.mentions if not each.pronoun]
    for group, leader in pairwise(said):
        side, party = doc._.parties[group.party], doc._.parties[leader.party]
        if not (side.group and side.country and party.name and not party.country):
            continue
        if LEADING.fullmatch(doc[group.end - 1 : leader.start].text_with_ws[len(doc[group.end - 1]) :]):
            party.country = side.country


def _as_calling(doc: Doc) -> None:
    """Whoever calls on the author, or whom the author sees, is not of the author's country."""
    home = doc._.setting.home
    for one, other in pairwise(doc._.mentions):
        first, second = doc._.parties[one.party], doc._.parties[other.party]
        if not home or first.own == second.own:
            continue
        between = doc[one.end : other.start].text_with_ws
        if (SEES if first.own else CALLS).fullmatch(doc[one.end - 1].whitespace_ + between):
            guest = second if first.own else first
            guest.across = guest.across or home


def _american(party: Party, setting: Setting) -> bool:
    """Whether the post or body that the text names is the United States' without a word of it."""
    if setting.home not in {None, "US"}:
        return False
    body = party.organisation or ""
    offices = (AMERICAN_OFFICE.fullmatch(each) for each in (party.role, body.upper() if "/" in body else body))
    return bool(
        AMERICAN.search(party.role) or (party.organisation and AMERICAN_BODY.search(party.organisation)) or any(offices)
    )


def _other_side(doc: Doc) -> str | None:
    """The country that most of a government's paper is about, besides its own: whose "the Foreign Minister" in it is."""
    setting: Setting = doc._.setting
    if not setting.home or setting.kind not in {Kind.MEMCON, Kind.OTHER, Kind.CABLE}:
        return None
    said = Counter(setting.nation(ent.text) for ent in doc.ents if ent.label_ in {"GPE", "NORP"})
    del said[None], said[setting.home]
    country, times = max(said.items(), key=lambda pair: pair[1], default=(None, 0))
    return country if times >= MOSTLY * said.total() else None


def _likely(doc: Doc) -> None:
    unknown = [
        n
        for n, party in enumerate(doc._.parties)
        if party.name and not (party.country or party.international) and not OF_A_BODY.fullmatch(party.role)
    ]
    if unknown:
        evidence = Nationality(doc)
        found = {n: evidence.likely(n) for n in unknown}
        for n, likely in found.items():
            likely.pop(doc._.parties[n].across, None)
            if doc._.setting.home == "US" and UNAMERICAN.search(doc._.parties[n].role):
                likely.pop("US", None)
            doc._.parties[n].likely = likely
            best = max(likely, key=likely.get, default=None)
            doc._.parties[n].country = best if best and likely[best] >= LEAST_LIKELY else None


def _visited(doc: Doc) -> dict[int, str]:
    """Of a release's ministers and presidents without a country, the one whose city or land their sentence speaks of:
    "In Dili, she called on President Lund".
    """
    setting: Setting = doc._.setting
    if setting.kind is not Kind.READOUT or not setting.home:
        return {}
    found: dict[int, str] = {}
    at = 0
    for sentence in doc.sents:
        inside = []
        while at < len(doc._.mentions) and doc._.mentions[at].start < sentence.end:
            inside.append(doc._.mentions[at].party)
            at += 1
        visited = [
            n
            for n in inside
            if n != inside[0]  # who visits
            and (FOREIGN_POST.match(doc._.parties[n].role) or STATE_MINISTER.search(doc._.parties[n].role))
        ]
        if not visited:
            continue
        lands = {
            setting.nation(ent.text) or ((known := city(ent.text)) and setting.then(known.country))
            for ent in entities_in(doc, sentence.start, sentence.end)
            if ent.label_ in {"GPE", "NORP"}
        } - {None, setting.home}
        if len(lands) == 1:
            for n in visited:
                found.setdefault(n, *lands)
    return found


def _leading(parties: list[Party], mentions: list[Mention], setting: Setting) -> set[int]:
    """Whom a text names before anyone foreign: in a readout the issuer's own side comes first."""
    found: set[int] = set()
    for mention in mentions:
        party = parties[mention.party]
        if (party.country or party.organisation) and party.country != setting.home:
            break
        if party.name:
            found.add(mention.party)
    return found


def _by_default(party: Party, setting: Setting, leads: bool) -> str | None:
    """The country of someone with a post whose nationality the text leaves unsaid because its readers know it."""
    if party.own:
        return None if party.abroad else setting.home
    title = titles.lookup(party.role)
    if title and title.country not in {"", "US"}:
        return title.country
    if setting.kind is Kind.CABLE and LEGISLATOR.fullmatch(party.role):
        return None
    american = _american(party, setting)
    if american and (party.organisation or not party.abroad):
        return "US"
    if not party.role or party.abroad:
        return None
    if setting.kind is Kind.NEWS:
        return setting.host if NATIONAL_POST.match(party.role) else None
    if setting.kind is Kind.CABLE:
        found = setting.home if OWN_POST.match(party.role) else None if RANK.fullmatch(party.role) else setting.host
        return None if found == party.across else found
    if OF_A_BODY.search(party.role):
        return None
    if setting.kind is Kind.READOUT:
        heads = HEADS_OF_HOME if setting.home == "US" else HEADS_OF_HOME | {HEAD_OF_GOVERNMENT}
        own = DOMESTIC.search(party.role) or (party.role in heads and not party.name)
        ours = leads and not (setting.home == "US" and UNAMERICAN.search(party.role))
        return setting.home if ours or own else None
    sent_home = setting.kind is Kind.OTHER and setting.home and setting.host not in {None, setting.home}
    if (setting.kind is Kind.MEMCON or (sent_home and not party.name)) and not re.search(
        r"(?i)ambassador|high commissioner|charg|attach|envoy|consul|counsell?or|\b(?:first|second|third) secretary",
        party.role,
    ):
        return setting.host or setting.home
    return None


def of_their_bodies(parties: list[Party], setting: Setting) -> None:
    """Gives people of a state's own body ("of the Ministry of Trade") the country that a post alone would have.

    For when the meetings are told: two ministries of unknown country are two sides, of one country none.
    """
    for party in parties:
        if party.country is None and party.organisation and not party.international:
            party.country = _by_default(party, setting, leads=False)
