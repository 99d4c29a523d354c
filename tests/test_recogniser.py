"""Another installed pipeline, named by SPACY_MODEL, gives the entities; the rest of the extraction stays as it is."""

import pytest
import spacy
from django.core.management import CommandError, call_command
from extraction import nlp
from spacy.training import Example
from spacy.util import fix_random_seed

from meetings import readers
from meetings.ingest import Ingest
from meetings.nlp import pipeline
from meetings.nlp.extract import extract
from meetings.records import Kind

TEXT = (
    "Peruvian Foreign Minister Ana Petrov met Czech President Karel Dvorak in Lima on 4 May 2011. They discussed trade."
)
LABELS = {
    "Peruvian": "NORP",
    "Ana Petrov": "PERSON",
    "Czech": "NORP",
    "Karel Dvorak": "PERSON",
    "Lima": "GPE",
    "4 May 2011": "DATE",
}
ENTITIES = [(TEXT.index(words), TEXT.index(words) + len(words), label) for words, label in LABELS.items()]


@pytest.fixture(scope="module")
def ontonotes(tmp_path_factory):
    """A pipeline of a few seconds' training with OntoNotes entities, ClearNLP trees and one embedding for both."""
    other = spacy.blank("en")
    other.add_pipe("tok2vec", config={"model": {"width": 32, "depth": 1, "embed_size": 300}})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 32, "upstream": "*"}
    # Entities first: they keep to sentences, and the parser has seen no tree of TEXT.
    other.add_pipe("ner", config={"model": {"tok2vec": listener}})
    other.add_pipe("parser", config={"model": {"tok2vec": listener}, "min_action_freq": 1})
    sums = "Seven firms paid 3 million dollars in Lima."
    trees = {
        "heads": [1, 2, 2, 5, 5, 2, 2, 6, 2],
        "deps": "nummod nsubj ROOT nummod nummod dobj prep pobj punct".split(),
    }
    examples = [
        Example.from_dict(other.make_doc(TEXT), {"entities": ENTITIES}),
        Example.from_dict(
            other.make_doc(sums),
            {"entities": [(0, 5, "CARDINAL"), (17, 34, "MONEY"), (38, 42, "GPE")], **trees},
        ),
    ]
    fix_random_seed(1)
    optimizer = other.initialize(lambda: examples)
    for _ in range(300):
        if (lost := other.update(examples, sgd=optimizer))["ner"] + lost["parser"] < 0.01:
            break
    folder = tmp_path_factory.mktemp("models") / "en_other"
    other.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def adopted(ontonotes):
    return pipeline.load(ontonotes)


def test_its_entities_are_taken_and_the_lexicon_adds_the_titles(adopted):
    found = {(ent.text, ent.label_) for ent in adopted(TEXT).ents}
    assert {("Ana Petrov", "PERSON"), ("Karel Dvorak", "PERSON"), ("Lima", "GPE"), ("4 May 2011", "DATE")} <= found
    assert {("Foreign Minister", "TITLE"), ("President", "TITLE")} <= found


def test_entities_that_we_have_no_label_for_are_left_out(ontonotes, adopted):
    text = "Seven firms paid 3 million dollars in Lima."
    assert "MONEY" in {ent.label_ for ent in spacy.load(ontonotes)(text).ents}
    assert {ent.label_ for ent in adopted(text).ents} <= {"GPE"}


def test_trees_tags_and_lemmas_are_those_of_the_shipped_model(adopted):
    ours, theirs = nlp()(TEXT), adopted(TEXT)
    assert [(t.dep_, t.head.i, t.pos_, t.lemma_) for t in theirs] == [
        (t.dep_, t.head.i, t.pos_, t.lemma_) for t in ours
    ]


def test_meetings_are_found_with_it(adopted):
    documents = readers.read(TEXT.encode(), "test.txt", readers.Options(kind=Kind.NEWS))
    ((_, found),) = extract(documents, adopted)
    (meeting,) = found.meetings
    assert {(each.name, each.role) for each in meeting.participants} == {
        ("Ana Petrov", "Foreign Minister"),
        ("Karel Dvorak", "President"),
    }


def test_places_of_a_scheme_without_states_are_told_apart_by_the_tables(tmp_path):
    other = spacy.blank("en")
    patterns = [("PER", "Ana Petrov"), ("LOC", "Peru"), ("LOC", "Andes"), ("MISC", "Nobel Prize")]
    other.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": text} for label, text in patterns])
    other.to_disk(tmp_path)
    doc = pipeline.load(tmp_path)("Ana Petrov of Peru climbed the Andes and won the Nobel Prize.")
    assert {(ent.text, ent.label_) for ent in doc.ents} == {("Ana Petrov", "PERSON"), ("Peru", "GPE"), ("Andes", "LOC")}


def test_a_pipeline_with_our_labels_is_used_whole():
    assert pipeline.load(pipeline.MODEL).pipe_names == nlp().pipe_names


def test_a_name_that_is_not_installed_is_refused_with_what_to_do():
    with pytest.raises(pipeline.Unusable, match=r"'en_core_wbe_sm'.*SPACY_MODEL.*spacy download"):
        pipeline.load("en_core_wbe_sm")


def test_a_pipeline_that_finds_no_persons_is_refused(tmp_path):
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.to_disk(tmp_path)
    with pytest.raises(pipeline.Unusable, match="recognises no persons"):
        pipeline.load(tmp_path)


def test_the_setting_names_the_pipeline_that_documents_are_read_with(ontonotes, settings):
    settings.SPACY_MODEL = str(ontonotes)
    assert Ingest().nlp.path == ontonotes


@pytest.mark.parametrize("command", ["ingest", "extract"])
def test_a_wrong_name_in_the_setting_ends_a_command_with_a_sentence(command, settings, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    settings.SPACY_MODEL = "en_core_wbe_sm"
    with pytest.raises(CommandError, match="spacy download"):
        call_command(command, str(tmp_path / "a.txt"))
