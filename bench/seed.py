"""A database of synthetic documents, to measure pages on: `python bench/seed.py --documents 250000`.

Texts have 600 words in the median, made from word frequencies; each document tells of four meetings, a meeting has four
participants and three issues on average; names, countries, issues and places are as uneven as in life (Zipf); one document
in ten is in a private collection; one meeting in ten has several accounts. Loaded by COPY in two processes, with indexes and
constraints made afterwards. Texts are not linked as copies, and accounts are not compared: neither matters to a page.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import synthetic

CHUNK = 2_500  # documents that are made at a time; each chunk has row numbers of its own
PER_DOCUMENT = 4
PARTICIPANTS = ((2, 3, 4, 5, 6, 7), (0.2, 0.2, 0.25, 0.2, 0.1, 0.05))
ISSUES = ((1, 2, 3, 4, 5, 6), (0.1, 0.25, 0.3, 0.2, 0.1, 0.05))
ACCOUNTS = ((1, 2, 3), (0.9, 0.08, 0.02))
BLOCK = 16 * PER_DOCUMENT * CHUNK  # row numbers kept for a chunk, more than it has rows of any table
NOW = "2026-01-01 00:00:00+00"
FIRST, DAYS = date(1946, 1, 1), 79 * 365
LEADING = "US RU GB FR DE CN JP IN IL EG SU TR PL IR PK SA IT ES BR MX KR AU CA UA ZA NG ID".split()
ROLES = (
    "Foreign Minister|Prime Minister|President|Deputy Foreign Minister|Ambassador|Counselor|Political Director|Defense Minister|"
    "Under Secretary of State|Chief of Staff|Director for European Affairs|Minister of Trade|Finance Minister|Interpreter|||"
).split("|")
OFFICES = ("foreign minister", "head of state", "head of government", "defence minister")
KINDS = (("cable", "memcon", "readout", "news", "other"), (0.5, 0.15, 0.15, 0.15, 0.05))
TABLES = [
    f"meetings_{name}"
    for name in (
        "document documentrevision passage account accountparticipant accountissue statement evidence participant meetingissue meeting"
    ).split()
]
FOR_TERMS = ["meetings_document", "meetings_account", "meetings_participant", "meetings_meetingissue"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=250_000)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    database = synthetic.name(given.documents)
    synthetic.use(making := f"{database}_making")  # under another name, so that nobody measures on half of it
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)

    from django.db import connection

    create(making)
    global world
    world = World.made(given.documents)
    say("tables, people, places")
    later = unguarded()
    connection.close()
    chunks = range(0, given.documents, CHUNK)
    with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("fork").Pool(given.processes) as pool:
        list(
            pool.imap_unordered(load_chunk, ((first, min(CHUNK, given.documents - first), folder) for first in chunks))
        )
        say("documents, accounts, participants, evidence")
        list(pool.imap_unordered(execute, [command for table in FOR_TERMS for command in later[table].pop("indexes")]))
        list(pool.imap_unordered(execute, [f"ANALYZE {table}" for table in FOR_TERMS]))
        say("the indexes that the terms of meetings are made with")
        list(pool.imap_unordered(load_meetings, sorted(Path(folder).iterdir())))
        say("meetings, with their terms")
        indexes = [command for table in TABLES for command in later[table].get("indexes", ())]
        list(pool.imap_unordered(execute, sorted(indexes, key=lambda command: "gin" not in command)))
        say("indexes")
        list(pool.imap_unordered(execute, [f"VACUUM ANALYZE {table}" for table in TABLES]))
        say("statistics")
    for table in TABLES:
        for command in later[table]["constraints"]:
            execute(command)
    finish()
    connection.close()
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}"')
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{database}"')
    say("constraints and rollups")


def server():
    """A connection to the server, and to no database of the app."""
    import psycopg
    from django.db import connection

    params = connection.get_connection_params()
    params = {key: value for key, value in params.items() if key in {"host", "port", "user", "password"}}
    return psycopg.connect(**params, dbname="postgres", autocommit=True)


def create(database: str) -> None:
    """An empty database with the app's tables and what it ships in them."""
    from django.core.management import call_command

    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}"')
        cursor.execute(f'CREATE DATABASE "{database}"')
    call_command("migrate", verbosity=0)


def execute(command: str) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
        cursor.execute(command)
        return cursor.fetchall() if cursor.description else []


