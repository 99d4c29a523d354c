"""Workers as processes of their own: killed, told to end, cut off from the database. Nothing is lost, double or half-written."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from diplomacy import database, state
from meetings import worker
from tests.hostile import CORPUS

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 3  # seconds without a sign of life
PEOPLE = ("Ana Duarte", "Jonas Lind", "Rui Alves", "Karin Holm", "Paulo Teles", "Sven Borg")
TOPICS = ("fisheries", "migration", "energy", "trade")
CITIES = ("Lisbon", "Stockholm", "Porto", "Geneva")
POISON, ENDLESS, VAST = "Fatalburg", "Endless Hill", "Vastholm"
RETRY = "from meetings import queue, models; queue.retry(models.WorkItem.objects.all())"

# All that the archive holds, but for row numbers, the time of day, and whether a person was new to the archive (`resolved_by`):
# which of several documents came first is all that killed workers may change.
CONTENT = (
    "SELECT sha256, part, state, reason, title, kind, date, read_digest, extracted_digest FROM meetings_document",
    """SELECT d.sha256, r.number, r.current, r.sha256, r.names::text, count(p.id), sum(length(p.text)) FROM meetings_documentrevision r
        JOIN meetings_document d ON d.id = r.document_id LEFT JOIN meetings_passage p ON p.revision_id = r.id GROUP BY d.id, r.id""",
    """SELECT d.sha256, a.order, a.anchor, a.date, a.status, a.medium, a.confidence, a.joined_by, m.public_id, p.name FROM meetings_account a
        JOIN meetings_document d ON d.id = a.document_id JOIN meetings_meeting m ON m.id = a.meeting_id
        LEFT JOIN meetings_place p ON p.id = a.place_id""",
    """SELECT d.sha256, a.order, t.order, t.name, t.role, t.country_id, p.name, m.name FROM meetings_accountparticipant t
        JOIN meetings_account a ON a.id = t.account_id JOIN meetings_document d ON d.id = a.document_id
        LEFT JOIN meetings_person p ON p.id = t.person_id LEFT JOIN meetings_participant m ON m.id = t.participant_id""",
    "SELECT d.sha256, i.order, i.name, i.mention FROM meetings_accountissue i JOIN meetings_account a ON a.id = i.account_id JOIN meetings_document d ON d.id = a.document_id",
    """SELECT d.sha256, e.field, e.start, e.end, e.quote, e.rule, e.account_id IS NULL, e.statement_id IS NULL FROM meetings_evidence e
        JOIN meetings_documentrevision r ON r.id = e.revision_id JOIN meetings_document d ON d.id = r.document_id""",
    "SELECT d.sha256, s.order, s.speaker, s.kind, s.text FROM meetings_statement s JOIN meetings_document d ON d.id = s.document_id",
    "SELECT public_id, title, date, status, account_count, merged_into_id IS NULL, cardinality(terms) FROM meetings_meeting WHERE account_count > 0",
    "SELECT m.public_id, p.order, p.name, p.role, p.country_id FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id",
    "SELECT name, country_id FROM meetings_person",
)


class Archive:
    """A database of its own, made from the test database, and what is done with it from outside."""

    def __init__(self, url: str, folder: Path, **environment: str) -> None:
        self.url, self.log = url, folder / "worker.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "OMP_NUM_THREADS": "1",
            "WORKER_PATIENCE": str(PATIENCE),
            **environment,
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def rows(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as asked:
            return asked.execute(statement).fetchall()

    def content(self) -> list[list[tuple]]:
        return [sorted(self.rows(statement), key=repr) for statement in CONTENT]

    def cut_off(self) -> None:
        """Every connection to this database ends, as when the server restarts."""
        self.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def left(self) -> int:
        ((items, jobs),) = self.rows(
            """SELECT (SELECT count(*) FROM meetings_workitem WHERE settled IS NULL),
            (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))"""
        )
        return items + jobs

    def settled(self, seconds: float = 240) -> None:
        deadline = time.monotonic() + seconds
        while self.left():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    @contextmanager
    def working(self, processes: int = 1):
        """A worker at work; afterwards it must end in good order."""
        process = self.start(processes)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, self.log.read_text()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        assert "Exception ignored" not in self.log.read_text()

    def start(self, processes: int) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "worker", f"--processes={processes}"]
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )


@pytest.fixture(scope="module")
def empty(django_db_setup, django_db_blocker):
    """Where the server is, and a database with tables that nobody is connected to, as only such can be copied."""
    with django_db_blocker.unblock():
        values = connection.get_connection_params()
    where = {key: values[key] for key in ("host", "port", "user", "password") if values.get(key)}
    name = f"{values['dbname']}_empty"
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as asked:
        asked.execute(f"CREATE DATABASE {name}")
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        environment = os.environ | {"DATABASE_URL": url(where, name)}
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
        yield where, name
        asked.execute(f"DROP DATABASE {name} WITH (FORCE)")


def url(where: dict, name: str) -> str:
    return "postgresql:///?" + "&".join(f"{key}={value}" for key, value in {**where, "dbname": name}.items())


@pytest.fixture
def archive(empty, tmp_path):
    """Makes archives; each is a copy of the empty database."""
    made = []
    where, name = empty

    def make(**environment: str) -> Archive:
        copy = f"{name}_{len(made)}"
        with psycopg.connect(**where, dbname="postgres", autocommit=True) as asked:
            asked.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        made.append(copy)
        return Archive(url(where, copy), tmp_path, **environment)

    yield make
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as asked:
        for copy in made:
            asked.execute(f"DROP DATABASE {copy} WITH (FORCE)")


@pytest.fixture
def documents(tmp_path):
    """Short releases, some pairs of which tell of one meeting."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(24):
        encounter = number // 2 if number < 8 else number
        host, guest = PEOPLE[encounter % 3], PEOPLE[3 + encounter % 2]
        city, topic = CITIES[encounter % 4], TOPICS[number % 4]
        (folder / f"{number:02}.txt").write_text(
            f"Readout of Minister {host}'s Meeting with Minister {guest} of Sweden\n\nMay {encounter + 1}, 1995\n\n"
            f"Portuguese Foreign Minister {host} met with Swedish Foreign Minister {guest} in {city} on May {encounter + 1}, 1995. "
            f"They discussed {topic}. Minister {guest} said that report {number} was too short.\n"
        )
    return folder


