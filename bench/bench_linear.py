"""Ten times the text takes about ten times the time, on one line without a break and in paragraphs: a ratio within one run.

Run: .venv/bin/python bench/bench_linear.py
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
from meetings.records import Kind  # noqa: E402

SENTENCE = (
    "Canadian Foreign Minister Anne Leclerc met with German Chancellor Karl Brandt in Berlin on Tuesday to discuss Kosovo, "
    'missile defense and grain exports; "we need more time", she said on {day} May. '
)
FEW, TIMES, ROUNDS = 80, 10, 3
MOST = 12  # times the time that ten times the text may take


def text(sentences: int, end: str) -> str:
    return "".join(SENTENCE.format(day=n % 28 + 1) + end for n in range(sentences))


def seconds(nlp, sentences: int, end: str) -> float:
    documents = readers.read(
        text(sentences, end).encode(), "bench.txt", readers.Options(kind=Kind.NEWS, date="2016-06-10")
    )
    start = time.process_time()
    for _ in extract(documents, nlp):
        pass
    return time.process_time() - start


def main() -> int:
    nlp = pipeline.load()
    seconds(nlp, FEW, "")
    worst = 0.0
    for name, end in (("one line", ""), ("paragraphs", "\n\n")):
        timed = [(seconds(nlp, FEW, end), seconds(nlp, FEW * TIMES, end)) for _ in range(ROUNDS)]
        short, long = (statistics.median(each) for each in zip(*timed, strict=True))
        worst = max(worst, long / short)
        print(
            f"{name:12} {FEW} sentences {short:.2f} s, {FEW * TIMES} sentences {long:.2f} s: {long / short:.1f} times the time"
        )
    return int(worst > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