def unguarded() -> dict[str, dict[str, list[str]]]:
    """Drop indexes, constraints and triggers of the tables to be filled; gives the commands that bring them back."""
    later = {table: {"indexes": [], "constraints": []} for table in TABLES}
    for table in TABLES:
        rows = execute(
            "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint "
            f"WHERE conrelid = '{table}'::regclass AND contype IN ('f', 'u', 'c')"
        )
        for name, kind, definition in rows:
            # What was made here needs no check of every row.
            unchecked = " NOT VALID" if kind in "fc" else ""
            place = "indexes" if kind == "u" else "constraints"
            later[table][place].append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}{unchecked}')
            execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    for table in TABLES:
        for name, definition in execute(
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{table}' AND indexname NOT LIKE '%_pkey'"
        ):
            later[table]["indexes"].append(definition)
            execute(f'DROP INDEX "{name}"')
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        later[table]["constraints"].append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    execute("ALTER TABLE meetings_meeting ENABLE TRIGGER USER")
    return later


def finish() -> None:
    for table in [*TABLES, "meetings_person", "meetings_personname"]:
        execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))")
    execute("VACUUM ANALYZE")
    from django.core.management import call_command

    call_command("refresh_counts", verbosity=0)


# The world that documents tell of


def skewed(length: int, offset: float, power: float = 1.0) -> np.ndarray:
    """Cumulative shares after Zipf and Mandelbrot."""
    shares = 1 / (np.arange(length) + offset) ** power
    return np.cumsum(shares / shares.sum())


def drawn(rng: np.random.Generator, cumulative: np.ndarray, size: int) -> np.ndarray:
    return np.minimum(np.searchsorted(cumulative, rng.random(size)), len(cumulative) - 1)


