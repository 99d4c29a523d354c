"""What our extraction costs on top of the trained components: words per second, with one process and two, and memory.

    python bench/bench_extract.py [--documents 300] [--rounds 5]

The documents are the samples and, where ``DIPLOMACY_DATA`` is at hand, releases and archive documents of its corpora. The trained
components alone (bare ``nlp.pipe``) and the whole extraction run over the same documents, alternating; the ratios of the medians
are the figures, as they hold on any machine. Memory is that of a process that goes on reading new words.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import own  # noqa: E402
from spacy.language import Language  # noqa: E402

from meetings import readers  # noqa: E402
from meetings.nlp import pipeline  # noqa: E402
from meetings.nlp.apart import Analysts  # noqa: E402
from meetings.nlp.components import ORDER  # noqa: E402
from meetings.nlp.extract import extract  # noqa: E402
from meetings.nlp.flow import flow  # noqa: E402
from meetings.nlp.rulers import RULERS  # noqa: E402
from meetings.records import Kind, SourceDocument, why_not_extracted  # noqa: E402

DATA = Path(os.environ.get("DIPLOMACY_DATA", ROOT.parent / "shared")).resolve() / "corpora"
LEAST = 0.75  # of the trained components' words per second
LEAST_GAIN = 0.95  # of what a second process gains them
MOST_MEMORY = 20  # MB that a million new words may add
NEW_DOCUMENTS, PER_DOCUMENT = 80, 1000  # read three times over to see how memory grows: articles, new words in each


def documents(count: int) -> list[SourceDocument]:
    """At most ``count`` English documents: the samples first, then every tenth of each corpus in turn."""
    samples = ((file.content, file.name, file.options) for file in readers.discover([ROOT / "samples"]))
    read = (
        document
        for content, name, options in chain(samples, archived())
        for document in readers.read_all(content, name, options)[0]
        if not why_not_extracted(document)
    )
    return list(islice(read, count))


def archived() -> Iterator[tuple[bytes, str, None]]:
    corpora = [DATA / "releases" / "releases.jsonl", DATA / "dfat" / "documents.jsonl"]
    tenths = (islice(own.lines(path), 0, None, 10) for path in corpora if path.exists())
    for number, line in enumerate(chain.from_iterable(zip(*tenths, strict=False))):
        yield own.laid_out(line).encode(), f"{number:04}.txt", None


def seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def resident() -> float:
    """MB of memory that this process holds, less what the allocator keeps of what is freed (Linux)."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    read = documents(args.documents)
    texts = [flow(document).text for document in read]
    words = sum(len(text.split()) for text in texts)
    nlp = pipeline.load()
    ours = [*ORDER, *(ruler[0] for ruler in RULERS)]

    def bare(processes: int) -> None:
        with nlp.select_pipes(disable=ours):
            for _ in nlp.pipe(texts, n_process=processes):
                pass

    speeds: dict[tuple[str, int], list[float]] = {}
    with Analysts(nlp, 2) as analysts:

        def whole(processes: int) -> None:
            for _ in extract(read, nlp, analysts if processes == 2 else None):
                pass

        whole(2)  # the processes begin once, however much they read
        for _ in range(args.rounds):
            for processes in (1, 2):
                for name, work in (("trained components alone", bare), ("whole extraction", whole)):
                    speeds.setdefault((name, processes), []).append(words / seconds(lambda w=work, p=processes: w(p)))
    speed = {each: statistics.median(values) for each, values in speeds.items()}
    print(f"{len(read)} documents, {words} words, median of {args.rounds}")
    for (name, processes), value in speed.items():
        print(f"{name:25} {processes} process{'es'[: 2 * (processes - 1)]:2} {value:8.0f} words/s")
    ratio = speed["whole extraction", 1] / speed["trained components alone", 1]
    gains = {name: speed[name, 2] / speed[name, 1] for name in ("trained components alone", "whole extraction")}
    gain = gains["whole extraction"] / gains["trained components alone"]
    print(f"one process: {ratio:.2f} of the trained components' speed (at least {LEAST})")
    print(
        f"second process: {' and '.join(f'{value:.2f}×' for value in gains.values())}, ratio {gain:.2f} (at least {LEAST_GAIN})"
    )
    grown = memory(nlp)
    print(f"memory: {grown:.1f} MB more a million new words (at most {MOST_MEMORY})")
    return int(ratio < LEAST or gain < LEAST_GAIN or grown > MOST_MEMORY)


def memory(nlp: Language) -> float:
    """MB that a million words add that no text held before, once the process has settled."""

    def reading(first: int) -> list[SourceDocument]:
        return [new_words(n) for n in range(first, first + NEW_DOCUMENTS)]

    held = []
    for first in (0, NEW_DOCUMENTS, 2 * NEW_DOCUMENTS):
        for _ in extract(reading(first), nlp):
            pass
        held.append(resident())
    return (held[2] - held[1]) / (NEW_DOCUMENTS * PER_DOCUMENT) * 1e6


def new_words(number: int) -> SourceDocument:
    """A press article about people of whom nobody else has the name."""
    names = [letters(number * PER_DOCUMENT + n) for n in range(PER_DOCUMENT)]
    guests = (", ".join(names[n : n + 20]) for n in range(0, PER_DOCUMENT, 20))
    text = " ".join(f"French Foreign Minister Jean Morel met {each} in Paris." for each in guests)
    (document,) = readers.read(text.encode(), f"{number}.txt", readers.Options(kind=Kind.NEWS, date="2016-06-10"))
    return replace(document, language="en")  # so many names look like no language


def letters(number: int) -> str:
    """A name that no other number has."""
    return "".join(
        "bdfgklmnprstvz"[number // 70**n % 14] + "aeiou"[number // 70**n // 14 % 5] for n in range(4)
    ).title()


if __name__ == "__main__":
    raise SystemExit(main())
