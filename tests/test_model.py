"""The shipped model: that it loads, is small, and finds entities, sentences and trees well enough."""

import json
from pathlib import Path

import pytest
import spacy
from extraction import nlp as whole

from meetings.nlp import pipeline

MODEL = Path(__file__).parent.parent / "meetings" / "nlp" / "model"
SMALL = Path(__file__).parent / "data" / "ner_small.jsonl"
LABELS = {"PERSON", "TITLE", "GPE", "NORP", "ORG", "LOC", "FAC", "DATE", "TIME", "EVENT", "LAW"}
FLOOR = 0.87


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(MODEL)


def entities(doc):
    return [(e.text, e.label_) for e in doc.ents]


def f_score(nlp, rows):
    """F of exact spans with labels."""
    right = found = gold = 0
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        expected = {tuple(entity) for entity in row["entities"]}
        given = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        right, found, gold = right + len(expected & given), found + len(given), gold + len(expected)
    return 2 * right / (found + gold)


def test_the_pipeline_says_what_it_is(nlp):
    assert f"{nlp.meta['lang']}_{nlp.meta['name']}" == "en_diplomacy"
    assert nlp.meta["version"] and nlp.meta["license"] and nlp.meta["sources"]
    assert set(nlp.get_pipe("ner").labels) == LABELS


def test_the_folder_is_small_and_carries_card_and_notice():
    assert sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file()) < 25_000_000
    assert "large language model" in (MODEL / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in (MODEL / "NOTICE").read_text(encoding="utf-8")


def test_entities_of_invented_diplomatic_sentences_are_found(nlp):
    rows = [json.loads(line) for line in SMALL.read_text(encoding="utf-8").splitlines()]
    assert f_score(nlp, rows) >= FLOOR


def test_nationality_title_and_name_are_three_entities(nlp):
    doc = nlp("Russian Foreign Minister Sergey Lavrov spoke with his Turkish counterpart.")
    assert entities(doc)[:3] == [("Russian", "NORP"), ("Foreign Minister", "TITLE"), ("Sergey Lavrov", "PERSON")]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Novak met Amb. Reyes of the U.S. Embassy in Lima.", "No. 5 of the agenda was not discussed."],
        ["He arrived at 3 p.m. and left with Gen. Ortiz.", "Talks with the U.S. resume on Monday."],
    ],
)
def test_abbreviations_do_not_end_a_sentence(nlp, sentences):
    assert [s.text for s in nlp(" ".join(sentences)).sents] == sentences


def test_a_country_joined_to_another_by_a_hyphen_is_found(nlp):
    assert ("U.S.", "GPE") in entities(nlp("They reviewed the U.S.-Mexico border talks in Tijuana."))


def relations(doc):
    return {(token.text, token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister met his Peruvian counterpart in Lima.",
            {
                ("minister", "nsubj", "met"),
                ("counterpart", "obj", "met"),
                ("Lima", "obl", "met"),
                ("his", "nmod:poss", "counterpart"),
            },
        ),
        (
            "The ambassador was received by the president on Monday.",
            {
                ("ambassador", "nsubj:pass", "received"),
                ("was", "aux:pass", "received"),
                ("president", "obl:agent", "received"),
            },
        ),
        (
            "The officials agreed that talks would continue.",
            {("officials", "nsubj", "agreed"), ("continue", "ccomp", "agreed"), ("talks", "nsubj", "continue")},
        ),
    ],
)
def test_who_did_what_to_whom_is_in_the_tree(nlp, text, expected):
    assert expected <= relations(nlp(text))


def test_words_have_parts_of_speech_features_and_lemmas(nlp):
    doc = nlp("They discussed the ministers' visits.")
    assert [(token.pos_, token.lemma_) for token in doc if token.is_alpha] == [
        ("PRON", "they"), ("VERB", "discuss"), ("DET", "the"), ("NOUN", "minister"), ("NOUN", "visit"),
    ]  # fmt: skip
    assert doc[1].morph.get("Tense") == ["Past"] and doc[5].morph.get("Number") == ["Plur"]


def test_trees_keep_to_the_sentences_that_our_component_sets():
    doc = whole()("Statement by Mr. Novak\n\nGen. Ortiz met Amb. Reyes. No. 5 was not discussed.\n\nPress Office")
    starts = [token.text for token in doc if token.is_sent_start and not token.is_space]
    assert starts == ["Statement", "Gen.", "No", "Press"]
    assert all(sentence.start <= token.head.i < sentence.end for sentence in doc.sents for token in sentence)


def test_lemmas_of_ever_new_words_do_not_fill_the_memory():
    remembered = pipeline.Remembered()
    for number in range(2 * pipeline.LEMMAS + 1):
        remembered[number] = ["word"]
    assert len(remembered) == 1 and remembered[2 * pipeline.LEMMAS] == ["word"]
    assert isinstance(whole().get_pipe("lemmatizer").cache, pipeline.Remembered)
