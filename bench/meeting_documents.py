"""Pairs of short documents that tell of one meeting or of two, through the whole pipeline: read, extract, resolve, join.

    python bench/meeting_documents.py [--half development] [--errors]

The encounters, the decoys and the people are those of bench/meeting_pairs.py (another seed); each is told as a readout, a statement of
the other side, a report or a cable would. Two documents are joined when one stored meeting has accounts of both. Documents
of different pairs have nothing to do with each other: each such meeting counts as a stray. The figures of both halves go to
docs/results/meetings.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import scratch  # noqa: E402
from meeting_pairs import DECOYS, NATIONS, RESULTS, Encounter, Maker, Person, Town  # noqa: E402

from meetings.authorities import countries  # noqa: E402
from meetings.records import Kind, Medium, Status  # noqa: E402

PAIRS = 70  # in each half

MET = (
    "{ours} met {theirs} {place} {day}.",
    "{ours} held talks with {theirs} {place} {day}.",
    "{ours} received {theirs} {place} {day}.",
    "{day_first}, {ours} and {theirs} had a meeting {place}.",
    "{theirs} called on {ours} {place} {day}.",
    "{ours} hosted {theirs} {place} {day} for an exchange of views.",
)
CALLED = (
    "{ours} spoke by telephone with {theirs} {day}.",
    "{ours} had a telephone conversation with {theirs} {day}.",
    "{day_first}, {ours} telephoned {theirs}.",
)
VIDEO = ("{ours} met {theirs} by video link {day}.", "{ours} and {theirs} held a video conference {day}.")
PLANNED = (
    "{ours} will meet {theirs} {place} {day}.",
    "{ours} is to receive {theirs} {place} {day}, his office announced.",
)
TALKED = (
    "They discussed {a} and {b}.",
    "{a}, it was said afterwards, took up most of the time; {b} came up as well.",
    "The conversation turned on {a}. {their_name} raised {b}.",
    "{our_name} set out his government's position on {a}, and both sides agreed to go on with {b}.",
)
PRESENT = ("{person} also took part.", "{person} was present.", "{our_name} was accompanied by {person}.")
CLOSING = (
    "Officials of both sides will draft a text over the coming weeks.",
    "Neither side wished to say more.",
    "A larger delegation had been expected, but the programme was kept short.",
    "The atmosphere was described as businesslike.",
)


class Writer:
    """Tells an encounter as one of the parties, or somebody who looked on, would write it down."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def document(self, met: Encounter, teller: int) -> str:
        draw = self.draw
        kind = draw.choice((Kind.READOUT, Kind.READOUT, Kind.NEWS, Kind.CABLE))
        sides = met.sides if teller == 0 else (met.sides[1], met.sides[0], *met.sides[2:])
        late = draw.choice((0, 1)) if kind in (Kind.READOUT,) else draw.choice((1, 1, 2))
        written = met.day + timedelta(days=late if met.status == Status.HELD else -draw.randrange(2, 9))
        patterns = {Medium.PHONE: CALLED, Medium.VIDEO: VIDEO}.get(met.medium, MET)
        pattern = draw.choice(PLANNED if met.status == Status.PLANNED else patterns)
        day = self.day(met.day, written)
        theirs = " and ".join(self.person(side[0]) for side in sides[1:3])
        if len(sides) > 3:
            theirs = ", ".join(self.person(side[0]) for side in sides[1:-1]) + f" and {self.person(sides[-1][0])}"
        values = {
            "ours": self.person(sides[0][0]),
            "theirs": theirs,
            "place": self.place(met.town),
            "day": day,
            "day_first": day[0].upper() + day[1:],
        }
        told = [" ".join(pattern.format(**values).split()).replace(" .", ".").replace(",.", ".").replace(",,", ",")]
        first, second = draw.sample(met.issues, 2)
        names = {"our_name": sides[0][0].spellings[0].split()[-1], "their_name": sides[1][0].spellings[0].split()[-1]}
        told.append(self.sentence(TALKED, a=first.lower(), b=second.lower(), **names))
        if sides[0][1:] and draw.random() < 0.5:
            told.append(self.sentence(PRESENT, person=self.person(sides[0][1]), **names))
        told.append(draw.choice(CLOSING))
        title = f"{names['our_name']} and {names['their_name']}" if kind == Kind.NEWS else "Statement on talks"
        head = f"---\ntitle: {title}\nkind: {kind}\ndate: {written}\ncollection: Pairs\n---\n\n"
        if kind == Kind.CABLE:
            return head + "\n\n".join(f"{n}. (C) {sentence}" for n, sentence in enumerate(told, 1)) + "\n"
        return head + f"{told[0]} {told[1]}\n\n" + " ".join(told[2:]) + "\n"

    def sentence(self, patterns: tuple[str, ...], **values: str) -> str:
        told = self.draw.choice(patterns).format(**values).replace(",.", ".")
        return told[0].upper() + told[1:]

    def person(self, person: Person) -> str:
        country = countries.get(person.country)
        name = self.draw.choice(
            [spelling for spelling in person.spellings if "." not in spelling and not spelling[0] > "ſ"]
            or person.spellings
        )
        forms = (
            f"{country.adjectives[0]} {person.role} {name}",
            f"{person.role} {name} of {country.name}",
            f"{name}, the {country.adjectives[0]} {person.role},",
        )
        return self.draw.choice(forms)

    def place(self, town: Town | None) -> str:
        if town is None or self.draw.random() < 0.15:
            return ""
        if town.building and self.draw.random() < 0.3:
            return f"at the {town.building}" if self.draw.random() < 0.5 else f"at the {town.building} in {town.name}"
        return f"in {town.name}"

    def day(self, day, written) -> str:
        apart, chance = (written - day).days, self.draw.random()
        if apart == 0 and chance < 0.5:
            return "today"
        if apart == 1 and chance < 0.3:
            return "yesterday"
        if 0 < apart < 6 and chance < 0.5:
            return f"on {day:%A}"
        return f"on {day:%-d %B %Y}" if chance < 0.75 else f"on {day:%B} {day.day}, {day.year}"


