"""Put the trained parts together into the shipped pipeline, with its model card and notice.

Usage: python scripts/assemble.py ENTITIES SENTENCES SYNTAX CORPUS OUTPUT
"""

import argparse
import shutil
from pathlib import Path
from string import Template

import callbacks  # noqa: F401  registers what the parts were made with
import spacy
from evaluate import report
from lemmas import tables
from spacy.language import Language
from spacy.tokens import DocBin

HERE = Path(__file__).parent.parent
META = {
    "name": "diplomacy",
    "description": "Entities, sentences and syntax of English diplomatic texts: readouts, cables, memoranda, press articles.",
    "license": "MIT, trained on corpora with licences of their own: see NOTICE",
    "sources": [
        {"name": "Entities in diplomatic text", "license": "made for this project; texts public domain or CC BY"},
        {"name": "Groningen Meaning Bank", "url": "https://gmb.let.rug.nl", "license": "ODbL"},
        {
            "name": "Universal Dependencies English EWT",
            "url": "https://github.com/UniversalDependencies/UD_English-EWT",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "Universal Dependencies English GUM",
            "url": "https://github.com/UniversalDependencies/UD_English-GUM",
            "license": "CC BY 4.0",
        },
        {
            "name": "Documents on Australian Foreign Policy",
            "url": "https://www.dfat.gov.au/about-us/publications/historical-documents",
            "license": "CC BY 4.0",
        },
        {
            "name": "Foreign Relations of the United States, index of persons",
            "url": "https://history.state.gov",
            "license": "CC0",
        },
    ],
}
SYNTAX = ("tok2vec_syntax", "tagger", "morphologizer", "parser")  # after the sentences, which the parser keeps to


def assemble(entities: Path, sentences: Path, syntax: Path, trees: Path, version: str) -> Language:
    """One pipeline of the trained parts and a lemmatizer with tables from ``trees``, free of training-only settings."""
    nlp = spacy.load(entities)
    nlp.add_pipe("senter", source=spacy.load(sentences))
    source = spacy.load(syntax)
    for name in SYNTAX:
        nlp.add_pipe(name, source=source)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=tables(DocBin().from_disk(trees).get_docs(nlp.vocab)))
    for section in ("paths", "corpora", "training", "pretraining"):
        nlp.config[section] = {}
    nlp.config["initialize"] = {"components": {}}
    nlp.config["nlp"]["before_creation"] = None
    nlp.meta.update(META, version=version)
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entities", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("syntax", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.1.0")
    options = parser.parse_args()

    trees = options.corpus / "syntax" / "train.spacy"
    nlp = assemble(options.entities, options.sentences, options.syntax, trees, options.version)
    shutil.rmtree(options.output, ignore_errors=True)
    nlp.to_disk(options.output)
    card = Template((HERE / "card.md").read_text(encoding="utf-8"))
    figures = report(options.output, options.corpus)
    (options.output / "README.md").write_text(
        card.substitute(version=options.version, figures=figures), encoding="utf-8"
    )
    shutil.copy(HERE / "NOTICE", options.output / "NOTICE")
    print(figures)


if __name__ == "__main__":
    main()