@dataclass
class World:
    people: list[tuple[int, str, str]]  # row number, name, key of the country; the most frequent first
    issues: list[tuple[int, str]]
    places: list[int]
    surnames: list[str]
    words: np.ndarray
    cumulative: dict[str, np.ndarray]

    @classmethod
    def made(cls, documents: int) -> World:
        from meetings.models import Collection, Country, Issue, Person, PersonName, Place, Position

        rng = random.Random(2)
        Collection.objects.create(pk=1, name="Open papers")
        Collection.objects.create(pk=2, name="Closed papers", public=False)
        keys = list(Country.objects.values_list("key", flat=True))
        keys = [key for key in LEADING if key in keys] + sorted(set(keys) - set(LEADING))
        weights = [1 / (rank + 1) for rank in range(len(keys))]
        homes = iter(rng.choices(keys, weights, k=documents))
        given = [synthetic.syllables(rng, 2).title() for _ in range(600)]
        surnames = [synthetic.syllables(rng, rng.choice((2, 3))).title() for _ in range(12_000)]
        new = [
            Person(name=f"{rng.choice(given)} {rng.choice(surnames)}", country_id=next(homes))
            for _ in range(documents // 5)
        ]
        Person.objects.bulk_create(new, batch_size=5_000)
        names = [PersonName(person=person, name=person.name) for person in new]
        for name in names:
            name.fold()
        PersonName.objects.bulk_create(names, batch_size=5_000)
        starts = [rng.randint(1946, 2018) for _ in new]
        Position.objects.bulk_create(
            (
                Position(person=person, title="Office", office=rng.choice(OFFICES), country_id=person.country_id, start=str(start), end=str(start + rng.randint(1, 9)))
                for person, start in zip(new, starts, strict=True)
                if rng.random() < 0.3
            ),
            batch_size=5_000,
        )  # fmt: skip
        towns = [
            Place(name=synthetic.syllables(rng, 3).title() + str(n), country_id=key, latitude=rng.uniform(-50, 65), longitude=rng.uniform(-120, 150))
            for n, key in enumerate(rng.choices(keys, weights, k=3_000))
        ]  # fmt: skip
        for town in towns:
            town.folded = town.name.lower()
        Place.objects.bulk_create(towns)
        people = list(Person.objects.values_list("pk", "name", "country_id"))
        issues = list(Issue.objects.exclude(theme=None).values_list("pk", "name"))
        rng.shuffle(people)
        rng.shuffle(issues)
        words, shares = synthetic.vocabulary()
        return cls(
            people,
            issues,
            [town.pk for town in towns],
            surnames,
            np.array(words, dtype=object),
            {
                "people": skewed(len(people), 20, 0.95),
                "issues": skewed(len(issues), 2),
                "places": skewed(len(towns), 4),
                "surnames": skewed(len(surnames), 30),
                "words": np.cumsum(shares),
            },
        )


world: World


# Documents, and the meetings that they tell of


def null(value) -> str:
    return "\\N" if value is None else str(value)


class Rows:
    """Lines for COPY, by table."""

    COLUMNS = {
        "document": "id date earliest latest public_id collection_id file_name sha256 part state reason title kind identifier origin "
        "classification tags references language source_url site notice reader pipeline read_digest extracted_digest created updated",
        "documentrevision": "id document_id number current text sha256 names sketch created",
        "passage": "revision_id order number label field marking continues start end text",
        "account": "id date earliest latest status place_id place_inferred medium confidence meeting_id document_id order anchor joined_by",
        "accountparticipant": "id person_id name role country_id body attendance order account_id participant_id resolved_by",
        "accountissue": "account_id issue_id name mention order",
        "statement": "id document_id account_id speaker person_id country_id issue_id kind text order",
        "evidence": "revision_id account_id participant_id statement_id field start end quote prefix suffix rule confidence",
        "participant": "id person_id name role country_id body attendance order meeting_id folded",
        "meetingissue": "meeting_id issue_id name order",
        "meeting": "id date earliest latest status place_id place_inferred medium confidence public_id title review audience_id "
        "account_count created updated terms names",
    }

    def __init__(self):
        self.lines: dict[str, list[str]] = {table: [] for table in self.COLUMNS}

    def add(self, table: str, *values) -> None:
        self.lines[table].append("\t".join(["\\N" if value is None else str(value) for value in values]))

    @classmethod
    def command(cls, table: str) -> str:
        columns = ", ".join(f'"{column}"' for column in cls.COLUMNS[table].split())
        return f"COPY meetings_{table} ({columns}) FROM STDIN"

    def load(self, table: str) -> None:
        copy(table, "\n".join(self.lines.pop(table)))


def copy(table: str, text: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with cursor.copy(Rows.command(table)) as stream:
            stream.write(text + "\n")


def load_meetings(path: Path) -> None:
    copy("meeting", path.read_text())


def load_chunk(task: tuple[int, int, str]) -> None:
    first, size, folder = task
    rows = Rows()
    fill(rows, first, size)
    for table in [table for table in rows.lines if table != "meeting"]:
        rows.load(table)
    Path(folder, f"{first:08}").write_text("\n".join(rows.lines["meeting"]))


def fill(rows: Rows, first: int, size: int) -> None:
    rng, base = np.random.default_rng(first + 7), first // CHUNK * BLOCK + 1
    texts = written(rng, size)
    days = [FIRST + timedelta(days=int(day)) for day in DAYS * rng.beta(2.2, 1.6, size)]
    kinds = rng.choice(KINDS[0], size, p=KINDS[1])
    for i in range(size):
        document(rows, first + i, days[i], kinds[i], texts[i])
    meetings = size * PER_DOCUMENT
    counts = {
        "people": rng.choice(PARTICIPANTS[0], meetings, p=PARTICIPANTS[1]),
        "issues": rng.choice(ISSUES[0], meetings, p=ISSUES[1]),
        "accounts": rng.choice(ACCOUNTS[0], meetings, p=ACCOUNTS[1]),
    }
    people = iter(drawn(rng, world.cumulative["people"], counts["people"].sum()).tolist())
    issues = iter(drawn(rng, world.cumulative["issues"], counts["issues"].sum()).tolist())
    surnames = iter(drawn(rng, world.cumulative["surnames"], counts["people"].sum()).tolist())
    places = drawn(rng, world.cumulative["places"], meetings).tolist()
    rolls = rng.random((meetings, 6)).tolist()
    number = {"participant": base, "account": base, "accountparticipant": base, "statement": base}

    def next_number(table: str) -> int:
        number[table] += 1
        return number[table]

    for i in range(meetings):
        meeting, home = first * PER_DOCUMENT + i + 1, i // PER_DOCUMENT
        dated, untold_place, medium_roll, status_roll, review_roll, shift = rolls[i]
        day = days[home] - timedelta(days=int(shift * 9))
        when = told_date(day, dated)
        place = None if untold_place < 0.25 else world.places[places[i]]
        medium = (
            "in_person"
            if medium_roll < 0.7
            else "phone"
            if medium_roll < 0.82
            else "video"
            if medium_roll < 0.84
            else ""
        )
        status = (
            "held"
            if status_roll < 0.85
            else "planned"
            if status_roll < 0.95
            else "cancelled"
            if status_roll < 0.97
            else "proposed"
        )
        parties: dict[str, tuple] = {}
        for order in range(counts["people"][i]):
            person, name, country = world.people[next(people)]
            surname = next(surnames)
            role = ROLES[(person + order) % len(ROLES)]
            if surname % 4 == 0:
                person, name = None, world.surnames[surname]
            attendance = "principal" if order < 4 else "accompanying"
            parties[name] = (next_number("participant"), person, name, role, country, attendance, order)
        agenda = {world.issues[issue] for issue in (next(issues) for _ in range(counts["issues"][i]))}
        for row, person, name, role, country, attendance, order in parties.values():
            rows.add("participant", row, person, name, role, country, "", attendance, order, meeting, name.lower())
        for order, (issue, name) in enumerate(agenda):
            rows.add("meetingissue", meeting, issue, name, order)
        tellers = [home, *((home + 7 * (n + 1)) % size for n in range(counts["accounts"][i] - 1))]
        public = any((first + teller) % 10 for teller in tellers)
        values = (*when, status, place, "f", medium, 0.8)
        for teller in dict.fromkeys(tellers):
            account(
                rows, next_number, values, meeting, first + teller, i % PER_DOCUMENT, texts[teller][1], parties, agenda
            )
        title = " with ".join(list(parties)[:2])
        review = "unreviewed" if review_roll < 0.97 else "confirmed" if review_roll < 0.99 else "rejected"
        rows.add(
            "meeting",
            meeting,
            *values,
            f"m{meeting:x}",
            title,
            review,
            None if public else 2,
            len(set(tellers)),
            NOW,
            NOW,
            "{}",
            "{}",
        )


def told_date(day: date, roll: float) -> tuple:
    """EDTF, first and last day: most exact, some a month or a year, some untold."""
    if roll < 0.05:
        return "", None, None
    if roll < 0.08:
        return f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31)
    return day.isoformat(), day, day


def written(rng: np.random.Generator, size: int) -> list[tuple[str, list[tuple[int, str]]]]:
    """Texts, each with its paragraphs by their offset."""
    lengths = np.clip(rng.lognormal(np.log(600), 0.6, size), 60, 8_000).astype(int)
    words = world.words[drawn(rng, world.cumulative["words"], lengths.sum())].tolist()
    sizes = iter(rng.integers(25, 65, int(lengths.sum() // 25 + 2 * size)).tolist())
    texts, at = [], 0
    for length in lengths.tolist():
        passages, offset, end = [], 0, at + length
        while at < end:
            stop = min(end, at + next(sizes))
            text = " ".join(words[at:stop]).capitalize() + "."
            passages.append((offset, text))
            offset += len(text) + 2
            at = stop
        texts.append(("\\n\\n".join(text for _, text in passages), passages))
    return texts


def document(rows: Rows, number: int, day: date, kind: str, written: tuple) -> None:
    text, passages = written
    sha, row = hashlib.sha256(str(number).encode()).hexdigest(), number + 1
    title = " ".join(passages[0][1].split()[:7]).title()
    identifier = f"{day:%y}POST{number}" if kind == "cable" else ""
    rows.add(
        "document", row, day, day, day, f"d{number:x}", 1 if number % 10 else 2, f"{number}.txt", sha, "", "processed", "", title, kind,
        identifier, f"Post {number % 60}", "", "{}", "{}", "en", "", "", "", "synthetic/1", "synthetic/1", sha, sha, NOW, NOW,
    )  # fmt: skip
    rows.add("documentrevision", row, row, 1, "t", text, sha, "[]", "{}", NOW)
    for order, (start, body) in enumerate(passages):
        rows.add("passage", row, order, order + 1, "body", "", "", "f", start, start + len(body), body)


def account(
    rows: Rows, next_number, values, meeting: int, number: int, order: int, passages: list, parties: dict, agenda: set
) -> None:
    row, document = next_number("account"), number + 1
    start, text = passages[(order * 3 + 1) % len(passages)]
    quote, after = text[:50], text[50:100]

    def evidence(field: str, participant: int | None = None, statement: int | None = None) -> None:
        rows.add(
            "evidence",
            document,
            row,
            participant,
            statement,
            field,
            start,
            start + len(quote),
            quote,
            "",
            after,
            "synthetic/1",
            0.8,
        )

    rows.add("account", row, *values, meeting, document, order, quote, "")
    evidence("meeting")
    evidence("date")
    for participant, person, name, role, country, attendance, position in parties.values():
        own = next_number("accountparticipant")
        rows.add("accountparticipant", own, person, name, role, country, "", attendance, position, row, participant, "")
        evidence("participant", own)
    for position, (issue, name) in enumerate(agenda):
        rows.add("accountissue", row, issue, name, name.lower(), position)
    _, person, name, _, country, *_ = next(iter(parties.values()))
    said = next_number("statement")
    rows.add(
        "statement", said, document, row, name, person, country, next(iter(agenda))[0], "reported", text[:160], order
    )
    evidence("statement", None, said)


if __name__ == "__main__":
    main()
