"""Our whole extraction against bare ``nlp.pipe`` of the trained components, words per second on one process.

Both run over the sample documents, alternating, five times each; the ratio of the medians is the figure, as it holds on
any machine. Run: .venv/bin/python bench/bench_extract.py
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from meetings import readers  # noqa: E402
from meetings.nlp import pipeline  # noqa: E402
from meetings.nlp.extract import extract  # noqa: E402
from meetings.nlp.flow import flow  # noqa: E402

ROUNDS = 5


def seconds(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    files = list(readers.discover([ROOT / "samples"]))
    documents = [document for file in files for document in readers.read(file.content, file.name, file.options)]
    words = sum(len(document.text.split()) for document in documents)
    nlp = pipeline.load()
    trained = [name for name in nlp.pipe_names if name in {"tok2vec", "ner", "senter"}]
    texts = [flow(document).text for document in documents]

    def bare() -> None:
        with nlp.select_pipes(enable=trained):
            for _ in nlp.pipe(texts):
                pass

    def whole() -> None:
        for _ in extract(documents, nlp):
            pass

    bare()
    whole()
    timed = [(seconds(bare), seconds(whole)) for _ in range(ROUNDS)]
    bare_speed, whole_speed = (words / statistics.median(times) for times in zip(*timed, strict=True))
    print(f"{len(documents)} documents, {words} words, median of {ROUNDS}")
    print(f"trained components alone  {bare_speed:8.0f} words/s")
    print(f"whole extraction          {whole_speed:8.0f} words/s   ratio {whole_speed / bare_speed:.2f}")


if __name__ == "__main__":
    main()
