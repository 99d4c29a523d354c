"""How likely each record is a meeting, by a logistic model over what its tellings show; unlikely ones are dropped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import logistic, weights
from meetings.nlp.annotations import Encounter, Party
from meetings.nlp.components.encounters import apart
from meetings.nlp.setting import Setting
from meetings.records import Kind

MOST = 8  # parties of a record that are compared
PAPERS = frozenset({Kind.CABLE, Kind.MEMCON, Kind.OTHER})
WEAK = 0.5  # strength below which the words alone make no meeting


class Confidence:
    """Sets ``features`` and ``confidence`` of ``doc._.encounters`` and keeps those that reach ``threshold`` (0 to 1).

    ``printed`` is the threshold for papers that editions print of other governments than the United States: their telegrams and
    letters tell many talks in a clause, and few of them are among the documents that the weights are fitted on.
    """

    def __init__(self, bias: float, weights: dict[str, float], threshold: float, printed: float) -> None:
        self.bias, self.weights, self.threshold, self.printed = bias, weights, threshold, printed

    def __call__(self, doc: Doc) -> Doc:
        if doc._.setting is None:
            return doc
        for each in doc._.encounters:
            each.features = features(doc, each)
            each.confidence = self.probability(each.features)
        is_printed = doc._.setting.kind in PAPERS and doc._.setting.home != "US"
        least = self.printed if is_printed else self.threshold
        doc._.encounters = [each for each in doc._.encounters if each.confidence >= least]
        return doc

    def probability(self, of: dict[str, float]) -> float:
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in of.items())
        return logistic.probability(score)


@Language.factory("confidence", requires=["doc._.encounters", "doc._.parties"], assigns=["doc._.encounters"])
def confidence(nlp: Language, name: str) -> Confidence:
    fitted = weights.load("confidence")
    return Confidence(fitted["bias"], fitted["weights"], fitted["threshold"], fitted["printed"])


def features(doc: Doc, told: Encounter) -> dict[str, float]:
    """Name → value of what speaks for or against a record; names are those of ``weights/confidence.toml``."""
    setting: Setting = doc._.setting
    wording = _wording(told)
    found = {
        wording,
        f"{wording} in {setting.kind.value}",
        *_sides([doc._.parties[n] for n in told.parties], setting, wording),
        *(f"cue {cue}" for cue in told.cues if not told.main),
        *_beside_the_record(doc, told, wording),
    }
    if told.when is not None:
        found.add("dated")
    if told.place is not None and not told.place_inferred:
        found.add("placed")
    if all(each.strength <= told.strength for each in doc._.encounters):
        found.add("strongest")
    if told.tellings:
        found.add(f"tells {doc[slice(*told.tellings[0])].root.lemma_.lower()}")
    values = dict.fromkeys(found, 1.0)
    values["sentences"] = math.log(len(told.sentences) or 1)
    values["strength"] = told.strength
    parties = [doc._.parties[n] for n in told.parties][:MOST]
    values["apart"] = max((apart(*pair) for pair in combinations(parties, 2)), default=0.0)
    return values


def _wording(told: Encounter) -> str:
    """The kind of words that tell it: a record's heading, or a family of triggers."""
    rule = told.rule.split(".", 1)[1].split("/")[0]
    if told.rule.startswith("conversation."):
        return "a record"
    if told.strength >= WEAK:
        return "strong wording"
    return {"told": "told something", "near": "words near"}.get(rule.split("_")[0], "states")


def _beside_the_record(doc: Doc, told: Encounter, wording: str) -> set[str]:
    """In the record of a conversation, whether words tell of others than those who conversed."""
    record = next((each for each in doc._.encounters if each.main), None)
    if record is None or told.main:
        return set()
    others = [n for n in told.parties if n not in record.parties]
    who = "its people" if not others else "one other" if len(others) == 1 else "others"
    return {f"{who} beside the record", f"{who} beside the record, {wording}"}


def _sides(parties: Sequence[Party], setting: Setting, wording: str) -> set[str]:
    states = {party.country for party in parties if party.country}
    bodies = {party.organisation for party in parties if party.organisation and not party.country}
    unknown = [party for party in parties if not party.country and not party.organisation]
    other = "a body" if bodies else "unknown" if unknown else "no other"
    sides = "two states" if len(states) > 1 else f"{len(states)} state, {other}"
    found = {
        sides,
        f"{sides} in {setting.kind.value}",
        f"{sides}, {wording}",
        f"named {min(sum(bool(party.name) for party in parties), 2)}",
    }
    if len(states) > 2:
        found.add("many states")
    if unknown and len(states) > 1:
        found.add("two states and unknown")
    if unknown and all(party.role for party in unknown):
        found.add("unknown with a post")
    if any(party.own for party in parties):
        found.add(f"author in {setting.kind.value}")
    if any(party.group for party in parties if not party.own):
        found.add("group")
    if setting.home and setting.home in states:
        found |= {"home", f"{sides}, home"}
    return found
