"""Whose someone is of whom the text does not say it: every country that a document speaks of, weighed.

A record names its own people and those whom its readers know without their country. What tells it is where the paper comes
from and was written, which nations stand beside the person, who is listed with whom, and what sort of name it is. The
weights are learned (training/scripts/fit_nationality.py).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from meetings.authorities.tables import rows
from meetings.nlp import weights
from meetings.nlp.annotations import Party
from meetings.nlp.cities import city
from meetings.nlp.names import same, tokens
from meetings.nlp.setting import Setting
from meetings.records import Kind

LEAST_LIKELY = 0.5
ELSEWHERE = 0.5  # odds of a country that the document does not speak of; of one for which nothing speaks they are 1
JOINED = frozenset({"and", ",", "&", ";", "or", "/", "with"})
APART = 3  # tokens between two people of one list
LEAST = -9.0  # log-likelihood ratio below which a name says no more
SMOOTHING = 40.0  # grams that a country's own people count against those of its language
# Countries whose people bear names of one kind; the others stand alone.
LANGUAGES = tuple(
    frozenset(codes.split())
    for codes in (
        "US GB AU NZ CA IE JM BB TT",
        "ES MX AR CL CO PE VE CU DO EC BO PY UY CR PA GT HN SV NI PR",
        "PT BR AO MZ CV GW",
        "FR BE LU MC HT CI SN CM GA TG BJ",
        "DE AT CH DD LI",
        "NL ZA SR",
        "SU RU UA BY BG YU RS MK",
        "PL CS CZ SK",
        "EG IQ SY LB JO SA YE KW AE QA BH OM LY TN DZ MA SD PS MR",
        "IR AF TJ",
        "PK BD",
        "CN TW HK SG",
        "KR KP",
        "VN",
        "SE NO DK IS",
        "IN LK NP",
        "ID MY",
    )
)
BRITISH = frozenset("sir lord lady dame".split())
ADDRESS = {
    "herr": "DE", "m.": "FR", "m": "FR", "monsieur": "FR", "signor": "IT", "señor": "ES", "senor": "ES", "senator": "US"
}  # fmt: skip
ENVOY = re.compile(r"(?i)ambassador|high commissioner|charg|attach|envoy|consul|delegate|representative|resident")
MINISTER = re.compile(r"(?i)minister|president|premier|chancellor|king|prince|governor|secretary of state")
OFFICIAL = re.compile(r"(?i)secretary|director|head|chief|advis|officer|counsel|chairman|member")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A country that a party may be of, with what speaks for it: the value of each feature."""

    country: str
    features: dict[str, float]


class Nationality:
    """One document's evidence of who is whose; built in one pass over its entities and mentions."""

    def __init__(self, doc: Doc) -> None:
        setting: Setting = doc._.setting
        parties: list[Party] = doc._.parties
        self.doc, self.parties, self.setting = doc, parties, setting
        self.by_party: dict[int, list[int]] = defaultdict(list)
        self.mentions = sorted((each for each in doc._.mentions if not each.pronoun), key=lambda each: each.start)
        for n, mention in enumerate(self.mentions):
            self.by_party[mention.party].append(n)
        self.nations: list[tuple[int, int, str, bool]] = []  # first and last token, country, whether a city's
        for ent in doc.ents:
            if ent.label_ in {"NORP", "GPE"}:
                if code := setting.nation(ent.text):
                    self.nations.append((ent.start, ent.end, code, False))
                elif ent.label_ == "GPE" and (found := city(ent.text)):
                    self.nations.append((ent.start, ent.end, setting.then(found.country), True))
        self.said = Counter(code for _, _, code, placed in self.nations if not placed)
        self.of_people = Counter(party.country for party in parties if party.name and party.country)
        self.sentences = self._by_sentence()
        group = "record" if setting.kind in {Kind.MEMCON, Kind.OTHER} else setting.kind.value
        self.kind = group

    def _by_sentence(self) -> dict[int, tuple[list[int], set[str]]]:
        """For each mention, by its number: the other mentions and the countries named in its sentence."""
        found: dict[int, tuple[list[int], set[str]]] = {}
        at, place = 0, 0
        for sentence in self.doc.sents:
            inside = []
            while at < len(self.mentions) and self.mentions[at].start < sentence.end:
                inside.append(at)
                at += 1
            named = set()
            while place < len(self.nations) and self.nations[place][0] < sentence.end:
                if not self.nations[place][3]:
                    named.add(self.nations[place][2])
                place += 1
            for n in inside:
                found[n] = (inside, named)
        return found

    def likely(self, n: int) -> dict[str, float]:
        """How likely party ``n`` is of each country (0 to 1); what is left to 1 is of one that the document does not name."""
        learned = _weights()
        odds = {
            each.country: math.exp(sum(learned.get(name, 0.0) * value for name, value in each.features.items()))
            for each in self.candidates(n)
        }
        total = ELSEWHERE + sum(odds.values())
        return {country: odd / total for country, odd in odds.items()}

    def candidates(self, n: int) -> list[Candidate]:
        """The countries that party ``n`` may be of."""
        party, setting = self.parties[n], self.setting
        codes = {code for code, _ in self.said.most_common(8)} | {code for code, _ in self.of_people.most_common(8)}
        codes |= {code for code in (setting.home, setting.host) if code}
        if not codes or not party.name:
            return []
        likely = likelihoods(party.name, codes)
        total = sum(map(math.exp, likely.values()))
        known = namesakes(party.name)
        shared = sum(known[code] for code in codes)
        whole = full_namesakes(party.name)
        told = sum(self.said.values()) or 1
        beside = self._beside(n)
        own = self.by_party.get(n, [])
        within = Counter(code for m in own for code in self.sentences.get(m, ((), ()))[1])
        met = self._met(n)
        last = self._last_before(self.mentions[own[0]].start) if own else None
        address = self._address(own)
        found = []
        for code in sorted(codes):
            features = {
                "name": likely[code],
                "name share": math.exp(likely[code]) / total,
                "surname": known[code] / shared if shared else 0.0,
                "surname elsewhere": float(bool(shared) and not known[code]),
                "whole name": float(code in whole),
                "said": self.said[code] / told,
                "sentence": min(within[code] / len(own), 1.0) if own else 0.0,
                "last before": float(last == code),
                "beside": float(code in beside),
                "met": float(code in met),
                "people": math.log1p(self.of_people[code]),
                "no people": float(not self.of_people[code]),
                "address": float(code in address),
                "other address": float(bool(address) and code not in address),
            }
            place = "both" if setting.home == setting.host == code else "home" if setting.home == code else "host" if setting.host == code else "third"  # fmt: skip
            features[f"{self.kind}, {place}"] = 1.0
            features[f"{self._sort(party)}, {place}"] = 1.0
            found.append(Candidate(code, {name: value for name, value in features.items() if value}))
        return found

    def _sort(self, party: Party) -> str:
        role = party.role
        sorts = ((ENVOY, "envoy"), (MINISTER, "minister"), (OFFICIAL, "official"))
        return next((name for form, name in sorts if form.search(role)), "other post" if role else "no post")

    def _beside(self, n: int) -> set[str]:
        """Countries of those who stand in one list with the party."""
        found = set()
        for m in self.by_party.get(n, ()):
            for other in (m - 1, m + 1):
                if 0 <= other < len(self.mentions) and self.mentions[other].party != n:
                    first, second = sorted((self.mentions[m], self.mentions[other]), key=lambda each: each.start)
                    gap = self.doc[first.end : second.start]
                    if len(gap) <= APART and all(token.lower_ in JOINED or token.is_space for token in gap):
                        found.add(self.parties[self.mentions[other].party].country)
        return found - {None}

    def _met(self, n: int) -> set[str]:
        """Countries of the others in the party's sentences."""
        return {
            self.parties[self.mentions[other].party].country
            for m in self.by_party.get(n, ())
            for other in self.sentences.get(m, ((), ()))[0]
            if self.mentions[other].party != n
        } - {None}

    def _last_before(self, token: int) -> str | None:
        at = next((code for start, _, code, placed in reversed(self.nations) if start < token and not placed), None)
        return at

    def _address(self, own: Iterable[int]) -> set[str]:
        words = {self.doc[self.mentions[m].start].lower_ for m in own}
        return {ADDRESS[word] for word in words if word in ADDRESS} | ({"GB"} if words & BRITISH else set())


