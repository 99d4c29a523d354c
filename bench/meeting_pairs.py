"""Pairs of accounts of meetings with known truth, and how well ``resolution/scoring.py`` tells them apart.

    python bench/meeting_pairs.py [--half development] [--errors] [--write FILE]

Each pair is made, with a fixed seed, from an invented encounter of people of two countries. Half of the pairs are two
tellings of it: other spellings, surnames or posts instead of names, one side's companions only, a date to the month or none, or that of
the other side's clock, a building for its city, form and place told or not. The others are decoys: the same two people weeks
apart, the foreign minister instead of the president, another country the same day, a planned next meeting, a telephone call before
the visit, a session with more parties. The halves share no person: the weights were looked at on the development half alone.

Without options the figures of both halves go to docs/results/meetings.json, with those of whole documents
(bench/meeting_documents.py) left as they are.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from meetings.derivation import Party, Spot, Topic, Values  # noqa: E402
from meetings.records import (  # noqa: E402
    Attendance,
    ExtractedIssue,
    ExtractedMeeting,
    ExtractedParticipant,
    ExtractedPlace,
    Kind,
    Medium,
    Status,
)
from meetings.resolution.names import fold  # noqa: E402
from meetings.resolution.reasons import Decision, Verdict  # noqa: E402
from meetings.resolution.scoring import compare  # noqa: E402

RESULTS = ROOT / "docs" / "results" / "meetings.json"
SEED = 7
PAIRS = 400  # in each half
EXACTNESS = {"building": 0, "city": 1, "region": 2, "country": 3}

# A country, its capital with coordinates and a building there, and people with the spellings in use: the head, then the
# foreign minister, then companions. All people are invented.
NATIONS = {
    "development": (
        ("PT", "Lisbon", 38.7, -9.1, "Necessidades Palace", ("Ana Duarte Seabra|A. Seabra", "Rui Falcão|Rui Falcao", "Inês Moutinho|Ines Moutinho")),
        ("SE", "Stockholm", 59.3, 18.1, "Arvfurstens Palace", ("Jonas Lindqvist|Jonas Lindquist", "Åsa Söderblom|Asa Soederblom", "Nils Hedén|Nils Heden")),
        ("RU", "Moscow", 55.8, 37.6, "Spiridonovka House", ("Sergei Volkonin|Sergey Volkonin|Сергей Волконин", "Yevgeny Zhdanko|Evgeni Zhdanko", "Mikhail Ryabtsev|Mikhail Riabtsev")),
        ("CN", "Beijing", 39.9, 116.4, "Diaoyutai State Guesthouse", ("Zhou Mingde|Zhou Ming-de", "Qian Ruolin|Qian Ruo-lin", "Lu Haifeng|Lu Hai-feng")),
        ("EG", "Cairo", 30.0, 31.2, "Abdeen Palace", ("Hosni Abdel Rahim|Husni Abd al-Rahim", "Amr el-Shenawi|Amr Al-Shinawi", "Yusuf Gamal|Youssef Gamal")),
        ("US", "Washington", 38.9, -77.0, "Blair House", ("Howard T. Whitlock|Howard Whitlock", "Margaret Ellery|Margaret A. Ellery", "Dale Brannigan|Dale P. Brannigan")),
        ("JP", "Tokyo", 35.7, 139.7, "Iikura Guest House", ("Kenji Morooka|Morooka Kenji", "Haruko Otsubo|Haruko Ohtsubo", "Shinichi Tanabe|Shin'ichi Tanabe")),
        ("BR", "Brasilia", -15.8, -47.9, "Itamaraty Palace", ("João Quintela|Joao Quintela", "Márcia Lobato|Marcia Lobato", "Caio Bezerril|Caio Bezerril")),
        ("DE", "Berlin", 52.5, 13.4, "Villa Borsig", ("Jürgen Wiesbach|Juergen Wiesbach", "Käthe Rühmer|Kaethe Ruehmer", "Ulf Brandhorst|Ulf Brandhorst")),
        ("KZ", "Astana", 51.2, 71.4, "Ak Orda", ("Nurlan Abishev|Nurlan Äbishev", "Yerlan Tokov|Erlan Tokov", "Aigul Serikova|Aygul Serikova")),
        ("NG", "Abuja", 9.1, 7.4, "Aso Rock Villa", ("Chukwuma Okonjo|Chukwuma Okonjo", "Ibrahim Dankwa|Ibraheem Dankwa", "Folake Adeyi|Folake Adeyi")),
        ("KR", "Seoul", 37.6, 127.0, "Blue House", ("Pak Song-min|Park Sung-min", "Yoon Ji-hye|Yun Ji-hye", "Choe Tae-jun|Choi Tae-jun")),
    ),
    "held back": (
        ("NL", "The Hague", 52.1, 4.3, "Catshuis", ("Wouter van der Meulen|Wouter v.d. Meulen", "Sanne Rijkers|Sanne Rykers", "Pieter Hoogland|Piet Hoogland")),
        ("TR", "Ankara", 39.9, 32.9, "Çankaya Mansion", ("Cemal Şentürk|Cemal Senturk", "Nuray Göksel|Nuray Goksel", "İlhan Yazıcı|Ilhan Yazici")),
        ("UA", "Kyiv", 50.5, 30.5, "Mariinskyi Palace", ("Oleksandr Hrynko|Alexander Grynko", "Dmytro Bondarchuk|Dmitri Bondarchuk", "Iryna Savchuk|Irina Savchuk")),
        ("IR", "Tehran", 35.7, 51.4, "Saadabad Palace", ("Mohammad Reza Farahani|Mohammed-Reza Farahani", "Hossein Ashtari|Hosein Ashtari", "Ali Nikzad|Ali Nikzad")),
        ("GB", "London", 51.5, -0.1, "Lancaster House", ("Edward Thornley|Edward J. Thornley", "Philippa Garside|Philippa Garside", "Rory McAllister|Rory MacAllister")),
        ("MX", "Mexico City", 19.4, -99.1, "Los Pinos", ("José Ibáñez Cordero|Jose Ibanez", "Lucía Treviño|Lucia Trevino", "Raúl Zaragoza|Raul Zaragoza")),
        ("SA", "Riyadh", 24.7, 46.7, "Al Yamamah Palace", ("Khalid al-Mutairi|Khaled Al Mutairi", "Faisal al-Dosari|Faysal Al-Dossari", "Nasser Qahtan|Nasir Qahtan")),
        ("IN", "New Delhi", 28.6, 77.2, "Hyderabad House", ("Arvind Chatterjee|Arvind Chatterji", "Lakshmi Sundaram|Laxmi Sundaram", "Vikram Seshadri|V. Seshadri")),
        ("PL", "Warsaw", 52.2, 21.0, "Belweder", ("Zbigniew Kowalczyk|Zbigniew Kowalczyk", "Łukasz Dąbrowski|Lukasz Dabrowski", "Małgorzata Wrona|Malgorzata Wrona")),
        ("AU", "Canberra", -35.3, 149.1, "Yarralumla", ("Bruce Hathersage|Bruce K. Hathersage", "Narelle Winters|Narelle Winters", "Colin Strahan|Colin Strahan")),
        ("ET", "Addis Ababa", 9.0, 38.8, "Jubilee Palace", ("Tesfaye Bekele|Tesfaye Bekelle", "Hirut Alemu|Hiruth Alemu", "Girma Wolde|Girma Wolde")),
        ("VN", "Hanoi", 21.0, 105.8, "Presidential Palace", ("Nguyễn Văn Tâm|Nguyen Van Tam", "Trần Thị Hoa|Tran Thi Hoa", "Phạm Quốc Bình|Pham Quoc Binh")),
    ),
}  # fmt: skip
HEADS = ("President", "Prime Minister")
COMPANIONS = ("Deputy Foreign Minister", "Ambassador", "National Security Adviser", "Minister of Trade")
THIRD = (
    ("CH", "Geneva", 46.2, 6.1),
    ("AT", "Vienna", 48.2, 16.4),
    ("FI", "Helsinki", 60.2, 24.9),
    ("SG", "Singapore", 1.3, 103.9),
)
ISSUES = (
    "Trade",
    "Arms control",
    "Fisheries",
    "Border questions",
    "Human rights",
    "Energy",
    "Visas",
    "Climate change",
    "Terrorism",
)
DECOYS = (
    "weeks apart",
    "other rank",
    "other country",
    "planned next",
    "call before the visit",
    "more parties",
    "colleague",
)


@dataclass(frozen=True, slots=True)
class Person:
    spellings: tuple[str, ...]
    role: str
    country: str


@dataclass(frozen=True, slots=True)
class Town:
    country: str
    name: str
    latitude: float
    longitude: float
    building: str = ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """What happened: the sides with their leaders first."""

    sides: tuple[tuple[Person, ...], ...]
    day: date
    town: Town | None  # None: by phone or video
    medium: Medium
    issues: tuple[str, ...]
    status: Status = Status.HELD


@dataclass(frozen=True, slots=True)
class Told:
    """One account as extracted, with what is known of its document."""

    meeting: ExtractedMeeting
    kind: Kind
    written: str


@dataclass(frozen=True, slots=True)
class Pair:
    kind: str  # "same", or what sort of decoy
    one: Told
    other: Told


class Maker:
    """Draws encounters of a half's people, and tellings of them."""

    def __init__(self, half: str) -> None:
        self.draw = random.Random(f"{SEED} {half}")
        self.nations = [
            (Town(key, city, north, east, building), tuple(tuple(names.split("|")) for names in people))
            for key, city, north, east, building, people in NATIONS[half]
        ]

    def pairs(self) -> list[Pair]:
        return [self.pair("same" if number % 2 else DECOYS[number // 2 % len(DECOYS)]) for number in range(PAIRS)]

    def pair(self, kind: str) -> Pair:
        encounter = self.encounter(remote=kind == "call before the visit" or None)
        other = encounter if kind == "same" else self.decoy(kind, encounter)
        one, two = self.told(encounter, 0), self.told(other, 1)
        return Pair(kind, one, two) if self.draw.random() < 0.5 else Pair(kind, two, one)

    # What happened

    def delegation(self, nation, ranks: tuple[int, ...] | None = None) -> tuple[Person, ...]:
        town, names = nation
        head = HEADS[sum(map(ord, town.country)) % 2]
        roles = (head, "Foreign Minister", COMPANIONS[sum(map(ord, town.name)) % len(COMPANIONS)])
        people = [Person(spellings, role, town.country) for spellings, role in zip(names, roles, strict=True)]
        first = self.draw.choice((0, 0, 1)) if ranks is None else ranks[0]
        return tuple(people[first:])

    def encounter(self, remote: bool | None = None) -> Encounter:
        ours, theirs = self.draw.sample(self.nations, 2)
        day = date(1992, 1, 1) + timedelta(days=self.draw.randrange(12000))
        remote = self.draw.random() < 0.2 if remote is None else remote
        first = self.draw.choice((0, 0, 1))
        place = Town(*self.draw.choice(THIRD)) if self.draw.random() < 0.3 else self.draw.choice((ours, theirs))[0]
        return Encounter(
            (self.delegation(ours, (first,)), self.delegation(theirs, (first,))),
            day,
            None if remote else place,
            self.draw.choice((Medium.PHONE, Medium.PHONE, Medium.VIDEO)) if remote else Medium.IN_PERSON,
            tuple(self.draw.sample(ISSUES, 4)),
        )

    def decoy(self, kind: str, met: Encounter) -> Encounter:
        draw, (ours, theirs) = self.draw, met.sides
        issues = tuple(draw.sample(ISSUES, 2)) + met.issues[:2]
        strangers = [
            nation for nation in self.nations if nation[0].country not in {side[0].country for side in met.sides}
        ]
        match kind:
            case "weeks apart":
                return replace(met, day=met.day + timedelta(days=draw.randrange(6, 60)), issues=issues)
            case "other rank":
                down = tuple(side[1:] for side in met.sides) if ours[0].role in HEADS else None
                if down:
                    return replace(met, sides=down, issues=issues)
                up = tuple(self.delegation(self.nation(side[0].country), (0,))[:1] for side in met.sides)
                return replace(met, sides=up, issues=issues)
            case "colleague":  # another of the delegation sees the same host
                return replace(
                    met, sides=((ours[1] if len(ours) > 1 else ours[0],), theirs[1:] or theirs), issues=issues
                )
            case "other country":
                nation = draw.choice(strangers)
                town = met.town if met.town is None or draw.random() < 0.5 else nation[0]
                return replace(met, sides=(ours, self.delegation(nation, (0,))), town=town, issues=issues)
            case "planned next":
                day, town = met.day + timedelta(days=draw.randrange(10, 120)), self.nation(theirs[0].country)[0]
                return replace(met, day=day, town=town, medium=Medium.IN_PERSON, status=Status.PLANNED, issues=issues)
            case "call before the visit":
                day, town = met.day + timedelta(days=draw.randrange(2, 6)), self.nation(theirs[0].country)[0]
                return replace(met, day=day, town=town, medium=Medium.IN_PERSON)
        more = draw.sample(strangers, 3)
        return replace(met, sides=(*met.sides, *(self.delegation(nation, (0,))[:1] for nation in more)), issues=issues)

    def nation(self, country: str):
        return next(nation for nation in self.nations if nation[0].country == country)

    # What is told of it

    def told(self, met: Encounter, teller: int) -> Told:
        """The account of one side, or of the press."""
        draw = self.draw
        kind = draw.choice((Kind.READOUT, Kind.READOUT, Kind.CABLE, Kind.NEWS, Kind.MEMCON))
        sides = met.sides if teller == 0 else (met.sides[1], met.sides[0], *met.sides[2:])
        people = [self.person(person, leads=True) for side in sides for person in side[:1]]
        if len(sides) == 2 and draw.random() < 0.06:
            people = [
                people[0],
                ExtractedParticipant(None, country=sides[1][0].country),
            ]  # the other side as a country alone
        companions = [person for side in (sides[0], *draw.choice(((), sides[1:]))) for person in side[1:]]
        people += [self.person(person, leads=False) for person in companions if draw.random() < 0.5]
        day = met.day
        if self.far(met) and draw.random() < 0.25 and teller:
            day += timedelta(days=self.clock(met))
        written = (
            day - timedelta(days=draw.randrange(3, 15))
            if met.status == Status.PLANNED
            else day
            + timedelta(days=draw.choice((0, 0, 1, 1, 2, 4) if kind in (Kind.CABLE, Kind.NEWS) else (0, 0, 0, 1)))
        )
        chance = draw.random()
        when = day.isoformat() if chance < 0.88 else f"{day:%Y-%m}" if chance < 0.93 else None
        meeting = ExtractedMeeting(
            status=met.status,
            participants=tuple(people),
            evidence=(),
            date=when,
            place=self.place(met.town) if met.town else None,
            medium=met.medium if met.town is None or draw.random() < 0.7 else None,
            issues=tuple(ExtractedIssue(name, name) for name in draw.sample(met.issues, draw.randrange(1, 4))),
        )
        return Told(meeting, kind, written.isoformat())

    def far(self, met: Encounter) -> bool:
        east = [self.nation(side[0].country)[0].longitude for side in met.sides] + (
            [met.town.longitude] if met.town else []
        )
        return max(east) - min(east) > 75

    def clock(self, met: Encounter) -> int:
        """By how many days the other side's clock may differ: a call goes on at any hour, people meet in a town by day."""
        home = self.nation(met.sides[1][0].country)[0].longitude
        if met.town is None:
            return 1 if home > self.nation(met.sides[0][0].country)[0].longitude else -1
        east = home - met.town.longitude
        return 1 if east > 75 else -1 if east < -120 else 0

    def person(self, person: Person, *, leads: bool) -> ExtractedParticipant:
        draw, spelling = self.draw, self.draw.choice(person.spellings)
        chance = draw.random()
        eastern = person.country in {"CN", "KR", "VN"} or spelling.startswith("Morooka")
        surname = spelling.split()[0] if eastern else " ".join(spelling.split()[1:]) or spelling
        name, role = spelling, person.role
        if leads and chance < 0.12:
            name = None
        elif chance < 0.35 and "." not in surname:
            name = surname
        elif chance < 0.5:
            role = ""
        country = person.country if name is None or draw.random() < 0.92 else None
        attendance = Attendance.PRINCIPAL if leads or draw.random() < 0.3 else Attendance.ACCOMPANYING
        return ExtractedParticipant(name, role, country, attendance=attendance)

    def place(self, town: Town) -> ExtractedPlace | None:
        chance = self.draw.random()
        if chance < 0.2:
            return None
        if chance < 0.35 and town.building:
            known = self.draw.random() < 0.5
            at = (town.latitude + 0.02, town.longitude - 0.02) if known else (None, None)
            return ExtractedPlace(town.building, town.country, "building", *at)
        if chance < 0.42:
            return ExtractedPlace(town.country, town.country, "country")
        return ExtractedPlace(town.name, town.country, "city", town.latitude, town.longitude, inferred=chance > 0.9)


def values_of(told: Told) -> Values:
    """An account as comparison sees it, before anybody in it is matched with a known person."""
    meeting, place = told.meeting, told.meeting.place
    at = (place.latitude, place.longitude) if place and place.latitude is not None else None
    return Values(
        status=meeting.status,
        date=meeting.date or "",
        place=place
        and Spot((fold(place.name), place.country), EXACTNESS[place.precision], place.inferred, place.name, place.country, at),
        medium=meeting.medium or "",
        participants=tuple(
            Party(each.name or "", role=each.role, country=each.country, attendance=each.attendance)
            for each in meeting.participants
        ),
        agenda=tuple(Topic(issue.name) for issue in meeting.issues),
        kind=told.kind,
        written=told.written,
    )  # fmt: skip


def figures(judged: Iterable[tuple[Pair, Verdict]]) -> dict:
    """Precision, recall and F1 of what was joined; of the pairs left apart, how many are suggested; decoys by kind."""
    counts: Counter[tuple[bool, Decision]] = Counter()
    kinds: dict[str, Counter[Decision]] = defaultdict(Counter)
    for pair, verdict in judged:
        counts[pair.kind == "same", verdict.decision] += 1
        kinds[pair.kind][verdict.decision] += 1
    joined, true = counts[True, Decision.SAME], sum(n for (same, _), n in counts.items() if same)
    wrong = counts[False, Decision.SAME]
    precision, recall = joined / max(joined + wrong, 1), joined / max(true, 1)
    return {
        "pairs": counts.total(),
        "same": true,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "suggested of those left apart": counts[True, Decision.SUGGEST],
        "kinds": {
            kind: {"pairs": found.total(), **{decision.value: found[decision] for decision in Decision}}
            for kind, found in sorted(kinds.items())
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--half", choices=list(NATIONS), action="append", help="print this half's figures and write nothing"
    )
    parser.add_argument(
        "--errors", action="store_true", help="print the pairs that are decided wrongly (development half)"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="publish the pairs as JSON lines")
    args = parser.parse_args()
    made = {half: Maker(half).pairs() for half in args.half or NATIONS}
    found = {
        half: [(pair, compare(values_of(pair.one), values_of(pair.other))) for pair in pairs]
        for half, pairs in made.items()
    }
    if args.write:
        with args.write.open("w", encoding="utf-8") as lines:
            for half, pairs in made.items():
                lines.writelines(
                    json.dumps({"half": half, **asdict(pair)}, ensure_ascii=False) + "\n" for pair in pairs
                )
    if args.errors:
        for pair, verdict in found.get("development", []):
            if (pair.kind == "same") != (verdict.decision == Decision.SAME):
                print(f"{pair.kind}: {verdict.decision} {verdict.score:.1f}: {verdict}")
                for told in (pair.one, pair.other):
                    meeting = told.meeting
                    people = "; ".join(
                        f"{p.name}/{p.role}/{p.country}/{p.attendance[:2]}" for p in meeting.participants
                    )
                    place = meeting.place and meeting.place.name
                    print(f"    {meeting.status} {meeting.date} {told.written} {place} {meeting.medium} {people}")
    measured = {half: figures(judged) for half, judged in found.items()}
    print(json.dumps(measured, indent=2))
    if not args.half:
        standing = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        RESULTS.write_text(json.dumps(standing | {"records": measured}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
