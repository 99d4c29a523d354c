"""How likely a record is a meeting: a probability that holds in folds, below whose threshold a record is dropped."""

from __future__ import annotations

from meetings.nlp import weights
from meetings.nlp.components.confidence import Confidence
from meetings.records import Kind
from tests.extraction import meetings, read

FITTED = weights.load("confidence")


def test_published_probabilities_hold_in_folds():
    bins = [each for each in FITTED["calibration"] if each["records"] >= 10]
    assert len(bins) >= 8
    for each in bins:
        assert abs(each["probability"] - each["meetings"] / each["records"]) <= 0.10, each


def test_evidence_adds_up_to_a_probability():
    model = Confidence(bias=0.0, weights={"for": 2.0, "against": -2.0}, threshold=0.5, printed=0.5)
    assert model.probability({}) == 0.5
    assert model.probability({"for": 1.0}) > 0.8
    assert model.probability({"against": 1.0}) < 0.2
    assert model.probability({"for": 1.0, "against": 1.0, "never seen": 1.0}) == 0.5


def test_less_certain_records_are_kept_in_papers_that_editions_print_of_other_governments():
    told = "President Paul Girard of France met Chancellor Karl Brandt of Germany in Berlin on Tuesday."
    even = Confidence(bias=-0.4, weights={}, threshold=0.45, printed=0.3)  # gives every record 0.4
    assert even(read(f"{told}\n\n[NAA: A1838, 1/2]\n", Kind.CABLE))._.encounters
    assert not even(read(f"FM AMEMBASSY BERLIN\nTO SECSTATE WASHDC\n\n1. {told}\n", Kind.CABLE))._.encounters


def test_plain_words_give_a_high_probability():
    text = "President Paul Girard of France met Chancellor Karl Brandt of Germany in Berlin on Tuesday."
    (talk,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert talk.confidence >= 0.85


def test_every_record_reaches_the_threshold():
    text = (
        "President Paul Girard of France met Chancellor Karl Brandt of Germany in Berlin on Tuesday. "
        "Chancellor Brandt told Prime Minister Ana Silva of Portugal that the tariff would go."
    )
    assert all(each.confidence >= FITTED["threshold"] - 0.005 for each in meetings(text, Kind.NEWS, "2016-03-10"))