@cache
def _weights() -> dict[str, float]:
    return weights.load("nationality")["weights"]


@cache
def _nationals() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tokens(row["name"]), row["country"]) for row in rows("nationals.csv"))


@cache
def _by_surname() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, code in _nationals():
        if name:
            index[name[-1]].append((name, code))
    return {surname: tuple(found) for surname, found in index.items()}


def namesakes(name: str) -> Counter[str]:
    """How many people of the table share the surname, by country."""
    form = tokens(name)
    return Counter(code for _, code in _by_surname().get(form[-1], ())) if form else Counter()


def full_namesakes(name: str) -> set[str]:
    """Countries of the people of the table who may bear the whole name, initials allowed."""
    form = tokens(name)
    if len(form) < 2:
        return set()
    found = _by_surname().get(form[-1], ())
    return {code for known, code in found if len(known) > 1 and same(*sorted((form, known), key=len))}


def _grams(name: str) -> list[str]:
    word = f"^{name}$"
    return [word[at : at + 3] for at in range(len(word) - 2)] if len(name) > 1 else []


def _merged(counts: Iterable[Counter[str]]) -> Counter[str]:
    merged: Counter[str] = Counter()
    for each in counts:
        merged.update(each)
    return merged


@cache
def _by_country() -> dict[str, Counter[str]]:
    """Letters in threes of names, by country."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, code in _nationals():
        for word in name:
            found[code].update(_grams(word))
    return dict(found)


@cache
def _everyone() -> tuple[Counter[str], int]:
    """Letters in threes of all names, and how many they are."""
    counts = _merged(_by_country().values())
    return counts, counts.total()


@cache
def _of(code: str) -> tuple[Counter[str], int, Counter[str], int]:
    """Letters in threes of a country's names and of those in its language, each with how many they are."""
    known = _by_country()
    own = known.get(code, Counter())
    speakers = next((codes for codes in LANGUAGES if code in codes), (code,))
    language = _merged(known[each] for each in speakers if each in known)
    return own, own.total(), language, language.total()


def likelihoods(name: str, codes: Iterable[str]) -> dict[str, float]:
    """Of each country, how much less likely than of the likeliest its people bear such a surname: log-likelihood, 0 at best."""
    grams = [gram for word in tokens(name) for gram in _grams(word)]
    found = {code: sum(math.log(_probability(gram, code)) for gram in grams) for code in codes}
    best = max(found.values(), default=0.0)
    return {code: max(value - best, LEAST) for code, value in found.items()}


def _probability(gram: str, code: str) -> float:
    everyone, all_grams = _everyone()
    own, own_grams, language, language_grams = _of(code)
    general = (everyone[gram] + 0.5) / (all_grams + 5000)
    share = (language[gram] + SMOOTHING * general) / (language_grams + SMOOTHING)
    return (own[gram] + 10 * SMOOTHING * share) / (own_grams + 10 * SMOOTHING)