def pairs(half: str) -> Iterator[tuple[str, str, str]]:
    """What sort of pair, and the texts of its two documents."""
    maker = Maker(half)
    maker.draw = random.Random(f"documents {half}")
    writer = Writer(maker.draw)
    for number in range(PAIRS):
        kind = "same" if number % 2 else DECOYS[number // 2 % len(DECOYS)]
        met = maker.encounter(remote=kind == "call before the visit" or None)
        other = met if kind == "same" else maker.decoy(kind, met)
        yield kind, writer.document(met, 0), writer.document(other, 1)


def measured(half: str, errors: bool) -> dict:
    """Precision, recall and F1 over the pairs of a half, all stored in one scratch database."""
    from django.db import transaction

    from meetings import readers
    from meetings.models import Account, Suggestion
    from meetings.nlp import pipeline
    from meetings.nlp.extract import extract
    from meetings.storage import save

    made = list(pairs(half))
    texts = {f"{number}-{which}.txt": text for number, (_, *both) in enumerate(made) for which, text in enumerate(both)}
    sources = [readers.read(text.encode(), name)[0] for name, text in texts.items()]
    with transaction.atomic():
        for name, (source, found) in zip(texts, extract(sources, pipeline.load()), strict=True):
            save(Origin(name), source, found)
        meetings_of, documents_of = defaultdict(set), defaultdict(set)
        for name, meeting in Account.objects.values_list("document__file_name", "meeting"):
            meetings_of[name].add(meeting)
            documents_of[meeting].add(name)
        suggested = {
            frozenset(names)
            for names in Suggestion.objects.values_list("one__document__file_name", "other__document__file_name")
        }
        reasons = {
            (a.document.file_name, a.joined_by)
            for a in Account.objects.exclude(joined_by="").select_related("document")
        }
        transaction.set_rollback(True)
    strays = sum(
        one.split("-")[0] != other.split("-")[0]
        for names in documents_of.values()
        for one, other in combinations(names, 2)
    )
    counts: Counter[tuple[bool, bool]] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for number, (kind, *both) in enumerate(made):
        one, other = f"{number}-0.txt", f"{number}-1.txt"
        together = bool(meetings_of[one] & meetings_of[other])
        counts[kind == "same", together] += 1
        told = meetings_of[one] and meetings_of[other]
        kinds[kind][
            "joined"
            if together
            else "suggested"
            if frozenset((one, other)) in suggested
            else "apart"
            if told
            else "not found"
        ] += 1
        if errors and together != (kind == "same"):
            print(f"== {kind}: {together}, suggested {frozenset((one, other)) in suggested}")
            print(
                *(
                    f"{text.partition('---')[2].strip()} [{len(meetings_of[name])} meetings]"
                    for name, text in zip((one, other), both, strict=True)
                ),
                sep="\n-\n",
            )
            print(*(reason for name, reason in reasons if name in (one, other)), sep="\n")
    right, wrong, missed = counts[True, True], counts[False, True] + strays, counts[True, False]
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return {
        "pairs": len(made),
        "same": right + missed,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "strays": strays,
        "kinds": {kind: dict(found) for kind, found in sorted(kinds.items())},
    }  # fmt: skip


class Origin:
    """What storing wants to know of a file."""

    def __init__(self, name: str) -> None:
        self.name, self.sha256 = name, sha256(name.encode()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--half", choices=list(NATIONS), action="append", help="print this half's figures and write nothing"
    )
    parser.add_argument("--errors", action="store_true", help="print the pairs that come out wrong (development half)")
    args = parser.parse_args()
    with scratch.database():
        figures = {half: measured(half, args.errors and half == "development") for half in args.half or NATIONS}
    print(json.dumps(figures, indent=2))
    if not args.half:
        standing = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        RESULTS.write_text(json.dumps(standing | {"documents": figures}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
