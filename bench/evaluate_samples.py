"""How much of the sample collection's tables of facts is found, and how many of its meetings told more than once are joined.

    python bench/evaluate_samples.py [--errors] [--orders N]

The samples were written from the tables in tests/data/facts-*.csv, where the first of a country is the head of its side. A fact
is found in one of its documents when a meeting was extracted there with the heads of two of its sides, or with all that it names,
and with a date that overlaps its own; one that is a day off, as in another time zone, or has no date is counted apart. Talks of
several days, extracted as one, are all their sessions.

All documents are then stored in a scratch database, in N orders. A fact that two documents or three tell of is joined when
all its accounts that were found are of one meeting; a meeting with accounts of two facts is joined wrongly, unless one account
tells of both. The figures of the first order go to docs/results/meetings.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import scratch  # noqa: E402

from meetings import readers  # noqa: E402
from meetings.authorities import offices  # noqa: E402
from meetings.authorities.tables import earliest, latest  # noqa: E402
from meetings.nlp import pipeline  # noqa: E402
from meetings.nlp.extract import extract  # noqa: E402
from meetings.records import ExtractedMeeting, ExtractedParticipant, Extraction, SourceDocument  # noqa: E402
from meetings.resolution.names import same_name  # noqa: E402

SAMPLES = ROOT / "samples"
RESULTS = ROOT / "docs" / "results" / "meetings.json"
SEED = 7
FACTS = sorted((ROOT / "tests" / "data").glob("facts-*.csv"))
ANNOUNCED = re.compile(r"announced here, held: see ([\w-]+)")
PARTICIPANT = re.compile(r"[;\s]*(.+?) \(([^)]+)\)")


def words(title: str) -> set[str]:
    return {word for word in re.split(r"[^a-z]+", anyascii(title).lower().replace("'", "")) if len(word) > 2}


def spellings(person: str) -> Iterator[str]:
    yield person
    for holder in offices.lookup(person):
        yield from (holder, *offices.aliases().get(holder, ()))


def same(person: str, found: ExtractedParticipant, on: str) -> bool:
    """Whether the extracted name may be the fact's in any known spelling; a post alone is its holder."""
    if found.name is None:
        day = earliest(on.split("/")[0])
        held = [term for name in offices.lookup(person) for term in offices.terms(name) if term.held(day)]
        return any(term.country == found.country and words(term.title) & words(found.role) for term in held)
    return any(same_name(found.name, name) for name in spellings(person))


def overlap(days: str, found: ExtractedMeeting, slack: int = 0) -> bool:
    """Whether the dates share a day, give or take some days."""
    if not found.date:
        return False
    first, _, last = days.partition("/")
    begins, ends = earliest(found.date), latest(found.date_end or found.date)
    return (earliest(first) - ends).days <= slack and (begins - latest(last or first)).days <= slack


class Score:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        self.accounts: dict[str, dict[str, int]] = defaultdict(dict)  # fact → document → which of its meetings

    def document(self, name: str, facts: list[dict[str, str]], found: Extraction) -> None:
        ranked = []
        for i, fact in enumerate(facts):
            people = [match.groups() for match in PARTICIPANT.finditer(fact["participants"])]
            heads = set({code: person for person, code in reversed(people)}.values())
            for j, meeting in enumerate(found.meetings):
                shared = {
                    person
                    for person, _ in people
                    if any(same(person, each, fact["date"]) for each in meeting.participants)
                }
                if len(shared & heads) >= min(2, len(heads)):
                    dated = overlap(fact["date"], meeting) + overlap(fact["date"], meeting, slack=1)
                    ranked.append((dated, len(shared) / len(meeting.participants), len(shared), -i, -j))
        pairs: dict[int, int] = {}
        for dated, _, _, *order in sorted(ranked, reverse=True):
            i, j = (-place for place in order)
            free = j not in pairs.values() or (found.meetings[j].date_end and dated == 2)
            if i not in pairs and free and (dated or not found.meetings[j].date):
                pairs[i] = j
                self.accounts[facts[i]["meeting"]][name] = j
                self.counts["facts found"] += dated == 2
                self.counts["facts found a day off"] += dated == 1
                self.counts["facts found without date"] += dated == 0
                self._compare(name, facts[i], found.meetings[j])
        self.counts["facts"] += len(facts)
        self.counts["meetings"] += len(found.meetings)
        self.counts["meetings of no fact"] += len(found.meetings) - len(set(pairs.values()))
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
            f"  found a day off              {count['facts found a day off']}",
            f"  found without date           {count['facts found without date']}",
            f"meetings extracted             {count['meetings']}",
            f"  of no fact                   {count['meetings of no fact']}",
            f"participants of found facts    P {precision:.2f} R {recall:.2f}",
            f"  countries wrong, missing     {count['countries wrong']}, {count['countries missing']}",
            f"places given, wrong, missing   {count['places given']}, {count['places wrong']}, {count['places missing']}",
        ]
        return "\n".join(figures)