@pytest.fixture(scope="module")
def remembered():
    return []


@pytest.fixture
def undisturbed(archive, documents, remembered):
    """What the archive holds when nothing goes wrong."""
    if not remembered:
        calm = archive()
        calm.manage("ingest", str(documents))
        remembered.append(calm.content())
    return remembered[0]


@pytest.mark.parametrize(("seed", "blows"), [(7, 6), pytest.param(11, 200, marks=pytest.mark.soak)])
def test_workers_killed_and_cut_off_at_random_leave_what_an_undisturbed_run_leaves(
    archive, documents, undisturbed, seed, blows
):
    chance = random.Random(seed)
    stormy = archive()
    stormy.manage("ingest", "--enqueue", str(documents))
    process = stormy.start(2)
    wait_for_children(process, 2)
    try:
        for number in range(blows):
            if not stormy.left():
                stormy.manage("ingest", "--enqueue", "--force", str(documents))
            time.sleep(chance.uniform(0.2, 2.5))
            if chance.random() < 0.25:
                stormy.cut_off()
            if number % 20 == 3:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                process = stormy.start(2)
                wait_for_children(process, 2)
            else:
                kill(chance.choice(wait_for_children(process, 1)))
        stormy.settled()
        # Blows so close may hit one document each time that it is tried, which then looks as if it were to blame.
        while set_aside := stormy.rows("SELECT name, reason FROM meetings_workitem WHERE state <> 'done'"):
            assert {reason for _, reason in set_aside} == {worker.DIED}
            stormy.manage("shell", "--verbosity=0", "-c", RETRY)
            stormy.settled()
        assert stormy.content() == undisturbed
        process.terminate()
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.soak
def test_a_database_restarted_under_load_loses_nothing(documents, undisturbed, tmp_path):
    folder = state.folder() / f"test-{os.getpid()}"
    server = database.Server(folder, account=database.unprivileged_account() if os.geteuid() == 0 else None)
    stormy = Archive(f"postgresql:///{database.NAME}?host={server.join()}&user={database.ROLE}", tmp_path)
    chance = random.Random(3)
    try:
        stormy.manage("migrate", "--verbosity=0")
        stormy.manage("ingest", "--enqueue", str(documents))
        with stormy.working(2):
            for _ in range(5):
                time.sleep(chance.uniform(3, 6))
                server.leave()
                time.sleep(chance.uniform(0, 5))
                server.join()
                if not stormy.left():
                    stormy.manage("ingest", "--enqueue", "--force", str(documents))
            stormy.settled()
        assert stormy.content() == undisturbed
    finally:
        server.leave()
        shutil.rmtree(folder)


def test_a_worker_told_to_end_leaves_the_rest_to_the_next_one(archive, documents, undisturbed):
    calm = archive()
    calm.manage("ingest", "--enqueue", str(documents))
    with calm.working():
        while not calm.rows("SELECT 1 FROM meetings_document LIMIT 1"):
            time.sleep(0.05)
    assert calm.left()
    assert not calm.rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'")
    assert not calm.rows("SELECT 1 FROM meetings_workitem WHERE state = 'working'")
    with calm.working():
        calm.settled()
    assert calm.content() == undisturbed


