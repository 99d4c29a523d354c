"""Make the training and held-back files of the entity recogniser.

Without --gmb: the diplomatic sentences, singly and joined into paragraphs. With it also variants of them
(see augment.py) and a share of the cleaned GMB. Text that was annotated by machine is added by silver.py.

Usage: python scripts/convert_entities.py CORPORA OUTPUT [--gmb FILE]
"""

import argparse
import random
from itertools import groupby
from pathlib import Path

import spacy
from augment import vary
from callbacks import create_tokenizer_callback
from corpora import Sentence, join, read_entities, split
from spacy.tokens import DocBin
from spacy.util import filter_spans

SEED = 7
PARAGRAPH = (2, 6)  # sentences in a paragraph, least and most
VARIANTS = 2  # of each sentence and each paragraph
GMB_SENTENCES = 5000


def paragraphs(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Join runs of neighbouring sentences of one part and genre into paragraphs."""
    joined = []
    for _, group in groupby(sentences, key=lambda s: (s.part, s.genre)):
        run = list(group)
        while run:
            size = rng.randint(*PARAGRAPH)
            joined.append(join(run[:size]))
            run = run[size:]
    return joined


def write(sentences: list[Sentence], path: Path) -> None:
    """Write a ``.spacy`` file. An entity that cuts a token in two cannot be learned; for measuring it is kept aside."""
    nlp = spacy.blank("en")
    create_tokenizer_callback()(nlp)
    docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    lost = 0
    for sentence in sentences:
        doc = nlp.make_doc(sentence.text)
        spans = [doc.char_span(start, end, label=label) for start, end, label in sentence.entities]
        lost += spans.count(None)
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        doc.user_data.update(genre=sentence.genre, entities=sentence.entities)
        docs.add(doc)
    docs.to_disk(path)
    print(f"{path.name}: {len(sentences)} texts, {lost} entities left out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--gmb", type=Path, help="the cleaned sentences of the GMB")
    options = parser.parse_args()
    (options.output / "train").mkdir(parents=True, exist_ok=True)

    train, held_back = split(read_entities(options.corpora / "ner_diplomatic" / "sentences.jsonl"))
    rng = random.Random(SEED)
    texts = train + paragraphs(train, rng)
    if options.gmb:
        texts += [vary(text, rng) for text in texts for _ in range(VARIANTS)]
        texts += read_entities(options.gmb)[:GMB_SENTENCES]
    write(texts, options.output / "train" / "annotated.spacy")
    write(held_back, options.output / "held_back.spacy")
    write(paragraphs(held_back, random.Random(SEED)), options.output / "held_back_paragraphs.spacy")


if __name__ == "__main__":
    main()
