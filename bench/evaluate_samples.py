"""How much of the sample collection's tables of facts the extraction finds: a figure for development, printed.

    python bench/evaluate_samples.py [--errors]

The samples were written from the tables in tests/data/facts-*.csv. A fact is found in one of its documents when a meeting
was extracted there with two of its participants, or with all that it names, and with a date that overlaps its own.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from pathlib import Path

from anyascii import anyascii

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from meetings import readers  # noqa: E402
from meetings.authorities import offices  # noqa: E402
from meetings.authorities.tables import earliest, latest  # noqa: E402
from meetings.nlp import pipeline  # noqa: E402
from meetings.nlp.extract import extract  # noqa: E402
from meetings.records import ExtractedMeeting, ExtractedParticipant, Extraction  # noqa: E402

SAMPLES = ROOT / "samples"
FACTS = sorted((ROOT / "tests" / "data").glob("facts-*.csv"))
PARTICIPANT = re.compile(r"[;\s]*(.+?) \(([^)]+)\)")


def words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z]+", anyascii(name).lower().replace("'", "")) if len(word) > 2]


def forms(person: str) -> set[str]:
    """Words of a fact's name in any known spelling."""
    known = [name for holder in offices.lookup(person) for name in (holder, *offices.aliases().get(holder, ()))]
    return {word for name in (person, *known) for word in words(name)}


def same(person: str, found: ExtractedParticipant, on: str) -> bool:
    """Whether the extracted name ends, or as an eastern one begins, with a word of the fact's; a post alone is its holder."""
    if found.name is None:
        day = earliest(on.split("/")[0])
        held = [term for name in offices.lookup(person) for term in offices.terms(name) if term.held(day)]
        return any(term.country == found.country and set(words(term.title)) & set(words(found.role)) for term in held)
    name = words(found.name)
    return bool(name) and bool({name[-1], name[0]} & forms(person))


def overlap(days: str, found: ExtractedMeeting) -> bool:
    if not found.date:
        return False
    first, _, last = days.partition("/")
    return earliest(first) <= latest(found.date_end or found.date) and earliest(found.date) <= latest(last or first)


class Score:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []

    def document(self, name: str, facts: list[dict[str, str]], found: Extraction) -> None:
        ranked = []
        for i, fact in enumerate(facts):
            people = [match[1] for match in PARTICIPANT.finditer(fact["participants"])]
            for j, meeting in enumerate(found.meetings):
                shared = [
                    person
                    for person in people
                    if any(same(person, each, fact["date"]) for each in meeting.participants)
                ]
                if len(shared) >= min(2, len(people)):
                    dated = overlap(fact["date"], meeting)
                    ranked.append((dated, len(shared) / len(meeting.participants), len(shared), i, j))
        pairs: dict[int, int] = {}
        for dated, _, _, i, j in sorted(ranked, reverse=True):
            if i not in pairs and j not in pairs.values() and (dated or not found.meetings[j].date):
                pairs[i] = j
                self.counts["facts found"] += dated
                self.counts["facts found without date"] += not dated
                self._compare(name, facts[i], found.meetings[j])
        self.counts["facts"] += len(facts)
        self.counts["meetings"] += len(found.meetings)
        self.counts["meetings of no fact"] += len(found.meetings) - len(pairs)
        self.errors += [f"{name}: not found: {fact['meeting']}" for i, fact in enumerate(facts) if i not in pairs]
        for j, meeting in enumerate(found.meetings):
            if j not in pairs.values():
                who = ", ".join(f"{each.name or each.role} ({each.country})" for each in meeting.participants)
                self.errors.append(f"{name}: of no fact: {meeting.date} {who}")

    def _compare(self, name: str, fact: dict[str, str], meeting: ExtractedMeeting) -> None:
        people = [match.groups() for match in PARTICIPANT.finditer(fact["participants"])]
        hits = [
            (person, country, each)
            for person, country in people
            if (each := next((each for each in meeting.participants if same(person, each, fact["date"])), None))
        ]
        matched = {id(each) for _, _, each in hits}
        self.counts["participants"] += len(people)
        self.counts["participants extracted"] += len(meeting.participants)
        self.counts["participants right"] += len(matched)
        self.counts["countries wrong"] += sum(bool(each.country) and each.country != code for _, code, each in hits)
        self.counts["countries missing"] += sum(not each.country and len(code) == 2 for _, code, each in hits)
        lost = [
            person for person, _ in people if not any(same(person, each, fact["date"]) for each in meeting.participants)
        ]
        extra = [each.name or each.role for each in meeting.participants if id(each) not in matched]
        wrong = [
            f"{each.name}: {each.country}, not {code}"
            for _, code, each in hits
            if each.country != code and len(code) == 2
        ]
        place = meeting.place
        self.counts["places given"] += bool(place)
        self.counts["places missing"] += not place and bool(fact["country"]) and fact["medium"] == "in_person"
        if place and place.country != fact["country"]:
            self.counts["places wrong"] += 1
            wrong.append(f"place {place.name}, {place.country}, not {fact['place']}, {fact['country']}")
        for what, which in (("lost", lost), ("extra", extra), ("wrong", wrong)):
            if which:
                self.errors.append(f"{name}: {fact['meeting']}: {what}: {'; '.join(map(str, which))}")

    def report(self) -> str:
        count = self.counts
        precision = count["participants right"] / max(count["participants extracted"], 1)
        recall = count["participants right"] / max(count["participants"], 1)
        figures = [
            f"facts, once in each document   {count['facts']}",
            f"  found                        {count['facts found']} ({count['facts found'] / max(count['facts'], 1):.2f})",
            f"  found without date           {count['facts found without date']}",
            f"meetings extracted             {count['meetings']}",
            f"  of no fact                   {count['meetings of no fact']}",
            f"participants of found facts    P {precision:.2f} R {recall:.2f}",
            f"  countries wrong, missing     {count['countries wrong']}, {count['countries missing']}",
            f"places given, wrong, missing   {count['places given']}, {count['places wrong']}, {count['places missing']}",
        ]
        return "\n".join(figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list what was not found, and what was found wrongly")
    args = parser.parse_args()
    facts = [row for table in FACTS for row in csv.DictReader(table.open(encoding="utf-8"))]
    files = list(readers.discover([SAMPLES]))
    documents = [document for file in files for document in readers.read(file.content, file.name, file.options)]
    score = Score()
    for file, (_, found) in zip(files, extract(documents, pipeline.load()), strict=True):
        name = file.name.removeprefix("samples/")
        score.document(name, [row for row in facts if name in row["documents"].split(";")], found)
    if args.errors:
        print(*score.errors, sep="\n")
    print(score.report())


if __name__ == "__main__":
    main()
