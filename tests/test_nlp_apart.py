"""Analysis in a process apart: a text that hangs, swells or crashes ends that process alone, and the next one is analysed."""

import faulthandler
import os
import signal
import time

import pytest
from spacy.language import Language

from meetings import limits, readers
from meetings.nlp import pipeline
from meetings.nlp.apart import PATIENCE, Analyst, Analysts, Died, Gone
from meetings.nlp.extract import analysed
from meetings.records import Kind
from tests.extraction import nlp

TEXT = "Canadian Foreign Minister Anne Leclerc met with German Chancellor Karl Brandt in {city} on 2 May 2016."
HANGS, SWELLS, CRASHES, KILLED, DEAF = "Hangstadt", "Swellburg", "Crashville", "Killeen", "Deafham"


def document(city: str):
    (read,) = readers.read(TEXT.format(city=city).encode(), f"{city}.txt", readers.Options(kind=Kind.NEWS))
    return read


@Language.component("harmful")
def harmful(doc):
    if HANGS in doc.text:
        while True:
            pass
    if DEAF in doc.text:
        signal.signal(signal.SIGVTALRM, signal.SIG_IGN)
        while True:
            pass
    if SWELLS in doc.text:
        bytearray(limits.ANALYSIS_MEMORY + limits.MB)
    if CRASHES in doc.text:
        faulthandler.disable()  # pytest's own, which would write this crash into the log of the test run
        os.kill(os.getpid(), signal.SIGSEGV)
    if KILLED in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return doc


@pytest.fixture(scope="module")
def analyst():
    breaking = pipeline.load()
    breaking.add_pipe("harmful", first=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("meetings.nlp.apart.SPARE", 0.5)
        made = Analyst(breaking)
        yield made
        made.stop()


def test_it_finds_what_is_found_here(analyst):
    batch = [document(city) for city in ("Berlin", "Vienna", "Paris")]
    assert analyst.analysed(batch) == analysed(batch, nlp())


@pytest.mark.parametrize("city", [HANGS, DEAF])
def test_a_text_that_takes_too_long_fails_with_its_reason_and_the_next_is_analysed(analyst, monkeypatch, city):
    with monkeypatch.context() as short:  # for this text alone: what is honest may take as long as ever
        short.setattr(limits, "ANALYSIS", 1)
        (harmed,) = analyst.analysed([document(city)])
    assert "more than 1 seconds of computing" in str(harmed)
    assert analyst.analysed([document("Vienna")])[0].meetings


@pytest.mark.parametrize(
    ("city", "reason"), [(SWELLS, "LIMIT_ANALYSIS_MEMORY_MB"), (CRASHES, "ended the program (SIGSEGV)")]
)
def test_a_harmful_text_fails_with_its_reason_and_the_next_is_analysed(analyst, city, reason):
    (harmed,) = analyst.analysed([document(city)])
    assert reason in str(harmed)
    assert analyst.analysed([document("Vienna")])[0].meetings


def test_those_beside_a_harmful_text_are_analysed(analyst):
    first, harmed, last = analyst.analysed([document("Berlin"), document(CRASHES), document("Paris")])
    assert isinstance(harmed, Exception)
    assert first.meetings and last.meetings


def test_what_may_have_been_killed_from_outside_is_no_texts_fault(analyst):
    with pytest.raises(Died):
        analyst.analysed([document(KILLED)])
    assert analyst.analysed([document("Vienna")])[0].meetings


def test_of_several_side_by_side_a_killed_one_costs_no_other_text_its_meetings():
    breaking = pipeline.load()
    breaking.add_pipe("harmful", first=True)
    with Analysts(breaking, 2) as analysts:
        batches = [[document(city) for city in cities] for cities in (("Berlin", KILLED), ("Vienna", "Paris"))]
        (first, killed), others = (asked.result() for asked in map(analysts.submit, batches))
    assert "ended from outside (exit status -9)" in str(killed)
    assert first.meetings and all(each.meetings for each in others)


def test_who_breaks_off_does_not_wait_for_a_text_that_takes_for_ever():
    breaking = pipeline.load()
    breaking.add_pipe("harmful", first=True)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Analysts(breaking, 1) as analysts:
        asked = analysts.submit([document(HANGS)])
        with pytest.raises(TimeoutError):
            asked.result(timeout=1)
        raise KeyboardInterrupt
    assert isinstance(asked.exception(), Gone)
    assert time.monotonic() - began < limits.ANALYSIS * PATIENCE


def test_nothing_is_left_of_it_when_it_ends():
    made = Analyst(nlp())
    made.analysed([document("Berlin")])
    process = made._process
    made.stop()
    assert process.exitcode == 0
