"""Files made to harm: each is refused with its reason, or does no harm, at a small price, and the rest goes on."""

import os
import random
import re
import signal
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Document
from meetings.readers import apart, discover
from meetings.readers.apart import ReaderProcess
from meetings.registers import RegisterError, entries
from tests import hostile
from tests.hostile import BAITS, CORPUS, Hostile

SECONDS, MEMORY = 10, 512 * 1024 * 1024  # that one file may cost
CHOSEN = random.Random(1961)
SAMPLE = CHOSEN.sample(CORPUS, 8)
GOOD = "Foreign Minister Ana Duarte met Swedish Foreign Minister Jonas Lind in Lisbon on March 3, 1995.\n"


def each(sample: list[Hostile], every: list[Hostile]) -> list:
    """All of them; what is not in the sample is for the long trials."""
    return [
        pytest.param(file, id=ascii(file.name)[:40], marks=[] if file in sample else [pytest.mark.soak])
        for file in every
    ]


def put(file: Hostile, folder: Path) -> None:
    (folder / file.name).write_bytes(file.content())


def computed(process: int) -> float:
    """Seconds of computing of this process, of those that it started and that have ended, and of another that goes on."""
    own = os.times()
    stat = Path(f"/proc/{process}/stat")
    others = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else []
    return sum(own[:4]) + sum(map(int, others)) / os.sysconf("SC_CLK_TCK")


def most_memory(process: int | str) -> int:
    """Bytes at the highest since they were last forgotten; 0 of a process that has ended, as its limit saw to it."""
    status = Path(f"/proc/{process}/status")
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) * 1024 if status.exists() else 0


@pytest.mark.parametrize("file", each(SAMPLE, CORPUS + BAITS))
def test_a_hostile_file_is_refused_with_its_reason_or_does_no_harm(file, tmp_path):
    put(file, tmp_path)
    apart.read_all(GOOD.encode(), "good.txt")
    process = apart.process_id()
    for one in (process, "self"):
        Path(f"/proc/{one}/clear_refs").write_text("5")
    before, started = most_memory("self"), computed(process)
    reasons, texts = [], []
    for found in discover([tmp_path]):
        documents, failures = ([], [found.error]) if found.error else apart.read_all(found.content, found.name)
        reasons += map(str, failures)
        texts += documents
    assert computed(process) - started < SECONDS
    assert most_memory(process) < MEMORY
    assert most_memory("self") - before < MEMORY / 2
    if file.says:
        assert re.search(file.says, " ".join(reasons))
    else:
        assert not reasons and texts
    for document in texts:
        assert "root:" not in document.text
        assert f"{document}".encode()
        assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", document.title + document.part)


@pytest.mark.django_db
@pytest.mark.parametrize("files", [SAMPLE[:4], pytest.param(CORPUS, marks=pytest.mark.soak)], ids=["sample", "all"])
def test_the_run_goes_on_after_each_and_keeps_its_reason(files, tmp_path):
    for file in files:
        put(file, tmp_path)
    (tmp_path / "zzz.txt").write_text(GOOD)
    with pytest.raises(CommandError, match=r"documents failed; each is kept with its reason") as failure:
        call_command("ingest", tmp_path, stdout=StringIO())
    assert failure.value.returncode == 1
    assert Document.objects.get(file_name__endswith="zzz.txt").accounts.exists()
    reasons = " ".join(Document.objects.filter(state="failed").values_list("reason", flat=True))
    for file in files:
        assert re.search(file.says, reasons)


def test_a_reader_that_crashes_is_the_failure_of_its_file_and_another_takes_over():
    reader = ReaderProcess()
    reader.read_all(b"fish", "a.txt")
    os.kill(reader.process_id(), signal.SIGSTOP)
    os.kill(reader.process_id(), signal.SIGSEGV)
    os.kill(reader.process_id(), signal.SIGCONT)
    documents, (reason,) = reader.read_all(b"fish", "b.txt")
    assert not documents
    assert "b.txt crashed the program that reads it (SIGSEGV)" in str(reason)
    (document,), failures = reader.read_all(b"fish", "c.txt")
    assert (document.text, failures) == ("fish", [])
    reader.stop()


def test_the_process_that_reads_lives_on_from_file_to_file():
    reader = ReaderProcess()
    reader.read_all(b"fish", "a.txt")
    first = reader.process_id()
    reader.read_all(b"fish", "b.txt")
    assert reader.process_id() == first
    reader.stop()
    assert not Path(f"/proc/{first}").exists()


@pytest.mark.parametrize(
    "content",
    [
        f'<?xml version="1.0"?>{hostile.LAUGHS.replace("DOCTYPE l", "DOCTYPE trips")}<trips><trip><name>&a11;</name></trip></trips>',
        f'<?xml version="1.0"?>{hostile.OUTSIDE.replace("DOCTYPE l", "DOCTYPE trips")}<trips><trip><name>&x;</name></trip></trips>',
        "<trips>" + "<trip>" * 200_000,
        "<trips><trip a='" + "x" * 20 * hostile.MILLION + "'/>",
    ],
    ids=["laughs", "outside", "deep", "long"],
)
def test_a_bomb_among_the_official_lists_is_refused_or_said_to_be_unreadable(content, tmp_path):
    path = tmp_path / "trips.xml"
    path.write_text(content)
    started = time.process_time()
    try:
        found = list(entries(path))
    except RegisterError as error:
        found = [error]
    assert found and "root:" not in repr(found)
    assert time.process_time() - started < SECONDS