class File(NamedTuple):
    """What storing wants to know of a file."""

    name: str
    sha256: str


class Joined(NamedTuple):
    """Facts told by several documents: how many of those were found, and which are of one meeting. ``groups`` compare orders."""

    several: int
    found: int
    joined: list[str]
    parted: list[str]
    wrong: list[str]
    groups: set[frozenset[tuple[str, int]]]


def joined(read: list[tuple[str, SourceDocument, Extraction]], score: Score, facts: list[dict[str, str]]) -> Joined:
    """Stores the documents in their order and sees which accounts became one meeting."""
    from django.db import transaction

    from meetings.models import Account, Meeting
    from meetings.storage import save

    with transaction.atomic():
        for name, source, extraction in read:
            save(File(name, sha256(name.encode()).hexdigest()), source, extraction)
        rows = Account.objects.values_list("document__file_name", "order", "meeting")
        meeting_of = {(name, order): meeting for name, order, meeting in rows}
        told_by = {meeting: str(row) for meeting, row in Meeting.objects.in_bulk().items()}
        transaction.set_rollback(True)
    # What was announced and then held stands twice in the tables, with a word of the other, and is one encounter.
    held = {row["meeting"]: again[1] for row in facts if (again := ANNOUNCED.search(row["source"]))}
    documents, found = defaultdict(set), defaultdict(set)
    for row in facts:
        documents[held.get(row["meeting"], row["meeting"])].update(row["documents"].split(";"))
    several = {fact for fact, names in documents.items() if len(names) > 1}
    for fact, tellings in score.accounts.items():
        found[held.get(fact, fact)].update(tellings.items())
    meetings = {fact: {meeting_of[telling] for telling in tellings} for fact, tellings in found.items()}
    again = sorted(fact for fact in several if len(found.get(fact, ())) > 1)
    facts_of = defaultdict(set)
    for fact, numbers in meetings.items():
        for number in numbers:
            facts_of[number].add(fact)
    groups = defaultdict(set)
    for telling, meeting in meeting_of.items():
        groups[meeting].add(telling)
    return Joined(
        len(several),
        len(again),
        [fact for fact in again if len(meetings[fact]) == 1],
        [fact for fact in again if len(meetings[fact]) > 1],
        [
            f"{told_by[number]}: {', '.join(sorted(names))}"
            for number, names in facts_of.items()
            if len(names) > 1 and not set.intersection(*(found[name] for name in names))
        ],
        set(map(frozenset, groups.values())),
    )


def in_orders(read: list, orders: int) -> Iterator[list]:
    draw = random.Random(SEED)
    for number in range(orders):
        yield read if number == 0 else draw.sample(read, len(read))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list what was not found, and what was found wrongly")
    parser.add_argument("--orders", type=int, default=1, metavar="N", help="store the documents in so many orders")
    args = parser.parse_args()
    facts = [row for table in FACTS for row in csv.DictReader(table.open(encoding="utf-8"))]
    files = list(readers.discover([SAMPLES]))
    documents = [document for file in files for document in readers.read(file.content, file.name, file.options)]
    score = Score()
    read = []
    for file, (document, found) in zip(files, extract(documents, pipeline.load()), strict=True):
        name = file.name.removeprefix("samples/")
        score.document(name, [row for row in facts if name in row["documents"].split(";")], found)
        read.append((name, document, found))
    if args.errors:
        print(*score.errors, sep="\n")
    print(score.report())
    with scratch.database():
        results = [joined(order, score, facts) for order in in_orders(read, args.orders)]
    first = results[0]
    figures = {
        "told by several documents": first.several,
        "found in several": first.found,
        "joined": len(first.joined),
        "joined wrongly": len(first.wrong),
        "orders with the same groups": sum(each.groups == first.groups for each in results),
        "orders": len(results),
    }
    print(*(f"{name:30} {figure}" for name, figure in figures.items()), sep="\n")
    print(
        *(f"not joined: {fact}" for fact in first.parted),
        *(f"joined wrongly: {each}" for each in first.wrong),
        sep="\n",
    )
    standing = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(standing | {"samples": figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
