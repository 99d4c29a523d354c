"""Make the training and test files of the sentence recogniser: paragraphs whose sentence starts are known.

Universal Dependencies (EWT and GUM) give everyday prose, the diplomatic sentences give "U.S.", "Mr.", "No." and their
like. There a sentence counts only if it begins and ends as one, because that corpus was cut at some abbreviations.

Usage: python scripts/convert_sentences.py CORPORA OUTPUT
"""

import argparse
import random
import re
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import spacy
from augment import vary
from callbacks import create_tokenizer_callback
from corpora import Sentence, read_conllu, read_entities, split
from spacy.tokens import DocBin

SEED = 7
PARAGRAPH = (1, 8)  # sentences in a paragraph, least and most
BEGINNING = re.compile(r"(?!\w{1,5}\))[\"“‘(]?[A-Z0-9]")
END = re.compile(r"(?<!\bvol)(?<!\bp)(?<!\bpp)(?<!\bNo)(?<!\b[A-Z])[.?!][\"”’)]*$")
ABBREVIATED_END = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Jr|Sr|etc|[ap]\.m)\.$")


def diplomatic_texts(sentences: Iterable[Sentence]) -> list[str]:
    texts = (sentence.text.strip() for sentence in sentences)
    return [t for t in texts if BEGINNING.match(t) and (END.search(t) or ABBREVIATED_END.search(t))]


def write(texts: list[str], path: Path) -> None:
    """Join the texts into paragraphs and write them with their sentence starts."""
    rng = random.Random(SEED)
    nlp = spacy.blank("en")
    create_tokenizer_callback()(nlp)
    docs, rest = DocBin(attrs=["SENT_START"]), iter(texts)
    while sentences := list(islice(rest, rng.randint(*PARAGRAPH))):
        starts, text = set(), ""
        for sentence in sentences:
            text += " " * bool(text)
            starts.add(len(text))
            text += sentence
        doc = nlp.make_doc(text)
        for token in doc:
            token.is_sent_start = token.idx in starts
        docs.add(doc)
    docs.to_disk(path)
    print(f"{path.name}: {len(texts)} sentences in {len(docs)} paragraphs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)

    ewt, gum = options.corpora / "ud_ewt", options.corpora / "gum_open"
    train, held_back = split(read_entities(options.corpora / "ner_diplomatic" / "sentences.jsonl"))
    rng = random.Random(SEED)
    varied = [vary(sentence, rng) for sentence in train]
    everyday = list(chain.from_iterable(map(read_conllu, [ewt / "en_ewt-train.conllu", *sorted(gum.glob("*.conllu"))])))
    write(everyday + diplomatic_texts(train) + diplomatic_texts(varied), options.output / "train.spacy")
    write(diplomatic_texts(held_back), options.output / "held_back.spacy")
    write(list(read_conllu(ewt / "en_ewt-ud-test.conllu")), options.output / "ewt_test.spacy")


if __name__ == "__main__":
    main()