def test_a_document_that_kills_its_worker_is_set_aside_and_takes_nothing_with_it(archive, documents, tmp_path):
    fatal_pipeline(tmp_path / "site")
    for surplus in sorted(documents.iterdir())[8:]:
        surplus.unlink()
    (documents / "05a.txt").write_text(f"The ministers of both countries met in {POISON} on May 3, 1995.\n")
    path = os.pathsep.join(filter(None, [str(tmp_path / "site"), os.environ.get("PYTHONPATH")]))
    stormy = archive(SPACY_MODEL="fatal_pipeline", PYTHONPATH=path)
    stormy.manage("ingest", "--enqueue", str(documents))
    with stormy.working():
        stormy.settled()
    ((name, reason, tries),) = stormy.rows(
        "SELECT name, reason, tries FROM meetings_workitem WHERE state <> 'done' ORDER BY 1"
    )
    assert (name.rpartition("/")[2], reason, tries) == ("05a.txt", worker.DIED, worker.TRIES)
    assert stormy.rows("SELECT state, count(*) FROM meetings_document GROUP BY 1 ORDER BY 1") == [
        ("failed", 1),
        ("processed", 8),
    ]


def test_a_text_that_takes_too_long_or_too_much_memory_is_set_aside_and_the_worker_goes_on(
    archive, documents, tmp_path
):
    fatal_pipeline(tmp_path / "site")
    for surplus in sorted(documents.iterdir())[4:]:
        surplus.unlink()
    for name, city in (("00a.txt", ENDLESS), ("01a.txt", VAST)):
        (documents / name).write_text(f"The ministers of both countries met in {city} on May 3, 1995.\n")
    path = os.pathsep.join(filter(None, [str(tmp_path / "site"), os.environ.get("PYTHONPATH")]))
    limits = {"LIMIT_ANALYSIS_SECONDS": "2", "LIMIT_ANALYSIS_MEMORY_MB": "1000"}
    calm = archive(SPACY_MODEL="fatal_pipeline", PYTHONPATH=path, **limits)
    calm.manage("ingest", "--enqueue", str(documents))
    with calm.working() as worker_process:
        while not children_of(worker_process.pid):
            time.sleep(0.05)
        (child,) = children_of(worker_process.pid)
        calm.settled()
        assert children_of(worker_process.pid) == [child]
    reasons = calm.rows("SELECT name, reason FROM meetings_workitem WHERE state <> 'done' ORDER BY name")
    (_, slow), (_, large) = reasons
    assert "takes more than 2 seconds of computing" in slow
    assert "takes more than 1,000 MB of memory (LIMIT_ANALYSIS_MEMORY_MB)" in large
    assert calm.rows("SELECT state, count(*) FROM meetings_document GROUP BY 1 ORDER BY 1") == [
        ("failed", 2),
        ("processed", 4),
    ]


@pytest.mark.soak
def test_all_hostile_files_in_one_folder_go_through_a_worker(archive, tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    for file in CORPUS:
        (folder / file.name).write_bytes(file.content())
    (folder / "zzz.txt").write_text(
        "Foreign Minister Ana Duarte met Swedish Foreign Minister Jonas Lind in Lisbon on March 3, 1995.\n"
    )
    calm = archive()
    calm.manage("ingest", "--enqueue", str(folder))
    with calm.working() as process:
        while not children_of(process.pid):
            time.sleep(0.05)
        (child,) = children_of(process.pid)
        calm.settled(1200)
        assert children_of(process.pid) == [child]
    reasons = " ".join(reason for (reason,) in calm.rows("SELECT reason FROM meetings_document WHERE state = 'failed'"))
    for file in CORPUS:
        assert re.search(file.says, reasons), file.name
    told = "SELECT count(*) FROM meetings_account a JOIN meetings_document d ON d.id = a.document_id WHERE d.file_name LIKE '%zzz.txt'"
    assert calm.rows(told) == [(1,)]


def fatal_pipeline(site: Path) -> None:
    """An installed pipeline that is ours, and kills its process over a text with a certain word, or asks for too much over others."""
    (site / "fatal_pipeline").mkdir(parents=True)
    (site / "fatal_pipeline" / "__init__.py").write_text(f"""
import os, signal, spacy
from spacy.language import Language
from meetings.nlp.pipeline import MODEL

@Language.component("fatal")
def fatal(doc):
    if {POISON!r} in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    while {ENDLESS!r} in doc.text:
        pass
    if {VAST!r} in doc.text:
        bytearray(1_100_000_000)
    return doc

def load(**options):
    nlp = spacy.load(MODEL, **options)
    nlp.add_pipe("fatal", first=True)
    return nlp
""")
    (site / "fatal_pipeline-1.0.dist-info").mkdir()
    (site / "fatal_pipeline-1.0.dist-info" / "METADATA").write_text("Name: fatal_pipeline\nVersion: 1.0\n")


def children_of(process: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True).stdout
    return [int(number) for number in found.split()]


def wait_for_children(process: subprocess.Popen, number: int) -> list[int]:
    """Those that were there when there were so many: the next moment one may be gone."""
    deadline = time.monotonic() + 60
    while len(found := children_of(process.pid)) < number:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    return found


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
