"""The sample collection: marked as what it is, and in step with the table of facts that it was written from."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from meetings import readers
from meetings.records import Kind

SAMPLES = Path(__file__).parent.parent / "samples"
FACTS = sorted((Path(__file__).parent / "data").glob("facts-*.csv"))
NOTICE = "Reconstruction written for this demonstration"


@pytest.fixture(scope="module")
def documents():
    found = {}
    for file in readers.discover([SAMPLES]):
        [found[file.name.removeprefix("samples/")]] = readers.read(file.content, file.name, file.options)
    return found


@pytest.fixture(scope="module")
def facts():
    return [row for table in FACTS for row in csv.DictReader(table.open())]


def test_there_are_at_least_sixty_of_four_genres_over_eighty_years(documents):
    kinds = Counter(document.kind for document in documents.values())
    assert sum(kinds.values()) >= 60
    assert all(kinds[kind] >= 10 for kind in (Kind.CABLE, Kind.MEMCON, Kind.READOUT, Kind.NEWS)), kinds
    years = {document.date[:4] for document in documents.values()}
    assert min(years) <= "1941"
    assert max(years) >= "2022"


def test_each_is_marked_as_a_reconstruction_and_has_a_fictitious_identifier_of_its_own(documents):
    assert {document.notice for document in documents.values()} == {NOTICE}
    identifiers = [document.identifier for document in documents.values()]
    assert all(identifier.startswith("DEMO-") for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_none_puts_quoted_words_into_anybodys_mouth(documents):
    quoting = [name for name, document in documents.items() if any(mark in document.text for mark in '"“”«»„')]
    assert not quoting


def test_at_least_eight_meetings_are_told_by_two_documents_or_three(facts):
    tellings = defaultdict(set)
    for row in facts:
        tellings[row["meeting"]].update(row["documents"].split(";"))
    assert sum(len(documents) > 1 for documents in tellings.values()) >= 8


def test_every_fact_names_documents_that_are_there_and_says_how_it_was_checked(documents, facts):
    for row in facts:
        assert row["source"], row
        for name in row["documents"].split(";"):
            assert name.strip() in documents, row


def test_they_tell_of_meetings_of_many_countries(facts):
    countries = {name.rsplit("(", 1)[-1].rstrip(") ") for row in facts for name in row["participants"].split(";")}
    assert len(countries) >= 40
