"""Put the trained parts together into the shipped pipeline, with its model card and notice.

Usage: python scripts/assemble.py ENTITIES SENTENCES CORPUS OUTPUT
"""

import argparse
import shutil
from pathlib import Path
from string import Template

import spacy
from evaluate import report
from spacy.language import Language

HERE = Path(__file__).parent.parent
META = {
    "name": "diplomacy",
    "description": "Entities and sentences of English diplomatic texts: readouts, cables, memoranda, press articles.",
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
    ],
}


def assemble(entities: Path, sentences: Path, version: str) -> Language:
    """One pipeline with the entity recogniser and the sentence recogniser, free of training-only settings."""
    nlp = spacy.load(entities)
    nlp.add_pipe("senter", source=spacy.load(sentences))
    nlp.config["paths"] = {}
    nlp.config["corpora"] = {}
    nlp.config["training"] = {}
    nlp.config["pretraining"] = {}
    nlp.config["initialize"] = {}
    nlp.meta.update(META, version=version)
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entities", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.1.0")
    options = parser.parse_args()

    nlp = assemble(options.entities, options.sentences, options.version)
    shutil.rmtree(options.output, ignore_errors=True)
    nlp.to_disk(options.output)
    card = Template((HERE / "card.md").read_text(encoding="utf-8"))
    figures = report(nlp, options.corpus)
    (options.output / "README.md").write_text(
        card.substitute(version=options.version, figures=figures), encoding="utf-8"
    )
    shutil.copy(HERE / "NOTICE", options.output / "NOTICE")
    print(figures)


if __name__ == "__main__":
    main()
